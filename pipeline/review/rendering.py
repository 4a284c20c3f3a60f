"""Whether the words that the server sends for a span are the text's, as a screen shows them."""

from __future__ import annotations

import re
import unicodedata

from pipeline.dataset.records import Quote

_ESCAPES = re.compile(r"\\[nrtfv0]")
_UNSEEN = ("C", "Z")
"""The Unicode categories of what a screen collapses, drops or replaces: blanks and controls."""


def is_rendering(sent: str, words: str) -> bool:
    r"""Whether ``sent`` is what Label Studio makes of ``words``.

    It writes a line break as the two characters ``\n``, runs of blanks and tabs as one blank, a
    no-break space as a plain one, and leaves out what cannot be seen.

    >>> is_rendering(r"rejected the\ndraft", "rejected  the\n  draft")
    True
    >>> is_rendering("rejected a draft", "rejected the draft")
    False
    """
    return sent == words or _seen(sent) == _seen(words)


def trimmed(quote: Quote) -> Quote:
    """The quote without the white space at its ends, unless it is nothing else."""
    words = quote.text.strip()
    if not words or len(words) == len(quote.text):
        return quote
    start = quote.start + quote.text.index(words)
    return Quote(start, start + len(words), words)


def _seen(words: str) -> str:
    """The signs that are left where blanks and what cannot be seen are taken out."""
    shown = _ESCAPES.sub("", words).replace("\ufffd", "")
    return "".join(sign for sign in shown if unicodedata.category(sign)[0] not in _UNSEEN)
