"""``claims review``, verify and export as a person calls them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx

from pipeline.review.studio import Running
from tests.dataset.build import article, decide, peru, workspace
from tests.review.make import copy_of, make_workspace

ROOT = Path(__file__).parents[2]
PROGRAM = (
    "import signal, sys, typer; from pipeline.cli import review, verify, export\n"
    "app = typer.Typer(); app.add_typer(review.app, name='review')\n"
    "app.command()(verify.verify); app.command()(export.export); app()"
)


def call(folder: Path, *words: str) -> subprocess.Popen[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LABEL_STUDIO")}
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(folder: Path, *words: str) -> tuple[int, str, str]:
    process = call(folder, *words)
    out, talk = process.communicate(timeout=120)
    return process.returncode, out, talk


def test_start_shows_the_address_and_ctrl_c_stops_it(studio: Running, tmp_path: Path) -> None:
    copy_of(studio, tmp_path)
    make_workspace(tmp_path, article(), "Claims")
    process = call(tmp_path, "review", "start", "--no-browser")
    assert process.stderr is not None
    talk = ""
    for line in process.stderr:
        talk += line
        if "Ctrl-C" in line:
            break
    address = next(word for word in talk.split() if word.startswith("http"))
    page = httpx.get(address, follow_redirects=True, trust_env=False)
    assert (page.status_code, page.url.path.endswith("/data")) == (200, True)  # and no sign-in page
    assert httpx.get(address, trust_env=False).status_code == 404
    assert "1 posted" in talk
    assert studio.account.password not in talk
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, rest = process.communicate(timeout=60)
    assert process.returncode == 0, rest
    assert "nothing new" in rest
    assert "is stopped" in rest
    try:
        httpx.get(address, trust_env=False)
    except httpx.ConnectError:
        pass
    else:
        raise AssertionError("it still answers")

    code, _, talk = run(tmp_path, "review", "start", "--no-browser", "--detach")
    assert (code, "1 present" in talk) == (0, True), talk
    assert run(tmp_path, "review", "push")[0] == 0
    assert "nothing new" in run(tmp_path, "review", "pull")[2]
    assert "is stopped" in run(tmp_path, "review", "stop")[2]
    assert "No Label Studio" in run(tmp_path, "review", "stop")[2]


def test_status_verify_and_export(tmp_path: Path) -> None:
    workspace(tmp_path, decide(peru()))
    code, out, talk = run(tmp_path, "review", "status")
    assert code == 0, talk
    assert "of these decided" in out
    assert "13.3 a minute" in out  # one claim in the 4.5 seconds of its passage
    assert "claims review start" in talk
    code, _, talk = run(tmp_path, "verify")
    assert (code, "1 claim verified (written)" in talk) == (0, True), talk
    assert "(unchanged)" in run(tmp_path, "verify")[2]
    code, out, _ = run(tmp_path, "export", "-f", "csv", "-o", "out.csv")
    assert code == 0
    assert (tmp_path / "out.columns.md").exists()
    assert '"verdict": "accepted"' in run(tmp_path, "export")[1]
    assert run(tmp_path, "export", "--extracted")[1].count('"source": "machine"') == 2
