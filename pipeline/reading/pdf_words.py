"""The words of a page of a PDF file, from its characters in the order in which they are drawn."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.reading.pdf_characters import Character

_SPACE = 0.15
_SPACE_BESIDE_SPACES = 0.3
_SPACED_SHARE = 1 / 15
_SAME_LINE = 0.08
_RAISED = (0.12, 0.75)
_LOWERED = (0.05, 0.5)
_SMALLER = 0.86
_INITIAL = 1.7
_ACCENTS = dict(zip("`´ˆ˜¨¯˘˙˚¸˛ˇ˝", "\u0300\u0301\u0302\u0303\u0308\u0304\u0306\u0307"
                    "\u030a\u0327\u0328\u030c\u030b", strict=True))  # fmt: skip
_DOTLESS = str.maketrans("ıȷ", "ij")
_REFERENCE = re.compile(r"[\d,;–−\-*∗†‡§¶#()\[\]]+|[a-e]")
_UNIT = re.compile(r"(?:^|[\d\s(/])(?:[kcdmµ]?m|ft|mi|in|yd|s)\Z")
_TEN = re.compile(r"(?<!\d)10\Z")
_HIGH = str.maketrans("0123456789-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻")
_LOW = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_WRITTEN_HIGH = re.compile(r"([⁰¹²³⁴-⁹]+)(?=[^\w]*\Z)")


@dataclass(slots=True)
class Word:
    """A word on its line; ``order`` is where in the order drawn it begins.

    ``mark`` is for the small raised number with which a note begins.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    order: int
    bold: bool = False
    mark: bool = False


def find_words(characters: list[Character]) -> list[Word]:
    """The words in the order drawn, without blanks; reference marks of notes are not among them.

    A raised number after a word refers to a note, and goes, save after a unit or a ten; other
    raised or lowered letters are of the word.
    """
    blanks = sum(c.text.isspace() for c in characters)
    many = blanks > _SPACED_SHARE * len(characters)
    found = _Words(_SPACE_BESIDE_SPACES if many else _SPACE)
    for order, character in enumerate(_accented(characters)):
        if character.text.isspace():
            found.end()
        else:
            found.add(character, order)
    words = list(_on_their_line(found.words))
    for word in words:
        word.text = _without_high(unicodedata.normalize("NFC", word.text))
    return [word for word in words if word.text]


class _Words:
    """The words so far, and what the last one is still waiting for."""

    def __init__(self, space: float) -> None:
        self.words: list[Word] = []
        self._space = space
        self._open = False
        self._raised: list[Character] = []

    def end(self) -> None:
        self._settle()
        self._open = False

    def add(self, c: Character, order: int) -> None:
        last = self.words[-1] if self.words else None
        if last is not None and self._is_raised(c, last):
            self._raised.append(c)
            return
        self._settle()
        if last is not None and self._goes_on(c, last):
            last.text += c.text
            last.x1 = max(last.x1, c.x1)
            if c.size > last.size:
                last.size = c.size
            last.bold = last.bold and c.bold
        else:
            self.words.append(Word(c.text, c.x0, c.x1, c.y, c.size, order, c.bold))
        self._open = True

    def _goes_on(self, c: Character, last: Word) -> bool:
        size = max(c.size, last.size)
        if not self._open or not -size / 2 < c.x0 - last.x1 < self._space * size:
            return False
        low = last.y - c.y
        lowered = c.size <= _SMALLER * last.size and _LOWERED[0] < low / size < _LOWERED[1]
        return abs(low) <= _SAME_LINE * size or lowered

    def _is_raised(self, c: Character, last: Word) -> bool:
        high = (c.y - last.y) / last.size
        end = self._raised[-1].x1 if self._raised else last.x1
        near = -0.3 < (c.x0 - end) / c.size < (0.3 if self._open or self._raised else 0.1)
        small = c.size <= _SMALLER * last.size or high > 2 * _RAISED[0]
        initial = len(last.text) == 1 and last.text.isalpha() and last.size > _INITIAL * c.size
        return near and small and not initial and _RAISED[0] < high < _RAISED[1]

    def _settle(self) -> None:
        """Make what was raised after the last word a part of it, or leave it out."""
        if self._raised:
            last = self.words[-1]
            last.text += _of_the_word(last.text, "".join(c.text for c in self._raised))
            last.x1 = max(last.x1, self._raised[-1].x1)
            self._raised = []


def _of_the_word(word: str, raised: str) -> str:
    """What of the raised characters after a word belongs to it; nothing of a reference mark."""
    if _REFERENCE.fullmatch(raised) is None:
        return raised
    if (_UNIT.search(word) and raised in ("2", "3")) or _TEN.search(word):
        return raised.translate(_HIGH)
    return ""


def _without_high(word: str) -> str:
    """The word without a reference mark that is written in raised digits.

    >>> _without_high("objected.¹²"), _without_high("km²"), _without_high("10⁶")
    ('objected.', 'km²', '10⁶')
    """
    found = _WRITTEN_HIGH.search(word)
    if found is None or not found.start():
        return word
    host = word[: found.start()]
    return host + _of_the_word(host, found[1].translate(_LOW)) + word[found.end() :]


def _accented(characters: Iterable[Character]) -> Iterator[Character]:
    """The characters, an accent that is drawn over a letter on it."""
    waiting: Character | None = None
    for c in characters:
        if waiting is None:
            waiting = c
        elif (both := _together(waiting, c)) is not None:
            waiting = both
        else:
            yield waiting
            waiting = c
    if waiting is not None:
        yield waiting


def _together(first: Character, second: Character) -> Character | None:
    for accent, letter in ((first, second), (second, first)):
        middle = (accent.x0 + accent.x1) / 2
        if accent.text in _ACCENTS and letter.x0 < middle < letter.x1:
            base = letter.text.translate(_DOTLESS)
            text = unicodedata.normalize("NFC", base + _ACCENTS[accent.text])
            if len(text) == 1:
                return Character(
                    text, letter.x0, letter.x1, letter.y, letter.size, letter.turn, letter.bold
                )
    return None


def _on_their_line(words: list[Word]) -> Iterator[Word]:
    """The words, the raised number before a note, or a large first letter, on the note's line."""
    following = [*words[1:], None]
    for word, after in zip(words, following, strict=True):
        if after is not None and _begins_note(word, after):
            word.y, word.mark = after.y, True
        yield word


def _begins_note(word: Word, after: Word) -> bool:
    high = (word.y - after.y) / after.size
    near = -0.3 < (after.x0 - word.x1) / after.size < 0.8
    small = word.size <= _SMALLER * after.size
    known = _REFERENCE.fullmatch(word.text) is not None
    return near and small and known and _RAISED[0] < high < _RAISED[1]
