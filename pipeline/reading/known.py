"""What a corpus has already: texts, the files that they were made from, and near-duplicates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import ArticleError, PipelineError
from pipeline.reading.corpus import Corpus
from pipeline.reading.decode import read_bytes
from pipeline.reading.duplicates import DuplicateIndex
from pipeline.reading.groups import Groups, read_groups
from pipeline.reading.metadata import read_metadata
from pipeline.reading.pages import TEXT_SHA256
from pipeline.reading.prepare import Prepared
from pipeline.reading.quality import Quality, find_quality

Source = tuple[str, object]


@dataclass(slots=True)
class Known:
    """The texts that are in the corpus or that this run has taken, by id and by hash.

    ``kept`` are the originals that were written or compared in this run, by their hashes.
    """

    corpus: Corpus
    by_id: dict[str, str] = field(default_factory=dict)
    by_hash: dict[str, str] = field(default_factory=dict)
    kept: dict[Path, str] = field(default_factory=dict)
    _sources: dict[Source, str] | None = None
    _index: DuplicateIndex | None = None
    _groups: Groups | None = None
    _taken: dict[str, str] = field(default_factory=dict)
    _qualities: dict[str, Quality] = field(default_factory=dict)

    def load(self, *, on_fault: Callable[[str], None] = lambda _: None) -> None:
        """Know the articles of the corpus from now on.

        ``on_fault`` is told of each that cannot be read: its id is taken, its text is not known.
        """
        for article in self.corpus.ids():
            try:
                self.add(article, self.corpus.sha256(article))
            except ArticleError as error:
                self.by_id[article] = ""
                on_fault(str(error))

    def add(self, article: str, sha256: str) -> None:
        """Know an article of that text from now on."""
        self.by_id[article] = sha256
        self.by_hash.setdefault(sha256, article)

    def take(self, prepared: Prepared, sha256: str) -> None:
        """Know the article from now on, though a dry run has not written it."""
        old = self.by_id.get(prepared.article)
        if old is not None and self.by_hash.get(old) == prepared.article:
            del self.by_hash[old]
        self.add(prepared.article, sha256)
        self._taken[prepared.article] = prepared.text
        self._qualities.pop(prepared.article, None)
        if self._sources is not None and (source := source_of(prepared.metadata)) is not None:
            self._sources[source] = prepared.article
        if self._index is not None:
            self._index.add(prepared.article, prepared.text)

    def made_from(self, sha256: str, row: object = None) -> str | None:
        """The article that was made from that file, or row of it, though it may be edited since."""
        if self._sources is None:
            self._sources = {}
            for article in self.by_id:
                source = source_of(stated_metadata(self.corpus, article))
                if source is not None:
                    self._sources[source] = article
        return self._sources.get((sha256, row))

    def edited(self, article: str) -> bool:
        """Whether a text is known not to be any more what its file was converted to."""
        source = stated_metadata(self.corpus, article).get("source")
        converted = source.get(TEXT_SHA256) if isinstance(source, Mapping) else None
        return converted not in (None, self.by_id.get(article))

    def duplicates(self) -> DuplicateIndex:
        """All texts of the corpus, to compare with; read when they are first asked for."""
        if self._index is None:
            self._index = DuplicateIndex(self.text_of)
            for article in self.by_id:
                self._index.add(article, self.text_of(article))
        return self._index

    def groups(self) -> Groups:
        """Which articles are near-duplicates of which; read when they are first asked for."""
        if self._groups is None:
            self._groups = read_groups(
                (one, stated_metadata(self.corpus, one)) for one in self.by_id
            )
        return self._groups

    def quality_of(self, article: str) -> Quality:
        """How damaged the text of an article is."""
        if article not in self._qualities:
            self._qualities[article] = find_quality(self.text_of(article))
        return self._qualities[article]

    def text_of(self, article: str) -> str:
        """The text of an article that is known."""
        if article in self._taken:
            return self._taken[article]
        path = self.corpus.text_path(article)
        try:
            return read_bytes(path).decode("utf-8", errors="replace")
        except ArticleError:
            return ""


def source_of(metadata: Mapping[str, object]) -> Source | None:
    """The hash of the file that an article was made from, and the row of it, where it was one."""
    source = metadata.get("source")
    if not isinstance(source, Mapping) or not isinstance(source.get("sha256"), str):
        return None
    return str(source["sha256"]), source.get("row")


def stated_metadata(corpus: Corpus, article: str) -> Mapping[str, object]:
    """The article's metadata, empty where they cannot be read: that is told when it is used."""
    try:
        return read_metadata(corpus.metadata_path(article))
    except PipelineError:
        return {}
