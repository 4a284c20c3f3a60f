"""The lemmas by the model's lemmatizer, which is asked once for each kind of word."""

# No postponed annotations here: spaCy reads those of factories when they are registered.

from typing import Any

import numpy as np
from spacy.attrs import LEMMA, MORPH, ORTH, POS
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.language.kinds import columns_of, kinds_of, write_columns

NAME = "lemma_table"
_MODES = ("rule", "lookup")
"""What of the modes asks for nothing but the word, its part of speech and its form."""
_MOST = 100_000
"""How many kinds are remembered; with more, all are found anew."""


class LemmaTable:
    """Does what the lemmatizer ``base`` does, with the same outcome."""

    def __init__(self, base: Any) -> None:
        self.base = base
        self._lemmas: dict[tuple[int, ...], str] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The same doc; words without a lemma have one."""
        if not len(doc):
            return doc
        values = columns_of(doc, [ORTH, POS, MORPH, LEMMA])
        kinds, numbers = kinds_of(values[:, :3])
        if len(self._lemmas) > _MOST:
            self._lemmas.clear()
            self.base.cache.clear()
        strings, found = doc.vocab.strings, np.zeros(len(kinds), np.uint64)
        places = np.empty(len(kinds), np.int64)
        places[numbers] = np.arange(len(doc))
        for number, kind in enumerate(map(tuple, kinds.tolist())):
            lemma = self._lemmas.get(kind)
            if lemma is None:
                lemma = self._lemmas[kind] = self.base.lemmatize(doc[int(places[number])])[0]
            found[number] = strings.add(lemma)  # a store may have been emptied
        given = found[numbers]
        if not self.base.overwrite:
            given = np.where(values[:, 3] == 0, given, values[:, 3])
        return write_columns(doc, [LEMMA], given)


def can_be_table(lemmatizer: Any) -> bool:
    """Whether a lemma depends on the word, its part of speech and its form alone."""
    return getattr(lemmatizer, "mode", None) in _MODES


@Language.factory(NAME, requires=["token.pos"], assigns=["token.lemma"])
def build_lemma_table(nlp: Language, name: str) -> LemmaTable:  # noqa: ARG001
    """The component for the lemmatizer that the pipeline has."""
    return LemmaTable(nlp.get_pipe("lemmatizer"))
