"""The stretch that is most like a passage is the one that counting all of them finds."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from pipeline.dataset.nearest import find_nearest, has_near, most_likeness
from pipeline.records import Span

WORDS = "the ban on fish was backed by peru chile and mali in may or june but not the levy".split()
LEAST = 0.55


def runs_of(text: str) -> list[str]:
    plain = text.lower().replace("\n", " ")
    return [plain[at : at + 3] for at in range(len(plain) - 2)]


def counted(passage: str, text: str, without: Span | None) -> tuple[float, int]:
    """The highest likeness of all stretches, each counted by itself, and where the first begins."""
    wanted = Counter(runs_of(passage))
    parts = [(0, len(text))]
    if without is not None:
        parts = [(0, without.start), (without.end, len(text))]
    best = 0.0, 0
    for begin, end in parts:
        runs = runs_of(text[begin:end])
        for at in range(max(1, len(runs) - wanted.total() + 1)):
            shared = (Counter(runs[at : at + wanted.total()]) & wanted).total()
            if shared / wanted.total() > best[0]:
                best = shared / wanted.total(), begin + at
    return best


def written(draw: random.Random, words: int) -> str:
    return " ".join(draw.choice(WORDS) for _ in range(words))


@pytest.mark.parametrize("seed", range(30))
def test_the_nearest_stretch_is_what_counting_finds(seed: int) -> None:
    draw = random.Random(seed)
    text = ". ".join(written(draw, draw.randint(1, 9)) for _ in range(draw.randint(1, 120)))
    start = draw.randrange(len(text))
    place = Span(start, min(len(text), start + draw.randint(3, 60)))
    passage = place.text_in(text) if seed % 2 else written(draw, 6)
    if len(passage) < 3:
        passage = "the ban"
    without = place if seed % 3 else None
    likeness, at = counted(passage, text, without)
    found = find_nearest(passage, text, without=without)
    assert (found.likeness if found else 0.0) == likeness
    assert found is None or found.span.start <= at + 1 or text[at].isspace()
    some = find_nearest(passage, text, without=without, least=LEAST)
    assert some == (found if found is not None and found.likeness >= LEAST else None)
    if without is not None:
        assert has_near(passage, text, without=without, least=LEAST) == (likeness >= LEAST)


def test_a_rare_passage_is_found_in_a_long_text() -> None:
    draw = random.Random(1)
    text = ". ".join(written(draw, 8) for _ in range(4_000))
    wanted = "Quixotic judges vexed a jaunty zebra."
    text = f"{text}. Quixotic judges vexed one jaunty zebra. {text}"
    found = find_nearest(wanted, text, least=LEAST)
    assert found is not None
    assert found.span.text_in(text).startswith("Quixotic judges vexed one")


def test_nothing_is_near_a_passage_of_two_letters_or_in_none() -> None:
    assert find_nearest("ab", "ab ab") is None
    assert find_nearest("abc", "ab") is None
    assert not has_near("ab", "ab ab", without=Span(0, 2), least=LEAST)


def test_the_likeness_elsewhere_is_never_above_the_most() -> None:
    draw = random.Random(5)
    text = ". ".join(written(draw, 7) for _ in range(40))
    for start in range(0, len(text) - 50, 37):
        span = Span(start, start + 50)
        found = find_nearest(span.text_in(text), text, without=span)
        assert (found.likeness if found else 0) <= most_likeness(span, text)
