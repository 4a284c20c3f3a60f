"""What a text costs grows with its length and no faster, whatever the text is made of.

Steps are counted, not timed, where they are ours: as many calls a character at 100,000 characters
(at 33,000 for most) as at a tenth of that. Regular expressions make no calls; what reads with them
is timed, with much room.
"""

from __future__ import annotations

import cProfile
from collections.abc import Callable
from functools import partial

import pytest
from spacy.language import Language

from benchmarks.decisions import decide, reviewed
from benchmarks.linear import extract, parse, repeat, seconds_of, segment
from benchmarks.texts import MARKDOWN, REVIEWED, TEXTS
from pipeline.dataset.reanchor import widen_context
from pipeline.dataset.records import Quote
from pipeline.reading.markdown import markdown_to_text
from pipeline.review.tasks import build_tasks

SHORT, TIMES = 10_000, 10
MOST_CALLS = 1.3
"""How many times the calls a character there may be; what is quadratic makes ten times as many."""

MOST_SECONDS = 5
"""How many times the seconds a character."""

NOTHING = 0.02
"""Seconds that count as none: what is quadratic takes far more at 100,000 characters."""

AT_FULL_LENGTH = ("prose", "run-on, claims", "quotations", "pronouns")
AT_A_THIRD = (
    "short claims", "run-on, verbs", "holders in a list", "said that", "accusations",
    "ends demanded", "suggested, supported", "quotations opened", "statements",
    "acronym definitions", "bylines", "names with hyphens", "organisations", "we in quotations",
    "countries", "administration", "the author", "seats", "must", "table",
)  # fmt: skip
SEGMENTED = (
    "prose", "one paragraph", "dots", "dots apart", "dots in threes", "exclamation marks apart",
    "ellipses", "quotation marks apart", "brackets opened apart", "bylines", "bylines on lines",
    "headings", "labels", "datelines", "capitals", "bullets", "stars", "stars on lines",
    "hyphens", "blank lines", "blanks", "lines with blanks", "tabs", "table", "CSV",
    "wrapped lines", "short lines", "digits", "numbers with dots", "one word", "one word, commas",
    "addresses", "combining marks", "letters with marks", "Chinese", "initials", "abbreviations",
)  # fmt: skip


SLOW = ("markdown brackets", "markdown images", "markdown links opened")
"""What the parser itself needs more than ten microseconds a character for, long or short."""


def calls_of(work: Callable[[], object]) -> int:
    """How many calls the work makes, those of compiled code among them."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize(
    ("name", "length"),
    [(name, SHORT) for name in AT_FULL_LENGTH] + [(name, SHORT // 3) for name in AT_A_THIRD],
)
def test_extraction_takes_as_many_steps_a_character_in_a_long_text(
    nlp: Language, name: str, length: int
) -> None:
    doc = parse(nlp, TEXTS[name](length))
    short, long = (calls_of(partial(extract, nlp, repeat(doc, times))) for times in (1, TIMES))
    assert long <= MOST_CALLS * TIMES * short


def assert_linear(work: Callable[[str], object], make: Callable[[int], str]) -> None:
    """The work takes no more seconds a character for a long text than for a short one.

    It is measured again where it seems to: a machine that is busy with other things is no fault.
    """
    short, long = make(SHORT), make(SHORT * TIMES)
    ratios = []
    for _ in range(4):
        few = max(seconds_of(partial(work, short), rounds=3), NOTHING / TIMES)
        ratios.append(seconds_of(partial(work, long)) / few / TIMES)
        if ratios[-1] <= MOST_SECONDS:
            return
    pytest.fail(f"{ratios} times the seconds a character")


@pytest.mark.parametrize("name", SEGMENTED)
def test_segmentation_costs_as_much_a_character_in_a_long_text(nlp: Language, name: str) -> None:
    assert_linear(partial(segment, nlp), TEXTS[name])


@pytest.mark.parametrize("name", [name for name in MARKDOWN if name not in SLOW])
def test_markdown_costs_as_much_a_character_in_a_long_text(name: str) -> None:
    assert_linear(markdown_to_text, MARKDOWN[name])


@pytest.mark.parametrize("mark", list("(!'_…"))
def test_a_word_of_marks_alone_costs_as_much_a_character_however_long(
    nlp: Language, mark: str
) -> None:
    short, long = mark * 1_000, mark * 10_000
    calls = [calls_of(partial(segment, nlp, text)) for text in (short, long)]
    assert calls[1] <= MOST_CALLS * 10 * calls[0]
    assert segment(nlp, f"Chile {long} left.").text == f"Chile {long} left."


@pytest.mark.parametrize(
    "line", ["Ann Lee reported from ABABABABABABABABABABABABABABABABABABABABABAB!", "By A " * 50]
)
def test_a_line_that_looks_like_a_byline_is_judged_at_once(nlp: Language, line: str) -> None:
    assert seconds_of(lambda: segment(nlp, f"{line}\n\nPeru left.")) < 1


def test_no_sentence_is_longer_than_the_bound_and_no_word_is_lost(nlp: Language) -> None:
    text = "Chile left" + " and the envoy spoke about the river, but not at length" * 300
    doc = parse(nlp, text)
    lengths = [len(sentence) for sentence in doc.sents]
    assert doc.text == text
    assert max(lengths) <= 500
    assert min(lengths[:-1]) > 250
    assert {sentence.text.strip()[-1] for sentence in list(doc.sents)[:-1]} == {","}


def test_a_context_in_a_text_that_repeats_itself_is_widened_in_few_steps() -> None:
    short, long = ("Peru agreed. " * times for times in (200, 2_000))
    calls = [
        calls_of(lambda t=text: widen_context(Quote(0, 12, t[:12]), t)) for text in (short, long)
    ]
    assert calls[1] <= 2 * TIMES * calls[0]


def test_a_decision_costs_as_much_in_a_long_text() -> None:
    assert_linear(decide, REVIEWED["invented words"])


def test_a_task_costs_as_much_in_a_long_text() -> None:
    make = REVIEWED["invented words"]
    short, long = (reviewed(make(size)) for size in (SHORT, 100 * SHORT))
    few = max(seconds_of(lambda: build_tasks([short]), rounds=3), NOTHING / 100)
    assert seconds_of(lambda: build_tasks([long]), rounds=3) <= MOST_SECONDS * 100 * few
