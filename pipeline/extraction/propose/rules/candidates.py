"""Candidates: a cue with its roles, before attribution and deduplication."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from spacy.tokens import Doc, Span, Token

from pipeline.extraction.propose.rules.content import Evaluative, Sides, content_stance
from pipeline.extraction.propose.rules.demands import is_demanded
from pipeline.extraction.propose.rules.effects import effect_in_phrase
from pipeline.extraction.propose.rules.holders.finder import HolderFinder
from pipeline.extraction.propose.rules.holders.held import Held
from pipeline.extraction.propose.rules.holders.of_cues import COPULAS, OF_CONTENT, CueHolders
from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.extraction.propose.rules.measures import is_aimed_at_somebody, is_ruled_out
from pipeline.extraction.propose.rules.polarity import Polarity, polarity_of
from pipeline.extraction.propose.rules.targets.finder import find_target
from pipeline.extraction.propose.rules.targets.limits import within_limits
from pipeline.extraction.propose.rules.targets.quoted import QuoteReader
from pipeline.extraction.propose.rules.targets.spans import (
    Target,
    clause_without,
    phrase_target,
)
from pipeline.extraction.propose.rules.will import is_refusal, lacks_will
from pipeline.language.quotations import Quotation, Quotations
from pipeline.language.spans import span_of
from pipeline.language.syntax import children, is_verbal, owners_of
from pipeline.lexicon.grammar import Grammar
from pipeline.records import Kind, Stance

_FIRST = frozenset({"i", "we"})


@dataclass(slots=True)
class Candidate:
    """One cue's position with all its holders; the roles can still change."""

    match: CueMatch
    holders: list[Held]
    target: Target | None
    stance: Stance
    polarity: Polarity
    cue_span: Span
    rules: list[str]
    quotation: Quotation | None = None
    reporter: Candidate | None = None
    dropped: str = ""

    @property
    def head(self) -> Token:
        """The cue's head word."""
        return self.match.head

    @property
    def is_speech(self) -> bool:
        """Whether the cue reports something said."""
        return self.match.cue.stance == OF_CONTENT or "quote" in self.match.cue.targets


class CandidateFinder:
    """Builds candidates in one document."""

    def __init__(
        self,
        doc: Doc,
        holders: HolderFinder,
        quotations: Quotations,
        grammar: Grammar,
        evaluative: Evaluative,
        hostile: frozenset[str],
        opposing: frozenset[str],
    ) -> None:
        self.doc = doc
        self.holders = holders
        self.quotes = QuoteReader(doc, quotations)
        self.cue_holders = CueHolders(doc, holders, grammar)
        self.grammar = grammar
        self.evaluative = evaluative
        self.hostile = hostile
        self.opposing = opposing

    def candidate(self, match: CueMatch) -> Candidate | None:
        """The position that the cue carries here, or None where a role is missing."""
        if self._inside_name(match):
            return None
        refusal = is_refusal(match)
        if not refusal and lacks_will(
            match.head, match.cue.form, self.grammar, quoted=self.quotes.is_quoted(match.head)
        ):
            return None
        holders, rule = self.cue_holders.find(match)
        if not holders or (rule == "rule.holder.light-verb" and is_demanded(match.head.head)):
            return None
        if match.cue.stance != OF_CONTENT and all(held.entity is None for held in holders):
            return None
        quotation, target = self._target(match)
        if target is None and not self._may_lack_target(match):
            return None
        if target is not None:
            target = _without_holders(target, holders)
            target = within_limits(target, match.head, self.quotes.quotations)
            if self._same_phrase(holders, target):
                return None
        polarity = polarity_of(match, self.grammar, _object_of(match, target))
        if polarity.negated and match.cue.negation == "none":
            return None
        if refusal:
            polarity = polarity.asserted("rule.hedge.modal")
        if any(held.rule == "exception" for held in holders):
            polarity = polarity.without("rule.negation.subject")
        rules = [rule, *([f"rule.target.{target.slot}"] if target else []), *polarity.rules]
        stance, content_rule = self._stance(match, target, holders)
        if content_rule:
            rules.append(content_rule)
        return Candidate(
            match=match,
            holders=holders,
            target=target,
            stance=turned(match, stance, polarity),
            polarity=polarity,
            cue_span=self._cue_span(match, polarity, target),
            rules=rules,
            quotation=quotation,
        )

    def _inside_name(self, match: CueMatch) -> bool:
        return match.cue.pos != "participle" and self.holders.names.is_mention(match.head)

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
            found = find_target(replace(match, cue=replace(match.cue, targets=slots)), self.grammar)
            return None, found or clause_without(match.head, match, "clause")
        return None, find_target(match, self.grammar) or self.cue_holders.labels.target(match)

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
        return match.head.head.lemma_ in COPULAS

    def _stance(
        self, match: CueMatch, target: Target | None, holders: list[Held]
    ) -> tuple[Stance, str]:
        if match.cue.stance != OF_CONTENT:
            stance = Stance(match.cue.stance)
            if stance is Stance.SUPPORT and target is not None:
                if self._is_hostile(target):
                    return Stance.OPPOSE, "rule.content.aimed"
                if is_ruled_out(match, target, self.opposing, self.grammar, self.evaluative):
                    return Stance.OPPOSE, "rule.content.not-to"
            return stance, ""
        if target is None:
            return Stance.NEUTRAL, ""
        if effect_in_phrase(target.head, self.evaluative.effects) < 0:
            return Stance.OPPOSE, "rule.content.evaluative"
        if target.slot == "object":
            return Stance.NEUTRAL, "rule.content.plain"
        own = partial(self._is_own, match=match, holders=holders)
        return content_stance(target.head, self.evaluative, Sides(own, self._is_somebody))

    def _is_own(self, subject: Token, match: CueMatch, holders: list[Held]) -> bool:
        """Whether what is said is of the speaker, or of what the speaker owns: "its army"."""
        if subject.lower_ in _FIRST:
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

    def _is_hostile(self, target: Target) -> bool:
        return is_aimed_at_somebody(target, self.hostile, self.grammar, self._is_somebody)

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


def _without_holders(target: Target, holders: list[Held]) -> Target:
    """The target up to a "from Spain" at its end that names the holder."""
    for held in holders:
        start, end = target.span.start, target.span.end
        doc = target.span.doc
        if start + 1 < held.span.start < end and doc[held.span.start - 1].lower_ != "the":
            cut = held.span.start - 1
        elif start + 2 < held.span.start < end:
            cut = held.span.start - 2
        else:
            continue
        if doc[cut].lower_ in ("from", "by", "among"):
            span = span_of(doc, start, cut)
            return replace(target, span=span) if span is not None else target
    return target


def _object_of(match: CueMatch, target: Target | None) -> Token | None:
    """The noun that the cue governs, which may be none: "backs no ban", "asked nobody to leave"."""
    slot, _, join = target.slot.partition("+") if target is not None else ("", "", "")
    if target is None or slot not in ("object", "prep"):
        return None
    if join and slot == "object":
        return next(iter(children(match.head, "dobj", "dative")), None)
    return None if is_verbal(target.head) or target.head.pos_ in ("ADP", "SCONJ") else target.head


def turned(match: CueMatch, stance: Stance, polarity: Polarity) -> Stance:
    """The stance after negation, as the cue's entry says."""
    if polarity.flips % 2 == 0:
        return stance
    if match.cue.negation == "flip":
        return stance.opposite
    return Stance.NEUTRAL if match.cue.negation == "neutral" else stance
