"""A span comes back whatever blanks it covers: offsets decide."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.review.rendering import is_rendering
from pipeline.review.results import read_result

TEXTS = [
    "the plan to\ndam the river",
    "the plan  to dam",
    "the plan\tto dam",
    "the\u00a0plan to\u2028dam",
    "the plan \n  to\n\n dam",
    "C:\\new\\table of\nrates",
    "the plan\r\nto dam",
    "soft\u00adhyphen and\u200bzero",
    "de la\u202fRépublique\u3000du Congo",
    "👩‍🚀 the\tmission",
    "a\x0bb\x0cc\x1cd\x85e",
]
RENDERINGS = {
    "as it is": lambda text: text,
    "line break as two characters": lambda text: re.sub(r"[\n\r]", r"\\n", text),
    "one blank for a run": lambda text: re.sub(r"[ \t\n\r]+", " ", text),
    "both": lambda text: re.sub(r"[ \t]+", " ", re.sub(r"[\n\r]", r"\\n", text)),
    "tabs as two characters": lambda text: text.replace("\t", r"\t").replace("\n", r"\n"),
    "plain blanks": lambda text: text.replace("\u00a0", " ").replace("\u202f", " "),
    "nothing unseen": lambda text: re.sub("[\u00ad\u200b]", "", text),
    "trimmed": str.strip,
}


def region(start: int, end: int, words: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": words, "labels": ["Target"]}
    return {"id": "t", "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def is_taken(text: str, start: int, end: int, words: Any) -> bool:
    return not read_result([region(start, end, words)], text, offset=0).refused


@pytest.mark.parametrize("rendering", RENDERINGS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_rendering_of_every_text_is_taken(text: str, rendering: str) -> None:
    for start, end in ((0, len(text)), (1, len(text) - 1), (2, len(text))):
        assert is_taken(text, start, end, RENDERINGS[rendering](text[start:end]))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_every_text_is_taken_as_the_screen_writes_it(text: str) -> None:
    if text.strip():
        for rendering in RENDERINGS.values():
            assert is_taken(text, 0, len(text), rendering(text))


@given(st.text("abcé \n\t\\", min_size=1), st.text("abcé \n\t", min_size=1))
def test_other_words_are_not_taken(one: str, other: str) -> None:
    if "".join(one.split()) != "".join(other.split()) and "\\" not in one:
        assert not is_rendering(other, one)


def test_the_span_is_where_the_offsets_say_and_its_words_are_the_texts() -> None:
    text = "Chad cut\nthe  levy on\tsalt."
    drawn = [
        ("h", "Holder", 0, 4, "Chad"), ("c", "Opposes", 5, 8, "cut"),
        ("t", "Target", 9, 26, "the levy on salt"),
    ]  # fmt: skip
    result = []
    for name, label, start, end, words in drawn:
        piece = region(start, end, words)
        piece["id"], piece["value"]["labels"] = name, [label]
        result.append(piece)
    reading = read_result(result, text, offset=100)
    (position,) = reading.claims.values()
    assert position.target is not None
    assert (position.target.start, position.target.text) == (109, "the  levy on\tsalt")
    assert reading.faults == ()


@pytest.mark.parametrize("words", [None, ""])
def test_words_that_are_missing_do_not_matter_and_empty_ones_do(words: str | None) -> None:
    assert is_taken("the levy", 0, 8, words) is (words is None)
