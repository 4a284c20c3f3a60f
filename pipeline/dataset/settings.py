"""How a workspace is reviewed: ``annotations/review.toml``, which its people share."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.dataset.records import Order, Rule
from pipeline.errors import PipelineError, SettingError
from pipeline.guarded.source import Source
from pipeline.guarded.texts import read_text
from pipeline.guarded.tomls import line_of_key, parse_toml

FILE = "review.toml"
SAMPLE = 0.1
_WANTED: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "project": (lambda it: isinstance(it, str) and len(it) >= 3, "a title of 3 letters or more"),
    "reviewers": (lambda it: type(it) is int and it >= 1, "a number from 1 on"),
    "rule": (lambda it: it in tuple(Rule), f"one of {', '.join(Rule)}"),
    "order": (lambda it: it in tuple(Order), f"one of {', '.join(Order)}"),
    "sample": (lambda it: type(it) in (int, float) and 0 <= it <= 1, "a share from 0 to 1"),
}


@dataclass(frozen=True, slots=True)
class ReviewSettings:
    """The title of the project on servers, how many must see each claim, what is verified.

    ``reviewers`` is None where nobody said: then it is what the project on the server has, or 1.
    ``order`` is that of the queue, ``sample`` the share of all passages that are mixed into it.
    """

    project: str = "Claims"
    reviewers: int | None = None
    rule: Rule = Rule.MAJORITY
    order: Order = Order.RISK
    sample: float = SAMPLE

    def but(
        self,
        *,
        project: str | None = None,
        reviewers: int | None = None,
        rule: Rule | None = None,
        order: Order | None = None,
        sample: float | None = None,
    ) -> ReviewSettings:
        """The same with what was said instead; None where nothing was."""
        return ReviewSettings(
            project=self.project if project is None else project,
            reviewers=self.reviewers if reviewers is None else reviewers,
            rule=self.rule if rule is None else rule,
            order=self.order if order is None else order,
            sample=self.sample if sample is None else sample,
        )


def read_review_settings(annotations: Path) -> ReviewSettings:
    """The settings in ``annotations/review.toml``; the usual ones where there is no such file.

    Raises:
        SettingError: it is not TOML, or has an unknown key or a wrong value.
    """
    path = annotations / FILE
    if not os.path.lexists(path):
        return ReviewSettings()
    text = read_text(path, source := Source(str(path), SettingError))
    values = parse_toml(text, source)

    def wrong(key: str, what: str) -> PipelineError:
        return source.fault(what, line=line_of_key(text, key))

    if unknown := sorted(values.keys() - _WANTED.keys()):
        raise wrong(unknown[0], f"unknown key {unknown[0]!r}; known are {', '.join(_WANTED)}")
    for key, value in values.items():
        fits, what = _WANTED[key]
        if not fits(value):
            raise wrong(key, f"{key} is {what}, not {value!r:.60}")
    made = {"rule": Rule, "order": Order, "sample": float}
    return ReviewSettings().but(**{key: made.get(key, _same)(one) for key, one in values.items()})


def _same(value: Any) -> Any:
    return value
