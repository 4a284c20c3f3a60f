"""Sub-words and code points, and what is read at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from tokenizers import Tokenizer

from pipeline.extraction.propose.reader.manifest import TOKENIZER, reader_folder
from pipeline.extraction.propose.reader.page import Page, read_page
from pipeline.extraction.propose.reader.windows import (
    MOST_A_WORD,
    MOST_PIECES,
    MOST_PLACES,
    Cutter,
    windows_of,
)
from pipeline.extraction.propose.rules import CueIndex
from pipeline.lexicon.cues import read_cues
from pipeline.lexicon.folder import packaged_models

CUES = CueIndex(read_cues((packaged_models(),)))


@pytest.fixture(scope="module")
def cutter() -> Cutter:
    return Cutter(Tokenizer.from_file(str(Path(reader_folder()) / TOKENIZER)))


def page_of(nlp: Language, text: str, **metadata: str) -> Page:
    doc = nlp.make_doc(text)
    doc._.metadata = metadata
    with nlp.select_pipes(disable=["claim_matcher"]):
        return read_page(nlp(doc), CUES)


AWKWARD = (
    "Chile 🇨🇱 rejected the draft 👩‍👩‍👧.",
    "Sa\u0301nchez said no\u0308 to the cafe\u0301 law.",
    "Mexico\u00a0backed the\u00a0deal\u202f— twice.",
    "The U.S.\u200b objected\ufeff.",
    "\ud7ff\u0e01 안녕 中国 opposes the talks.",
    "Chile\n\n\t  rejected   it.\n",
    "X" + "x" * 700 + " opposed the plan.",
)


@pytest.mark.parametrize("text", AWKWARD)
def test_every_word_has_pieces_and_the_code_points_of_the_text(
    nlp: Language, cutter: Cutter, text: str
) -> None:
    page = page_of(nlp, text)
    assert [text[start:end] for start, end in page.offsets.tolist()] == list(page.words)
    for window in windows_of(page, cutter):
        assert len(window.begins) == len(window.ends) == window.end - window.start
        for row, begin, end in zip(
            range(window.start, window.end), window.begins, window.ends, strict=True
        ):
            assert window.pieces[begin : end + 1].tolist() == list(
                cutter.pieces_of(page.words[row])
            )


@given(st.text(min_size=1, max_size=60))
@settings(deadline=None, max_examples=200)
def test_no_word_is_without_a_piece(cutter: Cutter, word: str) -> None:
    assert 1 <= len(cutter.pieces_of(word)) <= MOST_A_WORD


LONG = " ".join(
    f"Minister {number} said that country {number} rejects the draft, which was long and dull."
    for number in range(120)
)


def test_windows_take_claims_from_every_row_once_with_two_sentences_before(
    nlp: Language, cutter: Cutter
) -> None:
    page = page_of(nlp, LONG)
    numbers = page.sentence_of()
    taken: list[int] = []
    for window in windows_of(page, cutter):
        taken.extend(range(window.first, window.last))
        assert len(window.pieces) <= MOST_PIECES
        assert window.start <= window.first <= window.last <= window.end
        if window.start:
            assert numbers[window.first] - numbers[window.start] == 2
        if window.last < len(page.words):
            assert numbers[window.end - 1] > numbers[window.last - 1]
    assert taken == list(range(len(page.words)))


def test_training_cuts_elsewhere_and_still_takes_all(nlp: Language, cutter: Cutter) -> None:
    page = page_of(nlp, LONG)
    first = next(windows_of(page, cutter))
    cut = list(windows_of(page, cutter, offset=2))
    assert page.sentence_of()[cut[0].last] == 2
    assert cut[0].last < first.last
    assert [row for w in cut for row in range(w.first, w.last)] == list(range(len(page.words)))


def test_a_sentence_longer_than_a_window_is_read_by_itself(nlp: Language, cutter: Cutter) -> None:
    text = "Chile left. " + "Peru rejects " + "unintelligibilities " * 200 + "today. Cuba agreed."
    page = page_of(nlp, text)
    rows = [row for w in windows_of(page, cutter) for row in range(w.first, w.last)]
    assert rows == list(range(len(page.words)))
    assert all(len(w.pieces) <= MOST_PIECES for w in windows_of(page, cutter))


def test_no_window_goes_beyond_the_encoders_last_place(nlp: Language, cutter: Cutter) -> None:
    page = page_of(nlp, "Peru rejects " + "tea " * 498 + "today. Cuba agreed.", title="Tea in Peru")
    for window in windows_of(page, cutter):
        assert len(window.pieces) <= MOST_PLACES + 1
        assert int(window.ends.max()) < len(window.pieces) - 1


def test_the_title_and_the_speaker_stand_at_the_head_of_each_window(
    nlp: Language, cutter: Cutter
) -> None:
    page = page_of(nlp, LONG, title="Draft rejected", speaker="Chile")
    head = [p for word in ("Draft", "rejected", ".", "Chile") for p in cutter.pieces_of(word)]
    for window in windows_of(page, cutter):
        assert window.pieces[1 : len(head) + 1].tolist() == head
        assert window.pieces[0] == cutter.first
        assert window.pieces[-1] == cutter.last


def test_white_space_alone_is_an_empty_page(nlp: Language, cutter: Cutter) -> None:
    page = page_of(nlp, " \n \n")
    assert page.words == ()
    assert list(windows_of(page, cutter)) == []
