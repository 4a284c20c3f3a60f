"""The embedded server: found again, stopped, and silent about its secrets."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
from pathlib import Path

import httpx
import pytest

from pipeline.errors import SettingError
from pipeline.network.failures import ServerError
from pipeline.network.loopback import open_client
from pipeline.review import install
from pipeline.review.client import Server
from pipeline.review.connection import connect
from pipeline.review.state import State
from pipeline.review.studio import Running, find_running, read_account, start_studio, stop_studio
from tests.review.make import copy_of, data_folder


def folder_of(studio: Running) -> Path:
    return data_folder(studio).parent


def test_secrets_are_for_this_user_alone_and_in_no_log_or_process_list(studio: Running) -> None:
    folder = folder_of(studio)
    assert stat.S_IMODE((folder / "account.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "server.log").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert (folder.parent / ".gitignore").read_text() == "*\n"
    listed = subprocess.run(
        ["ps", "-axww", "-o", "command="], capture_output=True, text=True
    ).stdout
    log = (folder / "server.log").read_text()
    for secret in (studio.account.password, studio.account.token):
        assert secret not in listed
        assert secret not in log
        assert secret not in repr(studio)


def test_it_listens_on_loopback_alone_and_refuses_strangers(studio: Running) -> None:
    port = int(studio.url.rsplit(":", 1)[1])
    sockets = Path("/proc/net/tcp").read_text().splitlines()[1:]
    listening = [line.split()[1] for line in sockets if line.split()[3] == "0A"]
    assert [place for place in listening if place.endswith(f":{port:04X}")] == [
        f"0100007F:{port:04X}"
    ]
    assert httpx.get(f"{studio.url}/api/projects/", trust_env=False).status_code == 401
    assert (
        httpx.get(studio.url, headers={"Host": "evil.example"}, trust_env=False).status_code == 400
    )


def test_starting_twice_finds_the_first(studio: Running) -> None:
    state = State(folder_of(studio).parent)
    again = start_studio(state)
    assert (again.url, again.pid, again.started) == (studio.url, studio.pid, False)
    with connect(state) as server:
        assert server.url == studio.url


def test_a_port_that_was_taken_meanwhile_does_not_lose_the_server(
    studio: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = copy_of(studio, tmp_path)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        monkeypatch.setattr("pipeline.review.studio._free_port", lambda _: taken)
        try:
            running = start_studio(state)
            assert running.url != f"http://127.0.0.1:{taken}"
            found = find_running(state)
            assert found is not None
            assert (found.url, found.pid) == (running.url, running.pid)
        finally:
            stop_studio(state)


def test_another_programs_address_is_not_taken_for_ours(studio: Running, tmp_path: Path) -> None:
    state = State.beside(tmp_path / "annotations")
    read_account(state)
    port = int(studio.url.rsplit(":", 1)[1])
    state.write("label-studio/server.json", {"pid": studio.pid, "port": port})
    assert find_running(state) is None
    state.write("label-studio/server.json", {"pid": os.getpid(), "port": port})
    assert not stop_studio(state)


def test_a_wrong_token_is_named(studio: Running) -> None:
    with Server(studio.url, "0" * 40) as server, pytest.raises(ServerError, match="not valid"):
        server.check()


def test_a_personal_access_token_works(studio: Running, server: Server) -> None:
    server.post(
        "/api/jwt/settings", {"api_tokens_enabled": True, "legacy_api_tokens_enabled": True}
    )
    with open_client(studio.url, follow_redirects=True) as browser:
        browser.get("/user/login/")
        form = {"email": studio.account.email, "password": studio.account.password}
        form["csrfmiddlewaretoken"] = browser.cookies["csrftoken"]
        browser.post("/user/login/", data=form, headers={"Referer": f"{studio.url}/user/login/"})
        head = {"X-CSRFToken": browser.cookies["csrftoken"], "Referer": f"{studio.url}/"}
        token = browser.post("/api/token/", json={}, headers=head).json()["token"]
    with Server(studio.url, token) as other:
        assert other.check().startswith("1.23")


def test_a_failed_installation_leaves_nothing_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "studio"
    monkeypatch.setenv("CLAIMS_STUDIO_HOME", str(home))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(SettingError, match="package index"):
        install.ensure_studio()
    assert not home.exists()
