"""Later, shorter forms of what a text names in full: surnames, acronyms, "the Court"."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.candidates import Candidate
from pipeline.extraction.mentions.definitions import DEFINITIONS, Definition
from pipeline.extraction.mentions.lexical import NAMES, read_matches
from pipeline.extraction.mentions.names import CLITICS, HYPHENS, PARTICLES, NameFinder, text_of
from pipeline.extraction.mentions.typed import Typed, person_id
from pipeline.lexicon.entities import EntityLexicon, Form
from pipeline.lexicon.nouns import Nouns
from pipeline.lexicon.spellings import slug_of
from pipeline.records import Kind, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PLAIN = frozenset(["government", "department", "party", "group", "press", "company", "news"])
_LEGAL_FORMS = frozenset("inc corp ltd plc llc co ag sa se gmbh corporation company".split())
_SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"])


@dataclass(slots=True)
class Register:
    """What the text has named: people by surname, bodies by their head noun's places."""

    surnames: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, list[tuple[int, str]]] = field(default_factory=dict)


class Linker:
    """Gives every typed name its entity and finds the shorter forms of the named."""

    def __init__(self, nouns: Nouns, lexicon: EntityLexicon) -> None:
        self.nouns = nouns
        self.lexicon = lexicon
        self.names = NameFinder(nouns)

    def defined(self, doc: Doc) -> Iterator[Candidate]:
        """The long and short forms of the text's definitions, and every later short form."""
        definitions: tuple[Definition, ...] = doc.user_data.get(DEFINITIONS, ())
        by_short = {item.short: item for item in definitions if item.kind is not None}
        for item in by_short.values():
            kind = item.kind or Kind.ORGANISATION
            yield Candidate(item.long_start, item.long_end, kind, item.entity, Source.ACRONYM)
            yield Candidate(item.short_start, item.short_end, kind, item.entity, Source.ACRONYM)
        if by_short:
            for token in doc:
                found = by_short.get(token.text)
                if found is not None:
                    kind = found.kind or Kind.ORGANISATION
                    yield Candidate(token.i, token.i + 1, kind, found.entity, Source.ACRONYM)

    def identify(self, doc: Doc, typed: Sequence[Typed]) -> Iterator[Candidate]:
        """The typed names with their entities, then the surnames and short forms left over."""
        register = Register()
        people = [item for item in typed if item.kind is Kind.PERSON]
        known = [
            Typed(match.start, match.end, Kind.PERSON, Source.LEXICON)
            for match in read_matches(doc)
            if match.kind is Kind.PERSON and match.is_name
        ]
        for item in sorted((*people, *known), key=lambda item: item.start):
            self._register(doc, item, register)
        for item in people:
            yield self._person(doc, item, register)
        defined = {
            text_of(doc, found.long_start, found.long_end).casefold(): found.entity
            for found in doc.user_data.get(DEFINITIONS, ())
            if found.entity
        }
        for item in typed:
            if item.kind is not None and item.kind is not Kind.PERSON:
                yield self._other(doc, item, defined)
        yield from self._surnames(doc, register)

    def short_forms(self, doc: Doc, settled: Sequence[Candidate]) -> Iterator[Candidate]:
        """As in "the Court" after "the International Court of Justice": by the head noun."""
        register: dict[str, list[Candidate]] = {}
        covered: set[int] = set()
        for item in settled:
            if item.end - item.start > 1 or item.source is not Source.NER:
                covered.update(range(item.start, item.end))
            if item.kind is Kind.ORGANISATION and item.end - item.start > 1:
                head = doc[self.names.head_of(doc, item.start, item.end)].text
                register.setdefault(head, []).append(item)
        alone = [token for token in doc if token.i not in covered and self._stands_alone(token)]
        often = Counter(token.text for token in alone)
        for token in alone:
            named = register.get(token.text, [])
            before = bisect_left(named, token.i, key=_start)
            if before:
                entity = named[before - 1].entity
            elif often[token.text] > 1:
                entity = f"org:{slug_of(token.text)}"
            else:
                continue
            yield Candidate(token.i, token.i + 1, Kind.ORGANISATION, entity, Source.COREFERENCE)

    def _stands_alone(self, token: Token) -> bool:
        """Whether the token is a body's noun, with a capital, that is a name by itself here."""
        if not token.text[0].isupper() or token.is_sent_start or token.text.isupper():
            return False
        if not self.names.is_body_noun(token.lower_) or token.lower_ in _PLAIN:
            return False
        before, after = token.doc[token.i - 1], token.doc[min(token.i + 1, len(token.doc) - 1)]
        definite = before.lower_ in ("the", "this", "our", "its") or before.text.islower()
        return definite and not (after.text[0].isupper() or after.text in HYPHENS)

    def _register(self, doc: Doc, item: Typed, register: Register) -> None:
        words = [token.text for token in doc[item.start : item.end]]
        while len(words) > 1 and words[-1].lower() in _SUFFIXES | {".", ","}:
            words.pop()
        if len(words) < 2:
            return
        entity = person_id(text_of(doc, item.start, item.end), self.lexicon)
        for surname in _surnames_of(words):
            register.surnames.setdefault(surname, entity)

    def _person(self, doc: Doc, item: Typed, register: Register) -> Candidate:
        text = text_of(doc, item.start, item.end)
        entity = register.surnames.get(_joined(text)) or person_id(text, self.lexicon)
        return Candidate(item.start, item.end, Kind.PERSON, entity, item.source)

    def _other(self, doc: Doc, item: Typed, defined: Mapping[str, str]) -> Candidate:
        text = text_of(doc, item.start, item.end)
        form = self.lexicon.find(text) or self._without_suffix(text)
        kind = item.kind or Kind.ORGANISATION
        if form is not None and form.role in NAMES:
            return Candidate(item.start, item.end, form.kind, form.entity, item.source)
        entity = defined.get(text.casefold()) or f"org:{slug_of(self._full_name(doc, item, text))}"
        return Candidate(item.start, item.end, kind, entity, item.source)

    def _without_suffix(self, text: str) -> Form | None:
        """As in "Facebook Inc.": the company that the lexicon knows without its legal form."""
        words = text.split()
        if len(words) > 1 and words[-1].lower().rstrip(".") in _LEGAL_FORMS:
            return self.lexicon.find(" ".join(words[:-1]).rstrip(","))
        return None

    def _full_name(self, doc: Doc, item: Typed, text: str) -> str:
        """As in "Foreign Ministry" after "Vietnam's": with the owner's adjective."""
        generic = text.lower() in self.nouns.common_body_nouns or text.startswith("Ministry of")
        if not generic or item.start < 2 or doc[item.start - 1].text not in CLITICS:
            return text
        owner = self.lexicon.find(doc[item.start - 2].text)
        if owner is None or owner.kind is not Kind.STATE:
            return text
        return f"{self.lexicon.adjective_of(owner.entity)} {text}"

    def _surnames(self, doc: Doc, register: Register) -> Iterator[Candidate]:
        """Each further place where a surname of the text stands alone."""
        firsts = {surname.split(" ")[0] for surname in register.surnames}
        if not firsts:
            return
        for token in doc:
            if token.text not in firsts:
                continue
            for length in range(min(5, len(doc) - token.i), 0, -1):
                words = " ".join(t.text for t in doc[token.i : token.i + length])
                entity = register.surnames.get(words)
                if entity is not None:
                    yield Candidate(
                        token.i, token.i + length, Kind.PERSON, entity, Source.COREFERENCE
                    )
                    break


def _start(item: Candidate) -> int:
    return item.start


def _joined(text: str) -> str:
    """The text with single spaces around hyphens, as tokens are joined."""
    for hyphen in HYPHENS:
        text = text.replace(hyphen, f" {hyphen} ")
    return " ".join(text.split())


def _surnames_of(words: list[str]) -> Iterator[str]:
    """The last name alone, and with the particles before it, words joined by spaces."""
    start = len(words) - 1
    if start > 1 and words[start - 1] in HYPHENS and words[start - 2].lower() in PARTICLES:
        yield words[start]
    while start > 1 and words[start - 1] in HYPHENS:
        start -= 2
    if words[start][0].isupper() and len(words[start]) > 1:
        yield " ".join(words[start:])
    while start > 1 and (words[start - 1].lower() in PARTICLES or words[start - 1] in HYPHENS):
        start -= 1
        yield " ".join(words[start:])
