"""Whether the one who does what a cue says also wills it.

Source: codebook §2.1 and §2.3: purposes, duties, abilities and what others make somebody do are
no positions.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.propose.rules.demands import is_demanded, is_requested
from pipeline.extraction.propose.rules.inability import is_kept_from
from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.language.chains import has_subject
from pipeline.language.infinitives import first_conjunct, is_infinitive
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.mood import is_bare
from pipeline.language.negation_words import NOT
from pipeline.language.syntax import children, is_passive, is_verbal, subject_of
from pipeline.language.words import (
    ABILITY_MODALS,
    BUT_AGREES,
    CAN,
    DUTY_MODALS,
    FIRST_PERSON_SUBJECTS,
    TO_OR_WITH,
)
from pipeline.lexicon.grammar import Grammar
from pipeline.records import Form


def is_refusal(match: CueMatch, grammar: Grammar) -> bool:
    """Whether a "cannot" refuses: who cannot accept a text is against it, whatever the reason.

    So does "is unable to" and "is in no position to".

    What cannot be done is no refusal ("cannot join before May", "cannot agree on a date"), and
    who "cannot but agree" or "could not agree more" does agree.
    """
    verb = match.head
    if "accepts" not in match.cue.traits or (is_verbal(verb) and is_passive(verb)):
        return False
    if verb.lemma_ in grammar.mutual_verbs and match.last.lower_ not in TO_OR_WITH:
        return False
    return is_kept_from(match, grammar) or (is_verbal(verb) and _cannot(verb))


def _cannot(verb: Token) -> bool:
    """Whether "can" and "not" stand on the verb, or on the one that it is joined to."""
    around = {child.lower_ for child in verb.children} | {verb.nbor(-1).lower_ if verb.i else ""}
    if around & BUT_AGREES:
        return False
    able = {child.lower_ for child in children(first_conjunct(verb), "aux", "neg")}
    able |= {child.lower_ for child in children(verb, "aux", "neg")}
    return bool(able & CAN) and bool(able & NOT)


def lacks_will(match: CueMatch, grammar: Grammar, *, quoted: bool) -> bool:
    """Whether the clause of the cue names a purpose, a duty, an ability or something made."""
    verb, form = match.head, match.cue.form
    if not is_verbal(verb):
        return False
    if _is_able(verb, grammar) or _is_condition(verb):
        return not _is_condition(verb)
    purpose = _is_purpose(verb) and not _is_willed(match, grammar)
    return purpose or _is_made(verb, grammar) or _is_modal(verb, form, quoted=quoted)


def is_told_outright(head: Token) -> bool:
    """Whether the article itself tells it, and nobody in it: then a "they" was named before.

    Source: codebook §2.8: the span stays the pronoun; whom it means is left open.
    """
    verb = first_conjunct(head)
    return is_verbal(verb) and verb.dep_ in ("ROOT", "advcl") and not is_infinitive(verb)


def _is_willed(match: CueMatch, grammar: Grammar) -> bool:
    """Whether a purpose is the position that an act shows: "marched to protest", "met to discuss".

    Source: codebook §2.1: whoever does it is shown to want it.
    """
    first, cue = first_conjunct(match.head), match.cue
    takes_part = cue.stance == "oppose" or ("speaks" in cue.traits and cue.stance == "neutral")
    if cue.form is not Form.STATEMENT or not takes_part or first.dep_ != "advcl":
        return False
    act = first.head
    gathers = act.lemma_ in grammar.gathering_verbs and act.i < first.i
    return gathers and not is_passive(act) and not _is_modal_act(act)


def _is_modal_act(act: Token) -> bool:
    return any(child.tag_ == "MD" for child in children(act, "aux")) or is_infinitive(act)


def _is_purpose(verb: Token) -> bool:
    """An infinitive that hangs on a noun, or tells what another act is for or tries for."""
    first = first_conjunct(verb)
    while first.dep_ == "xcomp" and is_infinitive(first) and is_infinitive(first.head):
        first = first_conjunct(first.head)
    return first.dep_ in ("advcl", "relcl", "acl", "pcomp", "nsubj", "csubj") and is_infinitive(
        first
    )


def _is_able(verb: Token, grammar: Grammar) -> bool:
    """As in "able to join", "capable of attacking", "ought to accept"."""
    above = verb.head
    if verb.dep_ == "pcomp" and above.lower_ == "of":
        above = above.head
    able = above.lemma_.lower() in grammar.ability_words
    return able and verb.dep_ in ("xcomp", "pcomp", "ccomp", "advcl")


def _is_condition(verb: Token) -> bool:
    """As in "Should Mali reject the force, …": no duty but a condition."""
    return any(
        child.lower_ == "should" and child.i == verb.sent.start for child in children(verb, "aux")
    )


def _is_made(verb: Token, grammar: Grammar) -> bool:
    """What somebody is told, helped or forced to do, or what another wants of them."""
    first = first_conjunct(verb)
    while _is_helped(first, grammar):
        first = first_conjunct(first.head)
    above = first.head
    governed = first.dep_ in ("xcomp", "ccomp") and is_verbal(above)
    if is_infinitive(first):
        wanted = first.dep_ == "ccomp" and bool(children(first, "nsubj"))
        return wanted or (governed and _makes(above, first, grammar))
    return is_requested(first, grammar) or (governed and _is_seen(first, grammar))


def _makes(above: Token, act: Token, grammar: Grammar) -> bool:
    """Whether the verb above tells, helps or forces somebody to do the act."""
    if is_passive(above):
        return above.lemma_.lower() not in grammar.hedge_verbs
    return any(child.i < act.i for child in children(above, "dobj", "dative"))


def _is_seen(verb: Token, grammar: Grammar) -> bool:
    """What another sees or lets somebody do, or wants without a "that": "watched Mali leave"."""
    told = verb.head.lemma_ in grammar.reporting_verbs or bool(children(verb, "aux"))
    return verb.dep_ == "ccomp" and is_bare(verb) and has_subject(verb) and not told


def _is_helped(verb: Token, grammar: Grammar) -> bool:
    """As the `build` of "to help build"."""
    bare = verb.dep_ in ("xcomp", "ccomp") and verb.tag_ == "VB" and not has_subject(verb)
    return bare and verb.head.lemma_ in grammar.aspectual_verbs and is_infinitive(verb.head)


def _is_modal(verb: Token, form: Form, *, quoted: bool) -> bool:
    modals = _modals_of(verb)
    subject = {child.lower_ for child in children(verb, *NOMINAL_SUBJECTS)}
    of_others = not subject & FIRST_PERSON_SUBJECTS
    if (modals & DUTY_MODALS and of_others) or _serves_duty(verb) or _is_obliged(verb):
        return True
    if "can" in modals and of_others and not quoted:
        return True
    if verb.dep_ == "ccomp" and children(verb, "neg"):
        return False
    return bool(modals & ABILITY_MODALS) and form is Form.ACTION and not quoted


def _modals_of(verb: Token) -> set[str]:
    """The helping verbs of the verb, also those that it shares: "must leave and stay out"."""
    shares = verb.dep_ == "conj" and verb.tag_ == "VB" and is_verbal(verb.head)
    if shares and not children(verb, "nsubj", "aux"):
        return {child.lower_ for child in children(verb.head, "aux")}
    return {child.lower_ for child in children(verb, "aux")}


def _is_obliged(verb: Token) -> bool:
    """As in "Mali has to leave the pact", "needs to stop attacking the port"."""
    for _ in range(6):
        if is_demanded(verb):
            return True
        if verb.dep_ not in ("xcomp", "conj") or has_subject(verb):
            return False
        verb = verb.head
    return False


def _serves_duty(verb: Token) -> bool:
    """What a duty is done for or by: "must work to support", "should help create"."""
    while verb.dep_ in ("xcomp", "ccomp", "advcl") and verb.tag_ == "VB" and not has_subject(verb):
        verb = verb.head
        if not is_verbal(verb):
            return False
        modals = {child.lower_ for child in children(verb, "aux")}
        if modals & DUTY_MODALS - {"shall"}:
            return not {subject.lower_ for subject in subject_of(verb)} & FIRST_PERSON_SUBJECTS
    return False
