"""The words by which a file tells what it says of itself, as whoever adds files gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

COLUMN, LABEL = "column.", "label."
BYLINE, NO_NAME, ROLE, UNKNOWN = "byline", "no-name", "role", "unknown"

_BETWEEN = re.compile(r"[\s_-]+")


def plain_name(name: str) -> str:
    """The name of a column without what people write in many ways.

    >>> plain_name(" Publication-Date ")
    'publication_date'
    """
    return _BETWEEN.sub("_", name.strip("\ufeff \t\n").lower())


@dataclass(frozen=True, slots=True)
class IntakeWords:
    """Forms by the names of their lists; none where nothing but the plain names is looked for."""

    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def forms(self, name: str) -> tuple[str, ...]:
        """The forms of a list, in its order; empty where there is none of that name."""
        return self.lists.get(name, ())

    def of_label(self, label: str) -> str | None:
        """The field that a label before a colon announces."""
        plain = " ".join(label.lower().split())
        names = (name for name, forms in self.lists.items() if plain in forms)
        return next((name.removeprefix(LABEL) for name in names if name.startswith(LABEL)), None)


NO_WORDS = IntakeWords()
"""Words that recognise columns by the plain names of the fields alone."""
