"""Where the time goes: microseconds of processor time a word, component by component.

    python -m benchmarks.cost [--texts FOLDER] [--limit N]

On speeches and annotated articles, the bare spaCy pipeline beside ours in both profiles, in turn,
each the least of some rounds after a warm-up. What a component does inside another is told apart:
*coreference* is part of what proposes by rules, and of the reader.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from benchmarks.sets import FILES, find_texts, read_rows
from pipeline.extraction.build import CLAIMS, build_language
from pipeline.extraction.coreference import Resolver
from pipeline.extraction.extract import extraction_of
from pipeline.jsonl import line_for
from pipeline.language.model import load_model
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.settings import FAST, FULL, read_settings
from pipeline.records import Article

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

ROUNDS = 3
LIMIT = 10
_BATCH = 8
BARE = "bare spaCy"
INSIDE = "coreference"
_NAMES = {
    "attribute_ruler": "attribute rules",
    "attribute_table": "attribute rules",
    "lemmatizer": "lemmas",
    "lemma_table": "lemmas",
    "article_segmenter": "blocks, sentences",
    "case_reader": "capitals",
    "phrase_reader": "phrases read again",
    "entity_lexicon": "names of the lexicon",
    "acronym_definitions": "acronyms",
    "mention_resolver": "mentions",
}
_STEPS = {
    "read_scene": "claims: quotations",
    "heed_refusals": "claims: judge",
    "group_proposals": "claims: judge",
    "settle": "claims: settle",
    "assemble": "claims: assemble",
    "with_holders": "claims: assemble",
}
Costs = defaultdict[str, float]


@dataclass(frozen=True)
class Table:
    """Microseconds a word of each component, by pipeline."""

    words: int
    costs: Mapping[str, Mapping[str, float]]

    def whole(self, pipeline: str) -> float:
        """What a word costs in all."""
        return sum(cost for name, cost in self.costs[pipeline].items() if name != INSIDE)


def read_texts(folder: Path, limit: int = LIMIT) -> list[str]:
    """So many speeches, and twice as many annotated articles, spread over their sets."""
    speeches = read_rows(folder / FILES["ungdc"], limit)
    articles = read_rows(folder / FILES["claims"], 2 * limit)
    return [str(row["text"]) for row in (*speeches, *articles)]


def measure_costs(texts: Sequence[str], *, rounds: int = ROUNDS) -> Table:
    """What each component costs a word of the texts."""
    languages = {
        BARE: load_model(read_settings(models_folders()).model),
        FAST: build_language(profile=FAST),
        FULL: build_language(profile=FULL),
    }
    words = sum(len(text.split()) for text in texts)
    least: dict[str, dict[str, float]] = {name: {} for name in languages}
    for number in range(rounds + 1):
        for name, nlp in languages.items():
            found = _run(nlp, texts)
            if number:  # the first warms up
                for part, seconds in found.items():
                    known = least[name].get(part, float("inf"))
                    least[name][part] = min(known, seconds / words * 1e6)
    return Table(words, least)


def _run(nlp: Language, texts: Sequence[str]) -> Costs:
    """Seconds of each component, one after the other over all texts."""
    costs: Costs = defaultdict(float)
    with _timed(costs, "tokenizer"):
        docs = [_doc_of(nlp, text) for text in texts]
    for name, pipe in nlp.pipeline:
        if name == CLAIMS:
            docs = _propose(pipe, docs, costs)
        else:
            with _timed(costs, _NAMES.get(name, name)):
                docs = _through(pipe, docs)
    if nlp.has_pipe(CLAIMS):
        with _timed(costs, "records, JSON"):
            for doc, text in zip(docs, texts, strict=True):
                line_for(extraction_of(nlp, doc, Article("a", text)))
    return costs


def _doc_of(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    if nlp.has_pipe(CLAIMS):
        doc._.article, doc._.metadata = "a", {}
    return doc


def _through(pipe: Any, docs: list[Doc]) -> list[Doc]:
    if not hasattr(pipe, "pipe"):
        return [pipe(doc) for doc in docs]
    size = _BATCH
    return [
        doc
        for start in range(0, len(docs), size)
        for doc in pipe.pipe(docs[start : start + size], batch_size=4 * size)
    ]


def _propose(matcher: Any, docs: list[Doc], costs: Costs) -> list[Doc]:
    """Run the component of claims, with its steps told apart."""
    inner: Costs = defaultdict(float)
    with _steps_timed(matcher, inner), _timed(costs, "whole"):
        docs = [matcher(doc) for doc in docs]
    rest = costs.pop("whole") - sum(cost for name, cost in inner.items() if name != INSIDE)
    costs.update(inner)
    costs["claims: the rest"] += rest
    return docs


@contextmanager
def _steps_timed(matcher: Any, costs: Costs) -> Iterator[None]:
    """Have the steps of the component add up what they cost."""
    module = sys.modules[type(matcher).__module__]
    patches = [patch.object(Resolver, "resolve", _adding(Resolver.resolve, costs, INSIDE))]
    for name, part in _STEPS.items():
        own = _adding(getattr(module, name), costs, part)
        patches.append(patch.object(module, name, own))
    judge, proposers = matcher._judge, matcher._proposers
    patches.append(patch.object(judge, "weigh", _adding(judge.weigh, costs, "claims: judge")))
    for one in proposers:
        timed = _adding(_listing(one.propose), costs, f"claims: {one.name}")
        patches.append(patch.object(one, "propose", timed))
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


def _listing(propose: Callable[..., Any]) -> Callable[..., list[Any]]:
    """The same, at once: a generator would be timed as nothing."""
    return lambda scene: list(propose(scene))


def _adding(work: Callable[..., Any], costs: Costs, name: str) -> Callable[..., Any]:
    @wraps(work)
    def timed(*given: Any, **named: Any) -> Any:
        with _timed(costs, name):
            return work(*given, **named)

    return timed


@contextmanager
def _timed(costs: Costs, name: str) -> Iterator[None]:
    start = time.process_time()
    yield
    costs[name] += time.process_time() - start


def lines_of(table: Table) -> Iterator[str]:
    """The table as lines to print."""
    names = list(table.costs)
    yield f"{'µs a word':24}" + "".join(f"{name:>12}" for name in names)
    parts = dict.fromkeys(part for costs in table.costs.values() for part in costs)
    for part in parts:
        cells = (table.costs[name].get(part) for name in names)
        yield f"{part:24}" + "".join(f"{'' if c is None else f'{c:.2f}':>12}" for c in cells)
    yield f"{'all':24}" + "".join(f"{table.whole(name):12.1f}" for name in names)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, help="the folder of development texts")
    parser.add_argument("--limit", type=int, default=LIMIT, help="how many speeches")
    options = parser.parse_args()
    texts = read_texts(find_texts(options.texts), options.limit)
    table = measure_costs(texts)
    print(f"{len(texts)} texts, {table.words:,} words")
    print("\n".join(lines_of(table)))


if __name__ == "__main__":
    main()
