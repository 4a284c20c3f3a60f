from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli.console import on_one_line, visible


@given(st.text())
def test_visible_text_is_as_long_and_has_nothing_that_a_terminal_obeys(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not any(ord(c) < 0x20 and c not in "\n\t" for c in shown)
    assert not any(0x7F <= ord(c) < 0xA0 for c in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    shown.encode("utf-8")


def test_letters_of_every_script_stay_as_they_are() -> None:
    text = "Perú’s “vote” — 中国, Україна, مصر\n\tnext"
    assert visible(text) == text


def test_a_carriage_return_cannot_overwrite_the_line() -> None:
    assert visible("safe\rowned") == "safe␍owned"


def test_one_line_stays_one_line() -> None:
    assert on_one_line(" the\n\nuse\tof \x1b]0;x\x07 ") == "the use of ␛]0;x␇"
