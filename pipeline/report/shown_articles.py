"""The articles as the page shows them: their text with every claim marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlsplit

from pipeline.records import BlockKind, Extraction, Stance
from pipeline.report.evidence import flags_of, target_of
from pipeline.report.marking import Paragraph, marks_of, paragraphs
from pipeline.report.words import one_line

Record = Mapping[str, Any]
MOST_BYTES = 1_600_000
"""How much of the page the articles take at most."""
_A_CLAIM = 900
"""How many bytes of the page a claim of an article takes, about."""


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim beside its article; ``stands`` says whether its words are still in the text."""

    number: int
    id: str
    holder: str
    stance: Stance
    target: str
    cue: str
    concepts: tuple[str, ...]
    flags: tuple[str, ...]
    score: str
    stands: bool


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article: what is known of it, its paragraphs with the claims marked, and the claims."""

    article: str
    anchor: str
    title: str
    about: tuple[str, ...]
    url: str
    language: str
    paragraphs: list[Paragraph]
    claims: tuple[ShownClaim, ...]


def choose_articles(
    articles: Mapping[str, Extraction], claims: Counter[str], *, most: int = MOST_BYTES
) -> tuple[str, ...]:
    """The ids of the articles that fit on the page, those with most claims first served.

    They come in the order of their dates, the latest first, then of their titles.
    """
    fitting, left = [], most
    for article in sorted(articles, key=lambda one: (-claims[one], one)):
        text = articles[article].text
        size = _size_of(text) + _A_CLAIM * claims[article] if len(text) < left else left + 1
        if size <= left:
            fitting.append(article)
            left -= size
    fitting.sort(key=lambda one: (_known(articles[one], "title") or one, one))
    fitting.sort(key=lambda one: _known(articles[one], "date"), reverse=True)
    return tuple(fitting)


def _size_of(text: str) -> int:
    return len(escape(text).encode("utf-8", "replace")) + 10 * text.count("\n") + 1000


def show_articles(
    chosen: Sequence[str],
    articles: Mapping[str, Extraction],
    claims: Mapping[str, Sequence[Record]],
) -> Iterable[ShownArticle]:
    """Each article in turn, made as it is asked for."""
    for number, article in enumerate(chosen, start=1):
        yield show_article(f"article-{number}", articles[article], claims.get(article, ()))


def show_article(anchor: str, extraction: Extraction, records: Sequence[Record]) -> ShownArticle:
    """The article with its claims, numbered in the order of their cues."""
    ordered = sorted(records, key=lambda one: (one["cue"]["start"], one["holder"]["start"]))
    # An orphan's offsets are those of an earlier text: it is listed, and not marked.
    marks = [
        mark
        for number, record in enumerate(ordered, start=1)
        if _stands_in(record, extraction.text)
        for mark in marks_of(record, number)
    ]
    headings = {one.start for one in extraction.sentences if one.block is BlockKind.HEADING}
    return ShownArticle(
        article=extraction.article,
        anchor=anchor,
        title=_known(extraction, "title") or extraction.article,
        about=tuple(filter(None, (_known(extraction, name) for name in _ABOUT))),
        url=web_address(extraction.metadata.get("url")),
        language=_language(extraction),
        paragraphs=paragraphs(extraction.text, marks, headings),
        claims=tuple(
            _claim(number, record, extraction.text)
            for number, record in enumerate(ordered, start=1)
        ),
    )


_ABOUT = ("author", "publisher", "date", "licence")


def _claim(number: int, record: Record, text: str) -> ShownClaim:
    score = (record.get("machine") or {}).get("score")
    return ShownClaim(
        number=number,
        id=record["id"],
        holder=one_line(record["holder"].get("name") or record["holder"]["text"]),
        stance=Stance(record["stance"]),
        target=target_of(record),
        cue=one_line(record["cue"]["text"]),
        concepts=tuple(one_line(one["label"]) for one in record.get("concepts") or ()),
        flags=flags_of(record),
        score="" if score is None or record.get("source") != "machine" else f"{score:.2f}",
        stands=_stands_in(record, text),
    )


def web_address(url: object) -> str:
    """The address where it is one of the web, to which a link may lead; else empty.

    >>> web_address("javascript:alert(1)"), web_address("https://example.org/a")
    ('', 'https://example.org/a')
    """
    try:
        found = urlsplit(str(url or "").strip())
    except ValueError:
        return ""
    return found.geturl() if found.scheme in ("http", "https") and found.hostname else ""


def _stands_in(record: Record, text: str) -> bool:
    cue = record["cue"]
    return bool(text[cue["start"] : cue["end"]] == cue["text"])


def _known(extraction: Extraction, name: str) -> str:
    return one_line(extraction.metadata.get(name))


def _language(extraction: Extraction) -> str:
    code = _known(extraction, "language")
    return code if code.replace("-", "").isalnum() and code.isascii() else ""
