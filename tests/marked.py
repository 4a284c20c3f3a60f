"""Sentences with the expected result written inside: ``[Chile]{holder} rejected it.``"""

from __future__ import annotations

import re

_MARK = re.compile(r"\[(?P<text>[^\]\[]*)\](?:\{(?P<label>[^}]*)\})?")


def parse_marked(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The plain text, and each marked span as start, end and label ("" where it has none).

    >>> parse_marked("The [OAS]{org:OAS} voted; [it] won.")
    ('The OAS voted; it won.', [(4, 7, 'org:OAS'), (15, 17, '')])
    """
    text = ""
    spans = []
    last = 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        start = len(text)
        text += match["text"]
        spans.append((start, len(text), match["label"] or ""))
        last = match.end()
    return text + marked[last:], spans
