"""Fixtures that all tests share: the real pipeline, loaded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    from pipeline.extraction.build import build_language

    return build_language()
