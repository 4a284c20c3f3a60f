"""The named mentions of a document as holders."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.rules.holders.lists import find_lists
from pipeline.records import Mention


class Names:
    """The named mentions of one document by token, and what goes with them in lists."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._named: dict[int, tuple[Mention, Span]] = {}
        for mention in doc._.mentions:
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None:
                for token in span:
                    self._named[token.i] = (mention, span)
        ranges = {(span.start, span.end) for _, span in self._named.values()}
        self._lists = find_lists(doc, ranges)

    def named_at(self, token: Token) -> Held | None:
        """The named mention that covers the token, as a holder."""
        pair = self._named.get(token.i)
        if pair is None:
            return None
        mention, span = pair
        return Held(span, mention.entity, mention.kind, mention.score, mention.inferred, "named")

    def is_mention(self, token: Token) -> bool:
        """Whether a named mention covers the token."""
        return token.i in self._named

    def listed(self, tokens: list[Token]) -> list[Token]:
        """The tokens with the rest of a list of names that the parser has not joined to them."""
        for token in tokens:
            members = self._lists.get(token.i)
            if members is not None:
                inside = {i for start, end in members for i in range(start, end)}
                heads = [self.doc[start:end].root for start, end in members]
                return sorted({*heads, *(t for t in tokens if t.i not in inside)}, key=_place)
        return tokens


def _place(token: Token) -> int:
    return token.i
