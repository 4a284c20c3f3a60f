"""Articles in, extractions out, in order and streaming."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pipeline.language.provenance import made_by, provenance_of
from pipeline.records import Article, Extraction

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_PARTS = 4
"""spaCy's parser takes so many parts of a batch in turn; all at once take less time."""


def extract_articles(
    nlp: Language, articles: Iterable[Article], *, batch_size: int | None = None
) -> Iterator[Extraction]:
    """One extraction an article, in input order; the input is consumed as it is needed.

    ``nlp`` is what ``pipeline.extraction.build.build_language`` returns. ``batch_size`` counts
    articles and defaults to the settings' one.
    """
    return (extraction for _, extraction in extract_docs(nlp, articles, batch_size=batch_size))


def extract_docs(
    nlp: Language, articles: Iterable[Article], *, batch_size: int | None = None
) -> Iterator[tuple[Doc, Extraction]]:
    """The same with each article's parsed document, which has what was refused as well."""
    from pipeline.extraction.pieces import parse_in_pieces

    made = made_by(nlp)
    size, most = batch_size or made.batch_size, made.longest_parse
    pairs = ((_doc_of(nlp, article), article) for article in articles)
    for batch in _batches(pairs, size=size, most=most):
        if len(batch[0][0]) > most:
            batch = [(parse_in_pieces(nlp, doc, most), article) for doc, article in batch]
            yield from ((doc, extraction_of(nlp, doc, article)) for doc, article in batch)
        else:
            for doc, article in nlp.pipe(batch, as_tuples=True, batch_size=_PARTS * size):
                yield doc, extraction_of(nlp, doc, article)


def _batches(
    pairs: Iterable[tuple[Doc, Article]], *, size: int, most: int
) -> Iterator[list[tuple[Doc, Article]]]:
    """The documents so many at a time, and in all of no more than ``most`` tokens, or alone."""
    batch: list[tuple[Doc, Article]] = []
    tokens = 0
    for pair in pairs:
        if batch and (len(batch) == size or tokens + len(pair[0]) > most):
            yield batch
            batch, tokens = [], 0
        batch.append(pair)
        tokens += len(pair[0])
    if batch:
        yield batch


def extract_article(nlp: Language, article: Article) -> Extraction:
    """The extraction of one article."""
    return next(extract_articles(nlp, (article,)))


def extraction_of(nlp: Language, doc: Doc, article: Article) -> Extraction:
    """The record of what the parsed ``doc`` carries."""
    from pipeline.extraction.places import placed_claims, placed_mentions, placed_sentences
    from pipeline.extraction.propose.proposal import say_missed
    from pipeline.language.kept import whole_text
    from pipeline.language.segment import sentences_of

    sentences, claims = placed_sentences(doc, sentences_of(doc)), doc._.claims
    if whole_text(doc) != article.text:
        claims = placed_claims(doc, claims, article.text, sentences)
    return Extraction(
        article=article.id,
        text=article.text,
        sentences=sentences,
        mentions=placed_mentions(doc, doc._.mentions),
        claims=claims,
        provenance=provenance_of(nlp, article.text, missing=say_missed(doc._.missed)),
        metadata=article.metadata,
    )


def _doc_of(nlp: Language, article: Article) -> Doc:
    from pipeline.extraction.build import SEGMENTER
    from pipeline.language.reading_form import reading_form

    segmenter: Any = nlp.get_pipe(SEGMENTER)
    form = reading_form(article.text, segmenter.before_numbers)
    doc = nlp.make_doc(article.text if form is None else form.text)
    doc._.read_as = form
    doc._.metadata = article.metadata
    doc._.article = article.id
    return doc
