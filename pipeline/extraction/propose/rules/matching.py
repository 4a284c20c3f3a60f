"""Cues found in a parsed sentence: which words of it carry a position.

Cues are indexed by the lemma of their first word, and the rest of the pattern is looked for
among the dependents of what has matched so far (``docs/decisions`` has why no
``DependencyMatcher`` is used: speed).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

import numpy as np
from spacy.attrs import LEMMA, LOWER
from spacy.tokens import Doc, Token

from pipeline.language.kinds import columns_of, kinds_of
from pipeline.language.occurrences import numbers_true
from pipeline.language.syntax import is_verbal
from pipeline.lexicon.cues import PREPOSITIONS, Cue

_REACH = 7
_MOST = 100_000
"""How many pairs of lemma and form are remembered."""
_KNOWN = "cues"
_NUMBERS = count()
"""Every state of an index has a number of its own; what a document knows is by that."""
Known = dict[int, tuple[tuple[Cue, tuple[int, ...]], ...]]
"""The cues at each token that was asked for, with the places of their words."""


@dataclass(frozen=True, slots=True)
class CueMatch:
    """A cue at its place: the head first, then the words in the order of the pattern."""

    cue: Cue
    head: Token
    words: tuple[Token, ...]

    @property
    def last(self) -> Token:
        """The last word of the pattern, a preposition where the pattern ends in one."""
        return self.words[-1]


class CueIndex:
    """Cues by the lemma of their first word."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._cues = {cue.id: cue for cue in cues}
        self._index = _index_of(self._cues.values())
        self._opens: dict[tuple[int, ...], bool] = {}
        self._number = next(_NUMBERS)

    @contextmanager
    def laid_over(self, cues: Iterable[Cue]) -> Iterator[None]:
        """A block in which these cues are there too; one with a known id takes its place."""
        kept = self._cues, self._index
        self._cues = {**self._cues, **{cue.id: cue for cue in cues}}
        self._index = _index_of(self._cues.values())
        self._opens.clear()
        self._number = next(_NUMBERS)
        try:
            yield
        finally:
            self._cues, self._index = kept
            self._opens.clear()
            self._number = next(_NUMBERS)

    def places(self, doc: Doc) -> list[int]:
        """The tokens with whose lemma or form a cue may begin, in order."""
        kinds, numbers = kinds_of(columns_of(doc, [LEMMA, LOWER]))
        opens = [self._may_open(doc, *kind) for kind in kinds.tolist()]
        return numbers_true(np.array(opens, bool)[numbers])

    def _may_open(self, doc: Doc, lemma: int, lower: int) -> bool:
        found = self._opens.get((lemma, lower))
        if found is None:
            if len(self._opens) > _MOST:
                self._opens.clear()
            strings = doc.vocab.strings
            found = _bare(strings[lemma]) in self._index or strings[lower] in self._index
            self._opens[lemma, lower] = found
        return found

    def matches_at(self, token: Token) -> Iterator[CueMatch]:
        """The cues whose first word is this token, longest pattern first.

        They are looked for once a document, whoever asks.
        """
        doc = token.doc
        known: Known = doc.user_data.setdefault(f"{_KNOWN}-{self._number}", {})
        if token.i not in known:
            known[token.i] = tuple(self._find(token))
        for cue, places in known[token.i]:
            yield CueMatch(cue, token, tuple(doc[place] for place in places))

    def beside(self, head: Token, word: Token) -> Cue | None:
        """The cue that the verb would make with another preposition: "voted" with "against"."""
        for cue in self._index.get(head.lemma_.lower(), ()):
            if cue.pos == "verb" and len(cue.words) == 2 and word.lower_ in cue.preposition:
                return cue
        return None

    def _find(self, token: Token) -> Iterator[tuple[Cue, tuple[int, ...]]]:
        for cue in self._cues_at(token):
            words = _words_at(cue, token)
            if words is not None:
                yield cue, tuple(word.i for word in words)

    def _cues_at(self, token: Token) -> Iterable[Cue]:
        """The cues of the token's lemma and of its own form; a single list is in order already.

        To do something again is to do it: "re-imposed the ban" has the cue of "imposed".
        """
        lemma = self._index.get(_bare(token.lemma_), ())
        form = self._index.get(token.lower_, ())
        if form is lemma or not form:
            return lemma
        if not lemma:
            return form
        found = {cue.id: cue for cue in (*lemma, *form)}
        return sorted(found.values(), key=_longest_first)


def _bare(lemma: str) -> str:
    return lemma.lower().removeprefix("re-")


def _index_of(cues: Iterable[Cue]) -> dict[str, list[Cue]]:
    """The cues by each word that they can begin with, the longest pattern first."""
    index: defaultdict[str, list[Cue]] = defaultdict(list)
    for cue in cues:
        for word in cue.words[0] if cue.pos != "clause" else ():
            index[word].append(cue)
    for entries in index.values():
        entries.sort(key=_longest_first)
    return dict(index)


def _longest_first(cue: Cue) -> tuple[int, bool]:
    return (-len(cue.words), not cue.objects)


def _words_at(cue: Cue, token: Token) -> tuple[Token, ...] | None:
    if not _pos_fits(cue, token):
        return None
    if cue.pos == "phrase":
        return _contiguous(cue, token)
    matched = [token]
    for place in cue.words[1:]:
        found = _dependent(matched, place, passive_ok=cue.pos == "verb")
        if found is None:
            return None
        matched.append(found)
    return tuple(matched)


def _pos_fits(cue: Cue, token: Token) -> bool:
    if cue.pos == "phrase":
        return True
    if cue.pos == "verb":
        if not is_verbal(token) or token.dep_ in ("aux", "auxpass"):
            return False
        return token.dep_ != "amod" or any(c.dep_ == "agent" for c in token.children)
    if cue.pos == "noun":
        return token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound"
    if cue.pos == "adjective":
        return token.pos_ == "ADJ" or token.tag_ in ("VBN", "VBG", "JJ") or token.dep_ == "acomp"
    return token.tag_ in ("VBN", "JJ", "VBD", "VBG")


def _contiguous(cue: Cue, token: Token) -> tuple[Token, ...] | None:
    doc = token.doc
    matched = [token]
    position = token.i + 1
    for place in cue.words[1:]:
        while position < len(doc) and doc[position].dep_ == "det" and not _is(doc[position], place):
            position += 1
        if position >= len(doc) or not _is(doc[position], place):
            return None
        matched.append(doc[position])
        position += 1
    return tuple(matched)


def _is(token: Token, place: tuple[str, ...]) -> bool:
    if token.lower_ not in place and token.lemma_.lower() not in place:
        return False
    return token.tag_ != "TO" or token.dep_ != "aux"


def _dependent(matched: list[Token], place: tuple[str, ...], *, passive_ok: bool) -> Token | None:
    """The word of ``place`` among the dependents of the matched words, nearest first."""
    preposition = all(word in PREPOSITIONS for word in place)
    fits = _fits_preposition if preposition else _fits_word
    for anchor in reversed(matched):
        for child in anchor.children:
            if child not in matched and _is(child, place) and fits(child, anchor, passive_ok):
                return child
    last = matched[-1]
    found = None if preposition else _prenominal(last, place)
    found = found if found is not None else _right_after(matched, place)
    if found is None and preposition:
        return _stray_preposition(last, place)
    return found


def _fits_word(child: Token, anchor: Token, passive_ok: bool) -> bool:
    """Whether the word stands after its anchor and is no verb of a clause of its own."""
    if child.dep_ == "xcomp" and child.pos_ == "VERB":
        return False
    return child.i > anchor.i or (passive_ok and child.dep_ == "nsubjpass")


def _fits_preposition(child: Token, anchor: Token, passive_ok: bool) -> bool:
    """Whether the preposition stands after its anchor, or before it with a "which"."""
    if child.i > anchor.i or (passive_ok and child.dep_ == "nsubjpass"):
        return True
    return any(t.dep_ == "pobj" and t.tag_ == "WDT" for t in child.children)


def _right_after(matched: list[Token], place: tuple[str, ...]) -> Token | None:
    """The word of ``place`` that stands right after the last one, wherever it hangs."""
    last = matched[-1]
    if last.i + 1 == len(last.doc):
        return None
    following = last.nbor(1)
    return following if _is(following, place) and following not in matched else None


def _prenominal(last: Token, place: tuple[str, ...]) -> Token | None:
    """The `green` of "give the green light", and from there the `light`."""
    if last.dep_ in ("amod", "compound", "nmod") and _is(last.head, place):
        return last.head
    for child in last.children:
        if child.dep_ == "dobj":
            for modifier in child.children:
                if modifier.dep_ in ("amod", "compound") and _is(modifier, place):
                    return modifier
    return None


def _stray_preposition(last: Token, place: tuple[str, ...]) -> Token | None:
    """A preposition that the parser hung on the word above instead of on ``last``."""
    above = last.head
    for child in above.children:
        if (
            last.i < child.i <= last.i + _REACH
            and child.dep_ in ("prep", "dative", "agent")
            and _is(child, place)
            and (last.dep_ in ("dobj", "attr", "nsubjpass", "acomp", "prt", "advmod", "pobj"))
        ):
            return child
    return None
