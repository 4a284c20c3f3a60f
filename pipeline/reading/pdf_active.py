"""What a PDF file would have a reader run: actions and scripts, wherever the document starts them.

An action is started by the document, a page, a note, a form field, an outline item or another
action. Followed are the keys that lead to one of these, and nothing else: not what pages draw.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.errors import ArticleError

MAX_OBJECTS = 500_000
"""The most pages, notes, fields, outline items and actions that are looked at in a file."""

_ACTIONS = frozenset({"JavaScript", "Launch", "SubmitForm", "ImportData", "RichMediaExecute"})
_SCRIPTS = {"JS": "JavaScript", "OnInstantiate": "JavaScript", "XFA": "XFA form"}
_FOLLOWED = (
    *("Pages", "Outlines", "AcroForm", "Names", "JavaScript"),  # from the catalogue
    *("Kids", "First", "Next", "Fields", "Annots", "3DD"),  # to pages, items, fields and notes
    *("OpenAction", "A", "PA"),  # to what they start
)
_SCRIPT_LINK = re.compile(rb"\s*(?:java|vb)script:", re.IGNORECASE)


def find_active_content(roots: Iterable[Mapping[str, Any]]) -> str | None:
    """The name of the first thing that would be run; None where there is none.

    ``roots`` are the document's catalogue and any pages that it does not list. Links to a place,
    a page of the web or another document are no active content, nor are forms without scripts,
    sounds, films and attached files: nothing of these is run.

    Raises:
        ArticleError: ``too-large``, where there are more than ``MAX_OBJECTS`` to look at.
    """
    remaining: list[Any] = list(roots)
    seen: set[int] = set()
    looked_at = 0
    while remaining:
        value = _resolve(remaining.pop(), seen)
        looked_at += 1
        if looked_at > MAX_OBJECTS:
            raise ArticleError(
                f"has more than {MAX_OBJECTS:,} pages, notes and form fields; split it",
                cause="too-large",
            )
        if isinstance(value, list):
            remaining += value
        elif isinstance(value, Mapping):
            if found := _run_by(value):
                return found
            remaining += _next_from(value)
    return None


def _resolve(value: Any, seen: set[int]) -> Any:
    """The object that is meant, one step on; None for one that was looked at or is damaged."""
    from pdfminer.pdftypes import PDFObjRef, PDFStream
    from pdfminer.psexceptions import PSException

    if isinstance(value, PDFObjRef):
        if value.objid in seen:
            return None
        seen.add(value.objid)
        try:
            value = value.resolve()
        except PSException:
            return None
        if isinstance(value, PDFObjRef):
            return [value]
    return value.attrs if isinstance(value, PDFStream) else value


def _run_by(value: Mapping[str, Any]) -> str | None:
    for key, found in _SCRIPTS.items():
        if value.get(key):
            return found
    kind = _name(value.get("S"))
    if kind in _ACTIONS:
        return kind
    if _name(value.get("Subtype")) == "RichMedia":
        return "RichMedia"
    link = _resolve(value.get("URI"), set())
    return "JavaScript" if isinstance(link, bytes) and _SCRIPT_LINK.match(link) else None


def _next_from(value: Mapping[str, Any]) -> Iterator[Any]:
    yield from (value[key] for key in _FOLLOWED if key in value)
    events = _resolve(value.get("AA"), set())
    if isinstance(events, Mapping):
        yield from events.values()


def _name(value: Any) -> str:
    name = getattr(_resolve(value, set()), "name", "")
    return name if isinstance(name, str) else ""
