from __future__ import annotations

import multiprocessing
import os
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from pipeline.reprocess.lock import LockedError, locked

SPAWN = multiprocessing.get_context("spawn")


def hold(path: Path, held: Event, done: Event) -> None:
    with locked(path):
        held.set()
        done.wait(30)


def test_the_second_is_told_who_is_at_work_and_does_not_wait(tmp_path: Path) -> None:
    path, held, done = tmp_path / "run.lock", SPAWN.Event(), SPAWN.Event()
    process = SPAWN.Process(target=hold, args=(path, held, done))
    process.start()
    try:
        assert held.wait(30)
        told = rf"process {process.pid} on .+, since \d{{4}}-"
        with pytest.raises(LockedError, match=told), locked(path):
            pytest.fail("two are at work")
    finally:
        done.set()
        process.join()
    with locked(path):
        assert str(os.getpid()) in path.read_text()


def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    path, held, done = tmp_path / "run.lock", SPAWN.Event(), SPAWN.Event()
    process = SPAWN.Process(target=hold, args=(path, held, done))
    process.start()
    assert held.wait(30)
    process.kill()
    process.join()
    assert path.read_text() != ""
    with locked(path):
        pass
    assert path.read_text() == ""
