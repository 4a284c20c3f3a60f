"""What a word costs in a text of a million characters, beside one of ten thousand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.linear import seconds_of
from benchmarks.stage import Asked, Row, Stage, at_most, told
from benchmarks.texts import TEXTS
from pipeline.extraction.build import build_language
from pipeline.extraction.extract import extract_article
from pipeline.lexicon.settings import FAST
from pipeline.records import Article

SHORT, LONG = 10_000, 1_000_000
SHAPES = {
    "one article": "prose",
    "one paragraph": "one paragraph",
    "one run-on sentence": "run-on, claims",
}


def measure(_: Asked) -> Iterator[Row]:
    """The ratio of the costs of a character, for each shape."""
    nlp = build_language(profile=FAST)
    for shape, name in SHAPES.items():
        short, long = (Article("a", TEXTS[name](size)) for size in (SHORT, LONG))
        extract_article(nlp, short)
        few = seconds_of(partial(extract_article, nlp, short), rounds=5) / SHORT
        many = seconds_of(partial(extract_article, nlp, long)) / LONG
        figure = f"{shape}: a word of {LONG:,} characters / of {SHORT:,}"
        yield at_most(figure, many / few, 1.5, "rules, processor time; sentences cut at 500 words")
        yield told(f"{shape}: seconds for {LONG:,} characters", many * LONG)


STAGE = Stage("lengths", "Long texts", measure)
