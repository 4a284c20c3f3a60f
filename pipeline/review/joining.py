"""To which claim a region belongs that a reviewer drew and joined to nothing.

``docs/review.md`` has the rule. A drawn holder, target or attribution goes to the nearest claim
that lacks one; what was shown and lost its cue goes to a cue that was drawn in its place, and to
no other claim.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.dataset.records import Quote
from pipeline.review.regions import ATTRIBUTION, HOLDER, STANCES, TARGET

Joins = list[tuple[str, str]]


@dataclass(slots=True)
class Board:
    """The regions of one annotation: their labels, words and neighbours, and what was shown.

    ``drawn`` are the regions that were not shown with the label that they have now; ``before``
    are the pairs of regions that were shown joined; ``sentences`` begin at these offsets.
    """

    labels: Mapping[str, str]
    quotes: Mapping[str, Quote]
    neighbours: dict[str, set[str]]
    drawn: Collection[str]
    before: Collection[frozenset[str]] = ()
    sentences: Sequence[int] = field(default=())

    def regions(self, label: str) -> list[str]:
        """The regions of that label, in the order of the text."""
        found = [region for region, name in self.labels.items() if name == label]
        return sorted(found, key=lambda region: (self.quotes[region], region))

    def cues(self) -> list[str]:
        """The cues that say a stance, in the order of the text."""
        found = [region for region, name in self.labels.items() if name in STANCES]
        return sorted(found, key=lambda region: (self.quotes[region], region))

    def has(self, cue: str, label: str) -> bool:
        """Whether a region of that label is joined to the cue."""
        return any(self.labels.get(other) == label for other in self.neighbours.get(cue, ()))

    def is_loose(self, region: str) -> bool:
        """Whether no cue is joined to the region, be it one that was rejected or not understood."""
        known = (HOLDER, TARGET, ATTRIBUTION)
        return all(self.labels.get(other) in known for other in self.neighbours.get(region, ()))

    def join(self, joins: Joins) -> None:
        """Make the pairs neighbours."""
        for one, other in joins:
            self.neighbours.setdefault(one, set()).add(other)
            self.neighbours.setdefault(other, set()).add(one)

    def distance(self, region: str, cue: str) -> tuple[bool, bool, int]:
        """How far a region is from a cue: by holder, by sentence, then by code points between.

        A region that was joined to the cue's holder is nearest, and what stands in the cue's
        sentence is nearer than what does not.
        """
        holders = self.neighbours.get(region, set()) & self.neighbours.get(cue, set())
        one, other = self.quotes[region], self.quotes[cue]
        gap = max(one.start - other.end, other.start - one.end, 0)
        return (not holders, self._sentence(one) != self._sentence(other), gap)

    def _sentence(self, quote: Quote) -> int:
        return bisect_right(self.sentences, quote.start)


def join_loose(board: Board) -> tuple[str, ...]:
    """The drawn regions that no claim takes; all others are joined on the board.

    Source: docs/review.md, "What is drawn and not joined".
    """
    left: list[str] = []
    for label in (HOLDER, TARGET, ATTRIBUTION):
        lacking = _lacking(board, label)
        loose = _loose(board, board.regions(label))
        drawn = [region for region in loose if region in board.drawn]
        kept = [region for region in loose if region not in board.drawn]
        _join_drawn(board, drawn, lacking, shared=label == HOLDER)
        fresh = [cue for cue in lacking if cue in board.drawn and not board.has(cue, label)]
        _join_kept(board, kept, fresh, shared=label == HOLDER)
        left += _loose(board, drawn)
    return tuple(left)


def _lacking(board: Board, label: str) -> list[str]:
    """The cues with no region of that label; none without a holder lacks anything else."""
    cues = [cue for cue in board.cues() if label == HOLDER or board.has(cue, HOLDER)]
    return [cue for cue in cues if not board.has(cue, label)]


def _join_drawn(
    board: Board, drawn: Sequence[str], lacking: Sequence[str], *, shared: bool
) -> None:
    """Join what was drawn to the claims that lack it; where cues are ``shared``, all of it."""
    board.join(_pair(board, drawn, lacking))
    if shared:
        board.join(_nearest(board, _loose(board, drawn), lacking))


def _join_kept(board: Board, kept: Sequence[str], fresh: Sequence[str], *, shared: bool) -> None:
    """Join what was shown and lost its cue to the cues drawn in its place, sharers with it."""
    pairs = _pair(board, kept, fresh)
    board.join(pairs)
    if shared:
        board.join(_with_those_beside(board, kept, pairs))


def _loose(board: Board, regions: Iterable[str]) -> list[str]:
    return [region for region in regions if board.is_loose(region)]


def _pair(board: Board, regions: Sequence[str], cues: Sequence[str]) -> Joins:
    """One region for a cue and one cue for a region, the nearest two first.

    Of two that are as near the earlier cue comes first, then the earlier region.
    """
    ways = sorted(
        (board.distance(region, cue), board.quotes[cue], board.quotes[region], region, cue)
        for region in regions
        for cue in cues
        if frozenset((region, cue)) not in board.before
    )
    found: dict[str, str] = {}
    taken: set[str] = set()
    for *_, region, cue in ways:
        if region not in found and cue not in taken:
            found[region] = cue
            taken.add(cue)
    return list(found.items())


def _nearest(board: Board, regions: Iterable[str], cues: Sequence[str]) -> Joins:
    """For each region the nearest of the cues, however many others that one has."""
    found = []
    for region in regions:
        ways = [(board.distance(region, cue), board.quotes[cue], cue) for cue in cues]
        if ways:
            found.append((region, min(ways)[-1]))
    return found


def _with_those_beside(board: Board, kept: Sequence[str], pairs: Joins) -> Joins:
    """The holders that had shared a cue with one that has a new one now: it is theirs too."""
    found = []
    for region, cue in pairs:
        old = _cues_before(board, region)
        found += [
            (one, cue) for one in kept if board.is_loose(one) and _cues_before(board, one) & old
        ]
    return found


def _cues_before(board: Board, region: str) -> set[str]:
    return {other for pair in board.before if region in pair for other in pair - {region}}
