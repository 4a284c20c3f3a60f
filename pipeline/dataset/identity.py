"""Ids that are hashes of what they name."""

from __future__ import annotations

import hashlib
import json

from pipeline.records import Span

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def content_id(value: object, *, prefix: str = "", length: int = 16) -> str:
    """The hash of a JSON value, the same for equal values on every machine.

    >>> content_id({"b": 1, "a": 2}) == content_id({"a": 2, "b": 1})
    True
    """
    return prefix + hashlib.sha256(_encode(value).encode("utf-8")).hexdigest()[:length]


def occurrence_of(text: str, span: Span) -> int:
    """How many times the words of ``span`` stand in ``text`` before it.

    >>> occurrence_of("It said it said so.", Span(11, 15))
    1
    """
    words = span.text_in(text)
    count, at = 0, text.find(words)
    while -1 < at < span.start:
        count += 1
        at = text.find(words, at + 1)
    return count
