"""Which state speaks in a text, as the speaker says: "my country, Mali", "on behalf of Peru, I".

Only what the speaker says in the first person tells it; a state is no speaker for being named
last, or often. Source: codebook §2.8.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.extraction.coreference.context import Context, Named
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.occurrences import places_of
from pipeline.language.words import (
    ARTICLES,
    FIRST_PERSON_OWNERS,
    FIRST_PERSON_SUBJECTS,
    ON_BEHALF_OF,
    REPRESENTING_JOINTS,
)
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = 9
_SCORE = 0.8
_CLOSING = frozenset(",.;:—–")
_AS, _FROM = "as", "from"
_TELLING = frozenset({*FIRST_PERSON_OWNERS, *FIRST_PERSON_SUBJECTS, ON_BEHALF_OF[0], _AS, _FROM})
"""The words with which a speaker may say who they speak for."""


def own_state(context: Context) -> Named | None:
    """The state whose speaker says so outside quotations; None where they say two, or none."""
    told = [item for item in _told(context) if item.kind is Kind.STATE]
    counts = Counter(item.entity for item in told).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] < 2 * counts[1][1]):
        return None
    return next(item for item in told if item.entity == counts[0][0])


def _told(context: Context) -> Iterator[Named]:
    for place in places_of(context.doc, _TELLING):
        if place in context.quoted:
            continue
        token = context.doc[place]
        if token.lower_ in FIRST_PERSON_OWNERS:
            yield from _own_country(token, context)
        elif token.lower_ in FIRST_PERSON_SUBJECTS:
            yield from _we_of(token, context)
        else:
            yield from _spoken_for(token, context)


def _own_country(owner: Token, context: Context) -> Iterator[Named]:
    """As in "my country, Mali", "Fiji, my country": the state in apposition."""
    doc, place = context.doc, owner.i + 1
    while place < len(doc) and doc[place].lower_ in context.reference.own_adjectives:
        place += 1
    if place >= len(doc) or doc[place].lower_ not in context.reference.own_nouns:
        return
    after = _after_comma(context, place + 1)
    if after is not None and _closes(context, after.span.end):
        yield after
    before = context.at.get(owner.i - 2) if owner.i > 1 else None
    apposed = before is not None and doc[owner.i - 1].text == ","
    if before is not None and apposed and doc[place + 1 : place + 2].text in _CLOSING:
        yield before


def _after_comma(context: Context, place: int) -> Named | None:
    """The name at the place, or past a comma and an article."""
    doc = context.doc
    place += place < len(doc) and doc[place].text == ","
    place += place < len(doc) and doc[place].lower_ in ARTICLES
    item = context.at.get(place)
    return item if item is not None and item.span.start == place else None


def _closes(context: Context, end: int) -> bool:
    """Whether the name is no first of several: "my country, Chad and Niger"."""
    doc = context.doc
    return end >= len(doc) or doc[end].text in _CLOSING or doc[end].pos_ in ("VERB", "AUX")


def _we_of(subject: Token, context: Context) -> Iterator[Named]:
    """As in "we in Ghana", "we, the people of Ghana"."""
    doc, place = context.doc, subject.i + 1
    item = None
    if place < len(doc) and doc[place].text == "in":
        item = _after_comma(context, place + 1)
    elif place < len(doc) and doc[place].text == ",":
        item = _represented(context, place + 1)
    if item is not None:
        yield item


def _spoken_for(token: Token, context: Context) -> Iterator[Named]:
    """As in "on behalf of Peru, I …", "As President of Malawi, I …", "greetings from Samoa"."""
    doc, place = context.doc, token.i
    if tuple(word.lower_ for word in doc[place : place + 3]) == ON_BEHALF_OF:
        start = place + 3
    elif _opens_office(token, context) or _follows_greeting(token, context):
        start = place + 1
    else:
        return
    item = _represented(context, start)
    if item is not None and _says_first_person(token):
        yield item


def _opens_office(token: Token, context: Context) -> bool:
    """As in "As President of Malawi", and not "As for Malawi"."""
    if token.lower_ != _AS or not token.is_sent_start:
        return False
    after = [word.lower_ for word in token.doc[token.i + 1 : token.i + 3]]
    return bool(set(after) & context.reference.represented_nouns) and "for" not in after[:1]


def _follows_greeting(token: Token, context: Context) -> bool:
    before = token.doc[token.i - 1].lower_ if token.i else ""
    return token.lower_ == _FROM and before in context.reference.greeting_nouns


def _represented(context: Context, start: int) -> Named | None:
    """The state of whose people, government or office the words from ``start`` on speak."""
    doc, allowed = context.doc, context.reference.represented_nouns | REPRESENTING_JOINTS
    for place in range(start, min(len(doc), start + _NEAR)):
        item = context.at.get(place)
        adjective = context.adjectives.get(place)
        if adjective is not None and (item is None or len(item.span) > 1):
            return Named(doc[place : place + 1], *adjective, _SCORE, subject=False)
        if item is not None and item.kind is not Kind.PERSON:
            return item
        if item is None and doc[place].lower_ not in allowed:
            return None
    return None


def _says_first_person(token: Token) -> bool:
    """Whether the verb that the phrase belongs to, or one above it, has "I" or "we" as subject."""
    for above in token.ancestors:
        if above.dep_ in ("acl", "relcl"):
            return False
        subjects = [child for child in above.children if child.dep_ in NOMINAL_SUBJECTS]
        if subjects:
            return any(child.lower_ in FIRST_PERSON_SUBJECTS for child in subjects)
    return False
