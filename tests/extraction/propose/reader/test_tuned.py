"""A tuned reader: its last scores are corrected, and its states are as they were."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.extraction.propose.reader import TunedReader, Tuning
from pipeline.extraction.propose.reader.page import read_page
from pipeline.extraction.propose.reader.reading import read_pages
from pipeline.extraction.propose.reader.session import open_reader
from pipeline.extraction.propose.rules import read_vocabulary

TEXT = "The minister of Chile rejected the draft. Trains ran on time in the north."


@pytest.fixture(scope="module")
def page(nlp):
    return read_page(nlp(TEXT), read_vocabulary().cues)


@pytest.fixture(scope="module")
def reader():
    return open_reader()


@pytest.fixture(scope="module")
def width(page, reader):
    from pipeline.extraction.propose.reader.queries import Places
    from pipeline.extraction.propose.reader.windows import windows_of

    window = next(iter(windows_of(page, reader.cutter)))
    words, _, _ = reader.words(window, Places(page).features(window.start, window.end))
    return words.shape[1]


def tuning(width, *, stances=(0.0, 0.0, 0.0)):
    rows = np.zeros((3, 3 * width + 1))
    rows[:, 0] = stances
    return Tuning(rows)


def test_without_corrections_it_reads_the_same(page, reader, width):
    assert read_pages(page, TunedReader(reader, tuning(width))) == read_pages(page, reader)


def test_a_bias_makes_a_stance_likelier_by_so_much_log_odds(page, reader, width):
    before = read_pages(page, reader)[0].stances
    after = read_pages(page, TunedReader(reader, tuning(width, stances=(0.0, 0.0, 1.0))))[0].stances
    odds = [np.log(one[2] / one[1]) for one in (before, after)]
    assert odds[1] - odds[0] == pytest.approx(1.0, abs=0.01)


def test_a_stance_is_corrected(page, reader, width):
    tuned = TunedReader(reader, tuning(width, stances=(0.0, 0.0, 9.0)))
    assert {one.stance for one in read_pages(page, reader)} == {"oppose"}
    assert {one.stance for one in read_pages(page, tuned)} == {"neutral"}


def test_corrections_go_to_a_lesson_and_back(width):
    made = tuning(width, stances=(0.5, -0.5, 0.125))
    back = Tuning.of(made.corrections())
    assert back.stances.tolist() == made.stances.tolist()
