"""Getting in: a link that signs one browser in, once, for a time, and leaves no trace."""

from __future__ import annotations

import socket
import stat
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from pipeline.cli.review_entry import _page_to, entry
from pipeline.errors import SettingError
from pipeline.network.failures import ServerError
from pipeline.review import work
from pipeline.review.client import Server
from pipeline.review.project import find_project
from pipeline.review.signin import answer_once, make_session, open_link
from pipeline.review.state import State
from pipeline.review.studio import Account, Running, start_studio
from pipeline.review.work import Workspace
from tests.review.make import article_of, data_folder, make_workspace
from tests.review.screen import Browser, Screen


@contextmanager
def listening(*, seconds: float = 30, linger: float = 20) -> Iterator[str]:
    """The address of a listener in a thread of this process."""
    told: list[str] = []
    there = threading.Event()

    def tell(url: str) -> None:
        told.append(url)
        there.set()

    thread = threading.Thread(
        target=answer_once,
        args=("a-session", "http://127.0.0.1:1/there"),
        kwargs={"seconds": seconds, "linger": linger, "tell": tell},
        daemon=True,
    )
    thread.start()
    assert there.wait(10)
    yield told[0]


def ask(url: str, method: str = "GET", **headers: str) -> httpx.Response:
    return httpx.request(method, url, headers=headers, trust_env=False)


def is_gone(url: str, *, within: float) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            ask(url)
        except httpx.ConnectError:
            return True
        time.sleep(0.1)
    return False


def test_one_get_is_answered_and_no_other() -> None:
    with listening() as url:
        host, _, path = url.removeprefix("http://").partition("/")
        assert len(path) >= 43
        for wrong in (f"http://{host}/", f"http://{host}/{path}x", f"http://{host}/{path[:-1]}"):
            assert ask(wrong).status_code == 404
        assert ask(url, "HEAD").status_code == 501
        assert ask(url, **{"Sec-Purpose": "prefetch;prerender"}).status_code == 404
        first = ask(url)
        assert first.status_code == 302
        assert first.headers["location"] == "http://127.0.0.1:1/there"
        assert "sessionid=a-session; Path=/; HttpOnly; SameSite=Lax" in first.headers["set-cookie"]
        assert first.headers["cache-control"] == "no-store"
        assert ask(url).status_code == 404
        assert "set-cookie" not in ask(url).headers


def test_only_one_of_many_at_once_gets_in() -> None:
    with listening() as url:
        found: list[int] = []
        threads = [
            threading.Thread(target=lambda: found.append(ask(url).status_code)) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(found) == [302, *[404] * 7]


def test_who_connects_and_says_nothing_keeps_nobody_out() -> None:
    with listening() as url, socket.socket() as mute:
        mute.connect(("127.0.0.1", int(url.split(":")[2].partition("/")[0])))
        began = time.monotonic()
        assert ask(url).status_code == 302
        assert time.monotonic() - began < 3


def test_it_is_gone_after_its_use_and_after_its_time() -> None:
    with listening(linger=0.2) as used, listening(seconds=0.6) as unused:
        assert ask(used).status_code == 302
        assert is_gone(used, within=5)
        assert is_gone(unused, within=5)


def test_the_link_opens_the_passages_signed_in_without_adverts(
    studio: Running, server: Server, browser: Browser, tmp_path: Path
) -> None:
    workspace = make_workspace(tmp_path, article_of("entry"), "By a link")
    work.push(workspace, server)
    project = find_project(server, workspace.title)
    address = f"{studio.url}/projects/{project}/data?labeling=1"
    link = open_link(make_session(studio.url, studio.account), address)
    page = browser._browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    screen = Screen(page, studio.url)
    try:
        path = link.url.rpartition("/")[2]
        listed = subprocess.run(["ps", "-axww", "-o", "command="], capture_output=True, text=True)
        assert path not in listed.stdout
        assert path not in repr(link)
        way = _page_to(link.url, tmp_path / "open.html")
        assert stat.S_IMODE(way.stat().st_mode) == 0o600
        page.goto(way.as_uri())
        screen.wait_for_text()
        assert page.url.startswith(address)
        assert screen.regions() == 6
        screen.submit()
        assert dict(work.pull(workspace, server).decisions) == {"accepted": 2}
        for other in ("/", f"/projects/{project}/settings", f"/projects/{project}/data"):
            page.goto(f"{studio.url}{other}", wait_until="networkidle")
            assert "Enterprise" not in page.inner_text("body"), other
        assert is_gone(link.url, within=10)
        assert path not in (data_folder(studio).parent / "server.log").read_text()
        assert all(url.startswith(("file:", link.url)) for url in screen.outside)
    finally:
        page.context.close()
        link.close()
    unused = open_link("a-session", address)
    assert ask(f"{unused.url}x").status_code == 404
    unused.close()
    assert is_gone(unused.url, within=1)


def test_the_sign_in_page_still_takes_the_password_and_praises_nothing(
    studio: Running, browser: Browser
) -> None:
    page = browser._browser.new_page()
    page.goto(f"{studio.url}/user/login/")
    assert "Enterprise" not in page.inner_text("body")
    assert "Did you know" not in page.inner_text("body")
    page.close()
    browser.sign_in(studio.url, studio.account).page.context.close()


def test_a_password_that_was_changed_is_named_and_leaves_the_way_in_by_hand(
    studio: Running, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Account(studio.account.email, "not this one", studio.account.token)
    with pytest.raises(ServerError, match="was the password changed"):
        make_session(studio.url, other)
    desk = Workspace(tmp_path / "corpus", tmp_path / "annotations", "No such project")
    with entry(desk, server, replace(studio, account=other), browser=False, stays=False):
        said = capsys.readouterr().err
    assert "There is no link that signs you in" in said
    assert f"Review at {studio.url}/projects/" in said
    assert "not this one" not in said


def test_a_port_that_is_taken_or_another_than_the_running_one_is_named(
    studio: Running, tmp_path: Path
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SettingError, match=f"port {port} .* taken"):
            start_studio(State.beside(tmp_path / "annotations"), port=port)
    state = State(data_folder(studio).parent.parent)
    with pytest.raises(SettingError, match="claims review stop"):
        start_studio(state, port=port)
    assert start_studio(state, port=int(studio.url.rpartition(":")[2])).pid == studio.pid
