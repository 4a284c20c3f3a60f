"""Which predicted mention and claim answers which gold one, one to one (codebook §3)."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.evaluation.assignment import find_assignment
from pipeline.evaluation.tokens import TokenIndex
from pipeline.records import Claim, Extraction, Holder, Mention, Sentence, Span

Pair = tuple[int, int]
TARGET_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Alignment:
    """Gold and prediction of one article, with the pairs of (gold number, predicted number)."""

    gold: Extraction
    predicted: Extraction
    sentences: tuple[Sentence, ...]
    exact_mentions: tuple[Pair, ...]
    overlapping_mentions: tuple[Pair, ...]
    claims: tuple[Pair, ...]
    target_agreements: frozenset[Pair]
    role_reversals: tuple[Pair, ...]

    @property
    def right(self) -> frozenset[int]:
        """The numbers of the predicted claims that match a gold claim and have its stance."""
        gold, predicted = self.gold.claims, self.predicted.claims
        return frozenset(p for g, p in self.claims if gold[g].stance is predicted[p].stance)


def align(gold: Extraction, predicted: Extraction, sentences: Sequence[Sentence]) -> Alignment:
    """The one-to-one matches of an article's mentions and claims.

    ``sentences`` tell which cues stand together; the texts of both sides must be the same.
    """
    index = TokenIndex(gold.text)
    places = SentencePlaces(sentences)
    claims = match_claims(gold.claims, predicted.claims, index, places)
    return Alignment(
        gold=gold,
        predicted=predicted,
        sentences=tuple(sentences),
        exact_mentions=match_mentions_exactly(gold.mentions, predicted.mentions),
        overlapping_mentions=match_mentions_by_overlap(gold.mentions, predicted.mentions, index),
        claims=claims,
        target_agreements=frozenset(
            (g, p)
            for g, p in claims
            if targets_agree(gold.claims[g].target, predicted.claims[p].target, index)
        ),
        role_reversals=find_role_reversals(gold.claims, predicted.claims, claims, index),
    )


class SentencePlaces:
    """Where the sentences lie, to ask which one holds an offset."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sorted(sentences, key=lambda sentence: sentence.start)
        self._starts = [sentence.start for sentence in self._sentences]

    def number_at(self, offset: int) -> int | None:
        """The number of the sentence that holds the code point at ``offset``, if one does."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0 or offset >= self._sentences[number].end:
            return None
        return number

    def span_at(self, offset: int) -> Span | None:
        """The span of the sentence that holds ``offset``, if one does."""
        number = self.number_at(offset)
        return None if number is None else self._sentences[number].span

    def are_together(self, one: Span, other: Span) -> bool:
        """Whether both spans begin in the same sentence."""
        place = self.number_at(one.start)
        return place is not None and place == self.number_at(other.start)


def match_mentions_exactly(
    gold: Sequence[Mention], predicted: Sequence[Mention]
) -> tuple[Pair, ...]:
    """Pairs with the same span and type, each mention once; the same entity goes first."""
    by_key: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for number, mention in enumerate(predicted):
        by_key[mention.start, mention.end, mention.type].append(number)
    candidates = [
        (gold[g].entity != predicted[p].entity, g, p)
        for g in range(len(gold))
        for p in by_key.get((gold[g].start, gold[g].end, gold[g].type), ())
    ]
    return _take_in_order([(g, p) for _, g, p in sorted(candidates)])


def match_mentions_by_overlap(
    gold: Sequence[Mention], predicted: Sequence[Mention], index: TokenIndex
) -> tuple[Pair, ...]:
    """Pairs of one type that share a token, each mention once, the longest overlap first.

    Equal overlaps are taken tightest first, then leftmost, then with the same entity: the order
    does not depend on which side is called gold.
    """
    candidates = []
    for g, p in _overlapping_pairs(gold, predicted):
        one, other = gold[g], predicted[p]
        shared = index.count_shared(one.span, other.span) if one.type is other.type else 0
        if shared:
            tightness = index.overlap_ratio(one.span, other.span)
            spans = sorted((one.span, other.span))
            candidates.append((-shared, -tightness, spans, one.entity != other.entity, g, p))
    return _take_in_order([(g, p) for *_, g, p in sorted(candidates)])


def _overlapping_pairs(gold: Sequence[Mention], predicted: Sequence[Mention]) -> list[Pair]:
    """All pairs that share a character, by a sweep over the text."""
    pairs: list[Pair] = []
    order = sorted(range(len(predicted)), key=lambda p: predicted[p].start)
    widest = max((mention.end - mention.start for mention in predicted), default=0)
    starts = [predicted[p].start for p in order]
    for g, mention in enumerate(gold):
        low = bisect_right(starts, mention.start - widest)
        for p in order[low:]:
            if predicted[p].start >= mention.end:
                break
            if predicted[p].span.overlaps(mention.span):
                pairs.append((g, p))
    return pairs


def _take_in_order(candidates: Sequence[Pair]) -> tuple[Pair, ...]:
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    pairs = []
    for g, p in candidates:
        if g not in taken_gold and p not in taken_predicted:
            taken_gold.add(g)
            taken_predicted.add(p)
            pairs.append((g, p))
    return tuple(sorted(pairs))


def match_claims(
    gold: Sequence[Claim], predicted: Sequence[Claim], index: TokenIndex, places: SentencePlaces
) -> tuple[Pair, ...]:
    """The best one-to-one matching of the claims that can match.

    As many pairs as can be; among those the most that agree in stance, then in stance and
    target, then those whose cues overlap, whose targets agree, whose holders have one entity or
    overlap, and whose cues share the most tokens. It is found exactly, not greedily.
    """
    ranks = {
        (g, p): _rank(one, other, index)
        for g, one in enumerate(gold)
        for p, other in enumerate(predicted)
        if claims_can_match(one, other, index, places)
    }
    base = min(len(gold), len(predicted)) + 1
    unit = 1 + sum(shared for _, shared in ranks.values())
    weights = {}
    for pair, (flags, shared) in ranks.items():
        weight = 1
        for flag in flags:
            weight = weight * base + flag
        weights[pair] = weight * unit + shared
    return find_assignment(weights)


def claims_can_match(one: Claim, other: Claim, index: TokenIndex, places: SentencePlaces) -> bool:
    """Whether holders agree, and cues overlap or, in one sentence, targets do by half."""
    if not holders_agree(one.holder, other.holder, index):
        return False
    if index.count_shared(one.cue, other.cue):
        return True
    return index.overlap_ratio(one.target, other.target) >= TARGET_OVERLAP and places.are_together(
        one.cue, other.cue
    )


def holders_agree(one: Holder, other: Holder, index: TokenIndex) -> bool:
    """Whether the holders overlap or have the same, known, entity."""
    if one.entity is not None and one.entity == other.entity:
        return True
    return index.count_shared(one.span, other.span) > 0


def targets_agree(one: Span | None, other: Span | None, index: TokenIndex) -> bool:
    """Whether the targets overlap by half, or neither claim has one."""
    if one is None or other is None:
        return one is other
    return index.overlap_ratio(one, other) >= TARGET_OVERLAP


def _rank(one: Claim, other: Claim, index: TokenIndex) -> tuple[tuple[bool, ...], int]:
    same_stance = one.stance is other.stance
    same_target = targets_agree(one.target, other.target, index)
    shared = index.count_shared(one.cue, other.cue)
    same_entity = one.holder.entity is not None and one.holder.entity == other.holder.entity
    same_place = index.count_shared(one.holder.span, other.holder.span) > 0
    flags = (
        same_stance,
        same_stance and same_target,
        shared > 0,
        same_target,
        same_entity,
        same_place,
    )
    return flags, shared


def find_role_reversals(
    gold: Sequence[Claim],
    predicted: Sequence[Claim],
    matched: Sequence[Pair],
    index: TokenIndex,
) -> tuple[Pair, ...]:
    """Predicted claims that are wrong because holder and target changed places, each once.

    Such a claim matched nothing, shares its cue with a gold claim, takes its holder from the
    gold target, and has the gold holder in its target.
    """
    done = {p for _, p in matched}
    pairs = []
    for p, claim in enumerate(predicted):
        if p in done:
            continue
        for g, answer in enumerate(gold):
            if _is_reversed(answer, claim, index):
                pairs.append((g, p))
                break
    return tuple(pairs)


def _is_reversed(gold: Claim, predicted: Claim, index: TokenIndex) -> bool:
    if gold.target is None or predicted.target is None:
        return False
    return (
        index.count_shared(gold.cue, predicted.cue) > 0
        and index.count_shared(gold.target, predicted.holder.span) > 0
        and index.count_shared(gold.holder.span, predicted.target) > 0
        and not holders_agree(gold.holder, predicted.holder, index)
    )
