"""How a workspace is reviewed: ``annotations/review.toml``, which its people share."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pipeline.dataset.records import Rule
from pipeline.errors import SettingError

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
    if not path.exists():
        return ReviewSettings()
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{path}: not valid TOML: {error}") from error
    if unknown := sorted(values.keys() - set(_KEYS.split(", "))):
        raise SettingError(f"{path}: unknown key {unknown[0]!r}; known are {_KEYS}")
    project, reviewers, rule = (values.get(key) for key in ("project", "reviewers", "rule"))
    if project is not None and not (isinstance(project, str) and len(project) >= 3):
        raise SettingError(f"{path}: project is a title of 3 letters or more, not {project!r}")
    if reviewers is not None and not (type(reviewers) is int and reviewers >= 1):
        raise SettingError(f"{path}: reviewers is a number from 1 on, not {reviewers!r}")
    if rule is not None and rule not in tuple(Rule):
        known = ", ".join(Rule)
        raise SettingError(f"{path}: rule is one of {known}, not {rule!r}")
    return ReviewSettings().but(
        project=project, reviewers=reviewers, rule=Rule(rule) if rule is not None else None
    )
