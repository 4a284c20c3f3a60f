"""How fast push and pull are beside the bare SDK's import and export, on an embedded server.

Run: ``python benchmarks/review_throughput.py [TASKS]``. It starts a server of its own with an empty
database, and stops it. The rates are tasks a second. Export and pull read the same tasks, all of
them decided, and take turns: the median of five runs each is given, as the server's own speed
varies twofold between equal calls. An export ends with its JSON parsed, a pull with its decisions
in the ledger.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.dataset.ledger import LEDGER, append_decisions
from pipeline.files import sha256_of_text
from pipeline.network.loopback import open_client
from pipeline.records import Claim, Extraction, Form, Holder, Kind, Mention, Sentence, Span, Stance
from pipeline.review.client import Server
from pipeline.review.project import ensure_project, read_screen
from pipeline.review.pull import pull_decisions
from pipeline.review.push import BATCH, push_tasks
from pipeline.review.state import State
from pipeline.review.studio import start_studio, stop_studio
from pipeline.review.tasks import build_tasks

TURNS = 5
"""How often export and pull are run, one after the other."""

_PARAGRAPH = (
    "Chile rejected the draft that Peru had backed at the last meeting of the group.",
    "Ministers from nine states had spent a week on the wording, mostly at night.",
    "Brazil opposed a ban on exports, which its farmers fear more than any drought.",
    "The chair left early, and the minutes say little about the reasons for it.",
    "Mexico welcomed the report of the panel, though two of its own experts had not signed.",
    "Prices rose by four per cent in the month before, and rain came late again.",
    "Canada criticised the timetable as too slow for the islands that wait for funds.",
    "A vote is planned for the spring, if the hall in the old harbour is repaired by then.",
)
_CLAIMS = (
    ("Chile", "rejected", "the draft", Stance.OPPOSE),
    ("Brazil", "opposed", "a ban on exports", Stance.OPPOSE),
    ("Mexico", "welcomed", "the report of the panel", Stance.SUPPORT),
    ("Canada", "criticised", "the timetable", Stance.OPPOSE),
)


def make_articles(count: int) -> list[Extraction]:
    """Articles of one paragraph with eight sentences and four claims."""
    text = " ".join(_PARAGRAPH)
    sentences = tuple(
        Sentence(text.index(words), text.index(words) + len(words)) for words in _PARAGRAPH
    )
    claims = tuple(
        Claim(
            id=f"claim-{number}",
            holder=Holder(*_find(text, holder), f"country:{holder[:2].upper()}"),
            cue=Span(*_find(text, cue)),
            stance=stance,
            form=Form.ACTION,
            target=Span(*_find(text, target)),
            score=0.6,
        )
        for number, (holder, cue, target, stance) in enumerate(_CLAIMS)
    )
    mentions = (Mention(0, 5, Kind.STATE, "country:CH"),)
    one = Extraction("article-0", text, sentences, mentions, claims)
    return [replace(one, article=f"article-{number}") for number in range(count)]


def _find(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def seconds_of(work: Callable[[], object]) -> float:
    """How long ``work`` takes, without what was left to be collected from before it."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def show(name: str, count: int, seconds: float) -> float:
    """The tasks a second, printed."""
    rate = count / seconds
    print(f"{name:<40}{rate:>10.0f} tasks/s", flush=True)
    return rate


def accept_all(server: Server, project: int) -> None:
    """Submit every task as it is, one after the other, as reviewers do."""
    for task in list(server.find_tasks(project)):
        prediction = task["predictions"][0]
        annotation = {"result": prediction["result"], "parent_prediction": prediction["id"]}
        server.post(f"/api/tasks/{task['id']}/annotations/", {**annotation, "lead_time": 5.0})


def main(count: int) -> None:
    """Print the rates and their ratios."""
    from label_studio_sdk import LabelStudio

    folder = Path(tempfile.mkdtemp())
    state = State.beside(folder / "annotations")
    running = start_studio(state, say=print)
    try:
        tasks = build_tasks(make_articles(count))
        articles = {article.article: article for article in make_articles(count)}
        assert sha256_of_text(tasks[0].data["text"]) == tasks[0].data["passage_sha256"]
        direct = open_client(running.url, timeout=600, follow_redirects=True)
        sdk: Any = LabelStudio(  # type: ignore[no-untyped-call]
            base_url=running.url, api_key=running.account.token, httpx_client=direct
        )
        with Server(running.url, running.account.token) as server:
            screen = read_screen(folder)

            def project(title: str) -> int:
                return ensure_project(server, title=title, screen=screen)

            plain = [task.to_json() for task in tasks]
            ours, theirs, decided = project("ours"), project("theirs"), project("decided")

            def bare_import() -> None:
                for start in range(0, count, BATCH):
                    sdk.projects.import_tasks(
                        theirs,
                        request=plain[start : start + BATCH],
                        request_options={"max_retries": 0, "timeout_in_seconds": 600},
                    )

            def bare_export() -> None:
                json.loads(b"".join(sdk.projects.exports.download_sync(decided)))

            bare = show("SDK import", count, seconds_of(bare_import))
            push = show("push", count, seconds_of(lambda: push_tasks(server, ours, tasks)))
            again = seconds_of(lambda: push_tasks(server, ours, tasks))
            show("push again (nothing new)", count, again)
            push_tasks(server, decided, tasks)
            accept_all(server, decided)

            def pull() -> None:
                found = pull_decisions(server, decided, since="", ledger=(), articles=articles)
                ledger = Path(tempfile.mkdtemp(dir=folder)) / LEDGER
                assert append_decisions(ledger, found.decisions) == 4 * count, found.faults[:3]

            turns = [(seconds_of(bare_export), seconds_of(pull)) for _ in range(TURNS)]
            export = show("SDK export", count, statistics.median(one for one, _ in turns))
            pulled = show("pull (all decided)", count, statistics.median(two for _, two in turns))
            print(f"push is {push / bare:.2f} of the SDK's import")
            print(f"pull is {pulled / export:.2f} of the SDK's export")
    finally:
        stop_studio(state)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
