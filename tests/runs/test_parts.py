"""Inputs cut into shards and outputs in parts: every line once, whatever the cut."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import SettingError
from pipeline.records import Article
from pipeline.runs.extractor import Extractor, Found, Making, extract_lines
from pipeline.runs.guard import Failure
from pipeline.runs.parts import Plan, begin, extract_shards, finish
from pipeline.runs.shards import Shard, find_shards, read_shard
from pipeline.runs.streams import as_text, list_names, open_result, open_source

if TYPE_CHECKING:
    from spacy.language import Language

FAST = Making(profile="fast")


def line_of(article: Article) -> str:
    return json.dumps({"article": article.id, "text": article.text}, ensure_ascii=False)


def write_input(path: Path, lines: list[str], end: str = "\n") -> None:
    path.write_text("".join(line + end for line in lines), encoding="utf-8", newline="")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
@pytest.mark.parametrize("seed", range(6))
def test_every_line_is_in_one_shard_wherever_the_cuts_fall(
    tmp_path: Path, end: str, seed: int
) -> None:
    random = Random(seed)
    articles = [Article(f"a{n}", "é" * random.choice((1, 3, 40, 300))) for n in range(50)]
    lines = [line_of(article) for article in articles]
    lines.insert(20, "no json")
    path = tmp_path / "in.jsonl"
    write_input(path, lines, end)
    if seed % 2:
        path.write_bytes(path.read_bytes().rstrip())
    size = random.choice((1, 7, 64, 500, 5000, 10**6))
    shards = list(find_shards([str(path)], size=size))
    found = [item for shard in shards for item in read_shard(shard)]
    assert [item for item in found if isinstance(item, Article)] == articles
    (failure,) = (item for item in found if isinstance(item, Failure))
    assert failure.cause == "not-json"
    assert len(shards) == -(-path.stat().st_size // size)


@pytest.mark.parametrize("packed", [".gz", ".zst"])
def test_a_packed_file_is_one_shard_whatever_its_name(tmp_path: Path, packed: str) -> None:
    place = str(tmp_path / f"in.jsonl{packed}")
    with open_result(place) as raw, as_text(raw) as stream:
        stream.write("".join(line_of(Article(f"a{n}", "x")) + "\n" for n in range(99)))
    (tmp_path / "plain.jsonl").write_bytes(Path(place).read_bytes())
    for name in (place, str(tmp_path / "plain.jsonl")):
        (shard,) = find_shards([name], size=16)
        assert shard == Shard(name)
        assert len(list(read_shard(shard))) == 99


def test_a_source_is_a_file_a_folder_or_a_pattern(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("b.jsonl", "a.jsonl", "_plan.json", ".hidden"):
        write_input(folder / name, ["{}"])
    both = [str(folder / "a.jsonl"), str(folder / "b.jsonl")]
    assert [one.source for one in find_shards([str(folder)])] == both
    assert [one.source for one in find_shards([f"{folder}/?.j*"])] == both
    assert [one.source for one in find_shards([both[1], both[0]])] == [both[1], both[0]]
    for missing in (f"{folder}/*.txt", f"{folder}/none.jsonl"):
        with pytest.raises(SettingError, match=r"no such file|not there"):
            list(find_shards([missing]))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    lines = [
        line_of(Article(f"a{n}", f"Chile rejected draft {n}. {'Peru praised it. ' * (n % 4)}"))
        for n in range(30)
    ]
    lines.insert(9, '{"article": "b"}')
    write_input(path, lines)
    return path


def alone(nlp: Language, source: Path) -> list[Found | Failure]:
    (shard,) = find_shards([str(source)])
    return list(extract_lines(Extractor(FAST, nlp), read_shard(shard)))


def lines_in(found: list[Found | Failure]) -> list[str]:
    return [item.line for item in found if isinstance(item, Found)]


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet"])
@pytest.mark.parametrize("place", ["folder", "memory"])
def test_the_parts_together_are_what_one_stream_gives(
    nlp: Language, tmp_path: Path, source: Path, suffix: str, place: str
) -> None:
    folder = str(tmp_path / "out") if place == "folder" else f"memory://out{suffix}"
    plan = Plan(folder, tuple(find_shards([str(source)], size=500)), FAST, suffix)
    numbers = begin(plan)
    reports = list(extract_shards(plan, numbers, Extractor(FAST, nlp)))
    assert len(reports) == len(plan.shards) > 4
    total, undone = finish(plan)
    assert (total.read, total.written, undone) == (31, 30, 0)
    assert [failure.cause for failure in total.failures] == ["missing-key"]
    assert total.failures[0].article.startswith(str(source))
    parts = [name for name in list_names(folder) if not name.startswith("_")]
    assert parts == [f"part-{n:05}{suffix}" for n in range(len(plan.shards))]
    found = [line for name in parts for line in read_part(f"{folder}/{name}")]
    assert found == lines_in(alone(nlp, source))
    with open_source(f"{folder}/_SUCCESS") as stream:
        counts = {"parts": len(parts), "read": 31, "written": 30, "failed": 1}
        assert json.load(stream) == counts


def read_part(name: str) -> list[str]:
    with open_source(name) as stream:
        if name.endswith(".parquet"):
            import pyarrow.parquet

            table = pyarrow.parquet.read_table(BytesIO(stream.read())).to_pylist()
            assert all(row["claims"][0]["holder"] == "Chile" for row in table)
            assert all(json.loads(row["record"])["article"] == row["article"] for row in table)
            return [row["record"] for row in table]
        return stream.read().decode("utf-8").splitlines()


def test_a_run_is_taken_up_where_it_was(nlp: Language, tmp_path: Path, source: Path) -> None:
    plan = Plan(str(tmp_path / "out"), tuple(find_shards([str(source)], size=500)), FAST)
    reports = extract_shards(plan, begin(plan), Extractor(FAST, nlp))
    next(reports), next(reports)
    reports.close()  # type: ignore[attr-defined]
    first = Path(plan.part(0))
    before = first.stat().st_mtime_ns
    Path(plan.report(1)).unlink()  # as where it ended between a part and its report
    assert finish(plan)[1] == len(plan.shards) - 1
    assert not (tmp_path / "out" / "_SUCCESS").exists()
    numbers = begin(plan)
    assert numbers == list(range(1, len(plan.shards)))
    list(extract_shards(plan, numbers, Extractor(FAST, nlp)))
    assert first.stat().st_mtime_ns == before
    found = [line for n in range(len(plan.shards)) for line in read_part(plan.part(n))]
    assert found == lines_in(alone(nlp, source))
    assert begin(plan) == []
    assert begin(plan, anew=True) == list(range(len(plan.shards)))
    assert not first.exists()


def test_a_folder_of_something_else_is_refused(tmp_path: Path, source: Path) -> None:
    plan = Plan(str(tmp_path / "out"), tuple(find_shards([str(source)])), FAST)
    begin(plan)
    with pytest.raises(SettingError, match=r"other made with; .*--force"):
        begin(Plan(plan.folder, plan.shards, Making()))
    with pytest.raises(SettingError, match=r"other format, input; .*--force"):
        begin(Plan(plan.folder, (), FAST, ".parquet"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").touch()
    with pytest.raises(SettingError, match="is not empty, and holds no parts"):
        begin(Plan(str(tmp_path / "mine"), plan.shards, FAST))


def test_a_part_that_cannot_be_finished_is_not_there(
    nlp: Language, tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = Plan(str(tmp_path / "out"), tuple(find_shards([str(source)])), FAST)
    numbers = begin(plan)
    monkeypatch.setattr("pipeline.runs.parts.Report.note", fail_at_the_tenth())
    with pytest.raises(KeyboardInterrupt):
        list(extract_shards(plan, numbers, Extractor(FAST, nlp)))
    assert list_names(plan.folder) == ["_plan.json"]


def fail_at_the_tenth() -> object:
    seen = []

    def note(_self: object, item: object) -> None:
        seen.append(item)
        if len(seen) == 10:
            raise KeyboardInterrupt

    return note
