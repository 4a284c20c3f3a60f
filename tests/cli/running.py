"""The command as a person calls it: a process of its own, in a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-c", "from pipeline.cli.main import main; main()")
TEXT = "Chile rejected the draft. Mexico supports the treaty.\n"


def environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_COLOR")}
    return {**kept, "PYTHONPATH": str(ROOT)}


def run_claims(
    *arguments: str, folder: Path, data: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        input=data,
        stdin=None if data is not None else subprocess.DEVNULL,
        capture_output=True,
        env=environment(),
        timeout=120,
        check=False,
    )


def add_article(folder: Path, article: str = "vote", text: str = TEXT, title: str = "") -> Path:
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    path = corpus / f"{article}.txt"
    path.write_text(text, encoding="utf-8", newline="")
    if title:
        path.with_suffix(".toml").write_text(f"title = {json.dumps(title)}\n", encoding="utf-8")
    return path


def line(article: str, text: str = TEXT, **metadata: str) -> str:
    return json.dumps({"article": article, "text": text, "metadata": metadata}) + "\n"
