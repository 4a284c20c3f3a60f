"""The extraction that a newer one replaced, kept so that the two can be compared.

``annotations/previous/<id>.jsonl`` is, byte for byte, what ``annotations/extracted/<id>.jsonl``
was before it was last written: one step back for each article, no more. It can be deleted.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import RecordError
from pipeline.files import write_bytes_atomically
from pipeline.guarded.files import read_bytes, refuse_leaving
from pipeline.guarded.source import Source

FOLDER = "previous"


def previous_folder(extracted: Path) -> Path:
    """Where the replaced extractions of the folder ``extracted`` are kept: beside it."""
    return extracted.parent / FOLDER


def keep_previous(path: Path, *, unless: str) -> None:
    """Keep the extraction at ``path``, unless it is the text ``unless`` already.

    To be called before ``path`` is written anew, and only for a whole extraction. A crash in
    between leaves both the same.
    """
    if not path.is_file():
        return
    old = read_bytes(path, Source(str(path), RecordError))
    if old != unless.encode("utf-8"):
        kept = previous_folder(path.parent) / path.name
        refuse_leaving(kept, path.parent.parent)
        write_bytes_atomically(kept, old)
