"""The stance of what is said, towards the statement's own topic.

Source: codebook §2.9: "Brazil said the draft was unacceptable" is oppose.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Token

from pipeline.errors import LexiconError
from pipeline.extraction.propose.rules.demands import demanded_act
from pipeline.extraction.propose.rules.denial import is_denied, is_far_from
from pipeline.extraction.propose.rules.effects import EffectWords, effect_of
from pipeline.language.syntax import children, is_passive, is_verbal
from pipeline.lexicon.yaml_lines import LINE, SCALARS, read_words, read_yaml, refuse_unknown
from pipeline.records import Stance

FILE = "evaluative.yaml"
_JUDGING = (
    "positive", "negative", "deontic", "ascribing", "noncommittal", "doing", "adjectival", "ending"
)  # fmt: skip
_EFFECTS = ("harming", "leading", "costing", "losses", "evils", "boons")
_KEYS = (*_JUDGING, *_EFFECTS)


@dataclass(frozen=True, slots=True)
class Evaluative:
    """Lower-case lemmas that praise, blame or oblige, and verbs that join these to a subject.

    The object of an ascribing verb tells of its subject ("pose a threat"), that of a doing verb
    what its subject is to blame for ("ran terrorist camps"); the subject of a noncommittal verb is
    neither praised nor blamed ("face a threat"). Of the words that praise or blame, adjectival ones
    do so as adjectives only; who is told to do what an ending verb says is opposed in what they do.
    """

    positive: frozenset[str]
    negative: frozenset[str]
    deontic: frozenset[str]
    ascribing: frozenset[str]
    noncommittal: frozenset[str]
    doing: frozenset[str]
    adjectival: frozenset[str]
    ending: frozenset[str]
    effects: EffectWords


@dataclass(frozen=True, slots=True)
class Sides:
    """Whether a subject is the speaker or the speaker's own side, and whether it is somebody."""

    is_own: Callable[[Token], bool]
    is_somebody: Callable[[Token], bool]


_INTENT = frozenset(["will", "would", "'ll", "’ll", "wo"])
_NO_DEEDS = frozenset(
    "be have know see need want like expect hope seem remain become get find feel think believe "
    "say happen mean depend cost lose die miss suffer".split()
)


def read_evaluative(folders: tuple[Path, ...]) -> Evaluative:
    """The evaluative words of all folders joined.

    Raises:
        LexiconError: a file has an unknown key, or none has words.

    """
    words: dict[str, set[str]] = {key: set() for key in _KEYS}
    for folder in folders:
        path = folder / FILE
        if os.path.lexists(path):
            data = read_yaml(path)
            refuse_unknown(data, _KEYS, path)
            for key, entries in data.items():
                if key != LINE:
                    found = read_words(entries, key, path, kinds=SCALARS)
                    words[key].update(map(str.lower, found))
    if not words["positive"]:
        raise LexiconError(f"{folders[0] / FILE}:1: no list of positive words")
    effects = EffectWords(*(frozenset(words[key]) for key in _EFFECTS))
    judging = {key: frozenset(words[key]) for key in _JUDGING}
    return Evaluative(**judging, effects=effects)


def content_stance(head: Token, words: Evaluative, sides: Sides) -> tuple[Stance, str]:
    """The stance of the clause that ``head`` heads, and the rule that told it."""
    if head.lower_ == "as":
        head = next(iter(children(head, "pobj", "pcomp", "amod", "prep")), head)
    if demanded_act(head) is not None or _deontic(head, words):
        return _demand(head, words, sides)
    announced = _own_measure(head, sides.is_own)
    if announced and _is_negated(head):
        return Stance.OPPOSE, "rule.content.refusal"
    value, _, _ = evaluation_of(head, words)
    if not value and is_verbal(head):
        turned = -1 if _is_negated(head) else 1
        for inner in children(head, "ccomp"):
            value = value or evaluation_of(inner, words)[0] * turned
    if not value and is_verbal(head):
        subjects = [t for c in children(head, "nsubj", "nsubjpass") for t in _near(c)]
        value = sum(_value(token, words) for token in subjects)
    if not value and is_verbal(head):
        value = min(0, _accusation(head, words))
    if not value and is_verbal(head) and not announced:
        value = effect_of(head, words.effects, _is_negated)
    if value:
        return (Stance.SUPPORT if value > 0 else Stance.OPPOSE), "rule.content.evaluative"
    if announced:
        return Stance.SUPPORT, "rule.content.announced"
    return Stance.NEUTRAL, "rule.content.plain"


def _demand(head: Token, words: Evaluative, sides: Sides) -> tuple[Stance, str]:
    """For the measure that is demanded; against what somebody is told to end.

    Source: codebook, "Readings settled".
    """
    act = demanded_act(head) or head
    denied = _is_negated(head) or (act != head and _is_negated(act))
    stance = Stance.OPPOSE if denied else Stance.SUPPORT
    subjects = [one for one in children(head, "nsubj") if not sides.is_own(one)]
    ends = act.lemma_.lower() in words.ending and not is_passive(act)
    if ends and any(sides.is_somebody(one) for one in subjects):
        return stance.opposite, "rule.content.demand"
    return stance, "rule.content.deontic"


def _own_measure(head: Token, is_own: Callable[[Token], bool]) -> bool:
    """Whether the clause says what the speaker is going to do. Source: codebook §2.4."""
    if not is_verbal(head) or is_passive(head) or head.lemma_.lower() in _NO_DEEDS:
        return False
    subjects = [child for child in children(head, "nsubj") if child.i < head.i]
    if not subjects or not any(child.lower_ in _INTENT for child in children(head, "aux")):
        return False
    return is_own(subjects[0])


def _accusation(head: Token, words: Evaluative) -> int:
    """Blame in what is said to have been done: "ran terrorist camps", "used it to sow chaos"."""
    verbs = [head, *children(head, "conj")]
    verbs += [child for child in children(head, "xcomp", "advcl") if child.i > head.i]
    doings = [verb for verb in verbs if verb.lemma_ in words.doing]
    parts = [part for verb in doings for child in children(verb, "dobj") for part in _near(child)]
    return sum(_value(part, words) for part in parts) * (-1 if _is_negated(head) else 1)


def evaluation_of(head: Token, words: Evaluative) -> tuple[int, Token | None, bool]:
    """The sign of the predicate after negation, its evaluative word, and whether it is negated.

    ``head`` is the verb of a clause, or a noun or adjective that stands as predicate.
    """
    passive = is_verbal(head) and is_passive(head)
    parts: list[Token] = [] if head.lemma_ == "be" or passive else [head]
    for child in children(head, "acomp", "attr", "oprd", "xcomp", "advmod"):
        if is_far_from(child):
            parts.extend(child.doc[child.i + 2 : child.right_edge.i + 1])
        elif child.dep_ != "advmod":
            parts.extend(_near(child))
    for child in children(head, "dobj"):
        parts.extend(_near(child) if head.lemma_ in words.ascribing else [child])
    if passive and (head.lower_ in words.positive or _UNDONE.fullmatch(head.lower_)):
        parts.append(head)
    if not is_verbal(head):
        parts.extend(child for child in _near(head) if child != head)
    values = _outweighed([(token, _value(token, words, denied=token != head)) for token in parts])
    telling = [token for token, value in values if value and _is_predicate(token, head, words)]
    total = sum(value for _, value in values)
    negated = _is_negated(head)
    return (-total if negated else total), (telling[0] if telling else None), negated


def _is_governing(verb: Token) -> bool:
    return is_passive(verb) or bool(children(verb, "dobj", "xcomp", "dative"))


def _outweighed(values: list[tuple[Token, int]]) -> list[tuple[Token, int]]:
    """Blame in a noun phrase outweighs its praise: a hollow victory and a great danger are bad.

    A "no" turns the phrase as a whole.
    """
    told = {token for token, value in values if value}
    blamed = {_phrase_of(token) for token, value in values if value < 0}
    settled: list[tuple[Token, int]] = []
    for token, value in values:
        phrase = _phrase_of(token)
        if token != phrase and any(child.lower_ == "no" for child in phrase.children):
            settled.append((token, 0 if phrase in told else -value))
        else:
            settled.append((token, 0 if value > 0 and phrase in blamed else value))
    return settled


def _phrase_of(token: Token) -> Token:
    while token.dep_ in ("amod", "compound", "conj") and token.head.pos_ in ("NOUN", "ADJ"):
        token = token.head
    return token


def _is_predicate(token: Token, head: Token, words: Evaluative) -> bool:
    """Whether the word itself is said of the subject, not of something else in the clause."""
    if token == head:
        return is_verbal(head) and head.lemma_ not in words.noncommittal and _is_governing(head)
    while token.dep_ in ("conj", "amod") and token.head != head:
        token = token.head
    if token.head != head or head.lemma_ in words.noncommittal:
        return False
    return token.dep_ in ("acomp", "attr", "oprd") or (
        token.dep_ == "dobj" and head.lemma_ in words.ascribing
    )


def _deontic(head: Token, words: Evaluative) -> bool:
    if head.lemma_.lower() in words.deontic and (
        children(head, "xcomp", "dobj") or is_passive(head)
    ):
        return True
    return any(
        child.dep_ == "aux" and child.lemma_.lower() in words.deontic for child in head.children
    )


def _is_negated(head: Token) -> bool:
    """Also by the "not" of the verb before, where they share a modal: "cannot eat or drink"."""
    shares = head.dep_ == "conj" and head.tag_ == "VB" and not children(head, "aux", "nsubj")
    if shares and is_verbal(head.head) and _is_negated(head.head):
        return True
    return is_denied(head)


_UNDONE = re.compile(
    r"un(?!animous|derst|derlying|iversal|iteral|ited|ique|iform|iversity)\w+"
    r"(able|ible|ful|ed|fair|just|wise|safe|healthy|lawful|tional|cratic|ethical|listic|equal|stable)"
)


def _near(token: Token) -> list[Token]:
    close = [
        child for child in token.children
        if child.dep_ in ("amod", "acomp", "conj", "advmod", "attr", "dobj", "compound")
    ]  # fmt: skip
    concern = [
        pobj
        for prep in children(token, "prep")
        if prep.lower_ == "of" and token.lemma_ in ("matter", "source", "cause", "sign", "act")
        for pobj in children(prep, "pobj")
    ]
    return [token, *close, *concern]


def _value(token: Token, words: Evaluative, *, denied: bool = True) -> int:
    """The sign of one word, turned by a word that denies it unless the caller sees to that."""
    lemma, lower = token.lemma_.lower(), token.lower_
    if token.pos_ not in ("ADJ", "VERB", "NOUN", "ADV", "PROPN"):
        return 0
    if token.pos_ != "ADJ" and lemma in words.adjectival:
        return 0
    turned = denied and any(c.dep_ == "neg" or c.lower_ == "no" for c in token.children)
    sign = -1 if turned else 1
    if lemma in words.positive or lower in words.positive:
        return sign
    if lemma in words.negative or lower in words.negative or _UNDONE.fullmatch(lower):
        return -sign
    return 0
