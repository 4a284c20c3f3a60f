from __future__ import annotations

import pytest

from pipeline.evaluation.match import Alignment, align
from pipeline.records import Claim, Kind, Mention, Sentence

from .marked import claim, extraction, mention, one_sentence

BOTH = "Both countries backed the deal."
DRAFT = "Chile rejected the old draft and welcomed the new draft of the group."


def _align_claims(
    text: str,
    gold: tuple[Claim, ...],
    predicted: tuple[Claim, ...],
    sentences: tuple[Sentence, ...] | None = None,
) -> Alignment:
    return align(
        extraction(text, claims=gold),
        extraction(text, claims=predicted),
        one_sentence(text) if sentences is None else sentences,
    )


def _align_mentions(
    text: str, gold: tuple[Mention, ...], predicted: tuple[Mention, ...]
) -> Alignment:
    return align(
        extraction(text, mentions=gold), extraction(text, mentions=predicted), one_sentence(text)
    )


class TestMentions:
    text = "The Pacific Alliance met Chile and Most Latin states."

    def test_exact_needs_same_span_and_type(self) -> None:
        gold = (mention(self.text, "Pacific Alliance", Kind.ORGANISATION),)
        wider = (mention(self.text, "The Pacific Alliance", Kind.ORGANISATION),)
        mistyped = (mention(self.text, "Pacific Alliance", Kind.STATE),)
        assert _align_mentions(self.text, gold, gold).exact_mentions == ((0, 0),)
        assert _align_mentions(self.text, gold, wider).exact_mentions == ()
        assert _align_mentions(self.text, gold, mistyped).exact_mentions == ()

    def test_overlap_needs_a_shared_token_and_the_same_type(self) -> None:
        gold = (mention(self.text, "Pacific Alliance", Kind.ORGANISATION),)
        wider = (mention(self.text, "The Pacific Alliance", Kind.ORGANISATION),)
        mistyped = (mention(self.text, "Pacific Alliance", Kind.STATE),)
        assert _align_mentions(self.text, gold, wider).overlapping_mentions == ((0, 0),)
        assert _align_mentions(self.text, gold, mistyped).overlapping_mentions == ()

    def test_another_kind_of_the_same_type_matches(self) -> None:
        gold = (mention(self.text, "Most Latin states", Kind.GROUP),)
        predicted = (mention(self.text, "Most Latin states", Kind.STATE),)
        assert _align_mentions(self.text, gold, predicted).exact_mentions == ((0, 0),)

    def test_longest_overlap_goes_first_and_each_is_used_once(self) -> None:
        # Gold "Most Latin states" shares 1 token with "Most" and 2 with "Latin states".
        gold = (mention(self.text, "Most Latin states", Kind.GROUP),)
        predicted = (
            mention(self.text, "Most", Kind.GROUP),
            mention(self.text, "Latin states", Kind.GROUP),
        )
        assert _align_mentions(self.text, gold, predicted).overlapping_mentions == ((0, 1),)

    def test_a_duplicate_is_matched_once(self) -> None:
        gold = (mention(self.text, "Chile"),)
        aligned = _align_mentions(self.text, gold, gold * 2)
        assert len(aligned.exact_mentions) == len(aligned.overlapping_mentions) == 1

    def test_two_entities_on_one_span_find_each_other(self) -> None:
        gold = (
            mention(BOTH, "Both countries", entity="x"),
            mention(BOTH, "Both countries", entity="y"),
        )
        aligned = _align_mentions(BOTH, gold, gold[::-1])
        assert aligned.exact_mentions == aligned.overlapping_mentions == ((0, 1), (1, 0))


class TestClaims:
    def test_overlapping_cue_and_holder_match_whatever_the_stance_and_target(self) -> None:
        gold = claim(DRAFT, "Chile", "rejected", "oppose", "the old draft")
        predicted = claim(DRAFT, "Chile", "rejected", "support", "the group")
        aligned = _align_claims(DRAFT, (gold,), (predicted,))
        assert aligned.claims == ((0, 0),)
        assert not aligned.target_agreements

    def test_another_cue_matches_by_half_the_target_in_the_same_sentence(self) -> None:
        # {the, new, draft, of, the, group} and {new, draft, of}: 3 of 6 = 0.5.
        gold = claim(DRAFT, "Chile", "welcomed", "support", "the new draft of the group")
        predicted = claim(DRAFT, "Chile", "rejected", "support", "new draft of")
        assert _align_claims(DRAFT, (gold,), (predicted,)).claims == ((0, 0),)

    def test_less_than_half_the_target_does_not(self) -> None:
        # {new, draft} of six tokens: 2 / 6 = 0.33.
        gold = claim(DRAFT, "Chile", "welcomed", "support", "the new draft of the group")
        predicted = claim(DRAFT, "Chile", "rejected", "support", "new draft")
        assert _align_claims(DRAFT, (gold,), (predicted,)).claims == ()

    def test_nor_does_it_across_sentences(self) -> None:
        text = "Chile objected. It fears the deal."
        gold = claim(text, "Chile", "objected", "oppose", "the deal", entity="country:CL")
        predicted = claim(text, "It", "fears", "oppose", "the deal", entity="country:CL")
        apart = (Sentence(0, 15), Sentence(16, len(text)))
        assert _align_claims(text, (gold,), (predicted,)).claims == ((0, 0),)
        assert _align_claims(text, (gold,), (predicted,), apart).claims == ()

    def test_two_null_targets_alone_do_not_match_but_do_agree(self) -> None:
        text = "Chile objected and protested."
        gold = claim(text, "Chile", "objected", "oppose")
        other = claim(text, "Chile", "protested", "oppose")
        assert _align_claims(text, (gold,), (other,)).claims == ()
        assert _align_claims(text, (gold,), (gold,)).target_agreements == {(0, 0)}

    def test_one_null_target_disagrees(self) -> None:
        gold = claim(DRAFT, "Chile", "rejected", "oppose", "the old draft")
        predicted = claim(DRAFT, "Chile", "rejected", "oppose")
        aligned = _align_claims(DRAFT, (gold,), (predicted,))
        assert aligned.claims == ((0, 0),)
        assert not aligned.target_agreements

    @pytest.mark.parametrize(("entity", "matches"), [("country:CL", True), (None, False)])
    def test_holders_elsewhere_agree_by_a_known_entity_alone(
        self, entity: str | None, matches: bool
    ) -> None:
        text = "Chile said it rejected the draft."
        gold = claim(text, "Chile", "rejected", "oppose", "the draft", entity=entity)
        predicted = claim(text, "it", "rejected", "oppose", "the draft", entity=entity)
        assert bool(_align_claims(text, (gold,), (predicted,)).claims) is matches

    def test_two_claims_on_one_span_are_told_apart_by_entity(self) -> None:
        gold = tuple(
            claim(BOTH, "Both countries", "backed", "support", "the deal", entity=entity)
            for entity in ("country:CL", "country:PE")
        )
        assert _align_claims(BOTH, gold, gold[::-1]).claims == ((0, 1), (1, 0))
        assert len(_align_claims(BOTH, gold, gold[:1]).claims) == 1

    def test_the_pair_that_agrees_in_stance_is_taken(self) -> None:
        gold = (claim(DRAFT, "Chile", "rejected", "oppose", "the old draft"),)
        predicted = (
            claim(DRAFT, "Chile", "rejected", "support", "the old draft"),
            claim(DRAFT, "Chile", "rejected", "oppose", "the group"),
        )
        assert _align_claims(DRAFT, gold, predicted).claims == ((0, 1),)

    def test_more_pairs_beat_better_pairs(self) -> None:
        # Prediction 0 can answer either gold claim, prediction 1 only gold 0. Taking the pair
        # (0, 0), which agrees in all, would leave gold 1 unanswered.
        gold = (
            claim(DRAFT, "Chile", "rejected the old draft", "oppose", "the new draft"),
            claim(DRAFT, "Chile", "draft and welcomed", "support", "the group"),
        )
        predicted = (
            claim(DRAFT, "Chile", "draft", "oppose", "the new draft"),
            claim(DRAFT, "Chile", "rejected", "neutral"),
        )
        assert _align_claims(DRAFT, gold, predicted).claims == ((0, 1), (1, 0))

    def test_overlapping_cue_beats_target_alone(self) -> None:
        text = "Chile opposes and rejects the draft."
        gold = (claim(text, "Chile", "opposes", "oppose", "the draft"),)
        predicted = (
            claim(text, "Chile", "rejects", "oppose", "the draft"),
            claim(text, "Chile", "opposes", "oppose", "the draft"),
        )
        assert _align_claims(text, gold, predicted).claims == ((0, 1),)


class TestReversals:
    text = "The draft was endorsed by Chile."

    def test_holder_and_target_that_changed_places(self) -> None:
        gold = claim(self.text, "Chile", "endorsed", "support", "The draft")
        swapped = claim(self.text, "The draft", "endorsed", "support", "Chile")
        aligned = _align_claims(self.text, (gold,), (swapped,))
        assert aligned.claims == ()
        assert aligned.role_reversals == ((0, 0),)

    def test_a_right_claim_is_no_reversal(self) -> None:
        gold = claim(self.text, "Chile", "endorsed", "support", "The draft")
        assert _align_claims(self.text, (gold,), (gold,)).role_reversals == ()
