"""Where the holder of each sort of cue stands. Source: codebook §2.5, §2.7 and §2.8."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.rules.holders.finder import HolderFinder
from pipeline.extraction.propose.rules.holders.labels import Labels
from pipeline.extraction.propose.rules.holders.of_nouns import noun_holders
from pipeline.extraction.propose.rules.holders.of_participles import participle_holders
from pipeline.extraction.propose.rules.holders.of_phrases import phrase_holder_heads
from pipeline.extraction.propose.rules.holders.of_verbs import verb_holder_heads
from pipeline.extraction.propose.rules.inability import ability_over
from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.language.chains import is_set_off, resumed_report
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.syntax import children, is_passive, is_verbal, owners_of, subject_of
from pipeline.lexicon.grammar import Grammar

_PREDICATES = frozenset({"acomp", "attr", "oprd", "conj", "xcomp", "ccomp"})
_MODIFIERS = frozenset({"amod", "acl", "relcl", "appos"})


class CueHolders:
    """Finds the holders of cues in one document, by the place that each cue's entry names."""

    def __init__(self, doc: Doc, holders: HolderFinder, grammar: Grammar) -> None:
        self.doc = doc
        self.holders = holders
        self.grammar = grammar
        self.labels = Labels(doc, holders.holders_of)

    def find(self, match: CueMatch) -> tuple[list[Held], str]:
        """The holders of the cue, and the id of the rule that found them.

        In a row or a list the label holds what has no holder of its own, and what a noun has only
        by inference.
        """
        found = self._find(match)
        inferred = match.cue.pos == "noun" and all(held.inferred for held in found[0])
        if match.cue.pos == "participle" or (found[0] and not inferred):
            return found
        labelled = self.labels.holders(match)
        return (labelled, "rule.holder.label") if labelled else found

    def _find(self, match: CueMatch) -> tuple[list[Held], str]:
        if match.cue.pos == "noun":
            return noun_holders(match, self.holders, self.grammar)
        if match.cue.pos == "participle":
            return participle_holders(match, self.holders, self.grammar)
        heads, rule = self._heads(match)
        resumed = self._resumed(match, heads) if match.cue.pos == "verb" else []
        return resumed or self.holders.holders_of(heads), rule

    def _resumed(self, match: CueMatch, heads: list[Token]) -> list[Held]:
        """Who said the clause that the cue was joined to and goes on: "said it was … and urged".

        Where somebody in the clause may do it, only a comma and a verb of saying tell.
        """
        saying = resumed_report(match.head)
        if saying is None:
            return []
        says = match.head.lemma_ in self.grammar.resuming_verbs
        if self.holders.holders_of(heads) and not (says and is_set_off(match.head)):
            return []
        return self.holders.holders_of(subject_of(saying)) if says else []

    def _heads(self, match: CueMatch) -> tuple[list[Token], str]:
        """The heads of the holders of all other cues."""
        if match.cue.pos == "phrase":
            return phrase_holder_heads(match, self.holders.names)
        if match.cue.pos == "adjective":
            return _adjective_subject(match.head), "rule.holder.predicate"
        ability = ability_over(match.head, self.grammar)
        if ability is not None and match.cue.holder == "subject":
            held = subject_of(ability.verb) if ability.is_place else owners_of(ability.word)
            if held:
                return held, "rule.holder.subject"
        return verb_holder_heads(match, self.holders)


def _adjective_subject(adjective: Token) -> list[Token]:
    """Of whom the adjective is said: "Chile is wary of", "Chile, wary of", "a wary Chile"."""
    above = adjective.head
    helpers = children(adjective, "aux", "auxpass")
    if adjective.dep_ == "ccomp" and any(children(one, *NOMINAL_SUBJECTS) for one in helpers):
        return subject_of(adjective)
    if adjective.dep_ in _PREDICATES and is_verbal(above):
        return subject_of(above)
    if is_passive(adjective) or children(adjective, *NOMINAL_SUBJECTS):
        return subject_of(adjective)
    if adjective.dep_ in _MODIFIERS and above.i < adjective.i:
        return [above]
    if adjective.dep_ == "advcl" and is_verbal(above):
        return subject_of(above)
    return []
