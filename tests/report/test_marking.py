"""Marked texts are the texts, whatever the marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.marking import AROUND, Mark, cut, cut_sentence, paragraphs
from tests.report.build import article_of

MARKS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 30), st.sampled_from(["holder", "support"])),
    max_size=8,
)


def marks_of(found: list[tuple[int, int, str]]) -> list[Mark]:
    return [
        Mark(start, start + length, role, n) for n, (start, length, role) in enumerate(found, 1)
    ]


@given(st.text(alphabet="ab \n\u05d0\u0301😀\u00a0", max_size=60), MARKS, st.integers(0, 20))
def test_pieces_join_to_the_text_and_carry_the_marks(
    text: str, found: list[tuple[int, int, str]], offset: int
) -> None:
    marks = marks_of(found)
    pieces = cut(text, marks, offset=offset)
    assert "".join(piece.text for piece in pieces) == text
    at = offset
    for piece in pieces:
        over = {mark.role for mark in marks if mark.start <= at < mark.end}
        assert set(piece.roles.split()) == over
        at += len(piece.text)


@given(st.text(alphabet="ab \n\u05d0😀", max_size=60), MARKS)
def test_paragraphs_have_all_words_and_each_claim_ends_once(
    text: str, found: list[tuple[int, int, str]]
) -> None:
    marks = [mark for mark in marks_of(found) if mark.end <= len(text)]
    shown = paragraphs(text, marks)
    lines = [line for line in text.split("\n") if line.strip()]
    assert ["".join(piece.text for piece in one.pieces) for one in shown] == lines
    ends = [number for one in shown for piece in one.pieces for number in piece.numbers]
    assert len(ends) == len(set(ends))


def test_of_a_long_sentence_the_words_around_the_cue_are_shown() -> None:
    record = article_of("one", ("Alder Union", "support", "levy")).records[0]
    sentence = f"{'before ' * 400}{record['sentence']['text']}{' after' * 400}"
    shift = 7 * 400
    for name in ("holder", "cue", "target"):
        record[name] = {
            **record[name],
            "start": record[name]["start"] + shift,
            "end": record[name]["end"] + shift,
        }
    record["sentence"] = {"start": 0, "end": len(sentence), "text": sentence}
    words = "".join(piece.text for piece in cut_sentence(record))
    assert words.startswith("… ")
    assert words.endswith(" …")
    assert "Alder Union welcomed the levy" in words
    assert len(words) < 4 * AROUND


def test_a_very_long_line_with_very_many_claims_is_cut_in_time() -> None:
    marks = [Mark(n, n + 9, "support", n) for n in range(1, 20_000)]
    assert len(cut("a" * 20_010, marks)) > 19_000
