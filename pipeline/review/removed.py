"""Which articles were removed, so that the next push withdraws their tasks."""

from __future__ import annotations

from pathlib import Path

from pipeline.review.state import State

_REMOVED = "removed.json"


def remember_removed(annotations: Path, article: str) -> None:
    """Let the next push withdraw the tasks of the article that nobody has begun with."""
    names = sorted({*find_removed(annotations), article})
    State.beside(annotations).write(_REMOVED, {"articles": names})


def find_removed(annotations: Path) -> tuple[str, ...]:
    """The ids of the removed articles, in order."""
    found = State.beside(annotations).read(_REMOVED).get("articles")
    return tuple(map(str, found)) if isinstance(found, list) else ()
