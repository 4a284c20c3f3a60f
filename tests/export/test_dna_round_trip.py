"""What leaves as a DNA database comes back as the same claims, whatever its texts are made of."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings

from pipeline.errors import RecordError
from pipeline.export.dna_read import read_dna
from pipeline.export.dna_text import (
    cut,
    distinct_names,
    fit_text,
    read_lines,
    read_note,
    replaced_in,
    restored,
    write_lines,
    write_note,
)
from pipeline.export.formats import write_export
from tests.export.claims import article_of, disputed, ends, gathered_of, names, sentences

LEVY = ("concept.x.levy", "Levy", False)
REPEAL = ("concept.x.repeal", "Repeal of the levy; or so", True)


@given(sentences, sentences, ends)
@settings(max_examples=25, deadline=None)
def test_rich_comes_back_whole(
    first: list[tuple[str, str, str, str]], second: list[tuple[str, str, str, str]], end: str
) -> None:
    claims = gathered_of([article_of("a", first, end), article_of("b", second, end)], LEVY, REPEAL)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.dna"
        write_export(path, "dna-rich", claims)
        assert list(read_dna(path)) == list(claims.claims())


@given(sentences, ends)
@settings(max_examples=25, deadline=None)
def test_strict_gives_id_holder_stance_concept_and_span(
    parts: list[tuple[str, str, str, str]], end: str
) -> None:
    claims = gathered_of([article_of("a", parts, end)], LEVY, REPEAL)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.dna"
        write_export(path, "dna", claims)
        back = list(read_dna(path))
    for one, record in zip(back, claims.claims(), strict=True):
        for key in ("id", "article", "text_sha256", "stance", "concepts", "cue", "target"):
            assert one[key] == record[key], key
        held = {key: one["holder"][key] for key in ("start", "end", "text", "entity", "kind")}
        assert held == {key: record["holder"][key] for key in held}
        text = claims.articles["a"].text
        assert one["evidence"]["text"] == text[record["holder"]["start"] : record["target"]["end"]]


@given(names, names)
@settings(deadline=None)
def test_texts_notes_and_names_come_back(one: str, other: str) -> None:
    text = f"{one}\r\n{other}\r\x00 \\ ; \\n"
    assert restored(fit_text(text), replaced_in(text)) == text
    assert len(fit_text(text)) == len(fit_text(text).encode("utf-16-le")) // 2 == len(text)
    pairs = {"a": text.replace("\r", ""), "b": "; c=d", "e": "\\"}
    assert read_note(write_note(pairs)) == pairs
    assert read_lines(write_lines({"a": f"{one}\n\\n: {other}", "b": "\\"})) == {
        "a": f"{one}\n\\n: {other}",
        "b": "\\",
    }
    many = distinct_names({f"{n}": f"{one} {other}" * 3 for n in range(4)})
    assert len(set(many.values())) == 4
    assert all(len(name.encode("utf-16-le")) // 2 <= 190 for name in many.values())


def test_a_cut_name_ends_in_an_ellipsis_and_a_fitting_one_does_not() -> None:
    assert cut("x" * 190) == "x" * 190
    assert cut("x" * 191) == "x" * 189 + "…"
    assert cut("😀" * 100) == "😀" * 94 + "…"


def edited(path: Path, *commands: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        for command in commands:
            connection.execute(command)
        connection.commit()
    return path


@pytest.mark.parametrize("profile", ["dna", "dna-rich"])
def test_what_was_changed_in_dna_is_read_as_it_is_there(tmp_path: Path, profile: str) -> None:
    path = write_export(tmp_path / "c.dna", profile, disputed()).paths[0]
    brazil, china = (
        f"(SELECT ID FROM ENTITIES WHERE Value = '{name}')" for name in ("Brazil", "China")
    )
    edited(
        path,
        "UPDATE DATABOOLEAN SET Value = 0 WHERE VariableId = 4 AND StatementId = 1",
        f"UPDATE DATASHORTTEXT SET Entity = {china} WHERE VariableId = 2 AND Entity = {brazil}",
        "UPDATE ENTITIES SET Value = 'The Treaty of Lima' WHERE Value = 'The Treaty'",
    )
    first, second, *_ = read_dna(path)
    assert (first["stance"], first["holder"]["entity"]) == ("oppose", "country:CN")
    assert second["holder"]["name"] == "United States"
    # A concept that was only called otherwise is the same one.
    assert first["concepts"][0]["id"] == "concept.test.treaty"


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("UPDATE SETTINGS SET Value = '2.0.25' WHERE Property = 'version'", "DNA 2.0.25"),
        ("DELETE FROM SETTINGS", "DNA unknown"),
        ("UPDATE SETTINGS SET Value = '10.1' WHERE Property = 'version'", "DNA 10.1"),
        ("DROP TABLE SETTINGS", "not a database of Discourse Network Analyzer 3"),
        ("DROP TABLE ENTITIES", "not a database of Discourse Network Analyzer 3"),
        ("DELETE FROM STATEMENTTYPES WHERE ID = 1", "no statement type “DNA Statement”"),
        ("UPDATE DOCUMENTS SET Text = 'x' || Text", "is not the one that was exported"),
    ],
)
def test_another_database_is_refused_by_name(tmp_path: Path, command: str, says: str) -> None:
    path = edited(write_export(tmp_path / "c.dna", "dna", disputed()).paths[0], command)
    with pytest.raises(RecordError, match=says) as refused:
        list(read_dna(path))
    assert str(refused.value).startswith(str(path))


@pytest.mark.parametrize(
    "data", [b"", b"<?xml version='1.0'?>", b"SQLite format 3\x00" + b"x" * 99]
)
def test_what_is_no_database_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "old.dna"
    path.write_bytes(data)
    with pytest.raises(RecordError, match=r"old\.dna: not a database of Discourse Network"):
        list(read_dna(path))
    with pytest.raises(RecordError, match=r"none\.dna"):
        list(read_dna(tmp_path / "none.dna"))
