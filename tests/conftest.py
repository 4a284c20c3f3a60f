"""What all tests share: the pipeline, a browser, and which tests stay in one process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.skipping import skip_or_fail

if TYPE_CHECKING:
    from spacy.language import Language

    from tests.review.screen import Browser

SHARED = ("studio", "server", "browser")
"""Fixtures that cost so much to start that one process has all the tests of them."""


@pytest.fixture(scope="session")
def nlp() -> Language:
    from pipeline.extraction.build import build_language

    return build_language(profile="fast")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium, one for all tests: a thread has but one."""
    from tests.review.screen import Browser

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if program is None:
        skip_or_fail("no Chromium: run `make browser`")
    with Browser(program) as found:
        yield found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file in one process, and those of the server together and first."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=lambda item: _group(item) != "server")


def _group(item: pytest.Item) -> str:
    names = getattr(item, "fixturenames", ())
    return "server" if any(name in names for name in SHARED) else str(item.path)
