"""The reader of marked sentences, and the judge that the pairs are scored by."""

from __future__ import annotations

import pytest

from pipeline.records import Claim, Form, Holder, Span, Stance
from tests.extraction.claims.notation import NotationError, parse, read_pairs
from tests.extraction.claims.scoring import score


def words(marked):
    sentence = parse(marked)
    return [
        tuple(
            span and span.text_in(sentence.text)
            for span in (claim.holder, claim.cue, claim.target, claim.attribution)
        )
        for claim in sentence.claims
    ]


def test_nested_brackets_and_numbers():
    marked = (
        "[Chile]{holder:1} [backed]{cue:1:support} "
        "[the [Peru]{holder:2}-[sponsored]{cue:2:support} [draft]{target:2}]{target:1}."
    )
    assert words(marked) == [
        ("Chile", "backed", "the Peru-sponsored draft", None),
        ("Peru", "sponsored", "draft", None),
    ]


def test_two_holders_of_one_number_are_two_claims():
    marked = "[Chile]{holder} and [Peru]{holder} [left]{cue:oppose} [it]{target}."
    assert [claim[0] for claim in words(marked)] == ["Chile", "Peru"]


def test_one_span_can_have_two_roles():
    marked = (
        "[They]{holder;holder;target:2} [left]{cue:oppose}; [Peru]{holder:2} [sued]{cue:2:oppose}."
    )
    assert [(claim[0], claim[2]) for claim in words(marked)] == [
        ("They", None),
        ("They", None),
        ("Peru", "They"),
    ]


def test_flags_options_escapes_and_paragraphs():
    sentence = parse("A \\[…\\] b.¶[Chile]{holder:1?} [fears]{cue:oppose,negated,!hedged} it.")
    (claim,) = sentence.claims
    assert sentence.text == "A […] b.\n\nChile fears it."
    assert (claim.optional, claim.negated, claim.hedged) == (True, True, False)


@pytest.mark.parametrize(
    "marked",
    [
        "[Chile{holder} left.",
        "[Chile] left.",
        "[Chile]{holder} left.",
        "[Chile]{owner} [left]{cue:oppose}.",
        "[Chile]{holder} [left]{cue:against}.",
        "[Chile]{holder} [left]{cue:oppose,loud}.",
    ],
)
def test_what_cannot_be_read_is_an_error(marked):
    with pytest.raises(NotationError):
        parse(marked)


def test_file_errors_name_the_line(tmp_path):
    (tmp_path / "voice.txt").write_text("# a comment\n[Chile] left.\n", encoding="utf-8")
    with pytest.raises(NotationError, match=r"voice\.txt:2"):
        read_pairs(tmp_path)
    (tmp_path / "voice.txt").write_text("Only one.\n", encoding="utf-8")
    with pytest.raises(NotationError, match="two lines"):
        read_pairs(tmp_path)


def make(text, holder, cue, stance, target):
    spans = [Span(text.index(part), text.index(part) + len(part)) for part in (holder, cue, target)]
    return Claim(
        id="c1",
        holder=Holder(spans[0].start, spans[0].end),
        cue=spans[1],
        stance=stance,
        form=Form.STATEMENT,
        target=spans[2],
    )


MARKED = "[Chile]{holder} [criticised]{cue:oppose} [Peru]{target}."


@pytest.mark.parametrize(
    ("holder", "stance", "target", "passed", "reversals"),
    [
        ("Chile", Stance.OPPOSE, "Peru", True, 0),
        ("Chile", Stance.SUPPORT, "Peru", False, 1),
        ("Chile", Stance.NEUTRAL, "Peru", False, 0),
        ("Peru", Stance.OPPOSE, "Chile", False, 1),
    ],
)
def test_score_tells_reversals(holder, stance, target, passed, reversals):
    sentence = parse(MARKED)
    claim = make(sentence.text, holder, "criticised", stance, target)
    outcome = score(sentence, [claim], [])
    assert (outcome.passed, outcome.reversals) == (passed, reversals)


def test_extra_and_missing_claims_fail_and_optional_ones_do_not():
    sentence = parse("[Chile]{holder:1?} [criticised]{cue:oppose} [Peru]{target}.")
    claim = make(sentence.text, "Chile", "criticised", Stance.OPPOSE, "Peru")
    assert score(sentence, [], []).passed
    assert score(sentence, [claim], []).passed
    assert not score(sentence, [claim, claim], []).passed
    assert not score(parse(MARKED), [], []).passed
