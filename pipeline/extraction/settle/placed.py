"""Candidates by where their words stand, so that none is compared with those of other sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from spacy.tokens import Token

from pipeline.extraction.propose.rules.candidates import Candidate

WITHIN = frozenset({"xcomp", "acomp", "attr", "dobj", "conj", "pcomp", "oprd"})
"""The dependencies by which a word belongs to the predicate above it."""


class ByHead:
    """The candidates whose cues' heads lie in a range of tokens, in the order they were given."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._candidates = candidates
        self._order = sorted(range(len(candidates)), key=lambda n: candidates[n].head.i)
        self._places = [candidates[n].head.i for n in self._order]

    def within(self, start: int, end: int) -> Iterator[Candidate]:
        """Those with the head at ``start`` or later and before ``end``."""
        low, high = bisect_left(self._places, start), bisect_left(self._places, end)
        return (self._candidates[n] for n in sorted(self._order[low:high]))


class ByToken:
    """The candidates that go with a token by some rule, in the order they were given."""

    def __init__(
        self, candidates: Iterable[Candidate], tokens_of: Callable[[Candidate], Iterable[int]]
    ) -> None:
        self._found: defaultdict[int, list[tuple[int, Candidate]]] = defaultdict(list)
        for number, candidate in enumerate(candidates):
            for place in dict.fromkeys(tokens_of(candidate)):
                self._found[place].append((number, candidate))

    def at(self, *places: int) -> Iterator[Candidate]:
        """Those that go with one of the tokens, each once."""
        found = {pair[0]: pair[1] for place in places for pair in self._found.get(place, ())}
        return (found[number] for number in sorted(found))


def top_conjunct(token: Token) -> Token:
    """The first of the words that ``token`` is coordinated with; itself where there are none."""
    while token.dep_ == "conj":
        token = token.head
    return token
