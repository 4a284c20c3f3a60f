"""The walk through the rooms in docs/architecture.md prints what the page says."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.cli.running import ROOT

PAGE = ROOT / "docs" / "architecture.md"


def blocks_of(heading: str) -> dict[str, str]:
    """The blocks below a heading by their language."""
    part = PAGE.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return dict(re.findall(r"^```(\w+)\n(.*?)^```$", part, re.MULTILINE | re.DOTALL))


def test_one_sentence_goes_through_the_rooms_as_the_page_says():
    blocks = blocks_of("One sentence through the rooms")
    result = subprocess.run(
        [sys.executable, "-c", blocks["python"]],
        capture_output=True, text=True, timeout=120, cwd=ROOT, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert result.stdout == blocks["text"]
