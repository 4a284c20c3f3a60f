"""Genres, cues of what is said, and aims are data."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.yardstick import FILE, read_yardstick
from pipeline.errors import LexiconError

YARDSTICK = read_yardstick()


@pytest.mark.parametrize(
    ("article", "source", "genre"),
    [
        ("wn-harbour-talks", "Wikinews", "news"),
        ("gum-speech", "GUM speech_island", "speeches"),
        ("gum-interview", "GUM interview_baker", "news"),
        ("gum-fair", None, "news"),
        ("ungd-2004-kenya", "UN General Debate", "speeches"),
        ("re3d-aaaa", "CENTCOM", "statements"),
        ("re3d-bbbb", None, "statements"),
        ("re3d-3095", None, "news"),
        ("own-text", "UK Government", "statements"),
        ("own-text", "a diary", None),
    ],
)
def test_the_genre_is_told_by_id_or_source(
    article: str, source: str | None, genre: str | None
) -> None:
    assert YARDSTICK.genre_of(article, {} if source is None else {"source": source}) == genre


@pytest.mark.parametrize(
    "cue",
    ["said", "had been telling", "According to", "reports", "note with concern", "wrote",
     "replied", "acknowledging", "recognised", "in the words of", "felt", "did not admit"],
)  # fmt: skip
def test_a_cue_of_what_is_said_is_told_by_its_forms(cue: str) -> None:
    assert YARDSTICK.is_said(cue)


@pytest.mark.parametrize(
    "cue", ["rejected", "statement", "understated", "support for", "agreed", "foundation", "accord"]
)
def test_other_cues_are_not(cue: str) -> None:
    assert not YARDSTICK.is_said(cue)


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "quality.yaml"
    text = FILE.read_text(encoding="utf-8")
    path.write_text(
        text.replace("    sources: [Wikinews", "    source: [Wikinews"), encoding="utf-8"
    )
    with pytest.raises(LexiconError, match="source"):
        read_yardstick(path)
