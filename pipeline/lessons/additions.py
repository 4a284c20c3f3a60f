"""The claims that people added, and those whose cue they moved: what the lexicon may lack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.dataset.anchoring import anchor
from pipeline.dataset.corrected import fold_words
from pipeline.dataset.ledger import read_ones
from pipeline.dataset.records import Decision, Position, Verdict
from pipeline.records import Extraction, Stance


@dataclass(frozen=True, slots=True)
class Addition:
    """A claim as people want it, at its place in the article as it is now.

    ``moved`` says that the machine had shown it with another cue; else somebody added it whole.
    """

    article: str
    position: Position
    reviewers: tuple[str, ...]
    moved: bool = False

    @property
    def stance(self) -> Stance:
        """The stance that the cue has without its negation."""
        stance = self.position.stance
        return stance.opposite if self.position.negated else stance


def find_added(decisions: Iterable[Decision]) -> dict[str, tuple[Decision, ...]]:
    """By article, the standing decisions that added a claim or gave it another cue.

    Where somebody adjudicated a claim, that alone counts. Where reviewers differ on one that was
    shown, most of them must have moved its cue.
    """
    claims: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for item in read_ones(decisions):
        claims[item.article, item.claim].append(item)
    found: dict[str, list[Decision]] = defaultdict(list)
    for (article, _), items in claims.items():
        counted = [item for item in items if item.adjudicates][-1:] or items
        adding = [item for item in counted if adds(item)]
        if 2 * len(adding) > len(counted):
            found[article] += adding
    return {article: tuple(items) for article, items in sorted(found.items())}


def adds(decision: Decision) -> bool:
    """Whether it adds a claim, or puts other words in the place of a claim's cue."""
    one, other = decision.shown, decision.decided
    if decision.verdict is Verdict.ADDED:
        return other is not None
    if decision.verdict is not Verdict.EDITED or one is None or other is None:
        return False
    return fold_words(one.cue.text) != fold_words(other.cue.text)


def place_additions(
    decisions: Sequence[Decision], extraction: Extraction
) -> tuple[tuple[Addition, ...], int]:
    """The additions of an article in text order, each claim once, and how many have no place now.

    Two reviewers who added the same cue for the same holder added one claim.
    """
    found: dict[tuple[int, int, str], Addition] = {}
    lost = 0
    for item in decisions:
        place = anchor(item, extraction)
        if place is None:
            lost += 1
            continue
        position, moved = place.position, item.verdict is Verdict.EDITED
        key = (position.cue.start, position.holder.start, position.stance.value)
        if known := found.get(key):
            who = tuple(sorted({*known.reviewers, item.reviewer}))
            found[key] = replace(known, reviewers=who, moved=known.moved and moved)
        else:
            found[key] = Addition(extraction.article, position, (item.reviewer,), moved)
    return tuple(found[key] for key in sorted(found)), lost
