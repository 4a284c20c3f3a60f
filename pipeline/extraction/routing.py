"""Articles in other languages than English: to the pipeline that the settings name, or refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.extraction.batch import Failure
from pipeline.lexicon.settings import ENGLISH
from pipeline.records import Article


@dataclass(slots=True)
class Routing:
    """Which articles go where; ``languages`` are the codes that the settings name a pipeline for.

    ``others`` has the articles for those pipelines once ``keep_english`` is used up.
    """

    languages: Collection[str]
    others: dict[str, list[Article]] = field(default_factory=dict)

    def keep_english(self, articles: Iterable[Article | Failure]) -> Iterator[Article | Failure]:
        """The articles in English or no stated language, and a failure for each unrouted one."""
        for item in articles:
            code = ENGLISH if isinstance(item, Failure) else stated_language(item)
            if isinstance(item, Failure) or code == ENGLISH:
                yield item
            elif code in self.languages:
                self.others.setdefault(code, []).append(item)
            else:
                fault = (
                    f"its metadata say that it is in {code!r}, and there is no pipeline for that; "
                    "name one under [languages] in models/settings.toml, or correct the metadata"
                )
                yield Failure(item.id, "language", fault)


def stated_language(article: Article) -> str:
    """The code of the language that the metadata state; English where they state none.

    >>> stated_language(Article("a", "Sí.", {"language": "es-CL"}))
    'es'
    """
    stated = article.metadata.get("language")
    return str(stated).partition("-")[0].strip().lower() if stated else ENGLISH
