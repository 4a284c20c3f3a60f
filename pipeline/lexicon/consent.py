"""The phrases of ``models/consent.yaml``: how a notice about cookies is told from an article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.lexicon.word_lists import WordList, read_word_lists

FILE = "consent.yaml"
NOTICES = "consent.notices"
BESIDE = "consent.beside"
_SHORT = 8
_QUOTED = re.compile('["“”„«»]')


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

        >>> consent = consent_of((WordList(NOTICES, ("we use cookies", "your experience")),))
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


def consent_of(lists: tuple[WordList, ...]) -> Consent:
    """The lists as patterns; nothing matches one that has no phrases."""
    notices = [form for each in lists if each.id == NOTICES for form in each.forms]
    return Consent(_pattern(notices), _pattern([form for each in lists for form in each.forms]))


def read_consent(folders: tuple[Path, ...]) -> tuple[WordList, ...]:
    """The lists of the folders' files, in order; those of a later folder add to those before.

    Raises:
        LexiconError: a file has an unknown key or id, or an entry without forms.
    """
    return tuple(read_word_lists(folders, FILE, (NOTICES, BESIDE)).values())


def _pattern(forms: list[str]) -> re.Pattern[str]:
    longest_first = sorted(map(_plain, forms), key=len, reverse=True)
    alternatives = "|".join(map(re.escape, longest_first))
    return re.compile(rf"\b(?:{alternatives})\b" if alternatives else r"(?!)")


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
