"""What a workspace's ledger teaches, and the file in which it is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from pipeline.dataset.ledger import LEDGER, read_decisions
from pipeline.dataset.records import Rule
from pipeline.errors import LexiconError
from pipeline.files import write_text_atomically
from pipeline.guarded.files import read_bytes
from pipeline.guarded.source import Source
from pipeline.language.provenance import reader_sha256
from pipeline.learning.split import fold_of
from pipeline.lexicon.lesson import FILE, Lesson, digest, to_record
from pipeline.records import Extraction
from pipeline.review.work import Workspace
from pipeline.teaching.decided import Decided
from pipeline.teaching.gather import gather
from pipeline.teaching.lessons import Learned, learn
from pipeline.teaching.study import open_study

LEAST_DECISIONS, LEAST_ARTICLES = 50, 8
_HEAD = """\
# What the decisions of this workspace taught: written by `claims learn`, taken away by
# `claims learn --reset`. It is laid over the judge, and over the reader in the profile `full`;
# docs/learning.md says what it holds. Do not edit it: its numbers are hashed.
"""


@dataclass(frozen=True, slots=True)
class TooFew:
    """There is too little to learn of: so many decisions in so many articles."""

    decisions: int
    articles: int


def learn_workspace(
    workspace: Workspace,
    articles: Mapping[str, Extraction],
    *,
    profile: str,
    rule: Rule,
    models: Path | None = None,
) -> Learned | TooFew:
    """What the decisions on the articles teach the profile; nothing is written."""
    found = gather(workspace.decisions(articles), articles, rule=rule)
    decisions = sum(one.decisions for one in found)
    folds = {fold_of(one.gold.article) for one in found}
    if decisions < LEAST_DECISIONS or len(found) < LEAST_ARTICLES or len(folds) < 2:
        return TooFew(decisions, len(found))
    study = open_study(profile, models)
    learned = learn(list(study.read(found)), study, profile)
    if learned.lesson is None:
        return learned
    return replace(learned, lesson=_named(learned, found, workspace.annotations / LEDGER))


def _named(learned: Learned, found: Sequence[Decided], ledger: Path) -> Lesson | None:
    """The lesson with what it was learned of, and how well it does."""
    if learned.lesson is None:
        return None
    low, high = learned.interval
    return replace(
        learned.lesson,
        reader_sha256=reader_sha256(learned.lesson.profile),
        made={
            "decisions": sum(one.decisions for one in found),
            "passages": sum(len(one.passages) for one in found),
            "articles": len(found),
            "ledger_lines": len(read_decisions(ledger)),
            "ledger_sha256": _ledger_sha256(ledger),
        },
        figures={
            "f1_before": round(learned.before.f1, 4),
            "f1_after": round(learned.after.f1, 4),
            "difference_low": round(low, 4),
            "difference_high": round(high, 4),
            "calibration_before": round(learned.before.error, 4),
            "calibration_after": round(learned.after.error, 4),
        },
    )


def _ledger_sha256(ledger: Path) -> str:
    data = read_bytes(ledger, Source(str(ledger), LexiconError))
    return hashlib.sha256(data).hexdigest()


def write_lesson(folder: Path, lesson: Lesson) -> Path:
    """The file of the folder that has the lesson now; the folder is made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    record = {**to_record(lesson), "sha256": digest(lesson)}
    text = yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=1_000_000)
    path = folder / FILE
    write_text_atomically(path, _HEAD + text)
    return path


def decided_since(workspace: Workspace, lesson: Lesson) -> int:
    """How many lines the ledger has beyond those that the lesson was learned of."""
    return len(read_decisions(workspace.ledger)) - int(lesson.made.get("ledger_lines", 0))
