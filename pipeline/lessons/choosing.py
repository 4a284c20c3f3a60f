"""Which rows of the rule ledger are wanted, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from pipeline.errors import SettingError
from pipeline.evaluation.by_cue import family_of
from pipeline.lessons.kinds import Kind, Order
from pipeline.lessons.outcomes import Outcome
from pipeline.lessons.tally import Tally

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: of a family, with ids that are one of ``ids`` or begin so, judged so often."""

    ids: tuple[str, ...] = ()
    family: str | None = None
    fewest: int = 0
    kinds: frozenset[Kind] = frozenset(Kind)

    def takes(self, row: Tally) -> bool:
        """Whether the row is wanted."""
        return row.kind in self.kinds and row.judged.total >= self.fewest and self.takes_id(row.id)

    def takes_id(self, identifier: str) -> bool:
        """Whether the id is of the family and begins as is wanted."""
        family = self.family in (None, family_of(identifier))
        return family and (not self.ids or any(begins(identifier, one) for one in self.ids))


def begins(identifier: str, wanted: str) -> bool:
    """Whether an id is the wanted one, or has it as its first parts.

    >>> begins("cue.warn.warn-of", "cue.warn"), begins("cue.warning.x", "cue.warn")
    (True, False)
    """
    return identifier == wanted or identifier.startswith(f"{wanted.rstrip('.*')}.")


def refuse_unknown_ids(wanted: Iterable[str], known: Iterable[str]) -> None:
    """Pass where each is the id of a cue or rule, or the beginning of one.

    Raises:
        SettingError: naming the one that is none, with the nearest.
    """
    names = sorted(set(known))
    for one in wanted:
        if not any(begins(name, one) for name in names):
            near = ", ".join(get_close_matches(one, names, n=_SHOWN)) or "none is near"
            raise SettingError(f"there is no cue or rule {one!r:.80}; the nearest are: {near}")


def ordered(rows: Sequence[Tally], order: Order, *, backwards: bool = False) -> tuple[Tally, ...]:
    """The rows in that order; those that have no such figure come last either way.

    Of rows that are alike the earlier one stays before the other.
    """
    keyed = [(_key_of(row, order), row) for row in rows]
    having = [(key, row) for key, row in keyed if key is not None]
    having.sort(key=lambda pair: pair[0], reverse=backwards)
    return tuple(row for _, row in having) + tuple(row for key, row in keyed if key is None)


def _key_of(row: Tally, order: Order) -> tuple[float | str, ...] | None:
    """What the row is ordered by; None where it has no such figure."""
    figures: dict[Order, float | None] = {
        Order.CLAIMS: -row.matches,
        Order.SHOWN: -row.shown,
        Order.ACCEPTED: -row.outcomes.get(Outcome.ACCEPTED, 0),
        Order.CORRECTED: -row.corrected,
        Order.REJECTED: -row.outcomes.get(Outcome.REJECTED, 0),
        Order.PRECISION: row.judged.rate,
        Order.HIGH: row.interval.high if row.judged.total else None,
        Order.TREND: row.trend.change.high if row.trend else None,
    }
    if order is Order.ID:
        return (row.id,)
    figure = figures[order]
    return None if figure is None else (figure,)
