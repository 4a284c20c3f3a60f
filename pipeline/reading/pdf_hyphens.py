"""Whether a hyphen at the end of a line belongs to the word that the line's end cut."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

SOFT = "\u00ad"
HYPHENS = "-\u2010\u2011"
_WORD = re.compile(r"\w+(?:[-\u2010\u2011\u00ad]\w+)*")
_LAST = re.compile(r"(\w+)[^\w\s]?\Z")
_FIRST = re.compile(r"\w+")
_CUT = re.compile(r"[\w.’'][-\u2010\u2011\u00ad]\Z")
_SUSPENDED = re.compile(r"(?:and|or|to|nor)\b(?!-)")
_ADDRESS = re.compile(r"(?:://|www\.|@)\S*\Z")
_OF_A_NAME = re.compile(r"\w{3,}ed|led|held|run|made|born|wide|style|era|speaking|friendly")
_LOOKED_AT = 120
_WRITTEN_APART = re.compile(r"(?i:self|\w{4,}ly)\Z")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How often a document has each word, whole and inside its lines.

    ``exact`` are the words as they are written, ``words`` in small letters; of a word with hyphens
    each two parts that follow one another count as well. ``ends`` are the second parts of words
    with one hyphen, in small letters. ``soft`` says whether soft hyphens stand
    inside lines: what is drawn there is a hyphen.
    """

    words: Counter[str]
    exact: frozenset[str]
    ends: frozenset[str]
    soft: bool


def read_vocabulary(lines: Iterable[str]) -> Vocabulary:
    """The words of the lines, without those that a line's end may have cut."""
    words: Counter[str] = Counter()
    exact: set[str] = set()
    ends: set[str] = set()
    cut = soft = False
    for line in lines:
        found = list(_WORD.finditer(line))
        first = 1 if cut else 0
        cut = _CUT.search(line) is not None
        for match in found[first : -1 if cut else None]:
            parts = re.split(rf"[{HYPHENS}{SOFT}]", match.group())
            soft = soft or SOFT in match.group()
            if len(parts) == 1:
                exact.add(match.group())
                words[match.group().lower()] += 1
            if len(parts) == 2:
                ends.add(parts[1].lower())
            for a, b in pairwise(parts):
                words[f"{a}-{b}".lower()] += 1
    return Vocabulary(words, frozenset(exact), frozenset(ends), soft)


def join_lines(lines: Iterable[str], vocabulary: Vocabulary) -> str:
    """The lines in one: a blank between them, or nothing where a word was cut.

    A hyphen before a capital or a digit stays, one between small letters goes, unless the rest of
    the document writes the word otherwise, or its first part is an abbreviation or a name.

    Source: the codebook, section 1: a holder's name is taken as it is written.

    >>> none = read_vocabulary([])
    >>> join_lines(["The Franco-", "German talks"], none), join_lines(["con-", "demned"], none)
    ('The Franco-German talks', 'condemned')
    >>> join_lines(["short-", "and long-term"], none), join_lines(["It left,", "too"], none)
    ('short- and long-term', 'It left, too')
    >>> join_lines(["a long-", "term plan"], read_vocabulary(["the long-term plan"]))
    'a long-term plan'
    """
    pieces: list[str] = []
    end = ""
    for line in lines:
        if end:
            kept = _before(end, line, vocabulary)
            pieces[-1] = pieces[-1][: len(pieces[-1]) - 1] if len(kept) < len(end) else pieces[-1]
            pieces.append(line if len(kept) <= len(end) else f" {line}")
        else:
            pieces.append(line)
        end = (end + pieces[-1])[-_LOOKED_AT:]
    return "".join(pieces)


def _before(text: str, line: str, vocabulary: Vocabulary) -> str:
    """The text as it stands before the line: with a blank, as it is, or without its hyphen."""
    if text.endswith(SOFT):
        return _before(f"{text[:-1]}-", line, vocabulary) if vocabulary.soft else text[:-1]
    if _ends_in_dash(text):
        return text
    if not _CUT.search(text) or not line[:1].isalnum():
        return f"{text} "
    if _ADDRESS.search(text):
        return text
    first, second = _halves(text, line)
    apart = vocabulary.words[f"{first}-{second}".lower()]
    whole = vocabulary.words[f"{first}{second}".lower()]
    if apart or whole:
        return text if apart >= whole else text[:-1]
    if _SUSPENDED.match(line):
        return f"{text} "
    stays = not line[0].islower() or _is_apart(text, first, line, second, vocabulary)
    return text if stays else text[:-1]


def _ends_in_dash(text: str) -> bool:
    """Whether it ends in a dash or a slash that no blank parts from what is before."""
    return len(text) > 1 and text.endswith(("–", "—", "/")) and not text[-2].isspace()


def _halves(text: str, line: str) -> tuple[str, str]:
    """The last word of the text and the first of the line, empty where there is none."""
    last, first = _LAST.search(text), _FIRST.match(line)
    return last.group(1) if last else "", first.group() if first else ""


def _is_apart(text: str, first: str, line: str, second: str, vocabulary: Vocabulary) -> bool:
    """Whether two parts that are nowhere else together are words of their own."""
    return (
        _is_short_form(text, first)
        or _WRITTEN_APART.fullmatch(first) is not None
        or _is_of_a_name(text, first, second, vocabulary)
        or _is_of_a_compound(text, first, line, second, vocabulary)
        or _follows_a_suspended_one(text, first)
    )


def _is_short_form(text: str, first: str) -> bool:
    """Whether the first part is an abbreviation or ends in a number."""
    return text[-2] == "." or (len(first) > 1 and first.isupper()) or first[-1:].isdigit()


def _is_of_a_name(text: str, first: str, second: str, vocabulary: Vocabulary) -> bool:
    """Whether the first part is a name and the second one is said of it: Moscow-backed."""
    if not first[:1].isupper() or first.lower() in vocabulary.exact:
        return False
    if first in vocabulary.exact:
        return True
    inside = re.search(rf"[^\W\d_],? {re.escape(first)}[{HYPHENS}]\Z", text)
    return inside is not None and _OF_A_NAME.fullmatch(second) is not None


def _is_of_a_compound(
    text: str, first: str, line: str, second: str, vocabulary: Vocabulary
) -> bool:
    """Whether both are parts of a compound of known words.

    These are Trinidad-and-Tobago, state-of-the-art, and long-term where there is a short-term.
    """
    chained = line[len(second) :].startswith(tuple(HYPHENS)) or bool(
        re.search(rf"\w[{HYPHENS}]{re.escape(first)}[{HYPHENS}]\Z", text)
    )
    if chained and first[:1].isupper():
        return True
    if not vocabulary.words[first.lower()] or not vocabulary.words[second.lower()]:
        return False
    return chained or (len(first) > 2 and second.lower() in vocabulary.ends)


def _follows_a_suspended_one(text: str, first: str) -> bool:
    """Whether another first part before it waits for the same second one: short- and long-term."""
    return bool(re.search(rf"\w[{HYPHENS}] (?:and|or|to) {re.escape(first)}[{HYPHENS}]\Z", text))
