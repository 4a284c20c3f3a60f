"""Fixtures that all tests share, and which tests stay together when several processes run them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

SHARED = ("studio", "server", "browser")
"""Fixtures that cost so much to start that one process has all the tests of them."""


@pytest.fixture(scope="session")
def nlp() -> Language:
    from pipeline.extraction.build import build_language

    return build_language()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file in one process, and those of the server together and first."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=lambda item: _group(item) != "server")


def _group(item: pytest.Item) -> str:
    names = getattr(item, "fixturenames", ())
    return "server" if any(name in names for name in SHARED) else str(item.path)
