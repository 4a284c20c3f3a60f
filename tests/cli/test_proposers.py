"""Proposers of one's own on the command line: named, told of once, and taken up again."""

from __future__ import annotations

import json
import os
import pty
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.extraction.propose.llm.answering import Model, Reply, claim, models_of, says, serving

from .running import COMMAND, add_article, environment, line, run_claims

TEXT = "Norway rejected the levy. Togo was over the moon about the harbour fund.\n"
FUND = says(claim("Togo", "over the moon about", "support", "the harbour fund", sentence=2))


def settings(folder: Path, address: str, *, tries: int = 1, passage: int = 250) -> None:
    models = folder / "models"
    models.mkdir(exist_ok=True)
    (models / "settings.toml").write_text(
        'profile = "fast"\nproposers = ["pipeline.extraction.propose.llm:make"]\n'
        f'[llm]\naddress = "{address}"\nmodel = "small"\n'
        f"timeout = 20\ntries = {tries}\npassage = {passage}\n",
        encoding="utf-8",
    )


def proposers_of(folder: Path, article: str) -> list[list[str]]:
    path = folder / "annotations" / "extracted" / f"{article}.jsonl"
    claims = json.loads(path.read_bytes())["claims"]
    return [one["evidence"]["proposers"] for one in claims]


def test_a_server_that_is_down_is_one_line_and_the_next_run_reads_again(tmp_path):
    for name in ("first", "second", "third"):
        add_article(tmp_path, name, f"{TEXT}Kenya read the {name} of them.\n")
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        settings(tmp_path, f"http://127.0.0.1:{port}/v1")
        down = run_claims("extract", folder=tmp_path)
    assert down.returncode == 1
    first, last = down.stderr.decode().splitlines()
    assert first == (
        f"first: llm: http://127.0.0.1:{port}/v1 cannot be reached ([Errno 111] Connection "
        "refused); start the server, or correct address under [llm] in models/settings.toml"
    )
    assert last.startswith(
        "3 read: 3 extracted, 0 unchanged, 0 failed; 3 without all that their proposers say. "
        "The others' claims are there; next, to read these again: claims extract"
    )
    assert proposers_of(tmp_path, "third") == [["rules"]]
    told = run_claims("extract", "--dry-run", folder=tmp_path).stdout.decode()
    assert told == "".join(f"{n}\tmissing proposer\n" for n in ("first", "second", "third"))

    with serving(models_of(FUND)) as address:
        settings(tmp_path, address)
        up = run_claims("extract", folder=tmp_path)
    assert up.returncode == 0
    assert b"3 read: 3 extracted, 0 unchanged, 0 failed. Next: " in up.stderr
    assert proposers_of(tmp_path, "third") == [["rules"], ["llm"]]
    again = run_claims("extract", folder=tmp_path)
    assert b"3 read: 0 extracted, 3 unchanged, 0 failed." in again.stderr


def test_in_bulk_too_every_article_is_written(tmp_path):
    def choose(body):
        good = "Kenya" not in body["messages"][1]["content"]
        return FUND if good else Reply(b"<html>", headers=(("content-type", "text/html"),))

    with serving(Model(choose=choose)) as address:
        settings(tmp_path, address)
        data = (line("a", TEXT) + line("b", f"{TEXT}Kenya was there.")).encode()
        result = run_claims("extract", "-", folder=tmp_path, data=data)
    assert result.returncode == 1
    found = [json.loads(one) for one in result.stdout.splitlines()]
    assert [len(one["claims"]) for one in found] == [2, 1]
    assert [("missing" in one["provenance"]) for one in found] == [False, True]
    assert b"b: llm: " in result.stderr
    assert b"2 read: 2 written, 0 unchanged, 0 failed; 1 without all that" in result.stderr


def test_what_the_model_made_is_explained(tmp_path):
    add_article(tmp_path, "vote", TEXT)
    lost = claim("Togo", "thrilled by", "support", None, sentence=2)
    made = claim("Togo", "over the moon about", "support", "the harbour fund", sentence=2)
    with serving(models_of(says(made, lost))) as address:
        settings(tmp_path, address)
        assert run_claims("extract", folder=tmp_path).returncode == 0
    told = run_claims("explain", "vote:2", folder=tmp_path).stdout.decode()
    assert "llm: The language model at the address that the settings name" in told
    assert "rule.guest: A proposer that the settings name sees the claim" in told
    assert "1 that its proposer gives it, times proposer_score of models/settings.toml" in told
    refused = run_claims("explain", "vote", "--refused", folder=tmp_path).stdout.decode()
    assert "refusal.not-in-text: The words that the language model quotes" in refused
    assert "(llm says cue: thrilled by)" in refused


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('proposers = ["no_such_module:make"]', "models/settings.toml:1: the proposer no_such_mod"),
        ('proposers = ["pipeline.extraction.propose.llm:make"]', "has no address to ask; name it"),
        ('proposers = ["json:dumps"]', "json:dumps makes no proposer"),
        (
            'proposers = ["pipeline.extraction.propose.llm:make"]\n[llm]\nmodel = "m"\n'
            'address = "http://127.0.0.1:9/v1"\nkey_variable = "NO_SUCH_KEY_HERE"',
            "settings.toml:2: key_variable names NO_SUCH_KEY_HERE, which is not set; export it",
        ),
    ],
)
def test_a_wrong_setting_stops_before_any_work(tmp_path, text, said):
    add_article(tmp_path, "vote", TEXT)
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "settings.toml").write_text(f"{text}\n", encoding="utf-8")
    result = run_claims("extract", folder=tmp_path)
    assert result.returncode == 2
    assert said in result.stderr.decode()
    assert b"Traceback" not in result.stderr
    assert not (tmp_path / "annotations" / "extracted").exists()


def test_a_run_that_is_killed_asks_for_nothing_twice(tmp_path):
    text = " ".join(f"Togo was over the moon about fund {word}." for word in ("one", "two", "six"))
    add_article(tmp_path, "vote", text)

    def slow_at_last(body):
        return Reply(b"{}", delay=60) if "[1] Togo was over the moon about fund six" in (
            body["messages"][1]["content"]
        ) else says()  # fmt: skip

    with serving(model := Model(choose=slow_at_last)) as address:
        settings(tmp_path, address, passage=5)
        with subprocess.Popen(
            [*COMMAND, "extract"], cwd=tmp_path, env=environment(), stderr=subprocess.DEVNULL
        ) as process:
            until = time.monotonic() + 100
            while len(model.asked) < 3 and time.monotonic() < until:
                time.sleep(0.05)
            process.send_signal(signal.SIGKILL)
    kept = list((tmp_path / ".stance-claims" / "llm").rglob("*"))
    assert len([path for path in kept if path.suffix == ".json"]) == 2
    assert [path for path in kept if path.suffix == ".tmp"] == []
    with serving(model := models_of(says())) as address:
        settings(tmp_path, address, passage=5)
        assert run_claims("extract", folder=tmp_path).returncode == 0
    assert len(model.asked) == 1


def test_on_a_terminal_it_is_shown_what_is_being_read(tmp_path):
    add_article(tmp_path, "vote", TEXT)
    with serving(Model(choose=lambda _: Reply(FUND.body, delay=0, drip=0.01))) as address:
        settings(tmp_path, address)
        shown = on_terminal("extract", folder=tmp_path)
    assert "llm: vote, passage 1 of 1" in shown
    assert "1 read: 1 extracted" in shown


def on_terminal(*arguments: str, folder: Path) -> str:
    """What the command shows on a terminal of its own."""
    controller, terminal = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        env={**environment(), "TERM": "xterm", "COLUMNS": "160"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=terminal,
    ) as process:
        os.close(terminal)
        shown = b""
        try:
            while piece := os.read(controller, 65536):
                shown += piece
        except OSError:  # it has ended
            pass
        os.close(controller)
        assert process.wait(100) == 0, shown
    return shown.decode("utf-8", "replace")
