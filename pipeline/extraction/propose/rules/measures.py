"""Measures aimed at somebody: who is determined to defeat the rebels is against them.

Source: codebook §2.4 and "Readings settled".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.tokens import Token

from pipeline.extraction.propose.rules.demands import is_requested
from pipeline.extraction.propose.rules.denial import is_denied, is_empty
from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.extraction.propose.rules.praise import evaluation_of
from pipeline.extraction.propose.target import Target
from pipeline.language.infinitives import is_infinitive
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.negation_words import (
    EMPTY_PRONOUNS,
    NO,
)
from pipeline.language.syntax import children, coordinated, is_passive, is_verbal
from pipeline.language.words import (
    DUTY_MODALS,
    FIRST_PERSON_SUBJECTS,
    PERSONAL_OBJECTS,
    PERSONAL_SUBJECTS,
    WH_WORDS,
    WHETHER,
)
from pipeline.lexicon.cues import Cue
from pipeline.lexicon.evaluative import Evaluative
from pipeline.lexicon.grammar import Grammar

_OWN = ("to", "gerund", "prep", "that")


def hostile_verbs(cues: Iterable[Cue]) -> frozenset[str]:
    """The verbs of the cue lexicon that are done against whoever is their object.

    Of the blocking ones, those that keep somebody from something; "close" is done to things.
    """
    return frozenset(
        word
        for cue in cues
        if cue.pos == "verb" and cue.stance == "oppose"
        and "hostile" in cue.traits
        and len(cue.words) == 1 and "object" in cue.targets
        for word in cue.words[0]
    )  # fmt: skip


def opposing_verbs(cues: Iterable[Cue]) -> frozenset[str]:
    """The verbs of the cue lexicon that are against what is their object."""
    return frozenset(
        word
        for cue in cues
        if cue.pos == "verb" and cue.stance == "oppose" and len(cue.words) == 1
        for word in cue.words[0]
    )


def is_aimed_at_somebody(
    target: Target, hostile: frozenset[str], grammar: Grammar, somebody: Callable[[Token], bool]
) -> bool:
    """Whether the holder's own measure, which is the target, is an act against somebody."""
    if not _is_own_measure(target):
        return False
    return _is_aimed(target.head, hostile, grammar, somebody)


def is_assault(
    target: Target, hostile: frozenset[str], grammar: Grammar, somebody: Callable[[Token], bool]
) -> bool:
    """Whether a noun names the holder's own act against somebody.

    As in "carried out the airstrike", "led a campaign against Togo", "an effort to isolate Togo".
    """
    noun = target.head
    if noun.pos_ != "NOUN" or is_empty(noun):
        return False
    for part in (*coordinated(noun), *_after(noun, "of")):
        if part.lemma_.lower() in grammar.led_bodies:
            continue
        if part.lemma_.lower() in grammar.assaults:
            return True
        if any(somebody(one) for one in _after(part, "against")):
            return True
        acts = [one for one in children(part, "acl", "relcl") if is_infinitive(one)]
        if any(_is_aimed(one, hostile, grammar, somebody) for one in acts):
            return True
    return False


def _after(word: Token, *prepositions: str) -> list[Token]:
    """What stands after one of these prepositions of the word's own: "a campaign against Togo"."""
    preps = [one for one in children(word, "prep") if one.lower_ in prepositions]
    return [noun for prep in preps for noun in children(prep, "pobj")]


def _is_aimed(
    verb: Token, hostile: frozenset[str], grammar: Grammar, somebody: Callable[[Token], bool]
) -> bool:
    act = _act_of(verb, grammar)
    if children(act, "neg"):
        return False
    if act.lemma_.lower() in grammar.contesting_verbs and not _after(act, "to", "for"):
        return True
    verbs = [act] if children(act, "dobj") else coordinated(act)
    return any(
        part.lower_ in PERSONAL_OBJECTS or somebody(part)
        for verb in verbs
        for part in _patients(verb, hostile, grammar)
    )


def _is_own_measure(target: Target) -> bool:
    """Whether the target is what the holder means to do: "vowed that it would strike"."""
    head = target.head
    if target.slot not in _OWN or not is_verbal(head) or is_passive(head):
        return False
    return all(child.lower_ in PERSONAL_SUBJECTS for child in children(head, "nsubj"))


def _act_of(verb: Token, grammar: Grammar) -> Token:
    """The act that a verb of beginning or going on governs: "to continue to strike"."""
    for _ in range(3):
        inner = children(verb, "xcomp") if verb.lemma_.lower() in grammar.aspectual_verbs else []
        verb = inner[0] if inner else verb
    return verb


def is_ruled_out(
    match: CueMatch,
    target: Target,
    opposing: frozenset[str],
    grammar: Grammar,
    words: Evaluative,
) -> bool:
    """Whether what is asked, wanted or planned is that something be left undone.

    Who asks Turkey not to drill is against it; who vows not to block a plan is not against that.
    """
    act = _asked_act(match, target)
    if act is None:
        return _asks_of_nobody(target) or _asks_to_forgo(target, grammar)
    asked = "+" in target.slot or act != target.head or _is_asked_of_others(act, grammar)
    forgone = asked and act.lemma_.lower() in grammar.forgoing_verbs
    undone = is_denied(act, grammar) or _is_of_nothing(act) or _is_unable(act, grammar)
    if undone == forgone:
        return False
    undoing = opposing | grammar.negative_verbs | grammar.reversing_verbs
    return asked or not (act.lemma_.lower() in undoing or evaluation_of(act, words, grammar)[0] > 0)


def is_asked_for(match: CueMatch, target: Target, grammar: Grammar) -> bool:
    """Whether the target is a clause that asks for an act: "asked that the dam be built"."""
    openers = {child.lower_ for child in children(target.head, "mark", "advmod", "nsubj", "dobj")}
    if target.slot != "that" or openers & (WHETHER | WH_WORDS):
        return False
    asks = match.head.lemma_.lower() in grammar.mandative_verbs
    return (asks and "that" in openers) or _is_asked_of_others(target.head, grammar)


def _is_asked_of_others(act: Token, grammar: Grammar) -> bool:
    """As in "that the dam not be built", "that Turkey should not drill"."""
    if is_requested(act, grammar):
        return True
    obliged = any(child.lower_ in DUTY_MODALS for child in children(act, "aux"))
    own = {child.lower_ for child in children(act, *NOMINAL_SUBJECTS)} & FIRST_PERSON_SUBJECTS
    return obliged and act.dep_ == "ccomp" and not own


def _is_of_nothing(act: Token) -> bool:
    """As in "that there be no sanctions"."""
    there = act.lemma_ == "be" and children(act, "expl")
    return bool(there) and any(is_empty(noun) for noun in children(act, "attr"))


def _is_unable(act: Token, grammar: Grammar) -> bool:
    """As in "announced that it was unable to fund the dam"."""
    return any(one.lemma_.lower() in grammar.unable_words for one in children(act, "acomp"))


def _asks_of_nobody(target: Target) -> bool:
    """As in "that nobody hunt whales", whose verb the parser took for a noun."""
    first = [token for token in target.span if token.dep_ != "mark"][:1]
    nobody = bool(first) and first[0].lower_ in EMPTY_PRONOUNS | NO
    return nobody and target.slot == "that" and bool(children(target.head, "mark"))


def _asks_to_forgo(target: Target, grammar: Grammar) -> bool:
    """As in "that Turkey refrain from drilling", where it took the "refrain" for a noun."""
    forgone = target.head.lemma_.lower() in grammar.forgoing_verbs
    return forgone and target.slot == "that" and bool(children(target.head, "mark"))


def _asked_act(match: CueMatch, target: Target) -> Token | None:
    """What is to be done or not: the infinitive or the clause that is the target or ends it."""
    head, span = target.head, target.span
    if is_verbal(head):
        return _misread(head) or head if target.slot != "quote" else None
    for clause in (
        *children(match.head, "xcomp", "advcl", "ccomp"),
        *children(head, "acl", "relcl"),
    ):
        if span.start <= clause.i < span.end and clause.i > head.i and is_infinitive(clause):
            return clause
    return None


def _misread(noun: Token) -> Token | None:
    """The verb below a noun that was taken for one: "that the ceasefire plan not be extended"."""
    if noun.tag_ != "VBP" or children(noun, "aux", "dobj"):
        return None
    below = (verb for verb in children(noun, "xcomp") if not is_infinitive(verb))
    return next((v for v in below if any(c.lower_ == "be" for c in children(v, "auxpass"))), None)


def _patients(verb: Token, hostile: frozenset[str], grammar: Grammar) -> list[Token]:
    """Whom the act is against: "destroy them", "retaliate against", "take action against"."""
    objects = children(verb, "dobj")
    found = list(objects) if verb.lemma_.lower() in hostile else []
    if verb.lemma_.lower() in grammar.shielding_verbs:
        return found
    light = verb.lemma_.lower() in grammar.light_verbs
    for above in (verb, *objects) if light else (verb,):
        for prep in children(above, "prep"):
            if prep.lower_ == "against":
                found += children(prep, "pobj")
    return found
