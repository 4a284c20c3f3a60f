"""What was read of the random sample, and what nobody has reviewed: passages in numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.dataset.ledger import standing_decisions
from pipeline.dataset.reanchor import anchor_decision
from pipeline.dataset.records import Decision, Position, position_of, to_claim
from pipeline.dataset.same_position import is_same_position
from pipeline.dataset.sample import passage_id
from pipeline.evaluation.match import SentencePlaces, match_claims
from pipeline.evaluation.tokens import TokenIndex
from pipeline.records import Claim, Extraction, Span
from pipeline.review.units import find_passages, passage_of


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage: its lowest score, and how many of the machine's claims it has.

    ``risk`` is None where it has none. Of one that was read, ``right`` counts those of the claims
    that are right, and ``true`` the positions that people found in it, by codebook §3.
    """

    risk: float | None
    claims: int
    right: int = 0
    true: int = 0


@dataclass(frozen=True, slots=True)
class Survey:
    """The passages of the sample that were read, and those that nobody has reviewed.

    ``judged`` has, of each claim that was read anywhere, the machine's score and whether it was
    right; ``open_scores`` the scores of the claims that nobody has decided.
    """

    read: tuple[Passage, ...] = ()
    rest: tuple[Passage, ...] = ()
    judged: tuple[tuple[float, bool], ...] = ()
    open_scores: tuple[float, ...] = field(default=(), repr=False)


def survey(
    articles: Iterable[Extraction],
    decisions: Iterable[Decision],
    *,
    settled: Collection[str],
    read: Collection[str],
) -> Survey:
    """The passages of the articles; ``read`` are the ids of those of the sample that were read.

    ``settled`` are the ids of the claims that are decided. What was taken in bulk was not read.
    """
    by_article: dict[str, list[Decision]] = defaultdict(list)
    for one in standing_decisions(decisions):
        if one.bulk is None:
            by_article[one.article].append(one)
    found = _Found()
    for extraction in articles:
        mine = _last_words(by_article[extraction.article])
        found.judged += _judge(extraction, mine)
        _survey_article(extraction, mine, settled, read, found)
    return Survey(
        tuple(found.read), tuple(found.rest), tuple(found.judged), tuple(found.open_scores)
    )


@dataclass(slots=True)
class _Found:
    read: list[Passage] = field(default_factory=list)
    rest: list[Passage] = field(default_factory=list)
    judged: list[tuple[float, bool]] = field(default_factory=list)
    open_scores: list[float] = field(default_factory=list)


def _last_words(decisions: Sequence[Decision]) -> dict[str, Decision]:
    """One decision a claim: who adjudicated it, or else who judged it last."""
    ordered = sorted(decisions, key=lambda one: (one.adjudicates, one.decided_at, one.id))
    return {one.claim: one for one in ordered}


def _survey_article(
    extraction: Extraction,
    decisions: Mapping[str, Decision],
    settled: Collection[str],
    read: Collection[str],
    found: _Found,
) -> None:
    passages = find_passages(extraction)
    inside: dict[Span, list[Claim]] = {passage: [] for passage in passages}
    for claim in extraction.claims:
        inside.setdefault(passage_of(claim, passages), []).append(claim)
    names = {passage: _name(extraction, passage) for passage in inside}
    seen = {passage: inside.pop(passage) for passage, name in names.items() if name in read}
    if seen:
        found.read += _count(extraction, decisions, seen)
    for claims in inside.values():
        left = [claim for claim in claims if claim.id not in settled]
        found.open_scores += [claim.score for claim in left]
        if left or not claims:
            found.rest.append(Passage(_risk(left), len(left)))


def _count(
    extraction: Extraction, decisions: Mapping[str, Decision], seen: Mapping[Span, Sequence[Claim]]
) -> Iterator[Passage]:
    """The passages that were read, with how many of their claims are right."""
    truth = _truth(extraction, decisions)
    index, sentences = TokenIndex(extraction.text), SentencePlaces(extraction.sentences)
    for passage, claims in seen.items():
        true = [one for one in truth if passage.start <= one.cue.start < passage.end]
        pairs = match_claims(true, claims, index, sentences)
        right = sum(true[g].stance is claims[p].stance for g, p in pairs)
        yield Passage(_risk(claims), len(claims), right, len(true))


def _name(extraction: Extraction, passage: Span) -> str:
    return passage_id(extraction.article, passage.text_in(extraction.text))


def _risk(claims: Sequence[Claim]) -> float | None:
    return min((claim.score for claim in claims), default=None)


def _truth(extraction: Extraction, decisions: Mapping[str, Decision]) -> list[Claim]:
    """What people left standing, where it stands now, each position once."""
    found: dict[Position, Claim] = {}
    for one in decisions.values():
        place = anchor_decision(one, extraction.text).position
        if one.decided is not None and place is not None:
            found.setdefault(place, to_claim(one.claim, place))
    return list(found.values())


def _judge(extraction: Extraction, decisions: Mapping[str, Decision]) -> list[tuple[float, bool]]:
    """Of each claim that was shown as it is now: its score, and whether it was right."""
    index: TokenIndex | None = None  # most claims were accepted as they are, and need none
    found = []
    for claim in extraction.claims:
        one = decisions.get(claim.id)
        place = anchor_decision(one, extraction.text).position if one and one.shown else None
        if one is None or place is None:
            continue
        right = one.decided is not None
        if right and place != position_of(claim, extraction.text):
            index = index or TokenIndex(extraction.text)
            right = is_same_position(claim, to_claim(claim.id, place), index)
        found.append((claim.score, right))
    return found
