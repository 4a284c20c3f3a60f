"""What was missed, what was made up, and what was got wrong, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipeline.evaluation.match import Alignment, SentencePlaces
from pipeline.records import Claim, Holder, Mention, Span

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


class MistakeKind(StrEnum):
    """What is wrong with a mention or a claim; the worst first."""

    ROLES_REVERSED = "roles reversed"
    STANCE_REVERSED = "stance reversed"
    WRONG_STANCE = "wrong stance"
    WRONG_TARGET = "wrong target"
    MISSED_CLAIM = "missed claim"
    EXTRA_CLAIM = "extra claim"
    MISSED_MENTION = "missed mention"
    EXTRA_MENTION = "extra mention"
    WRONG_SPAN = "wrong span"
    WRONG_ENTITY = "wrong entity"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to look at; ``gold`` and ``predicted`` say it in words, empty where there is none.

    ``sentence`` is None where the span lies in no sentence; ``rules`` name what made the
    prediction, where it says so.
    """

    article: str
    kind: MistakeKind
    span: Span
    sentence: Span | None
    gold: str = ""
    predicted: str = ""
    rules: tuple[str, ...] = ()


def find_mistakes(alignment: Alignment) -> tuple[Mistake, ...]:
    """Every mistake of one article, in the order of the text; none means a perfect score."""
    mistakes = (*_claim_mistakes(alignment), *_mention_mistakes(alignment))
    order = list(MistakeKind)
    return tuple(sorted(mistakes, key=lambda m: (m.span, order.index(m.kind), m.gold, m.predicted)))


def to_line(text: str) -> str:
    r"""The text on one line, with nothing that a terminal would obey.

    >>> to_line("two\n lines\x1b[31m")
    'two lines [31m'
    """
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def describe_claim(claim: Claim, text: str) -> str:
    """The claim in one line: holder, cue, stance, target.

    >>> from pipeline.records import Form, Stance
    >>> claim = Claim("c", Holder(0, 5), Span(6, 14), Stance.OPPOSE, Form.STATEMENT, Span(15, 17))
    >>> describe_claim(claim, "Chile rejected it.")
    'Chile | rejected | oppose | it'
    """
    target = claim.target.text_in(text) if claim.target else "(no target)"
    parts = (
        _describe_named(claim.holder, text),
        claim.cue.text_in(text),
        claim.stance.value,
        target,
    )
    return " | ".join(to_line(part) for part in parts)


def _describe_named(named: Mention | Holder, text: str) -> str:
    words = named.span.text_in(text)
    return f"{words} ({named.entity})" if named.entity else words


def _describe_mention(mention: Mention, text: str) -> str:
    return to_line(f"{_describe_named(mention, text)} {mention.type.value}")


def _claim_mistakes(alignment: Alignment) -> Iterator[Mistake]:
    gold, predicted, text = alignment.gold.claims, alignment.predicted.claims, alignment.gold.text
    places = SentencePlaces(alignment.sentences)

    def build(kind: MistakeKind, g: int | None, p: int | None) -> Mistake:
        answer, guess = (None if g is None else gold[g]), (None if p is None else predicted[p])
        claim = answer or guess
        assert claim is not None
        evidence = guess.evidence if guess else None
        return Mistake(
            article=alignment.gold.article,
            kind=kind,
            span=claim.cue,
            sentence=places.span_at(claim.cue.start),
            gold=describe_claim(answer, text) if answer else "",
            predicted=describe_claim(guess, text) if guess else "",
            rules=(evidence.source, *evidence.rules) if evidence else (),
        )

    for g, p in alignment.claims:
        kind = _kind_of_match(alignment, g, p)
        if kind is not None:
            yield build(kind, g, p)
    matched_gold = {g for g, _ in alignment.claims}
    matched_predicted = {p for _, p in alignment.claims}
    reversed_claims = {p: g for g, p in alignment.role_reversals}
    for g in range(len(gold)):
        if g not in matched_gold:
            yield build(MistakeKind.MISSED_CLAIM, g, None)
    for p in range(len(predicted)):
        if p in reversed_claims:
            yield build(MistakeKind.ROLES_REVERSED, reversed_claims[p], p)
        elif p not in matched_predicted:
            yield build(MistakeKind.EXTRA_CLAIM, None, p)


def _kind_of_match(alignment: Alignment, g: int, p: int) -> MistakeKind | None:
    """What is wrong with a matched claim; None where nothing is."""
    answer, guess = alignment.gold.claims[g], alignment.predicted.claims[p]
    if answer.stance is not guess.stance:
        is_reversed = answer.stance is guess.stance.opposite
        return MistakeKind.STANCE_REVERSED if is_reversed else MistakeKind.WRONG_STANCE
    return None if (g, p) in alignment.target_agreements else MistakeKind.WRONG_TARGET


def _mention_mistakes(alignment: Alignment) -> Iterator[Mistake]:
    gold, predicted = alignment.gold.mentions, alignment.predicted.mentions
    text, places = alignment.gold.text, SentencePlaces(alignment.sentences)

    def build(kind: MistakeKind, answer: Mention | None, guess: Mention | None) -> Mistake:
        mention = answer or guess
        assert mention is not None
        return Mistake(
            article=alignment.gold.article,
            kind=kind,
            span=mention.span,
            sentence=places.span_at(mention.start),
            gold=_describe_mention(answer, text) if answer else "",
            predicted=_describe_mention(guess, text) if guess else "",
            rules=tuple(source.value for source in guess.sources) if guess else (),
        )

    for g, p in alignment.overlapping_mentions:
        if gold[g].span != predicted[p].span:
            yield build(MistakeKind.WRONG_SPAN, gold[g], predicted[p])
        elif gold[g].entity is not None and gold[g].entity != predicted[p].entity:
            yield build(MistakeKind.WRONG_ENTITY, gold[g], predicted[p])
    matched_gold = {g for g, _ in alignment.overlapping_mentions}
    matched_predicted = {p for _, p in alignment.overlapping_mentions}
    for g, mention in enumerate(gold):
        if g not in matched_gold:
            yield build(MistakeKind.MISSED_MENTION, mention, None)
    for p, mention in enumerate(predicted):
        if p not in matched_predicted:
            yield build(MistakeKind.EXTRA_MENTION, None, mention)
