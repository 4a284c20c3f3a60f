"""Where the holder of a noun stands: "Chile's support", "voiced support", "support from Chile".

Source: codebook §2.5, §2.7 and §2.8.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.rules.contrast import is_singled_out
from pipeline.extraction.propose.rules.holders.finder import HolderFinder
from pipeline.extraction.propose.rules.holders.of_participles import modifier_holders
from pipeline.extraction.propose.rules.holders.places import objects_of
from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.language.infinitives import is_infinitive
from pipeline.language.syntax import agents_of, children, is_verbal, owners_of, subject_of
from pipeline.language.words import (
    NAMED_HOLDER_PREPOSITIONS,
    NOUN_HOLDER_PREPOSITIONS,
    POINTERS,
    SOURCE_PREPOSITIONS,
    STATE_PREPOSITIONS,
)
from pipeline.lexicon.grammar import Grammar

Placed = tuple[list[Held], str]
"""Holders, and the id of the rule that found them."""
_NO_PREPOSITION = ("possessive", "modifier", "subject")
_ADJECTIVAL = ("NORP", "GPE")


def noun_holders(match: CueMatch, holders: HolderFinder, grammar: Grammar) -> Placed:
    """The holders in the first place around the noun where one stands."""
    return (
        _where_said(match, holders)
        or _owner_or_subject(match, holders, grammar)
        or _after_preposition(match, holders)
        or _modifiers_or_stray(match, holders)
        or _earlier(match.head, holders)
    )


def _where_said(match: CueMatch, holders: HolderFinder) -> Placed | None:
    """The holders after the preposition that the cue's entry names."""
    place = match.cue.holder
    if place in _NO_PREPOSITION:
        return None
    found = holders.holders_of(_after(match.head, place))
    return (found, f"rule.holder.{place}") if found else None


def _owner_or_subject(match: CueMatch, holders: HolderFinder, grammar: Grammar) -> Placed | None:
    """The noun's owner, else the subject of the verb above; that one before an owning pronoun."""
    owners = owners_of(match.head)
    governing = _governing_subject(match.head, grammar)
    if owners and not (governing and owners[0].pos_ == "PRON"):
        return holders.holders_of(owners), "rule.holder.possessive"
    if governing:
        return holders.holders_of(governing), "rule.holder.light-verb"
    return None


def _after_preposition(match: CueMatch, holders: HolderFinder) -> Placed | None:
    """The holders after the first preposition that is not the cue's own and has some."""
    for place in NOUN_HOLDER_PREPOSITIONS:
        if place in match.cue.preposition:
            continue
        heads = _after(match.head, place)
        if place in NAMED_HOLDER_PREPOSITIONS:
            heads = [head for head in heads if holders.names.is_mention(head)]
        if not heads or heads[0] in match.words:
            continue
        found = holders.holders_of(heads)
        if found:
            return found, f"rule.holder.{place}"
    return None


def _after(noun: Token, preposition: str) -> list[Token]:
    return objects_of(noun, {preposition}, "agent", "dative")


def _modifiers_or_stray(match: CueMatch, holders: HolderFinder) -> Placed | None:
    """The names and adjectives before the noun, else a holder within what seemed its target."""
    modifiers = [
        child
        for child in children(match.head, "amod", "compound", "nmod")
        if holders.names.is_mention(child) or child.ent_type_ in _ADJECTIVAL
    ]
    if modifiers:
        return modifier_holders(modifiers, holders)
    stray = _stray(match, holders)
    return (holders.holders_of(stray), "rule.holder.stray") if stray else None


def _stray(match: CueMatch, holders: HolderFinder) -> list[Token]:
    """A holder in what the parser took for the target: "opposition to the bill from Spain"."""
    noun = match.head
    for token in noun.doc[match.last.i + 1 : noun.right_edge.i + 1]:
        if token.lower_ not in SOURCE_PREPOSITIONS or token.dep_ not in ("prep", "agent"):
            continue
        heads = [
            child
            for child in children(token, "pobj")
            if holders.names.is_mention(child) or child.ent_type_ == "NORP"
        ]
        if heads and not _is_under_verb(token, noun):
            return heads
    return []


def _is_under_verb(token: Token, noun: Token) -> bool:
    """Whether a clause inside the noun's phrase has the token: "a bid to free it from Mali"."""
    while token.head not in (token, noun):
        token = token.head
        if is_verbal(token) and is_infinitive(token):
            return True
    return False


def _earlier(noun: Token, holders: HolderFinder) -> Placed:
    """The subject of the sentence before: "Chile objected. This opposition to the draft"."""
    pointing = any(child.lower_ in POINTERS for child in children(noun, "det", "amod"))
    before = noun.sent.start - 1
    if not pointing or before < 0:
        return [], ""
    root = noun.doc[before].sent.root
    held = holders.holders_of(subject_of(root)) if is_verbal(root) else []
    inferred = [replace(one, inferred=True, score=0.5, rule="earlier-subject") for one in held]
    return inferred, "rule.holder.earlier-sentence"


def _governing_subject(noun: Token, grammar: Grammar) -> list[Token]:
    """The subject of the light or copular verb that governs the noun."""
    noun = _first_noun(noun)
    above = noun.head
    if noun.dep_ == "attr" and above.lemma_ in grammar.copulas:
        return [] if is_singled_out(noun) else subject_of(above)
    if noun.dep_ in ("dobj", "nsubjpass") and is_verbal(above):
        lemma = above.lemma_.lower()
        lends = lemma in grammar.light_verbs or lemma in grammar.reversing_verbs
        return agents_of(above) if lends else []
    if noun.dep_ == "pobj" and above.lower_ in STATE_PREPOSITIONS:
        verb = above.head
        said = is_verbal(verb) and not _is_setting(noun, above, verb)
        return agents_of(verb) if said else []
    return []


def _first_noun(noun: Token) -> Token:
    """The noun that this one is joined to: the "concern" of "voiced concern and opposition"."""
    for _ in range(2):
        if noun.dep_ != "conj" or noun.head.pos_ != "NOUN":
            break
        noun = noun.head
    return noun


def _is_setting(noun: Token, prep: Token, verb: Token) -> bool:
    """Whether a noun before its verb tells only where it happened: "In the campaign to …, it"."""
    definite = any(child.lower_ == "the" for child in children(noun, "det"))
    return definite and prep.lower_ == "in" and noun.i < verb.i
