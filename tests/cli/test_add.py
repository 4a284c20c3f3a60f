from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from pipeline.cli.add import add
from pipeline.cli.main import app
from pipeline.errors import SettingError
from pipeline.reading.corpus import Corpus

APP = typer.Typer()
APP.command()(add)


def run(*arguments: str | Path, corpus: Path) -> Result:
    return CliRunner().invoke(APP, [*map(str, arguments), "--corpus", str(corpus)])


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "vote.txt"
    path.write_bytes("Perú objected.\r\n".encode("windows-1252"))
    return path


def test_each_file_is_told_of_and_the_last_line_counts(tmp_path: Path, article: Path) -> None:
    bad = tmp_path / "none.txt"
    result = run(article, bad, article, "--title", "The vote", corpus=tmp_path / "c")
    assert result.exit_code == 1
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert lines[0] == (f"{article}: added as vote (15 characters; from Windows-1252; CRLF to LF)")
    assert lines[1].startswith(f"refused: {bad}: there is no such file")
    assert lines[2].startswith(f"{article}: unchanged, already in the corpus as vote")
    assert lines[3].startswith("3 read: 1 added, 1 unchanged, 1 refused (missing 1). Next: ")
    assert lines[3].endswith("extract")
    assert len(lines) == 4
    assert Corpus(tmp_path / "c").read("vote").metadata["title"] == "The vote"


def test_all_went_well_is_0(tmp_path: Path, article: Path) -> None:
    assert run(article, corpus=tmp_path / "c").exit_code == 0
    again = run(article, corpus=tmp_path / "c")
    assert again.exit_code == 0
    assert again.stderr.endswith("1 read: 0 added, 1 unchanged, 0 refused.\n")


def test_a_dry_run_writes_nothing(tmp_path: Path, article: Path) -> None:
    result = run(article, "--dry-run", corpus=tmp_path / "c")
    assert result.exit_code == 0
    assert "would be added as vote" in result.stderr
    assert "without --dry-run" in result.stderr
    assert not (tmp_path / "c").exists()


def test_wrong_metadata_stop_before_any_work(tmp_path: Path, article: Path) -> None:
    result = run(article, "--date", "yesterday", corpus=tmp_path / "c")
    assert isinstance(result.exception, SettingError)
    assert not (tmp_path / "c").exists()


def test_no_files_is_a_wrong_call(tmp_path: Path) -> None:
    assert run(corpus=tmp_path).exit_code == 2


def test_a_name_that_a_terminal_would_obey_is_shown(tmp_path: Path) -> None:
    result = run(tmp_path / "\x1b[31mred.txt", corpus=tmp_path / "c")
    assert "\x1b" not in result.stderr
    assert "␛[31mred.txt" in result.stderr


def test_help_has_an_example() -> None:
    result = CliRunner().invoke(app, ["add", "--help"])
    assert "Example: claims add " in result.output


def test_a_doubtful_conversion_is_told_of_and_counted_apart(tmp_path: Path, article: Path) -> None:
    story = "".join(
        f"<p>Delegates of port {n} met in a hall by the sea for three days, and the talks on the "
        "charge went on until the lamps were put out.</p>"
        for n in range(4)
    )
    rest = "".join(f"<p>Ministers of bay {n} opposed the plan and said so.</p>" for n in range(5))
    page = tmp_path / "page.html"
    page.write_text(
        f"<title>The port vote</title><div class='entry-content'><h1>The port vote</h1>{story}"
        f"</div><div class='tags'>{rest}</div>"
    )
    result = run(article, page, "--language", "en", corpus=tmp_path / "c")
    assert result.exit_code == 0
    _, told, warning, counts = result.stderr.splitlines()
    assert told.startswith(f"{page}: added with warnings as page (")
    assert warning.startswith(f"warning: {page}: only 70% of the page's words")
    assert counts.startswith("2 read: 1 added, 1 added with warnings, 0 unchanged, 0 refused. Next")
    dry = run(page, "--dry-run", "--language", "en", corpus=tmp_path / "d")
    assert "0 would be added, 1 would be added with warnings" in dry.stderr
