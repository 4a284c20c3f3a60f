"""Which candidates are one position. Source: codebook §2.6, §2.10."""

from __future__ import annotations

from pipeline.extraction.claims.candidates import Candidate
from pipeline.extraction.claims.will import first_conjunct
from pipeline.records import Kind, Stance

_TELLING = frozenset({"say", "report", "stress", "note"})
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
    for first in candidates:
        for second in candidates:
            if first.dropped or second.dropped or not first.polarity.negated:
                continue
            joined = second.head.dep_ == "conj" and second.head.head == first.head
            shared = (
                first.target is None
                or second.target is None
                or (
                    first.target.span.start >= second.head.i
                    or second.target.span == first.target.span
                )
            )
            apart = second.stance is not Stance.NEUTRAL
            if (
                joined
                and shared
                and apart
                and first.stance is not second.stance
                and second.polarity.negated
            ):
                first.stance = Stance.NEUTRAL
                first.cue_span = first.head.doc[first.cue_span.start : second.cue_span.end]
                second.dropped = "neither-nor"


def drop_accusations(candidates: list[Candidate]) -> None:
    """What somebody is accused of is no claim of the accused. Source: codebook §2.10."""
    for outer in candidates:
        if outer.dropped or outer.target is None:
            continue
        if outer.match.cue.family != "accuse":
            _drop_ended(outer, candidates)
            continue
        span = outer.target.span
        for inner in candidates:
            inside = span.start <= inner.head.i < span.end
            below = outer.head.is_ancestor(inner.head) and inner.head.i > outer.head.i
            if inner is not outer and (inside or (below and inner.head.dep_ == "pcomp")):
                inner.dropped = "accusation"


def _drop_ended(outer: Candidate, candidates: list[Candidate]) -> None:
    """Nor is what somebody is told to end: "demanded an end to Russia's attacks on the port"."""
    assert outer.target is not None
    span, own = outer.target.span, {held.key for held in outer.holders}
    for inner in candidates:
        noun = inner.head
        while noun.dep_ == "conj":
            noun = noun.head
        end = noun.head.head
        ended = noun.dep_ == "pobj" and end.lemma_ in _ENDS and inner.match.cue.pos == "noun"
        inside = span.start <= end.i < inner.head.i < span.end
        if ended and inside and not own & {held.key for held in inner.holders}:
            inner.dropped = inner.dropped or "accusation"


def drop_relays(candidates: list[Candidate]) -> None:
    """Who only tells of another's position: "Merkel reiterated the EU's support for the ban".

    A person repeats what the own side holds; a state that repeats another's words joins them.
    """
    for inner in candidates:
        for outer in candidates:
            if inner.dropped or outer.dropped or outer.head != inner.polarity.relay:
                continue
            own = {held.key for held in inner.holders}
            tells = outer.match.cue.family in _TELLING or (
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
    for outer in candidates:
        standing = outer.dropped in ("", "content")
        if not standing or outer.target is None or outer.target.slot == "quote":
            continue
        own = {held.key for held in outer.holders}
        for inner in candidates:
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
            if outer.target.head in (inner.head, first_conjunct(inner.head)) or (
                inner.head.dep_ == "conj" and inner.head.head == outer.target.head
            ):
                inner.dropped = "governed"


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
    if heads and outer.match.cue.family in ("advance", "create"):
        return True
    wishes = outer.head.lemma_ in ("like", "wish") and outer.target.slot == "to"
    return wishes and inner.head == outer.target.head


def drop_repeated(candidates: list[Candidate]) -> None:
    """Keep the first verb of "endorsed and supported" with one target: it is one claim."""
    for first in candidates:
        if first.dropped or first.target is None:
            continue
        for second in candidates:
            if second is first or second.dropped or second.target is None:
                continue
            if (
                second.head.i > first.head.i
                and second.target.span == first.target.span
                and second.stance is first.stance
                and [h.key for h in second.holders] == [h.key for h in first.holders]
            ):
                second.dropped = "repeated"
