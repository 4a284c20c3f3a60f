"""HTML pages: the main text and what the page says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from functools import cache, partial
from typing import Any

from pipeline.errors import ArticleError, LexiconError
from pipeline.lexicon.consent import Consent, consent_of, read_consent
from pipeline.lexicon.folder import models_folders
from pipeline.reading.converted import Converted, no_text, require, stated
from pipeline.reading.html_blocks import Page, read_page
from pipeline.reading.html_charset import decode_page
from pipeline.reading.html_hidden import drop_hidden
from pipeline.reading.html_main import Main, find_main
from pipeline.reading.html_parts import Parts, find_parts
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
_FEWEST_KEPT = 0.75
_FEW_WORDS = 10
_MOST_NOTICE = 0.5
_MUCH_MORE = 2
_COMPARE = (
    "compare the text in the corpus with the page, and where it is wrong save the article as plain "
    "text (.txt) and add that with --replace"
)
_NO_ARTICLE = "no main text was found in the page; save the article as plain text"
_NOTICE_ALONE = (
    "the page holds a notice about cookies and no article; open it, answer the notice, and save "
    "the page again, or save the article as plain text"
)


def convert_html(data: bytes) -> Converted:
    """The article of a page, a blank line between blocks, without menus, notices and scripts.

    Title, author, date, publisher and canonical url are the page's own statements; none is
    guessed from the text. Nothing of the page is run or fetched: scripts and what is embedded go
    before anything is read, and an address that is none of the web's is not taken over. What the
    page does not show is not read, and of two copies of the article, for two screens, one is.
    Warnings tell of an article that has too little of the words that the page shows, or of one
    that could not be told from what stands around it.

    Raises:
        ArticleError: ``no-text``, ``malformed``, ``undecodable``, ``binary``, ``setting`` or
            ``missing-extra``.
    """
    trafilatura = require("trafilatura", extra=EXTRA)
    text, notes = decode_page(data)
    tree = _parse(text)
    _check_depth(tree)
    drop_hidden(tree)
    _drop_embedded(tree)
    _drop_doubled(tree)
    body = tree.find("body")
    page = read_page(tree if body is None else body)
    consent = _consent()
    parts = find_parts(page, _titles(tree), consent)
    _mend(parts)
    find = cache(partial(_look_into, trafilatura, tree))
    main = find_main(page, parts, lambda generous: _text_of(find(generous)))
    texts = [page.blocks[number].text for number in main.numbers]
    other = _text_of(find(False)).split("\n")
    if _count(other) > _MUCH_MORE * page.totals[-1]:  # the page states it, and shows little
        texts, main = other, replace(main, certain=True, total=main.words)
    notice = _count(filter(consent.is_notice, texts))
    if not any(texts) or notice > _MOST_NOTICE * _count(texts):
        raise no_text(_NOTICE_ALONE if notice or parts.notices else _NO_ARTICLE)
    return Converted(
        "\n\n".join(filter(None, map(str.strip, texts))) + "\n",
        _metadata(find(False)),
        ("from HTML", *notes, *_left_out(page, parts, main)),
        tuple(_warnings(main, notice=notice)),
    )


def _drop_doubled(tree: Any) -> None:
    """Take out the second of words that stand in a line twice, for two screens."""
    for element in list(tree.iter("span", "b", "strong", "em", "i", "a")):
        before = element.getprevious()
        if before is None or before.tag != element.tag or (before.tail or "").strip():
            continue
        words = element.text_content().split()
        if len(words) > 1 and words == before.text_content().split():
            element.drop_tree()


def _parse(text: str) -> Any:
    """The page's root element; a page without one has no text."""
    html = require("lxml.html", extra=EXTRA)
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    data = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        tree = html.document_fromstring(data, parser=parser)
    except require("lxml.etree", extra=EXTRA).ParserError as error:
        raise no_text(_NO_ARTICLE) from error
    return tree


def _consent() -> Consent:
    """The phrases of notices, the project's own with the packaged ones."""
    try:
        return consent_of(read_consent(models_folders()))
    except LexiconError as error:
        raise ArticleError(
            f"cannot be read before a list is corrected: {error}", cause="setting"
        ) from error


def _titles(tree: Any) -> tuple[str, ...]:
    """What the page says that it is called."""
    properties = ("og:title", "twitter:title", "dc.title")
    metas = (meta for meta in tree.iter("meta"))
    named = [
        meta.get("content") or ""
        for meta in metas
        if (meta.get("property") or meta.get("name") or "").lower() in properties
    ]
    return tuple(filter(None, (*named, tree.findtext(".//title") or "")))


def _mend(parts: Parts) -> None:
    """Take out notices and copies, and name what holds the article like other parts."""
    for element in (*parts.notice_elements, *parts.copy_elements):
        if element.getparent() is not None:
            element.drop_tree()
    for element in parts.wrapped:
        element.tag = "div"
        for name in ("id", "class", "role"):
            element.attrib.pop(name, None)


def _look_into(trafilatura: Any, tree: Any, generous: bool) -> Any:
    """What trafilatura finds, with its fuller settings or the others; None for nothing."""
    return trafilatura.bare_extraction(
        deepcopy(tree),
        include_comments=False,
        include_tables=True,
        favor_recall=generous,
        with_metadata=not generous,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )


def _text_of(found: Any) -> str:
    return "" if found is None else str(found.text or "")


def _count(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _metadata(found: Any) -> dict[str, object]:
    if found is None:
        return {}
    return stated(
        {
            "title": found.title,
            "author": found.author,
            "date": found.date,
            "publisher": found.sitename,
            "url": found.url if is_url(found.url or "") else None,
        }
    )


def _left_out(page: Page, parts: Parts, main: Main) -> Iterator[str]:
    """What was not taken though it stands in the article, or is much of the page."""
    between = set(range(main.numbers[0], main.numbers[-1])) if main.numbers else set()
    beside = between.difference(main.numbers, parts.notices, parts.copies)
    for what, numbers in (
        ("a consent notice", parts.notices),
        ("a second copy", parts.copies),
        ("links and boxes in the article", beside),
    ):
        if words := sum(page.blocks[number].words for number in numbers):
            yield f"{what} left out, {words:,} words"


def _warnings(main: Main, *, notice: int) -> Iterator[str]:
    left_out = main.total - main.words
    if not main.certain:
        yield (
            "the article could not be told from what stands around it, and all that the page shows "
            f"was taken; {_COMPARE}"
        )
    elif main.share < _FEWEST_KEPT and left_out >= _FEW_WORDS:
        yield (
            f"only {main.share:.0%} of the page's words were taken ({left_out:,} left out); "
            f"{_COMPARE}"
        )
    if notice:
        yield f"{notice:,} words read like a notice about cookies; {_COMPARE}"


def _check_depth(tree: Any) -> None:
    """Refuse a page nested so deeply that the parser has left a part of it out."""
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
    """Take out scripts and what is embedded, but for what the page states of itself."""
    for element in list(tree.iter(*_EMBEDDED, *_EMPTY)):
        if element.getparent() is None or element.get("type", "").lower() == _STATEMENTS:
            continue
        if element.tag in _EMPTY:  # what seems to stand in it follows it
            element.drop_tag()
        else:
            element.drop_tree()
