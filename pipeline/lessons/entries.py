"""A suggested entry of the lexicon: as a cue to try, and as the lines of a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import yaml

from pipeline.errors import LexiconError
from pipeline.lexicon.cues import HOLDERS, Cue
from pipeline.lexicon.spellings import slug_of
from pipeline.records import Form

FAMILY = "reviewed"
"""The family of all entries that come from decisions."""

FILE = f"cues/{FAMILY}.yaml"
"""Where they are written, below the folder of one's own lexicons."""

HEAD = (
    "# Cues that people added in review and the lexicons lacked: claims rules --suggest.\n"
    f"family: {FAMILY}\n"
    "entries:\n"
)
_DEFAULT_HOLDERS = {"noun": "possessive", "participle": "modifier"}
_ENTRY = re.compile(r"^  - id: (?P<id>\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry says; ``targets`` are the slots in which targets were found."""

    id: str
    words: tuple[str, ...]
    pos: str
    stance: str
    form: Form
    targets: tuple[str, ...]
    holder: str | None = None
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    def to_cue(self) -> Cue:
        """The cue that reading the entry gives."""
        holder = self.holder or _DEFAULT_HOLDERS.get(self.pos, "subject")
        return Cue(
            id=self.id,
            words=tuple((word,) for word in self.words),
            pos=self.pos,
            stance=self.stance,
            form=self.form,
            holder=holder if holder in HOLDERS else "subject",
            targets=self.targets,
            negation="flip",
            objects=frozenset(),
            examples=self.examples,
            counterexamples=self.counterexamples,
            place=FILE,
        )

    def lines(self) -> tuple[str, ...]:
        """The lines of the entry as they stand in a file, without comments."""
        said = [f"  - id: {self.id}", f"    cue: {quoted(' '.join(self.words))}"]
        said += [f"    pos: {self.pos}"] if self.pos != "verb" else []
        said += [f"    stance: {self.stance}", f"    form: {self.form}"]
        said += [f"    holder: {self.holder}"] if self.holder else []
        said += [f"    target: [{', '.join(self.targets)}]"]
        for key in ("examples", "counterexamples"):
            sentences: Sequence[str] = getattr(self, key)
            said += [f"    {key}:"] if sentences else []
            said += [f"      - {quoted(sentence)}" for sentence in sentences]
        return tuple(said)


def new_id(words: Sequence[str], pos: str, taken: Iterable[str]) -> str:
    """An id that no entry has yet.

    >>> new_id(("scorn", "for"), "noun", ())
    'cue.reviewed.scorn-for-noun'
    """
    ending = "" if pos in ("verb", "phrase") else f"-{pos}"
    name = f"cue.{FAMILY}.{slug_of(' '.join(words)) or 'cue'}{ending}"
    known, number, found = set(taken), 1, name
    while found in known:
        number += 1
        found = f"{name}-{number}"
    return found


def with_entry(text: str, entry: Entry, comments: Iterable[str] = ()) -> str:
    """The file's text with the entry behind the others; a new file's where there was none."""
    old = text if text.strip() else HEAD
    ended = old if old.endswith("\n") else f"{old}\n"
    lines = (*(f"  # {one}" for one in comments), *entry.lines())
    return ended + "".join(f"{line}\n" for line in lines)


def without_entry(text: str, identifier: str) -> str:
    """The file's text without an entry that ``with_entry`` put there, and its comments.

    Raises:
        LexiconError: the file has no such entry; the message names those that it has.
    """
    lines = text.splitlines(keepends=True)
    starts = [n for n, line in enumerate(lines) if _id_in(line) == identifier]
    if not starts:
        known = ", ".join(match["id"] for match in _ENTRY.finditer(text)) or "none"
        raise LexiconError(f"there is no entry {identifier!r} to take out; there are: {known}")
    begin = end = starts[0]
    while begin and lines[begin - 1].startswith("  # "):
        begin -= 1
    end += 1
    while end < len(lines) and lines[end].startswith("    "):
        end += 1
    return "".join((*lines[:begin], *lines[end:]))


def has_entries(text: str) -> bool:
    """Whether any entry is left in the file."""
    return _ENTRY.search(text) is not None


def _id_in(line: str) -> str | None:
    found = _ENTRY.match(line.rstrip("\n"))
    return found["id"] if found else None


def quoted(text: str) -> str:
    """The text as YAML reads it back, on one line and in quotes where a word needs none."""
    if re.fullmatch(r"[a-z]+(?: [a-z]+)*", text) and yaml.safe_load(text) == text:
        return text
    written: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=float("inf"))
    return written.strip()
