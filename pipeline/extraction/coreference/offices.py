"""Who holds an office in a text: "the minister" after "Finance Minister Paul Roe".

Source: codebook §2, rules 1 and 8.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.extraction.coreference.context import Context, Named, Resolution, resolved
from pipeline.language.words import (
    ARTICLES,
    POSSESSIVE_CLITICS,
)
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_LONGEST = 5
_LONGEST_ASIDE = 10
Office = tuple[str, ...]


class Offices:
    """The offices of the persons of one doc, by their words."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def holder(self, span: Span) -> Resolution | None:
        """The person who holds the office that the phrase names: the last one named with it.

        With a state's adjective ("the Greek minister") it is the last one of that state's, if
        any is told to be. The words before the name decide, and those in apposition after it.
        """
        states, office = self._parts(t for t in span if t.lower_ not in ARTICLES)
        held = self._held(states, office)
        before = bisect_left(held, span.start, key=_start)
        alone = len({item.entity for item in held}) == 1
        if not held or not (before or alone):
            return None
        chosen = held[before - 1] if before else held[0]
        return resolved(chosen, "office", factor=0.9 if alone else 0.75)

    def _parts(self, words: Iterable[Token]) -> tuple[set[str], Office]:
        """The states that the words name, and the other words in small letters."""
        states: set[str] = set()
        office: list[str] = []
        for token in words:
            state = self._state_at(token)
            if state is None:
                office.append(token.lower_)
            else:
                states.add(state)
        return states, tuple(office)

    def _held(self, states: set[str], office: Office) -> list[Named]:
        """Those who hold the office of one of the states, else of no state that is told."""
        found = self._holders.get(office, [])
        own = [item for item, state in found if state in states]
        if own or not states:
            return own or [item for item, _ in found]
        return [item for item, state in found if state is None]

    def _state_at(self, token: Token) -> str | None:
        """The state whose adjective or name the token is."""
        adjective = self.context.adjectives.get(token.i)
        if adjective is not None:
            return adjective[0]
        named = self.context.at.get(token.i)
        return named.entity if named is not None and named.kind is Kind.STATE else None

    @cached_property
    def _holders(self) -> dict[Office, list[tuple[Named, str | None]]]:
        """The persons with their office's state by each ending of the office's words, in order."""
        found: dict[Office, list[tuple[Named, str | None]]] = {}
        for item in self.context.named:
            if item.kind is Kind.PERSON:
                for tokens in (self._before(item), self._after(item)):
                    states, office = self._parts(tokens)
                    state = next(iter(states), None)
                    for start in range(len(office)):
                        found.setdefault(office[start:], []).append((item, state))
        return found

    def _before(self, item: Named) -> list[Token]:
        """The words right before the name, back to a mark, an article or a verb."""
        doc = item.span.doc
        words: list[Token] = []
        first = max(item.span.sent.start, item.span.start - _LONGEST - 1)
        for token in reversed(doc[first : item.span.start]):
            if token.text in POSSESSIVE_CLITICS:
                continue
            if not _may_be_office(token) or len(words) == _LONGEST:
                break
            words.insert(0, token)
        return words

    def _after(self, item: Named) -> list[Token]:
        """The words in apposition after the name: ", Norway's foreign minister," and the like."""
        doc, start = item.span.doc, item.span.end
        if start + 1 >= len(doc) or doc[start].text != ",":
            return []
        words: list[Token] = []
        for token in doc[start + 1 : start + _LONGEST_ASIDE]:
            if token.lower_ in ARTICLES or token.text in POSSESSIVE_CLITICS:
                continue
            if not _may_be_office(token):
                break
            words.append(token)
        return words[-_LONGEST:]


def _may_be_office(token: Token) -> bool:
    """Whether the word may belong to an office: a noun, an adjective or a hyphen within it."""
    inside = token.text == "-" and not token.whitespace_
    return inside or (token.pos_ in ("NOUN", "PROPN", "ADJ") and not token.is_punct)


def _start(item: Named) -> int:
    return item.span.start
