"""PDF files: columns, hyphens, raised marks, notes and glyphs come out as the page shows them."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from pipeline.reading.pages import page_of
from pipeline.reading.pdf import convert_pdf
from tests.reading.sheets import Placed, across, column, drawn, flat, line, width_of

LEFT = (
    "The council met on Tuesday in Bergen. Iceland rejected the catch limit, and the Faroese "
    "envoy called it a blunder. Denmark backed the limit with reservations. Representatives of "
    "the inland provinces condemned the overcapitalisation of trawlers. Kenya asked for a "
    "longer transition, which the chair refused."
)
RIGHT = (
    "Morocco and Mauritania endorsed the chairman's compromise. The undersecretary of Norway "
    "opposed a moratorium on telecommunications cables. Ghana regretted the postponement, "
    "while Togo applauded it. Nothing was said by Benin about the disproportionate burden. "
    "The parties agreed to reconvene at the headquarters on Friday."
)
DOUBT = re.compile(r"the order of the lines on page 1 is in doubt; compare")


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=\.) ", text)


def side_by_side(width: float, gutter: float, *, lower: float = 0) -> list[list[list[Placed]]]:
    texts = ((LEFT, 50.0, 720.0), (RIGHT, 50 + width + gutter, 720 - lower))
    return [column(text, x=x, top=top, width=width) for text, x, top in texts]


def test_the_columns_of_these_tests_are_justified() -> None:
    left, _ = side_by_side(105, 9)
    full = [words[-1].x + width_of(words[-1].text) for words in left[:-1] if len(words) > 1]
    assert max(full) - min(full) < 0.1
    gaps = [b.x - a.x - width_of(a.text) for row in left for a, b in pairwise(row)]
    assert max(gaps) > 2 * 9


@pytest.mark.parametrize("lower", [0, 4, 6])
@pytest.mark.parametrize(("width", "gutter"), [(240, 11), (200, 6), (130, 9), (105, 10)])
def test_justified_columns_are_not_woven_together(
    width: float, gutter: float, lower: float
) -> None:
    left, right = side_by_side(width, gutter, lower=lower)
    title = line("A Limit on the Catch is Debated by All", 50, 760, 17)
    found = convert_pdf(drawn([[*title, *flat(left), *flat(right)]]))
    assert found.warnings == ()
    start, *rest = found.text.split("\n\n")
    assert start == "A Limit on the Catch is Debated by All"
    assert " ".join(rest).split() == f"{LEFT} {RIGHT}".split()
    assert "  " not in found.text


@pytest.mark.parametrize("order", ["across", "right first", "title last"])
def test_the_order_drawn_does_not_decide_where_gutters_do(order: str) -> None:
    left, right = side_by_side(230, 12)
    title = line("A Limit on the Catch is Debated by All", 50, 760, 17)
    pages = {
        "across": [*title, *across(left, right)],
        "right first": [*title, *flat(right), *flat(left)],
        "title last": [*flat(left), *flat(right), *title],
    }
    found = convert_pdf(drawn([pages[order]]))
    assert found.warnings == ()
    assert " ".join(found.text.split("\n\n")[1:]).split() == f"{LEFT} {RIGHT}".split()
    assert found.text.startswith("A Limit on the Catch is Debated by All\n\n")


def test_three_columns_and_a_line_over_them_in_the_same_size() -> None:
    texts = (LEFT, RIGHT, LEFT.replace("Iceland", "Malta"))
    columns = [column(t, x=45 + 172 * n, top=700, width=160) for n, t in enumerate(texts)]
    lead = flat(column(RIGHT.replace("Togo", "Chad"), x=45, top=790, width=504))
    found = convert_pdf(drawn([[*lead, *(word for one in columns for word in flat(one))]]))
    places = [found.text.index(name) for name in ("Chad", "Iceland", "Togo", "Malta")]
    assert places == sorted(places)
    for sentence in sentences(LEFT) + sentences(RIGHT):
        assert sentence in found.text


def test_a_sentence_goes_on_over_columns_notes_and_pages() -> None:
    first = column(LEFT, x=50, top=720, width=200)
    second = column(RIGHT, x=262, top=720, width=200)
    cut = len(first) // 2 + 1
    note = [Placed("4", 50, 403.5, 6), *line("See the minutes of the third meeting.", 55, 400, 8)]
    rest = [[replace(w, x=w.x + 212, y=w.y + 12 * cut) for w in row] for row in first[cut:]]
    pages = [[*flat(first[:cut]), *note, *flat(rest)], flat(second)]
    found = convert_pdf(drawn(pages))
    assert found.text == f"4 See the minutes of the third meeting.\n\n{LEFT}\n\n{RIGHT}\n"
    pages_at = tuple(found.metadata["pages"])  # type: ignore[call-overload]
    assert page_of(pages_at, found.text.index("Kenya")) == 1
    assert page_of(pages_at, found.text.index("Morocco")) == 2


def test_a_page_whose_text_goes_on_has_its_own_offset() -> None:
    lines = column(LEFT, x=50, top=700, width=200)
    heads = [line(f"Bulletin of the Sea, no. {n}", 50, 815, 8) for n in (1, 2, 3)]
    share = -(-len(lines) // 3)
    parts = [flat(lines[n * share : (n + 1) * share]) for n in range(3)]
    numbers = [line(str(n), 290, 120) for n in (7, 8, 9)]  # well above the margin
    found = convert_pdf(drawn([a + b + c for a, b, c in zip(heads, parts, numbers, strict=True)]))
    assert found.text == f"{LEFT}\n"
    pages = tuple(found.metadata["pages"])  # type: ignore[call-overload]
    begins = [parts[n][0].text for n in range(3)]
    assert [found.text[at:].split(" ")[0] for at in pages] == begins


HYPHENS = {
    "a new mandate for Trinidad-|and-Tobago": "a new mandate for Trinidad-and-Tobago",
    "the Serbo-|Croatian talks": "the Serbo-Croatian talks",
    "Mr Lloyd-|Jones left": "Mr Lloyd-Jones left",
    "the minis-|ter con-|demned Nor-|way": "the minister condemned Norway",
    "the COVID-|19 plan of 2020-|2021": "the COVID-19 plan of 2020-2021",
    "a NATO-|led force and a U.S.-|run port": "a NATO-led force and a U.S.-run port",
    "pre- and post-|war plans, medium-|and long-term": "pre- and post-war plans, medium- and "
    "long-term",
    "a far-reaching plan, this far-|reaching plan": "a far-reaching plan, this far-reaching plan",
    "a foothold, the foot-|hold": "a foothold, the foothold",
    "Tehran spoke; a Tehran-|backed group": "Tehran spoke; a Tehran-backed group",
    "by the Ankara-|backed group": "by the Ankara-backed group",
    "a legally-|binding text on self-|rule": "a legally-binding text on self-rule",
    "and Kinshasa–|Goma, and/|or": "and Kinshasa–Goma, and/or",
    "at https://example.org/a-|page now": "at https://example.org/a-page now",
    "a plan - |Chile has one": "a plan - Chile has one",
}


@pytest.mark.parametrize("cut", HYPHENS)
def test_a_hyphen_at_the_end_of_a_line(cut: str) -> None:
    lines = [line(words.strip(), 60, 700 - 12 * n) for n, words in enumerate(cut.split("|"))]
    assert convert_pdf(drawn([flat(lines)])).text == f"{HYPHENS[cut]}\n"


def test_a_hyphen_at_the_end_of_a_column_and_of_a_page() -> None:
    left = column(f"{LEFT} Both the Franco-", x=50, top=720, width=200, justified=False)
    right = column("German and the Ivo-", x=262, top=720, width=200, justified=False)
    last = column("rian ministers left.", x=50, top=720, width=200, justified=False)
    found = convert_pdf(drawn([[*flat(left), *flat(right)], flat(last)]))
    assert found.text == f"{LEFT} Both the Franco-German and the Ivorian ministers left.\n"


def raised(word: str, mark: str, x: float, *, after: str = "", rise: bool = False) -> list[Placed]:
    at = x + width_of(word)
    sign = Placed(mark, at, 700, 10, rise=4) if rise else Placed(mark, at, 704, 6)
    wide = width_of(mark, sign.size)
    rest = [Placed(after, at + wide, 700)] if after else []
    return [Placed(word, x, 700), sign, *rest]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (raised("Norway", "12", 60, after=","), "Norway,"),
        (raised("agreed.", "3,4", 60), "agreed."),
        (raised("Chile", "*", 60, rise=True), "Chile"),
        (raised("Peru", "a", 60), "Peru"),
        (raised("km", "2", 60), "km²"),
        (raised("10", "6", 60), "10⁶"),
        (raised("21", "st", 60), "21st"),
        ([Placed("CO", 60, 700), Placed("2", 60 + width_of("CO"), 698, 6)], "CO2"),
    ],
)
def test_raised_marks_of_notes_go_and_other_raised_letters_stay(
    words: list[Placed], text: str
) -> None:
    before, after = line("On it", 30, 700), line("and so on it went", 110, 700)
    assert convert_pdf(drawn([before + words + after])).text == f"On it {text} and so on it went\n"


def test_glyphs_without_a_letter_are_named_with_their_pages() -> None:
    encoding = "<< /Differences [1 /g7 12 /g12] >>"
    good = line(
        "Chile took a long and careful look at all of the plan before it said no to it", 50, 700
    )
    bad = line(
        "Peru de\x01ned the of\x0cce of it, as all of the others in the room had said", 50, 700
    )
    found = convert_pdf(drawn([good, bad, good, bad, bad], encoding=encoding))
    assert "Peru de\ufffdned the office of it" in found.text
    (warning,) = found.warnings
    assert "what letters 3 signs on pages 2, 4–5 stand for" in warning
    (whole,) = {convert_pdf(drawn([good], encoding=encoding)).warnings}
    assert whole == ()


def test_a_sign_before_an_item_is_a_bullet() -> None:
    encoding = "<< /Differences [1 /g7] >>"
    items = [
        line(f"\x01 {words} of the long list", 50, 700 - 14 * n) for n, words in enumerate("abc")
    ]
    found = convert_pdf(drawn([flat(items)], encoding=encoding))
    assert found.text.count("•") == 3
    assert found.warnings == ()


def test_letters_and_accents_that_are_drawn_apart_are_one() -> None:
    word = [Placed("Per", 60, 700), Placed("u", 60 + width_of("Per"), 700)]
    accent = Placed("´", 60 + width_of("Per") + 1.2, 700)
    words = [*word, accent, Placed("spoke.", 100, 700)]
    assert convert_pdf(drawn([words])).text == "Perú spoke.\n"


def test_what_is_drawn_twice_or_beside_the_page_is_read_once_or_not() -> None:
    words = line("Chile objected to it.", 100, 700)
    shadow = [replace(word, x=word.x + 0.4, y=word.y - 0.4) for word in words]
    crop = line("Printed at noon", 100, 20)
    found = convert_pdf(drawn([words + shadow + crop], box="/CropBox [50 50 500 800]"))
    assert found.text == "Chile objected to it.\n"


def test_turned_text_in_the_margin_is_left_out_and_said() -> None:
    stamp = [Placed("Downloaded", 25, 300, turn=1), Placed("today", 25, 370, turn=1)]
    found = convert_pdf(drawn([flat(column(LEFT, x=60, top=700, width=300)) + stamp]))
    assert found.text == f"{LEFT}\n"
    assert "text that is turned was left out on page 1" in found.notes


def test_a_page_that_is_turned_as_a_whole_is_read() -> None:
    upright = flat(column(LEFT, x=60, top=500, width=300))
    turned = [replace(word, x=595 - word.y, y=word.x, turn=1) for word in upright]
    assert convert_pdf(drawn([turned])).text == f"{LEFT}\n"


def test_a_table_is_read_by_its_rows() -> None:
    rows = [
        ("State", "Vote", "Seats"),
        ("Chile", "against", "12"),
        ("Papua New Guinea", "for", "7"),
    ]
    cells = [
        line(cell, 60 + 130 * at, 600 - 14 * n)
        for n, row in enumerate(rows)
        for at, cell in enumerate(row)
    ]
    text = flat(column(LEFT, x=60, top=780, width=420))
    found = convert_pdf(drawn([text + flat(cells)]))
    assert (
        found.text
        == f"{LEFT}\n\nState\tVote\tSeats\n\nChile\tagainst\t12\n\nPapua New Guinea\tfor\t7\n"
    )


def test_a_first_letter_of_several_lines_begins_its_word() -> None:
    lines = column(LEFT.removeprefix("T"), x=85, top=700, width=220)
    body = [[replace(w, x=w.x - (25 if n > 2 else 0)) for w in row] for n, row in enumerate(lines)]
    words = [Placed("T", 60, 676, 36), *flat(body)]
    assert convert_pdf(drawn([words])).text == f"{LEFT}\n"


OVER = flat(column(LEFT, x=50, top=700, width=400)) + flat(column(RIGHT, x=55, top=696, width=400))
MIXED = random.Random(4).sample(flat(side_by_side(200, 12)[0]), len(LEFT.split(" ")))
SHORT = across(
    column("Chile welcomed the text and Peru asked for more time.", x=50, top=700, width=100),
    column("Cuba objected to it and Fiji asked for less of it now.", x=165, top=700, width=100),
)


@pytest.mark.parametrize(
    "words", [OVER, MIXED, SHORT], ids=["over one another", "words in no order", "three lines"]
)
def test_an_order_that_stays_in_doubt_is_said(words: list[Placed]) -> None:
    (warning,) = convert_pdf(drawn([words])).warnings
    assert DOUBT.match(warning)


def test_the_pages_in_doubt_are_named() -> None:
    plain = flat(column(LEFT, x=50, top=700, width=400))
    (warning,) = convert_pdf(drawn([plain, OVER, OVER, plain, OVER])).warnings
    assert warning.startswith("the order of the lines on pages 2–3, 5 is in doubt")


def test_most_layouts_made_at_random_come_out_whole_or_are_doubted() -> None:
    parts = sentences(LEFT) + sentences(RIGHT)
    for seed in range(40):
        chance = random.Random(seed)
        number = chance.choice([1, 2, 2, 3])
        width = chance.uniform(110, 160) if number > 2 else chance.uniform(120, 240)
        size = chance.choice([8, 9, 10, 11])
        columns = [
            column(
                " ".join(parts[n::number]),
                x=45 + n * (width + chance.uniform(0.8, 2) * size),
                top=760 - chance.choice([0, 0, 3, 30]),
                width=width,
                size=size,
                leading=size * chance.uniform(1.1, 1.5),
                justified=chance.random() < 0.8,
            )
            for n in range(number)
        ]
        order = chance.choice([columns, columns, columns[::-1]])
        found = convert_pdf(drawn([[word for one in order for word in flat(one)]]))
        whole = all(sentence in found.text for sentence in parts)
        assert whole or found.warnings, f"seed {seed}"
