"""Candidates: a cue with its roles, before attribution and deduplication."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Span, Token

from pipeline.extraction.claims.content import Evaluative, content_stance
from pipeline.extraction.claims.holders import Held, HolderFinder
from pipeline.extraction.claims.matching import CueMatch
from pipeline.extraction.claims.polarity import Polarity, polarity_of
from pipeline.extraction.claims.quotes import Quotation, is_clause
from pipeline.extraction.claims.spans import span_of
from pipeline.extraction.claims.syntax import (
    agents_of,
    children,
    is_passive,
    is_verbal,
    owners_of,
    subject_of,
)
from pipeline.extraction.claims.target_spans import Target, clause_without, phrase_target
from pipeline.extraction.claims.targets import find_target
from pipeline.extraction.claims.will import lacks_will
from pipeline.lexicon.grammar import Grammar
from pipeline.records import Stance

_OF_CONTENT = "of-content"
_COPULAS = frozenset({"be", "become", "remain", "stay", "seem", "appear", "feel", "sound", "look"})


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
    relays: bool = False
    extra: list[str] = field(default_factory=list)

    @property
    def head(self) -> Token:
        """The cue's head word."""
        return self.match.head

    @property
    def is_speech(self) -> bool:
        """Whether the cue reports something said."""
        return self.match.cue.stance == _OF_CONTENT or "quote" in self.match.cue.targets


class CandidateFinder:
    """Builds candidates in one document."""

    def __init__(
        self,
        doc: Doc,
        holders: HolderFinder,
        quotations: tuple[Quotation, ...],
        grammar: Grammar,
        evaluative: Evaluative,
    ) -> None:
        self.doc = doc
        self.holders = holders
        self.quotations = quotations
        self.grammar = grammar
        self.evaluative = evaluative

    def candidate(self, match: CueMatch) -> Candidate | None:
        """The position that the cue carries here, or None where a role is missing."""
        if self._inside_name(match):
            return None
        if lacks_will(match.head, match.cue.form, self.grammar, quoted=self._is_quoted(match.head)):
            return None
        holders, rule = self._holders(match)
        if not holders:
            return None
        if match.cue.stance != _OF_CONTENT and all(held.entity is None for held in holders):
            return None
        quotation, target = self._target(match)
        if target is None and not self._may_lack_target(match):
            return None
        target = _without_holders(target, holders)
        if target is not None and self._same_phrase(holders, target):
            return None
        polarity = polarity_of(match, self.grammar)
        if polarity.negated and match.cue.negation == "none":
            return None
        if any(held.rule == "exception" for held in holders):
            polarity = polarity.without("rule.negation.subject")
        rules = [rule, *([f"rule.target.{target.slot}"] if target else []), *polarity.rules]
        stance, content_rule = self._stance(match, target)
        if content_rule:
            rules.append(content_rule)
        return Candidate(
            match=match,
            holders=holders,
            target=target,
            stance=_turned(match, stance, polarity),
            polarity=polarity,
            cue_span=self._cue_span(match, polarity, target),
            rules=rules,
            quotation=quotation,
        )

    def _is_quoted(self, token: Token) -> bool:
        return any(token in quotation for quotation in self.quotations)

    def _inside_name(self, match: CueMatch) -> bool:
        return match.cue.pos != "participle" and self.holders.is_mention(match.head)

    def _same_phrase(self, holders: list[Held], target: Target) -> bool:
        return any(
            held.span.start < target.span.end and target.span.start < held.span.end
            and held.span.start <= target.span.start and target.span.end <= held.span.end
            for held in holders
        )  # fmt: skip

    def _holders(self, match: CueMatch) -> tuple[list[Held], str]:
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
                if place in ("by", "from") or self.holders.is_mention(head) or place == "of"
            ]  # fmt: skip
            if heads and heads[0] not in match.words:
                found = self._found(heads, f"rule.holder.{place}")
                if found[0]:
                    return found
        modifiers = [
            child for child in children(noun, "amod", "compound", "nmod")
            if self.holders.is_mention(child) or child.ent_type_ in ("NORP", "GPE")
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
        named = self.holders.named_at(self.doc[i]) if i >= verb.sent.start else None
        return [named.span.root] if named is not None else []

    def _stray_holders(self, match: CueMatch) -> list[Token]:
        """A holder in what the parser took for the target: "opposition to the bill from Spain"."""
        end = match.head.right_edge.i + 1
        for token in self.doc[match.last.i + 1 : end]:
            if token.lower_ in ("from", "by", "among") and token.dep_ in ("prep", "agent"):
                heads = [
                    child
                    for child in children(token, "pobj")
                    if self.holders.is_mention(child) or child.ent_type_ == "NORP"
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
            named = self.holders.named_at(token) or self.holders.adjectival(token)
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
        if noun.dep_ == "attr" and above.lemma_ in _COPULAS:
            return subject_of(above)
        if noun.dep_ in ("dobj", "nsubjpass") and is_verbal(above):
            lemma = above.lemma_.lower()
            if lemma in self.grammar.light_verbs or lemma in self.grammar.reversing_verbs:
                return agents_of(above)
        if noun.dep_ == "pobj" and above.lower_ in ("in", "with", "of", "among", "as", "over"):
            verb = above.head
            if is_verbal(verb) and above.lower_ in ("in", "with", "as", "over"):
                return agents_of(verb)
        return []

    def _participle_holders(self, match: CueMatch) -> tuple[list[Held], str]:
        word = match.head
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
            heads = [t for t in self.doc[last.i + 1 : last.i + 4] if self.holders.is_mention(t)][:1]
        return self._found(heads, "rule.holder.phrase")

    def _target(self, match: CueMatch) -> tuple[Quotation | None, Target | None]:
        if match.cue.pos == "participle":
            return None, self._participle_target(match)
        if "quote" in match.cue.targets:
            quoted = self._quoted(match)
            if quoted is not None:
                return quoted
        if match.cue.pos == "phrase" and match.cue.holder != "subject":
            slots = tuple(slot for slot in match.cue.targets if slot != "prep")
            found = find_target(replace(match, cue=replace(match.cue, targets=slots)), self.grammar)
            return None, found or clause_without(match.head, match, "clause")
        return None, find_target(match, self.grammar)

    def _participle_target(self, match: CueMatch) -> Target | None:
        noun = match.head.head
        if noun.i <= match.head.i or noun.pos_ not in ("NOUN", "PROPN"):
            return None
        return phrase_target(match, noun, "modified")

    def _quoted(self, match: CueMatch) -> tuple[Quotation | None, Target | None] | None:
        """The quoted clause nearest to the reporting verb, if the verb reports a quotation."""
        verb = match.head
        if self._is_quoted(verb):
            return None
        sent = verb.sent
        clause = next(iter(children(verb, "ccomp")), None)
        best: tuple[int, Quotation, int, int] | None = None
        for quotation in self.quotations:
            low, high = max(quotation.start, sent.start), min(quotation.end, sent.end)
            if quotation.start == sent.end + 1 and self.doc[sent.end - 1].text == ":":
                after = self.doc[quotation.start].sent
                low, high = quotation.start, min(quotation.end, after.end)
            if low >= high or not is_clause(self.doc, Quotation(low, high)):
                continue
            if clause is not None and clause.left_edge.i < low - 1 and clause.i > verb.i:
                continue
            low = self._clause_start(verb, low)
            distance = low - verb.i if low > verb.i else verb.i - high
            if best is None or distance < best[0]:
                best = (distance, quotation, low, high)
        if best is None:
            return None
        _, quotation, low, high = best
        low, high = self._one_clause(low, high)
        span = span_of(self.doc, low, high)
        if span is None:
            return None
        return quotation, Target(span, span.root, "quote")

    def _clause_start(self, verb: Token, low: int) -> int:
        """Where the reported clause begins when only its end is quoted: at its "that"."""
        for i in range(max(verb.i + 1, low - 12), low):
            if self.doc[i].lower_ == "that" and self.doc[i].tag_ == "IN":
                return i
        return low

    def _one_clause(self, low: int, high: int) -> tuple[int, int]:
        """The part of a quotation before an omission mark, where there is one."""
        for i in range(low + 2, high - 2):
            if self.doc[i].text in ("[", "[…]", "[...]") and self.doc[i + 1].text in (
                "...",
                "…",
                "]",
            ):
                return low, i
        return low, high

    def _may_lack_target(self, match: CueMatch) -> bool:
        cue = match.cue
        if "none" in cue.targets:
            return True
        if cue.pos != "adjective" or cue.preposition:
            return False
        return match.head.head.lemma_ in _COPULAS

    def _stance(self, match: CueMatch, target: Target | None) -> tuple[Stance, str]:
        if match.cue.stance != _OF_CONTENT:
            return Stance(match.cue.stance), ""
        if target is None:
            return Stance.NEUTRAL, ""
        if target.slot == "object":
            return Stance.NEUTRAL, "rule.content.plain"
        return content_stance(target.head, self.evaluative)

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


def _without_holders(target: Target | None, holders: list[Held]) -> Target | None:
    """The target up to a "from Spain" at its end that names the holder."""
    if target is None:
        return None
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


def _turned(match: CueMatch, stance: Stance, polarity: Polarity) -> Stance:
    if match.cue.stance == _OF_CONTENT or polarity.flips % 2 == 0:
        return stance
    if match.cue.negation == "flip":
        return stance.opposite
    return Stance.NEUTRAL if match.cue.negation == "neutral" else stance


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
