"""The extractor run over a set's texts, with the parse that it rested on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol, TypeVar

from pipeline.extraction.extract import extract_articles, extraction_of
from pipeline.records import Article, Extraction

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


class HasText(Protocol):
    """Anything with an id and a text."""

    @property
    def id(self) -> str: ...

    @property
    def text(self) -> str: ...


Item = TypeVar("Item", bound=HasText)


def extract_items(nlp: Language, items: Iterable[Item]) -> Iterator[tuple[Item, Extraction]]:
    """Each item with its extraction, in order."""
    kept = list(items)
    articles = (Article(item.id, item.text) for item in kept)
    yield from zip(kept, extract_articles(nlp, articles), strict=True)


def extract_with_parses(
    nlp: Language, items: Iterable[Item]
) -> Iterator[tuple[Item, Extraction, Doc]]:
    """Each item with its extraction and the parse that it rested on, in order."""
    pairs = ((_doc_of(nlp, item), item) for item in items)
    for doc, item in nlp.pipe(pairs, as_tuples=True, batch_size=16):
        yield item, extraction_of(nlp, doc, Article(item.id, item.text)), doc


def _doc_of(nlp: Language, item: HasText) -> Doc:
    doc = nlp.make_doc(item.text)
    doc._.article = item.id
    return doc


def find_bare_names(name: str, items: Iterable[Item]) -> Iterator[tuple[Item, Doc]]:
    """Each item with what the spaCy pipeline as its makers built it finds: the baseline."""
    from pipeline.language.model import load_model

    nlp = load_model(name)
    pairs = ((item.text, item) for item in items)
    for doc, item in nlp.pipe(pairs, as_tuples=True, batch_size=16):
        yield item, doc
