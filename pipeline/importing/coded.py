"""Decisions that were coded in Discourse Network Analyzer, taken into the ledger."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.dataset.articles import read_good_articles
from pipeline.dataset.ledger import LEDGER, append_decisions, read_decisions
from pipeline.dataset.records import Rule
from pipeline.export.dna_import import known_records, read_coded


@dataclass(frozen=True, slots=True)
class CodedReport:
    """How many decisions a file brought, how many claims it left as they were, and what it says.

    ``not_taken`` are sentences with file and statement. ``recoded`` are the targets that were given
    another concept, each with the command that does so here: a concept is no part of a decision.
    """

    decisions: int
    unchanged: int
    not_taken: tuple[str, ...]
    recoded: tuple[str, ...] = ()


def import_coded(
    corpus: Path,
    annotations: Path,
    path: Path,
    *,
    rule: Rule,
    reviewer: str,
    confirm: bool = False,
    dry_run: bool = False,
) -> CodedReport:
    """What a coder changed in a ``.dna`` file that was exported here, as decisions in the ledger.

    ``confirm`` takes what was left as it was for accepted. Given again, nothing comes twice.

    Raises:
        RecordError: the file is no database of DNA 3.
    """
    articles, _ = read_good_articles(corpus, annotations)
    ledger = read_decisions(annotations / LEDGER)
    coded = read_coded(
        path,
        records=known_records(corpus, annotations, rule),
        articles=articles,
        ledger=ledger,
        reviewer=reviewer,
        decided_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        confirm=confirm,
    )
    if coded.decisions and not dry_run:
        append_decisions(annotations / LEDGER, coded.decisions)
    recoded = tuple(
        f"claim {one.claim}: its target has the concept {one.concept!r} there; to have it here: "
        f"claims concepts assign {shlex.quote(one.target)} {shlex.quote(one.concept)}"
        for one in coded.recoded
    )
    return CodedReport(len(coded.decisions), coded.unchanged, tuple(coded.not_taken), recoded)
