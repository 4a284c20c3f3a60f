"""Extractions of a whole corpus, read from wherever an earlier or a later one lies."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import SettingError
from pipeline.extraction.previous import previous_folder
from pipeline.jsonl import read_extractions
from pipeline.records import Extraction


def read_snapshot(path: Path) -> dict[str, Extraction]:
    """The extractions by article, of a folder of ``<id>.jsonl`` files or of one file of lines.

    Raises:
        SettingError: there is no such file or folder.
        RecordError: beginning with ``file:line``.
    """
    if path.is_dir():
        files = sorted(path.glob("*.jsonl"))
    elif path.is_file():
        files = [path]
    else:
        raise SettingError(
            f"{path}: there is no such folder or file; name a folder of extractions, as "
            "annotations/extracted is, or what claims extract IN.jsonl -o OUT.jsonl wrote"
        )
    return {item.article: item for file in files for item in read_extractions(file)}


def read_last_two(extracted: Path) -> tuple[dict[str, Extraction], dict[str, Extraction]]:
    """What the articles' extractions were before they were last written, and what they are.

    An article that was extracted only once is in neither, so that it does not count as gained.
    """
    previous = previous_folder(extracted)
    before = read_snapshot(previous) if previous.is_dir() else {}
    now: dict[str, Extraction] = {}
    for article in before:
        path = extracted / f"{article}.jsonl"
        if path.is_file():
            now.update({item.article: item for item in read_extractions(path)})
    return {article: before[article] for article in now if article in before}, now
