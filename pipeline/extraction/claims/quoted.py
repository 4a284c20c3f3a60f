"""The quoted clause that a reporting verb has as its target. Source: codebook §2.9."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from pipeline.extraction.claims.matching import CueMatch
from pipeline.extraction.claims.quotes import Quotation, is_clause
from pipeline.extraction.claims.spans import span_of
from pipeline.extraction.claims.syntax import children
from pipeline.extraction.claims.target_spans import Target


class QuoteReader:
    """Finds what reporting verbs quote in one document."""

    def __init__(self, doc: Doc, quotations: tuple[Quotation, ...]) -> None:
        self.doc = doc
        self.quotations = quotations

    def quoted(self, match: CueMatch) -> tuple[Quotation | None, Target | None] | None:
        """The quoted clause nearest to the reporting verb, if the verb reports a quotation."""
        verb = match.head
        if self.is_quoted(verb):
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

    def is_quoted(self, token: Token) -> bool:
        """Whether the token stands in a quotation."""
        return any(token in quotation for quotation in self.quotations)
