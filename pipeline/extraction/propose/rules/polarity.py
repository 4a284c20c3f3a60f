"""Negation and hedging of a cue, and the verbs above it that turn or soften it.

Source: codebook §2, fields ``negated`` and ``hedged``.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.propose.proposal import Polarity
from pipeline.extraction.propose.rules.denial import (
    has_empty_subject,
    in_no_way,
    is_empty,
    is_left_undone,
    is_shared,
    is_yet_to,
)
from pipeline.extraction.propose.rules.factuality import Frame, frames_above
from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.extraction.propose.rules.questions import is_inverted_condition
from pipeline.language.syntax import children, is_verbal
from pipeline.lexicon.grammar import Grammar

_POISED = frozenset({"set", "poise", "poised", "due", "bind", "bound", "slate", "slated", "likely"})
_CHAIN = frozenset({"xcomp", "acomp", "attr", "pcomp", "oprd"})


def polarity_of(match: CueMatch, grammar: Grammar, target: Token | None = None) -> Polarity:
    """How often the stance turns above, on and below the cue, and whether it is hedged.

    ``target`` is the head of the cue's object where that is a noun phrase.
    """
    walker = _Walker(grammar)
    walker.visit(match)
    walker.below(match, target)
    return Polarity(
        negated=walker.negations % 2 == 1,
        flips=walker.negations + walker.reversals,
        hedged=walker.hedged,
        start=walker.start or match.head,
        rules=tuple(walker.rules),
        relay=walker.relay,
    )


class _Walker:
    """Climbs from the cue through the verbs that govern it."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.negations = 0
        self.reversals = 0
        self.hedged = False
        self.start: Token | None = None
        self.relay: Token | None = None
        self.rules: list[str] = []

    def visit(self, match: CueMatch) -> None:
        head = match.head
        for word in match.words:
            self._negative_determiner(word)
        self._modifiers(head)
        if match.cue.pos == "phrase" and is_verbal(head.head):
            self._modifiers(head.head)
        if head.pos_ in ("NOUN", "ADJ", "PROPN"):
            self._above_nominal(match)
        verb = head if is_verbal(head) else head.head
        self._climb(head)
        self._subject(verb)
        self._condition(verb)
        self._frames(head, verb)
        self._far_from(verb)
        if verb.dep_ == "pcomp" and verb.head.head.pos_ == "NOUN":
            self._negative_determiner(verb.head.head)

    def below(self, match: CueMatch, target: Token | None) -> None:
        """Nobody or nothing as object: "backs neither the ban nor the levy"."""
        if target is None or target in match.words or target.dep_ in ("nsubj", "nsubjpass"):
            return
        if is_empty(target):
            self._negate("rule.negation.object")

    def _negative_determiner(self, word: Token) -> None:
        if word.pos_ == "NOUN" and is_empty(word):
            self._negate("rule.negation.determiner")

    def _modifiers(self, token: Token) -> None:
        """Negators, modals and adverbs that hang on one verb or adjective."""
        for child in token.children:
            lower = child.lower_
            if self._denies(child, token):
                self._negate("rule.negation.adverb")
            elif lower in ("longer", "more") and any(c.lower_ == "no" for c in child.children):
                self._negate("rule.negation.no-longer")
            elif in_no_way(child):
                self._negate("rule.negation.phrase")
            elif child.dep_ == "aux" and child.lemma_.lower() in self.grammar.hedge_modals:
                self._hedge("rule.hedge.modal")
            elif child.dep_ == "advmod" and lower in self.grammar.hedge_adverbs:
                self._hedge("rule.hedge.adverb")

    def _denies(self, child: Token, token: Token) -> bool:
        following = child.nbor(1) if child.i + 1 < len(child.doc) else child
        if following.lower_ in ("only", "just", "merely", "simply"):
            return False
        if child.dep_ == "neg":
            return True
        if child.dep_ == "advmod" and any(
            c.lower_ in ("hardly", "scarcely") for c in child.children
        ):
            return True
        if child.dep_ not in ("advmod", "preconj", "cc") or child.i > token.i:
            return False
        return child.lower_ != "no" and child.lower_ in self.grammar.negators

    def _above_nominal(self, match: CueMatch) -> None:
        """The verb that governs a nominal or adjectival cue: light, reversing, copular."""
        head = match.head
        above = head.head
        if head.dep_ == "pobj":
            owner = above.head
            if above.lower_ == "of" and owner.lemma_ in ("lack", "absence", "end"):
                self._reverse("rule.reversal.lack")
            if above.lower_ == "without":
                self._negate("rule.negation.without")
        if head.dep_ == "dobj" and _is_others(head, above):
            self.relay = above
            return
        if head.dep_ in ("dobj", "nsubjpass") and is_verbal(above):
            if above.lemma_.lower() in self.grammar.reversing_verbs:
                self._reverse("rule.reversal.verb")
                self.start = above if above.i < head.i else None
            elif above.i < head.i and (
                above.lemma_.lower() in self.grammar.light_verbs | self.grammar.aspectual_verbs
            ):
                self.start = above
                gives_up = above.lemma_ == "give" and children(above, "prt")
                if gives_up:
                    self._reverse("rule.reversal.verb")
        governed = head.dep_ in ("dobj", "nsubjpass", "attr", "acomp", "pobj", "oprd")
        if governed and is_verbal(above):
            self._modifiers(above)

    def _climb(self, token: Token) -> None:
        """Verbs that govern the cue as their complement, up to one with a subject of its own."""
        current = token if is_verbal(token) else token.head
        if not is_verbal(current):
            return
        for _ in range(6):
            above = current.head
            if above == current:
                return
            if current.dep_ == "conj" and is_verbal(above):
                if self._own_auxiliaries(current):
                    return
                self._shared_modifiers(above, current)
                current = above
                continue
            if current.dep_ not in _CHAIN or children(current, "nsubj", "nsubjpass"):
                return
            if is_yet_to(current, above):
                self._negate("rule.negation.yet")
                return
            if not self._governor(above, token):
                return
            current = above

    def _governor(self, above: Token, cue: Token) -> bool:
        grammar, lemma = self.grammar, above.lemma_.lower()
        if above.lemma_ != "be" and lemma in _POISED and above.tag_ in ("VBN", "JJ"):
            self._hedge("rule.hedge.verb")
        elif lemma in grammar.negative_verbs:
            self._reverse("rule.reversal.negative-verb")
            self.start = above
        elif lemma in grammar.aspectual_verbs:
            self.start = above
            self.rules.append("rule.aspect")
        elif lemma in grammar.hedge_verbs:
            self._hedge("rule.hedge.verb")
            self._improbable(above)
        elif not (above.pos_ == "ADJ" or above.lemma_ == "be"):
            return False
        self._modifiers(above)
        return above is not cue

    def _own_auxiliaries(self, verb: Token) -> bool:
        return bool(children(verb, "nsubj", "nsubjpass", "neg", "aux"))

    def _shared_modifiers(self, above: Token, current: Token) -> None:
        """Negators and modals before coordinated verbs hold for all of them."""
        joined = [child.lower_ for child in children(above, "cc") if child.i < current.i]
        if "nor" in joined:
            self._negate("rule.negation.nor")
        for child in above.children:
            if child.dep_ == "neg" and is_shared(child, above, current):
                self._negate("rule.negation.shared")
            elif (
                child.dep_ == "aux"
                and current.tag_ == "VB"
                and child.lemma_.lower() in self.grammar.hedge_modals
            ):
                self._hedge("rule.hedge.modal")

    def _subject(self, verb: Token) -> None:
        if has_empty_subject(verb):
            self._negate("rule.negation.subject")

    def _frames(self, cue: Token, verb: Token) -> None:
        """What is said to be false, or left undone."""
        for frame in frames_above(cue, self.grammar):
            if frame is Frame.FALSE:
                self._negate("rule.negation.frame")
        if is_left_undone(verb):
            self._negate("rule.negation.undone")

    def _condition(self, verb: Token) -> None:
        self._impersonal(verb)
        if is_inverted_condition(verb):
            self._hedge("rule.hedge.condition")
        if verb.dep_ == "ccomp" and any(
            c.lower_ in ("whether", "if") for c in children(verb, "mark")
        ):
            self._hedge("rule.hedge.condition")
        if verb.dep_ == "advcl" and any(
            child.lower_ in self.grammar.conditionals for child in children(verb, "mark", "advmod")
        ):
            self._hedge("rule.hedge.condition")

    def _impersonal(self, verb: Token) -> None:
        """As in "it seems that Togo supports", "it is likely that"."""
        above = verb.head
        if verb.dep_ not in ("ccomp", "csubj") or above == verb:
            return
        expletive = any(child.lower_ == "it" for child in children(above, "nsubj", "nsubjpass"))
        words = [above, *children(above, "acomp")]
        if expletive and any(w.lemma_.lower() in self.grammar.hedge_verbs for w in words):
            self._hedge("rule.hedge.verb")
            for word in words:
                self._improbable(word)

    def _improbable(self, word: Token) -> None:
        if word.lemma_.lower() in self.grammar.improbable:
            self._reverse("rule.reversal.improbable")

    def _far_from(self, verb: Token) -> None:
        """As in "far from welcoming the inspectors"."""
        if verb.dep_ == "pcomp" and verb.head.lower_ == "from" and verb.head.head.lower_ == "far":
            self._reverse("rule.reversal.far-from")

    def _negate(self, rule: str) -> None:
        self.negations += 1
        self.rules.append(rule)

    def _reverse(self, rule: str) -> None:
        self.reversals += 1
        self.rules.append(rule)

    def _hedge(self, rule: str) -> None:
        self.hedged = True
        self.rules.append(rule)


def _is_others(noun: Token, verb: Token) -> bool:
    """Whether a noun is named as another's than the subject's: "Chile ended Peru's boycott"."""
    subjects = children(verb, "nsubj")
    owners = [owner for owner in children(noun, "poss") if owner.pos_ in ("NOUN", "PROPN")]
    return bool(subjects and owners) and owners[0].lower_ not in {each.lower_ for each in subjects}
