"""``annotations/verified.jsonl``: what the ledger's decisions come to, by the rule in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.dataset.anchoring import Anchored, anchor
from pipeline.dataset.identity import content_id, occurrence_of
from pipeline.dataset.ledger import standing_decisions
from pipeline.dataset.records import (
    Decision,
    Disagreement,
    Position,
    Quote,
    Rule,
    Verdict,
    VerifiedClaim,
    quote,
)
from pipeline.records import Extraction


@dataclass(frozen=True, slots=True)
class Fold:
    """What the decisions come to; ``verified`` is sorted by article and place in the text.

    ``stale`` are decisions whose words are no longer in the article as it is now, ``waiting``
    the ids of claims that somebody wanted verified but the rule does not let through yet.
    """

    verified: tuple[VerifiedClaim, ...] = ()
    rejected: tuple[str, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    waiting: tuple[str, ...] = ()
    stale: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ballot:
    """All that holds on one claim: the votes of reviewers and of adjudicators, in order of time."""

    votes: tuple[Decision, ...]
    rulings: tuple[Decision, ...]
    absent: tuple[str, ...]

    @property
    def disputed(self) -> bool:
        """Whether the reviewers' readings differ and nobody has settled it."""
        if self.rulings or self.absent:
            return not self.rulings
        return len(self.votes) > 1 and len({vote.decided for vote in self.votes}) > 1


def fold_decisions(
    decisions: Iterable[Decision], articles: Mapping[str, Extraction], *, rule: Rule
) -> Fold:
    """What holds now; the same whatever order the decisions come in.

    ``articles`` gives each article's text, sentences, mentions and metadata by its id.
    """
    ballots = find_ballots(decisions)
    verified: list[VerifiedClaim] = []
    rejected, waiting, stale, disagreements = [], [], [], []
    for (article, claim), ballot in sorted(ballots.items()):
        if ballot.disputed:
            disagreements.append(_disagreement(article, claim, ballot))
        winner = _winner(ballot, rule)
        if winner is None:
            waiting.append(claim)
        elif winner.decided is None:
            rejected.append(claim)
        elif place := anchor(winner, articles.get(article)):
            verified.append(_verify(winner, ballot, place, articles[article], rule))
        else:
            stale.append(winner)
    return Fold(
        verified=_merge_equal(verified),
        rejected=tuple(rejected),
        disagreements=tuple(disagreements),
        waiting=tuple(waiting),
        stale=tuple(stale),
    )


def find_ballots(decisions: Iterable[Decision]) -> dict[tuple[str, str], _Ballot]:
    """The standing votes on each (article, claim).

    A reviewer who judged the same unit but neither saw nor added the claim is ``absent``: for an
    added claim that is a vote against it.
    """
    by_claim: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    by_unit: dict[str, set[str]] = defaultdict(set)
    for item in standing_decisions(decisions):
        by_claim[item.article, item.claim].append(item)
        if not item.adjudicates:
            by_unit[item.origin.unit].add(item.reviewer)
    return {
        key: _Ballot(
            votes=tuple(item for item in items if not item.adjudicates),
            rulings=tuple(item for item in items if item.adjudicates),
            absent=_absent(items, by_unit),
        )
        for key, items in by_claim.items()
    }


def position_id(article: str, text: str, position: Position) -> str:
    """The id that a claim has by the words of holder, cue and target and their occurrences."""
    pieces = (position.holder, position.cue, position.target)
    return position_hash(
        article,
        [
            None if piece is None else (piece.text, occurrence_of(text, piece.span))
            for piece in pieces
        ],
    )


def position_hash(article: str, words: Sequence[tuple[str, int] | None]) -> str:
    """The id that a claim of these words, each with its number, has in an article of that id."""
    return content_id([article, *(list(one) if one else None for one in words)], prefix="v-")


def _absent(items: Sequence[Decision], by_unit: Mapping[str, set[str]]) -> tuple[str, ...]:
    if any(item.verdict is not Verdict.ADDED for item in items):
        return ()
    voters = {item.reviewer for item in items}
    asked = set().union(*(by_unit.get(item.origin.unit, set()) for item in items))
    return tuple(sorted(asked - voters))


def _winner(ballot: _Ballot, rule: Rule) -> Decision | None:
    """The decision that the rule follows, None where it follows none yet."""
    if ballot.rulings:
        return ballot.rulings[-1]
    if not ballot.votes:
        return None
    if rule is Rule.FIRST:
        return ballot.votes[0]
    counts: dict[Position | None, list[Decision]] = defaultdict(list)
    for vote in ballot.votes:
        counts[vote.decided].append(vote)
    asked = len(ballot.votes) + len(ballot.absent)
    best = max(counts.values(), key=len)
    if rule is Rule.ADJUDICATED:
        return best[0] if len(best) == asked > 1 else None
    return best[0] if 2 * len(best) > asked else None


def _disagreement(article: str, claim: str, ballot: _Ballot) -> Disagreement:
    readings = [(vote.reviewer, vote.decided) for vote in ballot.votes]
    readings += [(reviewer, None) for reviewer in ballot.absent]
    return Disagreement(
        article,
        claim,
        ballot.votes[0].origin.unit,
        tuple(sorted(readings, key=lambda item: item[0])),
    )


def _verify(
    winner: Decision, ballot: _Ballot, place: Anchored, extraction: Extraction, rule: Rule
) -> VerifiedClaim:
    position = place.position
    same = [vote for vote in (*ballot.votes, *ballot.rulings) if vote.decided == winner.decided]
    return VerifiedClaim(
        id=_verified_id(winner, extraction, position),
        article=winner.article,
        text_sha256=place.text_sha256,
        position=position,
        sentence=_sentence_of(extraction, position, winner),
        kind=_kind_of(extraction, position),
        verdict=winner.verdict,
        reviewers=tuple(sorted({vote.reviewer for vote in same})),
        asked=len({vote.reviewer for vote in ballot.votes}) + len(ballot.absent),
        rule=rule,
        adjudicated=bool(ballot.rulings),
        decided_at=max(vote.decided_at for vote in same),
        decisions=tuple(sorted(vote.id for vote in same)),
        comments=tuple(sorted({vote.comment for vote in same if vote.comment})),
        shown=winner.claim if winner.shown is not None else None,
        machine=winner.machine,
        anchored="moved" if place.moved else "exact",
        metadata=extraction.metadata,
    )


def _verified_id(winner: Decision, extraction: Extraction, position: Position) -> str:
    """The claim's id as it was shown, unless the reviewer changed what the id names."""
    shown, decided = winner.shown, winner.decided
    if shown is not None and decided is not None:
        named = [(item.holder, item.cue, item.target) for item in (shown, decided)]
        if named[0] == named[1]:
            return winner.claim
    return position_id(winner.article, extraction.text, position)


def _sentence_of(extraction: Extraction, position: Position, winner: Decision) -> Quote:
    """The sentence of the cue; before the article is extracted again, the decision's context."""
    context, decided = winner.context, winner.decided
    for sentence in extraction.sentences:
        if sentence.start <= position.cue.start < sentence.end:
            found = quote(extraction.text, sentence.span)
            return context if context is not None and context == found else found
    if context is None or decided is None:
        return position.cue
    moved = context.moved(position.cue.start - decided.cue.start)
    return moved if moved.stands_in(extraction.text) else position.cue


def _kind_of(extraction: Extraction, position: Position) -> str:
    """The kind of the holder's entity, by the article's mentions or else by the id's prefix."""
    for mention in extraction.mentions:
        if mention.entity is not None and mention.entity == position.entity:
            return mention.kind.value
    for mention in extraction.mentions:
        if mention.span == position.holder.span:
            return mention.kind.value
    prefixes = {"country": "state", "org": "organisation", "group": "group", "person": "person"}
    return prefixes.get((position.entity or "").partition(":")[0], "")


def _merge_equal(claims: Sequence[VerifiedClaim]) -> tuple[VerifiedClaim, ...]:
    """One line a claim: two decided claims that came to the same tuple are one."""
    kept: dict[tuple[str, Position], VerifiedClaim] = {}
    for claim in sorted(claims, key=lambda item: (item.decided_at, item.id)):
        kept.setdefault((claim.article, claim.position), claim)
    return tuple(sorted(kept.values(), key=_place))


def _place(claim: VerifiedClaim) -> tuple[object, ...]:
    position = claim.position
    target = position.target.start if position.target else -1
    return (claim.article, position.cue.start, position.holder.start, target, claim.id)
