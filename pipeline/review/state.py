"""What review remembers between calls, in a folder that git ignores and others cannot read."""

from __future__ import annotations

import json
import os
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import RecordError
from pipeline.files import write_text_atomically
from pipeline.guarded.jsons import read_json
from pipeline.guarded.source import Source
from pipeline.locking import locked, state_folder

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
        return cls(state_folder(annotations.absolute().parent))

    @property
    def studio(self) -> Path:
        """The folder of the embedded server: its database, log, account and address."""
        path = self.folder / "label-studio"
        path.mkdir(mode=0o700, exist_ok=True)
        return path

    def read(self, name: str) -> Json:
        """The remembered object of that name, empty where there is none or it is damaged."""
        path = self.folder / name
        try:
            return read_json(path, Source(str(path), RecordError))
        except RecordError:
            return {}

    def write(self, name: str, value: Json) -> None:
        """Remember the object under that name, for this user's eyes only."""
        path = self.folder / name
        if not path.exists():  # so that the mode is right before there is anything to read
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        write_text_atomically(path, json.dumps(value, indent=1) + "\n")

    def locked(self, verb: str, *, patience: float = 0) -> AbstractContextManager[None]:
        """A block in which this process alone works in the workspace; see ``pipeline.locking``."""
        return locked(verb, self.folder, patience=patience)
