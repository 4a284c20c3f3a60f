"""Nothing invisible is stored unnoticed: the report counts it, whatever the file's kind."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.corpus import Corpus
from pipeline.reading.ingest import Added, add_files
from pipeline.reading.invisible import count_invisible, invisible_in_words
from tests.reading.files import docx, page, paragraph
from tests.reading.sheets import drawn, line

UNSEEN = (
    "Kenya con\xaddemned the\u200b draft, and \u202eTogo\u2066 and Pe\u0301rou backed it \ue012."
)
NOTE = (
    "kept in the text: 1 soft hyphen, 1 zero-width mark, 2 bidi marks, 1 private-use character, "
    "1 letter with an accent of its own"
)
PLAIN = "Kenya condemned the draft, and Perú – “happily” – backed the naïve text. It said so twice."


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        (PLAIN, {}),
        ("plain", {}),
        ("a\xadb\xadc", {"soft hyphen": 2}),
        ("a\u200b\u200c\u200d\u2060b\ufeff", {"zero-width mark": 5}),
        ("\u200e\u202a\u2069\u061c", {"bidi mark": 4}),
        ("\ue000\uf8ff\U000f0000", {"private-use character": 3}),
        ("\ufffe\ufdd0\U0001ffff", {"non-character": 3}),
        ("\u0378", {"unassigned code point": 1}),
        ("\U000e0041\U000e0042", {"tag character": 2}),
        ("\u3164\u2800", {"blank letter": 2}),
        ("a\u2028b", {"line or paragraph separator": 1}),
        ("a\x85b", {"control character": 1}),
        ("\ufff9", {"format character": 1}),
        ("Pe\u0301rou, Co\u0302te, a\u0323\u0307", {"letter with an accent of its own": 3}),
        ("\u1112\u1161\u11ab", {"letter with an accent of its own": 1}),
    ],
)
def test_each_kind_is_counted(text: str, counts: dict[str, int]) -> None:
    assert dict(count_invisible(text)) == counts


@given(st.text(max_size=60))
def test_a_text_of_which_nothing_is_counted_is_composed_and_visible(text: str) -> None:
    if count_invisible(text):
        return
    assert unicodedata.is_normalized("NFC", text)
    hidden = [c for c in text if unicodedata.category(c) in ("Cf", "Co", "Cn")]
    assert hidden == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", UNSEEN.encode()),
        ("a.md", f"# Title\n\n{UNSEEN}\n".encode()),
        ("a.docx", docx(paragraph(UNSEEN))),
        ("a.csv", f'id,text\nx,"{UNSEEN}"\n'.encode()),
    ],
)
def test_the_report_of_every_kind_of_file_names_how_many(
    tmp_path: Path, name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    corpus = Corpus(tmp_path / "corpus")
    (outcome,) = add_files([path], corpus)
    assert isinstance(outcome, Added)
    assert NOTE in outcome.notes
    assert UNSEEN in corpus.read(outcome.article).text  # it is stored as it was


def test_what_is_left_of_a_web_page_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(page(f"<p>{UNSEEN} {PLAIN}</p><p>{PLAIN} {PLAIN}</p>"))
    corpus = Corpus(tmp_path / "corpus")
    (outcome,) = add_files([path], corpus)
    assert isinstance(outcome, Added)
    stored = count_invisible(corpus.read("a").text)
    assert stored["letter with an accent of its own"] == 1
    assert invisible_in_words(stored) in outcome.notes


def test_a_text_in_which_all_is_seen_has_no_such_note(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PLAIN, encoding="utf-8")
    (outcome,) = add_files([path], Corpus(tmp_path / "corpus"))
    assert isinstance(outcome, Added)
    assert outcome.notes == ()


def test_what_a_pdf_does_not_say_is_a_warning_of_the_report(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    words = line(
        "Kenya de\x01ned it and all of the others in the room said that it was so", 50, 700
    )
    path.write_bytes(drawn([words], encoding="<< /Differences [1 /g7] >>"))
    (outcome,) = add_files([path], Corpus(tmp_path / "corpus"))
    assert isinstance(outcome, Added)
    (warning,) = outcome.warnings
    assert "1 signs" not in warning
    assert "on page 1" in warning
    assert any("U+FFFD" in note for note in outcome.notes)
