"""What was considered and makes no claim, sentence by sentence, in words."""

from __future__ import annotations

import pytest

from pipeline.errors import SettingError
from pipeline.explaining.refusals import find_refusals, word_refusal
from pipeline.lexicon.folder import packaged_models
from pipeline.lexicon.rules import read_rules
from pipeline.records import Article

RULES = read_rules((packaged_models(),))
TEXT = "The sun shone. Does Chile reject the plan? Peru said it opposed the vote."
ARTICLE = Article("vote", TEXT)


def test_only_sentences_in_which_something_fell_are_listed(nlp):
    found = find_refusals(nlp, ARTICLE)
    assert [one.number for one in found] == [2, 3]
    assert [one.claims for one in found] == [0, 1]


def test_refusals_of_proposers_and_of_constraints_are_in_words(nlp):
    lines = [word_refusal(r, TEXT, RULES) for one in find_refusals(nlp, ARTICLE)
             for r in one.refusals]  # fmt: skip
    assert any(
        line.startswith("reject [26–32] (cue.reject.reject), refusal.question: It is only asked")
        for line in lines
    )
    assert any(
        line.startswith("opposed [") and "refusal.content: It is what its holder says" in line
        for line in lines
    )


def test_one_sentence_is_asked_about_by_its_number(nlp):
    (one,) = find_refusals(nlp, ARTICLE, sentence=1)
    assert (one.number, one.refusals) == (1, ())


@pytest.mark.parametrize("number", [0, 4])
def test_a_sentence_that_is_not_there_is_refused(nlp, number):
    with pytest.raises(SettingError, match=f"vote has no sentence {number}; it has 3"):
        find_refusals(nlp, ARTICLE, sentence=number)
