"""A file that holds no claims a line is refused once, by what it is, and not line after line."""

from __future__ import annotations

import codecs
import csv
import sqlite3
from pathlib import Path

import pytest

from pipeline.export.formats import write_export
from pipeline.importing.files import Refused, read_claims
from tests.report.build import gather, small

LINE = '{"article": "vote", "holder": "Chile", "cue": "rejected", "stance": "oppose"}\n'


def no_text(_: object) -> None:
    """No article is here."""


def refusals(path: Path) -> list[str]:
    found = list(read_claims(path, source="model", text_of=no_text))
    assert all(isinstance(one, Refused) for one in found)
    return [one.says.removeprefix(f"{path}: ") for one in found if isinstance(one, Refused)]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("csv", "a table; claims are read as JSON lines: export them with -f jsonl"),
        ("tidy", "a table;"),
        ("xlsx", "an archive, as Excel files and QDA projects are;"),
        ("refi-qda", "an archive,"),
        ("graphml", "XML or HTML;"),
        ("dna", "a database; one that was coded in Discourse Network Analyzer is read where"),
        ("spacy", "not text;"),
    ],
)
def test_another_format_of_ours_is_named(tmp_path: Path, name: str, says: str) -> None:
    path = tmp_path / "claims"
    write_export(path, name, gather(*small()))
    (said,) = refusals(path)
    assert said.startswith(says)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (f"[\n{LINE},\n{LINE}]\n".encode(), "one JSON array; write a line a claim"),
        ("\ufeff[]".encode(), "one JSON array;"),
        ('"holder";"article"\nChile;vote\n'.encode("utf-8-sig"), "a table;"),
        (b"holder\tcue\tarticle\r\nChile\trejected\tvote\r\n", "a table;"),
        (codecs.BOM_UTF16_LE + LINE.encode("utf-16-le"), "not text; claims are read as JSON lines"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\n\n\n", "not text;"),
        (b"<!DOCTYPE html>\n<p>Chile\n", "XML or HTML;"),
    ],
)
def test_any_other_file_is_named(tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "file").write_bytes(data)
    (said,) = refusals(tmp_path / "file")
    assert said.startswith(says)


def test_a_database_of_whatever_name_is_named(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "any.jsonl") as connection:
        connection.execute("create table any (thing)")
    connection.close()
    (said,) = refusals(tmp_path / "any.jsonl")
    assert said.startswith("a database;")


@pytest.mark.parametrize("before", ["", "\ufeff", "\n\n", "nonsense, with a comma\n", "article\n"])
def test_lines_among_which_are_claims_are_read(tmp_path: Path, before: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(before + LINE * 2, encoding="utf-8")
    found = list(read_claims(path, source="model", text_of=no_text))
    assert [isinstance(one, Refused) for one in found][-2:] == [False, False]


def test_a_table_without_our_columns_is_refused_by_its_lines(tmp_path: Path) -> None:
    with (tmp_path / "other.csv").open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([["who", "what"], ["Chile", "vote"]])
    assert len(refusals(tmp_path / "other.csv")) == 2
