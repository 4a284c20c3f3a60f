"""Which candidates are one position. Source: codebook §2.6, §2.10."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.extraction.propose.rules.candidates import Candidate
from pipeline.extraction.propose.rules.will import first_conjunct
from pipeline.extraction.settle.placed import ByHead, ByToken, top_conjunct
from pipeline.records import Kind, Stance

_REPEATING = frozenset(
    {"affirm", "confirm", "reaffirm", "reassert", "reiterate", "repeat", "restate"}
)
_ENDS = frozenset({"cessation", "end", "halt", "stop"})


def drop_overlapping(candidates: list[Candidate]) -> None:
    """Of cues that share a word, the longer one stands."""
    taken: dict[int, Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: (-len(c.match.words), c.head.i)):
        words = [word.i for word in candidate.match.words]
        if any(i in taken for i in words):
            candidate.dropped = "overlap"
            continue
        taken.update(dict.fromkeys(words, candidate))


def join_neither(candidates: list[Candidate]) -> None:
    """One neutral claim over both verbs of "neither confirmed nor denied"."""
    joined = ByToken(candidates, _joined_to)
    for first in candidates:
        for second in joined.at(first.head.i):
            if first.dropped or second.dropped or not first.polarity.negated:
                continue
            shared = (
                first.target is None
                or second.target is None
                or first.target.span.start >= second.head.i
                or second.target.span == first.target.span
            )
            apart = second.stance is not Stance.NEUTRAL and first.stance is not second.stance
            if shared and apart and second.polarity.negated:
                first.stance = Stance.NEUTRAL
                first.cue_span = first.head.doc[first.cue_span.start : second.cue_span.end]
                second.dropped = "neither-nor"


def _joined_to(candidate: Candidate) -> Iterator[int]:
    """The word that the cue's head is directly coordinated with."""
    if candidate.head.dep_ == "conj":
        yield candidate.head.head.i


def drop_accusations(candidates: list[Candidate]) -> None:
    """What somebody is accused of is no claim of the accused. Source: codebook §2.10."""
    by_head = ByHead(candidates)
    for outer in candidates:
        if outer.dropped or outer.target is None:
            continue
        if "accuses" not in outer.match.cue.traits:
            _drop_ended(outer, by_head)
            continue
        span, head = outer.target.span, outer.head
        for inner in by_head.within(span.start, span.end):
            if inner is not outer:
                inner.dropped = "accusation"
        for inner in by_head.within(head.i + 1, head.right_edge.i + 1):
            if inner.head.dep_ == "pcomp" and head.is_ancestor(inner.head):
                inner.dropped = "accusation"


def _drop_ended(outer: Candidate, by_head: ByHead) -> None:
    """Nor is what somebody is told to end: "demanded an end to Russia's attacks on the port"."""
    assert outer.target is not None
    span, own = outer.target.span, {held.key for held in outer.holders}
    for inner in by_head.within(span.start + 1, span.end):
        if inner.match.cue.pos != "noun":
            continue
        noun = top_conjunct(inner.head)
        end = noun.head.head
        ended = noun.dep_ == "pobj" and end.lemma_ in _ENDS
        inside = span.start <= end.i < inner.head.i
        if ended and inside and not own & {held.key for held in inner.holders}:
            inner.dropped = inner.dropped or "accusation"


def drop_relays(candidates: list[Candidate]) -> None:
    """Who only tells of another's position: "Merkel reiterated the EU's support for the ban".

    A person repeats what the own side holds; a state that repeats another's words joins them.
    """
    by_head = ByToken(candidates, lambda one: (one.head.i,))
    for inner in candidates:
        relay = inner.polarity.relay
        for outer in by_head.at(relay.i) if relay is not None else ():
            if inner.dropped or outer.dropped:
                continue
            own = {held.key for held in inner.holders}
            tells = "tells" in outer.match.cue.traits or (
                outer.head.lemma_ in _REPEATING and outer.holders[0].kind is Kind.PERSON
            )
            if (
                tells
                and inner.stance is not Stance.NEUTRAL
                and not own & {held.key for held in outer.holders}
            ):
                outer.dropped = "relay"
                inner.reporter = outer


def drop_governed(candidates: list[Candidate]) -> None:
    """A cue that heads the target of the same holder's cue is the same position."""
    governed = _Governed(candidates)
    for outer in candidates:
        standing = outer.dropped in ("", "content")
        if not standing or outer.target is None or outer.target.slot == "quote":
            continue
        own = {held.key for held in outer.holders}
        for inner in governed.by(outer):
            if inner is outer or inner.dropped or not own & {held.key for held in inner.holders}:
                continue
            if _only_carries(outer, inner) or _is_extracted(outer, inner):
                outer.dropped = "carrier"
                break
            span = outer.target.span
            carried = inner.match.cue.pos == "noun" and inner.polarity.start != inner.head
            if carried and span.start <= inner.polarity.start.i < span.end:
                inner.dropped = "governed"
                continue
            direct = outer.target.head in (inner.head, first_conjunct(inner.head))
            inside = span.start <= inner.head.i < span.end
            if direct or (inside and governed.hangs_on(inner, outer.target.head)):
                inner.dropped = "governed"


class _Governed:
    """The candidates that a cue or its target may govern, by where their words stand."""

    def __init__(self, candidates: list[Candidate]) -> None:
        self._candidates = candidates
        self._number = {id(one): number for number, one in enumerate(candidates)}
        self._heads_of = {id(one): frozenset(_heads_of(one)) for one in candidates}
        self._starts = ByToken(candidates, lambda one: (one.polarity.start.i,))
        self._heads = ByToken(candidates, lambda one: self._heads_of[id(one)])

    def by(self, outer: Candidate) -> list[Candidate]:
        """Those that hang on the cue or on its target's head, or begin inside its target."""
        assert outer.target is not None
        span = outer.target.span
        found = [
            *self._starts.at(outer.head.i, *range(span.start, span.end)),
            *self._heads.at(outer.target.head.i),
        ]
        return [self._candidates[n] for n in sorted({self._number[id(one)] for one in found})]

    def hangs_on(self, inner: Candidate, head: Token) -> bool:
        """Whether ``head`` is the cue's head or a word that this is coordinated with."""
        return head.i in self._heads_of[id(inner)]


def _heads_of(candidate: Candidate) -> Iterator[int]:
    """The cue's head and what it is coordinated with, directly and first of all."""
    head = candidate.head
    yield head.i
    yield first_conjunct(head).i
    if head.dep_ == "conj":
        yield head.head.i


def _is_extracted(outer: Candidate, inner: Candidate) -> bool:
    """Whether the inner target stands before both: "the treaty which Kenya refused to sign"."""
    assert outer.target is not None
    return (
        inner.head == outer.target.head
        and inner.target is not None
        and inner.target.span.end <= outer.head.i
        and outer.target.slot == "to"
    )


def _only_carries(outer: Candidate, inner: Candidate) -> bool:
    """Whether the inner cue has the position: "reiterated its opposition", "like to thank"."""
    assert outer.target is not None
    sides = inner.stance is not Stance.NEUTRAL or outer.stance is Stance.NEUTRAL
    if inner.match.cue.pos == "noun" and inner.polarity.start == outer.head and sides:
        return True
    heads = inner.match.cue.pos == "noun" and inner.head == outer.target.head
    if heads and "makes" in outer.match.cue.traits:
        return True
    wishes = outer.head.lemma_ in ("like", "wish") and outer.target.slot == "to"
    return wishes and inner.head == outer.target.head


def drop_repeated(candidates: list[Candidate]) -> None:
    """Keep the first verb of "endorsed and supported" with one target: it is one claim."""
    same_target: defaultdict[tuple[int, int], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.target is not None:
            same_target[candidate.target.span.start, candidate.target.span.end].append(candidate)
    for first in candidates:
        if first.dropped or first.target is None:
            continue
        for second in same_target[first.target.span.start, first.target.span.end]:
            if second is first or second.dropped or second.target is None:
                continue
            if (
                second.head.i > first.head.i
                and second.target.span == first.target.span
                and second.stance is first.stance
                and [h.key for h in second.holders] == [h.key for h in first.holders]
            ):
                second.dropped = "repeated"
