"""Who is named in the extracted articles: how often, in which words, where, and holding what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.records import Extraction, Kind, Sentence, Span

UNRESOLVED = "unresolved"
"""How a mention or holder without an entity is counted."""

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence that names an entity: its article, its number from 1, its words.

    Of a long one the words are those around the name, marked by dots.
    """

    article: str
    number: int
    words: str


@dataclass(slots=True)
class Counted:
    """One entity: its mentions by their words, its claims as holder, and where it stands.

    ``uses`` are the mentions by article and words, ``articles`` all that name it or have it hold.
    """

    entity: str
    kind: Kind | None = None
    mentions: int = 0
    claims: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    uses: Counter[tuple[str, str]] = field(default_factory=Counter)
    articles: set[str] = field(default_factory=set)
    place: Place | None = None
    holds_there: bool = False


def take_census(extractions: Iterable[Extraction]) -> dict[str, Counted]:
    """Every entity of the extractions by its id, commonest first.

    A holder whose words are no mention ("it", "the region") counts among the claims alone, and so
    does one that stands for nobody known. The sentence shown is the first in which the entity holds
    a claim, or else the first that names it.
    """
    found: dict[str, Counted] = {}
    for extraction in extractions:
        for item in extraction.mentions:
            one = _counted(found, item.entity)
            one.kind = one.kind or item.kind
            one.mentions += 1
            one.articles.add(extraction.article)
            words = _words_of(item.span, extraction)
            one.forms[words] += 1
            one.uses[extraction.article, words] += 1
            _show(one, extraction, item.span, holds=False)
        for claim in extraction.claims:
            one = _counted(found, claim.holder.entity)
            one.claims += 1
            one.articles.add(extraction.article)
            if is_nobody(one.entity):  # which no mention names
                one.forms[_words_of(claim.holder.span, extraction)] += 1
            _show(one, extraction, claim.holder.span, holds=True)
    return {one.entity: one for one in sorted(found.values(), key=_rank)}


def is_nobody(entity: str) -> bool:
    """Whether an id stands for whoever a text does not name.

    >>> is_nobody("unknown:speaker"), is_nobody("org:OAS")
    (True, False)
    """
    return entity == UNRESOLVED or entity.startswith("unknown:")


def _words_of(span: Span, extraction: Extraction) -> str:
    return " ".join(span.text_in(extraction.text).split())


def _counted(found: dict[str, Counted], entity: str | None) -> Counted:
    name = entity or UNRESOLVED
    return found.setdefault(name, Counted(name))


def _rank(one: Counted) -> tuple[int, int, str]:
    return -one.mentions, -one.claims, one.entity


def _show(one: Counted, extraction: Extraction, span: Span, *, holds: bool) -> None:
    if one.place is not None and (one.holds_there or not holds):
        return
    for number, sentence in _numbered(extraction):
        if sentence.start <= span.start < sentence.end:
            words = _around(sentence.span, span, extraction.text)
            one.place, one.holds_there = Place(extraction.article, number, words), holds
            return


def _numbered(extraction: Extraction) -> Iterator[tuple[int, Sentence]]:
    """The sentences with their numbers; a text without any counts as one."""
    whole = (Sentence(0, len(extraction.text)),)
    yield from enumerate(extraction.sentences or whole, start=1)


def _around(sentence: Span, span: Span, text: str) -> str:
    start, end = sentence.start, sentence.end
    if end - start > _LONGEST:
        start = max(start, min(span.start - _LONGEST // 2, end - _LONGEST))
        end = min(end, max(start + _LONGEST, span.end))
    words = " ".join(text[start:end].split())
    before = "… " if start > sentence.start else ""
    after = " …" if end < sentence.end else ""
    return f"{before}{words}{after}"
