"""Whether "he" or "she" fits somebody, by titles and given names.

Nobody is left out for a name that is in neither list. Source: codebook §2.8.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extraction.coreference.context import Context, Named


class Sexes:
    """The persons of a doc who are told to be men or women."""

    def __init__(self, context: Context) -> None:
        self.context = context

    @cached_property
    def men(self) -> frozenset[str]:
        """The entities of those whom a title or a given name tells to be men."""
        reference = self.context.reference
        return self._told(reference.titles_of_men, reference.names_of_men)

    @cached_property
    def women(self) -> frozenset[str]:
        """The entities of those whom a title or a given name tells to be women."""
        reference = self.context.reference
        return self._told(reference.titles_of_women, reference.names_of_women)

    def _told(self, titles: frozenset[str], names: frozenset[str]) -> frozenset[str]:
        return frozenset(
            item.entity
            for item in self.context.named
            if _has_title(item, titles) or _given_name(item) in names
        )


def _has_title(item: Named, titles: frozenset[str]) -> bool:
    """Whether one of the titles stands right before the name."""
    start = item.span.start
    return start > 0 and item.span.doc[start - 1].lower_.rstrip(".") in titles


def _given_name(item: Named) -> str:
    """The first word of the name that the entity's id was made of, where it has several."""
    first, _, rest = item.entity.partition(":")[2].partition("-")
    return first if rest else ""
