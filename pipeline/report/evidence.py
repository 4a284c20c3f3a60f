"""The sentences behind the figures, in a second pass over the claims: some of each cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.concepts.statements import Statement, statements
from pipeline.records import Stance
from pipeline.report.marking import Piece, cut_sentence
from pipeline.report.periods import Periods
from pipeline.report.ranks import Ranks
from pipeline.report.tally import date_of
from pipeline.report.words import one_line

Record = Mapping[str, Any]
MOST_SENTENCES = 800
"""How many sentences the page holds in all, about."""
MOST_A_CELL = 12
A_PERIOD = 3
"""How many claims of each period have a sentence on the page at least."""


@dataclass(frozen=True, slots=True)
class Item:
    """A claim with its sentence, as a list shows it; ``anchor`` is its place's name on the page."""

    anchor: str
    claim: str
    article: str
    title: str
    date: str
    stance: Stance
    holder: str
    target: str
    pieces: tuple[Piece, ...]
    flags: tuple[str, ...] = ()


@dataclass(slots=True)
class Evidence:
    """The sentences by cell and by period; ``total`` counts all of a cell.

    ``asked`` are those of the claims and concepts that were asked for, ``articles`` the records of
    the articles that were.
    """

    cells: dict[tuple[str, str], list[Item]] = field(default_factory=lambda: defaultdict(list))
    total: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_period: dict[str, list[Item]] = field(default_factory=lambda: defaultdict(list))
    asked: dict[tuple[str, str], Item] = field(default_factory=dict)
    articles: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))


def gather_evidence(
    records: Iterable[Record],
    ranks: Ranks,
    periods: Periods,
    *,
    claims: Collection[tuple[str, str]] = (),
    articles: Collection[str] = (),
) -> Evidence:
    """The first sentences of each cell and period, and those of the ``claims`` and concepts named.

    The whole records of the ``articles`` named come with them; no other record is kept.
    """
    found = Evidence()
    cells = max(1, len(ranks.actors) * len(ranks.concepts))
    most = max(2, min(MOST_A_CELL, MOST_SENTENCES // cells))
    for record in records:
        if record["article"] in articles:
            found.articles[record["article"]].append(record)
        period = periods.key(date_of(record))
        wanted = period is not None and len(found.by_period[period]) < A_PERIOD
        for statement in statements([record]):
            place = ranks.place(statement)
            found.total[place] += 1
            if len(found.cells[place]) < most or wanted:
                anchor = f"{ranks.anchor(*place)}-{len(found.cells[place]) + 1}"
                item = to_item(record, statement, anchor)
                found.cells[place].append(item)
                if wanted and period is not None:
                    found.by_period[period].append(item)
                    wanted = False
            if (asked := (record["id"], statement.concept or "")) in claims:
                found.asked.setdefault(asked, to_item(record, statement, ""))
    return found


def to_item(record: Record, statement: Statement, anchor: str) -> Item:
    """The claim with its sentence marked, and with the stance to the concept."""
    metadata = record["metadata"]
    return Item(
        anchor=anchor,
        claim=record["id"],
        article=record["article"],
        title=one_line(metadata.get("title") or record["article"]),
        date=date_of(record),
        stance=statement.stance,
        holder=one_line(statement.actor_name),
        target=target_of(record),
        pieces=tuple(cut_sentence(record)),
        flags=flags_of(record),
    )


def target_of(record: Record) -> str:
    """How the target reads alone; empty where the text leaves it to an earlier sentence."""
    target = record.get("target")
    return one_line(record.get("target_reads") or (target["text"] if target else ""))


def flags_of(record: Record) -> tuple[str, ...]:
    """What else is to be known of a claim, in words."""
    flags = [name for name in ("negated", "hedged") if record[name]]
    if source := record.get("attribution"):
        flags.append(f"reported by {one_line(source.get('name') or source['text'])}")
    return tuple(flags)
