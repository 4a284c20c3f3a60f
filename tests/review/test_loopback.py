"""What goes to this machine goes there straight, whatever proxies the environment names."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.network.loopback import is_loopback, open_client, without_proxies
from pipeline.review.client import Server
from pipeline.review.state import State
from pipeline.review.studio import Account, _environment
from tests.review.answering import Studio, serving

NAMES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a proxy is asked that every variable names and no exception is made for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            asked.append(f"{self.path} {self.headers.get('Authorization')}")
            self.send_response(200)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        do_GET = do_POST = do_PATCH = do_DELETE = do_CONNECT = _answer

        def log_message(self, *_: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    for name in NAMES:
        monkeypatch.setenv(name, f"http://127.0.0.1:{httpd.server_port}")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    yield asked
    httpd.shutdown()
    httpd.server_close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "127.1"])
def test_the_token_goes_to_no_proxy(host: str, proxy: list[str]) -> None:
    with serving(Studio()) as url, Server(url.replace("127.0.0.1", host), "secret") as server:
        assert server.check() == "1.23.2"
    assert proxy == []


def test_what_is_elsewhere_goes_by_the_proxy(proxy: list[str]) -> None:
    with open_client("http://studio.example") as client:
        assert client.get("/api/version").json() == {}
    assert proxy == ["http://studio.example/api/version None"]


def test_the_sdk_with_our_client_goes_straight_too(proxy: list[str]) -> None:
    from label_studio_sdk import LabelStudio

    with serving(studio := Studio()) as url:
        sdk = LabelStudio(base_url=url, api_key="t" * 40, httpx_client=open_client(url))
        sdk.projects.get(id=1)
    assert studio.asked == ["GET /api/projects/1/"]
    assert proxy == []


def test_the_embedded_server_knows_of_no_proxy_and_of_no_way_out(
    proxy: list[str], tmp_path: Path
) -> None:
    state = State.beside(tmp_path / "annotations")
    found = _environment(state, Account("a@b.example", "p", "t"))
    named = {found[name] for name in found if name.lower() in {one.lower() for one in NAMES}}
    assert named == {"http://127.0.0.1:9"}
    assert "127.0.0.1" in found["NO_PROXY"].split(",")
    assert found["PATH"] == os.environ["PATH"]
    assert proxy == []


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("localhost", True), ("localhost.", True), ("studio.localhost", True), ("::1", True),
        ("[::1]", True), ("::ffff:127.0.0.1", True), ("127.255.0.9", True), ("0x7f.1", True),
        ("2130706433", True), ("0.0.0.0", True), ("localhost.example.org", False),
        ("10.0.0.1", False), ("192.168.1.2", False), ("notlocalhost", False), ("8.8.8.8", False),
        ("127.0.0.1.example.org", False),
    ],
)  # fmt: skip
def test_what_is_this_machine(host: str, is_here: bool) -> None:
    assert is_loopback(host) is is_here


def test_no_name_of_a_proxy_is_left() -> None:
    odd = {"Http_Proxy": "x", "FTP_PROXY": "x", "no_PROXY": "example.org", "KEEP": "y"}
    assert without_proxies(odd).keys() == {"KEEP", "NO_PROXY", "no_proxy"}
