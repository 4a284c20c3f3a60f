"""Where the holder of a verb stands: its agent, its object, the speaker beside a quotation.

Source: codebook §2.5, §2.7 and §2.9.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.propose.rules.holders.finder import HolderFinder
from pipeline.extraction.propose.rules.holders.names import Names
from pipeline.extraction.propose.rules.holders.places import objects_of
from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.language.syntax import agents_of, children, is_passive, is_verbal, subject_of


def verb_holder_heads(match: CueMatch, holders: HolderFinder) -> tuple[list[Token], str]:
    """The heads of the holders of a verb, and the id of the rule that found them."""
    verb, place = match.head, match.cue.holder
    if place == "object":
        return _objects(verb), "rule.holder.object"
    if place != "subject":
        return _after_preposition(match), f"rule.holder.{place}"
    heads = _agents(verb, holders)
    if heads or "quote" not in match.cue.targets:
        return heads, "rule.holder.agent" if is_passive(verb) else "rule.holder.subject"
    return _inverted_subject(verb) or _named_before(verb, holders.names), "rule.holder.inverted"


def _objects(verb: Token) -> list[Token]:
    return subject_of(verb) if is_passive(verb) else children(verb, "dobj", "dative")


def _after_preposition(match: CueMatch) -> list[Token]:
    place = match.cue.holder
    heads = objects_of(match.head, {place}, "agent", "dative")
    if not heads and match.last.lower_ == place:
        return children(match.last, "pobj")
    return heads


def _agents(verb: Token, holders: HolderFinder) -> list[Token]:
    """Who does it; in "Chile signed a note opposing the ban" not the note, but who signed it."""
    heads = agents_of(verb)
    if not heads or verb.dep_ != "acl" or holders.holders_of(heads):
        return heads
    noun = verb.head
    return agents_of(noun.head) if noun.dep_ == "dobj" and is_verbal(noun.head) else heads


def _inverted_subject(verb: Token) -> list[Token]:
    """The name after a reporting verb that the parser took for its object: "said Macron"."""
    for child in children(verb, "dobj", "attr", "oprd", "npadvmod", "dep", "appos"):
        if child.i == verb.i + 1 or (child.i > verb.i and child.left_edge.i == verb.i + 1):
            return [child]
    return []


def _named_before(verb: Token, names: Names) -> list[Token]:
    """The name right before a reporting verb that has no subject in the parse."""
    doc, i = verb.doc, verb.i - 1
    if i > verb.sent.start and doc[i].text == ",":
        i -= 1
    named = names.named_at(doc[i]) if i >= verb.sent.start else None
    return [named.span.root] if named is not None else []
