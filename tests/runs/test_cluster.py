"""A real Dask cluster whose workers are killed: every part once, and the bytes of one process."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.errors import SettingError
from pipeline.records import Article
from pipeline.runs.cluster import connected, extract_here, extract_on
from pipeline.runs.extractor import DIED, Extractor, Found, Making, extract_lines
from pipeline.runs.guard import Failure
from pipeline.runs.parts import Plan, begin, finish, made_with
from pipeline.runs.shards import find_shards, read_shard

from .test_pool import children_of

if TYPE_CHECKING:
    from spacy.language import Language

FAST = Making(profile="fast")
pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="finds the processes to kill in /proc"
)


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    with connected(None, 2) as found:
        yield found


def write_input(path: Path, texts: list[str]) -> str:
    lines = [json.dumps({"article": f"a{n}", "text": text}) for n, text in enumerate(texts)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def plan_of(source: str, folder: Path, size: int) -> Plan:
    return Plan(str(folder / "out"), tuple(find_shards([source], size=size)), FAST)


def lines_of(plan: Plan) -> list[str]:
    parts = [Path(plan.part(number)) for number in range(len(plan.shards))]
    return [line for part in parts for line in part.read_text("utf-8").splitlines()]


def test_killed_workers_lose_and_double_nothing_and_bytes_are_those_of_one_process(
    client: Any, nlp: Language, tmp_path: Path
) -> None:
    """The real model: some of its workers are killed while they are at a shard."""
    texts = [f"Chile rejected draft {n}, and Peru praised it." for n in range(60)]
    source = write_input(tmp_path / "in.jsonl", texts)
    plan = plan_of(source, tmp_path, 1000)
    kills = 0
    for count, _ in enumerate(extract_on(client, plan, begin(plan))):
        if count in (0, 2):
            os.kill(Random(count).choice(children_of(os.getpid())), signal.SIGKILL)
            kills += 1
    total, undone = finish(plan)
    assert kills == 2
    assert (total.read, total.written, undone) == (60, 60, 0)
    (whole,) = find_shards([source])
    alone = extract_lines(Extractor(FAST, nlp), read_shard(whole))
    assert lines_of(plan) == [item.line for item in alone if isinstance(item, Found)]
    parts = [f"part-{n:05}.jsonl" for n in range(len(plan.shards))]
    names = sorted(path.name for path in Path(plan.folder).iterdir() if path.is_file())
    assert names == ["_SUCCESS", "_plan.json", *parts]


class Quick(Extractor):
    """Upper case for a claim, so that killing takes no time; ends its process at MURDER."""

    def __call__(self, articles: Sequence[Article]) -> list[Found | Failure]:
        if any("MURDER" in article.text for article in articles):
            os.kill(os.getpid(), signal.SIGKILL)
        for article in articles:
            if article.text.startswith("random"):
                self.die_once(article)
        return [Found(article.id, article.text.upper()) for article in articles]

    def die_once(self, article: Article) -> None:
        """End the process at a random moment after now, the first time that the article comes."""
        mark = Path(article.text.partition(" ")[2])
        if not mark.exists():
            mark.touch()
            threading.Timer(Random().uniform(0, 0.05), os.kill, (os.getpid(), 9)).start()


def quick(making: Making) -> Extractor:
    return Quick(making)


def test_an_article_that_ends_its_workers_is_named_and_the_others_are_done(
    client: Any, tmp_path: Path
) -> None:
    texts = ["chile"] * 50
    texts[17] = texts[31] = "MURDER"
    plan = plan_of(write_input(tmp_path / "in.jsonl", texts), tmp_path, 700)
    for _ in extract_on(client, plan, begin(plan), load=quick):
        pass
    total, undone = finish(plan)
    assert (total.read, total.written, undone) == (50, 48, 0)
    assert [(one.article, one.cause) for one in total.failures] == [("a17", DIED), ("a31", DIED)]
    assert lines_of(plan) == ["CHILE"] * 48
    assert not list((Path(plan.folder) / "_trails").iterdir())


def test_workers_that_die_at_random_moments_lose_and_double_nothing(
    client: Any, tmp_path: Path
) -> None:
    marks = tmp_path / "marks"
    marks.mkdir()
    texts = [f"random {marks / str(n)}" if n % 40 == 3 else f"text {n}" for n in range(160)]
    plan = plan_of(write_input(tmp_path / "in.jsonl", texts), tmp_path, 600)
    for _ in extract_on(client, plan, begin(plan), load=quick):
        pass
    total, undone = finish(plan)
    assert (total.read, total.written, undone) == (160, 160, 0)
    assert lines_of(plan) == [text.upper() for text in texts]
    assert len(list(marks.iterdir())) == 4


def test_a_worker_with_something_else_installed_is_refused(tmp_path: Path) -> None:
    plan = plan_of(write_input(tmp_path / "in.jsonl", ["chile"]), tmp_path, 700)
    made = {**made_with(FAST), "package": "stance-claims==0.0.1"}
    refused = extract_here(plan, 0, made, load=quick)
    assert isinstance(refused, SettingError)
    assert "a worker has package stance-claims==" in str(refused)
    assert not Path(plan.part(0)).exists()


def test_where_no_scheduler_answers_the_address_is_named() -> None:
    with (
        pytest.raises(SettingError, match=r"tcp://127.0.0.1:9: no Dask scheduler"),
        connected("tcp://127.0.0.1:9", 1),
    ):
        pass
