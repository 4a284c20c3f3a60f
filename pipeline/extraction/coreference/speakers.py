"""Who says "I" and "we": the speaker of a quotation or a turn, the author, who issued the text.

Source: codebook §2, rules 1 and 8.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.extraction.coreference.context import (
    BODIES,
    Context,
    Named,
    Resolution,
    resolved,
)
from pipeline.extraction.coreference.issuers import own_state
from pipeline.extraction.coreference.places import main_subject
from pipeline.extraction.coreference.turns import Turn, find_turns, turn_at
from pipeline.extraction.mentions import TELLERS, Teller, Tellers
from pipeline.language.labels import NOMINAL_SUBJECTS, PLURAL_TAGS
from pipeline.language.occurrences import places_of
from pipeline.language.quotations import Quotation
from pipeline.language.words import (
    BEFORE_CLOSING_NAMES,
    FIRST_PLURAL,
    FIRST_SINGULAR,
)
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEAST = 2
_UNKNOWN = "unknown:speaker"
_OFFICES = frozenset(["NOUN", "PROPN", "ADJ"])
_PRESENT = frozenset({"VBP", "VBZ"})


class SpeakerResolver:
    """Resolves the pronouns of the first person; ``refer`` resolves one of the third."""

    def __init__(self, context: Context, refer: Callable[[Token], Resolution | None]) -> None:
        self.context = context
        self._refer = refer

    def first_person(self, token: Token) -> Resolution:
        """Whom "I" or "we" means; an unknown speaker where that is not plain."""
        return self.speaking_at(token, many=token.lower_ in FIRST_PLURAL)

    def speaking_at(self, token: Token, *, many: bool) -> Resolution:
        """Whom "we", with ``many``, or "I" would mean where the token stands."""
        quotation = next(reversed(self.context.quotations.around(token)), None)
        if quotation is not None:
            return self._speaker(quotation) or _unknown(many=many)
        turn = turn_at(self._turns, token)
        if turn is not None:
            return (turn.many if many else turn.one) or _unknown(many=many)
        return self._teller(many=many) or _unknown(many=many)

    def turn_of(self, token: Token) -> int:
        """The first token of the turn that the token stands in; 0 outside any."""
        turn = turn_at(self._turns, token)
        return turn.start if turn is not None else 0

    @cached_property
    def _turns(self) -> list[Turn]:
        return find_turns(self.context)

    def _teller(self, *, many: bool) -> Resolution | None:
        """Who speaks in the text's own voice: by the metadata, by its own words, as its issuer."""
        told = self.context.doc.user_data.get(TELLERS, Tellers())
        teller = told.many if many else told.one
        if teller is not None:
            return _told(teller, self.context)
        author = self.context.author
        if author is not None:
            return Resolution(author[0], Kind.PERSON, 0.9, author[1], "author", (author[0],))
        if self._own_state is not None:
            return resolved(self._own_state, "own-state", factor=0.85)
        if told.publisher is not None:
            return _told(told.publisher, self.context)
        issuer = self._issuer
        if issuer is not None and (many or issuer.kind is Kind.STATE):
            return resolved(issuer, "issuer", factor=0.65)
        return None

    def _speaker(self, quotation: Quotation) -> Resolution | None:
        """Who says the quotation: the verb of saying beside it, else in the sentence before.

        Somebody unnamed who says it ("a nurse said") is nobody named before.
        """
        doc = self.context.doc
        last = doc[min(quotation.end, len(doc) - 1)].sent
        first = doc[max(quotation.start - 1, 0)].sent
        own = tuple(dict.fromkeys((last.start, first.start)))
        before = tuple(self.context.sentences_before(doc[first.start], at_most=1))
        for starts in (own, before):
            sayers = (self._sayer(start) for start in starts)
            subjects = (main_subject(doc[start].sent.root) for start in starts)
            for sayer in (*sayers, *subjects):
                if sayer is not None and sayer.i not in self.context.quoted:
                    return self._meant(sayer)
        return None

    def _sayer(self, start: int) -> Token | None:
        """The subject of a verb of saying outside the quotations of one sentence."""
        for verb in self.context.doc[start].sent:
            saying = verb.lemma_ in self.context.reference.speaking_verbs
            if not saying or verb.i in self.context.quoted:
                continue
            subjects = [
                child
                for child in verb.children
                if child.dep_ in NOMINAL_SUBJECTS and child.i not in self.context.quoted
            ]
            named = [child for child in subjects if child.i in self.context.at]
            if subjects:
                return next(iter(named or subjects))
            beside = self._beside(verb)
            if beside is not None:
                return beside
        return None

    def _beside(self, verb: Token) -> Token | None:
        """The person right before a verb without a subject: "the head of the club, Roe, said"."""
        doc, place = self.context.doc, verb.i - 1
        place -= place > 0 and doc[place].text == ","
        named = self.context.at.get(place)
        if named is None or named.kind is not Kind.PERSON or place in self.context.quoted:
            return None
        return doc[place]

    def _meant(self, sayer: Token) -> Resolution | None:
        """Whom the subject names, also in apposition: "the head of the clinic, Tom Berg"."""
        named = self._named(sayer)
        if named is not None:
            return resolved(named, "speaker", factor=0.85)
        if sayer.lower_ in FIRST_SINGULAR | FIRST_PLURAL:
            return self._teller(many=sayer.lower_ in FIRST_PLURAL)
        return self._refer(sayer)

    def _named(self, sayer: Token) -> Named | None:
        apposed = (child for child in sayer.children if child.dep_ == "appos")
        for token in (sayer, *apposed):
            named = self.context.at.get(token.i)
            if named is not None:
                return named
        return self._closing(sayer)

    def _closing(self, sayer: Token) -> Named | None:
        """The only person of the sayer's phrase, whose name closes it after their offices.

        As in "the party's leader and minister Ana Soto said", and not in "the aide to Ana Soto".
        """
        doc = self.context.doc
        places = range(sayer.i + 1, min(sayer.right_edge.i + 1, sayer.sent.end))
        people = {id(item): item for place in places if (item := self.context.at.get(place))}
        named = [item for item in people.values() if item.kind is Kind.PERSON]
        if len({item.entity for item in named}) != 1 or sayer.tag_ in PLURAL_TAGS:
            return None
        place = named[0].span.start - 1
        while place > sayer.i and doc[place].pos_ in _OFFICES:
            place -= 1
        return named[0] if doc[place].text in BEFORE_CLOSING_NAMES and place > sayer.i else None

    @cached_property
    def _own_state(self) -> Named | None:
        return own_state(self.context)

    @cached_property
    def _issuer(self) -> Named | None:
        """The body that a statement, or the state that a speech, is of, by what it says of itself.

        It condemns, welcomes or calls for something in the present. A state is none for being
        talked of: it says so twice, and twice as often as any other, or in the first sentence.
        A body is none in a speech, where somebody says "I", save where it opens the text.
        """
        states = [item for item in self._subjects if item.kind is Kind.STATE]
        stated = self._declaring(states, self.context.reference.statement_words)
        if self._tells_at_once(stated):
            return stated[0]
        state = _foremost(stated, at_least=_LEAST)
        bodies = [item for item in self._subjects if item.kind is not Kind.STATE]
        opens = bool(bodies) and bodies[0].span.sent.start == 0
        if state is not None or (self._is_speech and not opens):
            return state
        declaring = self._declaring(bodies, self.context.reference.declaring_words)
        return _foremost(declaring, at_least=1) or _foremost(bodies, at_least=_LEAST)

    def _tells_at_once(self, stated: list[Named]) -> bool:
        """Whether one state alone declares, in the first sentence or where "we" opens the text.

        As in "We condemn the attack. … The U.S. reaffirms its commitment".
        """
        if len({item.entity for item in stated}) != 1:
            return False
        opens = self.context.doc[:1].text.lower() in FIRST_PLURAL
        return opens or stated[0].span.sent.start == 0

    @cached_property
    def _subjects(self) -> list[Named]:
        """The states and bodies that are a subject outside quotations."""
        return [
            item
            for item in self.context.named
            if item.subject and item.kind in BODIES and item.span.root.i not in self.context.quoted
        ]

    def _declaring(self, items: list[Named], words: frozenset[str]) -> list[Named]:
        return [item for item in items if _declares(item, words)]

    @cached_property
    def _is_speech(self) -> bool:
        """Whether somebody says "I" outside quotations."""
        said = places_of(self.context.doc, FIRST_SINGULAR)
        return any(place not in self.context.quoted for place in said)


def _foremost(items: list[Named], *, at_least: int) -> Named | None:
    """The first of the entity that comes so often, and twice as often as any other."""
    counts = Counter(item.entity for item in items).most_common(2)
    if not counts or counts[0][1] < at_least:
        return None
    if len(counts) > 1 and counts[0][1] < 2 * counts[1][1]:
        return None
    return next(item for item in items if item.entity == counts[0][0])


def _declares(item: Named, declaring: frozenset[str]) -> bool:
    """Whether its verb, the main one in the present, says what a statement says."""
    verb = item.span.root.head
    while verb.dep_ == "conj":
        verb = verb.head
    words = {verb.lemma_, *(child.lemma_ for child in verb.children if child.dep_ == "acomp")}
    return verb.dep_ == "ROOT" and verb.tag_ in _PRESENT and bool(words & declaring)


def _told(teller: Teller, context: Context) -> Resolution:
    """The resolution to somebody whom the metadata name, with where the text does, if it does."""
    named = context.first_named.get(teller.entity)
    span = named.span if named is not None else None
    return Resolution(teller.entity, teller.kind, 0.9, span, "metadata", (teller.entity,))


def _unknown(*, many: bool) -> Resolution:
    kind = Kind.GROUP if many else Kind.PERSON
    return Resolution(_UNKNOWN, kind, 0.5, None, "unknown-speaker", (_UNKNOWN,))
