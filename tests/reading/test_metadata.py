from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ArticleError, SettingError
from pipeline.reading.metadata import (
    check_overrides,
    from_front_matter,
    read_metadata,
    to_toml,
    write_metadata,
)


def test_known_fields_come_first_and_the_source_last() -> None:
    values = {"source": {"file": "a"}, "zone": 1, "language": "en", "title": "A", "other": {"b": 2}}
    assert list(tomllib.loads(to_toml(values))) == ["title", "language", "zone", "other", "source"]


@given(st.dictionaries(st.sampled_from(["title", "author"]), st.text(max_size=30), max_size=2))
def test_any_value_comes_back(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, object]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    write_metadata(path, values)
    assert read_metadata(path) == values


def test_dates_are_iso_strings(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("date = 2024-05-31\nseen = 2024-05-31T10:00:00Z\n")
    assert read_metadata(tmp_path / "a.toml") == {
        "date": "2024-05-31",
        "seen": "2024-05-31T10:00:00+00:00",
    }


def test_no_file_is_no_metadata(tmp_path: Path) -> None:
    assert read_metadata(tmp_path / "none.toml") == {}


def test_a_malformed_file_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('title = "A"\nauthor = \n')
    with pytest.raises(ArticleError, match=r"a\.toml:2: is not TOML") as caught:
        read_metadata(tmp_path / "a.toml")
    assert caught.value.cause == "metadata"


def test_front_matter_becomes_metadata() -> None:
    values: dict[str, object] = {
        "Title": "A pact",
        "lang": "en",
        "date": date(2024, 5, 31),
        "author": ["A. Paz", "B. Sol"],
        "draft": False,
        "publisher": None,
        "modified": datetime(2024, 6, 1, 9, 30),
        "licence": {"name": "CC0"},
        "source": "wire",
    }
    assert from_front_matter(values) == {
        "title": "A pact",
        "language": "en",
        "date": "2024-05-31",
        "author": "A. Paz, B. Sol",
        "other": {
            "draft": False,
            "modified": "2024-06-01T09:30:00",
            "licence": {"name": "CC0"},
            "source": "wire",
        },
    }


def test_overrides_without_a_value_are_left_out() -> None:
    assert check_overrides({"title": " A pact ", "author": None}) == {"title": "A pact"}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"date": "31/05/2024"}, "--date '31/05/2024' .* 2024-05-31"),
        ({"date": "2024-13"}, "--date"),
        ({"language": "English"}, "--language 'English' .* en or pt-BR"),
        ({"url": "example.org"}, "--url"),
        ({"title": " "}, "--title is empty"),
        ({"title": "half \ud800"}, "--title .*UTF-8"),
        ({"colour": "red"}, "'colour'; there are: title, author"),
    ],
)
def test_wrong_overrides_stop_the_call(values: dict[str, str | None], message: str) -> None:
    with pytest.raises(SettingError, match=message):
        check_overrides(values)
