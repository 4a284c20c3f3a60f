"""Tokens that a sentence must not be cut inside: short forms with their stop, whole characters.

spaCy's tokenizer knows neither the short forms of ``models/segmentation.yaml`` nor what a reader
sees as one character. The pieces are joined before the parser runs; the text stays as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy
from spacy.attrs import IDX, NORM, ORTH
from spacy.lexeme import Lexeme
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.language.boundaries import is_numbered
from pipeline.language.graphemes import insides, is_picture
from pipeline.language.kept import whole_text
from pipeline.language.kinds import columns_of
from pipeline.language.occurrences import are_written, places_written
from pipeline.lexicon.segmentation import SHORT_FORMS, SegmentationLists

_LEXICAL = ("norm_", "prefix_", "suffix_", "shape_")
_BLANK = " "
_HYPHEN = "-"
_STOP, _HYPHENS = frozenset("."), frozenset(_HYPHEN)
_DIGIT = "5"
_REFERENCE = re.compile(r"(?:\w+(?:[./–-]\w+|\(\w{1,4}\))*|(?:\(\w{1,4}\))+)(?![\w/])")
_AFTER = re.compile(r"\.[\"'”’»)\]]*\s*")


class TokenJoiner:
    """Joins tokens of documents, by the short forms it was made with."""

    def __init__(self, lists: SegmentationLists, vocab: Vocab) -> None:
        """``vocab`` learns the words that the short forms stand for, whatever text comes first."""
        self._numbered = lists.forms("before-numbers")
        self._stopped = self._numbered | {f"{form}." for form in self._numbered}
        self._short = self._numbered.union(*(lists.forms(name) for name in SHORT_FORMS))
        self._titles = lists.forms("titles")
        self._parts = lists.readings("before-numbers")
        self._reads = self._parts | lists.readings("titles", "never-final", "sometimes-final")
        read_as = lists.readings("read-as", stop="")
        self._hyphened = frozenset(form for form in read_as if _HYPHEN in form)
        for form, word in (self._reads | read_as).items():
            _read_as(vocab[form], vocab[word])

    def joined(self, doc: Doc, starts: Sequence[int]) -> Doc:
        """The doc with one token for each short form, each number after one, and each character.

        ``starts`` are the offsets, in order, at which sentences begin: a stop that ends one is
        no part of a short form.
        """
        text = whole_text(doc)
        numbers = dict(self._numbers(doc, text))
        stops = self._stops(doc, text, starts, numbers)
        characters = _characters(doc, text)
        ranges = list(_merged([*stops, *numbers.items(), *self._hyphens(doc), *characters]))
        if ranges:
            doc = _with_joined(doc, text, ranges, numbers)
        self._teach(doc)
        return doc

    def _stops(
        self, doc: Doc, text: str, starts: Sequence[int], numbers: Mapping[int, int]
    ) -> Iterator[tuple[int, int]]:
        """The token ranges of short forms with their stops.

        One that is a title too ("Sec. Diaz") is one token with its number ("Sec. 12"): the model
        must not see the same in both.
        """
        for token in map(doc.__getitem__, places_written(doc, _STOP)):
            if not token.i or doc[token.i - 1].whitespace_:
                continue
            word = doc[token.i - 1].text
            if word not in self._short or _is_final(text, token.idx, starts):
                continue
            numbered = word in self._numbered and is_numbered(text, token.idx + 1)
            if numbered and word in self._titles:
                yield token.i - 1, numbers.get(token.i + 1, token.i + 2)
            elif numbered or word not in self._numbered - self._titles:
                yield token.i - 1, token.i + 1

    def _numbers(self, doc: Doc, text: str) -> Iterator[tuple[int, int]]:
        """The token ranges of "4-7", "3(a)" and "A/75/L.3" after a short form for a part."""
        parts, stops = are_written(doc, self._stopped), are_written(doc, _STOP)
        after = numpy.roll(parts, 1) | (numpy.roll(stops, 1) & numpy.roll(parts, 2))
        for token in map(doc.__getitem__, numpy.flatnonzero(after).tolist()):
            if not token.i or (not token.text[0].isalnum() and token.text != "("):
                continue
            if not is_numbered(text, token.idx):
                continue
            found = _REFERENCE.match(text, token.idx)
            end = token.i + 1
            while found and end < len(doc) and doc[end].idx < found.end():
                end += 1
            if found and end > token.i + 1 and doc[end - 1].idx + len(doc[end - 1]) == found.end():
                yield token.i, end

    def _hyphens(self, doc: Doc) -> Iterator[tuple[int, int]]:
        """The token ranges of words with a hyphen that are read as another: "no-one"."""
        for token in map(doc.__getitem__, places_written(doc, _HYPHENS)):
            if 0 < token.i < len(doc) - 1:
                word = f"{doc[token.i - 1].text_with_ws}{_HYPHEN}{doc[token.i + 1].text}"
                if word in self._hyphened and not token.whitespace_:
                    yield token.i - 1, token.i + 2

    def _teach(self, doc: Doc) -> None:
        """Let the model see a part's word in "Sec. 12", and a blank in a picture.

        A picture says nothing of the sentence that it stands in; the rules too pass over it. The
        norms are the words' own: a doc took them from the vocabulary before it knew.
        """
        _, first, kinds = numpy.unique(
            columns_of(doc, [ORTH]).ravel(), return_index=True, return_inverse=True
        )
        taught = numpy.zeros(len(first), bool)
        shown = numpy.zeros(len(first), bool)
        for kind in numpy.argsort(first).tolist():
            token = doc[int(first[kind])]
            form, _, number = token.text.partition(" ")
            word = self._parts.get(form) if number else self._reads.get(form)
            if word is not None:
                taught[kind] = True
                if number:
                    shown[kind] = True
                    _read_as(token.lex, doc.vocab[word])
            elif not token.is_ascii and is_picture(token.text):
                shown[kind] = token.lex.is_space = True
                _read_as(token.lex, doc.vocab[_BLANK])
        for place in numpy.flatnonzero(shown[kinds]).tolist():
            doc[place].norm_ = doc[place].lex.norm_
        for place in numpy.flatnonzero(taught[kinds]).tolist():
            form, _, number = doc[place].text.partition(" ")
            doc[place].lemma_ = (self._parts if number else self._reads)[form].lower()


def _with_joined(
    doc: Doc, text: str, ranges: list[tuple[int, int]], numbers: Mapping[int, int]
) -> Doc:
    """A doc of the same text in which each range is one token; spaCy's own way is quadratic.

    Those of ``numbers`` have the norm of a figure. Their word in the vocabulary stays as it is:
    "4-7" is a part's number here and a match's outcome in another text.
    """
    ends = dict(ranges)
    words, spaces, norms = [], [], []
    own = doc.to_array([NORM]).ravel()
    place = 0
    while place < len(doc):
        end = ends.get(place, place + 1)
        words.append(_text_of(doc, text, place, end))
        spaces.append(bool(doc[end - 1].whitespace_))
        if end == place + 1:
            norms.append(own[place])
        else:
            read = _DIGIT if numbers.get(place) == end else words[-1]
            norms.append(doc.vocab[read].norm)
        place = end
    joined = Doc(doc.vocab, words, spaces, user_data=doc.user_data)
    joined._context = doc._context
    column: Any = numpy.array(norms, dtype="uint64").reshape(-1, 1)
    joined.from_array([NORM], column)
    return joined


def _text_of(doc: Doc, text: str, start: int, end: int) -> str:
    last = doc[end - 1]
    return text[doc[start].idx : last.idx + len(last)]


def _read_as(form: Lexeme, word: Lexeme) -> None:
    for name in _LEXICAL:
        setattr(form, name, getattr(word, name))


def _is_final(text: str, stop: int, starts: Sequence[int]) -> bool:
    """Whether a sentence ends with the stop at an offset."""
    after = _AFTER.match(text, stop)
    following = bisect_right(starts, stop)
    begin = starts[following] if following < len(starts) else len(text)
    return after is None or begin <= after.end()


def _characters(doc: Doc, text: str) -> Iterator[tuple[int, int]]:
    """The token ranges that one character reaches over."""
    if text.isascii():
        return
    starts = columns_of(doc, [IDX]).ravel().tolist()
    place = {start: i for i, start in enumerate(starts)}
    for offset in insides(text):
        i = place.get(offset)
        if i:
            yield i - 1, i + 1


def _merged(ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Ranges in order, those that overlap as one."""
    start, end = -1, -1
    for low, high in sorted(ranges):
        if low < end:
            end = max(end, high)
            continue
        if start >= 0:
            yield start, end
        start, end = low, high
    if start >= 0:
        yield start, end
