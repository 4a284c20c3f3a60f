"""Three ways at once: what the machine said, what it says now, and what people decided.

A decision stands whatever the machine says now. What is left for people is what nobody decided,
and what was decided on words that are no longer there as they were.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.dataset.ledger import standing_decisions
from pipeline.dataset.reanchor import Anchor, AnchorState, anchor_decision
from pipeline.dataset.records import Decision, Position
from pipeline.records import Claim, Extraction
from pipeline.reprocess.diff import Difference, diff_extractions


class MachineNow(StrEnum):
    """What the machine says now of a claim that was decided."""

    SAME = "same"
    DIFFERS = "differs"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision that holds, where it stands now, and what the machine says of it now.

    ``machine`` is None where the place is not certain. ``claims`` are the ids of the claims of
    the present extraction that need no look because of it.
    """

    decision: Decision
    anchor: Anchor
    machine: MachineNow | None
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleMerge:
    """One article: its decisions, and the machine's claims that nobody decided, by difference."""

    article: str
    standing: tuple[Standing, ...] = ()
    undecided: Mapping[str, Difference] | None = None
    lost: tuple[str, ...] = ()

    @property
    def settled(self) -> frozenset[str]:
        """The ids of present claims that need no second look."""
        return frozenset(claim for item in self.standing for claim in item.claims)

    def to_look_at(self) -> tuple[Standing, ...]:
        """The decisions that go back to review: what they were made on was changed.

        One that somebody has decided again since, in the edited passage, is done with.
        """
        return tuple(
            item
            for item in self.standing
            if item.anchor.state is AnchorState.CHANGED and not self._is_decided_again(item)
        )

    def _is_decided_again(self, old: Standing) -> bool:
        near = old.anchor.near
        return near is not None and any(
            item.anchor.position is not None
            and item.decision.decided_at > old.decision.decided_at
            and item.anchor.position.cue.span.overlaps(near)
            for item in self.standing
        )

    def counts(self) -> Counter[str]:
        """How many there are of each kind: ``decision exact``, ``machine differs``, ``claim lost``.

        A decision is exact, moved, changed or orphan; of one that stands the machine says the
        same, differs or is absent; a claim that nobody decided is gained, changed, unchanged or
        lost. A kind without any is not there.
        """
        found: Counter[str] = Counter()
        for item in self.standing:
            found[f"decision {item.anchor.state.value}"] += 1
            if item.machine is not None:
                found[f"machine {item.machine.value}"] += 1
        for kind in (*(self.undecided or {}).values(), *[Difference.LOST] * len(self.lost)):
            found[f"claim {kind.value}"] += 1
        return found


def merge_article(
    before: Extraction | None, now: Extraction, decisions: Collection[Decision]
) -> ArticleMerge:
    """What became of each decision on the article, and which claims are for people to look at.

    ``before`` is the extraction that ``now`` replaced, None where there was none. Decisions on
    other articles are passed over.
    """
    if before is None and not decisions:  # nothing to compare with: the first run on most articles
        return all_gained(now.article, (claim.id for claim in now.claims))
    mine = [item for item in standing_decisions(decisions) if item.article == now.article]
    standing = tuple(_stand(item, now) for item in mine)
    settled = ArticleMerge(now.article, standing).settled
    there, gone = _kinds_by_claim(before, now)
    undecided = {claim: kind for claim, kind in there.items() if claim not in settled}
    shown = {item.claim for item in mine}
    lost = tuple(claim for claim in gone if claim not in shown)
    return ArticleMerge(now.article, standing, undecided, lost)


def all_gained(article: str, claims: Iterable[str]) -> ArticleMerge:
    """The merge of an article that was extracted for the first time, its claims by their ids."""
    return ArticleMerge(article, undecided=dict.fromkeys(claims, Difference.GAINED))


def _kinds_by_claim(
    before: Extraction | None, now: Extraction
) -> tuple[dict[str, Difference], list[str]]:
    """How each claim that is there now stands to before, and the claims that are lost."""
    there: dict[str, Difference] = {}
    gone = []
    for item in diff_extractions(before or Extraction(now.article, ""), now):
        if item.kind is Difference.LOST:
            gone.append(item.said.claim.id)
        else:
            there[item.said.claim.id] = item.kind
    return there, gone


def settled_claims(
    decisions: Iterable[Decision], articles: Mapping[str, Extraction], *, reviewers: int = 1
) -> frozenset[str]:
    """The ids of the articles' claims that need no second look.

    These are the claims that so many reviewers, or one who adjudicates, decided on, at a place that
    is certain. A claim whose sentence was edited, or stands there twice, is not among them: it goes
    back to review even where its id is the same. A claim that the machine has changed since it was
    accepted or edited is; one that was rejected as something else is not.
    """
    judges: dict[str, set[str]] = defaultdict(set)
    ruled: set[str] = set()
    for item in standing_decisions(decisions):
        now = articles.get(item.article)
        for claim in _stand(item, now).claims if now is not None else ():
            judges[claim].add(item.reviewer)
            if item.adjudicates:
                ruled.add(claim)
    return frozenset(ruled | {claim for claim, who in judges.items() if len(who) >= reviewers})


def _stand(decision: Decision, now: Extraction) -> Standing:
    anchor = anchor_decision(decision, now.text)
    if anchor.position is None:
        return Standing(decision, anchor, None)
    shown = _shown_there(decision, anchor.position)
    places = [place for place in (anchor.position, shown) if place is not None]
    same, touched = [], []
    for claim in now.claims:
        if any(_is_claim(claim, place) for place in places):
            same.append(claim.id)
        elif decision.decided is not None and _has_place(claim, places):
            touched.append(claim.id)
    machine = MachineNow.SAME if same else MachineNow.DIFFERS if touched else MachineNow.ABSENT
    return Standing(decision, anchor, machine, tuple(same + touched))


def _shown_there(decision: Decision, place: Position) -> Position | None:
    """What was shown, moved as far as what was decided."""
    origin = decision.decided or decision.shown
    if decision.shown is None or origin is None:
        return None
    return decision.shown.moved(place.cue.start - origin.cue.start)


def _is_claim(claim: Claim, position: Position) -> bool:
    return (
        claim.holder.span == position.holder.span
        and claim.cue == position.cue.span
        and claim.target == (position.target.span if position.target else None)
        and claim.stance == position.stance
        and claim.negated == position.negated
    )


def _has_place(claim: Claim, places: Iterable[Position]) -> bool:
    return any(
        claim.holder.span.overlaps(place.holder.span) and claim.cue.overlaps(place.cue.span)
        for place in places
    )
