"""Two lines give tidy frames, and nothing heavy is loaded before they are asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import pipeline
from pipeline.errors import SettingError
from pipeline.export.columns import COLUMNS
from pipeline.export.frames import to_frames
from tests.cli.running import environment
from tests.dataset.build import article, chile, decide, peru, workspace
from tests.export.records import claim, gathered_of


def test_two_lines_give_the_frames_of_a_workspace(tmp_path: Path) -> None:
    workspace(tmp_path, decide(chile()))
    claims, mentions, articles = pipeline.load(tmp_path)
    assert claims["holder"].tolist() == ["Chile"]
    assert claims["holder_entity"].tolist() == ["country:CL"]
    assert mentions["name"].tolist() == ["Chile", "Peru"]
    assert mentions["country"].tolist() == ["CL", "PE"]
    (one,) = articles.to_dict("records")
    assert (one["article"], one["publisher"], one["claims"], one["mentions"]) == (
        "note", "The Paper", 1, 2,
    )  # fmt: skip


def test_the_machines_claims_and_another_rule_can_be_asked_for(tmp_path: Path) -> None:
    workspace(tmp_path, decide(chile()))
    extracted = pipeline.load(tmp_path, extracted=True).claims
    assert extracted["holder"].tolist() == ["Chile", "Peru"]
    assert set(extracted["source"]) == {"machine"}
    assert pipeline.load(tmp_path, rule="adjudicated").claims.empty
    assert len(pipeline.load(tmp_path, rule="first").claims) == 1


def test_folders_of_other_names_can_be_given(tmp_path: Path) -> None:
    corpus, annotations = workspace(tmp_path, decide(peru()))
    corpus.rename(tmp_path / "texts")
    annotations.rename(tmp_path / "work")
    found = pipeline.load(corpus=tmp_path / "texts", annotations=tmp_path / "work")
    assert found.claims["holder"].tolist() == ["Peru"]


def test_what_is_left_out_is_a_warning(tmp_path: Path) -> None:
    corpus, _ = workspace(tmp_path, decide(chile()))
    (corpus / "bad.txt").write_bytes(b"\x00\xff\x00 binary")
    with pytest.warns(UserWarning, match="left out: article bad cannot be read"):
        assert len(pipeline.load(tmp_path).claims) == 1


def test_a_folder_without_a_corpus_and_a_rule_that_is_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"no corpus folder .* give load the project's folder"):
        pipeline.load(tmp_path)
    workspace(tmp_path)
    with pytest.raises(SettingError, match="no rule 'all'; there are: first, majority"):
        pipeline.load(tmp_path, rule="all")


def test_columns_are_typed_and_there_is_a_row_a_statement() -> None:
    claims = to_frames(gathered_of([claim(), claim("a2", concepts=[])], note=article())).claims
    assert set(claims.columns) == {*COLUMNS, "date_precision"}
    assert claims["id"].tolist() == ["a1", "a1", "a2"]
    assert claims["concept_stance"].tolist() == ["oppose", "support", None] or pd.isna(
        claims["concept_stance"].iloc[2]
    )
    assert claims["concept_turned"].tolist() == [False, True, pd.NA]
    assert claims["stance"].cat.categories.tolist() == ["support", "oppose", "neutral"]
    types = claims.dtypes.astype(str)
    assert types["date"] == "datetime64[s]"
    assert types["decided_at"] == "datetime64[us, UTC]"
    assert (types["agree"], types["score"], types["hedged"]) == ("Int64", "float64", "boolean")
    assert claims["holder_country"].tolist() == ["NA"] * 3


@pytest.mark.parametrize(
    ("stated", "day", "exact"),
    [
        ("2024-05-31", "2024-05-31", "day"),
        ("2024-05", "2024-05-01", "month"),
        ("1066", "1066-01-01", "year"),
        (None, None, None),
        ("soon", None, None),
    ],
)
def test_dates_say_how_exact_they_are(stated: str | None, day: str | None, exact: str) -> None:
    records = [claim(metadata={"date": stated} if stated else {}, concepts=[])]
    (row,) = to_frames(gathered_of(records)).claims.to_dict("records")
    assert (None if pd.isna(row["date"]) else str(row["date"])[:10]) == day
    assert (None if pd.isna(row["date_precision"]) else row["date_precision"]) == exact


def test_frames_of_nothing_have_the_columns_and_types_all_the_same() -> None:
    full, empty = to_frames(gathered_of([claim()], note=article())), to_frames(gathered_of([]))
    for some, none in zip(full, empty, strict=True):
        assert none.empty
        assert none.dtypes.astype(str).to_dict() == some.dtypes.astype(str).to_dict()


def test_importing_the_package_loads_neither_pandas_nor_spacy() -> None:
    code = (
        "import sys, pipeline; pipeline.load; print(*{'pandas', 'numpy', 'spacy'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
