"""Long documents parsed piece by piece, so that memory is bounded however long a text is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, SENT_START, TAG
from spacy.tokens import Doc

from pipeline.extraction.build import CASES, COMPONENTS, SEGMENTER
from pipeline.language.phrases import NAME as PHRASES

if TYPE_CHECKING:
    from spacy.language import Language

_SET_BY_MODEL = [TAG, POS, MORPH, LEMMA, DEP, HEAD, ENT_IOB, ENT_TYPE]


def parse_in_pieces(nlp: Language, doc: Doc, most: int) -> Doc:
    """The same doc as ``nlp`` would make it, with no more than ``most`` tokens parsed at a time.

    It is cut between sentences, where the parse ends anyway; only the words next to a cut are seen
    by the model with fewer neighbours than else.
    """
    pipes = dict(nlp.pipeline)
    doc = pipes.pop(CASES)(pipes.pop(SEGMENTER)(doc))
    ours = [pipes.pop(name) for name in (PHRASES, *COMPONENTS)]
    rows: list[Any] = []
    for start, end in _ranges(doc, most):
        piece = _copy(doc, start, end)
        for pipe in pipes.values():
            piece = pipe(piece)
        rows.append(piece.to_array(_SET_BY_MODEL))
    found: Any = numpy.concatenate(rows)
    doc.from_array(_SET_BY_MODEL, found)
    for pipe in ours:
        doc = pipe(doc)
    return doc


def _ranges(doc: Doc, most: int) -> Iterator[tuple[int, int]]:
    """Token ranges that end where sentences end, each as long as it may be."""
    starts = [token.i for token in doc if token.is_sent_start]
    low = 0
    for start, end in pairwise([*starts, len(doc)]):
        if end - low > most and start > low:
            yield low, start
            low = start
    yield low, len(doc)


def _copy(doc: Doc, start: int, end: int) -> Doc:
    """The tokens as a document of their own, with their sentences."""
    tokens = doc[start:end]
    words, spaces = [t.text for t in tokens], [bool(t.whitespace_) for t in tokens]
    piece = Doc(doc.vocab, words=words, spaces=spaces)
    for token, before in zip(piece, tokens, strict=True):
        if token.norm != before.norm:
            token.norm_ = before.norm_
    column: Any = doc.to_array([SENT_START])[start:end].reshape(-1, 1)
    piece.from_array([SENT_START], column)
    return piece
