"""What the screen calls the entities of an article."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.dataset.corrected import read_corrected
from pipeline.dataset.names import called, find_names
from pipeline.lexicon.entities import EntityLexicon, load_entities
from pipeline.records import Extraction
from pipeline.review.wording import Naming

NamingOf = Callable[[Extraction], Naming]
"""What gives the names of an article's entities."""


def by_lexicon(lexicon: EntityLexicon, given: Mapping[str, str]) -> NamingOf:
    """Names as an analyst gave them, as the lexicon has them, as the article itself does."""

    def naming_of(article: Extraction) -> Naming:
        found = find_names([article], lexicon)
        return lambda entity: called(entity, lexicon, given, found)

    return naming_of


BY_TEXT = by_lexicon(EntityLexicon({}, {}), {})
"""Names as the article has them."""


def read_naming(annotations: Path, models: Path | str | None = None) -> NamingOf:
    """Names by the lexicon of ``models`` and by what was corrected in ``annotations``.

    Raises:
        LexiconError: a file under ``models`` is wrong; the message has file and line.
        RecordError: a line of the corrections is not understood.
    """
    return by_lexicon(load_entities(models), read_corrected(annotations).names)
