"""How a workspace is reviewed: ``annotations/review.toml``, which its people share."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pipeline.dataset.records import Rule
from pipeline.errors import PipelineError, SettingError
from pipeline.guarded.source import Source
from pipeline.guarded.texts import read_text
from pipeline.guarded.tomls import line_of_key, parse_toml

FILE = "review.toml"
_KEYS = "project, reviewers, rule"


@dataclass(frozen=True, slots=True)
class ReviewSettings:
    """The title of the project on servers, how many must see each claim, what is verified.

    ``reviewers`` is None where nobody said: then it is what the project on the server has, or 1.
    """

    project: str = "Claims"
    reviewers: int | None = None
    rule: Rule = Rule.MAJORITY

    def but(
        self,
        *,
        project: str | None = None,
        reviewers: int | None = None,
        rule: Rule | None = None,
    ) -> ReviewSettings:
        """The same with what was said instead; None where nothing was."""
        return ReviewSettings(
            project=self.project if project is None else project,
            reviewers=self.reviewers if reviewers is None else reviewers,
            rule=self.rule if rule is None else rule,
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

    if unknown := sorted(values.keys() - set(_KEYS.split(", "))):
        raise wrong(unknown[0], f"unknown key {unknown[0]!r}; known are {_KEYS}")
    project, reviewers, rule = (values.get(key) for key in ("project", "reviewers", "rule"))
    if project is not None and not (isinstance(project, str) and len(project) >= 3):
        raise wrong("project", f"project is a title of 3 letters or more, not {project!r:.60}")
    if reviewers is not None and not (type(reviewers) is int and reviewers >= 1):
        raise wrong("reviewers", f"reviewers is a number from 1 on, not {reviewers!r:.60}")
    if rule is not None and rule not in tuple(Rule):
        raise wrong("rule", f"rule is one of {', '.join(Rule)}, not {rule!r:.60}")
    return ReviewSettings().but(
        project=project,
        reviewers=reviewers,
        rule=Rule(str(rule)) if rule is not None else None,
    )
