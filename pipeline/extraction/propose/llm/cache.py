"""The answers that were given once, so that no passage is asked about twice."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.errors import PipelineError, RecordError
from pipeline.files import sha256_of_text, write_text_atomically
from pipeline.guarded.jsons import read_json
from pipeline.guarded.source import Source
from pipeline.locking import FOLDER, state_folder

_SUBFOLDER = "llm"
_SHORT = 16


class Cache:
    """Answers by the hashes of what was asked, in ``.stance-claims/llm`` of the workspace.

    A file is written beside its place and then moved there, so that a run that is killed leaves
    whole answers alone. All of it can be deleted.
    """

    def __init__(self, workspace: Path, *, prompt_sha256: str, model: str) -> None:
        self._workspace = workspace
        self._asked = sha256_of_text(f"{prompt_sha256}\n{model}")

    def find(self, question: str) -> str | None:
        """The answer to the question, None where none was kept or it cannot be read."""
        path = self._path(question)
        if not path.is_file():
            return None
        try:
            record = read_json(path, Source(str(path), RecordError))
        except PipelineError:
            return None
        answer = record.get("answer")
        return answer if isinstance(answer, str) and record.get("asked") == self._asked else None

    def keep(self, question: str, answer: str) -> None:
        """Write the answer for the next time.

        Raises:
            OSError: the folder cannot be written to.
            PipelineError: it leads out of the workspace, or a folder stands in the file's place.
        """
        state_folder(self._workspace)
        record = {"asked": self._asked, "answer": answer}
        write_text_atomically(self._path(question), json.dumps(record) + "\n")

    def _path(self, question: str) -> Path:
        folder = self._workspace / FOLDER / _SUBFOLDER / self._asked[:_SHORT]
        return folder / f"{sha256_of_text(question)}.json"
