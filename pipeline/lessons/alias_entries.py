"""The entry that gives an entity of the lexicon the names under which people found it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.dataset.corrected import kind_of
from pipeline.dataset.correcting import Register
from pipeline.lessons.aliases import Alias
from pipeline.lessons.entries import quoted

NAMES = "entities/reviewed.yaml"
"""Where names that people corrected are written, below the folder of one's own lexicons."""

NAMES_HEAD = "# Names that people corrected in review: claims entities --suggest.\n"
_MOST = 3
_MARKS = frozenset("[]")


def alias_lines(alias: Alias, register: Register) -> tuple[str, ...]:
    """The lines of the entry: the names that the lexicon has not, each with a sentence.

    Empty where it has them all, where none is written with a capital, or where no sentence has
    one: what is no name is nobody's alias.
    """
    names = tuple(new_names(alias, register))
    kind = kind_of(alias.new)
    examples = tuple(dict.fromkeys(_examples(alias, names)))[:_MOST]
    if not names or not examples or kind is None:
        return ()
    return (
        f"- id: {alias.new}",
        f"  name: {quoted(_name_of(alias, register))}",
        f"  kind: {kind.value}",
        f"  aliases: [{', '.join(map(quoted, names))}]",
        "  examples:",
        *(f"    - {quoted(example)}" for example in examples),
    )


def new_names(alias: Alias, register: Register) -> Iterator[str]:
    """The names at the places by which the lexicon does not find the entity."""
    for words in alias.words:
        form = register.lexicon.find(words)
        if words[:1].isupper() and (form is None or form.entity != alias.new):
            yield words


def _name_of(alias: Alias, register: Register) -> str:
    """How the entity is called; where nobody gave it a name, by its commonest words."""
    name = register.name_of(alias.new)
    return alias.words[0] if name == alias.new else name


def _examples(alias: Alias, names: tuple[str, ...]) -> Iterator[str]:
    for place in alias.places:
        named = place.words in names and place.words in place.sentence
        if named and not _MARKS & set(place.sentence):
            yield place.sentence.replace(place.words, f"[{place.words}]", 1)
