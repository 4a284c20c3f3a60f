"""The page of speed and memory: what is kept is taken up, what is missed is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import results
from benchmarks.machine import describe_machine, memory
from benchmarks.stage import Asked, Row, Stage, at_least, at_most

MEASURED: list[Path] = []


def measure(asked: Asked) -> Iterator[Row]:
    MEASURED.append(asked.scratch)
    yield at_least("two / one", 1.2, 1.8, "best of three")
    yield at_most("seconds", 0.25, 0.3)


@pytest.fixture(autouse=True)
def stages(monkeypatch: pytest.MonkeyPatch) -> None:
    MEASURED.clear()
    short, long = Stage("short", "Two", measure), Stage("long", "More", measure, long=True)
    monkeypatch.setattr(results, "STAGES", (short, long))


def run(folder: Path, *more: str) -> str:
    """The page of a run."""
    page = folder / "RESULTS.md"
    common = ("--texts", str(folder), "--kept", str(folder / "kept"), "--page", str(page))
    assert results.main([*more, *common]) == 0
    return page.read_text(encoding="utf-8")


def test_the_page_says_what_was_aimed_at_and_missed(tmp_path: Path) -> None:
    page = run(tmp_path)
    assert "| two / one | 1.2 | ≥ 1.8 | **no** | best of three |" in page
    assert "| seconds | 0.25 | ≤ 0.3 | yes |  |" in page
    assert describe_machine() in page
    assert "Not measured with the program as it is: `make bench STAGES=long`." in page


def test_what_is_kept_is_not_measured_again_unless_asked(tmp_path: Path) -> None:
    assert run(tmp_path) == run(tmp_path)
    assert len(MEASURED) == 1
    run(tmp_path, "--again")
    assert len(MEASURED) == 2


def test_what_other_code_found_is_not_taken_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path)
    monkeypatch.setattr(results, "_MADE_OF", ("pyproject.toml",))
    assert "Not measured" in run(tmp_path, "long")
    assert len(MEASURED) == 2


def test_long_stages_are_measured_when_named_or_with_all(tmp_path: Path) -> None:
    run(tmp_path, "long")
    run(tmp_path, "--all")
    assert [path.name for path in MEASURED] == ["long", "short"]


def test_an_unknown_stage_is_named_with_the_known_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(tmp_path, "shrot")
    assert ended.value.code == 2
    assert "no stage is named 'shrot'; there are short, long" in capsys.readouterr().err


def test_the_machine_is_told_without_its_name() -> None:
    import platform

    assert "cores" in describe_machine()
    assert memory() > 2**28
    assert not platform.node() or platform.node() not in describe_machine()
