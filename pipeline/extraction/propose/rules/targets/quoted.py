"""The quoted clause that a reporting verb has as its target. Source: codebook §2.9."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from spacy.tokens import Doc, Span, Token

from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.extraction.propose.target import Target
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.quotations import Quotation, Quotations, is_clause
from pipeline.language.spans import span_of
from pipeline.language.syntax import children

_OMISSIONS = frozenset({"[", "[…]", "[...]"})
_AFTER_BRACKET = frozenset({"...", "…", "]"})


@dataclass(frozen=True, slots=True)
class _Part:
    """The tokens [low, high) of a quotation that stand in one sentence."""

    quotation: Quotation
    low: int
    high: int


class QuoteReader:
    """Finds what reporting verbs quote in one document."""

    def __init__(self, doc: Doc, quotations: Quotations) -> None:
        self.doc = doc
        self.quotations = Quotations(quotations)

    def quoted(self, match: CueMatch) -> tuple[Quotation | None, Target | None] | None:
        """The quoted clause nearest to the reporting verb, if the verb reports a quotation."""
        verb = match.head
        clause = next(iter(children(verb, "ccomp")), None)
        part = self._nearest(verb, clause)
        if part is None:
            return None
        before = clause is not None and clause.i < verb.i
        if before and _is_cut_out(self.doc, part.low, part.high):
            return None
        low, high = self._one_clause(part.low, part.high)
        span = span_of(self.doc, low, high)
        return (part.quotation, Target(span, span.root, "quote")) if span is not None else None

    def _nearest(self, verb: Token, clause: Token | None) -> _Part | None:
        """The part nearest to the verb, of those that it can quote beside what it reports."""
        parts = [
            replace(part, low=self._clause_start(verb, part.low))
            for part in self._parts(verb)
            if self._is_reported(verb, clause, part)
        ]
        return min(parts, key=partial(_distance, verb), default=None)

    def _parts(self, verb: Token) -> Iterator[_Part]:
        """The quotations of the verb's sentence, and those that its colon announces."""
        sent = verb.sent
        inside = self.quotations.overlapping(sent.start, sent.end)
        for quotation in (*inside, *self._after_colon(sent)):
            if self._is_beside(verb, quotation):
                home = sent if quotation.start < sent.end else self.doc[quotation.start].sent
                low = max(quotation.start, home.start)
                yield _Part(quotation, low, min(quotation.end, home.end))

    def _is_reported(self, verb: Token, clause: Token | None, part: _Part) -> bool:
        """Whether the part is a clause, and the verb reports it and no other clause instead."""
        low, high = part.low, part.high
        if low >= high or not is_clause(self.doc, Quotation(low, high)):
            return False
        apart = clause is not None and clause.i > verb.i and _is_apart(clause, verb, low, high)
        return not apart and not self._is_of_another(verb, low, high)

    def _after_colon(self, sent: Span) -> tuple[Quotation, ...]:
        """The quotations, if any, that come next where the sentence ends in a colon."""
        last = next((token for token in reversed(list(sent)) if not token.is_space), None)
        if last is None or last.text != ":":
            return ()
        end = sent.end
        while end < len(self.doc) and (self.doc[end].is_space or self.doc[end].is_quote):
            end += 1
        return self.quotations.opening(sent.end, end + 1)

    def _is_beside(self, verb: Token, quotation: Quotation) -> bool:
        """Whether a quotation stands where the verb does: in the same quotation, or in none."""
        around = self.quotations.overlapping(quotation.start, quotation.start + 1)
        outer = [one for one in around if one != quotation]
        return verb not in quotation and outer == list(self.quotations.around(verb))

    def _is_of_another(self, verb: Token, low: int, high: int) -> bool:
        """Whether a verb between hangs on this one and governs the quotation itself.

        As in "…," she said, adding that "…".
        """
        above = self.doc[low:high].root
        while above != verb and above.head != above:
            above = above.head
            outside = verb.i < above.i < low
            if outside and above.pos_ == "VERB" and above.dep_ in ("advcl", "conj", "acl"):
                return True
        return False

    def _clause_start(self, verb: Token, low: int) -> int:
        """Where the reported clause begins when only its end is quoted: at its "that"."""
        for i in range(max(verb.i + 1, low - 12), low):
            if self.doc[i].lower_ == "that" and self.doc[i].tag_ == "IN":
                return i
        return low

    def _one_clause(self, low: int, high: int) -> tuple[int, int]:
        """The part of a quotation before an omission mark, where there is one."""
        for i in range(low + 2, high - 2):
            if self.doc[i].text in _OMISSIONS and self.doc[i + 1].text in _AFTER_BRACKET:
                return low, i
        return low, high

    def is_quoted(self, token: Token) -> bool:
        """Whether the token stands in a quotation."""
        return token in self.quotations


def _distance(verb: Token, part: _Part) -> int:
    return part.low - verb.i if part.low > verb.i else verb.i - part.high


def _is_apart(clause: Token, verb: Token, low: int, high: int) -> bool:
    """Whether what the verb reports is a clause of its own, before or after the quotation."""
    return clause.left_edge.i < low - 1 or high <= verb.i


def _is_cut_out(doc: Doc, low: int, high: int) -> bool:
    """Whether only the predicate is quoted: 'The bank "regrets the error", it said'."""
    root = doc[low:high].root
    return root.pos_ in ("VERB", "AUX") and any(
        child.i < low for child in children(root, *NOMINAL_SUBJECTS)
    )
