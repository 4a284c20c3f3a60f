"""Objects together with what belongs to them: "urged Iran to comply", "accused B of doing X"."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.extraction.propose.rules.targets.spans import clausal, phrase_target
from pipeline.extraction.propose.target import Target
from pipeline.language.infinitives import is_infinitive
from pipeline.language.labels import NOUNS
from pipeline.language.spans import edges, span_of
from pipeline.language.syntax import agents_of, children, is_passive, is_verbal, patients_of

_JOINED_DEPS = {
    "to": ("xcomp", "ccomp", "advcl", "acl", "relcl"),
    "gerund": ("xcomp", "ccomp", "advcl"),
    "that": ("ccomp", "acl", "advcl"),
    "complement": ("oprd", "attr", "acomp", "xcomp", "ccomp"),
}


def patients_besides(match: CueMatch) -> list[Token]:
    """What the cue is done to, without the words of the cue itself."""
    found = patients_of(match.head) or _objects_after_both(match.head)
    return [one for one in found if one not in match.words and not _stands_for_clause(one)]


def _stands_for_clause(token: Token) -> bool:
    """Whether it is the "it" of "it was demanded that the dam be built"."""
    if token.lower_ != "it" or token.dep_ != "nsubjpass":
        return False
    return any(children(clause, "mark") for clause in children(token.head, "ccomp"))


def _objects_after_both(verb: Token) -> list[Token]:
    """The object of the verb before, after both: "Peru proposed, and Mali opposed, the levy"."""
    if verb.dep_ != "conj" or children(verb, "prep", "ccomp", "xcomp", "prt", "acomp"):
        return []
    return [one for one in children(verb.head, "dobj") if one.i > verb.i]


def joined_target(match: CueMatch, join: str, slot: str) -> Target | None:
    """The object together with its infinitive, clause or preposition, as one span."""
    verb = match.head
    glued = _glued_complement(verb, slot) if join == "complement" else None
    if glued is not None:
        return glued
    heads = _addressed(match, slot)
    if not heads:
        return _small_clause(match, join, slot)
    head = heads[0]
    second = _second(verb, head, join)
    if second is None:
        return None
    if second.i < head.i or head.i < verb.i:
        return _passive_target(match, head, second, slot)
    start, end = edges(head)
    span = span_of(verb.doc, start, max(end, edges(second)[1]))
    return Target(span, second, slot) if span is not None else None


def _addressed(match: CueMatch, slot: str) -> list[Token]:
    """What stands first in the span: whom the cue urges, or what it calls something."""
    prep = bool(match.cue.preposition)
    heads = children(match.last, "pobj") if prep else []
    if not heads and slot.startswith("object"):
        heads = [t for t in patients_besides(match) if t.i > match.last.i or not prep]
    return heads or _shifted(match.head, prep=prep)


def _shifted(verb: Token, *, prep: bool) -> list[Token]:
    """What the parser gave another place after the verb, or what a passive has as its subject."""
    heads = [t for t in children(verb, "dative", "nsubj") if t.i > verb.i]
    return patients_of(verb) if not heads and prep and is_passive(verb) else heads


def _passive_target(match: CueMatch, head: Token, second: Token, slot: str) -> Target | None:
    """What somebody is asked to do or accused of: "Peru was asked by Mali not to drill".

    The cue stands between the two; the addressee alone is not what the position is about. What a
    thing is called tells the stance towards the thing: "the levy was not regarded as fair".
    """
    _, _, join = slot.partition("+")
    if join in ("as", "complement"):
        named = phrase_target(match, head, slot)
        return replace(named, head=second) if named is not None else None
    if second in match.words:
        return None
    if second.i < match.head.i:
        return phrase_target(match, head, slot) if join in ("to", "gerund") else None
    if is_verbal(second):
        return clausal(match, second, slot)
    blamed = join == "of" or (join in ("for", "with") and match.cue.stance == "oppose")
    return phrase_target(match, second, slot) if blamed else None


def _glued_complement(verb: Token, slot: str) -> Target | None:
    """The "tax fair" of "called the tax fair", where the parser glued the noun to the adjective."""
    for child in children(verb, "oprd", "dobj", "acomp", "attr"):
        nouns = [one for one in children(child, "compound", "nmod", "npadvmod") if one.i > verb.i]
        if child.pos_ == "ADJ" and nouns and nouns[-1].pos_ in NOUNS:
            span = span_of(verb.doc, child.left_edge.i, child.right_edge.i + 1)
            return Target(span, child, slot) if span is not None else None
    return None


def _second(verb: Token, head: Token, join: str) -> Token | None:
    """What the object is joined with: the head of its clause, or its preposition."""
    if join in _JOINED_DEPS:
        clause = _joined_clause(verb, head, join)
        if clause is not None or join != "to":
            return clause
    return _joined_phrase(verb, head, join) or _strayed_to_agent(verb, join)


def _joined_clause(verb: Token, head: Token, join: str) -> Token | None:
    if join == "complement":
        named = _strayed_complement(verb, head)
        if named is not None:
            return named
    for owner in (verb, head):
        for child in children(owner, *_JOINED_DEPS[join]):
            if (join != "to" or is_infinitive(child)) and child.i > head.i:
                return child
    return None


def _strayed_complement(verb: Token, head: Token) -> Token | None:
    """What the parser took for a second object or for a part of the first one.

    As in "called it a threat" and "called its actions lawful in nature".
    """
    objects = children(verb, "dobj")
    if len(objects) > 1 and objects[0] == head:
        return objects[1]
    after = [t for t in children(head, "acl", "amod", "relcl") if t.i > head.i]
    return next((t for t in after if t.pos_ == "ADJ" and not children(t, "nsubj")), None)


def _joined_phrase(verb: Token, head: Token, join: str) -> Token | None:
    """The preposition itself, or the verb of "criticised the plan as favouring the rich"."""
    for owner in (verb, head):
        for child in owner.children:
            if child.lower_ == join and child.i > verb.i:
                return child
            if join == "as" and child.i > head.i and _opens_with_as(child):
                return child
    return None


def _opens_with_as(clause: Token) -> bool:
    openers = children(clause, "mark", "advmod") if clause.dep_ == "advcl" else []
    return any(opener.lower_ == "as" for opener in openers)


def _strayed_to_agent(verb: Token, join: str) -> Token | None:
    """The "of smuggling" that the parser hung on the agent: "was accused by Kenya of smuggling"."""
    if not is_passive(verb):
        return None
    found = [
        prep
        for agent in agents_of(verb)
        for prep in children(agent, "prep")
        if prep.lower_ == join and prep.i > verb.i
    ]
    named = [prep for prep in found if children(prep, "pobj") and prep.nbor(1).pos_ == "PROPN"]
    return found[-1] if found and not named else None


def _small_clause(match: CueMatch, join: str, slot: str) -> Target | None:
    """The clause of "urged Iran to comply", read as one with its own subject."""
    if join not in ("to", "gerund", "as", "complement"):
        return None
    for child in children(match.head, "ccomp", "xcomp"):
        if child.i < match.head.i or (join == "to" and not is_infinitive(child)):
            continue
        if join == "complement" or children(child, "nsubj"):
            return clausal(match, child, slot)
    return None
