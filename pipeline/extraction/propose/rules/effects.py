"""What is said to come of a thing: "the bill would destroy small firms", "the tariff costs jobs".

Source: codebook §2.9: who says so is against it. What has happened is a report: "the storm
destroyed the port" takes no side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.language.syntax import children, coordinated, is_passive, is_verbal

_EXPECTED = frozenset("will would could may might can 'll ’ll wo ca shall".split())
_PRESENT = frozenset({"VBZ", "VBP"})
_INTO = frozenset({"to", "in", "into", "towards", "toward", "with"})
_RISKING = frozenset({"threaten", "risk"})


@dataclass(frozen=True, slots=True)
class EffectWords:
    """Lemmas of verbs of harm, of loss and of leading somewhere, and of what is lost and led to."""

    harming: frozenset[str]
    leading: frozenset[str]
    costing: frozenset[str]
    losses: frozenset[str]
    evils: frozenset[str]
    boons: frozenset[str]


def effect_of(head: Token, words: EffectWords, is_negated: Callable[[Token], bool]) -> int:
    """Whether the clause tells of a bad effect (-1) or a good one (1); 0 where of none."""
    verbs = [verb for verb in coordinated(head) if is_verbal(verb)]
    if not any(_is_expected(verb) for verb in verbs):
        return 0
    signs = [_sign(verb, words) * (-1 if is_negated(verb) else 1) for verb in verbs]
    for verb in verbs:
        signs += [_sign(inner, words) for inner in _risked(verb)]
    return min(signs) or max(signs)


def _is_expected(verb: Token) -> bool:
    helpers = children(verb, "aux", "auxpass")
    if any(child.lower_ in _EXPECTED for child in helpers):
        return True
    return any(word.tag_ in _PRESENT for word in (verb, *helpers)) and not any(
        child.lemma_ == "have" for child in helpers
    )


def _risked(verb: Token) -> list[Token]:
    """As in "threatens to kill jobs", "risks killing jobs"."""
    return children(verb, "xcomp", "ccomp") if verb.lemma_ in _RISKING else []


def _sign(verb: Token, words: EffectWords) -> int:
    lemma = verb.lemma_.lower()
    objects = children(verb, "dobj")
    if lemma in words.harming and (objects or is_passive(verb) or children(verb, "conj")):
        return -1
    if lemma not in words.leading | words.costing:
        return 0
    ends = [*objects, *children(verb, "attr", "nsubjpass")]
    for prep in children(verb, "prep", "dative", "agent"):
        if prep.lower_ in _INTO:
            ends += children(prep, "pobj")
    named = {part.lemma_.lower() for end in ends for part in coordinated(end)}
    if lemma in words.costing:
        return -1 if named & words.losses else 0
    if named & words.evils:
        return -1
    return 1 if named & words.boons else 0


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
