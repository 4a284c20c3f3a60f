"""The figures alone are pictures, the same each time, whatever stands in a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SettingError
from pipeline.report.needs import needed
from pipeline.report.pictures import write_pictures
from tests.report.build import article_of, figures_of, small

PNG = b"\x89PNG\r\n\x1a\n"


def test_each_figure_is_a_picture_and_the_same_each_time(tmp_path: Path) -> None:
    written = write_pictures(tmp_path, figures_of(*small()))
    assert [path.name for path in written] == [
        "matrix.png", "network.png", "time.png", "activity.png",
    ]  # fmt: skip
    first = [path.read_bytes() for path in written]
    assert all(data.startswith(PNG) for data in first)
    assert all(b"Software" not in data and b"tIME" not in data for data in first)
    again = write_pictures(tmp_path, figures_of(*small()))
    assert [path.read_bytes() for path in again] == first


@pytest.mark.parametrize(
    "name", [r"$\frac{a$ & $$", "שלום 中国 😀", "A" * 300, "\\usepackage{x}", "$"]
)
def test_a_name_is_drawn_and_not_read_as_a_formula(tmp_path: Path, name: str) -> None:
    one = article_of("one", (name, "support", name), date="2024")
    assert len(write_pictures(tmp_path, figures_of(one))) == 4


def test_what_has_nothing_to_show_gives_no_picture(tmp_path: Path) -> None:
    assert write_pictures(tmp_path, figures_of()) == []
    undated = article_of("one", ("Alder Union", "support", ""))
    names = [path.name for path in write_pictures(tmp_path, figures_of(undated))]
    assert names == ["matrix.png", "activity.png"]


def test_a_library_that_is_missing_is_named_with_the_command_that_installs_it() -> None:
    with pytest.raises(SettingError, match=r'needs no_such_one; .*"stance-claims\[report\]"'):
        needed("no_such_one.part")
