"""A server with one address of OpenAI's, which answers as a test has it: well, badly, slowly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LONGEST = 30
"""How many seconds a slow answer waits at most, where the test does not end it before."""


@dataclass(frozen=True)
class Reply:
    """One answer: ``length`` is what is announced, ``delay`` the seconds before it and ``drip``
    between its bytes; with ``headless`` they are those of a head that never ends.
    """

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("content-type", "application/json"),)
    length: int | None = None
    delay: float = 0
    drip: float = 0
    headless: bool = False


Choice = Callable[[dict[str, Any]], Reply]


@dataclass
class Model:
    """The replies in turn, the last for ever, or one chosen by what is asked; what was asked."""

    replies: tuple[Reply, ...] = ()
    choose: Choice | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def reply(self, body: dict[str, Any]) -> Reply:
        self.asked.append(body)
        if self.choose is not None:
            return self.choose(body)
        return self.replies[min(len(self.asked), len(self.replies)) - 1]


def completion(content: str, **choice: Any) -> Reply:
    """What a server answers whose model says ``content``."""
    message = {"role": "assistant", "content": content}
    found = {"choices": [{"index": 0, "message": message, "finish_reason": "stop", **choice}]}
    return Reply(json.dumps(found).encode())


def claim(holder: str, cue: str, stance: str, target: str | None, **others: Any) -> dict[str, Any]:
    """A claim as the schema has it."""
    given = {"sentence": 1, "holder": holder, "cue": cue, "stance": stance, "target": target}
    plain = {"form": "statement", "negated": False, "hedged": False, "attribution": None}
    return {**given, **plain, **others}


def says(*claims: dict[str, Any]) -> Reply:
    """What a server answers whose model makes these claims."""
    return completion(json.dumps({"claims": claims}))


def models_of(*replies: Reply) -> Model:
    return Model(replies)


@contextmanager
def serving(model: Model) -> Iterator[str]:
    """The address at which the model answers, on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers.get("content-length", 0))
            model.paths.append(self.path)
            model.keys.append(self.headers.get("authorization"))
            reply = model.reply(json.loads(self.rfile.read(size)))
            if model.over.wait(min(reply.delay, LONGEST)) and reply.delay:
                return
            if reply.headless:
                self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
                self._drip(reply)
                return
            self.send_response(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value)
            length = len(reply.body) if reply.length is None else reply.length
            self.send_header("content-length", str(length))
            self.end_headers()
            if reply.drip:
                self._drip(reply)
            else:
                with suppress(OSError):  # who asked has gone
                    self.wfile.write(reply.body)

        def _drip(self, reply: Reply) -> None:
            with suppress(OSError):
                for byte in reply.body:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    if model.over.wait(reply.drip):
                        return

        def log_message(self, *_: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{httpd.server_port}/v1"
    finally:
        model.over.set()
        httpd.shutdown()
        httpd.server_close()
