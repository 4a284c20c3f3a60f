"""What a doc has named and where, as references are looked up in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.extraction.gazetteer import SPANS
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.quotations import Quotations, find_quotations
from pipeline.language.spans import sentence_bounds
from pipeline.lexicon.entities import Role
from pipeline.lexicon.reference import Reference
from pipeline.lexicon.spellings import slug_of
from pipeline.records import BlockKind, Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

BODIES = frozenset([Kind.STATE, Kind.ORGANISATION])


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom a phrase refers to.

    ``score`` lies in ``[0, 1]``; ``antecedent`` is the span that named it, None where that lies
    outside the text; ``rule`` says why. Where a phrase stands for several ("the two leaders"),
    ``entities`` has each and ``entity`` the pair; otherwise it has the one.
    """

    entity: str
    kind: Kind
    score: float
    antecedent: Span | None
    rule: str
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A named mention as a reference may mean it."""

    span: Span
    entity: str
    kind: Kind
    score: float
    subject: bool
    main: bool = False
    """Whether it is the subject of the main clause."""


class Context:
    """The named mentions of a doc by place, sentence and kind."""

    def __init__(self, doc: Doc, reference: Reference) -> None:
        self.doc = doc
        self.reference = reference
        self.named: list[Named] = []
        self.at: dict[int, Named] = {}
        self._sentences: dict[int, list[Named]] = {}
        for mention in doc._.mentions:
            span = doc.char_span(mention.start, mention.end)
            if span is None or not mention.entity:
                continue
            head = _in_clause(span.root) if mention.kind is Kind.PERSON else span.root
            subject = head.dep_ in NOMINAL_SUBJECTS
            main = subject and head.head.dep_ == "ROOT"
            item = Named(span, mention.entity, mention.kind, mention.score, subject, main)
            self.named.append(item)
            self._sentences.setdefault(span.sent.start, []).append(item)
            for place in range(span.start, span.end):
                known = self.at.get(place)
                if known is None or len(known.span) < len(span):
                    self.at[place] = item

    @cached_property
    def adjectives(self) -> dict[int, tuple[str, Kind]]:
        """The state or group whose adjective or demonym the token is."""
        return {
            place: (span.id_, Kind(span.label_))
            for span in self.doc.spans.get(SPANS, ())
            if span.kb_id_.rstrip("?") in (Role.ADJECTIVE, Role.DEMONYM, Role.SEAT)
            for place in range(span.start, span.end)
        }

    @cached_property
    def starts(self) -> list[int]:
        """The first token of each sentence, in order."""
        return [start for start, _ in sentence_bounds(self.doc)]

    def in_sentence(self, start: int) -> list[Named]:
        """The named mentions of the sentence that begins at the token ``start``."""
        return self._sentences.get(start, [])

    def sentences_before(self, token: Token, *, at_most: int) -> Iterator[int]:
        """The starts of the nearest earlier sentences, nearest first."""
        from bisect import bisect_left

        place = bisect_left(self.starts, token.sent.start)
        yield from reversed(self.starts[max(0, place - at_most) : place])

    def before(
        self, token: Token, kinds: frozenset[Kind], *, at_most: int
    ) -> Iterator[list[Named]]:
        """The mentions of these kinds, sentence by sentence backwards, the token's own first.

        In each list the main subject comes first, then other subjects, then all from the latest.
        """
        for start in (token.sent.start, *self.sentences_before(token, at_most=at_most)):
            fitting = self.foremost(start, kinds, before=token.i)
            if fitting:
                yield fitting

    def foremost(self, start: int, kinds: frozenset[Kind], *, before: int) -> list[Named]:
        """The mentions of these kinds in the sentence at ``start`` that end by ``before``.

        They are in the order of ``before``.
        """
        fitting = (item for item in self.in_sentence(start) if item.span.end <= before)
        return sorted((item for item in fitting if item.kind in kinds), key=_salience)

    @cached_property
    def state_counts(self) -> Counter[str]:
        """How often each state is named."""
        return Counter(item.entity for item in self.named if item.kind is Kind.STATE)

    @cached_property
    def first_named(self) -> dict[str, Named]:
        """Where each entity is named first."""
        return {item.entity: item for item in reversed(self.named)}

    @cached_property
    def lemmas(self) -> dict[str, list[int]]:
        """The tokens of each lemma, in order."""
        places: dict[str, list[int]] = {}
        for token in self.doc:
            places.setdefault(token.lemma_, []).append(token.i)
        return places

    @cached_property
    def small_words(self) -> frozenset[str]:
        """The words that the text has in small letters somewhere."""
        return frozenset(token.text for token in self.doc if token.text.islower())

    @cached_property
    def author(self) -> tuple[str, Span | None] | None:
        """The article's author from the metadata or a byline, with where the text names them."""
        given = _one_name(self.doc._.metadata.get("author"))
        if given is None:
            return self._author_in_byline()
        entity = f"person:{slug_of(given)}"
        spans = [item.span for item in self.named if item.entity == entity]
        return entity, (spans[0] if spans else None)

    def _author_in_byline(self) -> tuple[str, Span] | None:
        """The first person that a byline names after "By" or the like."""
        for block in self.doc.spans.get("blocks", ()):
            if block.label_ == BlockKind.BYLINE and self._names_author(block.text):
                for place in range(block.start, block.end):
                    for item in self._people.get(place, ()):
                        return item.entity, item.span
        return None

    def _names_author(self, line: str) -> bool:
        return any(
            re.match(rf"\W*{re.escape(opening)}\b", line, re.IGNORECASE)
            for opening in self.reference.byline_openings
        )

    @cached_property
    def _people(self) -> dict[int, list[Named]]:
        """The named persons by the first token of their names."""
        people: dict[int, list[Named]] = {}
        for item in self.named:
            if item.kind is Kind.PERSON:
                people.setdefault(item.span.start, []).append(item)
        return people

    @cached_property
    def quoted(self) -> frozenset[int]:
        """The tokens that stand in a quotation, or in a statement after "said:"."""
        return frozenset(
            place
            for quotation in self.quotations
            for place in range(quotation.start, quotation.end)
        )

    @cached_property
    def quotations(self) -> Quotations:
        """The quotations of the doc."""
        return find_quotations(self.doc)


def _in_clause(root: Token) -> Token:
    """The noun that a name explains: "the president, Ana Soto"; else the name's own."""
    explains = root.dep_ == "appos" and root.head.i < root.i and root.head.pos_ in ("NOUN", "PROPN")
    return root.head if explains and not root.head.ent_type_ else root


def _salience(item: Named) -> tuple[bool, bool, int]:
    return not item.main, not item.subject, -item.span.start


def _one_name(given: object) -> str | None:
    """The author in the metadata, where these give exactly one."""
    if isinstance(given, list | tuple) and len(given) == 1:
        given = given[0]
    return given if isinstance(given, str) and given.strip() else None


def resolved(item: Named, rule: str, *, factor: float = 1.0) -> Resolution:
    """The resolution that a named mention gives."""
    score = round(min(item.score, 0.99) * factor, 3)
    return Resolution(item.entity, item.kind, score, item.span, rule, (item.entity,))


def pair_of(named: list[Named], rule: str, *, score: float) -> Resolution:
    """The resolution of a phrase that stands for each of the named."""
    entities = tuple(dict.fromkeys(item.entity for item in named))
    if len(entities) == 1:
        return resolved(named[0], rule, factor=score)
    slugs = list(dict.fromkeys(slug_of(item.span.text) for item in named))
    joined = f"group:{'-and-'.join(slugs)}"
    return Resolution(joined, Kind.GROUP, score, named[0].span, rule, entities)
