"""Markdown as plain text: what a reader of the rendered page would read, block by block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.reading.markup import html_to_text

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_CLOSED_BY = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>", "<!": ">"}


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
    parser.inline.ruler.before("html_inline", "never_closed", _never_closed)
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
        return html_to_text(token.content)
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


def _never_closed(state: StateInline, silent: bool) -> bool:
    """Whether a comment or its like opens here that nothing closes: it is text, as ever.

    The parser would look for its end from each such mark on to the paragraph's end.
    """
    opening = next((mark for mark in _CLOSED_BY if state.src.startswith(mark, state.pos)), None)
    if opening is None or _last(state.src, _CLOSED_BY[opening]) > state.pos:
        return False
    if not silent:
        state.pending += "<"
    state.pos += 1
    return True


@lru_cache(maxsize=64)
def _last(text: str, mark: str) -> int:
    return text.rfind(mark)
