"""Each fault of a server gives an error that names cause and mend; what passes is tried again."""

from __future__ import annotations

import base64
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pipeline.errors import SettingError
from pipeline.network.failures import ServerError
from pipeline.review.client import Server
from pipeline.review.connection import connect
from pipeline.review.state import State

Answer = tuple[int, dict[str, str], object]


@contextmanager
def answering(*answers: Answer) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """A server that gives these answers in turn, the last for ever; and what it was asked."""
    asked: list[tuple[str, str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            asked.append((self.command, self.path, self.headers.get("Authorization") or ""))
            status, headers, body = answers[min(len(asked), len(answers)) - 1]
            data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in {"Set-Cookie": "sessionid=secret", **headers}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = do_DELETE = _answer

        def log_message(self, *_: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{httpd.server_port}", asked
    finally:
        httpd.shutdown()
        httpd.server_close()


def client(url: str, token: str = "t" * 40) -> Server:
    return Server(url, token, patience=1, tries=3, pause=0.01)


@pytest.mark.parametrize(
    ("status", "cause", "mend", "calls"),
    [
        (401, "unauthorised", "LABEL_STUDIO_API_KEY", 1),
        (403, "forbidden", "administrator", 1),
        (404, "missing", "claims review push", 1),
        (429, "busy", "wait a minute", 3),
        (500, "broken", "its log", 3),
        (503, "busy", "overloaded", 3),
        (301, "refused", "final address", 1),
        (400, "refused", "did not take it", 1),
    ],
)
def test_a_refusal_names_cause_and_mend(status: int, cause: str, mend: str, calls: int) -> None:
    with answering((status, {}, {"detail": "why"})) as (url, asked), client(url) as server:
        with pytest.raises(ServerError, match=mend) as caught:
            server.get("/api/tasks")
        assert caught.value.cause == cause
        assert str(status) in str(caught.value)
        assert "secret" not in str(caught.value)
        assert "t" * 40 not in str(caught.value)
        assert len(asked) == calls


def test_what_passes_is_tried_again_and_a_post_is_not() -> None:
    with answering((500, {}, {}), (503, {}, {}), (200, {}, {"ok": 1})) as (url, _):
        assert client(url).get("/x") == {"ok": 1}
    with answering((500, {}, {}), (200, {}, {})) as (url, asked):
        with pytest.raises(ServerError):
            client(url).post("/x", [])
        assert len(asked) == 1
    with answering((429, {"Retry-After": "0"}, {}), (200, {}, {"ok": 1})) as (url, _):
        assert client(url).post("/x", []) == {"ok": 1}


def test_a_deleted_thing_may_be_deleted_again() -> None:
    with answering((404, {}, {})) as (url, _):
        client(url).delete("/api/tasks/1/")


def test_nobody_there() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(ServerError, match="claims review start") as caught:
        client(f"http://127.0.0.1:{port}").get("/api/version")
    assert caught.value.cause == "unreachable"


def test_a_server_that_says_nothing_is_slow() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ServerError, match="did not answer in time") as caught:
            Server(url, "t", patience=0.2, tries=1).get("/api/version")
        assert caught.value.cause == "slow"


def test_https_is_verified() -> None:
    import shutil
    import ssl
    import subprocess
    import tempfile
    from pathlib import Path

    assert shutil.which("openssl")
    with tempfile.TemporaryDirectory() as folder:
        pair = Path(folder, "key.pem"), Path(folder, "cert.pem")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj",
             "/CN=localhost", "-keyout", str(pair[0]), "-out", str(pair[1])],
            check=True, capture_output=True,
        )  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pair[1], pair[0])
        httpd = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
        httpd.socket = context.wrap_socket(httpd.socket, server_side=True)
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        with pytest.raises(ServerError, match="cannot be trusted") as caught:
            client(f"https://localhost:{httpd.server_port}").get("/api/version")
        httpd.shutdown()
        httpd.server_close()
    assert caught.value.cause == "certificate"


@pytest.mark.parametrize(
    "version", [{"release": "1.12.0"}, {"label-studio-os-package": {"version": "1.22.9"}}, {}]
)
def test_an_old_server_is_named(version: dict[str, object]) -> None:
    with answering((200, {}, version)) as (url, _):
        with pytest.raises(ServerError, match=r"1\.23 or newer") as caught:
            client(url).check()
        assert caught.value.cause == "old"


def test_another_program_is_not_taken_for_label_studio() -> None:
    page = (200, {}, "<html>hello</html>")
    with answering(page) as (url, _), pytest.raises(ServerError, match="is it a Label Studio"):
        client(url).check()


def test_a_personal_access_token_is_exchanged_once() -> None:
    head = base64.urlsafe_b64encode(b'{"alg":"HS256"}').decode().rstrip("=")
    token = f"{head}.e30.sig"
    with answering((200, {}, {"access": "short-lived"})) as (url, asked):
        server = client(url, token)
        server.get("/a")
        server.get("/b")
    assert [(path, auth) for _, path, auth in asked] == [
        ("/api/token/refresh/", ""),
        ("/a", "Bearer short-lived"),
        ("/b", "Bearer short-lived"),
    ]


def test_half_an_address_and_no_server_are_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    from pathlib import Path

    state = State.beside(Path(str(tmp_path)) / "annotations")
    monkeypatch.delenv("LABEL_STUDIO_URL", raising=False)
    monkeypatch.delenv("LABEL_STUDIO_API_KEY", raising=False)
    with pytest.raises(SettingError, match="claims review start"):
        connect(state)
    monkeypatch.setenv("LABEL_STUDIO_URL", "https://example.org")
    with pytest.raises(SettingError, match="LABEL_STUDIO_API_KEY is not"):
        connect(state)
    with pytest.raises(SettingError, match="must begin with https"):
        Server("example.org", "t")


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(SettingError, match="holds a name or password") as caught:
        Server("https://ana:secret@label.example.org", "token")
    assert "secret" not in str(caught.value)
