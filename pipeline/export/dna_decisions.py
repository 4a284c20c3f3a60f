"""Decisions made of what was coded in DNA, and what they are made against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.dataset.lines import machine_from_json, with_id
from pipeline.dataset.reanchor import anchor_position
from pipeline.dataset.records import CODEBOOK, Decision, Origin, Position, Verdict
from pipeline.errors import RecordError
from pipeline.export.dna_coding import context_of, position_of
from pipeline.files import sha256_of_text
from pipeline.records import Extraction

Json = dict[str, Any]
SERVER = "dna"
"""What the origin of a decision that was coded in DNA has in the place of a server."""


@dataclass(frozen=True, slots=True)
class Recoded:
    """A target whose concept was changed in DNA; ``concept`` is our id or the name given there."""

    claim: str
    target: str
    concept: str


@dataclass(frozen=True)
class Reading:
    """What a file is read against, and what was found so far."""

    path: Path
    reviewer: str
    decided_at: str
    articles: Mapping[str, Extraction]
    ledger: Mapping[str, Decision]
    said: Mapping[tuple[str, str], Decision]
    confirm: bool
    ids: Mapping[str, str]
    decisions: dict[str, Decision] = field(default_factory=dict)
    not_taken: list[str] = field(default_factory=list)
    recoded: list[Recoded] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)

    def refuse(self, where: int | str, why: object) -> None:
        """Note what is not taken: a statement by its number, or something by its name."""
        place = f"statement {where}" if isinstance(where, int) else where
        self.not_taken.append(f"{self.path}: {place}: {why}")

    def mark(self, where: int | str) -> str:
        """What the origin of a decision names: the file and the statement or claim in it."""
        return f"{self.path.name}#{where}"

    @cached_property
    def marks(self) -> frozenset[str]:
        """The places of files that the reviewer's decisions so far were coded at."""
        own = (one.origin for one in self.said.values())
        return frozenset(one.annotation for one in own if one.server == SERVER)


def base_of(reading: Reading, record: Json) -> Decision | None:
    """The decision that a verified claim came from; None for the machine's claims."""
    names = record.get("decisions") or ()
    return next((reading.ledger[name] for name in names if name in reading.ledger), None)


def decide(
    reading: Reading,
    record: Json,
    article: Extraction | None,
    where: int | str,
    decided: Position | None,
) -> None:
    """Add the decision on a claim, unless the reviewer has said just that."""
    if article is None:
        reading.refuse(where, f"article {record['article']} is not in the corpus")
        return
    base, position = base_of(reading, record), position_of(record)
    shown: Position | None = position
    if base is not None:
        shown = base.shown and (_as_it_stands(base.shown, base, article) or position)
    verdict = Verdict.REJECTED if decided is None else Verdict.EDITED
    if decided is not None and shown is None:
        verdict = Verdict.ADDED
    elif decided == shown:
        verdict = Verdict.ACCEPTED
    machine = base.machine if base else machine_from_json(record.get("machine"))
    add_decision(
        reading,
        replace(
            blank_decision(reading, article, base.claim if base else record["id"], where),
            verdict=verdict,
            shown=shown,
            decided=decided,
            context=context_of(decided or position, article),
            machine=machine,
        ),
    )


def _as_it_stands(position: Position, base: Decision, article: Extraction) -> Position | None:
    found = anchor_position(position, base.context, decided_on=base.text_sha256, text=article.text)
    return found.position


def blank_decision(reading: Reading, article: Extraction, claim: str, where: int | str) -> Decision:
    """A decision on a claim that says nothing of it yet."""
    return Decision(
        verdict=Verdict.REJECTED,
        article=article.article,
        text_sha256=sha256_of_text(article.text),
        claim=claim,
        reviewer=reading.reviewer,
        decided_at=reading.decided_at,
        origin=Origin(
            server=SERVER,
            project=0,
            task=0,
            annotation=reading.mark(where),
            # Alone in its unit: who did not see the file has not voted against what it adds.
            unit=f"{SERVER}:{article.article}:{claim}",
        ),
        unit_claims=1,
        codebook=CODEBOOK,
    )


def add_decision(reading: Reading, decision: Decision) -> None:
    """Add a decision, unless the reviewer has said just that."""
    before = reading.said.get((decision.article, decision.claim))
    if before and (before.verdict, before.decided) == (decision.verdict, decision.decided):
        reading.unchanged.append(decision.claim)
        return
    made = with_id(decision)
    reading.decisions[made.id] = made


def article_of(reading: Reading, name: str) -> Extraction:
    """The article of that id; a ``RecordError`` where it cannot be read."""
    if name not in reading.articles:
        raise RecordError(f"article {name or '(none)'} is not in the corpus, or cannot be read")
    return reading.articles[name]
