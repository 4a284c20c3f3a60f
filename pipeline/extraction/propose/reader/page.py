"""A parsed document as the reader sees it: words, sentences, and who could hold a position.

A *row* is a token that is not white space; every array here has one value a row, and every span
is a half-open range of rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE

from pipeline.language.quotations import find_quotations
from pipeline.language.spans import sentence_bounds
from pipeline.lexicon.cues import STANCES as LEXICON_STANCES

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from pipeline.extraction.propose.rules import CueIndex

Ints = NDArray[np.int64]

# Labels of the parser, in the order in which the weights know them; what is not here is the last.
DEPENDENCIES = tuple(
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj "
    "csubj csubjpass dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass "
    "nummod oprd parataxis pcomp pobj poss preconj predet prep prt punct quantmod relcl xcomp "
    "other".split()
)
PARTS = tuple(
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X other".split()
)
# What the lexicon says of a word: no cue, or a cue's with this stance.
LISTED = ("none", *LEXICON_STANCES)
KINDS = ("person", "state", "group", "organisation", "pronoun", "phrase", "name", "nobody")
_DEPENDENCY = {label: code for code, label in enumerate(DEPENDENCIES)}
_PART = {label: code for code, label in enumerate(PARTS)}
_LISTED = {label: code for code, label in enumerate(LISTED)}
_KIND = {label: code for code, label in enumerate(KINDS)}
_NAMES = frozenset(["PERSON", "NORP", "ORG", "GPE", "FAC", "LOC"])
_LEADING = frozenset(["DET", "PUNCT", "CCONJ", "PART", "ADP"])


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who could hold a position: a mention, a name, a pronoun or a noun phrase."""

    start: int
    end: int
    root: int
    kind: int
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What the reader knows of a document, without the parser's objects."""

    words: tuple[str, ...]
    tokens: Ints
    offsets: NDArray[np.int64]
    heads: Ints
    dependencies: Ints
    parts: Ints
    lefts: Ints
    rights: Ints
    quotes: Ints
    listed: Ints
    sentences: tuple[tuple[int, int], ...]
    readable: tuple[bool, ...]
    people: tuple[Person, ...]
    head_line: str

    def sentence_of(self) -> Ints:
        """For each row the number of its sentence."""
        numbers = np.zeros(len(self.words), dtype=np.int64)
        for number, (start, end) in enumerate(self.sentences):
            numbers[start:end] = number
        return numbers


def read_page(doc: Doc, cues: CueIndex) -> Page:
    """The page of a parsed document whose ``doc._.mentions`` are set.

    ``cues`` are the lexicon's, of which each row has the stance (``Page.listed``).
    """
    kept = [token for token in doc if not token.is_space]
    row = _rows_of(doc, kept)
    sentences, readable = _sentences(doc, row)
    return Page(
        words=tuple(token.text for token in kept),
        tokens=np.array([token.i for token in kept], dtype=np.int64),
        offsets=np.array([(t.idx, t.idx + len(t)) for t in kept], dtype=np.int64).reshape(-1, 2),
        heads=np.array([row[token.head.i] for token in kept], dtype=np.int64),
        dependencies=_codes([token.dep_ for token in kept], _DEPENDENCY),
        parts=_codes([token.pos_ for token in kept], _PART),
        lefts=np.array([row[token.left_edge.i] for token in kept], dtype=np.int64),
        rights=np.array([row[token.right_edge.i] + 1 for token in kept], dtype=np.int64),
        quotes=_quotes(doc, row, len(kept)),
        listed=_listed(kept, cues, row),
        sentences=sentences,
        readable=readable,
        people=find_people(doc, row),
        head_line=head_line_of(doc),
    )


def _rows_of(doc: Doc, kept: list[Token]) -> Ints:
    """For each token its row; white space has the row of the word before it (or the first)."""
    row: Ints = np.full(len(doc) + 1, -1, dtype=np.int64)
    row[[token.i for token in kept]] = np.arange(len(kept))
    np.maximum.accumulate(row, out=row)
    row[-1] = len(kept)
    return np.maximum(row, 0)


def _codes(labels: list[str], known: dict[str, int]) -> Ints:
    other = known["other"]
    return np.array([known.get(label, other) for label in labels], dtype=np.int64)


def _sentences(doc: Doc, row: Ints) -> tuple[tuple[tuple[int, int], ...], tuple[bool, ...]]:
    """The sentences that have a word, and of each whether claims are looked for in it."""
    read = np.zeros(len(doc) + 1, dtype=bool)
    for block in doc.spans["blocks"]:
        read[block.start : block.end] = block.label_ == "body" or block.id_ == "title"
    spans: list[tuple[int, int]] = []
    readable: list[bool] = []
    blank: list[int] = list(doc.to_array(IS_SPACE))
    for start, end in sentence_bounds(doc):
        words = [place for place in range(start, end) if not blank[place]]
        if words:
            spans.append((int(row[words[0]]), int(row[words[-1]]) + 1))
            readable.append(bool(read[words[0]]))
    return tuple(spans), tuple(readable)


def _quotes(doc: Doc, row: Ints, size: int) -> Ints:
    """For each row the number of the innermost quotation that it stands in, or 0."""
    quotes = np.zeros(size, dtype=np.int64)
    for number, quotation in enumerate(find_quotations(doc), start=1):
        if quotation.end > quotation.start:
            quotes[row[quotation.start] : row[quotation.end - 1] + 1] = number
    return quotes


def _listed(kept: list[Token], cues: CueIndex, row: Ints) -> Ints:
    """For each row the code of the stance of the longest cue of the lexicon that has it."""
    listed = np.zeros(len(kept), dtype=np.int64)
    sizes = np.zeros(len(kept), dtype=np.int64)
    for token in kept:
        match = next(cues.matches_at(token), None)
        for word in match.words if match is not None else ():
            at = row[word.i]
            if match is not None and len(match.words) > sizes[at]:
                listed[at], sizes[at] = _LISTED[match.cue.stance], len(match.words)
    return listed


def head_line_of(doc: Doc) -> str:
    """Title, speaker and issuer of the article, as its metadata name them; empty without."""
    metadata = doc._.metadata or {}
    named = (metadata.get(key) for key in ("title", "speaker", "issuer"))
    return " . ".join(str(value) for value in named if value)


def find_people(doc: Doc, row: Ints) -> tuple[Person, ...]:
    """Everybody who could hold a position, in text order, one a head word.

    Where several stand on one head word, a mention comes before a name of the model, this before
    a pronoun and a noun phrase.
    """
    found: dict[int, Person] = {}
    for mention in doc._.mentions:
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is not None:
            _add(found, span, _KIND[mention.kind.value], row, mention.entity)
    for span in doc.ents:
        if span.label_ in _NAMES:
            _add(found, span, _KIND["name"], row)
    for token in doc:
        if token.pos_ == "PRON" or token.tag_ == "PRP$":
            _add(found, doc[token.i : token.i + 1], _KIND["pronoun"], row)
    for span in doc.noun_chunks:
        _add(found, _trimmed(span), _KIND["phrase"], row)
    return tuple(sorted(found.values(), key=lambda one: (one.start, one.end)))


def _trimmed(span: Span) -> Span:
    """The phrase without its articles."""
    start = span.start
    while start < span.root.i and span.doc[start].pos_ in _LEADING:
        start += 1
    return span.doc[start : span.root.i + 1]


def _add(
    found: dict[int, Person], span: Span, kind: int, row: Ints, entity: str | None = None
) -> None:
    root = int(row[span.root.i])
    if root not in found and not span.root.is_space:
        start, end = int(row[span.start]), int(row[span.end - 1]) + 1
        found[root] = Person(start, end, root, kind, entity)
