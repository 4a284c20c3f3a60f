"""HTML pages: the main text and what the page says of itself."""

from __future__ import annotations

from typing import Any

from pipeline.errors import ArticleError
from pipeline.reading.converted import Converted, no_text, require, stated
from pipeline.reading.metadata import is_url

SUFFIXES = (".html", ".htm", ".xhtml")
EXTRA = "html"

_STATEMENTS = "application/ld+json"
_EMBEDDED = (
    *("script", "style", "template", "iframe", "noframes", "object", "noembed", "applet"),
    *("svg", "canvas", "video", "audio"),
)
"""What is run, drawn or fetched in its place; its text is for readers that cannot show it."""

_EMPTY = ("embed", "frame")
_DEEPEST = 250


def convert_html(data: bytes) -> Converted:
    """The main text of a page, a blank line between blocks, without menus, scripts and comments.

    Title, author, date, publisher and canonical url are the page's own statements; none is
    guessed from the text. Nothing of the page is run or fetched: scripts and what is embedded go
    before anything is read, and an address that is none of the web's is not taken over.

    Raises:
        ArticleError: ``no-text``, ``malformed`` or ``missing-extra``.
    """
    trafilatura = require("trafilatura", extra=EXTRA)
    tree = trafilatura.load_html(data)
    if tree is not None:
        _check_depth(tree)
        _drop_embedded(tree)
    found = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if found is None or not (found.text or "").strip():
        raise no_text("no main text was found in the page; save the article as plain text")
    blocks = [line.strip() for line in found.text.split("\n")]
    metadata = stated(
        {
            "title": found.title,
            "author": found.author,
            "date": found.date,
            "publisher": found.sitename,
            "url": found.url if is_url(found.url or "") else None,
        }
    )
    return Converted("\n\n".join(filter(None, blocks)) + "\n", metadata, ("from HTML",))


def _check_depth(tree: Any) -> None:
    """Nothing; the page is not nested so deeply that the parser has left a part of it out."""
    depth = 0
    etree = require("lxml.etree", extra=EXTRA)
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise ArticleError(
                f"is nested more than {_DEEPEST} levels deep; save the article as plain text",
                cause="malformed",
            )


def _drop_embedded(tree: Any) -> None:
    """Nothing; the page has no scripts and nothing embedded, but what it states of itself."""
    for element in list(tree.iter(*_EMBEDDED, *_EMPTY)):
        if element.getparent() is None or element.get("type", "").lower() == _STATEMENTS:
            continue
        if element.tag in _EMPTY:  # what seems to stand in it follows it
            element.drop_tag()
        else:
            element.drop_tree()
