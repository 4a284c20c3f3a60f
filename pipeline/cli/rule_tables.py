"""The rule ledger as a table, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.lessons.tally import Tally, Trend

_NONE = "–"
_DIGITS = 3
_COUNTS = ("shown", "accepted", "corrected", "rejected")
_LONGEST_ID, _LONGEST_WORDS, _SHORTEST_WORDS = 40, 40, 12
Words = Callable[[str], tuple[str, str]]
"""What is said of the row of an id: its words, or what it does, and the stance of a cue."""


def to_table(rows: Sequence[Tally], words: Words) -> Table:
    """The rows for a person; columns of decisions, and of trends, only where there are any.

    Words stand where there is room for them: without trends.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    decided, trends = any(row.shown for row in rows), any(row.trend for row in rows)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True)
    for name in ("claims", *(_COUNTS if decided else ())):
        table.add_column(name, justify="right", no_wrap=True)
    for name in ("precision", *(("trend",) if trends else ())):
        table.add_column(name, no_wrap=True)
    longest = max((len(row.id) for row in rows), default=0)
    table.add_column("cue or rule", no_wrap=True, min_width=min(longest, _LONGEST_ID))
    if not trends:
        table.add_column("words", overflow="fold", min_width=_SHORTEST_WORDS)
    for row in rows:
        counts = _counts_of(row) if decided else ()
        trend = (_trend_cell(row.trend),) if trends else ()
        said = () if trends else (_said_of(*words(row.id)),)
        cells = (str(row.matches), *counts, _precision_cell(row), *trend, row.id, *said)
        table.add_row(*map(Text, cells))
    return table


def _said_of(words: str, stance: str) -> str:
    """As in "reject (oppose)"; what a rule does is cut short."""
    short = words if len(words) <= _LONGEST_WORDS else f"{words[: _LONGEST_WORDS - 1]}…"
    return f"{short} ({stance})" if stance else short


def _counts_of(row: Tally) -> tuple[str, ...]:
    from pipeline.lessons.outcomes import CORRECTED, Outcome

    parts = "+".join(str(row.outcomes.get(one, 0)) for one in CORRECTED)
    return (
        str(row.shown or _NONE),
        str(row.outcomes.get(Outcome.ACCEPTED, 0) or _NONE),
        parts if row.corrected else _NONE,
        str(row.outcomes.get(Outcome.REJECTED, 0) or _NONE),
    )


def _precision_cell(row: Tally) -> str:
    """As in "0.83 (0.61–0.94)"."""
    if row.judged.rate is None:
        return _NONE
    return f"{row.judged.rate:.2f} ({row.interval.low:.2f}–{row.interval.high:.2f})"


def _trend_cell(trend: Trend | None) -> str:
    """As in "0.91→0.40 falls"; a steady one without the word."""
    from pipeline.lessons.tally import STEADY

    if trend is None or trend.before.rate is None or trend.late.rate is None:
        return _NONE
    said = "" if trend.says == STEADY else f" {trend.says}"
    return f"{trend.before.rate:.2f}→{trend.late.rate:.2f}{said}"


def to_record(row: Tally, *, of_all: bool = False) -> dict[str, Any]:
    """The figures of a row by their names, as they stand in JSON; that of all claims has no id."""
    from pipeline.lessons.outcomes import CORRECTED, Outcome

    judged = bool(row.judged.total)
    key = "rule" if row.kind == "rule" else "cue"
    named = {key: row.id, "kind": row.kind.value, "family": row.family}
    return {
        **({} if of_all else named),
        "claims": row.matches,
        "shown": row.shown,
        "accepted": row.outcomes.get(Outcome.ACCEPTED, 0),
        "corrected": row.corrected,
        **{f"corrected_{one}": row.outcomes.get(one, 0) for one in CORRECTED},
        "rejected": row.outcomes.get(Outcome.REJECTED, 0),
        "disputed": row.disputed,
        "judged": row.judged.total,
        "right": row.judged.right,
        "precision": row.judged.rate,
        "low": round(row.interval.low, _DIGITS) if judged else None,
        "high": round(row.interval.high, _DIGITS) if judged else None,
        "trend": _trend_record(row.trend),
        "reasons": dict(row.reasons),
    }


def _trend_record(trend: Trend | None) -> dict[str, Any] | None:
    if trend is None:
        return None
    return {
        "before": trend.before.rate,
        "before_judged": trend.before.total,
        "late": trend.late.rate,
        "late_judged": trend.late.total,
        "change_low": round(trend.change.low, _DIGITS),
        "change_high": round(trend.change.high, _DIGITS),
        "says": trend.says,
    }


def to_csv(rows: Sequence[Tally], words: Words) -> str:
    """A line a row, cues and rules in one table; what is not known is an empty cell."""
    from pipeline.export.formulas import harmless

    stream = io.StringIO(newline="")
    records = [_flat(row, words(row.id)) for row in rows]
    writer = csv.DictWriter(stream, fieldnames=_CSV_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for record in records:
        writer.writerow({key: harmless(_cell(value)) for key, value in record.items()})
    return stream.getvalue()


_CSV_COLUMNS = (
    "id", "kind", "family", "claims", "shown", "accepted", "corrected", "corrected_stance",
    "corrected_spans", "corrected_other", "rejected", "disputed", "judged", "right", "precision",
    "low", "high", "trend_before", "trend_late", "trend", "words", "stance",
)  # fmt: skip


def _flat(row: Tally, words: tuple[str, str]) -> dict[str, Any]:
    record = to_record(row)
    trend = record["trend"] or {}
    flat = {key: value for key, value in record.items() if key in _CSV_COLUMNS}
    return {
        "id": row.id,
        **flat,
        "trend_before": trend.get("before"),
        "trend_late": trend.get("late"),
        "trend": trend.get("says"),
        "words": words[0],
        "stance": words[1],
    }


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.{_DIGITS}f}" if isinstance(value, float) else str(value)
