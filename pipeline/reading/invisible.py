"""What a text holds that nobody sees: soft hyphens, marks without width, and the like, counted."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

from pipeline.records import Article

_WORD = re.compile(r"\S+")
_APART = "letter with an accent of its own"
_NON_CHARACTERS = "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_KINDS = {
    "soft hyphen": "\u00ad",
    "zero-width mark": "\u200b-\u200d\u2060\ufeff\u034f\u180e",
    "bidi mark": "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",
    "invisible operator": "\u2061-\u2064",
    "variation selector": "\ufe00-\ufe0f\U000e0100-\U000e01ef",
    "tag character": "\U000e0000-\U000e007f",
    "blank letter": "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0",
    "line or paragraph separator": "\u2028\u2029",
    "control character": "\u0080-\u009f",
    "private-use character": "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd",
    "non-character": f"\ufdd0-\ufdef{_NON_CHARACTERS}",
}
_PATTERNS = tuple((name, re.compile(f"[{characters}]")) for name, characters in _KINDS.items())


def count_invisible(text: str) -> Counter[str]:
    r"""How many there are of each kind of what is not seen, or not as it stands; empty for none.

    Counted are the code points of the text; of what is not in composed form (NFC), each letter
    with the marks that follow it.

    >>> dict(count_invisible("the min\xadister of Pe\u0301rou\u200b"))
    {'soft hyphen': 1, 'zero-width mark': 1, 'letter with an accent of its own': 1}
    """
    found: Counter[str] = Counter()
    if text.isascii():
        return found
    there = "".join(set(text))
    for name, pattern in _PATTERNS:
        for character in pattern.findall(there):
            found[name] += text.count(character)
    for character in there:
        kind = unicodedata.category(character)
        if kind in ("Cf", "Cn") and not any(p.match(character) for _, p in _PATTERNS):
            name = "format character" if kind == "Cf" else "unassigned code point"
            found[name] += text.count(character)
    if not unicodedata.is_normalized("NFC", text):
        found[_APART] = sum(map(_not_composed, _WORD.findall(text)))
    return found


def _not_composed(word: str) -> int:
    """How many letters of a word have another form in NFC."""
    if unicodedata.is_normalized("NFC", word):
        return 0
    starts = [at for at, c in enumerate(word) if not unicodedata.combining(c)] or [0]
    pieces = (word[a:b] for a, b in zip(starts, [*starts[1:], len(word)], strict=True))
    return sum(not unicodedata.is_normalized("NFC", piece) for piece in pieces) or 1


def invisible_in_words(found: Mapping[str, int]) -> str:
    """The counts as a sentence's part; empty for none.

    >>> invisible_in_words({"soft hyphen": 1, "bidi mark": 2})
    'kept in the text: 1 soft hyphen, 2 bidi marks'
    """
    if not found:
        return ""
    counts = ", ".join(f"{number:,} {_plural(name, number)}" for name, number in found.items())
    return f"kept in the text: {counts}"


def unseen_by_hand(article: Article) -> str:
    """What is not seen in a text that was put into the corpus by hand; empty for any other.

    Of a text that was added it was told then.
    """
    by_hand = "source" not in article.metadata
    return invisible_in_words(count_invisible(article.text)) if by_hand else ""


def _plural(name: str, number: int) -> str:
    if number == 1:
        return name
    head, _, rest = name.partition(" with ")
    return f"{head}s with {rest}" if rest else f"{name}s"
