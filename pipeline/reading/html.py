"""HTML pages: the main text and what the page says of itself."""

from __future__ import annotations

from pipeline.reading.converted import Converted, no_text, require

SUFFIXES = (".html", ".htm", ".xhtml")
EXTRA = "html"


def convert_html(data: bytes) -> Converted:
    """The main text of a page, a blank line between blocks, without menus, scripts and comments.

    Title, author, date, publisher and canonical url are the page's own statements; none is
    guessed from the text. Nothing of the page is run or fetched.

    Raises:
        ArticleError: ``no-text``, or ``missing-extra``.
    """
    trafilatura = require("trafilatura", extra=EXTRA)
    found = trafilatura.bare_extraction(
        data,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if found is None or not (found.text or "").strip():
        raise no_text("no main text was found in the page; save the article as plain text")
    blocks = [line.strip() for line in found.text.split("\n")]
    values = {
        "title": found.title,
        "author": found.author,
        "date": found.date,
        "publisher": found.sitename,
        "url": found.url,
    }
    metadata = {name: str(value).strip() for name, value in values.items() if value}
    return Converted("\n\n".join(filter(None, blocks)) + "\n", metadata, ("from HTML",))
