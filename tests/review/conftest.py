"""One real Label Studio for all tests of review."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import SettingError
from pipeline.review.client import Server
from pipeline.review.install import ensure_studio
from pipeline.review.state import State
from pipeline.review.studio import Running, start_studio, stop_studio
from tests.skipping import skip_or_fail


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """An embedded server with an empty database, on a free port, stopped whatever happens."""
    try:
        ensure_studio()
    except SettingError as error:
        skip_or_fail(f"Label Studio cannot be installed: {error}")
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


@pytest.fixture
def workspace_folder(tmp_path: Path) -> Path:
    """A folder with empty corpus and annotations."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "annotations" / "extracted").mkdir(parents=True)
    return tmp_path
