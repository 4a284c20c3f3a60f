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
from pipeline.jsonl import read_extractions
from pipeline.lexicon.cues import Cue
from pipeline.records import Article, Claim, Extraction, Form, Mention, Source, Span

if TYPE_CHECKING:
    from spacy.language import Language

Cues = Mapping[str, Cue]
_LONG = 240


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim's score, its features by name, and whether the set says that it is right."""

    set: str
    article: str
    score: float
    features: Mapping[str, str]
    right: bool


def judge_gold(nlp: Language, path: Path, cues: Cues) -> Iterator[Judged]:
    """Every claim on the gold articles."""
    gold = tuple(read_extractions(path))
    articles = (Article(answer.article, answer.text) for answer in gold)
    for result in evaluate_extractions(gold, extract_articles(nlp, articles)).articles:
        ours, theirs = result.alignment.predicted, result.alignment.gold
        right = {
            p
            for g, p in result.alignment.claims
            if theirs.claims[g].stance is ours.claims[p].stance
        }
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
    return Judged(
        name, extraction.article, claim.score, features_of(extraction, claim, cues), right
    )


def features_of(extraction: Extraction, claim: Claim, cues: Cues) -> dict[str, str]:
    """What a claim is like, by the names of the features."""
    rules = claim.evidence.rules if claim.evidence else ()
    identifier = claim.evidence.cue if claim.evidence else ""
    cue = cues.get(identifier)
    turned = [rule for rule in rules if rule.startswith(("rule.negation.", "rule.reversal."))]
    return {
        "holder": _holder_of(extraction, claim),
        "holder rule": _part(rules, "rule.holder."),
        "target": _part(rules, "rule.target.") if claim.target else "none",
        "cue pos": cue.pos if cue else "evaluation",
        "cue words": "one" if cue and len(cue.words) == 1 else "several",
        "turned": "yes" if turned or claim.negated else "no",
        "hedged": "yes" if claim.hedged else "no",
        "content": _part(rules, "rule.content."),
        "attribution": "yes" if claim.attribution else "no",
        "form": claim.form.value,
        "stance": claim.stance.value,
        "long sentence": "yes" if _sentence_length(extraction, claim.cue) > _LONG else "no",
        "family": identifier.split(".")[1] if "." in identifier else "",
    }


def _holder_of(extraction: Extraction, claim: Claim) -> str:
    """How well the holder is known: named, nominal, inferred, unknown."""
    if claim.holder.entity is None:
        return "no entity"
    if claim.holder.entity.startswith("unknown:"):
        return "unknown speaker"
    if claim.holder.inferred:
        return "inferred"
    mention = _mention_at(extraction, claim.holder.span)
    return "nominal" if mention and mention.sources == (Source.PATTERN,) else "named"


def _mention_at(extraction: Extraction, span: Span) -> Mention | None:
    return next((mention for mention in extraction.mentions if mention.span == span), None)


def _part(rules: Iterable[str], prefix: str) -> str:
    return next((rule.removeprefix(prefix) for rule in rules if rule.startswith(prefix)), "–")


def _sentence_length(extraction: Extraction, span: Span) -> int:
    """The length in characters of the sentence that holds the span."""
    for sentence in extraction.sentences:
        if sentence.start <= span.start < sentence.end:
            return sentence.end - sentence.start
    return 0
