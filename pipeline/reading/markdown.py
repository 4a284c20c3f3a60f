"""Markdown as plain text: what a reader of the rendered page would read, block by block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_NOT_TEXT = ("script", "style", "template")


def markdown_to_text(markdown: str) -> str:
    r"""The words of a Markdown text without its marks, a blank line between blocks.

    Headings, list items and quoted paragraphs are paragraphs of their own; of a link or an image
    its words stay, of HTML the text; a line broken for its length is joined, a row of a table is
    a line with tabs.

    >>> markdown_to_text("# The vote\n\nChile **backed**\n[the text](https://example.org).")
    'The vote\n\nChile backed the text.\n'
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    blocks: list[str] = []
    row: list[str] | None = None
    for token in parser.parse(markdown):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            blocks.append("\t".join(row))
            row = None
        elif (text := _text_of(token)) is not None:
            (blocks if row is None else row).append(text.strip())
    text = "\n\n".join(filter(None, blocks))
    return text + "\n" if text else ""


def _text_of(token: Token) -> str | None:
    """The text that a block token holds itself; None where it only opens or closes a block."""
    if token.type == "inline":
        return _inline_text(token.children or ())
    if token.type in ("fence", "code_block"):
        return token.content
    if token.type == "html_block":
        return _html_text(token.content)
    return None


def _inline_text(tokens: Sequence[Token]) -> str:
    pieces: list[str] = []
    for token in tokens:
        if token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak" or _is_line_break(token):
            pieces.append("\n")
        elif token.type == "image":
            pieces.append(_inline_text(token.children or ()))
        elif token.type != "html_inline":
            pieces.append(token.content)
    return "".join(pieces)


def _is_line_break(token: Token) -> bool:
    return token.type == "html_inline" and re.match(r"<br\b", token.content, re.I) is not None


class _TextOfHtml(HTMLParser):
    """Collects the text of HTML, without scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Nothing; what stands in the element is text, or is not."""
        self._hidden += tag in _NOT_TEXT

    def handle_endtag(self, tag: str) -> None:
        """Nothing; what follows is text again."""
        self._hidden -= tag in _NOT_TEXT and self._hidden > 0

    def handle_data(self, data: str) -> None:
        """Nothing; the text is kept."""
        if not self._hidden:
            self.pieces.append(data)


def _html_text(html: str) -> str:
    parser = _TextOfHtml()
    parser.feed(html)
    parser.close()
    lines = "".join(parser.pieces).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())
