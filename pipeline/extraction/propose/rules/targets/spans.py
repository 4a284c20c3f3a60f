"""Spans of targets: a phrase whole, a clause without its cue. Source: codebook §2.12."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.extraction.propose.target import Target
from pipeline.language.infinitives import is_infinitive
from pipeline.language.labels import FINITE_TAGS, NOMINAL_SUBJECTS, NOUNS, TIMES
from pipeline.language.negation_words import BEFORE_NOT
from pipeline.language.spans import edges, span_of
from pipeline.language.syntax import children, is_verbal
from pipeline.language.words import (
    OBJECT_PREPOSITIONS,
    ROLELESS,
)

_ENDS = "mention_ends"
_NOMINAL = frozenset({"DET", "NOUN", "PROPN", "PRON"})


def object_of(match: CueMatch, target: Target | None) -> Token | None:
    """The noun that the cue governs, which may be none: "backs no ban", "asked nobody to leave"."""
    slot, _, join = target.slot.partition("+") if target is not None else ("", "", "")
    if target is None or slot not in ("object", "prep"):
        return None
    if join and slot == "object":
        return next(iter(children(match.head, "dobj", "dative")), None)
    return None if is_verbal(target.head) or target.head.pos_ in ("ADP", "SCONJ") else target.head


def stretched(verb: Token, end: int) -> int:
    """The end of an object with the phrases that follow it at once.

    The parser hangs "a fund for the region" now on the noun, now on the verb; to a reader it is
    one thing. Phrases of time and of occasion ("at the summit") stay outside, save that a date
    cannot be of a verb in the present: "condemns the raid yesterday on the port" dates the raid.
    """
    reach = end
    for child in verb.children:
        if child.i < end or child.left_edge.i != reach:
            continue
        purpose = child.dep_ in ("advcl", "xcomp", "relcl", "acl") and is_infinitive(child)
        if purpose or _is_stretch(child, end):
            end = reach = child.right_edge.i + 1
        elif verb.tag_ in ("VBZ", "VBP") and _is_date(child):
            reach = child.right_edge.i + 1
    return end


def _is_date(token: Token) -> bool:
    """As `yesterday` or `on Monday`."""
    if token.dep_ == "prep":
        return any(child.ent_type_ in TIMES for child in children(token, "pobj"))
    return token.dep_ in ("npadvmod", "advmod") and token.ent_type_ in TIMES


def _is_stretch(prep: Token, end: int) -> bool:
    objects = children(prep, "pobj")
    if prep.lower_ == "as" and prep.dep_ == "prep":
        return bool(objects) and objects[0].lower_ not in ROLELESS
    if prep.dep_ not in ("prep", "dative") or prep.lower_ not in OBJECT_PREPOSITIONS:
        return False
    if not objects or objects[0].ent_type_ in TIMES:
        return False
    return prep.lower_ != "with" or not _is_named(prep.doc[end - 1])


def _is_named(token: Token) -> bool:
    """Whether an object is a name: "supports Iraqi forces with arms" tells how they are helped."""
    return token.dep_ == "dobj" and token.idx + len(token) in _mention_ends(token.doc)


def _mention_ends(doc: Doc) -> frozenset[int]:
    """Where the document's named mentions end; worked out once."""
    ends: frozenset[int] | None = doc.user_data.get(_ENDS)
    if ends is None:
        ends = doc.user_data[_ENDS] = frozenset(mention.end for mention in doc._.mentions)
    return ends


def phrase_target(match: CueMatch, head: Token, slot: str) -> Target | None:
    """The noun phrase of ``head`` whole, without the words of the cue."""
    start, end = edges(head)
    end = before_but_not(head, start, end)
    if match.head.i < start or match.head.i >= end:
        span = span_of(head.doc, start, end)
    else:
        span = _around_cue(head, match)
    return Target(span, head, slot) if span is not None else None


def before_but_not(head: Token, start: int, end: int) -> int:
    """The end of a phrase before what it excludes: "the treaty but not the court", ", not it".

    Also before a verb of the clause that the parser joined to it.
    """
    doc = head.doc
    for i in range(max(start, head.i), end - 2):
        excludes = doc[i].lower_ == "but" or doc[i + 2].pos_ in _NOMINAL
        if doc[i].lower_ in BEFORE_NOT and doc[i + 1].lower_ == "not" and excludes:
            return i
        if doc[i].dep_ == "cc" and _goes_on(doc[i]):
            return i
    return end


def _goes_on(joint: Token) -> bool:
    """Whether a finite verb after it goes on from the clause: "the ban and backs the levy"."""
    for later in joint.head.children:
        if later.dep_ == "conj" and later.i > joint.i and joint.head.pos_ in NOUNS:
            finite = later.pos_ == "VERB" and later.tag_ in FINITE_TAGS
            return finite and not children(later, *NOMINAL_SUBJECTS)
    return False


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


def clausal(match: CueMatch, clause: Token | None, slot: str) -> Target | None:
    """The clause whole, without the words of the cue; None where there is no clause."""
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
