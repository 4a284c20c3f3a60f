"""Which proposals are readings of one position."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extraction.propose.proposal import Chances, Proposal
from pipeline.language.labels import HELPERS, PREDICATIVES
from pipeline.language.syntax import children

if TYPE_CHECKING:
    from spacy.tokens import Span


@dataclass(frozen=True, slots=True)
class Group:
    """The proposals of one position, the leading one first; at least one."""

    proposals: tuple[Proposal, ...]

    @property
    def leading(self) -> Proposal:
        """The proposal whose words and roles the position has."""
        return self.proposals[0]

    @property
    def chances(self) -> Chances | None:
        """What the first proposer that measures says of the position."""
        return next((one.chances for one in self.proposals if one.chances is not None), None)

    @property
    def guests(self) -> tuple[Proposal, ...]:
        """What proposers say of it that the judge's weights were fitted without."""
        return tuple(one for one in self.proposals if one.is_guest)

    def without_guests(self) -> Group | None:
        """The same as if there were no such proposers; None where nobody else proposes it."""
        kept = tuple(one for one in self.proposals if not one.is_guest)
        return Group(kept) if kept else None


def group_proposals(proposals: Iterable[Proposal]) -> tuple[Group, ...]:
    """One group for each position, in the order of their leading proposals.

    Each proposer says a position once. A proposer without a measure leads; the likeliest reading
    of the same position by one that measures joins it: their cues overlap, and they share a
    holder by entity or by place. Further readings inside the cue's words join it too: "veto" in
    "the veto was lifted". A reading of the same words with the roles exchanged is none. Guests
    join last, and lead where nobody else proposes it.
    """
    kept = tuple(proposals)
    known = [one for one in kept if not one.is_guest]
    leading = [one for one in known if one.chances is None]
    measured = [one for one in known if one.chances is not None]
    groups = [[one] for one in leading]
    taken = _join_likeliest(groups, measured)
    groups += [[one] for number, one in enumerate(measured) if number not in taken]
    groups = _join_helping(groups)
    _join_guests(groups, [one for one in kept if one.is_guest])
    return tuple(Group(tuple(group)) for group in groups)


def _join_likeliest(groups: list[list[Proposal]], measured: list[Proposal]) -> set[int]:
    """The numbers of the measured proposals that have joined a group, each one."""
    by_word = _by_word(measured)
    cues = {_bounds(group[0].cue) for group in groups}
    taken: set[int] = set()
    for group in groups:
        one = group[0]
        near = {number for token in one.cue for number in by_word.get(token.i, ())} - taken
        own = cues - {_bounds(one.cue)}
        free = [number for number in sorted(near) if _bounds(measured[number].cue) not in own]
        best = _likeliest(one, free, measured)
        best += tuple(n for n in free if n not in best and _is_inside(measured[n], one))
        group.extend(measured[number] for number in best)
        taken.update(best)
        taken.update(number for number in near if _exchange_roles(one, measured[number]))
    return taken


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _is_inside(one: Proposal, other: Proposal) -> bool:
    """Whether the cue of one is some of the words of the other's, which has its holder."""
    within = other.cue.start <= one.cue.start and one.cue.end <= other.cue.end
    return within and _share_holder(other, one)


def _join_helping(groups: list[list[Proposal]]) -> list[list[Proposal]]:
    """The groups with those whose cue only helps another's cue in that one's group.

    Of "was backed by Norway" and "Norway remains opposed to it" neither the "was" nor the
    "remains" is a second position of Norway's.
    """
    by_word = _by_word(group[0] for group in groups)
    kept = []
    for number, group in enumerate(groups):
        helped = _helped(group[0].cue) if group[0].chances is not None else ()
        near = sorted({n for word in helped for n in by_word.get(word, ())} - {number})
        same = [n for n in near if _share_holder(groups[n][0], group[0])]
        if same:
            groups[same[0]].extend(group)
        else:
            kept.append(group)
    return kept


def _helped(cue: Span) -> list[int]:
    """The places of the words that all words of a cue help, as auxiliaries, adverbs or copulas."""
    found = []
    for token in cue:
        judged = [child.i for child in children(token, *PREDICATIVES)]
        found.append({token.head.i} if token.dep_ in HELPERS else set(judged))
    return sorted(set.intersection(*found))


def _join_guests(groups: list[list[Proposal]], guests: Iterable[Proposal]) -> None:
    """Each guest's proposal to the first group of its position, else as a group of its own."""
    by_word = defaultdict(list, _by_word(group[0] for group in groups))
    for one in guests:
        near = sorted({n for token in one.cue for n in by_word.get(token.i, ())})
        same = next((n for n in near if _share_holder(groups[n][0], one)), None)
        if same is not None:
            groups[same].append(one)
            continue
        for token in one.cue:
            by_word[token.i].append(len(groups))
        groups.append([one])


def _likeliest(one: Proposal, near: Iterable[int], measured: Sequence[Proposal]) -> tuple[int, ...]:
    """The number of the likeliest of those near it that share a holder, or none."""
    same = [number for number in near if _share_holder(one, measured[number])]
    return tuple(sorted(same, key=lambda number: -_cue_chance(measured[number]))[:1])


def _cue_chance(proposal: Proposal) -> float:
    return proposal.chances.cue if proposal.chances is not None else 0.0


def _by_word(proposals: Iterable[Proposal]) -> dict[int, list[int]]:
    """The numbers of the proposals by the places of their cues' words."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(proposals):
        for token in one.cue:
            found[token.i].append(number)
    return found


def _share_holder(one: Proposal, other: Proposal) -> bool:
    """Whether a holder of one is a holder of the other, by entity or by place."""
    return any(
        held.key == theirs.key or _overlap(held.span, theirs.span)
        for held in one.holders
        for theirs in other.holders
    )


def _exchange_roles(one: Proposal, other: Proposal) -> bool:
    """Whether the holder of each is what the other is about: "came under attack from Iraq"."""
    if one.target is None or other.target is None:
        return False
    theirs = any(_overlap(held.span, one.target.span) for held in other.holders)
    return theirs and any(_overlap(held.span, other.target.span) for held in one.holders)


def _overlap(one: Span, other: Span) -> bool:
    return bool(one.start < other.end and other.start < one.end)
