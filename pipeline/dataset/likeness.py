"""Which entity of the lexicon a name that it does not know most likely means.

It only suggests: nothing is merged without a person. Better no suggestion than a wrong one, so a
likeness counts where it is of the whole name: the same letters, the initials, all words but the
common ones, or nearly the same spelling.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property

from pipeline.language.words import WITHOUT_INITIAL
from pipeline.lexicon.entities import EntityLexicon, Form, Role
from pipeline.lexicon.spellings import strip_accents
from pipeline.records import Kind

_NAMES = (Role.NAME, Role.ACRONYM, Role.MISSPELLING)
_WORD = re.compile(r"[^\W_]+")
_SHORTEST, _CANDIDATES = 4, 300
_NEAR, _ONE_WORD, _SHARED, _RARE = 0.86, 0.7, 0.75, 4.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """A known entity, how alike the names are from 0 to 1, and in which way, in words."""

    entity: str
    score: float
    why: str


@dataclass(frozen=True)
class LikenessFinder:
    """Looks names up in a lexicon by their letters, initials and words; built at the first use."""

    lexicon: EntityLexicon

    def find(self, names: Iterable[str], kind: Kind | None) -> Likeness | None:
        """The likeliest entity for one that the text calls by these names, commonest first.

        A person is like persons alone, and any other body like all that are none, but for the very
        same name of several words, which the model takes for either.
        """
        found = [one for name in names for one in self._likenesses(name, kind)]
        return max(found, key=lambda one: (one.score, one.entity), default=None)

    def _likenesses(self, name: str, kind: Kind | None) -> Iterator[Likeness]:
        words = words_of(name)
        solid = "".join(words)
        if not solid:
            return
        for form in self._by_letters.get(solid, ()):
            if _fits(form.kind, kind) or len(words) > 1:
                yield Likeness(form.entity, 1.0, "the same letters")
        for found in (self._by_letter_of_each(name, words), self._by_spelling(words, kind)):
            yield from (one for one in found if self._fits_entity(one.entity, kind))

    def _by_letter_of_each(self, name: str, words: list[str]) -> Iterator[Likeness]:
        """As in "DFK" and "Dam Frontier Kommission", either of which may be the known one."""
        if name.isupper() and name.isalpha() and len(name) > 2:
            for form in self._by_initials.get(name.casefold(), ()):
                yield Likeness(form.entity, 0.95, f"the initials of {form.text}")
        initials = _initials(words)
        for form in self._acronyms.get(initials, ()) if len(initials) > 2 else ():
            if self._agrees(words, form):
                yield Likeness(form.entity, 0.9, f"its initials are {form.text}")

    def _fits_entity(self, entity: str, kind: Kind | None) -> bool:
        """Whether persons are compared with persons alone, and others with others."""
        entry = self.lexicon.entries.get(entity)
        return entry is None or _fits(entry.kind, kind)

    def _agrees(self, words: list[str], form: Form) -> bool:
        """Whether the body of an acronym is called by a word of the name, common ones aside."""
        entry = self.lexicon.entries.get(form.entity)
        other = words_of(entry.name) if entry else []
        return len(form.text) > _SHORTEST or any(
            self._weight(word) > _RARE for word in set(words) & set(other)
        )

    def _by_spelling(self, words: list[str], kind: Kind | None) -> Iterator[Likeness]:
        if len("".join(words)) < _SHORTEST:
            return
        for form in self._candidates(words):
            if form.role is Role.ACRONYM:
                continue
            other = words_of(form.text)
            if kind is Kind.PERSON and not _may_be_one_person(words, other):
                continue
            lacking, more = _unmatched(words, other), _unmatched(other, words)
            if lacking and more:  # "Czech Social Democratic Party" is not the Swedish one
                continue
            near = SequenceMatcher(None, " ".join(words), " ".join(other)).ratio()
            shared = self._shared(words, other)
            if near >= _NEAR and not lacking and not more:
                yield Likeness(form.entity, near * 0.95, f"nearly the spelling of {form.text}")
            elif shared >= _SHARED:
                yield Likeness(form.entity, shared * 0.85, f"the words of {form.text}")

    def _candidates(self, words: list[str]) -> list[Form]:
        """The forms that share a rare word, or the beginning of one, the most shared first."""
        found: Counter[str] = Counter()
        for word in words:
            for text in self._by_word.get(word, ()):
                found[text] += 2
            for text in self._by_beginning.get(word[:_SHORTEST], ()):
                found[text] += 1
        return [self.lexicon.forms[text] for text, _ in found.most_common(_CANDIDATES)]

    def _shared(self, words: list[str], other: list[str]) -> float:
        """What share of both names their common words are, rare words counting more."""
        union, common = set(words) | set(other), set(words) & set(other)
        whole = sum(self._weight(word) for word in union)
        return sum(self._weight(word) for word in common) / whole if whole else 0.0

    def _weight(self, word: str) -> float:
        if word in WITHOUT_INITIAL:
            return 0.1
        return math.log(len(self.lexicon.forms) / (1 + len(self._by_word.get(word, ()))))

    @cached_property
    def _named(self) -> tuple[Form, ...]:
        return tuple(form for form in self.lexicon.forms.values() if form.role in _NAMES)

    @cached_property
    def _by_letters(self) -> Mapping[str, list[Form]]:
        return _group(("".join(words_of(form.text)), form) for form in self._named)

    @cached_property
    def _by_initials(self) -> Mapping[str, list[Form]]:
        return _group(
            (_initials(words), form)
            for form in self._named
            if form.role is Role.NAME and len(words := words_of(form.text)) > 2
        )

    @cached_property
    def _acronyms(self) -> Mapping[str, list[Form]]:
        return _group(
            ("".join(words_of(form.text)), form)
            for form in self._named
            if form.role is Role.ACRONYM
        )

    @cached_property
    def _by_word(self) -> Mapping[str, list[str]]:
        return _index((word, form) for form in self._named for word in words_of(form.text))

    @cached_property
    def _by_beginning(self) -> Mapping[str, list[str]]:
        return _index(
            (word[:_SHORTEST], form)
            for form in self._named
            for word in words_of(form.text)
            if len(word) > _SHORTEST
        )


def words_of(name: str) -> list[str]:
    """The words of a name in small unaccented letters; an acronym with stops is one word.

    >>> words_of("The Organización de los Estados"), words_of("O.A.S.")
    (['organizacion', 'de', 'los', 'estados'], ['oas'])
    """
    plain = strip_accents(name).casefold()
    if re.fullmatch(r"(?:\w\.){2,}", plain):
        plain = plain.replace(".", "")
    words = _WORD.findall(plain)
    return words[1:] if words[:1] == ["the"] and len(words) > 1 else words


def _initials(words: list[str]) -> str:
    return "".join(word[0] for word in words if word not in WITHOUT_INITIAL)


def _fits(known: Kind, kind: Kind | None) -> bool:
    return kind is None or (known is Kind.PERSON) == (kind is Kind.PERSON)


def _may_be_one_person(words: list[str], other: list[str]) -> bool:
    """Whether surnames are nearly the same, and given names begin alike where both have them.

    "Hugh Hill" is no "Benny Hill".
    """
    if SequenceMatcher(None, words[-1], other[-1]).ratio() < _NEAR:
        return False
    return len(words) == 1 or len(other) == 1 or words[0][0] == other[0][0]


def _unmatched(words: list[str], other: list[str]) -> bool:
    """Whether one of the words, small ones aside, is nearly none of the others."""
    return any(
        word not in WITHOUT_INITIAL and not get_close_matches(word, other, n=1, cutoff=_ONE_WORD)
        for word in words
    )


def _group(pairs: Iterable[tuple[str, Form]]) -> dict[str, list[Form]]:
    found: dict[str, list[Form]] = defaultdict(list)
    for key, form in pairs:
        found[key].append(form)
    return found


def _index(pairs: Iterable[tuple[str, Form]]) -> dict[str, list[str]]:
    """The texts of the forms by a key; one that very many share tells nothing, and is not there."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for key, form in pairs:
        found[key][form.text] = None
    return {key: list(texts) for key, texts in found.items() if len(texts) <= 10 * _CANDIDATES}
