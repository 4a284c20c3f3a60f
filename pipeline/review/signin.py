"""Getting in without a password: a link that signs one browser in, once, on this machine alone.

A listener of a process of its own answers one GET at a path that nobody can guess with the
session's cookie and the way to the passages. Then, or after a time, it is gone. Cookies know
hosts and no ports, so that the listener's cookie is the server's.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from pipeline.network.failures import ServerError, raise_for, transport_errors
from pipeline.network.loopback import open_client, without_proxies
from pipeline.review.answers import MENDS
from pipeline.review.studio import Account

SECONDS = 600
"""How long a link can be used."""
_LOOK = 0.5
_LINGER = 3
"""How many seconds the listener still says that a link is used up."""
_GONE = b"This link was used, or is none. A new one comes with: claims review start\n"
_LOGIN = "/user/login/"
_ALWAYS = (
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("Connection", "close"),
)
_NO_TIPS = tuple(
    f"heidi_ignored_tips:{page}=true; Path=/; Max-Age=1209600; SameSite=Lax"
    for page in ("projectCreation", "projectSettings", "organizationPage")
)
"""What its pages leave where somebody has closed their tips, which praise the paid edition."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address that signs in once; ``process`` is the listener's."""

    url: str = field(repr=False)
    process: subprocess.Popen[str] = field(repr=False)

    def close(self) -> None:
        """End the listener, whether the link was used or not."""
        self.process.terminate()
        self.process.wait()


def make_session(url: str, account: Account) -> str:
    """The cookie of a new session of the account, by the server's own form.

    Raises:
        ServerError: the server does not answer, or does not take the account's password.
    """
    with open_client(url) as browser, transport_errors(url, MENDS):
        raise_for(browser.get(_LOGIN), url, _LOGIN, MENDS)
        form = {
            "email": account.email,
            "password": account.password,
            "csrfmiddlewaretoken": browser.cookies.get("csrftoken") or "",
            "persist_session": "on",
        }
        answer = browser.post(_LOGIN, data=form, headers={"Referer": f"{url}{_LOGIN}"})
        session = browser.cookies.get("sessionid")
    if not (answer.is_redirect and session):  # who is refused gets the form again, and a cookie too
        raise ServerError(
            f"{url} does not sign {account.email} in; was the password changed there? Sign in by "
            "hand with the new one",
            cause="unauthorised",
        )
    return session


def open_link(session: str, target: str, *, seconds: float = SECONDS) -> Link:
    """A link that hands the session to whoever opens it first and leads to ``target``.

    The listener outlives this process, and ends by itself.
    """
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "pipeline.review.signin"],
        stdin=subprocess.PIPE,  # no secret stands in an argument, which others may list
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=without_proxies(_environment()),
        text=True,
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    json.dump({"session": session, "target": target, "seconds": seconds}, process.stdin)
    process.stdin.close()
    url = process.stdout.readline().strip()
    process.stdout.close()
    if not url:
        process.wait()
        raise ServerError("no loopback port is free for the link", cause="unreachable")
    return Link(url, process)


def answer_once(
    session: str,
    target: str,
    *,
    seconds: float,
    linger: float = _LINGER,
    tell: Callable[[str], None],
) -> bool:
    """Whether the link was used; it is told, once it answers, to ``tell``.

    This returns ``linger`` seconds after its use, or after ``seconds``.
    """
    path = f"/{secrets.token_urlsafe(32)}"
    used: list[float] = []
    turn = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self) -> None:
            if not self._is_first():
                self._say(404, [("Content-Type", "text/plain; charset=utf-8")], _GONE)
                return
            cookies = [f"sessionid={session}; Path=/; HttpOnly; SameSite=Lax", *_NO_TIPS]
            self._say(302, [("Location", target), *(("Set-Cookie", one) for one in cookies)], b"")

        def _is_first(self) -> bool:
            purpose = self.headers.get("Sec-Purpose") or self.headers.get("Purpose") or ""
            with turn:
                first = not used and secrets.compare_digest(self.path.encode(), path.encode())
                if first and "prefetch" not in purpose:  # a browser may ask before its person does
                    used.append(time.monotonic())
                    return True
            return False

        def _say(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
            self.send_response_only(status)
            for name, value in (*headers, *_ALWAYS, ("Content-Length", str(len(body)))):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Write no log: the path is a secret."""

    until = time.monotonic() + seconds
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        tell(f"http://127.0.0.1:{server.server_port}{path}")
        while (left := min([until, *(at + linger for at in used)]) - time.monotonic()) > 0:
            server.timeout = min(left, _LOOK)
            server.handle_request()
    return bool(used)


def _environment() -> dict[str, str]:
    """This process's environment, in which the listener finds this very package."""
    root = str(Path(__file__).parents[2])
    others = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{others}" if others else root}


def _main() -> None:
    given = json.load(sys.stdin)
    answer_once(**given, tell=_print_and_close)


def _print_and_close(url: str) -> None:
    print(url, flush=True)
    sys.stdout.close()


if __name__ == "__main__":
    _main()
