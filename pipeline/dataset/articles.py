"""The articles as they are now: the corpus's text with what was extracted from that very text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.jsonl import read_extractions
from pipeline.reading.corpus import Corpus
from pipeline.records import Extraction

EXTRACTED = "extracted"


def read_articles(corpus: Path, annotations: Path) -> dict[str, Extraction]:
    """Every article of the corpus by its id, in the order of ids.

    Where nothing was extracted yet, or only from an earlier text, the record has no sentences,
    mentions and claims. The metadata are the corpus's.

    Raises:
        ArticleError: naming the article that cannot be read.
        RecordError: naming the line of an extraction that cannot be read.
    """
    found: dict[str, Extraction] = {}
    for article in Corpus(corpus).articles():
        path = annotations / EXTRACTED / f"{article.id}.jsonl"
        extraction = _extraction(path, article.text)
        bare = Extraction(article=article.id, text=article.text)
        found[article.id] = replace(extraction or bare, metadata=article.metadata)
    return found


def read_extracted(annotations: Path) -> dict[str, Extraction]:
    """Every extraction under ``annotations/extracted``, by article id, in the order of ids."""
    return {
        extraction.article: extraction
        for path in sorted((annotations / EXTRACTED).glob("*.jsonl"))
        for extraction in read_extractions(path)
    }


def _extraction(path: Path, text: str) -> Extraction | None:
    if not path.exists():
        return None
    return next((item for item in read_extractions(path) if item.text == text), None)
