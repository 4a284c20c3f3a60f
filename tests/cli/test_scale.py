"""Many processes, packed files and folders of parts, as a person asks for them."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from .running import COMMAND, environment, line, run_claims

FAST = ("--profile", "fast")


def write_input(folder: Path, count: int = 24) -> Path:
    path = folder / "in.jsonl"
    lines = [line(f"a{n}", f"Chile rejected draft {n}. Peru praised it.") for n in range(count)]
    lines.insert(5, "not json\n")
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_one_worker_many_and_a_cluster_write_the_same_bytes(tmp_path: Path) -> None:
    packed = tmp_path / "in.gz"
    packed.write_bytes(gzip.compress(write_input(tmp_path).read_bytes()))
    one = run_claims(
        "extract", "in.jsonl", "-o", "one.jsonl", "--workers", "1", *FAST, folder=tmp_path
    )
    two = run_claims(
        "extract", "-", "--workers", "2", *FAST, folder=tmp_path, data=packed.read_bytes()
    )
    call = ("extract", "in.jsonl", "-o", "out/", "--engine", "dask", "--workers", "2", *FAST)
    cluster = run_claims(*call, "-f", "jsonl.gz", folder=tmp_path)
    assert [one.returncode, two.returncode, cluster.returncode] == [1, 1, 1]
    expected = (tmp_path / "one.jsonl").read_bytes()
    assert expected.count(b"\n") == 24
    assert two.stdout == expected
    (part,) = (tmp_path / "out").glob("part-*")
    assert gzip.decompress(part.read_bytes()) == expected
    for result in (one, two, cluster):
        assert b"25 read: 24 written, 0 unchanged, 1 failed (not-json 1)." in result.stderr
        assert b":6: " in result.stderr
        assert b"Traceback" not in result.stderr
    again = run_claims(*call, "-f", "jsonl.gz", folder=tmp_path)
    assert b"1 part of 1 were done before." in again.stderr
    assert b"25 read: 24 written" in again.stderr
    other = run_claims("extract", "in.jsonl", "-o", "out/", *FAST, folder=tmp_path)
    assert other.returncode == 2
    assert b"other format" in other.stderr


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("in.jsonl", "-o", "x.jsonl", "--engine", "dask"), b"go with -o FOLDER/"),
        (("--engine", "dask"), b"go with IN.jsonl -o FOLDER/"),
        (("-", "-o", "out/"), b"stdin cannot be cut into parts"),
        (("none.jsonl", "-o", "out/"), b"none.jsonl"),
        (("in.jsonl", "-o", "mine/"), b"is not empty, and holds no parts"),
        (("in.jsonl", "-o", "nosuch://a/b.jsonl"), b"nosuch"),
        (("in.jsonl", "--workers", "0"), b"--workers"),
    ],
)
def test_a_call_that_cannot_be_is_refused_before_any_work(
    tmp_path: Path, call: tuple[str, ...], said: bytes
) -> None:
    write_input(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").touch()
    before = sorted(tmp_path.rglob("*"))
    result = run_claims("extract", *call, *FAST, folder=tmp_path)
    assert result.returncode == 2
    assert said in result.stderr
    assert result.stdout == b""
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds processes in /proc")
def test_ctrl_c_ends_all_workers_and_leaves_whole_parts(tmp_path: Path) -> None:
    write_input(tmp_path, 400)
    process = subprocess.Popen(
        [*COMMAND, "extract", "in.jsonl", "-o", "out.jsonl", "--workers", "2", *FAST],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    until = time.monotonic() + 60
    while len(members_of(process.pid)) < 3 and time.monotonic() < until:
        time.sleep(0.05)
    begun = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    assert process.stderr is not None
    said = process.stderr.read()
    assert process.wait(30) == 130
    assert time.monotonic() - begun < 10
    assert members_of(process.pid) == []
    assert b"Interrupted; nothing is half-written." in said
    assert b"Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def members_of(group: int) -> list[int]:
    """The processes of a group, those that ended and were not yet waited for left out."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(place.parent.name))
    return found


def test_a_run_over_the_workspace_takes_as_many_workers_as_it_is_told(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(20):
        (inbox / f"note-{number}.txt").write_text(f"Chile rejected draft {number}.\n")
    result = run_claims("run", "--workers", "2", "--no-push", folder=tmp_path)
    assert result.returncode == 0
    assert b"20 read: 20 extracted, 0 unchanged, 0 failed." in result.stderr
    written = sorted((tmp_path / "annotations" / "extracted").iterdir())
    assert len(written) == 20
    assert all(json.loads(path.read_bytes())["claims"] for path in written)
