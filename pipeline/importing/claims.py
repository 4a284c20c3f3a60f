"""Claims of other extractors, brought into a workspace to be reviewed like the machine's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pipeline.dataset.articles import read_good_articles
from pipeline.dataset.carry import under_former_ids
from pipeline.dataset.imported import (
    Imported,
    is_only_imported,
    read_imported,
    write_imported,
)
from pipeline.dataset.records import Position, to_claim
from pipeline.dataset.same_position import is_same_position
from pipeline.errors import RecordError, SettingError
from pipeline.evaluation.tokens import TokenIndex
from pipeline.files import sha256_of_text
from pipeline.importing.files import STDIN, Refused, read_claims
from pipeline.importing.naming import with_entities
from pipeline.importing.placing import Placing
from pipeline.importing.quotation import QuotedClaim
from pipeline.records import Extraction

_SHOWN = 3
_DIGITS = 4


@dataclass(slots=True)
class ImportReport:
    """What an import came to, counted in claims.

    ``added`` are new in the workspace; ``agreeing`` of them the machine makes too, so that its own
    claim names the source. ``known`` were imported before. ``refused`` are sentences, each with
    file and line; ``unresolved`` are holders that nothing says who they are.
    """

    read: int = 0
    added: int = 0
    agreeing: int = 0
    known: int = 0
    refused: list[str] = field(default_factory=list)
    unresolved: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)


def import_claims(
    corpus: Path,
    annotations: Path,
    files: Sequence[Path],
    *,
    source: str | None = None,
    score: float = 0.5,
    dry_run: bool = False,
) -> ImportReport:
    """What the claims of the files came to; those that are new are written, unless ``dry_run``.

    ``source`` names who says so where a line does not, by default the file's name; ``score`` is
    that of a claim, times the one it comes with. A claim that was imported before, by the same
    source and in the same words, is not imported again.
    """
    articles, unread = read_good_articles(corpus, annotations)
    work = _Work(annotations, articles, unread, score)
    for path in files:
        named = source or ("stdin" if path == STDIN else path.stem)
        for item in read_claims(path, source=named, text_of=work.text_of):
            work.report.read += 1
            work.take(item)
    if not dry_run:
        for article in sorted(work.report.articles):
            write_imported(annotations, article, work.kept[article])
    return work.report


class _Work:
    """An import under way: what is known of each article that a claim was of."""

    def __init__(
        self,
        annotations: Path,
        articles: dict[str, Extraction],
        unread: dict[str, str],
        score: float,
    ) -> None:
        self.report = ImportReport()
        self.kept: dict[str, list[Imported]] = {}
        self._annotations = annotations
        self._articles, self._unread = articles, unread
        self._former = under_former_ids(articles)
        self._score = score
        self._sha256: dict[str, str] = {}
        self._placing: dict[str, Placing] = {}
        self._indexes: dict[str, TokenIndex] = {}
        self._known: dict[str, set[tuple[str, Position]]] = defaultdict(set)

    def text_of(self, record: dict[str, Any]) -> str | None:
        """The article's text where the record's offsets count in that one."""
        name = self._former.get(record["article"], record["article"])
        if name not in self._articles or self._sha256_of(name) != record["text_sha256"]:
            return None
        return self._articles[name].text

    def take(self, item: QuotedClaim | Refused) -> None:
        """Count the claim, and keep it where it is new."""
        if isinstance(item, Refused):
            self.report.refused.append(item.says)
            return
        try:
            article = self._article_of(item.article)
            position, context = self._placing_in(article).place(item)
            self._keep(item, article, with_entities(position, self._articles[article]), context)
        except RecordError as error:
            self.report.refused.append(f"{item.place}: article {item.article}: {error}")

    def _keep(self, item: QuotedClaim, article: str, position: Position, context: Any) -> None:
        key = (item.source, position)
        if key in self._known[article]:
            self.report.known += 1
            return
        self._known[article].add(key)
        file, _, line = item.place.rpartition(":")
        claim = Imported(
            article=article,
            text_sha256=self._sha256_of(article),
            source=item.source,
            position=position,
            context=context,
            score=round(self._score * (1.0 if item.chance is None else item.chance), _DIGITS),
            file=f"{Path(file).name}:{line}",
        )
        self.kept[article].append(claim)
        self.report.added += 1
        self.report.articles.add(article)
        self.report.agreeing += self._is_the_machines(article, position)
        if position.entity is None:
            self.report.unresolved.add(position.holder.text)

    def _is_the_machines(self, article: str, position: Position) -> bool:
        claim, index = to_claim("", position), self._indexes[article]
        return any(
            not is_only_imported(other) and is_same_position(claim, other, index)
            for other in self._articles[article].claims
        )

    def _article_of(self, name: str) -> str:
        """The article's present id.

        Raises:
            RecordError: there is none, it cannot be read, or was not extracted yet.
        """
        name = self._former.get(name, name)
        if name in self._unread:
            raise RecordError(self._unread[name])
        if name not in self._articles:
            near = get_close_matches(name, self._articles, n=_SHOWN)
            hint = f"did you mean {' or '.join(near)}?" if near else "add it: claims add FILE"
            raise RecordError(f"it is not in the corpus; {hint}")
        if not self._articles[name].sentences:
            raise RecordError(
                "its present text is not extracted yet; run: claims extract, then import again"
            )
        return name

    def _placing_in(self, article: str) -> Placing:
        if article not in self._placing:
            extraction = self._articles[article]
            self._placing[article] = Placing(extraction)
            self._indexes[article] = TokenIndex(extraction.text)
            self.kept[article] = list(read_imported(self._annotations, article))
            sha256 = self._sha256_of(article)
            for one in self.kept[article]:
                if place := one.in_text(extraction.text, sha256=sha256):
                    self._known[article].add((one.source, place))
        return self._placing[article]

    def _sha256_of(self, article: str) -> str:
        if article not in self._sha256:
            self._sha256[article] = sha256_of_text(self._articles[article].text)
        return self._sha256[article]


def check_source(source: str) -> str:
    """The name of a source, if it can be one.

    Raises:
        SettingError: it is empty, too long or has characters that are not seen.
    """
    if not source.strip() or len(source) > 80 or not source.isprintable():
        raise SettingError(
            f"a source cannot be called {source!r:.100}; use 1 to 80 characters that are seen"
        )
    return source.strip()
