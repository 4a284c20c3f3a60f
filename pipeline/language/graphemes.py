"""Which offsets lie inside a character as a reader sees it, and which characters are pictures.

A flag is two code points, a family seven, an "é" may be two: no token may end inside one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_JOINER = "\u200d"
_REGIONAL = "\U0001f1e6-\U0001f1ff"
_PICTURES = "\U0001f000-\U0001faff\u2600-\u27bf\u2b05-\u2b55\u231a\u231b\u23e9-\u23fa"
_ADDED = "\u200d\ufe0e\ufe0f\u20e3\U000e0020-\U000e007f"
_PICTURE = re.compile(rf"(?:[{_PICTURES}][{_PICTURES}{_ADDED}]*|[0-9#*]\ufe0f?\u20e3)+")
_FLAGS = re.compile(rf"[{_REGIONAL}]{{2,}}")
_JOINING = re.compile(r"[^\x00-\u02ff]")


def insides(text: str) -> Iterator[int]:
    """The offsets of code points that do not begin a character, in no order.

    >>> sorted(insides("a 🇨🇱 e\u0301"))
    [3, 6]
    """
    for run in _FLAGS.finditer(text):
        yield from range(run.start() + 1, run.end(), 2)
    for found in _JOINING.finditer(text):
        at = found.start()
        if not at or text[at - 1].isspace():
            continue
        if _extends(found.group()) or _continues(text[at - 1], found.group()):
            yield at


def is_picture(word: str) -> bool:
    """Whether a word is made of emoji only."""
    return _PICTURE.fullmatch(word) is not None


def picture_end(text: str, at: int) -> int:
    """The end of the emoji at an offset and the blanks after them; the offset where none stand."""
    while found := _PICTURE.match(text, at):
        at = found.end()
        while at < len(text) and text[at] in " \xa0":
            at += 1
    return at


def _extends(char: str) -> bool:
    """Whether a code point belongs to the one before: a mark, a skin tone, a joiner, a tag."""
    if "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f":
        return True
    return char in "\u200c\u200d" or unicodedata.category(char) in ("Mn", "Mc", "Me")


def _continues(before: str, char: str) -> bool:
    """Whether a code point goes on from the one before: a joined picture, a Hangul syllable."""
    if before == _JOINER:
        return is_picture(char)
    if not "\u1100" <= before <= "\ud7fb":
        return False
    vowel = "\u1160" <= char <= "\u11a7" or "\ud7b0" <= char <= "\ud7c6"
    final = "\u11a8" <= char <= "\u11ff" or "\ud7cb" <= char <= "\ud7fb"
    return vowel or final
