"""Claims with what may make them right or wrong, and whether a development set says they are.

Gold: a claim is right where it matches a gold claim and has its stance (codebook §3). PolNeAR: a
claim that is a statement is right where an attribution overlaps with it in source, cue and
content. PolNeAR has no positions but attributions, so that its precision is a lower bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.attributions import count_relations, to_attributions
from benchmarks.running import extract_items
from benchmarks.sets import AttributedText
from pipeline.evaluation.evaluate import evaluate_extractions
from pipeline.evaluation.tokens import TokenIndex
from pipeline.extraction.extract import extract_articles
from pipeline.extraction.judge import describe_claim, measure
from pipeline.jsonl import read_extractions
from pipeline.lexicon.cues import Cue
from pipeline.records import Article, Claim, Extraction, Form

if TYPE_CHECKING:
    from spacy.language import Language

Cues = Mapping[str, Cue]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim's score, the judge's features of it, and whether the set says that it is right."""

    set: str
    article: str
    score: float
    features: Mapping[str, float]
    right: bool


def judge_gold(nlp: Language, path: Path, cues: Cues) -> Iterator[Judged]:
    """Every claim on the gold articles."""
    gold = tuple(read_extractions(path))
    articles = (Article(answer.article, answer.text) for answer in gold)
    for result in evaluate_extractions(gold, extract_articles(nlp, articles)).articles:
        ours, right = result.alignment.predicted, result.alignment.right
        for number, claim in enumerate(ours.claims):
            yield _judged("gold", ours, claim, cues, number in right)


def judge_polnear(
    nlp: Language, items: Iterable[AttributedText], cues: Cues, name: str
) -> Iterator[Judged]:
    """Every claim on PolNeAR's articles that is a statement."""
    for item, extraction in extract_items(nlp, items):
        index = TokenIndex(item.text)
        for claim in extraction.claims:
            if claim.form is Form.STATEMENT:
                ours = to_attributions((claim,))
                right = count_relations(item.attributions, ours, index).matched == 1
                yield _judged(name, extraction, claim, cues, right)


def _judged(name: str, extraction: Extraction, claim: Claim, cues: Cues, right: bool) -> Judged:
    cue = cues.get(claim.evidence.cue or "") if claim.evidence else None
    features = measure(describe_claim(claim, cue))
    return Judged(name, extraction.article, claim.score, features, right)
