"""Short forms and characters are one token each; the text and its offsets stay as they are."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

import pipeline.language.segment  # noqa: F401
from pipeline.language.graphemes import insides, is_picture
from pipeline.lexicon.folder import packaged_models
from pipeline.lexicon.segmentation import SHORT_FORMS, read_segmentation

FAMILY = "👨‍👩‍👧‍👦"
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("article_segmenter")
    return nlp


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Peru opposes art. 5 of it.", "art."),
        ("Peru opposes Res. 12 of it.", "Res."),
        ("Peru opposes Sec. 12(b) of it.", "Sec. 12(b)"),
        ("It sued in Smith v. Jones.", "v."),
        ("It has approx. 40 members.", "approx."),
        ("See pp. 4-7 of it.", "4-7"),
        ("It opposes doc. A/75/L.3 here.", "A/75/L.3"),
        ("Peru 🇵🇪 agreed.", "🇵🇪"),
        (f"They 👏🏽 came {FAMILY} here.", FAMILY),
        (f"It is {SCOTLAND} here.", SCOTLAND),
        ("Peru🇵🇪🇨🇱 agreed.", "🇨🇱"),
    ],
)
def test_it_is_one_token(blank: Language, text: str, whole: str) -> None:
    doc = blank(text)
    assert whole in [token.text for token in doc]
    assert doc.text == text


@pytest.mark.parametrize(
    "text",
    ["The answer is no. Peru left.", "He likes art. They do not.", "It met in Jan. It left."],
)
def test_a_stop_that_ends_a_sentence_is_no_part_of_a_word(blank: Language, text: str) -> None:
    assert len(list(blank(text).sents)) == 2


def test_every_short_form_has_its_stop_in_the_middle_of_a_sentence(blank: Language) -> None:
    lists = read_segmentation((packaged_models(),))
    torn = []
    for form in sorted({form for name in SHORT_FORMS for form in lists.forms(name)}):
        doc = blank(f"It opposes the {form}. 5 of it.")
        place = len("It opposes the ")
        span = doc.char_span(place, place + len(form) + 1, alignment_mode="expand")
        if any(token.text == "." for token in span) or len(list(doc.sents)) > 1:
            torn.append(form)
    assert torn == []


def test_pictures_are_read_as_blanks(blank: Language) -> None:
    doc = blank("Peru 🇵🇪 left ❤️ and 5 ✓ came.")
    assert [token.text for token in doc if token.is_space] == ["🇵🇪", "❤️", "✓"]
    assert not is_picture("5")
    assert not is_picture("№")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([*"aé. ,\t", "🇨", "🇱", "👍", "🏽", "\u200d", "\u0301", "❤️", FAMILY]))
)
def test_no_token_ends_inside_a_character(parts: list[str]) -> None:
    text = "".join(parts)
    nlp = spacy.blank("en")
    nlp.add_pipe("article_segmenter")
    doc = nlp(text)
    assert doc.text == text
    starts = {token.idx for token in doc}
    assert starts.isdisjoint(insides(text))


_SEEN = ("NORM", "PREFIX", "SUFFIX", "SHAPE", "IS_SPACE")
_REFERRING = (
    "See pp. 4-7 of it.",
    "It ended 4-7 in Lima.",
    "Peru opposes Sec. 12(b) of it.",
    "Law No. 057-27 of Peru, seat 057-27.",
    "They 👏🏽 came.",
    "Peru 🇵🇪 agreed, no. 3(a) or 3(a).",
)


@pytest.mark.parametrize("text", _REFERRING)
def test_what_the_model_sees_does_not_hang_on_what_was_read_before(text: str) -> None:
    """Also not on whether the text itself was read before."""
    fresh, used = spacy.blank("en"), spacy.blank("en")
    for nlp in (fresh, used):
        nlp.add_pipe("article_segmenter")
    for other in (*_REFERRING, *reversed(_REFERRING)):
        used(other)
    first, last = (nlp(text).to_array(list(_SEEN)).tolist() for nlp in (fresh, used))
    assert first == last
