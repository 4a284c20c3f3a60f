from __future__ import annotations

import pytest

from pipeline.dataset.nearest import find_nearest
from pipeline.dataset.passages import find_passages
from pipeline.dataset.reanchor import Anchor, AnchorState, anchor_position, widen_context
from pipeline.dataset.records import Position, quote
from pipeline.files import sha256_of_text
from pipeline.records import Span, Stance

OLD = "Rain fell all week.\n\nChile rejected the “new” draft – again. Peru backed the vote.\n"
SENTENCE = "Chile rejected the “new” draft – again."


def spot(words: str, text: str = OLD) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def claim(text: str = OLD) -> Position:
    pieces = (quote(text, spot(words, text)) for words in ("Chile", "rejected", "the “new” draft"))
    holder, cue, target = pieces
    return Position(holder, cue, Stance.OPPOSE, target=target)


def anchored(new: str, old: str = OLD, sentence: str = SENTENCE) -> Anchor:
    context = widen_context(quote(old, spot(sentence, old)), old)
    return anchor_position(claim(old), context, decided_on=sha256_of_text(old), text=new)


def test_an_unchanged_text_is_exact() -> None:
    assert anchored(OLD) == Anchor(AnchorState.EXACT, claim())


def test_an_edit_behind_the_claim_leaves_it_exact() -> None:
    assert anchored(OLD.replace("the vote", "the motion")) == Anchor(AnchorState.EXACT, claim())


@pytest.mark.parametrize(
    "new",
    [
        "A heading\n\n" + OLD,
        OLD.replace("Rain fell all week.\n\n", ""),
        "Peru backed the vote.\n\nRain fell all week.\n\n" + SENTENCE + "\n",
        OLD.replace("“", '"').replace("”", '"').replace("–", "—"),
        OLD.replace(" ", "\u00a0"),
    ],
)
def test_the_same_sentence_elsewhere_is_moved_and_has_the_present_words(new: str) -> None:
    found = anchored(new)
    assert found.state is AnchorState.MOVED
    assert found.position is not None
    assert found.position.stands_in(new)
    assert [piece.span.text_in(new)[:4] for piece in found.position.quotes[:2]] == ["Chil", "reje"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Chile rejected the “new” draaft – again.",
        "Chile has rejected the “new” draft – again.",
        "It is false that Chile rejected the “new” draft – again.",
        "Chile rejected the “new” draft – again, officials denied.",
        "Chile soon rejected the new draft again.",
    ],
)
def test_an_edited_sentence_is_changed_and_says_where(sentence: str) -> None:
    new = OLD.replace(SENTENCE, sentence)
    found = anchored(new)
    assert found.state is AnchorState.CHANGED
    assert found.position is None
    assert found.near is not None
    assert found.near.overlaps(spot(sentence, new))


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("Hardly anybody believes that\n", ""),
        ("Hardly anybody believes that\n\n", ""),
        ("The pamphlet ran: ", ""),
        ("The pamphlet ran:\n\n", ""),
        ("Withdrawn; ", ""),
        ("It was thought … ", ""),
        ("It was thought... ", ""),
        ("In a dream – ", ""),
        ("In a dream, ", ""),
        ("A forger wrote “", ""),
        ('A forger wrote "', '"'),
        ("A forger wrote «", "»"),
        ("A forger wrote 'Rain fell. ", "'"),
        ("A forger wrote: “Rain fell. ", " Nothing else.”"),
        ("(As a joke: ", ")"),
        ("None of these happened:\n\n- Rain fell.\n- ", ""),
        ("What follows is invented. ", ""),
        ("What follows is invented.\n\n", ""),
        ("> ", ""),
        ("~~", "~~"),
        ("", "” So much for the forgery."),
        ("", '" ran the forged headline.'),
        ("", " – or so a forger had it."),
        ("", " said no minister."),
        ("", "\nsaid no minister."),
        ("", "\n\nor so a forger had it."),
        ("", " This was a forgery that the paper has retracted."),
        ("", "\n\nThat never took place."),
        ("", "?"),
        ("", "."),
    ],
)
def test_words_and_marks_beside_the_sentence_make_it_changed(before: str, behind: str) -> None:
    for old in (OLD, OLD.replace("Rain fell all week.\n\n", "")):
        found = anchored(old.replace(SENTENCE, f"{before}{SENTENCE}{behind}"), old=old)
        assert found.state is AnchorState.CHANGED, found
        assert found.near is not None


@pytest.mark.parametrize(
    "new",
    [
        OLD.replace("Rain fell all week.", "Rian fell all week."),
        OLD.replace("Peru backed the vote.", "Peru backed the motion, and Cuba the other one."),
        "Ministers met again.\n\n" + OLD,
        OLD.replace("rejected the “new”", "rejected\nthe “new”").replace("all week", "all\nweek"),
        OLD.replace(SENTENCE, f"(Rain fell.) {SENTENCE}"),
        OLD.replace(SENTENCE, f"“Rain,” he said, “fell.” {SENTENCE}"),
        OLD.replace(SENTENCE, f"{SENTENCE}\n\n* * *\n"),
        OLD.replace(SENTENCE, f"1. Rain fell.\n2. {SENTENCE}\n3. Talks went on.\n"),
        OLD.replace(SENTENCE, f"The states’ and ministers’ demands were long. {SENTENCE}"),
    ],
)
def test_edits_elsewhere_and_lines_wrapped_anew_leave_a_decision_standing(new: str) -> None:
    found = anchored(new)
    assert found.state in (AnchorState.EXACT, AnchorState.MOVED)
    assert found.position is not None
    assert found.position.stands_in(new)


@pytest.mark.parametrize(
    ("old", "whole"),
    [
        (f"Officials said: {SENTENCE} Rain fell.", f"Officials said: {SENTENCE}"),
        (f"He said “Rain fell. {SENTENCE} So it goes.” Rain fell.", None),
        (f"{SENTENCE} That was later denied. Rain fell.", f"{SENTENCE} That was later denied."),
        (f"“Rain fell.\n“{SENTENCE}\n“It fell.” Rain fell.", f"“{SENTENCE}"),
    ],
)
def test_words_that_bear_on_a_sentence_are_decided_on_with_it(old: str, whole: str | None) -> None:
    context = widen_context(quote(old, spot(SENTENCE, old)), old)
    assert context.text == (whole or old.removesuffix(" Rain fell."))
    new = (
        "A heading\n\n" + old.replace("Rain fell.", "Snow fell.")
        if whole
        else "A heading\n\n" + old
    )
    assert anchored(new, old=old).state is AnchorState.MOVED


def test_a_sentence_that_is_gone_is_an_orphan() -> None:
    assert anchored("Rain fell all week.\n\nPeru backed the vote.\n") == Anchor(AnchorState.ORPHAN)


def test_a_sentence_that_stands_twice_now_is_changed() -> None:
    assert anchored(f"{SENTENCE}\n\n{OLD}").state is AnchorState.CHANGED


def test_a_look_alike_is_not_taken_where_the_original_was_edited() -> None:
    new = OLD.replace(SENTENCE, "Chile rejected the “new” drafft – again.") + f"\n{SENTENCE}\n"
    assert anchored(new).state is AnchorState.CHANGED


def test_of_two_same_sentences_the_decided_one_is_found_by_its_neighbours() -> None:
    one = "Heavy rain had fallen over the northern valleys for eleven days without a break."
    two = "Nobody in the crowded hall of the assembly could say who would have to pay."
    old = f"{one} {SENTENCE} Peru left early.\n\n{two} {SENTENCE} Cuba stayed on.\n"
    context = widen_context(quote(old, spot(SENTENCE, old)), old)
    assert context.text.startswith(f"{one} {SENTENCE} Peru left early.")
    edited = old.replace("Cuba stayed on.", "Cuba stayed.")
    gone = old.replace(f"{one} {SENTENCE}", one)
    states = [
        anchor_position(claim(old), context, decided_on="", text=new).state
        for new in ("A heading\n\n" + edited, gone)
    ]
    assert states == [AnchorState.MOVED, AnchorState.CHANGED]


def test_without_a_context_nothing_is_guessed() -> None:
    found = anchor_position(claim(), None, decided_on="", text="A heading\n\n" + OLD)
    assert found.state is AnchorState.ORPHAN


def test_a_passage_inside_a_longer_word_or_sentence_is_not_found() -> None:
    assert find_passages("Peru agreed", "Peru agreed on nothing.\nPeru agreed\n") == (Span(24, 35),)


def test_the_nearest_passage_leaves_out_what_is_named() -> None:
    text = "Peru backed the vote. Peru backed the draft."
    near = find_nearest("Peru backed the vote.", text, without=Span(0, 21))
    assert near is not None
    assert near.span.text_in(text) == "Peru backed the draft."
    assert 0.6 < near.likeness < 0.9
    assert find_nearest("Peru backed the vote.", "Rain fell.") is None
