from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.evaluation.match import align
from pipeline.evaluation.scores import Counts, Scores, Share, score_alignment, sum_scores
from pipeline.records import (
    Claim,
    Extraction,
    Form,
    Holder,
    Kind,
    Mention,
    Sentence,
    Span,
    Stance,
)

from .marked import claim, extraction, mention, one_sentence

TEXT = "Mexico and Chile endorsed the Paris Call, but Brazil rejected the text of the OAS."


def _score(gold: Extraction, predicted: Extraction) -> Scores:
    return score_alignment(align(gold, predicted, one_sentence(gold.text)))


def test_worked_example() -> None:
    gold = extraction(
        TEXT,
        mentions=(
            mention(TEXT, "Mexico", entity="country:MX"),
            mention(TEXT, "Chile", entity="country:CL"),
            mention(TEXT, "Brazil", entity="country:BR"),
            mention(TEXT, "OAS", Kind.ORGANISATION, "org:OAS"),
        ),
        claims=(
            claim(TEXT, "Mexico", "endorsed", "support", "the Paris Call"),
            claim(TEXT, "Chile", "endorsed", "support", "the Paris Call"),
            claim(TEXT, "Brazil", "rejected", "oppose", "the text of the OAS"),
        ),
    )
    predicted = extraction(
        TEXT,
        mentions=(
            mention(TEXT, "Mexico", entity="country:MX"),  # exact, linked
            mention(TEXT, "Chile", entity="country:PE"),  # exact, linked wrongly
            mention(TEXT, "the OAS", Kind.ORGANISATION, "org:OAS"),  # overlap, linked
            mention(TEXT, "Paris Call", Kind.ORGANISATION),  # extra
            mention(TEXT, "Brazil", Kind.ORGANISATION, "country:BR"),  # wrong type: extra
        ),
        claims=(
            claim(TEXT, "Mexico", "endorsed", "support", "Paris Call"),  # 2 of 3 tokens: agrees
            claim(TEXT, "Chile", "endorsed", "oppose", "the Paris Call"),  # reversed
            claim(TEXT, "Brazil", "rejected", "oppose", "the text"),  # 2 of 5 tokens: disagrees
            claim(TEXT, "Brazil", "but", "neutral"),  # extra
        ),
    )
    scores = _score(gold, predicted)
    # Mentions: exact 2 of gold 4 and predicted 5, P 0.4, R 0.5, F1 = 4 / 9. Overlap adds the OAS.
    assert scores.mentions_exact == Counts(2, 4, 5)
    assert scores.mentions_exact.precision == 0.4
    assert scores.mentions_exact.recall == 0.5
    assert scores.mentions_exact.f1 == pytest.approx(4 / 9)
    assert scores.mentions_overlap == Counts(3, 4, 5)
    # Of the three matched, Mexico and the OAS have gold's entity.
    assert scores.linking == Share(2, 3)
    # Claims: 3 matched of gold 3 and predicted 4, F1 = 6 / 7; 2 with stance; 1 with target.
    assert scores.claims == Counts(3, 3, 4)
    assert scores.claims.f1 == pytest.approx(6 / 7)
    assert scores.claims_stance == Counts(2, 3, 4)
    assert scores.claims_stance.f1 == pytest.approx(4 / 7)
    assert scores.claims_stance_target == Counts(1, 3, 4)
    assert scores.claims_stance_target.f1 == pytest.approx(2 / 7)
    assert (scores.polarity_reversals, scores.role_reversals) == (1, 0)


def test_neutral_for_support_is_wrong_but_not_reversed() -> None:
    gold = extraction(TEXT, claims=(claim(TEXT, "Chile", "endorsed", "support"),))
    predicted = extraction(TEXT, claims=(claim(TEXT, "Chile", "endorsed", "neutral"),))
    scores = _score(gold, predicted)
    assert scores.claims.matched == 1
    assert scores.claims_stance.matched == scores.polarity_reversals == 0


def test_two_neutrals_are_not_reversed() -> None:
    gold = extraction(TEXT, claims=(claim(TEXT, "Chile", "endorsed", "neutral"),))
    assert _score(gold, gold).polarity_reversals == 0


def test_nothing_on_either_side_is_perfect() -> None:
    nothing = Counts(0, 0, 0)
    assert (nothing.precision, nothing.recall, nothing.f1) == (1.0, 1.0, 1.0)


def test_nothing_on_one_side_is_nought() -> None:
    assert Counts(0, 3, 0).f1 == Counts(0, 3, 0).precision == Counts(0, 3, 0).recall == 0.0
    assert Counts(0, 0, 3).f1 == Counts(0, 0, 3).precision == Counts(0, 0, 3).recall == 0.0


def test_linking_counts_only_mentions_with_a_gold_entity() -> None:
    gold = extraction(TEXT, mentions=(mention(TEXT, "Chile"), mention(TEXT, "Mexico", entity="x")))
    predicted = extraction(
        TEXT, mentions=(mention(TEXT, "Chile", entity="y"), mention(TEXT, "Mexico", entity="x"))
    )
    assert _score(gold, predicted).linking == Share(1, 1)
    assert Share().rate is None


def test_totals_add_counts_rather_than_average_figures() -> None:
    # 1 of 1 + 1, and 0 of 4 + 4: micro F1 = 2 * 1 / 10; the mean of the F1s would be 0.5.
    total = sum_scores((Scores(claims=Counts(1, 1, 1)), Scores(claims=Counts(0, 4, 4))))
    assert total.claims.f1 == pytest.approx(0.2)
    assert sum_scores(()) == Scores()


_WORDS = "aa bb cc, dd-ee ff’s gg hh “ii” jj kk"
_SPANS = st.tuples(st.integers(0, len(_WORDS) - 1), st.integers(1, 12)).map(
    lambda pair: Span(pair[0], min(pair[0] + pair[1], len(_WORDS)))
)
_ENTITIES = st.sampled_from((None, "x", "y"))
_MENTIONS = st.builds(
    lambda span, kind, entity: Mention(span.start, span.end, kind, entity),
    _SPANS,
    st.sampled_from(Kind),
    _ENTITIES,
)
_CLAIMS = st.builds(
    lambda holder, entity, cue, stance, target: Claim(
        "", Holder(holder.start, holder.end, entity), cue, stance, Form.STATEMENT, target
    ),
    _SPANS,
    _ENTITIES,
    _SPANS,
    st.sampled_from(Stance),
    st.none() | _SPANS,
)
_EXTRACTIONS = st.builds(
    lambda mentions, claims: extraction(_WORDS, mentions=tuple(mentions), claims=tuple(claims)),
    st.lists(_MENTIONS, max_size=6),
    st.lists(_CLAIMS, max_size=6),
)
_SENTENCES = (Sentence(0, 18), Sentence(18, len(_WORDS)))
_COUNTS = ("mentions_exact", "mentions_overlap", "claims", "claims_stance", "claims_stance_target")


def _has_word(span: Span) -> bool:
    return bool(_WORDS[span.start : span.end].strip())


@settings(max_examples=150, deadline=None)
@given(_EXTRACTIONS)
def test_gold_against_itself_is_perfect(gold: Extraction) -> None:
    spans = [m.span for m in gold.mentions]
    for c in gold.claims:
        spans += [c.holder.span, c.cue, c.target or c.cue]
    if not all(map(_has_word, spans)):
        return  # A span of white space alone has no token to share; real records have none.
    scores = score_alignment(align(gold, gold, _SENTENCES))
    for name in _COUNTS:
        assert getattr(scores, name).f1 == 1.0
    assert scores.linking.right == scores.linking.total
    assert scores.polarity_reversals == scores.role_reversals == 0


@settings(max_examples=150, deadline=None)
@given(_EXTRACTIONS, _EXTRACTIONS)
def test_f1_does_not_ask_which_side_is_gold(one: Extraction, other: Extraction) -> None:
    there = score_alignment(align(one, other, _SENTENCES))
    back = score_alignment(align(other, one, _SENTENCES))
    for name in _COUNTS:
        assert getattr(there, name).f1 == getattr(back, name).f1
        assert getattr(there, name).precision == getattr(back, name).recall


@settings(max_examples=100, deadline=None)
@given(_EXTRACTIONS, _EXTRACTIONS)
def test_stricter_figures_are_never_higher(one: Extraction, other: Extraction) -> None:
    scores = score_alignment(align(one, other, _SENTENCES))
    assert scores.claims.f1 >= scores.claims_stance.f1 >= scores.claims_stance_target.f1
