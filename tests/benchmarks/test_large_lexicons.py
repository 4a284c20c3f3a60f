"""The lexicon that large ones are measured with is one that the program reads."""

from __future__ import annotations

from pathlib import Path

from benchmarks.stages.lexicons import make_lexicon
from pipeline.lexicon.entities import load_entities


def test_made_up_names_are_read(tmp_path: Path) -> None:
    lexicon = load_entities(make_lexicon(tmp_path, aliases=240))
    assert lexicon.find("Oslo Council Number 1") is not None
    assert lexicon.find("Oslo Council Number 1 of Dakar") is None
    assert sum(entity.startswith("org:made-up-") for entity in lexicon.entries) == 24
