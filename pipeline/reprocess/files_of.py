"""The files of one article, wherever they lie: its original, its extraction and the one before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.dataset.articles import EXTRACTED
from pipeline.dataset.extracted import ids_by_words
from pipeline.dataset.imported import imported_path
from pipeline.dataset.records import Rule
from pipeline.dataset.verified import VERIFIED
from pipeline.dataset.verify import rebuild
from pipeline.errors import PipelineError
from pipeline.guarded.files import refuse_leaving
from pipeline.jsonl import read_extractions
from pipeline.reading.corpus import ARTICLE_SUFFIXES, Corpus
from pipeline.reading.known import stated_metadata
from pipeline.records import Extraction
from pipeline.runs.previous import previous_folder
from pipeline.runs.store import extraction_path

_ASIDE = re.compile(r"-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Workplace:
    """The corpus and the annotations of a workspace, and the rule by which claims are verified."""

    corpus: Corpus
    annotations: Path
    rule: Rule = Rule.MAJORITY

    @property
    def extracted(self) -> Path:
        """The folder of the extractions."""
        return self.annotations / EXTRACTED

    def extractions_of(self, article: str) -> tuple[Path, Path]:
        """Where the article's extraction is, or would be, and the one before it."""
        folder = self.extracted
        return (
            extraction_path(folder, article),
            extraction_path(previous_folder(folder), article),
        )

    def imported_of(self, article: str) -> Path:
        """Where the article's imported claims are, or would be."""
        return imported_path(self.annotations, article)

    def refuse_links(self, *articles: str) -> None:
        """Look at each place where a file of an article is written or taken away.

        Raises:
            LinkError: one of them is, or lies below, a link that leaves the workspace.
        """
        for article in articles:
            corpus = self.corpus
            texts = (corpus.text_path(article), corpus.metadata_path(article))
            for path in (*texts, corpus.original_path(article)):
                refuse_leaving(path, corpus.folder)
            for path in (*self.extractions_of(article), self.imported_of(article)):
                refuse_leaving(path, self.annotations)

    def rebuild_verified(self) -> str | None:
        """Why the verified claims could not be rebuilt; None where they are up to date."""
        if not self.annotations.is_dir():
            return None
        try:
            rebuild(self.corpus.folder, self.annotations, rule=self.rule)
        except PipelineError as error:
            return f"{self.annotations / VERIFIED} was not rebuilt: {error}; then: claims verify"
        return None


def own_originals(corpus: Corpus, article: str) -> tuple[Path, ...]:
    """The originals that were kept under the article's id: the last one, and those it replaced."""
    folder = corpus.original_path("x").parent
    if not folder.is_dir():
        return ()
    known = set(corpus.ids())
    return tuple(
        sorted(
            path
            for path in folder.iterdir()
            if path.suffix.lower() in ARTICLE_SUFFIXES
            and path.stem.startswith(article)
            and _is_own(path.stem.removeprefix(article), path.stem, known)
        )
    )


def _is_own(rest: str, stem: str, known: set[str]) -> bool:
    return not rest or (_ASIDE.fullmatch(rest) is not None and stem not in known)


def tables_of_one(corpus: Corpus, article: str) -> tuple[Path, ...]:
    """The tables that were kept for this article's row and for no other article's."""
    sha256 = _source_sha256(stated_metadata(corpus, article))
    folder = corpus.original_path("x").parent
    if sha256 is None or not folder.is_dir():
        return ()
    others = (stated_metadata(corpus, other) for other in corpus.ids() if other != article)
    if any(_source_sha256(metadata) == sha256 for metadata in others):
        return ()
    return tuple(sorted(folder.glob(f"*-{sha256[:8]}.*")))


def _source_sha256(metadata: Mapping[str, object]) -> str | None:
    source = metadata.get("source")
    if not isinstance(source, Mapping) or "row" not in source:
        return None
    found = source.get("sha256")
    return found if isinstance(found, str) and re.fullmatch(r"[0-9a-f]{64}", found) else None


def read_one(path: Path) -> Extraction | None:
    """The extraction in the file; None where there is none, or none that can be read."""
    try:
        return next(read_extractions(path), None) if path.is_file() else None
    except (OSError, PipelineError):
        return None


def renamed_extraction(
    extraction: Extraction, article: str, metadata: Mapping[str, object] | None = None
) -> Extraction:
    """The extraction as that of an article of another id: its claims have the ids of there."""
    moved = replace(
        extraction,
        article=article,
        metadata=extraction.metadata if metadata is None else metadata,
    )
    names = zip(ids_by_words(extraction), ids_by_words(moved), strict=True)
    claims = [
        replace(claim, id=new if claim.id == old else claim.id)
        for claim, (old, new) in zip(extraction.claims, names, strict=True)
    ]
    return replace(moved, claims=tuple(claims))
