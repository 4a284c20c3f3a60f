"""PDF files with three and more columns that are not justified: whole, or the page is named."""

from __future__ import annotations

import random

import pytest

from pipeline.reading.pdf import convert_pdf
from tests.reading.sheets import Placed, across, column, drawn, line

NAMES = ("Ghana", "Iceland", "Peru", "Benin", "Malta", "Kenya", "Norway")
WORDS = (
    "ministers envoys ports trawlers quotas lawyers buyers inspectors representatives refused "
    "asked accepted postponed endorsed regretted applauded quietly again later twice overnight of "
    "and with by for disproportionate overcapitalisation telecommunications"
).split()


def told(draw: random.Random) -> str:
    lines = [
        " ".join([draw.choice(NAMES), *(draw.choice(WORDS) for _ in range(draw.randint(5, 14)))])
        for _ in range(draw.randint(4, 7))
    ]
    return " ".join(f"{one}." for one in lines)


def ragged(seed: int, number: int, *, lower: float) -> tuple[list[str], list[Placed]]:
    draw = random.Random(seed)
    width = 500 / number - 10
    texts = [told(draw) for _ in range(number)]
    columns = [
        column(text, x=40 + n * (width + 10), top=740 - draw.choice([0, lower]), width=width,
               justified=False)
        for n, text in enumerate(texts)
    ]  # fmt: skip
    return texts, across(*columns)


@pytest.mark.parametrize("lower", [0, 3, 12])
@pytest.mark.parametrize("number", [3, 4, 5])
def test_ragged_columns_drawn_across_come_out_whole_or_are_doubted(
    number: int, lower: float
) -> None:
    for seed in range(12):
        texts, words = ragged(seed, number, lower=lower)
        found = convert_pdf(drawn([words]))
        whole = found.text.split() == " ".join(texts).split()
        assert whole or found.warnings, f"seed {seed}"


def test_most_of_three_ragged_columns_come_out_whole() -> None:
    whole = 0
    for seed in range(20):
        texts, words = ragged(seed, 3, lower=0)
        whole += convert_pdf(drawn([words])).text.split() == " ".join(texts).split()
    assert whole >= 16


def test_the_page_of_ragged_columns_is_named() -> None:
    plain = line("Chile rejected the draft.", 50, 700)
    _, words = ragged(3, 4, lower=0)
    (warning,) = convert_pdf(drawn([plain, words, plain])).warnings
    assert warning.startswith("the order of the lines on page 2 is in doubt")


def test_lines_that_lie_between_those_of_the_next_column_are_doubted() -> None:
    draw = random.Random(2)
    left, right = (
        column(told(draw), x=x, top=top, width=180, justified=False)
        for x, top in ((50.0, 700.0), (260.0, 694.0))
    )
    found = convert_pdf(drawn([across(left, right)]))
    whole = found.text.split() == [w.text for row in (*left, *right) for w in row]
    assert whole or found.warnings


def test_a_table_of_words_raises_no_doubt() -> None:
    rows = [
        ("Norway", "cod and herring", "not yet agreed"),
        ("Iceland", "herring", "agreed in May"),
        ("Ghana", "tuna", "refused by three ministers"),
        ("Peru", "anchovy and bonito", "agreed"),
        ("Kenya", "no fish at all", "still asked for"),
        ("Malta", "bluefin tuna", "under a quota of old"),
        ("Benin", "shrimp", "open"),
    ]
    words = [
        word
        for at, row in enumerate(rows)
        for cell, x in zip(row, (50, 150, 300), strict=True)
        for word in line(cell, x, 700 - 14 * at)
    ]
    assert convert_pdf(drawn([words])).warnings == ()
