"""Which of the machine's claims a filter takes, for verbs that show extractions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.cli.console import on_one_line, say
from pipeline.cli.filters import narrow
from pipeline.records import Extraction

if TYPE_CHECKING:
    from pipeline.export.filters import Filter
    from pipeline.export.gather import Gathered


def wanted_claims(
    extractions: Sequence[Extraction], annotations: Path, wanted: Filter
) -> dict[str, frozenset[str]]:
    """The ids of the wanted claims by article, which each has an entry; what is kept is said.

    Raises:
        SettingError: something is asked for that there is not.
    """
    from pipeline.export.enriched import enriched

    found = narrow(enriched(_gather(extractions, annotations), annotations=annotations), wanted)
    for line in found.notes:
        say(on_one_line(line))
    kept: dict[str, set[str]] = defaultdict(set)
    for record in found.claims():
        kept[record["article"]].add(record["id"])
    return {one.article: frozenset(kept[one.article]) for one in extractions}


def _gather(extractions: Sequence[Extraction], annotations: Path) -> Gathered:
    """The machine's claims, each with those who have decided on it."""
    from pipeline.dataset.ledger import LEDGER, read_decisions, standing_decisions
    from pipeline.export.gather import Gathered
    from pipeline.export.rows import machine_records

    reviewers: dict[str, list[str]] = defaultdict(list)
    for decision in standing_decisions(read_decisions(annotations / LEDGER)):
        reviewers[decision.claim].append(decision.reviewer)

    def claims() -> Iterator[dict[str, Any]]:
        for record in machine_records(extractions):
            yield {**record, "reviewers": reviewers.get(record["id"], [])}

    return Gathered(
        claims=claims,
        count=sum(len(one.claims) for one in extractions),
        articles={one.article: one for one in extractions},
    )
