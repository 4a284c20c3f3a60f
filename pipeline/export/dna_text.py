"""Texts, names and notes as Discourse Network Analyzer takes them, and back again.

Every character is replaced by one character, so that an offset means the same before and after.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

LONGEST = 190
PLACEHOLDER = "\u25a1"
"""What a character above U+FFFF reads as: Java counts such a character as two."""

_UNFIT = re.compile("[\x00\r\U00010000-\U0010ffff]")
_PAIR = re.compile(r"(?:[^\\;]++|\\.)++", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_RETURNS = {"\\n": "\n", "\\\\": "\\", "\\;": ";"}


def fit_text(text: str) -> str:
    r"""The text as DNA can hold it, character by character: no carriage returns, none above U+FFFF.

    >>> fit_text("Chile 😀\r\nagreed.\rSo?")
    'Chile □ \nagreed.\nSo?'
    """
    return _UNFIT.sub(_fitting, text)


def _fitting(found: re.Match[str]) -> str:
    if found[0] != "\r":
        return PLACEHOLDER
    follows = found.string[found.end() : found.end() + 1]
    return " " if follows == "\n" else "\n"


def replaced_in(text: str) -> str:
    """Which characters ``fit_text`` replaces: their offsets and numbers, empty where it does none.

    >>> replaced_in("Chile 😀 agreed.")
    '6:1f600'
    """
    return " ".join(f"{found.start()}:{ord(found[0]):x}" for found in _UNFIT.finditer(text))


def restored(text: str, replaced: str) -> str:
    """The text as it was before ``fit_text``, by what ``replaced_in`` said of it.

    >>> restored("Chile □ agreed.", "6:1f600")
    'Chile 😀 agreed.'

    Raises:
        ValueError: ``replaced`` does not fit the text.
    """
    pieces, done = [], 0
    for entry in replaced.split():
        place, _, number = entry.partition(":")
        at = int(place)
        if not done <= at < len(text):
            raise ValueError(f"no character at {at}")
        pieces += [text[done:at], chr(int(number, 16))]
        done = at + 1
    return "".join((*pieces, text[done:]))


def one_line(words: str) -> str:
    """The words with single blanks between them, without what SQLite would end a text at."""
    return " ".join(words.replace("\x00", " ").split())


def cut(words: str, longest: int = LONGEST) -> str:
    """The words, no longer than DNA takes them; an ellipsis stands for what was cut off.

    Counted are UTF-16 units, which is never fewer than SQLite counts.
    """
    if _units(words) <= longest:
        return words
    kept = words[:longest]
    while _units(kept) >= longest:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _units(words: str) -> int:
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def distinct_names(names: Mapping[str, str], *, plain: Iterable[str] = ()) -> dict[str, str]:
    """A name of at most 190 characters for each key, no two alike.

    The first of equal names stays as it is, keys of ``plain`` before the others; the next ones have
    the key behind them, or its hash where it is long.

    >>> distinct_names({"org:a": "The Union", "org:b": "The Union", "org:c": "The Fund"})
    {'org:a': 'The Union', 'org:b': 'The Union (org:b)', 'org:c': 'The Fund'}
    """
    first = set(plain)
    order = sorted(names, key=lambda key: key not in first)
    taken: set[str] = set()
    found = {}
    for key in order:
        found[key] = next(one for one in _candidates(key, names[key]) if one not in taken)
        taken.add(found[key])
    return {key: found[key] for key in names}


def _candidates(key: str, name: str) -> Iterator[str]:
    name = one_line(name)
    yield cut(name)
    digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    for tail in (key if len(key) <= 60 else digest[:8], digest[:16], digest):
        yield f"{cut(name, LONGEST - _units(tail) - 3)} ({tail})"


def write_note(pairs: Mapping[str, str]) -> str:
    r"""The pairs as one note; empty ones are left out.

    >>> print(write_note({"claim_id": "c1", "cue": "said; no", "comment": ""}))
    claim_id=c1; cue=said\; no
    """
    escaped = (
        (key, value.replace("\\", "\\\\").replace(";", "\\;").replace("\n", "\\n"))
        for key, value in pairs.items()
        if value
    )
    return "; ".join(f"{key}={value}" for key, value in escaped)


def read_note(note: str) -> dict[str, str]:
    r"""The pairs of a note; what is no pair is passed over.

    >>> read_note(r"claim_id=c1; cue=said\; no; and so on")
    {'claim_id': 'c1', 'cue': 'said; no'}
    """
    found = {}
    for piece in _PAIR.finditer(note):
        key, sign, value = piece[0].partition("=")
        if sign:
            found[key.strip()] = _ESCAPED.sub(lambda one: _RETURNS.get(one[0], one[0]), value)
    return found


def write_lines(pairs: Mapping[str, str]) -> str:
    """The pairs, one a line, for the notes of a document; empty ones are left out."""
    lines = (
        f"{key}: {value.replace(chr(92), chr(92) * 2).replace(chr(10), chr(92) + 'n')}"
        for key, value in pairs.items()
        if value
    )
    return "\n".join(lines)


def read_lines(notes: str) -> dict[str, str]:
    """The pairs of a document's notes, the first of each key; other lines are passed over."""
    found: dict[str, str] = {}
    for line in notes.split("\n"):
        key, sign, value = line.partition(": ")
        if sign:
            value = _ESCAPED.sub(lambda one: _RETURNS.get(one[0], one[0]), value)
            found.setdefault(key, value.rstrip("\r"))
    return found
