"""How damaged a text is: what converting it broke, glued together or lost.

A measure to compare copies of one article by, which share most of their words; of a text by itself
it says little.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import exp

SENTENCE_WORDS = 20
"""How many words a fault spoils: those of its sentence, in the mean of news."""

FREE_SHARE = 0.25
"""What may be missing of the longest copy without a cost: menus, headlines, notes on rights."""

_LETTERS_A_WORD = 5
_LOST = re.compile(
    "\ufffd|\\(cid:\\d+\\)|[\ue000-\uf8ff]|[\x00-\x08\x0e-\x1f\x7f-\x9f]|Ã[\x80-¿]|â€"
)
_BROKEN = re.compile(
    r"[^\W\d_]{2}(?:[-¬\u00ad‐]\s*\n\s*|\u00ad\s*|[-‐] (?!(?:and|or|to|nor|but|und|et|y|e)\b))"
    r"(?=[^\W\d_A-Z]{2})"
)
_GLUED = re.compile(
    r"[^\W\d_A-Z]{2}(?:[.!?](?=[A-Z][a-z])|[,;](?=[^\W\d_]{2})|(?=[A-Z][a-z]{2}))"
    r"|[^\W\d_A-Z]{3}\d{1,3}\b"
    r"|[^\W\d_]{25,}"
)
_PIECE = re.compile(r"(?<![\w'’.-])[b-hj-z](?![\w'’.-])|(?:(?<!\w)[^\W\d_] ){3,}[^\W\d_](?!\w)")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = re.compile(r"(?P<small>the|and|that|with|from|for|of|to|in|by)(?P<rest>[^\W\d_]{4,})")
_SMALL_LAST = re.compile(
    r"(?P<rest>[^\W\d_]{4,}?)(?P<small>the|and|that|with|from|for|of|to|in|by)"
)


@dataclass(frozen=True, slots=True)
class Quality:
    """How many letters a text has, and its faults by kind."""

    letters: int
    lost: int = 0
    broken: int = 0
    glued: int = 0
    pieces: int = 0

    @property
    def faults(self) -> int:
        """All faults."""
        return self.lost + self.broken + self.glued + self.pieces

    @property
    def rate(self) -> float:
        """The faults a thousand words of five letters; 0 for a text without a letter."""
        return 1000 * _LETTERS_A_WORD * self.faults / self.letters if self.letters else 0.0


def find_quality(text: str) -> Quality:
    r"""The faults of a text: glyphs without a character, words broken, glued or in pieces.

    >>> find_quality("The treaty (cid:12) was re-\njected.Chile leftthe talks; the treaty stands.")
    Quality(letters=55, lost=1, broken=1, glued=1, pieces=0)

    Source: what converters of PDF are known to do: unmapped glyphs, hyphens at line ends, runs of
    words without a space (ISO 32000-1, 9.10.2 on the extraction of text).
    """
    text = _ADDRESS.sub(" ", text)
    words = Counter(_WORD.findall(text.lower()))
    return Quality(
        letters=sum(len(word) * count for word, count in words.items()),
        lost=len(_LOST.findall(text)),
        broken=len(_BROKEN.findall(text)),
        glued=len(_GLUED.findall(text)) + _glued_to_small_words(words),
        pieces=len(_PIECE.findall(text)),
    )


def _glued_to_small_words(words: Counter[str]) -> int:
    """How many words are a small word and one that the text has by itself: "thetreaty"."""
    found = 0
    for word, count in words.items():
        parts = (_SMALL.fullmatch(word), _SMALL_LAST.fullmatch(word))
        if any(match and words[match["rest"]] > count for match in parts):
            found += count
    return found


def find_harm(quality: Quality, longest: int) -> int:
    """How many of a thousand words of the longest copy are spoilt or missing in this one.

    A fault spoils its sentence, once, however many fall into it. What is missing costs where it is
    more than a quarter.

    >>> find_harm(Quality(letters=5000, lost=3), 5000), find_harm(Quality(letters=3000), 5000)
    (58, 400)
    """
    missing = 1 - quality.letters / longest if longest else 0.0
    spoilt = 1000 * (1 - exp(-SENTENCE_WORDS * quality.rate / 1000))
    return round(spoilt + (1000 * missing if missing > FREE_SHARE else 0))
