"""The phrases of ``models/consent.yaml``: how a notice about cookies is told from an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import LexiconError
from pipeline.lexicon.yaml_lines import LINE, read_yaml, refuse_unknown

FILE = "consent.yaml"
NOTICES = "consent.notices"
BESIDE = "consent.beside"
_KEYS = ("id", "forms", "examples", "counterexamples")
_SHORT = 8
_QUOTED = re.compile('["“”„«»]')


@dataclass(frozen=True, slots=True)
class PhraseList:
    """One list of the file: its phrases, passages that are a notice, and passages that are none."""

    id: str
    forms: tuple[str, ...]
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consent:
    """What a notice says: phrases that nobody else uses, and all phrases together."""

    notices: re.Pattern[str]
    phrases: re.Pattern[str]

    def speaks(self, text: str) -> bool:
        """Whether a phrase that only notices use is in the passage."""
        return self.notices.search(_plain(text)) is not None

    def is_notice(self, text: str, *, fewest: int = 2) -> bool:
        """Whether the passage, which quotes nobody, asks its reader for consent.

        ``fewest`` different phrases are in it, one of them a notice's own.

        Source: the notices of the consent tools that implement the IAB's transparency framework.

        >>> consent = consent_of((PhraseList(NOTICES, ("we use cookies", "your experience")),))
        >>> consent.is_notice("We use cookies to improve your experience.")
        True
        >>> consent.is_notice("“We use cookies to improve your experience,” the firm said.")
        False
        """
        return self.speaks(text) and self._has(text, fewest)

    def goes_on(self, text: str) -> bool:
        """Whether the passage could be part of a notice: a button or headline has one phrase."""
        return self._has(text, 1 if len(text.split()) <= _SHORT else 2)

    def _has(self, text: str, fewest: int) -> bool:
        found = set(self.phrases.findall(_plain(text)))
        return len(found) >= fewest and not _QUOTED.search(text)


def consent_of(lists: tuple[PhraseList, ...]) -> Consent:
    """The lists as patterns; nothing matches one that has no phrases."""
    notices = [form for each in lists if each.id == NOTICES for form in each.forms]
    return Consent(_pattern(notices), _pattern([form for each in lists for form in each.forms]))


def read_consent(folders: tuple[Path, ...]) -> tuple[PhraseList, ...]:
    """The lists of the folders' files, in order; those of a later folder add to those before.

    Raises:
        LexiconError: a file has an unknown key or id, or an entry without forms.
    """
    paths = (folder / FILE for folder in folders)
    return tuple(entry for path in paths if path.is_file() for entry in _read_file(path))


def _read_file(path: Path) -> Iterator[PhraseList]:
    data = read_yaml(path)
    refuse_unknown(data, ("lists",), path)
    for entry in data.get("lists") or ():
        known = (NOTICES, BESIDE)
        if not isinstance(entry, dict) or entry.get("id") not in known:
            line = entry.get(LINE, 1) if isinstance(entry, dict) else 1
            raise LexiconError(
                f"{path}:{line}: a list needs forms and an id; known are {', '.join(known)}"
            )
        refuse_unknown(entry, _KEYS, path)
        forms = _strings(entry, "forms", path)
        if not forms:
            raise LexiconError(f"{path}:{entry.get(LINE, 1)}: {entry['id']} has no forms")
        yield PhraseList(
            entry["id"],
            forms,
            _strings(entry, "examples", path),
            _strings(entry, "counterexamples", path),
        )


def _strings(entry: dict[str, object], key: str, path: Path) -> tuple[str, ...]:
    values = entry.get(key) or []
    if not isinstance(values, list) or not all(isinstance(each, str) and each for each in values):
        raise LexiconError(f"{path}:{entry.get(LINE, 1)}: {key} must be a list of words")
    return tuple(values)


def _pattern(forms: list[str]) -> re.Pattern[str]:
    longest_first = sorted(map(_plain, forms), key=len, reverse=True)
    alternatives = "|".join(map(re.escape, longest_first))
    return re.compile(rf"\b(?:{alternatives})\b" if alternatives else r"(?!)")


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
