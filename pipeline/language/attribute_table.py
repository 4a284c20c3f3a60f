"""The parts of speech by the model's rules, which are tried once for each kind of word.

A model's ``attribute_ruler`` holds some two hundred patterns against every word of a text. Nearly
all of them ask for one word with its tag and label: what they say is the same wherever these are.
"""

# No postponed annotations here: spaCy reads those of factories when they are registered.

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, LEMMA, MORPH, NORM, ORTH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

from pipeline.language.kinds import columns_of, kinds_of, write_columns

NAME = "attribute_table"
_KIND = [ORTH, TAG, DEP]
_ASKED = frozenset(
    "ORTH TEXT LOWER LENGTH SHAPE TAG DEP IS_ALPHA IS_ASCII IS_DIGIT IS_LOWER IS_UPPER IS_TITLE "
    "IS_PUNCT IS_SPACE IS_STOP LIKE_NUM LIKE_URL LIKE_EMAIL".split()
)
"""What a pattern may ask for that is the same for all words of a kind."""
_SET = frozenset({TAG, POS, MORPH, LEMMA, NORM, DEP})
_MOST = 100_000
"""How many kinds are remembered; with more, all are found anew."""
Pattern = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern of several words: the rule, and for each word the number of what it asks for."""

    rule: int
    asks: tuple[int, ...]


class AttributeTable:
    """Does what the ruler ``base`` does, with the same outcome."""

    def __init__(self, base: Any) -> None:
        self.base = base
        self._words = Matcher(base.vocab)
        self._single: dict[int, int] = {}
        """The rules of one word, by the number of what they ask for."""
        self._phrases: list[Phrase] = []
        self._asked = 0
        for rule, entry in enumerate(base.patterns):
            for pattern in entry["patterns"]:
                self._add(rule, pattern)
        self._columns = sorted({attribute for said in base.attrs for attribute in said})
        self._known: dict[tuple[int, ...], tuple[int, ...]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The same doc; its words have what the rules say."""
        if not len(doc) or not self._columns:
            return doc
        kinds, numbers = kinds_of(columns_of(doc, _KIND))
        met = self._met_by(doc, kinds.tolist())
        rules = [[self._single[ask] for ask in own if ask in self._single] for own in met]
        found = np.zeros((len(rules), len(self._columns)), np.uint64)
        given = np.zeros(found.shape, bool)
        for number, own in enumerate(rules):
            self._say(own, found[number], given[number])
        values = np.where(given[numbers], found[numbers], columns_of(doc, self._columns))
        for place, more in self._spoken_of(met, numbers).items():
            self._say([*rules[numbers[place]], *more], values[place], given[0].copy())
        return write_columns(doc, self._columns, values)

    def _add(self, rule: int, pattern: Pattern) -> None:
        """Note what the pattern asks for, word by word."""
        asks = range(self._asked, self._asked + len(pattern))
        for ask, word in zip(asks, pattern, strict=True):
            self._words.add(str(ask), [[word]])
        self._asked += len(pattern)
        if len(pattern) == 1:
            self._single[asks[0]] = rule
        else:
            self._phrases.append(Phrase(rule, tuple(asks)))

    def _met_by(self, doc: Doc, kinds: list[list[int]]) -> list[tuple[int, ...]]:
        """The numbers of what words of each kind are asked for and have."""
        if len(self._known) > _MOST:
            self._known.clear()
        found = []
        for kind in map(tuple, kinds):
            if kind not in self._known:
                self._known[kind] = self._match(doc, *kind)
            found.append(self._known[kind])
        return found

    def _match(self, doc: Doc, orth: int, tag: int, dep: int) -> tuple[int, ...]:
        alone = Doc(doc.vocab, [doc.vocab.strings[orth]], [False])
        write_columns(alone, [TAG, DEP], np.array([[tag, dep]], np.uint64))
        matches = self._words(alone, allow_missing=True)
        return tuple({int(doc.vocab.strings[name]) for name, _, _ in matches})

    def _spoken_of(
        self, met: list[tuple[int, ...]], numbers: NDArray[np.int64]
    ) -> dict[int, list[int]]:
        """The rules of several words that hold, by the place that they speak of."""
        found: dict[int, list[int]] = defaultdict(list)
        for phrase in self._phrases:
            last = len(numbers) - len(phrase.asks) + 1
            holds = np.ones(max(last, 0), bool)
            for offset, ask in enumerate(phrase.asks):
                kinds = np.array([ask in own for own in met], bool)
                holds &= kinds[numbers[offset : max(last, 0) + offset]]
            index = self.base.indices[phrase.rule]
            for start in np.flatnonzero(holds).tolist():
                found[index + (start if index >= 0 else start + len(phrase.asks))].append(
                    phrase.rule
                )
        return found

    def _say(self, rules: Iterable[int], values: Any, given: Any) -> None:
        """Write what the rules say, later ones over earlier ones, and mark what was written."""
        for rule in sorted(rules):
            for attribute, value in self.base.attrs[rule].items():
                column = self._columns.index(attribute)
                values[column], given[column] = value, True


def _is_plain(pattern: Pattern) -> bool:
    return all(_ASKED.issuperset(word) for word in pattern)


def can_be_table(ruler: Any) -> bool:
    """Whether a table can stand in the ruler's place: it asks for words and sets their own."""
    patterns = [pattern for entry in ruler.patterns for pattern in entry["patterns"]]
    return all(map(_is_plain, patterns)) and all(map(_SET.issuperset, ruler.attrs))


@Language.factory(NAME, requires=["token.tag"], assigns=["token.pos", "token.morph"])
def build_attribute_table(nlp: Language, name: str) -> AttributeTable:  # noqa: ARG001
    """The component for the ruler that the pipeline has under that name."""
    return AttributeTable(nlp.get_pipe("attribute_ruler"))
