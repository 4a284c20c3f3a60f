"""The whole evaluation, on small texts of ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.language import Language

from benchmarks import quality
from benchmarks.out_of_fold import build_corpus
from benchmarks.profiles import Asked, points_of, score_annotated, score_curve
from pipeline.jsonl import write_extractions
from tests.training.annotated import annotated, marked_articles, rows_of
from training.folds import split_folds

MARKED = marked_articles()
GOLD = tuple(annotated(name, one) for name, one in MARKED.items())


@pytest.fixture(scope="module")
def readings(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folds = split_folds({name: one.text for name, one in MARKED.items()})
    rows = rows_of(nlp, MARKED, {name: [str(fold)] for name, fold in folds.items()})
    path = tmp_path_factory.mktemp("readings") / "oof.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_texts_that_are_not_there_are_named_and_the_rest_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("DEV_TEXTS", str(tmp_path / "none"))
    asked = ["--limit", "3", "--profile", "fast", "--json", "--kept", str(tmp_path)]
    assert quality.main(asked) == 0
    found = json.loads(capsys.readouterr().out)
    assert {one["set"] for one in found["figures"]} == {"pairs"}
    notes = "\n".join(found["notes"])
    assert all(f"{name}: left out, since " in notes for name in ("claims", "gold", "polnear"))
    assert "DEV_TEXTS" in notes


def test_a_set_that_is_missing_is_named_and_the_others_are_measured(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "gold").mkdir()
    write_extractions(tmp_path / "gold" / "dev.jsonl", GOLD[:4])
    asked = ["--set", "polnear", "gold", "--profile", "fast", "--texts", str(tmp_path)]
    assert quality.main([*asked, "--kept", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "gold: 4 articles (news 4)" in out
    assert "claims + stance F1" in out
    assert "note: polnear: left out, since polnear/dev.jsonl is not there" in out


@pytest.mark.parametrize(
    "asked",
    [
        ["--texts", "no-such-folder"],
        ["--set", "gold", "polnear", "--file", "x.jsonl"],
        ["--inner", "x.jsonl"],
        ["--curve", "25"],
        ["--curve", "0=x.jsonl"],
        ["--curve", "quarter=x.jsonl"],
    ],
)
def test_a_wrong_setting_ends_with_2(asked: list[str]) -> None:
    try:
        code: object = quality.main(asked)
    except SystemExit as error:
        code = error.code
    assert code == 2


def test_full_is_not_printed_of_articles_that_its_weights_learned(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "claims").mkdir()
    write_extractions(tmp_path / "claims" / "train.jsonl", GOLD)
    folders = ["--texts", str(tmp_path), "--kept", str(tmp_path)]
    asked = ["--set", "claims", "--limit", "2", *folders, "--json"]
    assert quality.main(asked) == 0
    found = json.loads(capsys.readouterr().out)
    assert {one["profile"] for one in found["figures"]} == {"fast"}
    assert any(note.startswith("claims, full: not printed") for note in found["notes"])
    assert quality.main([*asked, "--readings", str(tmp_path / "none.jsonl")]) == 2


def test_with_readings_full_is_out_of_fold_and_has_a_learning_curve(
    readings: Path, tmp_path: Path
) -> None:
    asked = Asked(readings=readings, curve={50.0: readings}, kept=tmp_path)
    corpus = build_corpus(GOLD, GOLD)
    fast = score_annotated(asked, corpus, "fast")
    full = score_annotated(asked, corpus, "full")
    assert [(one.name, one.part) for one in fast] == [(one.name, one.part) for one in full]
    assert list(points_of(asked)) == ["25 %, judge alone", "50 %", "100 %"]

    curve = score_curve(asked, corpus, fast)
    whole = {one.name: one.value for one in full if one.part == "all"}
    last = {
        one.name: one.value for one in curve if (one.part, one.profile) == ("100 %, all", "full")
    }
    assert last == {name: whole[name] for name in last}
    assert len(last) == 3
    flat = [one.value for one in curve if one.profile == "fast" and one.part.endswith(", all")]
    assert len(set(flat)) == len(
        {one.value for one in fast if one.name in last and one.part == "all"}
    )

    again = Asked(readings=readings, curve={50.0: readings}, kept=tmp_path)
    unparsed = build_corpus(GOLD, GOLD)
    assert score_annotated(again, unparsed, "full") == full
    assert not unparsed._parsed


def test_a_curve_without_readings_of_all_has_only_its_own_points(readings: Path) -> None:
    assert list(points_of(Asked(curve={25.0: readings}))) == ["25 %"]
    assert points_of(Asked()) == {}
