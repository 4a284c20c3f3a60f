"""The parts of speech by the model's rules, which are tried once for each kind of word.

A model's ``attribute_ruler`` holds some two hundred patterns against every word of a text. Nearly
all of them ask for one word with its tag and label: what they say is the same wherever these are.
"""

# No postponed annotations here: spaCy reads those of factories when they are registered.

from collections import defaultdict
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, NORM, ORTH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

from pipeline.language.kinds import kinds_of

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
Rules = tuple[int, ...]


class AttributeTable:
    """Does what the ruler ``base`` does, with the same outcome."""

    def __init__(self, base: Any) -> None:
        self.base = base
        self._alone, self._together = Matcher(base.vocab), Matcher(base.vocab)
        for number, entry in enumerate(base.patterns):
            matcher = self._alone if all(map(_is_of_kind, entry["patterns"])) else self._together
            matcher.add(str(number), entry["patterns"])
        self._columns = sorted({attribute for said in base.attrs for attribute in said})
        self._rules: dict[tuple[int, ...], Rules] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The same doc; its words have what the rules say."""
        if not len(doc) or not self._columns:
            return doc
        kinds, numbers = kinds_of(doc.to_array(_KIND))
        rules = self._rules_of(doc, kinds.tolist())
        found = np.zeros((len(rules), len(self._columns)), np.uint64)
        given = np.zeros(found.shape, bool)
        for number, own in enumerate(rules):
            self._say(own, found[number], given[number])
        values = doc.to_array(self._columns).reshape(len(doc), -1)
        values = np.where(given[numbers], found[numbers], values)
        for place, more in self._matches(doc).items():
            both = sorted((*rules[numbers[place]], *more))
            self._say(tuple(both), values[place], np.zeros(len(self._columns), bool))
        return doc.from_array(self._columns, values)

    def _rules_of(self, doc: Doc, kinds: list[list[int]]) -> list[Rules]:
        """The rules that ask for nothing but one word and hold of each kind, in their order."""
        if len(self._rules) > _MOST:
            self._rules.clear()
        found = []
        for kind in map(tuple, kinds):
            if kind not in self._rules:
                self._rules[kind] = self._match(doc, *kind)
            found.append(self._rules[kind])
        return found

    def _match(self, doc: Doc, orth: int, tag: int, dep: int) -> Rules:
        alone = Doc(doc.vocab, [doc.vocab.strings[orth]], [False])
        alone.from_array([TAG, DEP], np.array([[tag, dep]], np.uint64))
        matches = self._alone(alone, allow_missing=True)
        return tuple(sorted({int(doc.vocab.strings[name]) for name, _, _ in matches}))

    def _matches(self, doc: Doc) -> dict[int, list[int]]:
        """The rules that ask for more than one word and hold, by the place that they speak of."""
        found: dict[int, list[int]] = defaultdict(list)
        for name, start, end in self._together(doc, allow_missing=True):
            rule = int(doc.vocab.strings[name])
            index = self.base.indices[rule]
            found[index + (start if index >= 0 else end)].append(rule)
        return found

    def _say(self, rules: Rules, values: Any, given: Any) -> None:
        """Write what the rules say, later ones over earlier ones, and mark what was written."""
        for rule in rules:
            for attribute, value in self.base.attrs[rule].items():
                column = self._columns.index(attribute)
                values[column], given[column] = value, True


def _is_of_kind(pattern: list[dict[str, Any]]) -> bool:
    return len(pattern) == 1 and _ASKED.issuperset(pattern[0])


def can_be_table(ruler: Any) -> bool:
    """Whether all that the ruler sets is a word's own, so that a table can stand in its place."""
    return all(_SET.issuperset(said) for said in ruler.attrs)


@Language.factory(NAME, requires=["token.tag"], assigns=["token.pos", "token.morph"])
def build_attribute_table(nlp: Language, name: str) -> AttributeTable:
    """The component for the ruler that the pipeline has under that name."""
    return AttributeTable(nlp.get_pipe("attribute_ruler"))
