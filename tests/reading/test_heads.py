from __future__ import annotations

import time

import pytest

from pipeline.lexicon.folder import packaged_models
from pipeline.lexicon.intake import read_intake
from pipeline.reading.heads import read_head

WORDS = read_intake((packaged_models(),))
BODY = "Kenya refused to sign the accord on fishing on Tuesday, its minister said.\n"


@pytest.mark.parametrize(
    ("over", "fields"),
    [
        ("Kenya refuses to sign\n\n", {"title": "Kenya refuses to sign"}),
        ("Who will sign?\n\n", {"title": "Who will sign?"}),
        ("An accord\n\nBy Wanjiru Maina\n\n", {"title": "An accord", "author": "Wanjiru Maina"}),
        ("An accord\nBY WANJIRU MAINA\n\n", {"title": "An accord", "author": "WANJIRU MAINA"}),
        ("By Asha Juma, Ali Said and Ann Lee\n", {"author": "Asha Juma, Ali Said, Ann Lee"}),
        ("By Wanjiru Maina, Political Editor\n", {"author": "Wanjiru Maina"}),
        ("By Wanjiru Maina in Mombasa\n", {"author": "Wanjiru Maina"}),
        ("By J. van der Berg | 7 Nov 2023\n", {"author": "J. van der Berg", "date": "2023-11-07"}),
        ("Author: Ali Said\nPublished: 25/11/2023\n", {"author": "Ali Said", "date": "2023-11-25"}),
        ("Title: An accord\nDate: Nov 7, 2023\n\n", {"title": "An accord", "date": "2023-11-07"}),
        ("An accord\n\n7 November 2023\n\n", {"title": "An accord", "date": "2023-11-07"}),
        ("Published: 7 Nov 2023 | Updated: 9 Nov 2023\n\n", {"date": "2023-11-07"}),
        ("MOMBASA, Nov. 7, 2023 (Example News) — ", {"date": "2023-11-07"}),
    ],
)  # fmt: skip
def test_what_stands_over_a_text_is_recognised(over: str, fields: dict[str, str]) -> None:
    found = read_head(over + BODY, WORDS)
    assert found.fields == fields
    for name, value in fields.items():
        assert found.notes[name].startswith(f"{name} {value!r} from line ")


@pytest.mark.parametrize(
    "over",
    [
        "",
        "Kenya refuses to sign\n",  # a line that goes on: no blank line follows
        "Kenya refuses to sign.\n\n",
        "By Monday evening\n\n",
        "By All Accounts\n\n",
        "By our correspondent\n\n",
        "OPINION\n\n",
        "- a point\n\n",
        "https://example.org/accord on fishing\n\n",
        "Updated: 7 November 2023\n\n",
        "5 November 2023\n7 November 2023\n\n",
        "MOMBASA, Nov. 7 (Example News) — ",
        f"{'A very long line that no headline would ever have been ' * 4}\n\n",
    ],
)
def test_what_is_not_certain_is_left_alone(over: str) -> None:
    assert read_head(over + BODY, WORDS).fields == {}


def test_a_date_that_can_be_two_is_told_and_not_taken() -> None:
    found = read_head(f"An accord\n\n7/11/2023\n\n{BODY}", WORDS)
    assert found.fields == {"title": "An accord"}
    assert "'7/11/2023' of line 3 not taken" in found.notes["date"]


def test_a_text_of_headings_alone_has_no_title() -> None:
    assert read_head("An accord\n\nOn fishing\n\nIn the sea\n", WORDS).fields == {}


def test_what_stands_below_the_first_sentence_is_not_looked_at() -> None:
    assert read_head(f"{BODY}\nBy Wanjiru Maina\n\nAuthor: Ali Said\n", WORDS).fields == {}


def test_a_long_text_costs_what_its_head_costs() -> None:
    for text in ("By Ann Lee\n\n" * 80_000, "Title: " * 100_000, "A " * 400_000, "By " * 300_000):
        begun = time.perf_counter()
        read_head(text, WORDS)
        assert time.perf_counter() - begun < 0.5
