"""How a person gets in: the link that signs in once, said and opened."""

from __future__ import annotations

import html
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from pipeline.cli.console import say

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.review.client import Server
    from pipeline.review.studio import Running
    from pipeline.review.work import Workspace


@contextmanager
def entry(
    workspace: Workspace, server: Server, running: Running, *, browser: bool, stays: bool
) -> Iterator[None]:
    """A block in which the link holds that was said, and opened where somebody watches.

    With ``stays`` it holds longer, until it is used or its time is over.
    """
    from pipeline.review.project import find_project
    from pipeline.review.signin import SECONDS, open_link

    project = find_project(server, workspace.title)
    address = f"{running.url}/projects/{project}/data?labeling=1"
    session = _session(running)
    if not session:
        say(f"Review at {address}")
        yield
        return
    link = open_link(session, address)
    try:
        say(f"Review at {link.url}")
        say(f"That link signs you in, once, on this machine, within {SECONDS // 60} minutes.")
        _tell_password(workspace, running)
        if browser and sys.stderr.isatty() and not os.environ.get("CI"):
            typer.launch(str(_page_to(link.url, workspace.state.studio / "open.html")))
        yield
    except BaseException:
        link.close()
        raise
    if not stays:
        link.close()


def _session(running: Running) -> str:
    """A session of the account; empty, and why is said, where its password was changed there."""
    from pipeline.network.failures import ServerError
    from pipeline.review.signin import make_session

    try:
        return make_session(running.url, running.account)
    except ServerError as error:
        say(f"There is no link that signs you in: {error}")
        return ""


def _tell_password(workspace: Workspace, running: Running) -> None:
    """Say how else to get in; the password is shown to a person alone."""
    from pipeline.review.studio import ACCOUNT

    where = workspace.state.folder / ACCOUNT
    secret = running.account.password if sys.stderr.isatty() else f"is in {where}"
    say(f"Otherwise: {running.url}, as {running.account.email}; password {secret}")


def _page_to(url: str, path: Path) -> Path:
    """A page for this user's eyes alone that leads to the address.

    What a browser is started with stands in the list of processes, which all users can read.
    """
    words = html.escape(url, quote=True)
    text = (
        '<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
        f'<meta http-equiv="refresh" content="0; url={words}"><title>Review</title>'
        f'<p><a href="{words}">Open the review</a>\n'
    )
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(text)
    return path
