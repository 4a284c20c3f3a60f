"""One verb that writes at a time: told apart by process, taken over from the dead."""

from __future__ import annotations

import json
import multiprocessing
import os
import socket
import subprocess
import sys
import threading
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from pipeline import locking
from pipeline.guarded.files import LinkError
from pipeline.locking import FOLDER, LOCK, LockedError, locked
from tests.cli.running import COMMAND, environment, run_claims

SPAWN = multiprocessing.get_context("spawn")


def hold(folder: Path, held: Event, done: Event) -> None:
    with locked("run", folder):
        held.set()
        done.wait(30)


def lock_of(tmp_path: Path) -> Path:
    return tmp_path / FOLDER / LOCK


def test_the_second_is_told_who_is_at_work_and_does_not_wait(tmp_path: Path) -> None:
    held, done = SPAWN.Event(), SPAWN.Event()
    process = SPAWN.Process(target=hold, args=(tmp_path / "corpus", held, done))
    process.start()
    try:
        assert held.wait(30)
        told = rf"claims run is at work .*: process {process.pid} on .+, since \d{{4}}-"
        for folder in ("corpus", "annotations", "models"):
            with pytest.raises(LockedError, match=told), locked("add", tmp_path / folder):
                pytest.fail("two are at work")
        with locked("add", tmp_path / "corpus", unless=True):
            pass
    finally:
        done.set()
        process.join()
    with locked("add", tmp_path / "corpus"):
        assert json.loads(lock_of(tmp_path).read_text())["pid"] == os.getpid()


def test_the_holder_is_written_and_read_where_a_file_has_no_pread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pread", "pwrite"):  # as on Windows
        monkeypatch.delattr(os, name)
    held, done = SPAWN.Event(), SPAWN.Event()
    process = SPAWN.Process(target=hold, args=(tmp_path / "corpus", held, done))
    process.start()
    try:
        assert held.wait(30)
        told = rf"claims run is at work .*: process {process.pid} on "
        with pytest.raises(LockedError, match=told), locked("add", tmp_path / "corpus"):
            pytest.fail("two are at work")
    finally:
        done.set()
        process.join()
    for verb in ("extract", "add"):
        with locked(verb, tmp_path / "corpus"):
            found = json.loads(lock_of(tmp_path).read_text())
            assert (found["pid"], found["verb"]) == (os.getpid(), verb)


def test_who_is_patient_gets_its_turn(tmp_path: Path) -> None:
    held, done = SPAWN.Event(), SPAWN.Event()
    process = SPAWN.Process(target=hold, args=(tmp_path / "corpus", held, done))
    process.start()
    assert held.wait(30)
    threading.Timer(0.3, done.set).start()
    with locked("review pull", tmp_path / "annotations", patience=30):
        assert done.is_set()
    process.join()


def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    held, done = SPAWN.Event(), SPAWN.Event()
    process = SPAWN.Process(target=hold, args=(tmp_path / "corpus", held, done))
    process.start()
    assert held.wait(30)
    process.kill()
    process.join()
    assert lock_of(tmp_path).read_text() != ""
    with locked("add", tmp_path / "corpus"):
        pass
    assert lock_of(tmp_path).read_text() == ""


CHILD = """
import os, sys, time
from pathlib import Path
from pipeline.locking import locked
with locked("add", Path(sys.argv[1])):
    if os.fork() == 0:
        print("forked", flush=True)
        time.sleep(20)
        os._exit(0)
    time.sleep(20)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_child_of_a_killed_process_does_not_hold_its_lock(tmp_path: Path) -> None:
    command = [sys.executable, "-c", CHILD, str(tmp_path / "corpus")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment()) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"forked\n"
        process.kill()
        process.wait()
        with locked("add", tmp_path / "corpus"):
            pass
        process.stdout.close()


def test_a_verb_that_calls_another_is_let_through(tmp_path: Path) -> None:
    with locked("run", tmp_path / "corpus", tmp_path / "annotations"):
        with locked("review push", tmp_path / "annotations"):
            pass
        assert json.loads(lock_of(tmp_path).read_text())["verb"] == "run"
    assert lock_of(tmp_path).read_text() == ""


def test_a_corpus_behind_a_link_is_the_same_corpus(tmp_path: Path) -> None:
    (tmp_path / "shared" / "corpus").mkdir(parents=True)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "corpus").symlink_to(tmp_path / "shared" / "corpus")
    held, done = SPAWN.Event(), SPAWN.Event()
    process = SPAWN.Process(target=hold, args=(tmp_path / "mine" / "corpus", held, done))
    process.start()
    try:
        assert held.wait(30)
        with pytest.raises(LockedError), locked("add", tmp_path / "shared" / "corpus"):
            pytest.fail("two are at work")
    finally:
        done.set()
        process.join()


def test_a_state_folder_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / FOLDER).symlink_to(tmp_path / "elsewhere")
    with (
        pytest.raises(LinkError, match="out of the workspace"),
        locked("add", tmp_path / "work" / "corpus"),
    ):
        pytest.fail("written through a link")
    assert list((tmp_path / "elsewhere").iterdir()) == []


MINE = {"pid": os.getpid(), "host": socket.gethostname(), "boot": locking._boot()}
GONE = subprocess.Popen([sys.executable, "-c", ""])
GONE.wait()


@pytest.mark.parametrize(
    ("found", "at_work"),
    [
        (MINE, True),
        ({**MINE, "pid": GONE.pid}, False),
        ({**MINE, "boot": "another boot"}, False),
        ({**MINE, "host": "another host"}, True),
        ({**MINE, "pid": "7"}, False),
        ({**MINE, "pid": 10**30}, False),
        ({}, False),
    ],
)
def test_where_the_disk_knows_no_locks_the_file_tells(
    found: dict[str, object], at_work: bool
) -> None:
    assert locking._is_at_work(found) is at_work


def test_of_two_adds_of_one_id_one_wins_and_the_other_is_told(tmp_path: Path) -> None:
    texts = {}
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        texts[name] = f"Chile rejected the draft of the {name} treaty.\n" * 400
        (tmp_path / name / "vote.txt").write_text(texts[name])
    calls = [
        subprocess.Popen(
            [*COMMAND, "add", f"{name}/vote.txt"],
            cwd=tmp_path, stderr=subprocess.PIPE, env=environment(),
        )
        for name in texts
    ]  # fmt: skip
    said = [call.communicate()[1].decode() for call in calls]
    codes = [call.returncode for call in calls]
    assert sorted(codes) == [0, 1], said
    winner = list(texts)[codes.index(0)]
    assert (tmp_path / "corpus" / "vote.txt").read_text() == texts[winner]
    told = said[codes.index(1)]
    assert "claims add is at work" in told or "has another text as 'vote'" in told


def test_every_verb_that_writes_waits_for_the_one_at_work(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "annotations" / "extracted").mkdir(parents=True)
    (tmp_path / "a.txt").write_text("Chile objected to the draft.\n")
    with locked("run", tmp_path / "corpus"):
        for call in (
            ("add", "a.txt"),
            ("extract",),
            ("run",),
            ("verify",),
            ("entities", "merge", "org:a", "org:b", "--undo"),
            ("edit", "vote", "--title", "The vote"),
            ("rename", "vote", "note"),
            ("remove", "vote"),
        ):
            ended = run_claims(*call, folder=tmp_path)
            assert ended.returncode == 1, call
            assert b"claims run is at work" in ended.stderr, call
        for call in (("show",), ("verify", "--dry-run"), ("export",), ("diff",)):
            assert run_claims(*call, folder=tmp_path).returncode == 0, call
