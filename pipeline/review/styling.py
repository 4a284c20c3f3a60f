"""The style sheet of one task: numbers on its spans, and a line joined with its spans by a frame.

The screen shows it as it is, markup and all; so nothing of a text or of a name is in it, only
numbers and ids of ours.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_SAFE = re.compile(r"[a-z0-9-]+", re.ASCII)
_SWITCHES = (
    '<div class="switches">'
    '<details id="arrows"><summary>arrows</summary></details>'
    '<details id="panels"><summary>panels</summary></details>'
    "</div>"
)


_KEPT = ":is([data-label$=':supports'],[data-label$=':opposes'],[data-label$=':neutral'])"
"""A line whose label rejects shows that, and its reason."""
_CHIP = "content:'✗ not a claim'"


@dataclass(frozen=True, slots=True)
class LineStyle:
    """A line of the list: its number, the id of its region, those of its claim's spans."""

    number: int
    id: str
    regions: tuple[str, ...]


def style_of(lines: Sequence[LineStyle]) -> str:
    """The markup of a task: its style sheet, and the two switches beside the heading.

    Raises:
        ValueError: where an id is none that we make.
    """
    for name in (name for line in lines for name in (line.id, *line.regions)):
        if not _SAFE.fullmatch(name):
            raise ValueError(f"no id of a region: {name!r}")
    rules = [*_numbers(lines), *(rule for line in lines for rule in _rules_of(line))]
    return f"<style>{''.join(rules)}</style>{_SWITCHES}"


def _rules_of(line: LineStyle) -> Iterator[str]:
    own, spans = _class(line.id), f":is({','.join(map(_class, line.regions))})"
    ticked = f"body:has(.rejects .lsf-choice:nth-child({line.number}) .ant-checkbox-checked)"
    yield f"{ticked} .lines {own}{{--struck:line-through;--ink:.55}}"
    yield f"{ticked} .lines {own}{_KEPT}::after{{display:inline-block!important;{_CHIP}}}"
    chosen = ":is(.__active,.__hovered,:hover)"
    yield f"body:has(.lines {own}{chosen}) .passage {spans}{{outline:3px solid var(--frame)}}"
    yield f"body:has(.passage {spans}{chosen}) .lines {own}{{outline:3px solid var(--frame)}}"


def _numbers(lines: Iterable[LineStyle]) -> Iterator[str]:
    for region, numbers in _numbers_by_region(lines).items():
        yield f".passage {_class(region)}{{--n:'{in_short(numbers)}'}}"


def _numbers_by_region(lines: Iterable[LineStyle]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        for region in line.regions:
            found[region].append(line.number)
    return found


def _class(region: str) -> str:
    return f'[class*="htx-highlight-{region}-"]'


def in_short(numbers: Sequence[int]) -> str:
    """Numbers in ascending order as a reader writes them.

    >>> in_short([1, 2, 3, 5, 8, 9])
    '1–3 5 8 9'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return " ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else " ".join(map(str, run)) for run in runs
    )
