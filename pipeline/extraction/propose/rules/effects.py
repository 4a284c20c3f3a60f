"""What is said to come of a thing: "the bill would destroy small firms", "the tariff costs jobs".

Source: codebook §2.9: who says so is against it. What has happened is a report: "the storm
destroyed the port" takes no side.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from pipeline.language.negation_words import INTO
from pipeline.language.syntax import children, coordinated, is_passive, is_verbal
from pipeline.language.words import EXPECTING_MODALS
from pipeline.lexicon.evaluative import EffectWords

_PRESENT = frozenset({"VBZ", "VBP"})


def effect_of(head: Token, words: EffectWords, is_negated: Callable[[Token], bool]) -> int:
    """Whether the clause tells of a bad effect (-1) or a good one (1); 0 where of none."""
    verbs = [verb for verb in coordinated(head) if is_verbal(verb)]
    if not any(_is_expected(verb) for verb in verbs):
        return 0
    signs = [_sign(verb, words) * (-1 if is_negated(verb) else 1) for verb in verbs]
    for verb in verbs:
        signs += [_sign(inner, words) for inner in _risked(verb, words)]
    return min(signs) or max(signs)


def _is_expected(verb: Token) -> bool:
    helpers = children(verb, "aux", "auxpass")
    if any(child.lower_ in EXPECTING_MODALS for child in helpers):
        return True
    return any(word.tag_ in _PRESENT for word in (verb, *helpers)) and not any(
        child.lemma_ == "have" for child in helpers
    )


def _risked(verb: Token, words: EffectWords) -> list[Token]:
    """As in "threatens to kill jobs", "risks killing jobs"."""
    return children(verb, "xcomp", "ccomp") if verb.lemma_ in words.risking else []


def _sign(verb: Token, words: EffectWords) -> int:
    lemma = verb.lemma_.lower()
    if lemma in words.harming and _is_done_to_something(verb):
        return -1
    if lemma not in words.leading | words.costing:
        return 0
    named = {part.lemma_.lower() for end in _ends_of(verb) for part in coordinated(end)}
    if lemma in words.costing:
        return -1 if named & words.losses else 0
    if named & words.evils:
        return -1
    return 1 if named & words.boons else 0


def _is_done_to_something(verb: Token) -> bool:
    """Also where the object stands after a later verb: "would damage and delay the port"."""
    return bool(children(verb, "dobj", "conj")) or is_passive(verb)


def _ends_of(verb: Token) -> list[Token]:
    """What the verb leads to, brings or takes away, as object, subject or after "into"."""
    ends = children(verb, "dobj")
    ends += children(verb, "attr", "nsubjpass")
    for prep in children(verb, "prep", "dative", "agent"):
        if prep.lower_ in INTO:
            ends += children(prep, "pobj")
    return ends


def effect_in_phrase(head: Token, words: EffectWords) -> int:
    """The same of a clause that the parser took for one noun: "said the tariff damages trade"."""
    parts = children(head, "compound")
    parts += [part for part in children(head, "nsubj") if part.i + 1 == head.i]
    for part in parts:
        lemma = part.lemma_.lower()
        loses = lemma in words.costing and head.lemma_.lower() in words.losses
        named = part.tag_ in ("NNS", "NNPS") and part.i > head.left_edge.i
        if named and (lemma in words.harming or loses):
            return -1
    return 0
