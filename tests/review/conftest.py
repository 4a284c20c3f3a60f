"""One real Label Studio and one real browser for all tests of review."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import SettingError
from pipeline.review.client import Server
from pipeline.review.install import ensure_studio
from pipeline.review.state import State
from pipeline.review.studio import Running, start_studio, stop_studio
from tests.review.screen import Browser


def _skip_or_fail(what: str) -> None:
    """Fail in CI, where nothing may be skipped; elsewhere skip by name."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """An embedded server with an empty database, on a free port, stopped whatever happens."""
    try:
        ensure_studio()
    except SettingError as error:
        _skip_or_fail(f"Label Studio cannot be installed: {error}")
    state = State.beside(tmp_path_factory.mktemp("studio") / "annotations")
    try:
        yield start_studio(state)
    finally:
        stop_studio(state)


@pytest.fixture
def server(studio: Running) -> Iterator[Server]:
    """A client of the embedded server."""
    with Server(studio.url, studio.account.token) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if program is None:
        _skip_or_fail("no Chromium: run `make browser`")
    with Browser(str(program)) as found:
        yield found


@pytest.fixture
def workspace_folder(tmp_path: Path) -> Path:
    """A folder with empty corpus and annotations."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "annotations" / "extracted").mkdir(parents=True)
    return tmp_path
