"""What was measured by the same code on the same text is not measured again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from benchmarks.kept import Store, digest_code, take_up


def store(folder: Path, made: str = "one") -> Store:
    return Store("words-fast", made, folder)


class Counting:
    """Lengths of words, with what was asked for."""

    def __init__(self, fails_at: str = "") -> None:
        self.asked: list[str] = []
        self._fails_at = fails_at

    def __call__(self, words: Sequence[str]) -> Iterator[int]:
        for word in words:
            self.asked.append(word)
            if word == self._fails_at:
                raise MemoryError(word)
            yield len(word)


def test_only_what_is_new_is_made(tmp_path: Path) -> None:
    first, second = Counting(), Counting()
    assert take_up(store(tmp_path), ["a", "bb"], str, first) == [1, 2]
    assert take_up(store(tmp_path), ["ccc", "bb", "a"], str, second) == [3, 2, 1]
    assert (first.asked, second.asked) == (["a", "bb"], ["ccc"])


def test_other_code_makes_all_anew_and_takes_the_old_results_away(tmp_path: Path) -> None:
    take_up(store(tmp_path), ["a"], str, Counting())
    again = Counting()
    take_up(store(tmp_path, "two"), ["a"], str, again)
    assert again.asked == ["a"]
    assert [path.name for path in tmp_path.iterdir()] == ["words-fast.two.jsonl"]


def test_a_run_that_was_ended_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with pytest.raises(MemoryError):
        take_up(store(tmp_path), ["a", "bb", "ccc"], str, Counting(fails_at="ccc"))
    again = Counting()
    assert take_up(store(tmp_path), ["a", "bb", "ccc"], str, again) == [1, 2, 3]
    assert again.asked == ["ccc"]


def test_a_line_that_was_cut_off_is_made_again(tmp_path: Path) -> None:
    take_up(store(tmp_path), ["a", "bb"], str, Counting())
    path = store(tmp_path).path
    path.write_text(path.read_text(encoding="utf-8")[:-3], encoding="utf-8")
    for asked in (["bb"], []):
        again = Counting()
        assert take_up(store(tmp_path), ["a", "bb"], str, again) == [1, 2]
        assert again.asked == asked


def test_the_digest_is_of_the_profile_and_of_the_files(tmp_path: Path) -> None:
    readings = tmp_path / "oof.jsonl"
    readings.write_text("{}", encoding="utf-8")
    digests = [digest_code("fast"), digest_code("full"), digest_code("full", None, (readings,))]
    assert len(set(digests)) == 3
    assert digest_code("fast") == digests[0]
