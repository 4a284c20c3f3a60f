from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pipeline.cli.evaluate import evaluate
from pipeline.errors import SettingError

TEXT = "Chile rejected the draft. Peru praised the plan."
CLAIM = {
    "holder": {"start": 0, "end": 5, "entity": "country:CL"},
    "cue": {"start": 6, "end": 14},
    "stance": "oppose",
    "form": "statement",
    "target": {"start": 15, "end": 24},
    "negated": False,
    "hedged": False,
    "attribution": None,
}
MENTION = {"start": 0, "end": 5, "type": "ACTOR", "kind": "state", "entity": "country:CL"}


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    app.command()(evaluate)
    return app


def _write(path: Path, *articles: dict[str, object]) -> str:
    path.write_text("".join(json.dumps(a) + "\n" for a in articles), encoding="utf-8")
    return str(path)


def _article(article: str = "a", text: str = TEXT, **fields: object) -> dict[str, object]:
    return {"article": article, "text": text, "mentions": [MENTION], "claims": [CLAIM], **fields}


def test_json_goes_to_stdout_and_talk_to_stderr(app: typer.Typer, tmp_path: Path) -> None:
    gold = _write(tmp_path / "gold.jsonl", _article())
    result = CliRunner().invoke(app, [gold, gold, "--json"])
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert report["headline"]["f1"] == 1.0
    assert report["headline"]["interval"] == [1.0, 1.0]
    assert "1 gold article read" in result.stderr


def test_tables_and_errors_are_plain_in_a_pipe(app: typer.Typer, tmp_path: Path) -> None:
    gold = _write(tmp_path / "gold.jsonl", _article())
    pred = _write(tmp_path / "pred.jsonl", _article(claims=[{**CLAIM, "stance": "support"}]))
    result = CliRunner().invoke(app, [gold, pred, "--errors"])
    assert result.exit_code == 0
    assert "stance reversed: Chile (country:CL) | rejected | oppose | the draft" in result.stdout
    assert "claims + stance F1 0.000" in result.stdout
    assert "\x1b" not in result.stdout


def test_a_missing_prediction_exits_with_1_and_is_named(app: typer.Typer, tmp_path: Path) -> None:
    gold = _write(tmp_path / "gold.jsonl", _article("a"), _article("b"))
    pred = _write(tmp_path / "pred.jsonl", _article("b"))
    result = CliRunner().invoke(app, [gold, pred, "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["missing"] == ["a"]
    assert "no prediction for article 'a'" in result.stderr


def test_a_prediction_that_is_not_in_gold_is_told(app: typer.Typer, tmp_path: Path) -> None:
    gold = _write(tmp_path / "gold.jsonl", _article())
    pred = _write(tmp_path / "pred.jsonl", _article(), _article("z"))
    result = CliRunner().invoke(app, [gold, pred])
    assert result.exit_code == 0
    assert "'z' is not in gold" in result.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"article": "a"\n', "pred.jsonl:1"),
        (json.dumps(_article(text=TEXT.replace("plan", "pact"))), "code point 44"),
    ],
)
def test_what_cannot_be_scored_stops_as_a_wrong_setting(
    app: typer.Typer, tmp_path: Path, content: str, message: str
) -> None:
    gold = _write(tmp_path / "gold.jsonl", _article())
    pred = tmp_path / "pred.jsonl"
    pred.write_text(content, encoding="utf-8")
    result = CliRunner().invoke(app, [gold, str(pred)])
    assert isinstance(result.exception, SettingError)
    assert message in str(result.exception)
    assert result.stdout == ""


def test_a_file_that_is_not_there_is_named(app: typer.Typer, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, [str(tmp_path / "none.jsonl")])
    assert isinstance(result.exception, SettingError)
    assert "none.jsonl" in str(result.exception)


def test_the_seed_fixes_the_interval(app: typer.Typer, tmp_path: Path) -> None:
    gold = _write(tmp_path / "gold.jsonl", *(_article(f"a{n}") for n in range(5)))
    pred = _write(
        tmp_path / "pred.jsonl",
        *(_article(f"a{n}", claims=[CLAIM] if n % 2 else []) for n in range(5)),
    )
    runs = [
        CliRunner().invoke(app, [gold, pred, "--json", "--seed", seed, "--samples", "40"]).stdout
        for seed in ("3", "3")
    ]
    assert runs[0] == runs[1]
    low, high = json.loads(runs[0])["headline"]["interval"]
    assert low < json.loads(runs[0])["headline"]["f1"] < high
