"""Statements: what networks and tables count, one for each claim and concept of its target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.records import Stance

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """An actor's stance on a concept, as one claim of one article has it.

    ``actor`` is the entity's id, ``actor_name`` what people call it. Where nobody has resolved the
    holder ``actor`` is None and ``actor_name`` its words in the text. ``concept`` is None where no
    concept takes the target; ``stance`` is that to the concept, turned round where the concept's
    pattern says so, else that to the target. ``record`` is the claim's whole record.
    """

    claim: str
    article: str
    date: str | None
    actor: str | None
    actor_name: str
    kind: str
    country: str | None
    concept: str | None
    concept_label: str
    stance: Stance
    record: Record = field(repr=False, compare=False, default_factory=dict)


def statements(records: Iterable[Record]) -> Iterator[Statement]:
    """The statements of claims in their order; a claim without a concept gives one without."""
    for record in records:
        holder = record["holder"]
        concepts = record.get("concepts") or [{"id": None, "label": "", "stance": record["stance"]}]
        for concept in concepts:
            yield Statement(
                claim=record["id"],
                article=record["article"],
                date=record["metadata"].get("date"),
                actor=holder["entity"],
                actor_name=holder.get("name") or holder["text"],
                kind=holder.get("kind") or "",
                country=holder.get("country"),
                concept=concept["id"],
                concept_label=concept["label"],
                stance=Stance(concept["stance"]),
                record=record,
            )
