"""What all tests share: the pipeline, a browser, and which tests stay in one process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.skipping import skip_or_fail

if TYPE_CHECKING:
    from spacy.language import Language

    from tests.review.screen import Browser

SHARED = ("tests/review/", "tests/report/test_browser")
"""Where tests need what costs so much to start that one process has them all."""


@pytest.fixture(scope="session")
def nlp() -> Language:
    from pipeline.extraction.build import build_language

    return build_language(profile="fast")


@pytest.fixture(scope="session")
def in_full() -> Language:
    """The pipeline with the learned reader."""
    from pipeline.extraction.build import build_language

    return build_language(profile="full")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium, one for all tests: a thread has but one."""
    from tests.review.screen import Browser

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if program is None:
        skip_or_fail("no Chromium: run `make browser`")
    with Browser(program) as found:
        yield found


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Tests of a file go to one process, and so do all of review, which share a server."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "review" if nodeid.startswith(SHARED) else nodeid.partition("::")[0]

    return ByFile(config, log)
