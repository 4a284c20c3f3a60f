"""Which names of the lexicon count where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.extraction.gazetteer import SPANS
from pipeline.extraction.mentions.candidates import Candidate
from pipeline.extraction.mentions.names import HYPHENS
from pipeline.lexicon.entities import EntityLexicon, Role
from pipeline.lexicon.nouns import Nouns
from pipeline.records import Kind, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

NAMES = frozenset([Role.NAME, Role.ACRONYM, Role.MISSPELLING])
_LABELS = {
    Kind.STATE: frozenset(["GPE", "NORP", "LOC"]),
    Kind.GROUP: frozenset(["GPE", "NORP", "LOC", "ORG"]),
    Kind.ORGANISATION: frozenset(["ORG", "NORP", "PRODUCT"]),
    Kind.PERSON: frozenset(["PERSON"]),
}
_SUBJECTS = frozenset(["nsubj", "nsubjpass", "agent"])
_STATIVE = frozenset(["be", "lie", "have", "become", "sit", "remain", "host", "house", "wake"])
_TOWARDS = frozenset(["with", "against", "by", "between", "towards", "toward"])
_PLACE_NOUNS = frozenset(
    "airport street streets mayor suburb suburbs outskirts resident residents centre center "
    "university museum metro hotel hotels bureau office offices district area".split()
)
_AGAINST = frozenset(["anti", "pro"])


@dataclass(frozen=True, slots=True)
class Match:
    """A lexicon span of a doc with its role."""

    start: int
    end: int
    kind: Kind
    entity: str
    role: Role
    ambiguous: bool

    @property
    def is_name(self) -> bool:
        """Whether it names its entity outright."""
        return self.role in NAMES


def read_matches(doc: Doc) -> list[Match]:
    """The lexicon spans of the doc as matches, in order."""
    return [_to_match(span) for span in doc.spans.get(SPANS, ())]


def _to_match(span: Span) -> Match:
    role = span.kb_id_.rstrip("?")
    return Match(
        span.start, span.end, Kind(span.label_), span.id_, Role(role), span.kb_id_.endswith("?")
    )


class LexicalFinder:
    """Turns matches that count into candidates."""

    def __init__(self, nouns: Nouns, lexicon: EntityLexicon) -> None:
        self.nouns = nouns
        self.lexicon = lexicon

    def find(self, doc: Doc, matches: list[Match]) -> Iterator[Candidate]:
        """The matches that name an actor here: names, seats that act, peoples."""
        at = {match.end: match for match in matches}
        starts = {match.start: match for match in matches}
        plain = {match.entity for match in matches if match.is_name and not match.ambiguous}
        for match in (self._trimmed(doc, match) for match in matches):
            if match.is_name and _is_common(doc, match):
                continue
            if match.is_name:
                counts = not _is_currency(doc, match) and (
                    not match.ambiguous
                    or _is_supported(doc, match)
                    or self._speaks(doc, match)
                    or (match.entity in plain and _is_acronym(doc, match))
                )
            elif match.role is Role.SEAT:
                counts = self._acts(doc, match, at, starts)
            else:
                counts = _stands_for_people(doc, match)
            if counts:
                kind = match.kind
                if not match.is_name and match.role is not Role.SEAT and kind is Kind.STATE:
                    kind = Kind.GROUP
                yield Candidate(match.start, match.end, kind, match.entity, Source.LEXICON)

    def _speaks(self, doc: Doc, match: Match) -> bool:
        """Whether the ambiguous form is the subject of a verb of saying ("The Age reported")."""
        root = doc[match.start : match.end].root
        speaks = root.dep_ == "nsubj" and root.head.lemma_ in self.nouns.saying_verbs
        return speaks and not _is_inside_longer_entity(doc, match)

    def _trimmed(self, doc: Doc, match: Match) -> Match:
        """The match without a descriptor ("news agency"), or the body whose members it names."""
        if match.end - match.start > 1 and doc[match.start].text == "The":
            return replace(match, start=match.start + 1)
        words = doc[match.start : match.end].text
        if match.kind is Kind.GROUP and " member" in words:
            body = words.split(" member")[0]
            form = self.lexicon.find(body)
            if form is not None and form.kind is Kind.ORGANISATION:
                end = match.start + len(body.split())
                return replace(match, end=end, kind=form.kind, entity=form.entity)
        end = match.end
        while end - match.start > 1 and doc[end - 1].text.islower():
            end -= 1
        if end < match.end and doc[end : match.end].text in self.nouns.media_nouns:
            form = self.lexicon.find(doc[match.start : end].text)
            if form is None or form.entity == match.entity:
                return replace(match, end=end)
        return match

    def _acts(
        self, doc: Doc, match: Match, ends: dict[int, Match], starts: dict[int, Match]
    ) -> bool:
        """Whether a seat is used for its government: it acts, is addressed or is paired."""
        if _is_inside_longer_entity(doc, match):
            return False
        if match.start > 1 and doc[match.start - 1].text in HYPHENS:
            before = doc[match.start - 2]
            return before.text.lower() in _AGAINST or before.i + 1 in ends
        if match.end + 1 < len(doc) and doc[match.end].text in HYPHENS:
            return match.end + 1 in starts or doc[match.end + 1].tag_ == "VBN"
        return self._role_acts(doc[match.start : match.end].root, depth=0)

    def _role_acts(self, token: Token, *, depth: int) -> bool:
        head = token.head
        if token.dep_ in _SUBJECTS:
            return head.lemma_ not in _STATIVE or head.dep_ == "aux"
        if token.dep_ == "dobj":
            return head.lemma_ in self.nouns.addressing_verbs
        if token.dep_ == "pobj":
            return head.text.lower() in _TOWARDS
        if token.dep_ == "poss":
            return head.text.lower() not in _PLACE_NOUNS and not head.ent_type_
        return token.dep_ == "conj" and depth < 4 and self._role_acts(head, depth=depth + 1)


def entity_around(doc: Doc, place: int) -> tuple[int, int]:
    """The token start and end of the model's entity at ``place``; empty where there is none."""
    if not doc[place].ent_type_:
        return place, place
    start, end = place, place + 1
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return start, end


def _is_inside_longer_entity(doc: Doc, match: Match) -> bool:
    start, end = entity_around(doc, match.start)
    return start <= match.start and match.end <= end and end - start > match.end - match.start


def _is_common(doc: Doc, match: Match) -> bool:
    """As in "member states", "major powers": a group that the text does not name."""
    return match.kind is Kind.GROUP and doc[match.start : match.end].text.islower()


def _is_currency(doc: Doc, match: Match) -> bool:
    """As in "NZ $", "US$"."""
    return match.end < len(doc) and doc[match.end].text.startswith("$")


def _is_acronym(doc: Doc, match: Match) -> bool:
    """Whether the form is in capitals among other words: the text has named its entity in full."""
    token = doc[match.start]
    alone = match.end - match.start == 1 and token.text.isupper() and len(token.text) > 1
    beside = [doc[i] for i in (match.start - 1, match.end) if 0 <= i < len(doc)]
    return alone and not any(other.is_alpha and other.text.isupper() for other in beside)


def _is_supported(doc: Doc, match: Match) -> bool:
    """Whether the context agrees that the ambiguous form names its entity here.

    A state's name counts wherever it stands alone. Any other form counts where the model sees
    the right sort of entity, or a name that it does not know inside a sentence.
    """
    if _is_inside_longer_entity(doc, match):
        return False
    token = doc[match.start]
    if len(token.text) == 1 and match.end - match.start == 1:
        return match.start > 0 and doc[match.start - 1].lower_ == "the"
    if match.kind is Kind.STATE and match.role is Role.NAME:
        return not _has_name_beside(doc, match)
    if match.end - match.start > 1 or token.ent_type_ in _LABELS[match.kind]:
        return True
    if match.kind is Kind.PERSON and (token.pos_ == "PROPN" or token.dep_ == "nsubj"):
        return not _has_name_beside(doc, match)
    before = doc[match.start - 1] if match.start else None
    known = token.ent_type_ or token.is_sent_start or token.pos_ != "PROPN"
    return not known and not (before is not None and before.lower_ == "the")


def _listed(doc: Doc, match: Match) -> range:
    """The tokens around a form in a list of states ("Armenia, Georgia and Turkey")."""
    root = doc[match.start]
    joined = root.dep_ == "conj" or any(child.dep_ == "conj" for child in root.children)
    return range(len(doc)) if joined else range(0)


def _has_name_beside(doc: Doc, match: Match) -> bool:
    """Whether another capitalised word stands next to the form, as in "Michael Jordan"."""
    before = doc[match.start - 1] if match.start else None
    after = doc[match.end] if match.end < len(doc) else None
    named = before is not None and before.text[0].isupper() and before.pos_ == "PROPN"
    follows = after is not None and after.text[0].isupper() and after.pos_ == "PROPN"
    if before is not None and before.text == "," and match.start > 1:
        town = doc[match.start - 2]
        named = named or (town.ent_type_ == "GPE" and town.i + 1 not in _listed(doc, match))
    return named or (follows and after is not None and after.ent_type_ == "PERSON")


def _stands_for_people(doc: Doc, match: Match) -> bool:
    """As in "the Chinese refused": an adjective or demonym that heads its own definite phrase."""
    token = doc[match.end - 1]
    if token.dep_ in ("amod", "compound", "nmod", "poss", "nummod", "attr", "acomp", "appos"):
        return False
    after = doc[match.end] if match.end < len(doc) else None
    if after is not None and (after.text in HYPHENS or after.pos_ in ("NOUN", "PROPN", "ADJ")):
        return False
    before = doc[match.start - 1] if match.start else None
    if before is not None and before.text in HYPHENS:
        return False
    definite = before is not None and before.text.lower() == "the"
    plural = match.role is Role.DEMONYM and token.text.endswith("s")
    return definite or (plural and token.dep_ == "nsubj" and _is_bare(token))


def _is_bare(token: Token) -> bool:
    return not any(child.i < token.i and child.dep_ != "punct" for child in token.children)
