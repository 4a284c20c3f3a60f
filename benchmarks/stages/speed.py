"""Words a second of the whole extraction beside the bare spaCy pipeline; where the time goes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from benchmarks.cost import BARE, measure_costs, read_texts
from benchmarks.stage import Asked, Row, Stage, at_least, shown, told
from pipeline.extraction.build import build_language
from pipeline.extraction.extract import extract_articles
from pipeline.language.model import load_model
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.settings import FAST, FULL, read_settings
from pipeline.records import Article

ROUNDS = 3
_BARE_BATCHES = (8, 32)
_NOTE = f"processor time, the best of {ROUNDS} rounds in turn"
Work = Callable[[], object]


def measure(asked: Asked) -> Iterator[Row]:
    """The speeds and their ratios, on speeches and annotated articles."""
    texts = read_texts(asked.texts)
    words = sum(len(text.split()) for text in texts)
    *bares, fast, full = best_of(works_of(texts))
    bare = min(bares)
    yield at_least("whole extraction, rules / bare spaCy", bare / fast, 1.5, _NOTE)
    yield at_least("whole extraction, rules and reader / bare spaCy", bare / full, 0.3, _NOTE)
    texts_said = f"{words:,} words of {len(texts)} texts"
    yield told("bare spaCy, words a second", words / bare, texts_said)
    yield told("rules, words a second", words / fast)
    yield told("rules and reader, words a second", words / full)


def works_of(texts: Sequence[str]) -> list[Work]:
    """The bare pipeline with small and large batches, the rules, and both proposers."""
    model = load_model(read_settings(models_folders()).model)
    articles = [Article(str(number), text) for number, text in enumerate(texts)]

    def bare(size: int) -> Work:
        def parse() -> None:
            for _doc in model.pipe(texts, batch_size=size):
                pass

        return parse

    def ours(profile: str) -> Work:
        nlp = build_language(profile=profile)

        def extract() -> None:
            for _extraction in extract_articles(nlp, articles):
                pass

        return extract

    return [*map(bare, _BARE_BATCHES), ours(FAST), ours(FULL)]


def best_of(works: Sequence[Work], *, rounds: int = ROUNDS) -> list[float]:
    """The least processor seconds of each, in turn, after one round that warms up."""
    least = [float("inf")] * len(works)
    for number in range(rounds + 1):
        for place, work in enumerate(works):
            start = time.process_time()
            work()
            if number:
                least[place] = min(least[place], time.process_time() - start)
    return least


def measure_parts(asked: Asked) -> Iterator[Row]:
    """What each component costs a word, in each pipeline."""
    table = measure_costs(read_texts(asked.texts))
    names = list(table.costs)
    parts = dict.fromkeys(part for costs in table.costs.values() for part in costs)
    for part in parts:
        cells = (table.costs[name].get(part) for name in names)
        yield Row(part, " · ".join("–" if one is None else shown(one) for one in cells))
    whole = " · ".join(shown(table.whole(name)) for name in names)
    yield Row("all", whole, note=f"{BARE} · rules · rules and reader")


STAGE = Stage("speed", "Speed in one process", measure)
PARTS = Stage("cost", "Microseconds a word: bare spaCy · rules · rules and reader", measure_parts)
