"""The articles as they are now: the corpus's text with what was extracted from that very text.

Claims that were imported stand among the machine's, and entities are as the corrections of
``annotations/entities.jsonl`` have them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.dataset.corrected import Corrections, read_corrected
from pipeline.dataset.imported import read_imported, with_imported
from pipeline.errors import ArticleError, RecordError
from pipeline.jsonl import read_extractions, read_folder
from pipeline.reading.corpus import Corpus
from pipeline.records import Article, Extraction

EXTRACTED = "extracted"


def read_articles(corpus: Path, annotations: Path) -> dict[str, Extraction]:
    """Every article of the corpus by its id, in the order of ids.

    Where nothing was extracted yet, or only from an earlier text, the record has no sentences,
    mentions and claims. The metadata are the corpus's.

    Raises:
        ArticleError: naming the article that cannot be read.
        RecordError: naming the line of an extraction, or of an import, that cannot be read.
    """
    corrections = read_corrected(annotations)
    found: dict[str, Extraction] = {}
    for article in Corpus(corpus).articles():
        found[article.id] = _as_extracted(article, annotations, corrections)
    return found


def read_good_articles(
    corpus: Path, annotations: Path
) -> tuple[dict[str, Extraction], dict[str, str]]:
    """As ``read_articles``, and by its id what is wrong with each article that cannot be read."""
    good: dict[str, Extraction] = {}
    bad: dict[str, str] = {}
    folder, corrections = Corpus(corpus), read_corrected(annotations)
    for name in folder.ids():
        try:
            good[name] = _as_extracted(folder.read(name), annotations, corrections)
        except (ArticleError, RecordError) as error:
            bad[name] = f"article {name} cannot be read: {error}"
    return good, bad


def read_extracted(annotations: Path, *, on_fault: Callable[[str], None]) -> dict[str, Extraction]:
    """Every extraction under ``annotations/extracted``, by article id, in the order of ids.

    ``on_fault`` is told of each file that cannot be read; the others are.
    """
    found = read_each_extracted(annotations, on_fault=on_fault)
    return {extraction.article: extraction for extraction in found}


def read_each_extracted(
    annotations: Path, *, on_fault: Callable[[str], None]
) -> Iterator[Extraction]:
    """As ``read_extracted``, one after the other, each read as it is asked for."""
    corrections = read_corrected(annotations)
    for found in read_folder(annotations / EXTRACTED, on_fault=on_fault):
        try:
            yield completed(found, annotations, corrections)
        except RecordError as error:
            on_fault(str(error))


def completed(found: Extraction, annotations: Path, corrections: Corrections) -> Extraction:
    """The extraction with what was imported for its article, and all entities as corrected.

    Raises:
        RecordError: naming the line of an imported claim that cannot be read.
    """
    imported = read_imported(annotations, found.article)
    return corrections.extraction(with_imported(found, imported))


def _as_extracted(article: Article, annotations: Path, corrections: Corrections) -> Extraction:
    path = annotations / EXTRACTED / f"{article.id}.jsonl"
    bare = Extraction(article=article.id, text=article.text)
    found = replace(_extraction(path, article.text) or bare, metadata=article.metadata)
    return completed(found, annotations, corrections)


def _extraction(path: Path, text: str) -> Extraction | None:
    if not os.path.lexists(path):
        return None
    return next((item for item in read_extractions(path) if item.text == text), None)
