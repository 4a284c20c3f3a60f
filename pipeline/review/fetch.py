"""The verb pull over a workspace: what reviewers decided, into its ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.dataset.carry import find_all_to_carry, under_former_ids
from pipeline.dataset.ledger import append_decisions, read_decisions
from pipeline.locking import locked
from pipeline.records import Extraction
from pipeline.review.client import Server
from pipeline.review.project import find_project, settling
from pipeline.review.pull import pull_decisions

if TYPE_CHECKING:
    from pipeline.review.work import Workspace

_MARKS, _LAST = "pulled.json", "last-decisions.json"


@dataclass(frozen=True, slots=True)
class PullReport:
    """What a pull brought: decisions by verdict, faults, and how many tasks were looked at."""

    decisions: Mapping[str, int]
    faults: tuple[str, ...]
    tasks: int


def pull(
    workspace: Workspace,
    server: Server,
    *,
    dry_run: bool = False,
    everything: bool = False,
    patience: float = 0,
) -> PullReport:
    """What came back and is in the ledger now; with ``everything`` the last pull is forgotten.

    Where another verb is at work in the workspace, its end is waited for, ``patience`` seconds.
    """
    with locked(
        "review pull", workspace.corpus, workspace.annotations, patience=patience, unless=dry_run
    ):
        marks = {} if everything else workspace.state.read(_MARKS)
        articles, unread = workspace.read()
        # Tasks that were sent before an article was renamed still have its former id.
        known = {
            **{old: articles[new] for old, new in under_former_ids(articles).items()},
            **articles,
        }
        counts: dict[str, int] = defaultdict(int)
        faults: list[str] = []
        tasks = 0
        for title in (workspace.title, settling(workspace.title)):
            project = find_project(server, title)
            if project is None:
                continue
            name = f"{server.url} {project} {title}"
            ledger = read_decisions(workspace.ledger)
            last = workspace.state.read(_LAST)
            ids = {item.id for item in ledger}  # without the last where an older one came back
            whole = bool(ids) and last.get(name, ledger[-1].id) in ids
            pulled = pull_decisions(
                server,
                project,
                since=str(marks.get(name, "")) if whole else "",
                ledger=ledger,
                articles=known,
                unread=unread,
            )
            tasks += pulled.tasks
            faults += pulled.faults
            for decision in pulled.decisions:
                counts[decision.verdict.value] += 1
            if not dry_run:
                append_decisions(workspace.ledger, pulled.decisions)
                marks[name] = pulled.until
                if pulled.decisions:
                    last[name] = pulled.decisions[-1].id
                    workspace.state.write(_LAST, last)
                workspace.state.write(_MARKS, marks)
        if not dry_run:
            _carry(workspace.ledger, articles)
        return PullReport(dict(counts), tuple(faults), tasks)


def _carry(ledger: Path, articles: Mapping[str, Extraction]) -> None:
    """Carry what was decided under former ids of renamed articles to the present ones."""
    for lines in find_all_to_carry(read_decisions(ledger), articles).values():
        append_decisions(ledger, lines)
