"""Holders that are no name: "the ministry", "critics of the ban". Source: codebook §1.4, §2.8."""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.extraction.coreference import Resolution
from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.rules.holders.known import Known
from pipeline.extraction.propose.rules.holders.references import resolved_holders
from pipeline.language.syntax import children
from pipeline.language.words import (
    ARTICLES,
    DEFINITES,
    FIRST_PERSON_OWNERS,
    PHRASE_PREPOSITIONS,
)
from pipeline.lexicon.spellings import slug_of
from pipeline.records import Kind

_MARKS = frozenset("\"“„«'‘‹")


def phrase_holders(head: Token, noun: Token, known: Known) -> list[Held]:
    """Whom the phrase of ``head`` means where ``noun`` tells what they are.

    They are those whom the phrase refers to, else somebody of its own words.
    """
    span = holding_phrase(head)
    resolution = _reference(span, head, noun, known)
    if resolution is not None:
        return resolved_holders(span, resolution)
    kind = known.agents.kind_of(noun)
    prefix = "org" if kind is Kind.ORGANISATION else "group"
    return [Held(span, f"{prefix}:{slug_of(span.text)}", kind, 0.6, False, "nominal")]


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
    doc = head.doc
    ours = [child for child in children(head, "poss") if child.lower_ in FIRST_PERSON_OWNERS]
    if ours and noun.lemma_.lower() in known.agents.governments:
        return known.resolver.resolve(doc[ours[0].i : ours[0].i + 1])
    if span.start == noun.i or doc[head.left_edge.i].lower_ in DEFINITES:
        return known.resolver.resolve(span)
    return None


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
    return start + 1 if start < head.i and doc[start].lower_ in ARTICLES else start


def _opens(token: Token) -> bool:
    return token.text in _MARKS and not token.whitespace_


def _plain_end(prep: Token) -> int:
    """The end of a preposition's phrase before the first pause or clause in it."""
    end = prep.i + 1
    for token in prep.subtree:
        if token.i != end - 1 and token.i != end:
            break
        pauses = token.is_punct and (token.text != "-" or token.whitespace_)
        if token.dep_ in ("relcl", "acl", "cc") or pauses:
            break
        end = token.i + 1
    return end
