"""Where the holder of a set phrase stands: "according to Chile", "Chile is in favour of".

Source: codebook §2.5 and §2.9.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.propose.rules.holders.names import Names
from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.syntax import (
    agents_of,
    children,
    is_passive,
    is_verbal,
    owners_of,
    subject_of,
)

_NEAR = 3
_LEVELS = 4
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


def phrase_holder_heads(match: CueMatch, names: Names) -> tuple[list[Token], str]:
    """The heads of the holders of a set phrase, and the id of the rule that found them."""
    if match.cue.holder == "subject":
        return _subject(match), "rule.holder.phrase-subject"
    last = match.last
    heads = children(last, "pobj", "pcomp")
    following = last.doc[last.i + 1 : last.i + 1 + _NEAR]
    return heads or [t for t in following if names.is_mention(t)][:1], "rule.holder.phrase"


def _subject(match: CueMatch) -> list[Token]:
    """Of whom the phrase is said: the subject or the owner next above it."""
    first = match.head
    if len(match.words) == 1 and not _is_predicate(first):
        return []
    above = first.head
    for _ in range(_LEVELS):
        if is_verbal(above):
            return _doers(above)
        holders = _of_noun(above) if above.pos_ in _NOMINAL and above.i < first.i else []
        if holders or above.head == above:
            return holders
        above = above.head
    return []


def _is_predicate(word: Token) -> bool:
    return word.head.lemma_ == "be" and word.dep_ in ("prep", "acomp", "advmod")


def _doers(verb: Token) -> list[Token]:
    if is_passive(verb) and verb.dep_ != "acl":
        return agents_of(verb) or subject_of(verb)
    return subject_of(verb)


def _of_noun(noun: Token) -> list[Token]:
    """The noun itself where it is a subject, else who owns it."""
    return [noun] if noun.dep_ in NOMINAL_SUBJECTS else owners_of(noun)
