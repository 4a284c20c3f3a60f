"""How many claims each concept has, with which stances, and the targets that no concept takes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pipeline.concepts.unmapped import Group, Unmapped, group_unmapped
from pipeline.export.enriched import Enricher
from pipeline.export.gather import Gathered


@dataclass(slots=True)
class ConceptCount:
    """A concept with the stances of its claims to it, and the targets that it takes."""

    concept: str
    label: str
    stances: Counter[str] = field(default_factory=Counter)
    targets: Counter[str] = field(default_factory=Counter)

    @property
    def claims(self) -> int:
        """How many claims are about it."""
        return self.stances.total()


@dataclass(frozen=True, slots=True)
class ConceptCensus:
    """The concepts, the commonest first, and the groups of targets without one.

    ``claims`` counts the claims that have a target, ``mapped`` those of them that have a concept.
    """

    rows: tuple[ConceptCount, ...]
    groups: tuple[Group, ...]
    claims: int
    mapped: int


def take_concept_census(gathered: Gathered, enricher: Enricher) -> ConceptCensus:
    """The counts over claims that are gathered and not enriched yet."""
    rows: dict[str, ConceptCount] = {}
    left: list[Unmapped] = []
    claims = 0
    for record in map(enricher.enrich, gathered.claims()):
        if record["target"] is None:
            continue
        claims += 1
        for one in record["concepts"]:
            row = rows.setdefault(one["id"], ConceptCount(one["id"], one["label"]))
            row.stances[one["stance"]] += 1
            row.targets[record["target_reads"]] += 1
        if not record["concepts"]:
            words = (record["antecedent"] or record["target"])["text"]
            left.append(Unmapped(" ".join(words.split()), record["target_reads"],
                                 record["stance"], record["article"]))  # fmt: skip
    lexicon, names = enricher.mapper.lexicon, enricher.names.lexicon
    groups = group_unmapped(left, lexicon, lambda words: names.find(words) is not None)
    ordered = sorted(rows.values(), key=lambda row: (-row.claims, row.concept))
    return ConceptCensus(tuple(ordered), tuple(groups), claims, claims - len(left))
