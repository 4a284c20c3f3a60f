"""What ``claims rules`` reads: the lexicon's words, the extractions, the decisions, gold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.evaluation.by_cue import Judgement
    from pipeline.lessons.tally import Ledger
    from pipeline.lexicon.cues import Cue
    from pipeline.lexicon.rules import Rules
    from pipeline.records import Extraction


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a row: the words and the stance of a cue, what a rule does."""

    cues: Mapping[str, Cue]
    rules: Rules

    def __call__(self, name: str) -> tuple[str, str]:
        """The words of the row of that id, and a cue's stance."""
        if cue := self.cues.get(name):
            return " ".join("|".join(place) for place in cue.words), cue.stance
        if rule := self.rules.entries.get(name) or self.rules.entries.get(f"proposer.{name}"):
            return rule.says, ""
        return ("(not in the lexicon now)" if name.startswith("cue.") else ""), ""


@dataclass
class Extracted:
    """The extractions of a workspace, one after the other; how many, and what cannot be read."""

    annotations: Path
    count: int = 0
    faults: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Extraction]:
        """Each extraction with what was imported for its article."""
        from pipeline.dataset.articles import read_each_extracted

        for extraction in read_each_extracted(self.annotations, on_fault=self.faults.append):
            self.count += 1
            yield extraction


def read_words(models: Path | None) -> Words:
    """What the lexicons of a workspace say of cues and rules.

    Raises:
        LexiconError: a file of the lexicons is wrong.
    """
    from pipeline.lexicon.cues import read_cues
    from pipeline.lexicon.folder import models_folders
    from pipeline.lexicon.rules import read_rules

    folders = models_folders(models)
    return Words({one.id: one for one in read_cues(folders)}, read_rules(folders))


def take(extracted: Extracted, annotations: Path, gold: Path | None, models: Path | None) -> Ledger:
    """The ledger; extractions are held in memory only where gold is to be compared with them."""
    from pipeline.dataset.ledger import LEDGER, read_decisions
    from pipeline.lessons.outcomes import judge_claims
    from pipeline.lessons.tally import take_ledger

    found = tuple(extracted) if gold is not None else extracted
    judged = judge_claims(read_decisions(annotations / LEDGER))
    answers = _judge_gold(gold, found, models) if isinstance(found, tuple) else ()
    return take_ledger(found, judged, answers)


def _judge_gold(
    gold: Path | None, extracted: tuple[Extraction, ...], models: Path | None
) -> Iterator[Judgement]:
    """Judgements by gold; an article that is not extracted with gold's text is extracted now."""
    from pipeline.cli.evaluate import _extract, _read
    from pipeline.evaluation.by_cue import judge_by_gold
    from pipeline.evaluation.evaluate import evaluate_extractions

    if gold is None:
        return
    answers = _read(gold)
    texts = {answer.article: answer.text for answer in answers}
    ready = [one for one in extracted if texts.get(one.article) == one.text]
    done = {one.article for one in ready}
    missing = [answer for answer in answers if answer.article not in done]
    fresh = _extract(missing, models) if missing else ()
    evaluation = evaluate_extractions(answers, chain(ready, fresh), samples=1)
    yield from judge_by_gold(evaluation.articles)


def bound_of(ledger: Ledger, below: float | None) -> float:
    """The precision below which a row is suspect: the one that was said, or that of all claims."""
    rate = ledger.corpus.judged.rate
    return below if below is not None else rate if rate is not None else 0.0
