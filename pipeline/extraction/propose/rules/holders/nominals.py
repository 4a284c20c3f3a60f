"""Holders that are no name: "the ministry", "critics of the ban". Source: codebook §1.4, §2.8."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span, Token

from pipeline.extraction.coreference import Resolution
from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.rules.holders.kin import owned_entity
from pipeline.extraction.propose.rules.holders.known import Known
from pipeline.extraction.propose.rules.holders.references import resolved_holders
from pipeline.language.labels import PLURAL_TAGS
from pipeline.language.syntax import children
from pipeline.language.words import (
    ARTICLES,
    DEFINITES,
    FIRST_PERSON_OWNERS,
    OWNING_PREPOSITIONS,
    PHRASE_PREPOSITIONS,
    THIRD_PERSON_OWNERS,
    THIRD_PLURAL,
)
from pipeline.lexicon.spellings import slug_of
from pipeline.records import Kind

_OF_NOUN = 0.5
_NAMING = frozenset(["PROPN", "ADJ"])
_MARKS = frozenset("\"“„«'‘‹")


def phrase_holders(head: Token, noun: Token, known: Known) -> list[Held]:
    """Whom the phrase of ``head`` means where ``noun`` tells what they are.

    They are those whom the phrase refers to, else somebody of its own words.
    """
    span = holding_phrase(head)
    resolution = _ruled(noun, known) or _reference(span, head, noun, known)
    if resolution is not None:
        return resolved_holders(span, resolution)
    kind = known.agents.kind_of(noun, named=_is_named(span, noun))
    prefix = "org" if kind is Kind.ORGANISATION else "group"
    entity = owned_entity(head, _without_owner(span, head), prefix, known)
    entity = entity or f"{prefix}:{slug_of(span.text)}"
    return [Held(span, entity, kind, 0.6, False, "nominal")]


def plural_holders(token: Token, held: list[Held], known: Known) -> list[Held]:
    """The holders; whom nobody is known for is somebody unnamed: "The miners met. They object"."""
    if token.lower_ not in THIRD_PLURAL or not held or held[0].rule != "unresolved":
        return held
    noun = known.resolver.plural_before(token)
    if noun is None or not known.agents.is_agent(noun):
        return held
    meant = phrase_holders(noun, noun, known)
    return [
        replace(one, span=held[0].span, score=_OF_NOUN, inferred=True, rule="plural-noun")
        for one in meant
    ]


def _government_of(owner: Token, noun: Token, known: Known) -> Resolution | None:
    """The state in "its government"; None for whoever else belongs to somebody."""
    if noun.lemma_.lower() not in known.agents.governments:
        return None
    found = known.resolver.resolve(owner.doc[owner.i : owner.i + 1])
    return found if found is not None and found.kind is Kind.STATE else None


def _ruled(noun: Token, known: Known) -> Resolution | None:
    """The state in "authorities in Chile", and none in "local authorities in Chile"."""
    if noun.lower_ not in known.agents.ruling or any(children(noun, "amod")):
        return None
    for prep in children(noun, "prep"):
        for place in children(prep, "pobj") if prep.lower_ in OWNING_PREPOSITIONS else ():
            found = known.resolver.resolve(place.doc[place.i : place.i + 1])
            if found is not None and found.kind is Kind.STATE and found.rule == "named":
                return replace(found, rule="ruled")
    return None


def _is_named(span: Span, noun: Token) -> bool:
    """Whether a word with a capital before the noun tells whose it is: "pro-Assad forces".

    A plain noun does where nothing but its being a name gives it the capital: "In Syria, Coalition
    forces left".
    """
    words = (token for token in span.doc[span.start : noun.i] if token.text[0].isupper())
    return any(
        token.pos_ in _NAMING or (token.pos_ == "NOUN" and not token.is_sent_start)
        for token in words
    )


def _without_owner(span: Span, head: Token) -> str:
    """The words of the phrase after whoever owns it: "lawyers" of "Hill's lawyers"."""
    owners = [child.right_edge.i + 1 for child in children(head, "poss", "compound", "nmod")]
    start = max((end for end in owners if span.start < end <= head.i), default=span.start)
    return span.doc[start : span.end].text


def acting_places(token: Token) -> list[Held]:
    """A place without a mention that does something: "Ohio delayed its vote".

    Source: codebook §2.1: whoever is shown to want it; §1.1 has mentions for states alone.
    """
    subject = token.head if token.dep_ == "conj" else token
    if token.ent_type_ != "GPE" or token.pos_ != "PROPN" or subject.dep_ != "nsubj":
        return []
    named = [entity for entity in token.sent.ents if entity.start <= token.i < entity.end]
    span = named[0] if named else token.doc[token.i : token.i + 1]
    start = span.start + (span[0].lower_ in ARTICLES)
    span = token.doc[start : span.end]
    return [Held(span, f"group:{slug_of(span.text)}", Kind.GROUP, 0.5, False, "nominal")]


def _reference(span: Span, head: Token, noun: Token, known: Known) -> Resolution | None:
    """Whom "our government", "the ministry", "both countries" or a bare noun refers to."""
    owners = [child for child in children(head, "poss") if child.pos_ == "PRON"]
    for owner in owners:
        if owner.lower_ in THIRD_PERSON_OWNERS:
            return _government_of(owner, noun, known)
        ours = _ours(owner, noun, known) if owner.lower_ in FIRST_PERSON_OWNERS else None
        if ours is not None:
            return ours
    if span.start != noun.i and head.doc[head.left_edge.i].lower_ not in DEFINITES:
        return None
    found = known.resolver.resolve(span)
    if found is not None and found.rule == "adjective" and known.agents.is_person(noun):
        return None
    return found


def _ours(owner: Token, noun: Token, known: Known) -> Resolution | None:
    """The state that speaks in "my country", "our delegation"; who speaks in "our government"."""
    if noun.tag_ in PLURAL_TAGS:
        return None
    own = known.resolver.own_state(noun)
    if own is None and noun.lemma_.lower() in known.agents.governments:
        return known.resolver.resolve(owner.doc[owner.i : owner.i + 1])
    return own


def holding_phrase(head: Token) -> Span:
    """The noun phrase without its article, relative clause, apposition and coordination."""
    end = head.i + 1
    for child in children(head, "prep"):
        if child.i == end and child.lower_ in PHRASE_PREPOSITIONS:
            end = _plain_end(child)
    return head.doc[_plain_start(head) : end]


def _plain_start(head: Token) -> int:
    """The first word of the phrase past an opening mark, loose punctuation and its article."""
    doc, start = head.doc, head.left_edge.i
    before = doc[start : head.i]
    start = max((t.i + 1 for t in before if _opens(t)), default=start)
    while start < head.i and (doc[start].is_punct or doc[start].is_space):
        start += 1
    dropped = ARTICLES | THIRD_PERSON_OWNERS
    return start + 1 if start < head.i and doc[start].lower_ in dropped else start


def _opens(token: Token) -> bool:
    return token.text in _MARKS and not token.whitespace_


def _plain_end(prep: Token) -> int:
    """The end of a preposition's phrase before the first pause or clause in it."""
    end = prep.i + 1
    for token in prep.subtree:
        if token.i != end - 1 and token.i != end:
            break
        pauses = token.is_punct and (token.text != "-" or token.whitespace_)
        if pauses or "relcl" in (token.dep_, token.head.dep_) or token.dep_ in ("acl", "cc"):
            break
        end = token.i + 1
    return end
