"""The corpus: a folder of articles, each a canonical text and its metadata.

``<id>.txt`` is the text, written once when the article is added and never normalised again;
``<id>.toml`` is its metadata; ``originals/`` has the files that were added. An article's id is the
stem of its file's name, made of ``a–z``, ``0–9`` and hyphens.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pipeline.errors import ArticleError, SettingError
from pipeline.files import sha256_of_bytes, sha256_of_file
from pipeline.guarded.files import refuse_leaving
from pipeline.reading.decode import decode_article, read_bytes
from pipeline.reading.metadata import read_metadata
from pipeline.reading.pages import PAGES, without_stale_pages
from pipeline.records import Article

TEXT_SUFFIXES = (".txt", ".text")
MARKDOWN_SUFFIXES = (".md", ".markdown")
ARTICLE_SUFFIXES = (
    *TEXT_SUFFIXES,
    *MARKDOWN_SUFFIXES,
    *(".html", ".htm", ".xhtml"),
    ".pdf",
    ".docx",
)
"""What files are taken as one article each, by the ends of their names in lower case."""

TABLE_SUFFIXES = (".csv", ".tsv", ".jsonl")
"""What files are taken as tables of articles, one a row."""

SUFFIXES = (*ARTICLE_SUFFIXES, *TABLE_SUFFIXES)
"""What files are taken."""

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_LONGEST_ID = 120


def is_article_id(article_id: str) -> bool:
    """Whether a string can be an article's id.

    >>> is_article_id("oas-vote-2024"), is_article_id("../secret")
    (True, False)
    """
    return _ID.fullmatch(article_id) is not None


def id_for_name(stem: str) -> str:
    """The article id that a file's stem gives; empty where no letter of it can be used.

    >>> id_for_name("Perú’s vote (final)")
    'peru-s-vote-final'
    """
    letters = unicodedata.normalize("NFKD", stem).lower()
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words)[:_LONGEST_ID].rstrip("-")


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles of one folder, which need not exist yet."""

    folder: Path

    def ids(self) -> tuple[str, ...]:
        """The ids of all articles, sorted; empty where there is no folder.

        A folder, a pipe or a link in the place of a text counts: ``read`` says what is wrong.

        Raises:
            SettingError: where the folder is a file.
        """
        return tuple(sorted(path.stem for path in self._entries() if self._holds_article(path)))

    def strays(self) -> tuple[Path, ...]:
        """The files in the folder that could be articles but were not added, sorted by name.

        Hidden files and a README are no strays.
        """
        return tuple(
            sorted(
                path
                for path in self._entries()
                if path.suffix.lower() in ARTICLE_SUFFIXES
                and path.is_file()
                and not self._holds_article(path)
                and not path.name.startswith(".")
                and path.stem.lower() != "readme"
            )
        )

    def read(self, article_id: str) -> Article:
        """The article of that id, its text as it was written, its metadata as they now are.

        Where a converted text was edited since, the pages of the original are not among them.

        Raises:
            ArticleError: ``unknown-article``, or what is wrong with its files. A text that was put
                into the folder by hand is taken where nothing of it would have to be converted.
        """
        path = self.text_path(article_id)
        if not os.path.lexists(path):
            raise self.unknown(article_id)
        for place in (path, self.metadata_path(article_id)):
            refuse_leaving(place, self.folder)
        decoded = decode_article(data := read_bytes(path), name=str(path))
        if decoded.text.encode("utf-8") != data:
            raise ArticleError(
                f"{path}: is not a canonical text ({', '.join(decoded.notes)}); "
                f"convert it: claims add {path}",
                cause="not-added",
            )
        metadata = read_metadata(self.metadata_path(article_id))
        if PAGES in metadata:
            metadata = without_stale_pages(metadata, sha256_of_bytes(data))
        return Article(article_id, decoded.text, metadata)

    def articles(self) -> Iterator[Article]:
        """Every article in the order of the ids; the first that cannot be read ends it."""
        return map(self.read, self.ids())

    def text_path(self, article_id: str) -> Path:
        """Where the article's text is, or would be."""
        if not is_article_id(article_id):
            raise self.unknown(article_id)
        return self.folder / f"{article_id}.txt"

    def metadata_path(self, article_id: str) -> Path:
        """Where the article's metadata are, or would be."""
        return self.text_path(article_id).with_suffix(".toml")

    def original_path(self, name: str) -> Path:
        """Where the file that an article was made from is kept, byte for byte, as ``name``."""
        return self.folder / "originals" / Path(name).name

    def sha256(self, article_id: str) -> str:
        """The SHA-256 of the article's text (its UTF-8 bytes), without decoding it.

        Raises:
            ArticleError: it cannot be read.
        """
        return sha256_of_file(self.text_path(article_id))

    def _entries(self) -> Iterator[Path]:
        if self.folder.exists() and not self.folder.is_dir():
            raise SettingError(f"{self.folder} is not a folder; name one with --corpus")
        if self.folder.is_dir():
            yield from self.folder.iterdir()

    def _holds_article(self, path: Path) -> bool:
        return path.suffix == ".txt" and is_article_id(path.stem)

    def unknown(self, article_id: str) -> ArticleError:
        """The error for an id that no article has; it names those that are like it."""
        known = self.ids()
        near = get_close_matches(article_id, known, n=3, cutoff=0.5) or known[:5]
        there = f"there are: {', '.join(near)}" if near else "it is empty: claims add FILE"
        return ArticleError(
            f"no article {article_id!r} in {self.folder}; {there}", cause="unknown-article"
        )
