"""Hand-made statements and claims for the tests of networks and of what is written of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.concepts.statements import Statement, statements
from pipeline.export.gather import Gathered
from pipeline.networks.discourse import Discourse, read_discourse
from pipeline.records import Stance

STANCES = {"+": Stance.SUPPORT, "-": Stance.OPPOSE, "0": Stance.NEUTRAL}

# Actor, concept, stance, article, date. The weights that follow from them are worked out by hand
# in the tests.
TEN = (
    "A ban + one 2024-01-02",
    "A ban + one 2024-01-02",
    "A ban + two 2024-01-20",
    "A tax - two 2024-01-20",
    "B ban + one 2024-01-02",
    "B tax + three 2024-02-10",
    "C ban - three 2024-02-10",
    "C ban + four 2024-03-05",
    "C quota + four 2024-03-05",
    "D quota + five 2025-01-15",
)


def claim(line: str, **holder: Any) -> dict[str, Any]:
    """A record as an enriched export has it, by a line as in ``TEN``; - for what is not there."""
    actor, concept, stance, article, date = (*line.split(), "-")[:5]
    value = STANCES[stance].value
    label = {"id": f"concept.{concept}", "label": concept, "stance": value, "turned": False}
    return {
        "id": f"{article}-{actor}-{concept}",
        "article": article,
        "metadata": {} if date == "-" else {"date": date},
        "holder": {
            "text": actor, "entity": f"org:{actor}", "name": actor, "kind": "organisation",
            "country": None, **holder,
        },
        "stance": value,
        "concepts": [] if concept == "-" else [label],
    }  # fmt: skip


def named(actor: str, concept: str, stance: str = "+", date: str = "2024-05-31") -> dict[str, Any]:
    """A record of an actor and a concept that are called so."""
    record = claim(f"a c {stance} one {date}", name=actor)
    record["concepts"][0]["label"] = concept
    return record


def stated(lines: Iterable[str]) -> Iterator[Statement]:
    return statements(map(claim, lines))


def discourse_of(lines: Iterable[str] = TEN) -> Discourse:
    return read_discourse(stated(lines))


def gathered_of(records: Iterable[dict[str, Any]]) -> Gathered:
    kept = list(records)
    return Gathered(claims=lambda: iter(kept), count=len(kept), articles={})


def ten() -> Gathered:
    return gathered_of(map(claim, TEN))
