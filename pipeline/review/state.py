"""What review remembers between calls, in a folder that git ignores and others cannot read."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.files import write_text_atomically

FOLDER = ".stance-claims"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """The folder beside ``annotations/`` for what is the machine's own and can be lost.

    Losing it costs a full pull and a new embedded server, never a decision.
    """

    folder: Path

    @classmethod
    def beside(cls, annotations: Path) -> State:
        """The state of the workspace that ``annotations`` belongs to; its folder is made."""
        folder = annotations.absolute().parent / FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            write_text_atomically(ignore, "*\n")
        return cls(folder)

    @property
    def studio(self) -> Path:
        """The folder of the embedded server: its database, log, account and address."""
        path = self.folder / "label-studio"
        path.mkdir(mode=0o700, exist_ok=True)
        return path

    def read(self, name: str) -> Json:
        """The remembered object of that name, empty where there is none or it is damaged."""
        try:
            found = json.loads((self.folder / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def write(self, name: str, value: Json) -> None:
        """Nothing; the object is remembered under that name, for this user's eyes only."""
        path = self.folder / name
        if not path.exists():  # so that the mode is right before there is anything to read
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        write_text_atomically(path, json.dumps(value, indent=1) + "\n")

    @contextmanager
    def locked(self, name: str) -> Iterator[None]:
        """A block that one process of this machine at a time is in; the others wait."""
        descriptor = os.open(self.folder / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                import fcntl

                fcntl.flock(descriptor, fcntl.LOCK_EX)
            except ImportError:  # Windows: the server's own counts still catch a second pusher
                pass
            yield
        finally:
            os.close(descriptor)
