"""Where extractions lie, and how one takes the place of another."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.files import write_text_atomically
from pipeline.guarded.files import refuse_leaving
from pipeline.runs.changes import read_lightly
from pipeline.runs.guard import Failure
from pipeline.runs.previous import keep_previous

SUFFIX = ".jsonl"


def extraction_path(folder: Path, article: str) -> Path:
    """The file of an article's extraction below the folder of the extractions."""
    return folder / f"{article}{SUFFIX}"


def find_removed(articles: Iterable[str], folder: Path) -> tuple[Path, ...]:
    """The extractions, sorted, whose article is not among ``articles``; they are left alone."""
    known = set(articles)
    return tuple(sorted(path for path in folder.glob(f"*{SUFFIX}") if path.stem not in known))


def write_line(article: str, line: str, folder: Path) -> Failure | None:
    """Why the line of an article's extraction cannot be written below ``folder``; None if it was.

    What it replaces is kept, unless that is only half of one.
    """
    path = extraction_path(folder, article)
    text = f"{line}\n"
    try:
        refuse_leaving(path, folder.parent)
        if read_lightly(path) is not None:  # half of one is nothing to compare with
            keep_previous(path, unless=text)
        write_text_atomically(path, text)
    except (OSError, PipelineError) as error:
        return _unwritable(article, folder, error)
    return None


def _unwritable(article: str, folder: Path, error: OSError | PipelineError) -> Failure:
    if isinstance(error, PipelineError):
        return Failure(article, error.cause, str(error))
    return Failure(article, "unwritable", f"cannot be written to {folder}: {error.strerror}")
