"""What a report counts, in one pass over the claims, so that large datasets need not be held."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.concepts.statements import Statement, statements
from pipeline.dataset.census import is_nobody
from pipeline.records import Stance
from pipeline.report.counts import Counts
from pipeline.report.words import one_line

Record = Mapping[str, Any]
UNRESOLVED = ""
"""The actor of a claim whose holder nobody has resolved."""
NO_CONCEPT = ""
"""The concept of a claim whose target no concept takes."""

Pair = tuple[str, str]


@dataclass(slots=True)
class Tally:
    """The counts of all claims.

    ``pairs`` are statements by actor and concept, ``actors`` claims by actor, ``dates`` claims by
    the date of their article, empty where it has none. ``positions`` are the stances and the claim
    first met with each, by actor and concept and then by date.
    """

    claims: int = 0
    statements: int = 0
    mapped: int = 0
    stances: Counts = field(default_factory=Counts)
    forms: Counter[str] = field(default_factory=Counter)
    pairs: dict[Pair, Counts] = field(default_factory=lambda: defaultdict(Counts))
    actors: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    dates: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    articles: Counter[str] = field(default_factory=Counter)
    labels: dict[str, str] = field(default_factory=dict)
    positions: dict[Pair, dict[str, dict[Stance, str]]] = field(default_factory=dict)
    spelt: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def name(self, actor: str) -> str:
        """What the actor is called most often; of two as common, the longer."""
        if actor == UNRESOLVED:
            return "Unresolved holders"
        found = self.spelt[actor].items()
        return max(found, key=lambda one: (one[1], len(one[0]), one[0]))[0]

    def label(self, concept: str) -> str:
        """What the concept is called."""
        return "No concept" if concept == NO_CONCEPT else self.labels[concept]


def tally_claims(records: Iterable[Record]) -> Tally:
    """The counts of the claims; each record is read once and not kept."""
    found = Tally()
    for record in records:
        made = list(statements([record]))
        _count_claim(found, record, actor_of(made[0]))
        for statement in made:
            _count_statement(found, statement)
    return found


def actor_of(statement: Statement) -> str:
    """The key of the statement's actor, ``UNRESOLVED`` where nobody knows who it is."""
    actor = statement.actor
    return UNRESOLVED if actor is None or is_nobody(actor) else actor


def date_of(record: Record) -> str:
    """The date of the claim's article, as ``2024-05-31``, ``2024-05`` or ``2024``, or empty."""
    return one_line(record["metadata"].get("date"), 10)


def _count_claim(found: Tally, record: Record, actor: str) -> None:
    stance = Stance(record["stance"])
    found.claims += 1
    found.stances.add(stance)
    found.actors[actor].add(stance)
    found.forms[record["form"]] += 1
    found.dates[date_of(record)].add(stance)
    found.articles[record["article"]] += 1


def _count_statement(found: Tally, statement: Statement) -> None:
    actor, concept = actor_of(statement), statement.concept or NO_CONCEPT
    found.statements += 1
    found.mapped += concept != NO_CONCEPT
    found.pairs[actor, concept].add(statement.stance)
    if actor != UNRESOLVED:
        found.spelt[actor][_name_of(statement, actor)] += 1
    if concept != NO_CONCEPT:
        found.labels.setdefault(concept, one_line(statement.concept_label) or concept)
        if actor != UNRESOLVED and statement.date and statement.stance is not Stance.NEUTRAL:
            stances = found.positions.setdefault((actor, concept), {})
            stances.setdefault(date_of(statement.record), {}).setdefault(
                statement.stance, statement.claim
            )


def _name_of(statement: Statement, actor: str) -> str:
    """The name that the record has; of an older record without, what the id says."""
    if name := statement.record["holder"].get("name"):
        return one_line(name)
    return one_line(actor.partition(":")[2].replace("-", " ")) or one_line(actor)
