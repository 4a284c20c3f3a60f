"""Extractions of a whole corpus, read from wherever an earlier or a later one lies."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import RecordError, SettingError
from pipeline.jsonl import read_extractions, read_folder
from pipeline.records import Extraction
from pipeline.runs.previous import previous_folder


def read_snapshot(path: Path, *, on_fault: Callable[[str], None]) -> dict[str, Extraction]:
    """The extractions by article, of a folder of ``<id>.jsonl`` files or of one file of lines.

    ``on_fault`` is told of each file of a folder that cannot be read; the others are.

    Raises:
        SettingError: there is no such file or folder.
        RecordError: beginning with ``file:line``, where one file was named.
    """
    if path.is_dir():
        found = read_folder(path, on_fault=on_fault)
    elif path.is_file():
        found = read_extractions(path)
    else:
        raise SettingError(
            f"{path}: there is no such folder or file; name a folder of extractions, as "
            "annotations/extracted is, or what claims extract IN.jsonl -o OUT.jsonl wrote"
        )
    return {item.article: item for item in found}


def read_last_two(
    extracted: Path, *, on_fault: Callable[[str], None]
) -> tuple[dict[str, Extraction], dict[str, Extraction]]:
    """What the articles' extractions were before they were last written, and what they are.

    An article that was extracted only once is in neither, so that it does not count as gained; nor
    is one of which either cannot be read: ``on_fault`` is told.
    """
    previous = previous_folder(extracted)
    before = read_snapshot(previous, on_fault=on_fault) if previous.is_dir() else {}
    now: dict[str, Extraction] = {}
    for article in before:
        path = extracted / f"{article}.jsonl"
        if not os.path.lexists(path):
            continue
        try:
            now.update({item.article: item for item in read_extractions(path)})
        except RecordError as error:
            on_fault(str(error))
    return {article: before[article] for article in now if article in before}, now
