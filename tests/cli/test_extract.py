from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .running import COMMAND, add_article, environment, line, run_claims


def articles_in(data: bytes) -> list[str]:
    return [json.loads(one)["article"] for one in data.decode("utf-8").splitlines()]


def test_new_articles_are_extracted_once(tmp_path: Path) -> None:
    add_article(tmp_path, "vote")
    first = run_claims("extract", folder=tmp_path)
    assert (first.returncode, first.stdout) == (0, b"")
    assert b"1 read: 1 extracted, 0 unchanged, 0 failed. Next: " in first.stderr.splitlines()[-1]
    path = tmp_path / "annotations" / "extracted" / "vote.jsonl"
    assert json.loads(path.read_bytes())["claims"]
    before = path.stat().st_mtime_ns
    second = run_claims("extract", folder=tmp_path)
    assert second.returncode == 0
    assert b"1 read: 0 extracted, 1 unchanged, 0 failed." in second.stderr
    assert path.stat().st_mtime_ns == before
    assert [entry.name for entry in path.parent.iterdir()] == ["vote.jsonl"]


def test_a_bad_article_is_named_with_its_cause_and_the_others_are_extracted(tmp_path: Path) -> None:
    add_article(tmp_path, "good")
    (tmp_path / "corpus" / "bad.txt").write_bytes(b"\x00\x01\x02\xff\x00 binary")
    result = run_claims("extract", folder=tmp_path)
    assert result.returncode == 1
    assert b"2 read: 1 extracted, 0 unchanged, 1 failed (" in result.stderr
    assert b"\nbad: " in b"\n" + result.stderr
    assert (tmp_path / "annotations" / "extracted" / "good.jsonl").is_file()


def test_removed_articles_and_files_not_added_are_reported_and_left(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "Not Added.md").write_text("Chile objected.", encoding="utf-8")
    old = tmp_path / "annotations" / "extracted" / "gone.jsonl"
    old.parent.mkdir(parents=True)
    old.write_text("{}\n", encoding="utf-8")
    result = run_claims("extract", folder=tmp_path)
    assert result.returncode == 0
    assert b"gone.jsonl" in result.stderr
    assert b"Not Added.md" in result.stderr
    assert old.read_text(encoding="utf-8") == "{}\n"


def test_a_dry_run_lists_what_would_be_extracted_and_writes_nothing(tmp_path: Path) -> None:
    add_article(tmp_path, "vote")
    result = run_claims("extract", "--dry-run", folder=tmp_path)
    assert (result.returncode, result.stdout) == (0, b"vote\tnew\n")
    assert [entry.name for entry in tmp_path.iterdir()] == ["corpus"]


def test_a_model_that_is_not_installed_stops_before_any_work(tmp_path: Path) -> None:
    add_article(tmp_path, "vote")
    result = run_claims("extract", "--model", "en_core_web_none", folder=tmp_path)
    assert result.returncode == 2
    assert b"en_core_web_none" in result.stderr
    assert b"install" in result.stderr.lower()
    assert b"Traceback" not in result.stderr
    assert not (tmp_path / "annotations").exists()


def test_bulk_streams_from_stdin_to_stdout_in_order_past_bad_lines(tmp_path: Path) -> None:
    ids = [f"a{number}" for number in range(20)]
    lines = [line(article) for article in ids]
    lines.insert(7, "not json\n")
    lines.insert(12, '{"article": "x"}\n')
    result = run_claims("extract", "-", "-o", "-", folder=tmp_path, data="".join(lines).encode())
    assert result.returncode == 1
    assert articles_in(result.stdout) == ids
    assert b"stdin:8: " in result.stderr
    assert b"stdin:13: " in result.stderr
    assert result.stderr.splitlines()[-1].startswith(
        b"22 read: 20 written, 0 unchanged, 2 failed (missing-key 1, not-json 1). Next: "
    )
    assert b"\x1b" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_bulk_to_a_file_may_replace_its_own_input(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text(line("b") + line("a"), encoding="utf-8")
    result = run_claims("extract", path.name, "-o", path.name, folder=tmp_path)
    assert (result.returncode, result.stdout) == (0, b"")
    written = path.read_bytes()
    assert articles_in(written) == ["b", "a"]
    assert all(json.loads(one)["claims"] for one in written.splitlines())
    assert list(tmp_path.iterdir()) == [path]


def test_a_bulk_dry_run_checks_every_line_and_writes_nothing(tmp_path: Path) -> None:
    data = (line("a") + "{\n" + line("b")).encode()
    result = run_claims("extract", "-", "-o", "out.jsonl", "--dry-run", folder=tmp_path, data=data)
    assert (result.returncode, result.stdout) == (1, b"")
    assert b"3 read: 2 to extract, 0 unchanged, 1 failed (not-json 1)." in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_leaves_ends_the_bulk_quietly(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text("".join(line(f"a{n}", "Chile objected. " * 200) for n in range(60)), "utf-8")
    with subprocess.Popen(
        [*COMMAND, "extract", "in.jsonl"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait(120) == 141
    assert b"Traceback" not in said
    assert b"BrokenPipe" not in said


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_bulk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    output = tmp_path / "out.jsonl"
    output.write_text("old\n", encoding="utf-8")
    with subprocess.Popen(
        [*COMMAND, "extract", "-", "-o", "out.jsonl"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        preexec_fn=_obey_interrupts,
    ) as process:
        assert process.stdin is not None
        process.stdin.write("".join(line(f"a{n}") for n in range(40)).encode())
        process.stdin.flush()
        _wait_for_a_temporary_file(tmp_path)
        os.kill(process.pid, number)
        try:
            _, said = process.communicate(timeout=60)
        finally:
            process.kill()
        assert process.returncode == code
    assert b"Traceback" not in said
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.jsonl"]
    assert output.read_text(encoding="utf-8") == "old\n"
    if number is signal.SIGINT:
        assert b"nothing is half-written" in said


def _obey_interrupts() -> None:
    """Undo what a shell does to what it runs in the background: there SIGINT is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _wait_for_a_temporary_file(folder: Path) -> None:
    deadline = time.monotonic() + 60
    while not any(entry.suffix == ".tmp" for entry in folder.iterdir()):
        assert time.monotonic() < deadline, "the bulk never began to write"
        time.sleep(0.05)


def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        result = run_claims("extract", "-", "-o", "pipe", folder=tmp_path, data=line("a").encode())
        assert reader.stdout is not None
        assert articles_in(reader.stdout.read()) == ["a"]
    assert result.returncode == 0
    assert pipe.is_fifo()


def test_nothing_changed_loads_no_model(tmp_path):
    add_article(tmp_path)
    assert run_claims("extract", folder=tmp_path).returncode == 0
    code = (
        "import sys; from pipeline.cli.main import main; sys.argv = ['claims', 'extract']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\nprint('spacy' in sys.modules)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "1 unchanged" in ended.stderr
    assert ended.stdout.strip() == "False"


def test_the_profile_of_one_run_says_who_proposes(tmp_path):
    add_article(tmp_path, text="Chile rejected the draft on Monday.\n")
    assert run_claims("extract", folder=tmp_path).returncode == 0
    path = tmp_path / "annotations/extracted/vote.jsonl"
    assert '"reader_sha256"' in path.read_text(encoding="utf-8")
    result = run_claims("extract", "--profile", "fast", folder=tmp_path)
    assert b"1 read: 1 extracted" in result.stderr
    assert '"reader_sha256"' not in path.read_text(encoding="utf-8")
    again = run_claims("extract", "--profile", "fast", folder=tmp_path)
    assert b"1 read: 0 extracted, 1 unchanged" in again.stderr
