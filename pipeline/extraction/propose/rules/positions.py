"""Positions read off cues: each cue at its place with its roles, or why it has none."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from spacy.tokens import Doc, Span, Token

from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.proposal import Polarity, Proposal, turn
from pipeline.extraction.propose.rules.content import Sides, content_stance
from pipeline.extraction.propose.rules.contrast import has_replaced, is_of_another
from pipeline.extraction.propose.rules.demands import is_demanded
from pipeline.extraction.propose.rules.denial import tells_of_nobody
from pipeline.extraction.propose.rules.effects import effect_in_phrase
from pipeline.extraction.propose.rules.factuality import Frame, frames_above
from pipeline.extraction.propose.rules.holders import CueHolders, HolderFinder
from pipeline.extraction.propose.rules.inability import (
    ability_over,
    acting_verb,
    only_finds_unable,
)
from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.extraction.propose.rules.measures import (
    is_aimed_at_somebody,
    is_asked_for,
    is_assault,
    is_ruled_out,
)
from pipeline.extraction.propose.rules.polarity import polarity_of
from pipeline.extraction.propose.rules.praise import judging_word
from pipeline.extraction.propose.rules.targets import (
    QuoteReader,
    clause_without,
    find_target,
    object_of,
    phrase_target,
    within_limits,
    without_holders,
)
from pipeline.extraction.propose.rules.vocabulary import Vocabulary
from pipeline.extraction.propose.rules.will import is_refusal, is_told_outright, lacks_will
from pipeline.extraction.propose.target import Target
from pipeline.language.chains import top_conjunct
from pipeline.language.quotations import Quotation, Quotations
from pipeline.language.syntax import is_verbal, owners_of
from pipeline.language.words import FIRST_PERSON_SUBJECTS
from pipeline.lexicon.cues import OF_CONTENT
from pipeline.records import Kind, Stance

NAME = "rules"


class PositionReader:
    """Reads the positions of one document's cues."""

    def __init__(
        self, doc: Doc, holders: HolderFinder, quotations: Quotations, words: Vocabulary
    ) -> None:
        self.doc = doc
        self.holders = holders
        self.quotes = QuoteReader(doc, quotations)
        self.cue_holders = CueHolders(doc, holders, words.grammar)
        self.words = words

    def read(self, match: CueMatch) -> Proposal | str:
        """The position that the cue carries here, or the id of the refusal by which it has none."""
        refusing = is_refusal(match, self.words.grammar)
        refusal = self._refuse_place(match, refusing=refusing)
        if refusal:
            return refusal
        holders, rule = self.cue_holders.find(match)
        refusal = self._refuse_holders(match, holders, rule)
        if refusal:
            return refusal
        quotation, target = self._target(match)
        if target is not None:
            target = without_holders(target, holders)
            target = within_limits(target, match.head, self.quotes.quotations)
        refusal = self._refuse_target(match, target, holders)
        if refusal:
            return refusal
        polarity = self._polarity(match, target, holders, refusing=refusing)
        if polarity is None:
            return "refusal.negated"
        proposal = self._proposal(match, holders, target, polarity)
        return replace(
            proposal,
            quotation=quotation,
            rules=(rule, *proposal.rules),
        )

    def _refuse_place(self, match: CueMatch, *, refusing: bool) -> str:
        if match.cue.pos != "participle" and self.holders.names.is_mention(match.head):
            return "refusal.name"
        verb = match.head if is_verbal(match.head) else match.head.head
        if tells_of_nobody(verb):
            return "refusal.nobody"
        return "" if refusing or not self._lacks_will(match) else "refusal.no-will"

    def _lacks_will(self, match: CueMatch) -> bool:
        quoted = self.quotes.is_quoted(match.head)
        if ability_over(acting_verb(match), self.words.grammar) is not None:
            return True
        return lacks_will(match, self.words.grammar, quoted=quoted)

    def _refuse_holders(self, match: CueMatch, holders: list[Held], rule: str) -> str:
        if not holders:
            another = is_of_another(match.head, self.words.grammar)
            return "refusal.ruled-out" if another else "refusal.no-holder"
        if rule == "rule.holder.light-verb" and is_demanded(match.head.head):
            return "refusal.demanded"
        unknown = all(held.is_nobody for held in holders)
        if unknown and match.cue.stance != OF_CONTENT and not is_told_outright(match.head):
            return "refusal.unknown-holder"
        return ""

    def _refuse_target(self, match: CueMatch, target: Target | None, holders: list[Held]) -> str:
        if target is None and is_of_another(match.head, self.words.grammar):
            return "refusal.ruled-out"
        if target is None:
            return "" if self._may_lack_target(match) else "refusal.no-target"
        if "departs" in match.cue.traits and not self._can_be_left(target.head):
            return "refusal.no-target"
        if only_finds_unable(target, self.words.grammar):
            return "refusal.carrier"
        return "refusal.own-target" if self._same_phrase(holders, target) else ""

    def _can_be_left(self, noun: Token) -> bool:
        """Whether it is a body, an agreement, an event or a post, and no place or person."""
        named = self.holders.names.named_at(noun)
        if named is not None:
            return named.kind in (Kind.ORGANISATION, Kind.GROUP)
        nouns, words = self.words.nouns, {noun.lemma_.lower(), noun.lower_}
        bodies = nouns.common_body_nouns | nouns.collective_nouns | nouns.body_nouns
        if words & (bodies | nouns.treaty_nouns | nouns.event_nouns | nouns.document_nouns):
            return not words & nouns.place_nouns
        return noun.pos_ == "PROPN"

    def _polarity(
        self, match: CueMatch, target: Target | None, holders: list[Held], *, refusing: bool
    ) -> Polarity | None:
        """What stands over the cue; None where it makes no claim under a negation."""
        polarity = polarity_of(match, self.words.grammar, object_of(match, target))
        if polarity.negated and match.cue.negation == "none":
            return None
        if refusing and "rule.negation.unable" not in polarity.rules:
            polarity = polarity.asserted("rule.hedge.modal")
        if any(held.rule == "exception" for held in holders):
            polarity = polarity.without("rule.negation.subject")
        if has_replaced(match.head):
            polarity = polarity.without("rule.negation.adverb")
        return replace(polarity, ending=self._ending(match))

    def _ending(self, match: CueMatch) -> Token | None:
        """The noun that ends what the cue names: "an end to Russia's attacks on the port"."""
        noun = top_conjunct(match.head)
        if match.cue.pos != "noun" or noun.dep_ != "pobj":
            return None
        end = noun.head.head
        return end if end.lemma_ in self.words.grammar.ending_nouns else None

    def _proposal(
        self, match: CueMatch, holders: list[Held], target: Target | None, polarity: Polarity
    ) -> Proposal:
        stance, content_rule = self._stance(match, target, holders)
        found = [f"rule.target.{target.slot}"] if target else []
        content = [content_rule] if content_rule else []
        judging = None
        if target is not None and match.cue.stance == OF_CONTENT:
            judging = judging_word(target.head, self.words.evaluative)
        return Proposal(
            proposer=NAME,
            head=match.head,
            words=match.words,
            cue=self._cue_span(match, polarity, target),
            entry=match.cue,
            holders=tuple(holders),
            stance=turn(stance, polarity, match.cue),
            form=match.cue.form,
            target=target,
            polarity=polarity,
            rules=(*found, *polarity.rules, *content),
            judging=judging,
            doubted=Frame.OPEN in frames_above(match.head, self.words.grammar),
        )

    def _same_phrase(self, holders: list[Held], target: Target) -> bool:
        return any(
            held.span.start < target.span.end and target.span.start < held.span.end
            and held.span.start <= target.span.start and target.span.end <= held.span.end
            for held in holders
        )  # fmt: skip

    def _target(self, match: CueMatch) -> tuple[Quotation | None, Target | None]:
        if match.cue.pos == "participle":
            return None, self._participle_target(match)
        if "quote" in match.cue.targets:
            quoted = self.quotes.quoted(match)
            if quoted is not None:
                return quoted
        if match.cue.pos == "phrase" and match.cue.holder != "subject":
            slots = tuple(slot for slot in match.cue.targets if slot != "prep")
            without = replace(match, cue=replace(match.cue, targets=slots))
            found = find_target(without, self.words.grammar)
            return None, found or clause_without(match.head, match, "clause")
        return None, find_target(match, self.words.grammar) or self.cue_holders.labels.target(match)

    def _participle_target(self, match: CueMatch) -> Target | None:
        noun = match.head.head
        if noun.i <= match.head.i or noun.pos_ not in ("NOUN", "PROPN"):
            return None
        return phrase_target(match, noun, "modified")

    def _may_lack_target(self, match: CueMatch) -> bool:
        cue = match.cue
        if "none" in cue.targets:
            return True
        if cue.pos != "adjective" or cue.preposition:
            return False
        return match.head.head.lemma_ in self.words.grammar.copulas

    def _stance(
        self, match: CueMatch, target: Target | None, holders: list[Held]
    ) -> tuple[Stance, str]:
        if match.cue.stance != OF_CONTENT:
            stance = Stance(match.cue.stance)
            if stance is Stance.NEUTRAL and target is not None:
                asked = is_asked_for(match, target, self.words.grammar)
                stance = Stance.SUPPORT if asked else stance
            if stance is Stance.SUPPORT and target is not None:
                if self._is_hostile(match, target):
                    return Stance.OPPOSE, "rule.content.aimed"
                if self._is_ruled_out(match, target):
                    return Stance.OPPOSE, "rule.content.not-to"
            return stance, ""
        if target is None:
            return Stance.NEUTRAL, ""
        if effect_in_phrase(target.head, self.words.evaluative.effects) < 0:
            return Stance.OPPOSE, "rule.content.effect"
        if target.slot == "object":
            return Stance.NEUTRAL, "rule.content.plain"
        own = partial(self._is_own, match=match, holders=holders)
        sides = Sides(own, self._is_somebody)
        return content_stance(target.head, self.words.evaluative, sides, self.words.grammar)

    def _is_own(self, subject: Token, match: CueMatch, holders: list[Held]) -> bool:
        """Whether what is said is of the speaker, or of what the speaker owns: "its army"."""
        if subject.lower_ in FIRST_PERSON_SUBJECTS:
            return True
        if self.quotes.is_quoted(subject) and not self.quotes.is_quoted(match.head):
            return False
        own = {held.key for held in holders}
        named = {held.key for held in self.holders.holders_of([subject, *owners_of(subject)])}
        if own & named:
            return True
        if subject.lower_ == "it":
            return all(held.kind is not Kind.PERSON for held in holders)
        return subject.lower_ == "they"

    def _is_hostile(self, match: CueMatch, target: Target) -> bool:
        words = self.words
        if is_aimed_at_somebody(target, words.hostile, words.grammar, self._is_somebody):
            return True
        own = "acts" in match.cue.traits
        return own and is_assault(target, words.hostile, words.grammar, self._is_somebody)

    def _is_ruled_out(self, match: CueMatch, target: Target) -> bool:
        words = self.words
        return is_ruled_out(match, target, words.opposing, words.grammar, words.evaluative)

    def _is_somebody(self, token: Token) -> bool:
        if token.lower_ == "you" or self.holders.names.is_mention(token):
            return True
        return bool(self.holders.holders_of([token]))

    def _cue_span(self, match: CueMatch, polarity: Polarity, target: Target | None) -> Span:
        words = [word.i for word in match.words]
        low, high = min(words), max(words) + 1
        if target is not None and low < target.span.end and target.span.start < high:
            low, high = match.head.i, match.head.i + 1
        start = polarity.start.i
        if start < low and low - start <= 6 and not (
            target is not None and start < target.span.end and target.span.start < high
        ):  # fmt: skip
            low = start
        return self.doc[low:high]
