"""Which claims are wanted: the same filters for everything that is made of claims.

Values of one field are alternatives, fields narrow one another down: *France or Chile, and oppose*.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import partial
from typing import Any

from pipeline.export.cells import day_of
from pipeline.export.gather import Gathered

Json = dict[str, Any]
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Filter:
    """What the wanted claims have; a field that is empty asks for nothing.

    ``since`` and ``until`` are dates in ISO 8601, to the day, month or year, both included: an
    article dated to the month is wanted where some day of that month is. ``holders`` are ids of
    entities or names, in any case; ``concepts`` ids or labels. ``stances`` are those to the concept
    where there is one, else to the target. Each of ``search`` is words that all stand in the target
    or the sentence, each at the beginning of a word.
    """

    articles: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    holders: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    least_score: float | None = None
    most_score: float | None = None
    search: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether it asks for anything."""
        return any(getattr(self, field.name) not in (None, ()) for field in fields(self))

    @property
    def parts_articles(self) -> bool:
        """Whether of one article it may want some claims and not others."""
        return bool(replace(self, articles=(), since=None, until=None))

    def __str__(self) -> str:
        """What it asks for, as ``stance oppose, since 2024``."""
        values = (getattr(self, field.name) for field in fields(self))
        return ", ".join(
            f"{name} {' or '.join(value) if isinstance(value, tuple) else value}"
            for name, value in zip(_SAID, values, strict=True)
            if value not in (None, ())
        )


_SAID = (  # what the fields are called in a message, in their order
    "article", "since", "until", "holder", "kind", "country", "stance", "concept", "form",
    "reviewer", "score from", "score to", "words",
)  # fmt: skip


def filtered(gathered: Gathered, wanted: Filter) -> Gathered:
    """The claims that are wanted, with their articles; notes say how many they are of how many.

    Where nothing is asked for, what was gathered as it is. The concepts that a claim keeps are the
    wanted ones. What is asked for is taken as it stands: ``known.check_filter`` finds misspellings.
    """
    if not wanted:
        return gathered
    count = sum(1 for _ in _matching(gathered, wanted))
    articles = {
        name: article
        for name, article in gathered.articles.items()
        if _is_wanted_article(name, article.metadata, wanted)
    }
    return replace(
        gathered,
        claims=lambda: _matching(gathered, wanted),
        count=count,
        articles=articles,
        notes=(*gathered.notes, *_notes(gathered, wanted, count)),
    )


def _matching(gathered: Gathered, wanted: Filter) -> Iterator[Json]:
    tests = tuple(_tests(wanted))
    for record in gathered.claims():
        if all(test(record) for test in tests) and (kept := _narrowed(record, wanted)):
            yield kept


def _notes(gathered: Gathered, wanted: Filter, count: int) -> Iterator[str]:
    """How many are wanted, and how many of the others have no date or score to go by."""
    if count == 0:
        yield f"no claim of {gathered.count:,} matches: {wanted}"
    else:
        yield f"the filters keep {count:,} of {gathered.count:,} claims: {wanted}"
    if wanted.since or wanted.until:
        others = _matching(gathered, replace(wanted, since=None, until=None))
        if undated := sum(day_of(one["metadata"].get("date")) is None for one in others):
            yield f"left out: {undated:,} of articles without a date"
    if wanted.least_score is not None or wanted.most_score is not None:
        others = _matching(gathered, replace(wanted, least_score=None, most_score=None))
        if unscored := sum(_score(one) is None for one in others):
            yield f"left out: {unscored:,} without a score, as people add them"


def _tests(wanted: Filter) -> Iterator[Callable[[Record], bool]]:
    """A question to a record for each field that asks for something of the whole claim."""
    if wanted.articles or wanted.since or wanted.until:
        yield lambda record: _is_wanted_article(record["article"], record["metadata"], wanted)
    for name, values_of in _WORDS:
        if among := frozenset(map(folded, getattr(wanted, name))):
            yield partial(_has_one, among, values_of)
    if (wanted.least_score, wanted.most_score) != (None, None):
        yield lambda record: _is_between(_score(record), wanted.least_score, wanted.most_score)
    if wanted.search:
        searches = [_search(words) for words in wanted.search]
        yield lambda record: any(search(record) for search in searches)


def _has_one(
    among: frozenset[str], values_of: Callable[[Record], Iterable[str]], record: Record
) -> bool:
    return not among.isdisjoint(map(folded, values_of(record)))


def country_of(record: Record) -> str | None:
    """The holder's country, ISO 3166-1 alpha-2: as the record has it, or as the id of a state says.

    >>> country_of({"holder": {"entity": "country:CL"}})
    'CL'
    """
    holder = record["holder"]
    prefix, _, code = str(holder.get("entity") or "").partition(":")
    return holder.get("country") or (code if prefix == "country" else None)


def names_of(record: Record) -> tuple[str, ...]:
    """All that the holder goes by in the record: its id, its name, and the text's words."""
    holder = record["holder"]
    found = (holder.get("entity"), holder.get("name"), holder["text"])
    return tuple(str(name) for name in found if name)


def folded(words: str) -> str:
    """The words in small letters, without accents, white space as single blanks.

    >>> folded("MÉXICO\u00a0 City"), folded("Me\u0301xico")
    ('mexico city', 'mexico')
    """
    plain = unicodedata.normalize("NFKD", words.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


_WORDS: tuple[tuple[str, Callable[[Record], Iterable[str]]], ...] = (
    ("holders", names_of),
    ("kinds", lambda record: (record["holder"].get("kind") or "",)),
    ("countries", lambda record: (country_of(record) or "",)),
    ("forms", lambda record: (record["form"],)),
    ("reviewers", lambda record: record.get("reviewers") or ()),
)
"""What the fields that are words are compared with."""


def _is_wanted_article(article: str, metadata: Mapping[str, object], wanted: Filter) -> bool:
    if wanted.articles and article not in wanted.articles:
        return False
    if not (wanted.since or wanted.until):
        return True
    found = day_of(metadata.get("date"))
    if found is None:
        return False
    first, last = found[0].isoformat(), _last_day(*found)
    return first <= _last_of(wanted.until or "9999") and last >= (wanted.since or "")


def _last_day(first: date, exact: str) -> str:
    """The last day that a date, to the day, the month or the year, can mean."""
    if exact == "day":
        return first.isoformat()
    return f"{first.isoformat()[: 4 if exact == 'year' else 7]}-{'12-' * (exact == 'year')}31"


def _last_of(until: str) -> str:
    """The end of a period, beyond every day of it as texts compare."""
    return f"{until}-99"


def _is_between(score: float | None, least: float | None, most: float | None) -> bool:
    if score is None:
        return False
    return (least is None or score >= least) and (most is None or score <= most)


def _score(record: Record) -> float | None:
    machine = record.get("machine") or {}
    score = machine.get("score")
    return None if score is None else float(score)


def _search(words: str) -> Callable[[Record], bool]:
    """Whether all of the words begin a word of the target or of the sentence."""
    patterns = [re.compile(rf"(?<!\w){re.escape(word)}") for word in folded(words).split()]

    def holds(record: Record) -> bool:
        pieces = (record.get(name) or {} for name in ("target", "antecedent", "sentence"))
        words = (record.get("target_reads") or "", *(piece.get("text", "") for piece in pieces))
        text = folded(" ".join(words))
        return all(pattern.search(text) for pattern in patterns)

    return holds


def _narrowed(record: Json, wanted: Filter) -> Json | None:
    """The record with its wanted concepts alone; None where it has no wanted stance or concept."""
    if not (wanted.stances or wanted.concepts):
        return record
    concepts = record.get("concepts") or []
    if not concepts:
        return record if not wanted.concepts and record["stance"] in wanted.stances else None
    names = frozenset(map(folded, wanted.concepts))
    kept = [one for one in concepts if _is_wanted_concept(one, names, wanted.stances)]
    if len(kept) == len(concepts):
        return record
    return {**record, "concepts": kept} if kept else None


def _is_wanted_concept(concept: Record, names: frozenset[str], stances: tuple[str, ...]) -> bool:
    called = {folded(concept["id"]), folded(concept["label"])}
    return (not names or not names.isdisjoint(called)) and (
        not stances or concept["stance"] in stances
    )
