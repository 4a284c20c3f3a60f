"""The embedded Label Studio: started, found again and stopped by its state folder."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import SettingError
from pipeline.network.failures import ServerError
from pipeline.network.loopback import without_proxies
from pipeline.review.client import Server
from pipeline.review.install import ensure_studio
from pipeline.review.state import State

ACCOUNT = "label-studio/account.json"
ADDRESS = "label-studio/server.json"
REVIEWER = "reviewer-{}@localhost.localdomain"
"""Different on every embedded server: ledgers of several are merged, and each is somebody else."""
FIRST_PORT = 8090
_START_SECONDS = 240
_QUIET = {
    "fflag_feat_front_lsdv_e_297_increase_oss_to_enterprise_adoption_short": "false",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "HTTPS_PROXY": "http://127.0.0.1:9",
}
"""No tips that praise the paid edition where one signs in; and what the server would fetch from
outside, as such tips, it is sent for to a port where nobody is."""
_LISTENS = re.compile(r"server at http://127\.0\.0\.1:(\d+)/")


@dataclass(frozen=True, slots=True)
class Account:
    """Who the embedded server's reviewer is; kept in a file for this user's eyes only."""

    email: str
    password: str = field(repr=False)
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers: its address, its process, and whether this call started it."""

    url: str
    pid: int
    account: Account
    started: bool


def read_account(state: State) -> Account:
    """The account of the embedded server, made up on first use."""
    _ = state.studio
    found = state.read(ACCOUNT)
    if not found:
        found = {
            "email": REVIEWER.format(secrets.token_hex(3)),
            "password": secrets.token_urlsafe(12),
            "token": secrets.token_hex(20),
        }
        state.write(ACCOUNT, found)
    return Account(found["email"], found["password"], found["token"])


def find_running(state: State) -> Running | None:
    """The embedded server of this workspace if it is up, as its own token proves."""
    found = state.read(ADDRESS)
    if not found or not _is_its_own(int(found["pid"]), state):
        return None
    account = read_account(state)
    url = _url(int(found["port"]))
    return Running(url, int(found["pid"]), account, False) if _is_ours(url, account) else None


def start_studio(
    state: State, *, port: int | None = None, say: Callable[[str], None] = lambda _: None
) -> Running:
    """The embedded server, running: the one that is up, or a new one on a loopback port.

    It listens on ``port``, or by default on the one that it had last or another that is free.

    Raises:
        SettingError: where Label Studio cannot be installed, another program has the port, or the
            one that is up has another port.
        ServerError: where it does not come up; its log is named.
    """
    with state.locked("review start"):
        if running := find_running(state):
            return _on_that_port(running, port)
        if port is not None and not _is_free(port):
            raise _taken(port)
        command = ensure_studio(say=say)
        account = read_account(state)
        wanted = port
        port = wanted or _free_port(int(state.read(ADDRESS).get("port", FIRST_PORT)))
        say("Starting Label Studio; the first time takes about half a minute …")
        process = _spawn(command, state, account, port)
        state.write(ADDRESS, {"pid": process.pid, "port": port})
        try:
            port = _wait_until_up(process, account, state)
            if wanted not in (None, port):  # it was taken meanwhile: the server went to the next
                raise _taken(wanted)
        except BaseException:
            stop_process(process.pid)
            raise
        state.write(ADDRESS, {"pid": process.pid, "port": port})
        return Running(_url(port), process.pid, account, True)


def stop_studio(state: State) -> bool:
    """Whether an embedded server was running; it is stopped now."""
    found = state.read(ADDRESS)
    alive = bool(found) and _is_its_own(int(found["pid"]), state)
    if alive:
        stop_process(int(found["pid"]))
    return alive


def stop_process(pid: int, *, patience: float = 10) -> None:
    """End the process: it is asked first, and ended after ``patience`` seconds each."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.kill(pid, number)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if not is_alive(pid):
                return
            time.sleep(0.05)


def _spawn(command: Path, state: State, account: Account, port: int) -> subprocess.Popen[bytes]:
    log = os.open(state.studio / "server.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    arguments = ["start", "--no-browser", "--internal-host", "127.0.0.1", "--port", str(port)]
    arguments += ["--data-dir", str(_data(state))]  # by which it is known again
    try:
        return subprocess.Popen(
            [str(command), *arguments, "--log-level", "ERROR"],
            env=_environment(state, account),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=state.studio,
            start_new_session=True,  # Ctrl-C is ours to handle
        )
    finally:
        os.close(log)


def _environment(state: State, account: Account) -> dict[str, str]:
    """The server's environment: loopback, no telemetry, and the account that it makes at first.

    No proxy of the user's is named in it: it has nothing to ask for outside of this machine.
    """
    kept = {
        name: value
        for name, value in without_proxies(os.environ).items()
        if not name.startswith(("LABEL_STUDIO_", "PYTHON", "VIRTUAL_ENV", "DJANGO"))
    }
    return {
        **kept,
        "PYTHONUNBUFFERED": "1",  # its log says at once where it listens
        "LABEL_STUDIO_BASE_DATA_DIR": str(_data(state)),
        "LABEL_STUDIO_USERNAME": account.email,
        "LABEL_STUDIO_PASSWORD": account.password,
        "LABEL_STUDIO_USER_TOKEN": account.token,
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
        "LABEL_STUDIO_ALLOWED_HOSTS": "127.0.0.1,localhost",
        "LABEL_STUDIO_COLLECT_ANALYTICS": "false",
        "LABEL_STUDIO_LATEST_VERSION_CHECK": "false",
        "LABEL_STUDIO_SENTRY_DSN": "",
        "LABEL_STUDIO_FRONTEND_SENTRY_DSN": "",
        "LABEL_STUDIO_FEATURE_FLAGS_OFFLINE": "true",
        **_QUIET,
    }


def _wait_until_up(process: subprocess.Popen[bytes], account: Account, state: State) -> int:
    """The port that it listens on: another than it was told, where that was taken meanwhile."""
    log = state.studio / "server.log"
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        found = _LISTENS.search(log.read_text(encoding="utf-8", errors="replace"))
        if found and _is_ours(_url(port := int(found[1])), account):
            return port
        time.sleep(0.25)
    raise ServerError(
        f"Label Studio did not come up; its last words are in {log}. Run the command again, or "
        f"delete {state.studio} to begin anew (decisions are not kept there)",
        cause="unreachable",
    )


def _url(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _is_ours(url: str, account: Account) -> bool:
    """Whether the server at the address knows our token: another program may have the port."""
    try:
        with Server(url, account.token, patience=5, tries=1) as server:
            return server.find_self() == account.email
    except ServerError:
        return False


def _free_port(usual: int) -> int:
    """A loopback port that nobody listens on: the usual one if it is free."""
    for port in (usual, *range(FIRST_PORT, FIRST_PORT + 10), 0):
        if free := _is_free(port):
            return free
    raise ServerError("no loopback port is free", cause="unreachable")


def _is_free(port: int) -> int:
    """The port if nobody listens there (for 0 one that is free), 0 where somebody does."""
    with socket.socket() as probe, suppress(OSError):
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        return int(probe.getsockname()[1])
    return 0


def _taken(port: int) -> SettingError:
    return SettingError(
        f"port {port} of this machine is taken by another program; name another with --port, or "
        "leave --port out to have a free one",
        cause="port",
    )


def _on_that_port(running: Running, port: int | None) -> Running:
    """The server that runs already.

    Raises:
        SettingError: it has another port than the one that was named.
    """
    if port is None or running.url == _url(port):
        return running
    raise SettingError(
        f"Label Studio runs already at {running.url}; stop it with claims review stop, then start "
        f"it with --port {port}",
        cause="port",
    )


def is_alive(pid: int) -> bool:
    """Whether a process of that number runs; one of our own that ended is laid to rest."""
    with suppress(ChildProcessError, OSError):
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_its_own(pid: int, state: State) -> bool:
    """Whether the process is this workspace's Label Studio: a number may be used again."""
    if not is_alive(pid):
        return False
    found = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return f"--data-dir {_data(state)}" in found.stdout


def _data(state: State) -> Path:
    return state.studio / "data"
