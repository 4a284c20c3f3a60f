"""Why an article is extracted again: what it was made with, and would be now."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Any

from pipeline.errors import PipelineError, RecordError
from pipeline.files import sha256_of_text
from pipeline.guarded.jsons import read_own_json
from pipeline.guarded.source import Source
from pipeline.jsonl import to_json
from pipeline.records import Article, Extraction, Provenance


class Change(StrEnum):
    """Why an article is extracted (again)."""

    NEW = "new"
    TEXT = "changed text"
    METADATA = "changed metadata"
    LEXICON = "changed lexicon"
    MODEL = "changed model or version"
    UNREADABLE = "unreadable extraction"
    MISSING = "missing proposer"
    FORCED = "forced"


def find_change(article: Article, path: Path, made_with: Provenance) -> Change | None:
    """Why the extraction at ``path`` is not the article's, or None where it still is.

    ``made_with`` is what an extraction of the article's text would be made with now.
    """
    if not os.path.lexists(path):
        return Change.NEW
    old = read_lightly(path)
    if old is None or old.get("article") != article.id:
        return Change.UNREADABLE
    made = old["provenance"]
    if made.get("text_sha256") != made_with.text_sha256:
        return Change.TEXT
    bare = Extraction(article.id, "", metadata=article.metadata)
    if old.get("metadata") != to_json(bare)["metadata"]:
        return Change.METADATA
    if made.get("lexicon_sha256") != made_with.lexicon_sha256:
        return Change.LEXICON
    if made == made_with.named():
        return None
    return Change.MISSING if "missing" in made else Change.MODEL


def read_lightly(path: Path) -> dict[str, Any] | None:
    """The object of an extraction whose text has the hash it states; None where it is damaged.

    Its spans, and whether a key stands twice, are not checked again, as they were when it was
    written: this is done for every article of a corpus in every run.
    """
    try:
        record: Any = read_own_json(path, Source(str(path), RecordError))
        stated = record["provenance"]["text_sha256"]
        whole: dict[str, Any] | None = record if sha256_of_text(record["text"]) == stated else None
        return whole
    except (PipelineError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return None
