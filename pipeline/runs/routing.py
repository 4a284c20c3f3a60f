"""Articles in other languages than English: to the pipeline that the settings name, or refused."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.lexicon.settings import ENGLISH
from pipeline.reading.language import language_name, language_of_article
from pipeline.records import Article, Extraction
from pipeline.runs.guard import Failure, batch_size_of, extract_guarded, in_groups

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(slots=True)
class Routing:
    """Which articles go where; ``languages`` are the codes that the settings name a pipeline for.

    ``others`` has the articles for those pipelines once ``keep_english`` is used up.
    """

    languages: Collection[str]
    others: dict[str, list[Article]] = field(default_factory=dict)

    def keep_english(self, articles: Iterable[Article | Failure]) -> Iterator[Article | Failure]:
        """The articles in English, and a failure for each in a language without a pipeline."""
        for item in articles:
            code = ENGLISH if isinstance(item, Failure) else language_of(item)
            if isinstance(item, Failure) or code == ENGLISH:
                yield item
            elif code in self.languages:
                self.others.setdefault(code, []).append(item)
            else:
                yield _refuse(item, code)


def extract_by_language(
    nlp: Language,
    others: Mapping[str, Callable[[], Language]],
    articles: Iterable[Article | Failure],
) -> Iterator[Extraction | Failure]:
    """As ``extract_guarded``, each article by the pipeline of its own language.

    That is ``nlp`` for its language, and what ``others`` makes for theirs, which is built when the
    first such article comes.
    """
    built = {nlp.lang: nlp}
    for group in in_groups(articles, batch_size_of(nlp)):
        parts: dict[str, list[Article]] = {}
        places: list[str | Failure] = []
        for item in group:
            code = "" if isinstance(item, Failure) else language_of(item)
            if not isinstance(item, Failure) and code in {*built, *others}:
                parts.setdefault(code, []).append(item)
                places.append(code)
            else:
                places.append(item if isinstance(item, Failure) else _refuse(item, code))
        for code in parts.keys() - built.keys():
            built[code] = others[code]()
        found = {code: extract_guarded(built[code], part) for code, part in parts.items()}
        for place in places:
            yield place if isinstance(place, Failure) else next(found[place])


def language_of(article: Article) -> str:
    """The code of the article's language: what the metadata state, or else what it reads like.

    >>> language_of(Article("a", "Sí.", {"language": "es-CL"}))
    'es'
    """
    stated = article.metadata.get("language")
    if stated:
        return str(stated).partition("-")[0].strip().lower()
    return language_of_article(article.text)


def _refuse(article: Article, code: str) -> Failure:
    how = "its metadata say that it is" if article.metadata.get("language") else "is written"
    fault = (
        f"{how} in {language_name(code)} ({code}), and there is no pipeline for that; name one "
        "under [languages] in models/settings.toml, or state its language in the metadata"
    )
    return Failure(article.id, "language", fault)
