"""Which page of its original a place in an article's text lies on."""

from __future__ import annotations

from collections.abc import Mapping

PAGES = "pages"
"""The key of the metadata that says at which offset of the text each page begins, from page 1."""

TEXT_SHA256 = "text_sha256"
"""The key of ``source`` in the metadata: the SHA-256 of the text that the file was converted to."""


def pages_of(metadata: Mapping[str, object], text_sha256: str) -> tuple[int, ...]:
    """At which offset each page begins, by ``metadata["pages"]``; empty where that is not known.

    ``text_sha256`` is the hash of the text that is asked about. Where it is not the text that was
    converted, because somebody has edited it since, nothing is known of its pages.

    >>> pages_of({"pages": [0, 812], "source": {"text_sha256": "ab"}}, "ab")
    (0, 812)
    >>> pages_of({"pages": [0, 812], "source": {"text_sha256": "ab"}}, "cd")
    ()
    """
    starts = metadata.get(PAGES)
    if _converted_sha256(metadata) != text_sha256 or not isinstance(starts, (list, tuple)):
        return ()
    return tuple(starts) if all(type(start) is int for start in starts) else ()


def page_of(pages: tuple[int, ...], offset: int) -> int | None:
    """The page, from 1, that the offset lies on; None where there are no ``pages``.

    >>> page_of((0, 812), 900), page_of((), 900)
    (2, None)
    """
    return max(1, sum(start <= offset for start in pages)) if pages else None


def without_stale_pages(metadata: dict[str, object], text_sha256: str) -> dict[str, object]:
    """The metadata of the text with that hash, without ``pages`` that are those of another text.

    Pages that no conversion stated stay: they are somebody's own note.
    """
    converted = _converted_sha256(metadata)
    if PAGES not in metadata or converted is None or converted == text_sha256:
        return metadata
    return {name: value for name, value in metadata.items() if name != PAGES}


def _converted_sha256(metadata: Mapping[str, object]) -> object:
    source = metadata.get("source")
    return source.get(TEXT_SHA256) if isinstance(source, Mapping) else None
