"""Where the articles come from: publishers, licences and dates, as page and card list them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.records import Extraction
from pipeline.report.words import one_line


@dataclass(frozen=True, slots=True)
class Source:
    """The articles of one publisher under one licence; what nobody stated is empty."""

    publisher: str
    licence: str
    articles: int
    first: str
    last: str
    languages: tuple[str, ...]

    @property
    def dates(self) -> str:
        """From when to when."""
        return self.first if self.first == self.last else f"{self.first} to {self.last}"


def find_sources(articles: Iterable[Extraction]) -> tuple[Source, ...]:
    """The sources, those with most articles first."""
    counts: Counter[tuple[str, str]] = Counter()
    dates: dict[tuple[str, str], list[str]] = defaultdict(list)
    languages: dict[tuple[str, str], set[str]] = defaultdict(set)
    for article in articles:
        known = {name: one_line(article.metadata.get(name)) for name in _NAMES}
        key = known["publisher"], known["licence"]
        counts[key] += 1
        if known["date"]:
            dates[key].append(known["date"])
        if known["language"]:
            languages[key].add(known["language"])
    return tuple(
        Source(
            *key,
            articles=number,
            first=min(dates[key], default=""),
            last=max(dates[key], default=""),
            languages=tuple(sorted(languages[key])),
        )
        for key, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


_NAMES = ("publisher", "licence", "date", "language")
