"""What a position is about: the span that the cue governs.

Source: codebook §2, fields ``cue`` and ``target``, and §2.12.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from pipeline.extraction.claims.matching import CueMatch
from pipeline.extraction.claims.syntax import (
    antecedent,
    children,
    edges,
    is_passive,
    is_verbal,
    meets_conjunction,
    patients_of,
    span_of,
    subject_of,
)
from pipeline.lexicon.grammar import Grammar


@dataclass(frozen=True, slots=True)
class Target:
    """A target's span, the token that heads it, and the slot it was found in."""

    span: Span
    head: Token
    slot: str


def find_target(match: CueMatch, grammar: Grammar) -> Target | None:
    """The target in the first slot of the cue that is filled, or None."""
    for slot in match.cue.targets:
        target = _slot(match, slot)
        if target is not None and _may_head(match, target):
            return _without_occasion(target, grammar)
    return None


def _without_occasion(target: Target, grammar: Grammar) -> Target:
    """The target without an occasion at its end: "a fund at the summit" is the fund."""
    doc, start, end = target.span.doc, target.span.start, target.span.end
    if target.slot in ("that", "quote", "clause"):
        return target
    for i in range(end - 2, start, -1):
        if doc[i].lower_ == "at" and doc[i].dep_ == "prep" and doc[i].right_edge.i >= end - 1:
            objects = children(doc[i], "pobj")
            if objects and objects[0].lemma_.lower() in grammar.occasions:
                span = span_of(doc, start, i)
                return Target(span, target.head, target.slot) if span is not None else target
    return target


def _may_head(match: CueMatch, target: Target) -> bool:
    return not match.cue.objects or target.head.lemma_.lower() in match.cue.objects


def _slot(match: CueMatch, slot: str) -> Target | None:
    first, _, join = slot.partition("+")
    verb = match.head
    if join:
        return _joined(match, join, slot)
    if first == "object":
        return _nominal(match, _patients(match), slot)
    if first == "prep":
        return _prepositional(match, slot)
    if first == "that":
        return _clausal(match, _reported_clause(verb, match), slot)
    if first == "to":
        return _clausal(match, _infinitive(verb, match), slot)
    if first == "gerund":
        return _clausal(match, _gerund(verb), slot)
    if first == "subject":
        return _subject_target(match, slot)
    if first == "clause":
        return _comment_target(match, slot)
    return None


def _patients(match: CueMatch) -> list[Token]:
    found = patients_of(match.head)
    return [token for token in found if token not in match.words]


def _nominal(match: CueMatch, heads: list[Token], slot: str) -> Target | None:
    if not heads:
        return None
    target = phrase_target(match, heads[0], slot)
    if target is None or target.span.start < match.head.i:
        return target
    end = _stretched(match.head, target.span.end)
    return Target(target.span.doc[target.span.start : end], target.head, slot)


_STRETCH = frozenset(
    "of for in on over with between among about against towards toward at into within".split()
)
_TIMES = frozenset({"DATE", "TIME"})


def _stretched(verb: Token, end: int) -> int:
    """The end of an object with the phrases that follow it at once.

    The parser hangs "a fund for the region" now on the noun, now on the verb; to a reader it is
    one thing. Phrases of time and of occasion ("at the summit") stay outside.
    """
    for child in verb.children:
        if child.i < end or child.left_edge.i != end:
            continue
        purpose = child.dep_ in ("advcl", "xcomp", "relcl", "acl") and is_infinitive(child)
        if purpose or _is_stretch(child):
            end = child.right_edge.i + 1
    return end


def _is_stretch(prep: Token) -> bool:
    if prep.dep_ not in ("prep", "dative") or prep.lower_ not in _STRETCH:
        return False
    objects = children(prep, "pobj")
    return bool(objects) and objects[0].ent_type_ not in _TIMES


def phrase_target(match: CueMatch, head: Token, slot: str) -> Target | None:
    """The noun phrase of ``head`` whole, without the words of the cue."""
    start, end = edges(head)
    end = _before_but_not(head, start, end)
    if match.head.i < start or match.head.i >= end:
        span = span_of(head.doc, start, end)
    else:
        span = _around_cue(head, match)
    return Target(span, head, slot) if span is not None else None


def _before_but_not(head: Token, start: int, end: int) -> int:
    """The end of a phrase before what it excludes: "the treaty but not the court"."""
    doc = head.doc
    for i in range(max(start, head.i), end - 2):
        if doc[i].lower_ == "but" and doc[i + 1].lower_ == "not":
            return i
    return end


def _around_cue(head: Token, match: CueMatch) -> Span | None:
    """The noun phrase up to the relative or participial clause that holds the cue."""
    doc = head.doc
    start, end = edges(head)
    inside = match.head
    while inside.head != head and inside.head != inside:
        inside = inside.head
    left, right = edges(inside)
    if left > head.i:
        stop = left
        while stop > head.i + 1 and doc[stop - 1].dep_ in ("punct", "mark", "prep"):
            stop -= 1
        return span_of(doc, start, stop)
    if right <= head.i:
        return span_of(doc, right, end)
    return span_of(doc, head.i, head.i + 1)


def _prepositional(match: CueMatch, slot: str) -> Target | None:
    prep = match.last
    for child in prep.children:
        if child.dep_ in ("pobj", "pcomp", "dobj", "ccomp") and child.i > prep.i:
            if child.ent_type_ in _TIMES:
                return None
            return _within(match, child, slot)
    return _relative_target(match, prep, slot) or _after(match, prep, slot)


def _relative_target(match: CueMatch, prep: Token, slot: str) -> Target | None:
    for child in prep.children:
        if child.dep_ == "pobj":
            head = antecedent(child)
            if head is not child:
                return phrase_target(match, head, slot)
    return None


def _after(match: CueMatch, prep: Token, slot: str) -> Target | None:
    """The phrase right after a preposition that the parser left without an object."""
    doc = prep.doc
    following = prep.i + 1
    if following < len(doc) and doc[following].dep_ == "cc":
        return _shared_object(match, prep, slot)
    if is_verbal(match.head) and is_passive(match.head):
        return _passive_of_preposition(match, slot)
    if following >= len(doc) or doc[following].is_sent_start or doc[following].is_punct:
        return _passive_of_preposition(match, slot)
    token = doc[following]
    while token.head.i > prep.i and token.head != token and token.head.i < prep.i + 12:
        token = token.head
    if token.i <= prep.i or token.is_ancestor(match.head):
        return None
    return _within(match, token, slot)


def _shared_object(match: CueMatch, prep: Token, slot: str) -> Target | None:
    """The one object of two prepositions: "voted for and Togo voted against the motion"."""
    for token in prep.doc[prep.i + 2 : prep.sent.end]:
        if token.dep_ in ("prep", "agent") and token.i <= prep.i + 12:
            objects = children(token, "pobj", "pcomp")
            if objects:
                return _within(match, objects[0], slot)
    return None


def _passive_of_preposition(match: CueMatch, slot: str) -> Target | None:
    if is_verbal(match.head) and is_passive(match.head):
        return _nominal(match, patients_of(match.head), slot)
    return None


def _within(match: CueMatch, head: Token, slot: str) -> Target | None:
    target = antecedent(head)
    if target != head:
        return phrase_target(match, target, slot)
    start, end = edges(head)
    end = _before_but_not(head, start, end)
    start = max(start, match.last.i + 1) if start <= match.last.i < end else start
    if slot == "prep":
        verb = match.head if is_verbal(match.head) else match.head.head
        end = _stretched(verb, end) if is_verbal(verb) and verb.i < start else end
    span = span_of(head.doc, start, end)
    return Target(span, head, slot) if span is not None else None


def _comment_target(match: CueMatch, slot: str) -> Target | None:
    """The clause that a comment precedes: "To Peru's dismay, the price fell"."""
    prep = match.head.head
    if match.head.dep_ != "pobj" or prep.lower_ != "to" or not is_verbal(prep.head):
        return None
    return clause_without(prep, match, slot)


def clause_without(phrase: Token, match: CueMatch, slot: str) -> Target | None:
    """What is left of a clause without the phrase: "According to X, the vote was late"."""
    root = phrase.head
    while not is_verbal(root) and root.head != root:
        root = root.head
    if not is_verbal(root):
        return None
    start, end = edges(root)
    low = phrase.left_edge.i
    high = max(phrase.right_edge.i, match.last.right_edge.i) + 1
    if low - start >= end - high:
        end = min(end, low)
    else:
        start = max(start, high)
    span = span_of(phrase.doc, start, end)
    return Target(span, root, slot) if span is not None else None


def _clausal(match: CueMatch, clause: Token | None, slot: str) -> Target | None:
    if clause is None:
        return None
    start, end = edges(clause)
    start, end = _without_cue(start, end, match)
    if slot == "that":
        end = _quote_end(clause.doc, start, end)
    span = span_of(clause.doc, start, end)
    return Target(span, clause, slot) if span is not None else None


def _quote_end(doc: Doc, start: int, end: int) -> int:
    """The end of a clause that ends in a quotation, with what the parser left outside it."""
    opened = False
    for i in range(start, end):
        if doc[i].text in ("“", '"'):
            opened = doc[i].text == "“" or not opened
        elif doc[i].text == "”":
            opened = False
    if not opened:
        return end
    limit = min(doc[start].sent.end, end + 60)
    for i in range(end, limit):
        if doc[i].text in ("”", '"'):
            return i + 1
    return end


def _without_cue(start: int, end: int, match: CueMatch) -> tuple[int, int]:
    low = min(word.i for word in match.words)
    high = max(word.i for word in match.words)
    if start <= high < end and low >= start:
        return (high + 1, end) if high - start < end - low else (start, low)
    return start, end


def _reported_clause(verb: Token, match: CueMatch) -> Token | None:
    for word in reversed(match.words):
        for child in word.children:
            if child.dep_ == "ccomp" and child not in match.words:
                return child
            if child.dep_ == "acl" and any(c.dep_ == "mark" for c in child.children):
                return child
    if verb.dep_ == "parataxis" and is_verbal(verb.head):
        return verb.head
    if is_verbal(verb) and meets_conjunction(verb):
        for other in children(verb, "conj"):
            for child in children(other, "ccomp"):
                return child
    return None


def _infinitive(verb: Token, match: CueMatch) -> Token | None:
    for word in reversed(match.words):
        for child in word.children:
            if child.dep_ in ("xcomp", "acl", "advcl", "ccomp", "relcl") and is_infinitive(child):
                if child.dep_ == "advcl" and word == verb and child.i > word.i + 3:
                    continue
                if child.i > word.i:
                    return child
    if verb.pos_ in ("NOUN", "ADJ") and is_verbal(verb.head):
        for child in children(verb.head, "xcomp", "advcl", "ccomp"):
            if is_infinitive(child) and verb.i < child.i <= verb.i + 3:
                return child
    return None


def is_infinitive(verb: Token) -> bool:
    """Whether the verb has the particle `to`."""
    return any(child.lower_ == "to" and child.tag_ == "TO" for child in verb.children)


def _gerund(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp", "pcomp", "dobj") and child.tag_ == "VBG":
            return child
    return None


def _subject_target(match: CueMatch, slot: str) -> Target | None:
    token = match.head
    while not is_verbal(token) and token.head != token:
        token = token.head
    if not is_verbal(token):
        return None
    heads = subject_of(token)
    return phrase_target(match, heads[0], slot) if heads else None


_JOINED_DEPS = {
    "to": ("xcomp", "ccomp", "advcl", "acl", "relcl"),
    "gerund": ("xcomp", "ccomp", "advcl"),
    "that": ("ccomp", "acl", "advcl"),
    "complement": ("oprd", "attr", "acomp", "xcomp", "ccomp"),
}


def _joined(match: CueMatch, join: str, slot: str) -> Target | None:
    """The object together with its infinitive, clause or preposition, as one span."""
    verb = match.head
    heads = children(match.last, "pobj") if match.cue.preposition else []
    if not heads and slot.startswith("object"):
        heads = [t for t in _patients(match) if t.i > match.last.i or not match.cue.preposition]
    if not heads:
        heads = [t for t in children(verb, "dative", "nsubj") if t.i > verb.i]
    if not heads:
        return _small_clause(match, join, slot)
    head = heads[0]
    second = _second(verb, head, join)
    if second is None:
        return None
    start, end = edges(head)
    passive = second.i < head.i or head.i < verb.i
    if passive:
        return phrase_target(match, head, slot) if join in ("as", "to", "gerund") else None
    span = span_of(verb.doc, start, max(end, edges(second)[1]))
    return Target(span, second, slot) if span is not None else None


def _second(verb: Token, head: Token, join: str) -> Token | None:
    if join in _JOINED_DEPS:
        for owner in (verb, head):
            for child in children(owner, *_JOINED_DEPS[join]):
                if (join != "to" or is_infinitive(child)) and child.i > head.i:
                    return child
        if join != "to":
            return None
    for owner in (verb, head):
        for child in owner.children:
            if child.lower_ == join and child.i > verb.i:
                return child
            marks = children(child, "mark", "advmod") if child.dep_ == "advcl" else []
            if join == "as" and child.i > head.i and any(m.lower_ == "as" for m in marks):
                return child
    return None


def _small_clause(match: CueMatch, join: str, slot: str) -> Target | None:
    """The clause of "urged Iran to comply", read as one with its own subject."""
    if join not in ("to", "gerund", "as", "complement"):
        return None
    for child in children(match.head, "ccomp", "xcomp"):
        if child.i < match.head.i or (join == "to" and not is_infinitive(child)):
            continue
        if join == "complement" or children(child, "nsubj"):
            return _clausal(match, child, slot)
    return None
