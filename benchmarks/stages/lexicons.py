"""What large lexicons cost: the speed with 50,000 aliases more, beside today's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.cost import read_texts
from benchmarks.stage import Asked, Row, Stage, at_least, told
from benchmarks.stages.speed import ROUNDS, best_of
from pipeline.extraction.build import build_language
from pipeline.extraction.extract import extract_articles
from pipeline.lexicon.settings import FAST
from pipeline.records import Article

ALIASES = 50_000
_OF_AN_ENTITY = 10
_PLACES = "Lima Oslo Accra Kyoto Perth Quito Turin Cadiz Basel Tromso Aleppo Dakar".split()
_BODIES = "Council League Forum Institute Alliance Union Society Federation Board Court".split()


def measure(asked: Asked) -> Iterator[Row]:
    """The words a second with the lexicons of today and with so many aliases more."""
    texts = read_texts(asked.texts)
    articles = [Article(str(number), text) for number, text in enumerate(texts)]
    languages = [
        build_language(profile=FAST),
        build_language(models=make_lexicon(asked.scratch / "models"), profile=FAST),
    ]
    works = [lambda nlp=nlp: list(extract_articles(nlp, articles)) for nlp in languages]
    today, many = best_of(works)
    note = f"rules; processor time, the best of {ROUNDS} rounds in turn"
    yield at_least(f"with {ALIASES:,} aliases more / today's lexicons", today / many, 0.9, note)
    words = sum(len(text.split()) for text in texts)
    yield told("words a second with them", words / many)


def make_lexicon(folder: Path, aliases: int = ALIASES) -> Path:
    """A folder of lexicons with so many made-up names, which begin as real ones may."""
    file = folder / "entities" / "made-up.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8") as out:
        for number in range(aliases // _OF_AN_ENTITY):
            place = _PLACES[number % len(_PLACES)]
            body = _BODIES[number // len(_PLACES) % len(_BODIES)]
            name = f"{place} {body} Number {number}"
            out.write(f"- id: org:made-up-{number}\n  name: {name}\n  kind: organisation\n")
            others = (f"{name} of {_PLACES[n]}" for n in range(1, _OF_AN_ENTITY))
            out.write(f"  aliases: [{', '.join(others)}]\n")
            out.write(f'  examples: ["The [{name}] objected."]\n')
    return folder


STAGE = Stage("lexicons", "Large lexicons", measure)
