"""Which actors and concepts a figure shows by name, and where all others are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.concepts.statements import Statement
from pipeline.report.tally import NO_CONCEPT, UNRESOLVED, Tally, actor_of
from pipeline.report.words import counted

OTHERS = "\0others"
"""The line or column of all that have none of their own."""

MOST_ACTORS, MOST_CONCEPTS = 30, 16


@dataclass(frozen=True, slots=True)
class Ranks:
    """The lines and columns of the figures: keys, the most active first, then what is joined.

    ``other_actors`` and ``other_concepts`` say how many are counted together.
    """

    actors: tuple[str, ...]
    concepts: tuple[str, ...]
    names: Mapping[str, str]
    labels: Mapping[str, str]
    other_actors: int = 0
    other_concepts: int = 0

    def row(self, actor: str) -> str:
        """The line in which an actor counts."""
        return actor if actor in self.names else OTHERS

    def column(self, concept: str) -> str:
        """The column in which a concept counts."""
        return concept if concept in self.labels else OTHERS

    def place(self, statement: Statement) -> tuple[str, str]:
        """The line and column of a statement."""
        concept = statement.concept or NO_CONCEPT
        return self.row(actor_of(statement)), self.column(concept)

    def anchor(self, actor: str, concept: str | None = None) -> str:
        """The name of the place on the page with the sentences of a line, or of one cell."""
        line = f"actor-{self.actors.index(actor) + 1}"
        return line if concept is None else f"{line}-on-{self.concepts.index(concept) + 1}"

    @property
    def own_actors(self) -> tuple[str, ...]:
        """The actors that somebody has resolved and that have a line of their own."""
        return tuple(one for one in self.actors if one not in (OTHERS, UNRESOLVED))

    @property
    def own_concepts(self) -> tuple[str, ...]:
        """The concepts with a column of their own."""
        return tuple(one for one in self.concepts if one not in (OTHERS, NO_CONCEPT))


def rank(tally: Tally, *, actors: int = MOST_ACTORS, concepts: int = MOST_CONCEPTS) -> Ranks:
    """The lines and columns, those with most statements on concepts first.

    Of actors with as many, those come together who speak on the same concept.
    """
    on_concepts: Counter[str] = Counter()
    by_concept: Counter[str] = Counter()
    for (actor, concept), counts in tally.pairs.items():
        by_concept[concept] += counts.total
        on_concepts[actor] += counts.total if concept != NO_CONCEPT else 0
    often = {concept: (-total,) for concept, total in by_concept.items()}
    labels, more_concepts = _first(often, NO_CONCEPT, concepts, tally.label)
    columns = {concept: number for number, concept in enumerate(labels)}
    leading = dict.fromkeys(tally.actors, len(columns))
    for actor, concept in tally.pairs:
        leading[actor] = min(leading[actor], columns.get(concept, len(columns)))
    order = {
        actor: (-on_concepts[actor], leading[actor], -counts.total)
        for actor, counts in tally.actors.items()
    }
    names, more_actors = _first(order, UNRESOLVED, actors, tally.name)
    if more_actors:
        names = _before_last(names, UNRESOLVED, counted(more_actors, "other actor"))
    if more_concepts:
        labels = _before_last(labels, NO_CONCEPT, counted(more_concepts, "other concept"))
    return Ranks(tuple(names), tuple(labels), names, labels, more_actors, more_concepts)


def _first(
    order: Mapping[str, tuple[int, ...]], nobody: str, most: int, name: Callable[[str], str]
) -> tuple[dict[str, str], int]:
    """The names of the first keys in their order, ``nobody`` last; how many are left over."""
    every = [key for key in order if key != nobody]
    every.sort(key=lambda key: (order[key], name(key), key))
    shown = {key: name(key) for key in every[:most]}
    if nobody in order:
        shown[nobody] = name(nobody)
    return shown, len(every) - min(most, len(every))


def _before_last(shown: dict[str, str], last: str, name: str) -> dict[str, str]:
    """The names with that of all others behind the weightiest."""
    tail = {last: shown.pop(last)} if last in shown else {}
    return {**shown, OTHERS: name, **tail}
