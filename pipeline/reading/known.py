"""What a corpus has already: texts, the files that they were made from, and near-duplicates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pipeline.errors import ArticleError, PipelineError
from pipeline.reading.corpus import Corpus
from pipeline.reading.decode import read_bytes
from pipeline.reading.duplicates import DuplicateIndex
from pipeline.reading.metadata import read_metadata
from pipeline.reading.pages import TEXT_SHA256
from pipeline.reading.prepare import Prepared


@dataclass(slots=True)
class Known:
    """The texts that are in the corpus or that this run has taken, by id and by hash."""

    corpus: Corpus
    by_id: dict[str, str] = field(default_factory=dict)
    by_hash: dict[str, str] = field(default_factory=dict)
    _originals: dict[str, str] | None = None
    _index: DuplicateIndex | None = None
    _taken: dict[str, str] = field(default_factory=dict)

    def load(self, *, on_fault: Callable[[str], None] = lambda _: None) -> None:
        """Nothing; the articles of the corpus are known from now on.

        ``on_fault`` is told of each that cannot be read: its id is taken, its text is not known.
        """
        for article in self.corpus.ids():
            try:
                self.add(article, self.corpus.sha256(article))
            except ArticleError as error:
                self.by_id[article] = ""
                on_fault(str(error))

    def add(self, article: str, sha256: str) -> None:
        """Nothing; an article of that text is known from now on."""
        self.by_id[article] = sha256
        self.by_hash.setdefault(sha256, article)

    def take(self, prepared: Prepared, sha256: str) -> None:
        """Nothing; the article is known from now on, though a dry run has not written it."""
        if (old := self.by_id.get(prepared.article)) is not None:
            self.by_hash = {key: one for key, one in self.by_hash.items() if key != old}
        self.add(prepared.article, sha256)
        self._taken[prepared.article] = prepared.text
        if self._index is not None:
            self._index.add(prepared.article, prepared.text)

    def made_from(self, sha256: str) -> str | None:
        """The article that was made from the file with that hash, though it may be edited since."""
        if self._originals is None:
            self._originals = {}
            for article in self.by_id:
                source = stated_metadata(self.corpus, article).get("source")
                if isinstance(source, Mapping):
                    self._originals[str(source.get("sha256"))] = article
        return self._originals.get(sha256)

    def edited(self, article: str) -> bool:
        """Whether a text is known not to be any more what its file was converted to."""
        source = stated_metadata(self.corpus, article).get("source")
        converted = source.get(TEXT_SHA256) if isinstance(source, Mapping) else None
        return converted not in (None, self.by_id.get(article))

    def duplicates(self) -> DuplicateIndex:
        """All texts of the corpus, to compare with; read when they are first asked for."""
        if self._index is None:
            self._index = DuplicateIndex(self._text_of)
            for article in self.by_id:
                self._index.add(article, self._text_of(article))
        return self._index

    def _text_of(self, article: str) -> str:
        if article in self._taken:
            return self._taken[article]
        path = self.corpus.text_path(article)
        try:
            return read_bytes(path).decode("utf-8", errors="replace")
        except ArticleError:
            return ""


def stated_metadata(corpus: Corpus, article: str) -> Mapping[str, object]:
    """The article's metadata, empty where they cannot be read: that is told when it is used."""
    try:
        return read_metadata(corpus.metadata_path(article))
    except PipelineError:
        return {}
