"""How claims look on the screen: what entities are called, and whether there is a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.dataset.corrected import read_corrected
from pipeline.dataset.names import called, find_names
from pipeline.lexicon.entities import EntityLexicon, load_entities
from pipeline.records import Extraction
from pipeline.review.project import read_screen
from pipeline.review.wording import Naming

NamingOf = Callable[[Extraction], Naming]
"""What gives the names of an article's entities."""


def by_lexicon(lexicon: EntityLexicon, given: Mapping[str, str]) -> NamingOf:
    """Names as an analyst gave them, as the lexicon has them, as the article itself does."""

    def naming_of(article: Extraction) -> Naming:
        found = find_names([article], lexicon)
        return lambda entity: called(entity, lexicon, given, found)

    return naming_of


@dataclass(frozen=True, slots=True)
class Look:
    """How claims are shown: the names of entities, and whether the screen has the list."""

    naming: NamingOf = field(default=by_lexicon(EntityLexicon({}, {}), {}))
    listed: bool = True


LOOK = Look()
"""The list, with names as the article has them."""


def read_look(annotations: Path, models: Path | str | None = None) -> Look:
    """Names by the lexicon of ``models`` and the corrections in ``annotations``; its own screen.

    Raises:
        LexiconError: a file under ``models`` is wrong; the message has file and line.
        RecordError: a line of the corrections is not understood.
    """
    naming = by_lexicon(load_entities(models), read_corrected(annotations).names)
    return Look(naming, has_list(read_screen(annotations)))


def has_list(screen: str) -> bool:
    """Whether a screen has the list of claims: one of an earlier version has none.

    >>> has_list('<View><Text name="text" value="$text"/></View>')
    False
    """
    return 'name="lines"' in screen and 'name="verdict"' in screen
