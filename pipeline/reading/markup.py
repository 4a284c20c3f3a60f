"""The text of a piece of HTML, in one pass: however many of its marks are never closed."""

from __future__ import annotations

import html
import re

_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
_TAG = re.compile(r"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*+>")
_LONGEST_TAG = 1000
_UNREAD = ("script", "style")
_HIDDEN = "template"
_OTHERS = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">"), ("</", ">"))


def html_to_text(markup: str) -> str:
    r"""The words between the tags, blank lines and the space around lines left out.

    Scripts, styles and templates have none. A mark that nothing closes is text.

    >>> html_to_text("<div>\n<b>No</b> &amp; no.<!-- yes? -->\n</div>")
    'No & no.'
    """
    pieces = _Reader(markup).pieces()
    lines = "".join(pieces).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


class _Reader:
    """Goes through a piece of HTML once, and looks for each mark that is missing only once."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._lower = markup.lower() if len(markup.lower()) == len(markup) else markup
        self._missing: set[str] = set()

    def pieces(self) -> list[str]:
        """The texts between the tags, in order."""
        found: list[str] = []
        at = hidden = 0
        while (opening := self._markup.find("<", at)) >= 0:
            end = self._end(opening)
            text = self._markup[at : opening if end is not None else opening + 1]
            if not hidden:
                found.append(html.unescape(text))
            if end is None:
                at = opening + 1
                continue
            hidden = max(0, hidden + self._hides(opening))
            at = end
        return found if hidden else [*found, html.unescape(self._markup[at:])]

    def _end(self, at: int) -> int | None:
        """Where the tag, comment or script that opens at a place ends; None where none does."""
        name = _NAME.match(self._markup, at)
        if name is None:
            marks = next((m for m in _OTHERS if self._markup.startswith(m[0], at)), None)
            return None if marks is None else self._after(marks[1], at)
        plain = self._after(">", at)
        if plain is None:
            return None
        quoted = _TAG.match(self._markup, at, at + _LONGEST_TAG)
        end = quoted.end() if quoted else plain
        tag = name[1].lower()
        if tag in _UNREAD and self._markup[at + 1] != "/":
            return self._after(f"</{tag}", end, at_it=True) or len(self._markup)
        return end

    def _hides(self, at: int) -> int:
        """1 where a template opens, -1 where one ends, else 0."""
        if not self._lower.startswith((f"<{_HIDDEN}", f"</{_HIDDEN}"), at):
            return 0
        return -1 if self._markup[at + 1] == "/" else 1

    def _after(self, mark: str, at: int, *, at_it: bool = False) -> int | None:
        if mark in self._missing:
            return None
        found = self._lower.find(mark.lower(), at)
        if found < 0:
            self._missing.add(mark)
            return None
        return found if at_it else found + len(mark)
