"""Whether a word is one of the language, or can only be a name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pipeline.language.words import FUNCTION_WORDS

if TYPE_CHECKING:
    from spacy.language import Language

_SHORTEST_STEM = 3


class Vocabulary:
    """The words that the model's lemmatizer knows, with their inflected forms.

    Its lists of nouns have names too ("paris"); who asks looks into the lexicon of names first.
    """

    def __init__(self, nlp: Language) -> None:
        tables = _tables(nlp)
        self._verbs = frozenset(_members(tables, "lemma_index", "verb"))
        self._words = frozenset(_members(tables, "lemma_index")) | FUNCTION_WORDS
        self._irregular = frozenset(_members(tables, "lemma_exc"))
        self._endings = tuple(
            dict.fromkeys((old, new) for old, new in _members(tables, "lemma_rules") if old)
        )
        self._irregular_verbs = frozenset(_members(tables, "lemma_exc", "verb"))

    def has(self, word: str) -> bool:
        """Whether the lower-case word, or what it is a form of, is known."""
        if word in self._words or word in self._irregular:
            return True
        return any(stem in self._words for stem in self._stems(word))

    def has_verb(self, word: str) -> bool:
        """Whether the lower-case word can be a verb, in whatever form."""
        if word in self._verbs or word in self._irregular_verbs:
            return True
        return any(stem in self._verbs for stem in self._stems(word))

    def _stems(self, word: str) -> Iterator[str]:
        """What the word may be a form of, also where its last letter is doubled ("planned")."""
        for ending, instead in self._endings:
            stem = word.removesuffix(ending)
            if len(stem) < len(word) and len(stem) >= _SHORTEST_STEM:
                yield stem + instead
                if not instead and stem[-1] == stem[-2]:
                    yield stem[:-1]


def _tables(nlp: Language) -> Any:
    """The tables of the lemmatizer; None where the model has none."""
    if "lemmatizer" not in nlp.component_names:
        return None
    component: Any = nlp.get_pipe("lemmatizer")
    return component.lookups


def _members(tables: Any, name: str, part: str | None = None) -> Iterator[Any]:
    """The words, or rules, of a table, of all parts of speech or of one."""
    if tables is None or not tables.has_table(name):
        return
    table = tables.get_table(name)
    if part is not None:
        yield from table.get(part, ())
        return
    for words in table.values():
        yield from words
