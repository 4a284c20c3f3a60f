"""What a position is about: the span that the cue governs.

Source: codebook §2, fields ``cue`` and ``target``, and §2.12.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.propose.rules.contrast import is_ruled_out, meant_instead
from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.extraction.propose.rules.targets.clauses import (
    gerund_of,
    infinitive_of,
    reported_clause,
)
from pipeline.extraction.propose.rules.targets.joined import joined_target, patients_besides
from pipeline.extraction.propose.rules.targets.spans import (
    before_but_not,
    clausal,
    clause_without,
    phrase_target,
    stretched,
)
from pipeline.extraction.propose.target import Target
from pipeline.language.antecedents import antecedent
from pipeline.language.chains import is_set_off, resumed_report
from pipeline.language.infinitives import infinitive_before, is_infinitive
from pipeline.language.labels import FINITE_TAGS, TIMES
from pipeline.language.spans import edges, span_of
from pipeline.language.syntax import (
    children,
    is_passive,
    is_verbal,
    patients_of,
    subject_of,
)
from pipeline.lexicon.grammar import Grammar


def find_target(match: CueMatch, grammar: Grammar) -> Target | None:
    """The target in the first slot of the cue that is filled, or None."""
    for slot in match.cue.targets:
        target = _without_ruled_out(match, _slot(match, slot), grammar)
        if target is not None and _may_head(match, target):
            target = _without_resumed(_with_strayed(target), match, grammar)
            return _without_occasion(target, grammar)
    return None


def _without_ruled_out(match: CueMatch, target: Target | None, grammar: Grammar) -> Target | None:
    """The target, or what is said to be meant in its place: "it was not the ban but the tax"."""
    if target is None or not is_ruled_out(target.head, grammar):
        return target
    meant = meant_instead(target.head, grammar)
    return phrase_target(match, meant, target.slot) if meant is not None else None


def _with_strayed(target: Target) -> Target:
    """The target with the bare verbs that go on from its infinitive, which the parser cut off."""
    doc, start, end = target.span.doc, target.span.start, target.span.end
    for token in doc[end : doc[end - 1].sent.end]:
        if token.i < end or token.left_edge.i > end + 2:
            continue
        before = infinitive_before(token)
        if before is not None and start <= before.i < end:
            end = token.right_edge.i + 1
    span = span_of(doc, start, end) if end > target.span.end else None
    return Target(span, target.head, target.slot) if span is not None else target


def _without_resumed(target: Target, match: CueMatch, grammar: Grammar) -> Target:
    """What is said up to where the speaker goes on: "it was late" of "it was late and urged them".

    As the holder of the cue that goes on is found (``holders/of_cues.py``).
    """
    for token in target.head.children if target.slot == "that" else ():
        if token.dep_ != "conj" or token.lemma_ not in grammar.resuming_verbs:
            continue
        joints = [joint for joint in children(target.head, "cc") if joint.i < token.i]
        if resumed_report(token) != match.head or not joints:
            continue
        subject = subject_of(target.head)
        if is_set_off(token) or not subject or subject[0].pos_ == "NOUN":
            end = joints[-1].i - is_set_off(token)
            span = span_of(target.span.doc, target.span.start, end)
            return Target(span, target.head, target.slot) if span is not None else target
    return target


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
        return joined_target(match, join, slot)
    if first == "object":
        return _clause_of_object(match) or _nominal(match, patients_besides(match), slot)
    if first == "prep":
        return _prepositional(match, slot)
    if first == "that":
        return clausal(match, reported_clause(verb, match), slot)
    if first == "to":
        return clausal(match, infinitive_of(verb, match), slot)
    if first == "gerund":
        return clausal(match, gerund_of(verb), slot)
    if first == "subject":
        return _subject_target(match, slot)
    if first == "clause":
        return _comment_target(match, slot)
    return None


def _clause_of_object(match: CueMatch) -> Target | None:
    """The clause whose subject the parser took for an object: "promised [Mali will be paid]"."""
    if not {"that", "quote"} & set(match.cue.targets):
        return None
    for head in children(match.head, "dobj"):
        for clause in children(match.head, "ccomp"):
            start, after = head.left_edge.i, head.right_edge.i + 1
            if clause.left_edge.i == after and _lacks_subject(clause):
                span = span_of(head.doc, start, clause.right_edge.i + 1)
                return Target(span, clause, "that") if span is not None else None
    return None


def _lacks_subject(clause: Token) -> bool:
    """Whether a finite clause opens with its verb or the verb's helper."""
    finite = clause.tag_ in FINITE_TAGS or any(c.tag_ == "MD" for c in children(clause, "aux"))
    opens = clause.left_edge == clause or clause.left_edge.dep_ in ("aux", "auxpass", "neg")
    return finite and opens


def _nominal(match: CueMatch, heads: list[Token], slot: str) -> Target | None:
    if not heads:
        return None
    target = phrase_target(match, heads[0], slot)
    if target is None or target.span.start < match.head.i:
        return target
    end = stretched(match.head, target.span.end)
    return Target(target.span.doc[target.span.start : end], target.head, slot)


def _prepositional(match: CueMatch, slot: str) -> Target | None:
    prep = match.last
    for child in prep.children:
        if child.dep_ in ("pobj", "pcomp", "dobj", "ccomp") and child.i > prep.i:
            if child.ent_type_ in TIMES:
                return None
            return _within(match, child, slot)
    return _relative_target(match, prep, slot) or _after(match, prep, slot)


def _relative_target(match: CueMatch, prep: Token, slot: str) -> Target | None:
    """What a pronoun before the verb means, also one that was not given to the preposition."""
    stranded = [child for child in children(prep.head, "dobj") if child.i < prep.head.i]
    for child in (*prep.children, *stranded):
        if child.dep_ in ("pobj", "dobj"):
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
    end = before_but_not(head, start, end)
    start = max(start, match.last.i + 1) if start <= match.last.i < end else start
    if slot == "prep":
        verb = match.head if is_verbal(match.head) else match.head.head
        end = stretched(verb, end) if is_verbal(verb) and verb.i < start else end
        end = _with_asked(match.last.head, end)
    span = span_of(head.doc, start, end)
    return Target(span, head, slot) if span is not None else None


def _with_asked(noun: Token, end: int) -> int:
    """The end with what they are asked for: "an invitation to the members to join the talks"."""
    for clause in children(noun, "acl", "relcl"):
        if noun.pos_ == "NOUN" and clause.left_edge.i == end and is_infinitive(clause):
            return clause.right_edge.i + 1
    return end


def _comment_target(match: CueMatch, slot: str) -> Target | None:
    """The clause that a comment precedes: "To Peru's dismay, the price fell"."""
    prep = match.head.head
    if match.head.dep_ != "pobj" or prep.lower_ != "to" or not is_verbal(prep.head):
        return None
    return clause_without(prep, match, slot)


def _subject_target(match: CueMatch, slot: str) -> Target | None:
    token = match.head
    while not is_verbal(token) and token.head != token:
        token = token.head
    if not is_verbal(token):
        return None
    heads = subject_of(token)
    return phrase_target(match, heads[0], slot) if heads else None
