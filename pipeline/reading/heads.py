"""What the lines over a plain text say of it: its title, who wrote it, when and where it appeared.

Only what stands in lines of its own above the first sentence is looked at, or a date behind the
place that opens it. Nothing is taken out of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field

from pipeline.lexicon.intake_words import BYLINE, NO_NAME, ROLE, IntakeWords
from pipeline.reading.dates import certain_date, find_readings
from pipeline.reading.metadata import FIELDS

_LOOKED_AT = 4_000
_MOST_LINES = 10
_LONGEST_TITLE, _MOST_TITLE_WORDS = 150, 20
_SENTENCE_FROM, _LINE_UP_TO = 5, 200
_STOP = re.compile(r"[.,;:…][\"”’')\]]*$")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"”’')\]]*$")
_TWO_SENTENCES = re.compile(r"[a-z]{3}[.!?][\"”’]? [A-ZÀ-Þ“\"]")
_OPENS_TITLE = re.compile(r"[\"“‘'¿¡«]?[^\W_]")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S")
_APART = re.compile(r"\s+[|•·—–]\s+|\s*[|•·]\s*|\t+")
_LABEL = re.compile(r"(?P<label>[^\W\d_][^\W\d_ ]*(?: [^\W\d_]+){0,2}) ?: ?(?P<value>\S.*)")
_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+|\s*;\s*", re.IGNORECASE)
_TAIL = re.compile(r"\s+(?:in|for|from|at|on|with)\s+.*|\s*[(@/].*", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_][\w.’'-]*")
_INITIAL = re.compile(r"(?:[^\W\d_]\.|Jr\.|Sr\.)$")
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][\w.’' -]{1,40}(?:, [A-ZÀ-Þ][\w.’' -]{1,30})?, "
    r"(?P<date>\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{4}-\d\d-\d\d)"
    r"(?: ?\([^()]{1,40}\))? ?(?:—|–|--?) ?\S"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The fields of the metadata that were recognised, and a note for each, for the report."""

    fields: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def without(self, names: Collection[str]) -> Head:
        """What it says of other fields."""
        return Head(
            {name: value for name, value in self.fields.items() if name not in names},
            {name: note for name, note in self.notes.items() if name not in names},
        )


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    closes: bool


@dataclass(slots=True)
class _Found:
    """What the lines gave so far, each with its line's number; ``sure`` are from labels."""

    fields: dict[str, tuple[str, int]] = field(default_factory=dict)
    bare: dict[str, int] = field(default_factory=dict)
    doubtful: dict[str, int] = field(default_factory=dict)


def read_head(text: str, words: IntakeWords) -> Head:
    r"""What the lines over the text say of it; empty where nothing is certain, or without words.

    >>> words = IntakeWords({"byline": ("by",), "label.date": ("published",)})
    >>> read_head("The vote\n\nBy Ana Paz\n\nChile objected to the draft.\n", words).fields
    {'title': 'The vote', 'author': 'Ana Paz'}

    Source: the Guardian and Reuters style guides on headlines, bylines and datelines.
    """
    if not words.lists:
        return Head()
    lines, body = _lines_over(text)
    found = _Found()
    for line in lines:
        for segment in _APART.split(line.text):
            _read_segment(segment, line.number, found, words)
    if body is not None and (dateline := _DATELINE.match(body.text)):
        _read_bare_date(dateline["date"], body.number, found)
    _choose_date(found)
    _choose_title(lines, text, found, words)
    return _told(found)


def _told(found: _Found) -> Head:
    """What was found, in the order of the fields, with what is to be said of each."""
    order: list[str] = [name for name in FIELDS if name in found.fields]
    notes = {name: _note(name, *found.fields[name]) for name in order}
    for value, number in found.doubtful.items() if "date" not in found.fields else ():
        notes["date"] = f"date {value!r} of line {number} not taken, as it can be two; give --date"
    return Head({name: found.fields[name][0] for name in order}, notes)


def _note(name: str, value: str, number: int) -> str:
    return f"{name} {value!r} from line {number}"


def _lines_over(text: str) -> tuple[list[_Line], _Line | None]:
    """The lines before the first sentence, and the line that begins with it."""
    lines: list[_Line] = []
    shown = text[:_LOOKED_AT].split("\n")
    for number, raw in enumerate(shown, start=1):
        line = unicodedata.normalize("NFC", " ".join(re.split(r"[^\S\t]+", raw.strip())))
        if not line:
            continue
        closes = number < len(shown) and not shown[number].strip()
        here = _Line(number, line, closes)
        if _is_sentence(line):
            return lines, here
        lines.append(here)
        if len(lines) == _MOST_LINES:
            break
    return lines, None


def _is_sentence(line: str) -> bool:
    if len(line) > _LINE_UP_TO or _TWO_SENTENCES.search(line):
        return True
    return (
        bool(_ENDS_SENTENCE.search(line))
        and len(line.split()) >= _SENTENCE_FROM
        and not (line.endswith(("?", "!")))
    )


def _read_segment(segment: str, number: int, found: _Found, words: IntakeWords) -> None:
    """Add to ``found`` what the part of a line says."""
    segment = segment.strip()
    label = _LABEL.fullmatch(segment)
    name = words.of_label(label["label"]) if label else None
    if label is not None and name is not None:
        value = label["value"].strip()
        if name == "date":
            if (date := certain_date(value)) is not None:
                found.fields.setdefault("date", (date, number))
            elif find_readings(value).all():
                found.doubtful[value] = number
        elif name == "author":
            _add_authors(_names(value, words) or [value], number, found)
        else:
            found.fields.setdefault(name, (value, number))
    elif names := _byline(segment, words):
        _add_authors(names, number, found)
    else:
        _read_bare_date(segment, number, found)


def _add_authors(names: list[str], number: int, found: _Found) -> None:
    known, first = found.fields.get("author", ("", number))
    all_of_them = [*filter(None, known.split(", ")), *names]
    found.fields["author"] = ", ".join(dict.fromkeys(all_of_them)), first


def _read_bare_date(value: str, number: int, found: _Found) -> None:
    """Take a day that stands alone as one that the text may be of."""
    if value.isdecimal():
        return
    date = certain_date(value)
    if date is not None and len(date) == len("2024-05-31"):
        found.bare.setdefault(date, number)
    elif date is None and find_readings(value).all():
        found.doubtful.setdefault(value, number)


def _choose_date(found: _Found) -> None:
    """Take a date without a label where it is the only one."""
    if "date" not in found.fields and len(found.bare) == 1 and not found.doubtful:
        [(date, number)] = found.bare.items()
        found.fields["date"] = date, number


def _choose_title(lines: list[_Line], text: str, found: _Found, words: IntakeWords) -> None:
    """Take the first line as the title where it stands alone or over a byline, above a text."""
    if not lines or "title" in found.fields or not _is_title(lines[0], words):
        return
    first = lines[0]
    follows = len(lines) > 1 and _is_told(lines[1].text, words)
    if (first.closes or follows) and _has_sentence(text, first.text):
        found.fields["title"] = first.text, first.number


def _byline(line: str, words: IntakeWords) -> list[str]:
    """The names of a byline; none where the line is no such."""
    for form in sorted(words.forms(BYLINE), key=len, reverse=True):
        if line[: len(form) + 1].lower() == f"{form} ":
            return _names(line[len(form) + 1 :], words)
    return []


def _names(text: str, words: IntakeWords) -> list[str]:
    """The persons' names that a list begins with, up to a role, a place or an outlet."""
    if _ENDS_SENTENCE.search(text) and not _INITIAL.search(text):
        return []
    names: list[str] = []
    for part in _AND.split(_TAIL.sub("", text.strip())):
        if not _is_name(part, words):
            break
        names.append(part)
    return names


def _is_name(part: str, words: IntakeWords) -> bool:
    tokens = part.split()
    if not 2 <= len(tokens) <= 6 or not all(map(_TOKEN.fullmatch, tokens)):
        return False
    if tokens[0].lower() in words.forms(NO_NAME) or tokens[-1].lower() in words.forms(ROLE):
        return False
    small = (token for token in tokens[1:-1] if token[0].islower())
    capital = all(any(letter.isupper() for letter in end) for end in (tokens[0], tokens[-1]))
    return capital and all(len(token) <= 3 for token in small)


def _is_told(line: str, words: IntakeWords) -> bool:
    """Whether the line is a byline, a date or a labelled value, and so no title."""
    first = _APART.split(line)[0].strip()
    label = _LABEL.fullmatch(first)
    opens = any(f"{first} ".lower().startswith(f"{form} ") for form in words.forms(BYLINE))
    if label is not None and find_readings(label["value"]).all():
        return True
    told = label is not None and words.of_label(label["label"]) is not None
    return told or opens or bool(find_readings(first).all())


def _is_title(line: _Line, words: IntakeWords) -> bool:
    text = line.text
    count = len(text.split())
    if not 2 <= count <= _MOST_TITLE_WORDS or len(text) > _LONGEST_TITLE or "\t" in text:
        return False
    if _STOP.search(text) or _ADDRESS.search(text) or not _OPENS_TITLE.match(text):
        return False
    first = next(letter for letter in text if letter.isalnum())
    return not first.islower() and not _is_told(text, words)


def _has_sentence(text: str, title: str) -> bool:
    """Whether a sentence follows somewhere near; a list of headings has no title."""
    rest = text[:_LOOKED_AT].partition(title)[2]
    cut = len(text) > _LOOKED_AT
    return cut or any(_ENDS_SENTENCE.search(line.strip()) for line in rest.split("\n"))
