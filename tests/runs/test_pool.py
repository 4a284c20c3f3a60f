"""Worker processes that are killed, over and over: every item has one result, in its place."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random

import pytest

from pipeline.errors import SettingError
from pipeline.runs.pool import Died, WorkerError, start_methods, work_in_processes

METHODS = [
    pytest.param(name, marks=[] if name in start_methods() else pytest.mark.skip)
    for name in ("fork", "spawn")
]
ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="finds the processes to kill in /proc"
)


def double(items: Sequence[int]) -> list[int]:
    return [2 * item for item in items]


def doubling() -> object:
    return double


def groups_of(count: int, size: int) -> Iterator[tuple[int, list[int]]]:
    """Groups with none, one and more numbers; each tag is the first number after it."""
    for start in range(0, count, size):
        yield start, list(range(start, min(start + size, count)))
        if start % 3 == 0:
            yield -1, []


def flat(found: Iterator[tuple[int, list[int | Died]]]) -> list[int | Died]:
    return [result for _, results in found for result in results]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("workers", [1, 3])
def test_results_come_in_order_whatever_the_number_of_workers(method: str, workers: int) -> None:
    groups = list(groups_of(100, 7))
    found = list(work_in_processes(doubling, groups, workers=workers, method=method))  # type: ignore[arg-type]
    assert found == [(tag, double(items)) for tag, items in groups]


def slow_first(items: Sequence[int]) -> list[int]:
    time.sleep(0.3 if 0 in items else 0)
    return double(items)


def test_a_slow_group_holds_the_order_and_the_queue_is_bounded() -> None:
    taken = []

    def groups() -> Iterator[tuple[int, list[int]]]:
        for number in range(1000):
            taken.append(number)
            yield number, [number]

    found = work_in_processes(lambda: slow_first, groups(), workers=2, method="fork")
    assert next(found) == (0, [0])
    assert len(taken) <= 10
    found.close()  # type: ignore[attr-defined]
    assert len(taken) <= 10


def die_once(folder: Path, items: Sequence[int]) -> list[int]:
    """Twice each item; for some a signal ends this process at a random moment, the first time."""
    random = Random(os.getpid())
    for item in items:
        mark = folder / str(item)
        if item % 4 == 0 and not mark.exists():
            mark.touch()
            killer = threading.Timer(
                random.uniform(0, 0.004), os.kill, (os.getpid(), signal.SIGKILL)
            )
            killer.start()
            killer.join()
    return double(items)


@pytest.mark.parametrize("method", METHODS)
def test_each_item_whose_process_died_is_done_again(tmp_path: Path, method: str) -> None:
    count = 240 if method == "fork" else 24
    prepare = partial(giving, tmp_path)
    found = work_in_processes(prepare, groups_of(count, 1), workers=3, method=method)
    assert flat(found) == double(range(count))
    assert len(list(tmp_path.iterdir())) == count // 4


def giving(folder: Path) -> object:
    return partial(die_once, folder)


def wait_a_little(items: Sequence[int]) -> list[int]:
    time.sleep(0.004 * len(items))
    return double(items)


def test_workers_killed_from_outside_at_random_moments_lose_and_double_nothing() -> None:
    """Fifty kills and more of whatever worker and moment chance has; who is hit twice is named."""
    count, kills, ended = 1500, 0, threading.Event()

    def kill() -> None:
        nonlocal kills
        random = Random(5)
        while not ended.wait(random.uniform(0.005, 0.03)):
            children = children_of(os.getpid())
            if children:
                os.kill(random.choice(children), signal.SIGKILL)
                kills += 1

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        found = flat(
            work_in_processes(lambda: wait_a_little, groups_of(count, 5), workers=4, method="fork")
        )
    finally:
        ended.set()
        killer.join()
    assert kills >= 50
    assert len(found) == count
    lost = [number for number, result in enumerate(found) if isinstance(result, Died)]
    assert len(lost) <= kills // 10
    assert all(result == 2 * n for n, result in enumerate(found) if n not in lost)
    assert {result.how for result in found if isinstance(result, Died)} <= {"was killed (SIGKILL)"}


def children_of(process: int) -> list[int]:
    """The processes that it started, without the one that Python keeps for those spawned."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    listed = " ".join((task / "children").read_text(encoding="ascii") for task in tasks)
    return sorted(int(child) for child in listed.split() if not is_tracker(int(child)))


def is_tracker(process: int) -> bool:
    try:
        return b"resource_tracker" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return True


def die_of_thirteen(items: Sequence[int]) -> list[int]:
    if 13 in items:
        os.kill(os.getpid(), signal.SIGKILL)
    if 17 in items:
        os._exit(3)
    return double(items)


def test_an_item_that_kills_whoever_takes_it_is_given_up_and_no_other() -> None:
    found = flat(
        work_in_processes(lambda: die_of_thirteen, groups_of(40, 8), workers=2, method="fork")
    )
    expected: list[int | Died] = list(double(range(40)))
    expected[13], expected[17] = Died("was killed (SIGKILL)"), Died("ended with exit code 3")
    assert found == expected


def refuse() -> object:
    raise SettingError("no such model; name another")


@pytest.mark.parametrize("method", METHODS)
def test_what_a_worker_cannot_begin_with_is_raised(method: str) -> None:
    with pytest.raises(SettingError, match="no such model; name another"):
        list(work_in_processes(refuse, groups_of(9, 3), workers=2, method=method))  # type: ignore[arg-type]
    assert not children_of(os.getpid())


def die_at_once() -> object:
    os._exit(7)


def test_workers_that_all_die_as_they_begin_are_not_started_for_ever() -> None:
    with pytest.raises(WorkerError, match=r"exit code 7.*--workers 1"):
        list(work_in_processes(die_at_once, groups_of(9, 3), workers=2, method="fork"))  # type: ignore[arg-type]


def log(items: Sequence[int]) -> list[int]:
    logging.getLogger("pipeline.x").warning("seen %d", items[0])
    return double(items)


def test_what_a_worker_logs_is_said_by_its_parent(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "pipeline"):
        flat(work_in_processes(lambda: log, groups_of(2, 1), workers=1, method="fork"))
    assert sorted(caplog.messages) == ["seen 0", "seen 1"]


INTERRUPTED = """
import os, sys, time
from pipeline.runs.pool import work_in_processes
def work(items):
    print(os.getpid(), flush=True)
    time.sleep(60)
for _ in work_in_processes(lambda: work, [(0, [1]), (1, [2])], workers=2, method="fork"):
    pass
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL], ids=lambda item: item.name)
def test_no_worker_outlives_who_started_it(number: signal.Signals) -> None:
    program = INTERRUPTED.replace("60", "0.5") if number == signal.SIGKILL else INTERRUPTED
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    assert process.stdout is not None
    workers = [int(process.stdout.readline()) for _ in range(2)]
    begun = time.monotonic()
    if number == signal.SIGINT:
        os.killpg(process.pid, number)  # as a terminal does: every process of the group has it
    else:
        process.kill()
    process.wait(10)
    while any(map(is_alive, workers)) and time.monotonic() < begun + 10:
        time.sleep(0.02)
    assert not any(map(is_alive, workers))
    assert time.monotonic() - begun < 5


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2]
    except OSError:
        return False
    return state.split()[0] != "Z"
