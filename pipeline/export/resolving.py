"""Who a person meant that no entity was given for: an added holder, or one that was edited.

The same sources as the extractor's, without its model: the mentions of the article, which it has
resolved, and the names of the lexicon. What needs the parse (a pronoun, a name that no list has) is
left unresolved, and is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.language.words import (
    ARTICLES,
    FIRST_PERSON,
    HOLDING_PRONOUNS,
    POSSESSIVE_CLITICS,
    REFERRING_PRONOUNS,
)
from pipeline.lexicon.entities import EntityLexicon
from pipeline.records import Extraction, Kind, Mention, Span

_PRONOUNS = REFERRING_PRONOUNS | HOLDING_PRONOUNS | FIRST_PERSON


@dataclass(frozen=True, slots=True)
class Resolver:
    """Looks words of an article up; ``articles`` remembers what was asked of one."""

    lexicon: EntityLexicon
    _last: dict[str, _Mentions] = field(default_factory=dict, repr=False)

    def find(self, span: Span, words: str, article: Extraction | None) -> tuple[str, str] | None:
        """The entity and kind of what stands at ``span``, None where nobody can say.

        In this order: the mention there, or the person whose name ends there ("President Macron");
        the lexicon's form of those very words; a mention of the same words elsewhere, or of a
        person with that surname, where the article has only one.
        """
        mentions = self._mentions_of(article) if article is not None else _Mentions(())
        if found := mentions.at(span):
            return found
        plain = plain_words(words)
        if not plain or plain.lower() in _PRONOUNS:
            return None
        form = self.lexicon.find(plain)
        if form is not None:
            return form.entity, form.kind.value
        return mentions.called(plain)

    def _mentions_of(self, article: Extraction) -> _Mentions:
        if article.article not in self._last:
            self._last.clear()  # claims come article by article
            found = tuple(
                (one, one.entity, plain_words(one.span.text_in(article.text)))
                for one in article.mentions
                if one.entity is not None
            )
            self._last[article.article] = _Mentions(found)
        return self._last[article.article]


@dataclass(frozen=True, slots=True)
class _Mentions:
    """The resolved mentions of an article, each with its entity and its words."""

    all: tuple[tuple[Mention, str, str], ...]

    def at(self, span: Span) -> tuple[str, str] | None:
        """Who is named at a span, or which person's name ends it."""
        for mention, entity, _ in self.all:
            within = span.start <= mention.start and mention.end == span.end
            if mention.span == span or (within and mention.kind is Kind.PERSON):
                return entity, mention.kind.value
        return None

    def called(self, words: str) -> tuple[str, str] | None:
        """Who alone is called by the words in the article, or has them as a surname."""
        folded = words.casefold()
        same = {
            (entity, mention.kind.value)
            for mention, entity, name in self.all
            if name.casefold() == folded
            or (mention.kind is Kind.PERSON and name.casefold().endswith(f" {folded}"))
        }
        return next(iter(same)) if len(same) == 1 else None


def plain_words(words: str) -> str:
    """The words without an article before them and a possessive ending, blanks made single.

    >>> plain_words("the  Paris Club's")
    'Paris Club'
    """
    return " ".join(_without_article(words.split()))


def _without_article(parts: list[str]) -> Iterator[str]:
    for number, part in enumerate(parts, start=1):
        if number == 1 and part.lower() in ARTICLES and len(parts) > 1:
            continue
        for ending in POSSESSIVE_CLITICS if number == len(parts) else ():
            if part.endswith(ending) and len(part) > len(ending):
                part = part.removesuffix(ending)
                break
        yield part
