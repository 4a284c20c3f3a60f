"""A small server with Label Studio's addresses, whose answers a test may spoil one by one."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pipeline.review.tasks import Task

CREATED = "2026-01-01T00:00:00.000000Z"
CHANGED = "2026-01-02T00:00:00.000000Z"


@dataclass
class Studio:
    """What the server has, what it was asked, and the addresses at which it answers otherwise.

    ``spoilt`` maps a pattern of "METHOD path" to (body, length that is announced).
    """

    title: str = "Claims"
    tasks: list[dict[str, Any]] = field(default_factory=list)
    spoilt: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def add(self, task: Task, *annotations: Any) -> dict[str, Any]:
        """The task as the server has it, with these annotations."""
        number = len(self.tasks) + 1
        self.tasks.append(
            {
                "id": number,
                "project": 1,
                "data": task.data,
                "updated_at": CHANGED,
                "annotations": list(annotations),
                "drafts": [],
                "predictions": [{"id": 100 + number, **task.prediction()}],
                "total_annotations": len(annotations),
                "cancelled_annotations": 0,
                "total_predictions": 1,
            }
        )
        return self.tasks[-1]

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: Any) -> Any:
        """What Label Studio would answer, as far as the client asks it."""
        if path == "/api/version":
            return {"release": "1.23.2"}
        if path == "/api/current-user/whoami":
            return {"id": 1, "email": "ana@example.com"}
        if path == "/api/users/":
            return [{"id": 1, "email": "ana@example.com"}, {"id": 2, "email": "bo@example.com"}]
        if path == "/api/projects/":
            found = [{"id": 1, "title": self.title}]
            return {"results": found, "next": None} if method == "GET" else found[0]
        if path == "/api/projects/1/":
            return {"id": 1, "created_at": CREATED, "maximum_annotations": 1,
                    "task_number": len(self.tasks)}  # fmt: skip
        if path == "/api/projects/1/export":
            wanted = {int(number) for number in query["ids[]"]}
            return [task for task in self.tasks if task["id"] in wanted and task["annotations"]]
        if path == "/api/projects/1/import":
            return {"task_count": len(body), "prediction_count": len(body)}
        if path == "/api/tasks":
            order = json.loads(query["query"][0]).get("ordering", [""])[0]
            found = sorted(self.tasks, key=lambda task: task["id"], reverse=order[:1] == "-")
            size = int(query["page_size"][0])
            start = (int(query["page"][0]) - 1) * size
            return {"tasks": found[start : start + size], "total": len(found)}
        if path in ("/api/predictions/", "/api/dm/views/"):
            return []
        if match := re.fullmatch(r"/api/tasks/(\d+)/", path):
            return next((one for one in self.tasks if one["id"] == int(match[1])), {})
        return {}


@contextmanager
def serving(studio: Studio) -> Iterator[str]:
    """The address at which the studio answers, on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            sent = self.rfile.read(int(self.headers.get("content-length") or 0))
            parts = urlsplit(self.path)
            asked = f"{self.command} {parts.path}"
            studio.asked.append(asked)
            found = [bad for pattern, bad in studio.spoilt.items() if re.fullmatch(pattern, asked)]
            if found:
                data, length = found[0]
            else:
                body = json.loads(sent) if sent else None
                good = studio.answer(self.command, parts.path, parse_qs(parts.query), body)
                data = json.dumps(good).encode()
                length = len(data)
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(length))
            self.end_headers()
            self.wfile.write(data)
            self.close_connection = True

        do_GET = do_POST = do_PATCH = do_DELETE = _answer

        def log_message(self, *_: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(
        target=httpd.serve_forever, daemon=True, kwargs={"poll_interval": 0.01}
    ).start()
    studio.url = f"http://127.0.0.1:{httpd.server_port}"
    try:
        yield studio.url
    finally:
        httpd.shutdown()
        httpd.server_close()


def annotation_of(task: Task, number: int, author: int = 1, **more: Any) -> dict[str, Any]:
    """The annotation of somebody who submitted the task as it was shown."""
    prediction = {"id": 100, **task.prediction()}
    return {
        "id": number,
        "created_at": CHANGED,
        "updated_at": CHANGED,
        "was_cancelled": False,
        "completed_by": author,
        "updated_by": author,
        "lead_time": 6.0,
        "parent_prediction": 100,
        "prediction": json.loads(json.dumps(prediction)),
        "result": json.loads(json.dumps(list(task.result))),
        **more,
    }
