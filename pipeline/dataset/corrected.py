"""Extractions and decisions as the corrections of entities have them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pipeline.dataset.corrections import (
    Correction,
    Deed,
    read_corrections,
    standing_corrections,
)
from pipeline.dataset.records import Decision, Position
from pipeline.lexicon.entity_files import PREFIXES
from pipeline.reading.amend import former_ids
from pipeline.records import Attribution, Claim, Extraction, Holder, Kind, Mention

_KINDS = {prefix: kind for kind, prefix in PREFIXES.items()}


@dataclass(frozen=True, slots=True)
class Named:
    """Where a name of a text begins, its words, and who that is after all corrections.

    ``was`` is who it was before, None where that is not known.
    """

    start: int
    words: str
    entity: str
    was: str | None = None


@dataclass(frozen=True)
class Corrections:
    """The corrections that hold, in order of time."""

    standing: tuple[Correction, ...] = ()

    @cached_property
    def _by_entity(self) -> Mapping[str, tuple[Correction, ...]]:
        found: dict[str, list[Correction]] = defaultdict(list)
        for item in self.standing:
            if item.entity != item.into:
                found[item.entity].append(item)
        return {entity: tuple(items) for entity, items in found.items()}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """How an analyst called entities, by their ids; the last name counts."""
        return {item.into: item.name for item in self.standing if item.name}

    def entity_of(self, entity: str, words: str = "", articles: Iterable[str] = ()) -> str:
        """Who an entity is that is named by these words in an article of these ids.

        Without words and article, who it is wherever no split says otherwise.
        """
        folded, where = fold_words(words), frozenset(articles)
        used: set[str] = set()
        while step := self._step(entity, folded, where, used):
            used.add(step.id)
            entity = step.into
        return entity

    def _step(
        self, entity: str, words: str, articles: frozenset[str], used: set[str]
    ) -> Correction | None:
        """The first correction of the entity that holds there and was not followed yet."""
        for item in self._by_entity.get(entity, ()):
            if item.id not in used and _holds(item, words, articles):
                return item
        return None

    def parted(self, entity: str) -> frozenset[str]:
        """Who an entity can be by the words that name it; empty where no words part it."""
        outcomes = {self.entity_of(entity)}
        todo, seen = [entity], {entity}
        by_words = False
        while todo:
            for item in self._by_entity.get(todo.pop(), ()):
                by_words = by_words or bool(item.forms)
                outcomes.add(self.entity_of(item.into))
                if item.into not in seen:
                    seen.add(item.into)
                    todo.append(item.into)
        return frozenset(outcomes) if by_words else frozenset()

    def extraction(self, found: Extraction) -> Extraction:
        """The extraction with every mention, holder and reporter as corrected."""
        if not self.standing:
            return found
        ids = ids_of(found)
        mentions = tuple(self._mention(one, found.text, ids) for one in found.mentions)
        names = [
            Named(new.start, new.span.text_in(found.text), new.entity, old.entity)
            for old, new in zip(found.mentions, mentions, strict=True)
            if new.entity is not None
        ]
        claims = tuple(self._claim(one, found.text, ids, names) for one in found.claims)
        return replace(found, mentions=mentions, claims=claims)

    def extractions(self, found: Mapping[str, Extraction]) -> dict[str, Extraction]:
        """Each of the extractions as corrected, by its article."""
        return {article: self.extraction(one) for article, one in found.items()}

    def decisions(
        self, decisions: Iterable[Decision], articles: Mapping[str, Extraction]
    ) -> tuple[Decision, ...]:
        """The decisions with holders and reporters as corrected; ids and all else are as they were.

        ``articles`` are corrected already.
        """
        if not self.standing:
            return tuple(decisions)
        found = []
        for item in decisions:
            article = articles.get(item.article)
            ids = ids_of(article) if article else (item.article,)
            names = names_of(article) if article else []
            shown, decided = (
                self._position(one, ids, names) if one else None
                for one in (item.shown, item.decided)
            )
            found.append(replace(item, shown=shown, decided=decided))
        return tuple(found)

    def _mention(self, mention: Mention, text: str, ids: Sequence[str]) -> Mention:
        if mention.entity is None:
            return mention
        entity = self.entity_of(mention.entity, mention.span.text_in(text), ids)
        if entity == mention.entity:
            return mention
        return replace(mention, entity=entity, kind=kind_of(entity) or mention.kind)

    def _claim(self, claim: Claim, text: str, ids: Sequence[str], names: Sequence[Named]) -> Claim:
        def corrected(who: Holder | Attribution) -> str | None:
            return self.referent(who.entity, who.start, who.span.text_in(text), ids, names)

        holder, source = claim.holder, claim.attribution
        return replace(
            claim,
            holder=replace(holder, entity=corrected(holder)),
            attribution=replace(source, entity=corrected(source)) if source else None,
        )

    def _position(self, one: Position, ids: Sequence[str], names: Sequence[Named]) -> Position:
        holder, source = one.holder, one.attribution
        reporter = one.attribution_entity
        if source is not None:
            reporter = self.referent(reporter, source.start, source.text, ids, names)
        entity = self.referent(one.entity, holder.start, holder.text, ids, names)
        return replace(one, entity=entity, attribution_entity=reporter)

    def referent(
        self, entity: str | None, start: int, words: str, ids: Sequence[str], names: Sequence[Named]
    ) -> str | None:
        """Who a holder is now.

        Where a split goes by words and these name nobody, as a pronoun, it is whoever the last name
        before it is that was the same entity, or the first one after it.
        """
        if entity is None:
            return None
        found = self.entity_of(entity, words, ids)
        outcomes = self.parted(entity)
        if not outcomes or any(fold_words(name.words) == fold_words(words) for name in names):
            return found
        same = [
            name
            for name in names
            if (name.was == entity if name.was is not None else name.entity in outcomes)
        ]
        before = [name for name in same if name.start < start]
        near = before[-1:] or same[:1]
        return near[0].entity if near and found == self.entity_of(entity, "", ids) else found


def read_corrected(annotations: Path) -> Corrections:
    """The corrections of a workspace that hold.

    Raises:
        RecordError: a line of their file is not understood.
    """
    return Corrections(standing_corrections(read_corrections(annotations)))


def ids_of(article: Extraction) -> tuple[str, ...]:
    """The id of an article, and those that it had before it was renamed."""
    return (article.article, *former_ids(article.metadata))


def names_of(article: Extraction) -> list[Named]:
    """The resolved mentions of a corrected article, in text order."""
    return [
        Named(one.start, one.span.text_in(article.text), one.entity)
        for one in article.mentions
        if one.entity is not None
    ]


def kind_of(entity: str) -> Kind | None:
    """The kind that an id tells.

    >>> kind_of("org:OAS").value
    'organisation'
    """
    return _KINDS.get(f"{entity.partition(':')[0]}:")


def fold_words(words: str) -> str:
    """The words in small letters with single blanks, as names are compared.

    >>> fold_words("The  U.N. ")
    'the u.n.'
    """
    return " ".join(words.split()).casefold()


def _holds(item: Correction, words: str, articles: frozenset[str]) -> bool:
    if item.deed is not Deed.SPLIT:
        return True
    here = not item.articles or not articles.isdisjoint(item.articles)
    return here and (not item.forms or words in {fold_words(form) for form in item.forms})
