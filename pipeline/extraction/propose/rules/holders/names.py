"""Names as holders: in lists, as exceptions, and as those somebody speaks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from pipeline.extraction.propose.rules.holders.held import Held
from pipeline.language.syntax import children, coordinated
from pipeline.records import Kind, Mention

_SPEAKING_FOR = (
    ("for",), ("on", "behalf", "of"), ("representing",), ("speaking", "for"),
    ("speaking", "on", "behalf", "of"),
)  # fmt: skip
_BETWEEN = frozenset({",", "and", "or", "the"})


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
        self._lists = self._find_lists()

    def listed(self, tokens: list[Token]) -> list[Token]:
        """The tokens with the rest of a list of names that the parser has not joined to them."""
        for token in tokens:
            members = self._lists.get(token.i)
            if members is not None:
                inside = {i for start, end in members for i in range(start, end)}
                heads = [self.doc[start:end].root for start, end in members]
                return sorted({*heads, *(t for t in tokens if t.i not in inside)}, key=_place)
        return tokens

    def _find_lists(self) -> dict[int, list[tuple[int, int]]]:
        """Each token of a name in a list "A, B and C" of three or more, with the list's names."""
        spans = sorted({(span.start, span.end) for _, span in self._named.values()})
        lists: dict[int, list[tuple[int, int]]] = {}
        run: list[tuple[int, int]] = []
        closed = False
        for span in [*spans, (len(self.doc) + 9, len(self.doc) + 9)]:
            between = self.doc[run[-1][1] : span[0]] if run else None
            near = between is not None and len(between) <= 3
            words = {token.lower_ for token in between} if near and between is not None else set()
            opens = span[0] < len(self.doc) and self.doc[span[0]].is_sent_start
            if run and words and words <= _BETWEEN and not closed and not opens:
                run.append(span)
                closed = bool(words & {"and", "or"})
                continue
            if closed and len(run) >= 3:
                lists.update({i: run for start, end in run for i in range(start, end)})
            run, closed = [span], False
        return lists

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

    def exceptions(self, token: Token) -> Iterator[Held]:
        """Who alone does it: "no country except Iran", "nobody but Norway"."""
        none = any(child.lower_ == "no" for child in children(token, "det"))
        if not none and token.lower_ not in ("none", "nobody", "no"):
            return
        for prep in children(token, "prep"):
            if prep.lower_ in ("except", "but", "save", "besides"):
                for pobj in children(prep, "pobj", "pcomp"):
                    for part in coordinated(pobj):
                        named = self.named_at(part)
                        if named is not None:
                            yield replace(named, rule="exception")

    def represented(self, held: Held) -> Iterator[Held]:
        """Whom the holder speaks for: "KENYA, for the AFRICAN GROUP, rejected"."""
        if held.rule != "named":
            return
        for start in (held.span.end, held.span.sent.start):
            i = start
            while i < len(self.doc) and self.doc[i].text == "," and i < start + 1:
                i += 1
            words = [token.lower_ for token in self.doc[i : i + 5]]
            for opening in _SPEAKING_FOR:
                if tuple(words[: len(opening)]) != opening:
                    continue
                i += len(opening)
                if i < len(self.doc) and self.doc[i].lower_ == "the":
                    i += 1
                other = self.named_at(self.doc[i]) if i < len(self.doc) else None
                if other is not None and self._is_represented(other, held):
                    yield replace(other, rule="represented")
                break

    def _is_represented(self, other: Held, held: Held) -> bool:
        closed = other.span.end < len(self.doc) and self.doc[other.span.end].text == ","
        collective = other.kind in (Kind.GROUP, Kind.ORGANISATION)
        return closed and collective and other.key != held.key


def _place(token: Token) -> int:
    return token.i
