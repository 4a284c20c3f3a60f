"""Who is unable to accept a thing, or in no position to, is against it, as one who cannot.

Of what somebody is able or unable to do otherwise no will is told. Source: codebook §2.3 and §2,
field ``stance``: after negation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.extraction.propose.rules.denial import is_denied, is_empty
from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.extraction.propose.target import Target
from pipeline.language.chains import goes_on
from pipeline.language.infinitives import clause_of_state, first_conjunct, is_infinitive
from pipeline.language.labels import PREDICATIVES
from pipeline.language.negation_words import NOT
from pipeline.language.syntax import children, is_verbal, owners_of
from pipeline.language.words import (
    CAN,
    REFLEXIVES,
)
from pipeline.lexicon.grammar import Grammar

_TOLD = frozenset({"xcomp", "ccomp", "advcl", "acl", "relcl", "pcomp"})
_ABOVE = frozenset({*PREDICATIVES, "ccomp", "xcomp", "advcl", "amod", "dep", "conj"})
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Ability:
    """The word that says what somebody is able or unable to do, its verb, and which of the two.

    ``verb`` is the copula, or the word itself where it has none: "unable to back it, Mali left".
    """

    word: Token
    verb: Token
    lacking: bool

    @property
    def is_place(self) -> bool:
        """Whether a noun says it of the subject of its verb: "is in no position to"."""
        return self.word.dep_ == "pobj"


def acting_verb(match: CueMatch) -> Token:
    """The verb of what is done: that of the cue, or the one that governs a noun or a phrase."""
    head = match.head
    if is_verbal(head) or match.cue.pos in ("adjective", "participle"):
        return head
    return head.head if is_verbal(head.head) else head


def ability_over(act: Token, grammar: Grammar) -> Ability | None:
    """What is said of the ability to do the act; None where nothing is."""
    act = first_conjunct(act)
    for _ in range(_DEPTH):
        found = _ability(act, grammar)
        if found is not None or not _is_inside(act, grammar):
            return found
        act = first_conjunct(act.head)
    return None


def is_kept_from(match: CueMatch, grammar: Grammar) -> bool:
    """Whether the holder is said to be unable to do what the cue says."""
    found = ability_over(acting_verb(match), grammar)
    return found is not None and found.lacking


def only_finds_unable(target: Target, grammar: Grammar) -> bool:
    """As in "finds itself unable to back the ban", which is the position of "back"."""
    lemma = target.head.lemma_.lower()
    told = lemma in grammar.able_words | grammar.unable_words
    return told and target.span[0].lower_ in REFLEXIVES


def refused_act(head: Token, grammar: Grammar) -> Token | None:
    """What somebody is unable or not willing to do in the clause of a copula, or None.

    As the `back` of "they were unable to back it", "they were not prepared to back it".
    """
    for act in _acts_below(head):
        ability = ability_over(act, grammar)
        unwilling = act.head.lemma_.lower() in grammar.willing_words and is_denied(head, grammar)
        if unwilling or (ability is not None and ability.lacking):
            return act
    return None


def _acts_below(head: Token) -> Iterator[Token]:
    """The infinitives that tell what one is, or is in a state, to do: "was unable to back it"."""
    phrases = [noun for prep in children(head, "prep") for noun in children(prep, "pobj")]
    said = children(head, *PREDICATIVES, "ccomp")
    for word in (head, *said, *phrases):
        for act in children(word, "xcomp", "advcl", "acl", "relcl"):
            if is_infinitive(act) and _state_of(act) == head:
                yield act


def _state_of(act: Token) -> Token | None:
    """The verb that says how one is to do the act: "were" in "they were unable to back it"."""
    above = act.head
    if act.dep_ == "xcomp":
        return above.head if above.dep_ in PREDICATIVES else clause_of_state(above)
    return clause_of_state(act)


def _is_inside(act: Token, grammar: Grammar) -> bool:
    """Whether a verb that adds nothing governs it: "unable to bring itself to back"."""
    above = act.head
    return act.dep_ == "xcomp" and is_verbal(above) and above.lemma_ in grammar.aspectual_verbs


def _ability(act: Token, grammar: Grammar) -> Ability | None:
    """What the word right over the act says, or before it in the clause above."""
    above = act.head.head if act.dep_ == "pcomp" else act.head
    if act.dep_ not in _TOLD:
        return None
    if not is_infinitive(act) and act.tag_ != "VBG":
        return None
    if is_verbal(above) and above.lemma_.lower() not in _words(grammar):
        before = _before(act, above, grammar)
        return _brought(above) if before is None else _said_by(before, grammar)
    return _said_by(above, grammar)


def _words(grammar: Grammar) -> frozenset[str]:
    return grammar.able_words | grammar.unable_words | grammar.ability_nouns


def _before(act: Token, above: Token, grammar: Grammar) -> Token | None:
    """The predicate that the act belongs to, where the parser hung it on the copula."""
    phrases = [noun for prep in children(above, "prep") for noun in children(prep, "pobj")]
    for word in (*children(above, *PREDICATIVES), *phrases):
        near = above.i < word.i < act.i and act.left_edge.i - word.i == 1
        if near and word.lemma_.lower() in _words(grammar):
            return word
    return None


def _brought(verb: Token) -> Ability | None:
    """As in "cannot bring itself to support it"."""
    helpers = {child.lower_ for child in children(verb, "aux", "neg")}
    oneself = any(child.lower_ in REFLEXIVES for child in children(verb, "dobj"))
    return (
        Ability(verb, verb, lacking=True) if oneself and helpers & CAN and helpers & NOT else None
    )


def _said_by(word: Token, grammar: Grammar) -> Ability | None:
    lemma = word.lemma_.lower()
    if lemma in grammar.able_words | grammar.unable_words:
        return _of_adjective(word, lacking=lemma in grammar.unable_words, grammar=grammar)
    if lemma in grammar.inability_nouns and owners_of(word):
        return None if is_empty(word) else Ability(word, word, lacking=True)
    if lemma in grammar.difficulty_nouns and word.dep_ == "dobj" and not is_empty(word):
        denied = is_denied(_first(word.head), grammar)
        return None if denied else Ability(word, word.head, lacking=True)
    return _of_noun(word, grammar) if lemma in grammar.ability_nouns else None


def _of_adjective(word: Token, *, lacking: bool, grammar: Grammar) -> Ability:
    verb = word.head if word.dep_ in _ABOVE and is_verbal(word.head) else word
    denied = is_denied(word, grammar) or (
        verb != word and word.dep_ != "advcl" and is_denied(_first(verb), grammar)
    )
    return Ability(word, verb, lacking != denied)


def _of_noun(noun: Token, grammar: Grammar) -> Ability | None:
    """As in "is not in a position to", "is in no position to"."""
    preposition = noun.head
    verb = preposition.head
    if noun.dep_ != "pobj" or preposition.lower_ != "in" or not is_verbal(verb):
        return None
    return Ability(noun, verb, is_empty(noun) != is_denied(_first(verb), grammar))


def _first(verb: Token) -> Token:
    """The verb whose "not" holds for it: "did not and does not feel able"."""
    own = children(verb, "neg", "aux")
    return verb.head if not own and goes_on(verb) and verb.tag_ == "VB" else verb
