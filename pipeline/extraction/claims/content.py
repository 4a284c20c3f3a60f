"""The stance of what is said, towards the statement's own topic.

Source: codebook §2.9: "Brazil said the draft was unacceptable" is oppose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Token

from pipeline.errors import LexiconError
from pipeline.extraction.claims.syntax import children, is_passive, is_verbal
from pipeline.lexicon.yaml_lines import LINE, read_yaml, refuse_unknown
from pipeline.records import Stance

FILE = "evaluative.yaml"
_KEYS = ("positive", "negative", "deontic")


@dataclass(frozen=True, slots=True)
class Evaluative:
    """Lower-case lemmas that praise, blame or oblige."""

    positive: frozenset[str]
    negative: frozenset[str]
    deontic: frozenset[str]


def read_evaluative(folders: tuple[Path, ...]) -> Evaluative:
    """The evaluative words of all folders joined.

    Raises:
        LexiconError: a file has an unknown key, or none has words.

    """
    words: dict[str, set[str]] = {key: set() for key in _KEYS}
    for folder in folders:
        path = folder / FILE
        if path.is_file():
            data = read_yaml(path)
            refuse_unknown(data, _KEYS, path)
            for key, entries in data.items():
                if key != LINE:
                    words[key].update(str(word).lower() for word in entries)
    if not words["positive"]:
        raise LexiconError(f"{folders[0] / FILE}:1: no list of positive words")
    return Evaluative(*(frozenset(words[key]) for key in _KEYS))


def content_stance(head: Token, words: Evaluative) -> tuple[Stance, str]:
    """The stance of the clause that ``head`` heads, and the rule that told it."""
    if head.lower_ == "as":
        head = next(iter(children(head, "pobj", "pcomp", "amod", "prep")), head)
    if _deontic(head, words):
        return (Stance.OPPOSE if _is_negated(head) else Stance.SUPPORT), "rule.content.deontic"
    value, _, _ = evaluation_of(head, words)
    if not value and is_verbal(head):
        for inner in children(head, "ccomp"):
            value = value or evaluation_of(inner, words)[0]
    if not value and is_verbal(head):
        subjects = [t for c in children(head, "nsubj", "nsubjpass") for t in _near(c)]
        value = sum(_value(token, words) for token in subjects)
    if value:
        return (Stance.SUPPORT if value > 0 else Stance.OPPOSE), "rule.content.evaluative"
    return Stance.NEUTRAL, "rule.content.plain"


_ASCRIBING = frozenset(
    "have make become take represent constitute face cause pose bring create show deserve".split()
)


_ASCRIBING = frozenset(
    "have make become take represent constitute face cause pose bring create show deserve".split()
)


def evaluation_of(head: Token, words: Evaluative) -> tuple[int, Token | None, bool]:
    """The sign of the predicate after negation, its evaluative word, and whether it is negated.

    ``head`` is the verb of a clause, or a noun or adjective that stands as predicate.
    """
    passive = is_verbal(head) and is_passive(head)
    parts: list[Token] = [] if head.lemma_ == "be" or passive else [head]
    for child in children(head, "acomp", "attr", "oprd", "xcomp"):
        parts.extend(_near(child))
    for child in children(head, "dobj"):
        parts.extend(_near(child) if head.lemma_ in _ASCRIBING else [child])
    if passive and (head.lower_ in words.positive or _UNDONE.fullmatch(head.lower_)):
        parts.append(head)
    if not is_verbal(head):
        parts.extend(child for child in _near(head) if child != head)
    values = [(token, _value(token, words)) for token in parts]
    telling = [token for token, value in values if value and _is_predicate(token, head)]
    total = sum(value for _, value in values)
    negated = _is_negated(head)
    return (-total if negated else total), (telling[0] if telling else None), negated


def _is_predicate(token: Token, head: Token) -> bool:
    """Whether the word itself is said of the subject, not of something else in the clause."""
    while token.dep_ == "conj":
        token = token.head
    return token.head == head and token.dep_ in ("acomp", "attr", "oprd")


def _deontic(head: Token, words: Evaluative) -> bool:
    if head.lemma_.lower() in words.deontic and (
        children(head, "xcomp", "dobj") or is_passive(head)
    ):
        return True
    return any(
        child.dep_ == "aux" and child.lemma_.lower() in words.deontic for child in head.children
    )


def _is_negated(head: Token) -> bool:
    return any(
        child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ in ("never", "hardly"))
        for child in head.children
    )


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


def _value(token: Token, words: Evaluative) -> int:
    lemma, lower = token.lemma_.lower(), token.lower_
    if token.pos_ not in ("ADJ", "VERB", "NOUN", "ADV", "PROPN"):
        return 0
    sign = -1 if any(c.dep_ in ("neg",) or c.lower_ == "no" for c in token.children) else 1
    if lemma in words.positive or lower in words.positive:
        return sign
    if lemma in words.negative or lower in words.negative or _UNDONE.fullmatch(lower):
        return -sign
    return 0
