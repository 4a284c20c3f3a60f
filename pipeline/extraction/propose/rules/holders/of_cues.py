"""Where the holder of each sort of cue stands. Source: codebook §2.5, §2.7 and §2.8."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.extraction.propose.rules.holders.finder import HolderFinder
from pipeline.extraction.propose.rules.holders.held import Held
from pipeline.extraction.propose.rules.holders.labels import Labels
from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.extraction.propose.rules.targets.clauses import is_infinitive
from pipeline.language.syntax import (
    agents_of,
    children,
    is_passive,
    is_verbal,
    owners_of,
    subject_of,
)
from pipeline.lexicon.grammar import Grammar

OF_CONTENT = "of-content"


COPULAS = frozenset({"be", "become", "remain", "stay", "seem", "appear", "feel", "sound", "look"})
# What somebody leads only labels it: "the US-led coalition" is a body, not a position.
_LED_BODIES = frozenset({"coalition", "force", "alliance", "army", "troop", "government", "bloc"})


class CueHolders:
    """Finds the holders of cues in one document, by the place that each cue's entry names."""

    def __init__(self, doc: Doc, holders: HolderFinder, grammar: Grammar) -> None:
        self.doc = doc
        self.holders = holders
        self.grammar = grammar
        self.labels = Labels(doc, holders.holders_of)

    def find(self, match: CueMatch) -> tuple[list[Held], str]:
        """The holders of the cue, and the id of the rule that found them."""
        found = self._find(match)
        owned = match.cue.pos == "noun" and all(held.inferred for held in found[0])
        if match.cue.pos == "participle" or (found[0] and not owned):
            return found
        labelled = self.labels.holders(match)
        return (labelled, "rule.holder.label") if labelled else found

    def _find(self, match: CueMatch) -> tuple[list[Held], str]:
        place = match.cue.holder
        if match.cue.pos in ("noun",):
            return self._noun_holders(match)
        if match.cue.pos == "participle":
            return self._participle_holders(match)
        if match.cue.pos == "phrase":
            return self._phrase_holders(match)
        if match.cue.pos == "adjective":
            return self._found(self._adjective_subject(match), "rule.holder.predicate")
        if place == "object":
            return self._found(self._objects(match.head), "rule.holder.object")
        if place != "subject":
            heads = _objects_of(match.head, place)
            if not heads and match.last.lower_ == place:
                heads = children(match.last, "pobj")
            return self._found(heads, f"rule.holder.{place}")
        rule = "rule.holder.agent" if is_passive(match.head) else "rule.holder.subject"
        heads = agents_of(match.head)
        if heads and match.head.dep_ == "acl" and not self.holders.holders_of(heads):
            verb = match.head.head.head
            if match.head.head.dep_ == "dobj" and is_verbal(verb):
                heads = agents_of(verb)
        if not heads and "quote" in match.cue.targets:
            heads, rule = _inverted_subject(match.head), "rule.holder.inverted"
            if not heads:
                heads = self._named_before(match.head)
        return self._found(heads, rule)

    def _objects(self, verb: Token) -> list[Token]:
        if is_passive(verb):
            return subject_of(verb)
        return children(verb, "dobj", "dative")

    def _found(self, heads: list[Token], rule: str) -> tuple[list[Held], str]:
        return self.holders.holders_of(heads), rule

    def _adjective_subject(self, match: CueMatch) -> list[Token]:
        head = match.head
        if head.dep_ in ("acomp", "attr", "oprd", "conj", "xcomp", "ccomp") and is_verbal(
            head.head
        ):
            return subject_of(head.head)
        if is_passive(head) or children(head, "nsubj", "nsubjpass"):
            return subject_of(head)
        if head.dep_ in ("amod", "acl", "relcl", "appos") and head.head.i < head.i:
            return [head.head]
        if head.dep_ == "advcl" and is_verbal(head.head):
            return subject_of(head.head)
        return []

    def _noun_holders(self, match: CueMatch) -> tuple[list[Held], str]:
        noun = match.head
        place = match.cue.holder
        if place not in ("possessive", "modifier", "subject"):
            found = self._found(_objects_of(noun, place), f"rule.holder.{place}")
            if found[0]:
                return found
        owners = owners_of(noun)
        governed = self._governing_subject(match)
        if owners and not (governed and owners[0].pos_ == "PRON"):
            return self._found(owners, "rule.holder.possessive")
        if governed:
            return self._found(governed, "rule.holder.light-verb")
        for place in ("by", "of", "from", "among", "in"):
            if place in match.cue.preposition:
                continue
            heads = [
                head for head in _objects_of(noun, place)
                if place in ("by", "from") or self.holders.names.is_mention(head) or place == "of"
            ]  # fmt: skip
            if heads and heads[0] not in match.words:
                found = self._found(heads, f"rule.holder.{place}")
                if found[0]:
                    return found
        modifiers = [
            child for child in children(noun, "amod", "compound", "nmod")
            if self.holders.names.is_mention(child) or child.ent_type_ in ("NORP", "GPE")
        ]  # fmt: skip
        if not modifiers:
            stray = self._stray_holders(match)
            if stray:
                return self._found(stray, "rule.holder.stray")
        return self._modifier_holders(modifiers) if modifiers else self._earlier_holders(noun)

    def _named_before(self, verb: Token) -> list[Token]:
        """The name right before a reporting verb that has no subject in the parse."""
        i = verb.i - 1
        if i > verb.sent.start and self.doc[i].text == ",":
            i -= 1
        named = self.holders.names.named_at(self.doc[i]) if i >= verb.sent.start else None
        return [named.span.root] if named is not None else []

    def _stray_holders(self, match: CueMatch) -> list[Token]:
        """A holder in what the parser took for the target: "opposition to the bill from Spain"."""
        end = match.head.right_edge.i + 1
        for token in self.doc[match.last.i + 1 : end]:
            if token.lower_ in ("from", "by", "among") and token.dep_ in ("prep", "agent"):
                if _under_verb(token, match.head):
                    continue
                heads = [
                    child
                    for child in children(token, "pobj")
                    if self.holders.names.is_mention(child) or child.ent_type_ == "NORP"
                ]
                if heads:
                    return heads
        return []

    def _earlier_holders(self, noun: Token) -> tuple[list[Held], str]:
        """The subject of the sentence before: "Chile objected. This opposition to the draft"."""
        pointing = any(
            child.lower_ in ("this", "these", "such") for child in children(noun, "det", "amod")
        )
        before = noun.sent.start - 1
        if not pointing or before < 0:
            return [], ""
        root = self.doc[before].sent.root
        held = self.holders.holders_of(subject_of(root)) if is_verbal(root) else []
        inferred = [replace(one, inferred=True, score=0.5, rule="earlier-subject") for one in held]
        return inferred, "rule.holder.earlier-sentence"

    def _modifier_holders(self, modifiers: list[Token]) -> tuple[list[Held], str]:
        held: list[Held] = []
        for token in modifiers:
            named = self.holders.names.named_at(token) or self.holders.adjectival(token)
            if named is not None:
                held.append(named)
        return held, "rule.holder.modifier"

    def _governing_subject(self, match: CueMatch) -> list[Token]:
        """The subject of the light or copular verb that governs the noun."""
        noun = match.head
        for _ in range(2):
            above = noun.head
            if noun.dep_ == "conj" and above.pos_ == "NOUN":
                noun = above
                continue
            break
        above = noun.head
        if noun.dep_ == "attr" and above.lemma_ in COPULAS:
            return subject_of(above)
        if noun.dep_ in ("dobj", "nsubjpass") and is_verbal(above):
            lemma = above.lemma_.lower()
            if lemma in self.grammar.light_verbs or lemma in self.grammar.reversing_verbs:
                return agents_of(above)
        if noun.dep_ == "pobj" and above.lower_ in ("in", "with", "of", "among", "as", "over"):
            verb = above.head
            if is_verbal(verb) and above.lower_ in ("in", "with", "as", "over"):
                return [] if _is_setting(noun, above, verb) else agents_of(verb)
        return []

    def _participle_holders(self, match: CueMatch) -> tuple[list[Held], str]:
        word = match.head
        if word.lower_ == "led" and word.head.lemma_.lower() in _LED_BODIES:
            return [], ""
        heads = children(word, "npadvmod", "compound", "nmod", "amod", "nsubj", "advmod", "dobj")
        heads = [head for head in heads if head.i < word.i]
        if not heads and word.i >= 2 and self.doc[word.i - 1].text in ("-", "–", "‑"):
            heads = [self.doc[word.i - 2]]
        return self._modifier_holders(heads)

    def _phrase_holders(self, match: CueMatch) -> tuple[list[Held], str]:
        if match.cue.holder == "subject":
            return self._found(_phrase_subject(match), "rule.holder.phrase-subject")
        last = match.last
        heads = [child for child in last.children if child.dep_ in ("pobj", "pcomp")]
        if not heads:
            heads = [
                t for t in self.doc[last.i + 1 : last.i + 4] if self.holders.names.is_mention(t)
            ][:1]
        return self._found(heads, "rule.holder.phrase")


def _under_verb(token: Token, noun: Token) -> bool:
    """Whether a clause inside the noun's phrase has the token: "a bid to free it from Mali"."""
    while token.head not in (token, noun):
        token = token.head
        if is_verbal(token) and is_infinitive(token):
            return True
    return False


def _is_setting(noun: Token, prep: Token, verb: Token) -> bool:
    """Whether a noun before its verb tells only where it happened: "In the campaign to …, it"."""
    definite = any(child.lower_ == "the" for child in children(noun, "det"))
    return definite and prep.lower_ == "in" and noun.i < verb.i


def _objects_of(head: Token, preposition: str) -> list[Token]:
    found = []
    for prep in children(head, "prep", "agent", "dative"):
        if prep.lower_ == preposition:
            found.extend(children(prep, "pobj"))
    return found


def _inverted_subject(verb: Token) -> list[Token]:
    """The name after a reporting verb that the parser took for its object: "said Macron"."""
    for child in children(verb, "dobj", "attr", "oprd", "npadvmod", "dep", "appos"):
        if child.i == verb.i + 1 or (child.i > verb.i and child.left_edge.i == verb.i + 1):
            return [child]
    return []


def _phrase_subject(match: CueMatch) -> list[Token]:
    first = match.head
    above = first.head
    if len(match.words) == 1 and not (
        above.lemma_ == "be" and first.dep_ in ("prep", "acomp", "advmod")
    ):
        return []
    for _ in range(4):
        if is_verbal(above):
            if is_passive(above) and above.dep_ not in ("acl",):
                return agents_of(above) or subject_of(above)
            return subject_of(above)
        if above.pos_ in ("NOUN", "PROPN", "PRON") and above.i < first.i:
            if above.dep_ in ("nsubj", "nsubjpass"):
                return [above]
            owners = owners_of(above)
            if owners:
                return owners
        if above.head == above:
            return []
        above = above.head
    return []
