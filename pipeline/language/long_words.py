"""Words without an end: cut before the tokenizer, which is quadratic in the length of one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

if TYPE_CHECKING:
    from spacy.language import Language

_JOINER = "\u200d"
_CLUSTER = 20


class BoundedTokenizer:
    """spaCy's tokenizer, with words longer than a bound cut at it first.

    For each mark that it takes off a word the tokenizer searches the whole rest of it: a run of
    brackets costs 80 microseconds a character at 1,000 characters and 8,000 at 100,000.
    """

    def __init__(self, tokenizer: Any, longest: int) -> None:
        self._tokenizer = tokenizer
        self._longest = longest
        self._too_long = re.compile(rf"(?<!\S)\S{{{longest + 1},}}")

    def __call__(self, text: str) -> Doc:
        """The text's tokens, none of which lies in two pieces of a word."""
        places = [0, *self._cuts(text), len(text)]
        if len(places) == 2:
            whole: Doc = self._tokenizer(text)
            return whole
        pieces = [self._tokenizer(text[start:end]) for start, end in pairwise(places)]
        tokens = [token for piece in pieces for token in piece]
        doc = Doc(
            self._tokenizer.vocab,
            words=[token.text for token in tokens],
            spaces=[bool(token.whitespace_) for token in tokens],
        )
        for token, before in zip(doc, tokens, strict=True):
            if token.norm != before.norm:
                token.norm_ = before.norm_
        return doc

    def __getattr__(self, name: str) -> Any:
        """What spaCy's own tokenizer has under the name."""
        if name == "_tokenizer":
            raise AttributeError(name)
        return getattr(self._tokenizer, name)

    def _cuts(self, text: str) -> Iterator[int]:
        for word in self._too_long.finditer(text):
            at = word.start()
            while word.end() - at > self._longest:
                at = _before_cluster(text, at + self._longest)
                yield at


def bound_words(nlp: Language, longest: int) -> None:
    """Let the tokenizer see no word of more than ``longest`` code points."""
    nlp.tokenizer = BoundedTokenizer(nlp.tokenizer, longest)


def _before_cluster(text: str, at: int) -> int:
    """The place, or one shortly before it, at which no letter is parted from its marks."""
    for place in range(at, at - _CLUSTER, -1):
        is_mark = unicodedata.category(text[place]).startswith("M")
        if not is_mark and _JOINER not in text[place - 1 : place + 1]:
            return place
    return at
