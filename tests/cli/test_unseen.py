"""What is not seen in a text, and what is in doubt about a PDF, is said on the terminal."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from pipeline.cli.main import app
from tests.reading.sheets import column, drawn, flat

UNSEEN = "Kenya rejected the\u200b treaty. Togo con\xaddemned it.\n"


def test_a_doubtful_pdf_is_added_with_a_warning_and_counted_apart(tmp_path: Path) -> None:
    first, second = ("Kenya rejected the treaty again. " * 8, "Togo had endorsed all of it. " * 8)
    over = flat(column(first, x=50, top=700, width=400)) + flat(
        column(second, x=54, top=696, width=400)
    )
    good = flat(column(first, x=50, top=700, width=400))
    for name, words in (("over", over), ("good", good)):
        (tmp_path / f"{name}.pdf").write_bytes(drawn([words]))
    files = [str(tmp_path / "over.pdf"), str(tmp_path / "good.pdf")]
    result = CliRunner().invoke(app, ["add", *files, "--corpus", str(tmp_path / "corpus")])
    assert result.exit_code == 0
    added, warning, plain, counts = result.stderr.splitlines()
    assert "added with warnings as over" in added
    assert warning.startswith(f"warning: {files[0]}: the order of the lines on page 1 is in doubt")
    assert "added as good" in plain
    assert counts.startswith("2 read: 1 added, 1 added with warnings, 0 unchanged, 0 refused.")


def test_a_text_put_into_the_corpus_by_hand_is_told_of_once(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "hand.txt").write_text(UNSEEN, encoding="utf-8")
    call = ["extract", "--corpus", str(corpus), "--annotations", str(tmp_path / "annotations")]
    first, second = (CliRunner().invoke(app, call) for _ in range(2))
    said = "hand: kept in the text: 1 soft hyphen, 1 zero-width mark"
    assert said in first.stderr.splitlines()
    assert said not in second.stderr
    assert (corpus / "hand.txt").read_text(encoding="utf-8") == UNSEEN


def test_the_texts_of_a_bulk_are_counted_together(tmp_path: Path) -> None:
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [{"article": name, "text": UNSEEN, "metadata": {}} for name in ("a", "b")]
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    result = CliRunner().invoke(app, ["extract", str(source), "-o", str(output)])
    assert result.exit_code == 0
    said = f"{source}: kept in the text: 2 soft hyphens, 2 zero-width marks"
    assert said in result.stderr.splitlines()
