"""A pusher in a process of its own, to be killed: URL, token, project, how many tasks."""

from __future__ import annotations

import sys

from pipeline.review.client import Server
from pipeline.review.push import push_tasks
from tests.review.many import many_tasks

if __name__ == "__main__":
    url, token, project, count = sys.argv[1:]
    with Server(url, token) as server:
        push_tasks(
            server,
            int(project),
            many_tasks(int(count)),
            on_progress=lambda done: print(done, flush=True),
        )
