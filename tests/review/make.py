"""Small workspaces and users for the tests of review."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from pipeline.jsonl import write_extractions
from pipeline.records import Extraction
from pipeline.review.install import studio_command, studio_home
from pipeline.review.state import State
from pipeline.review.studio import Account, Running
from pipeline.review.work import Workspace
from tests.dataset.build import article


def article_of(name: str) -> Extraction:
    """The little article of the dataset's tests, under another name."""
    return replace(article(), article=name)


def make_workspace(
    folder: Path, extraction: Extraction, title: str, *, reviewers: int = 1
) -> Workspace:
    """A workspace whose only article and extraction these are."""
    corpus, annotations = folder / "corpus", folder / "annotations"
    corpus.mkdir(exist_ok=True)
    (corpus / f"{extraction.article}.txt").write_bytes(extraction.text.encode("utf-8"))
    write_extractions(annotations / "extracted" / f"{extraction.article}.jsonl", [extraction])
    return Workspace(corpus, annotations, title, reviewers)


def add_user(studio: Running, account: Account) -> Account:
    """A second reviewer on the embedded server."""
    environment = {**os.environ, "LABEL_STUDIO_BASE_DATA_DIR": str(data_folder(studio))}
    command = [str(studio_command(studio_home())), "init", "-q", "--username", account.email]
    command += ["--password", account.password, "--user-token", account.token]
    subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True
    )
    return account


def data_folder(studio: Running) -> Path:
    """Where the embedded server keeps its database."""
    data = Path(f"/proc/{studio.pid}/environ").read_bytes().split(b"\0")
    entry = next(item for item in data if item.startswith(b"LABEL_STUDIO_BASE_DATA_DIR="))
    return Path(entry.split(b"=", 1)[1].decode())


def copy_of(studio: Running, folder: Path) -> State:
    """The state of a second server with the first one's database, which saves the migration."""
    state = State.beside(folder / "annotations")
    source = data_folder(studio)
    for path in (source.parent / "account.json", source / ".env"):
        target = state.studio / path.relative_to(source.parent)
        target.parent.mkdir(exist_ok=True)
        shutil.copy(path, target)
    database = next(source.glob("*.sqlite3"))
    with (
        closing(sqlite3.connect(database)) as old,
        closing(sqlite3.connect(state.studio / "data" / database.name)) as new,
    ):
        old.backup(new)
    return state
