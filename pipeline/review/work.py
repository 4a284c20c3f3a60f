"""The verbs of review over a workspace: push, pull, adjudicate, status."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.dataset.articles import read_good_articles
from pipeline.dataset.carry import find_all_to_carry, under_former_ids
from pipeline.dataset.corrected import read_corrected
from pipeline.dataset.fold import Fold, fold_decisions
from pipeline.dataset.ledger import LEDGER, append_decisions, read_decisions, standing_decisions
from pipeline.dataset.records import Decision, Rule
from pipeline.dataset.settings import read_review_settings
from pipeline.locking import locked
from pipeline.reading.duplicates import duplicate_of
from pipeline.records import Extraction
from pipeline.reprocess.merge import settled_claims
from pipeline.review.adjudicate import build_adjudications
from pipeline.review.client import Server
from pipeline.review.project import (
    ADJUDICATION,
    TITLE,
    ensure_project,
    find_project,
    find_reviewers,
    read_screen,
)
from pipeline.review.pull import pull_decisions
from pipeline.review.push import PushReport, push_tasks
from pipeline.review.state import State
from pipeline.review.tasks import Task, build_tasks

_MARKS, _LAST, _REMOVED = "pulled.json", "last-decisions.json", "removed.json"


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where the articles and the annotations are, and how the project is called on servers.

    ``reviewers`` is how many must see each claim; None where that is the server's to say.
    """

    corpus: Path
    annotations: Path
    title: str = TITLE
    reviewers: int | None = None

    @property
    def state(self) -> State:
        """What review remembers for this workspace."""
        return State.beside(self.annotations)

    @property
    def ledger(self) -> Path:
        """The file of decisions."""
        return self.annotations / LEDGER

    def articles(self) -> dict[str, Extraction]:
        """Every article of the corpus that can be read, with what was extracted from it."""
        return self.read()[0]

    def read(self) -> tuple[dict[str, Extraction], dict[str, str]]:
        """The articles that can be read, and what is wrong with each of the others, by id."""
        return read_good_articles(self.corpus, self.annotations)

    def decisions(self, articles: Mapping[str, Extraction]) -> tuple[Decision, ...]:
        """The ledger's decisions with entities as they were corrected since."""
        ledger = read_decisions(self.ledger)
        return read_corrected(self.annotations).decisions(ledger, articles)


@dataclass(frozen=True, slots=True)
class PullReport:
    """What a pull brought: decisions by verdict, faults, and how many tasks were looked at."""

    decisions: Mapping[str, int]
    faults: tuple[str, ...]
    tasks: int


@dataclass(frozen=True, slots=True)
class ReviewerStatus:
    """What one reviewer did; ``rate`` is claims a minute, None where no time was recorded."""

    reviewer: str
    claims: int
    minutes: float
    rate: float | None


@dataclass(frozen=True, slots=True)
class Status:
    """How far review is; ``open_units`` are the passages that nobody, or too few, decided."""

    articles: int
    claims: int
    decided: int
    open_units: int
    verified: int
    rejected: int
    added: int
    disagreements: int
    stale: int
    reviewers: tuple[ReviewerStatus, ...]


def open_workspace(
    corpus: Path, annotations: Path, *, title: str | None = None, reviewers: int | None = None
) -> Workspace:
    """The workspace by its ``annotations/review.toml``, but for what was said otherwise.

    Raises:
        SettingError: that file is wrong.
    """
    settings = read_review_settings(annotations).but(project=title, reviewers=reviewers)
    return Workspace(corpus, annotations, settings.project, settings.reviewers)


def without_duplicates(articles: Mapping[str, Extraction]) -> tuple[Extraction, ...]:
    """The articles that are no near-duplicate of another: a syndicated copy is reviewed once."""
    return tuple(one for one in articles.values() if duplicate_of(one.metadata) is None)


def plan_tasks(
    workspace: Workspace,
    articles: Mapping[str, Extraction] | None = None,
    *,
    whole: bool = False,
) -> tuple[Task, ...]:
    """What there is to review, the riskiest first; ``articles`` are the workspace's, if at hand."""
    articles = workspace.articles() if articles is None else articles
    decisions = read_decisions(workspace.ledger)
    decided = settled_claims(decisions, articles, reviewers=workspace.reviewers or 1)
    return build_tasks(without_duplicates(articles), decided=decided, whole=whole)


def push(
    workspace: Workspace,
    server: Server,
    *,
    whole: bool = False,
    on_progress: Callable[[int], None] = lambda _: None,
    on_fault: Callable[[str], None] = lambda _: None,
) -> PushReport:
    """What was sent; see ``pipeline.review.push``. One push of a workspace runs at a time.

    ``on_fault`` is told of each article that cannot be read; its tasks stay as they are.
    """
    with locked("review push", workspace.corpus, workspace.annotations):
        articles, unread = workspace.read()
        for fault in unread.values():
            on_fault(fault)
        reviewers = workspace.reviewers or find_reviewers(server, workspace.title)
        tasks = plan_tasks(replace(workspace, reviewers=reviewers), articles, whole=whole)
        project = ensure_project(
            server,
            title=workspace.title,
            screen=read_screen(workspace.annotations),
            reviewers=reviewers,
        )
        gone = {*under_former_ids(articles), *_removed(workspace.annotations)} - unread.keys()
        return push_tasks(
            server, project, tasks, articles=frozenset({*articles, *gone}), on_progress=on_progress
        )


def remember_removed(annotations: Path, article: str) -> None:
    """Let the next push withdraw the tasks of the article that nobody has begun with."""
    names = sorted({*_removed(annotations), article})
    State.beside(annotations).write(_REMOVED, {"articles": names})


def _removed(annotations: Path) -> tuple[str, ...]:
    found = State.beside(annotations).read(_REMOVED).get("articles")
    return tuple(map(str, found)) if isinstance(found, list) else ()


def adjudicate(workspace: Workspace, server: Server, *, rule: Rule) -> tuple[int, PushReport]:
    """How many disagreements there are, and what was sent to have them settled."""
    with locked("review adjudicate", workspace.corpus, workspace.annotations):
        articles = workspace.articles()
        fold = fold_decisions(workspace.decisions(articles), articles, rule=rule)
        tasks = build_adjudications(fold.disagreements, articles)
        title = _settling(workspace.title)
        if not tasks and find_project(server, title) is None:
            return 0, PushReport()
        screen = read_screen(workspace.annotations)
        project = ensure_project(server, title=title, screen=screen)
        report = push_tasks(server, project, tasks, articles=frozenset(articles))
        return len(fold.disagreements), report


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
        for title in (workspace.title, _settling(workspace.title)):
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


def read_status(workspace: Workspace, *, rule: Rule) -> tuple[Status, Fold]:
    """How far review is, by the ledger and the extractions; no server is asked."""
    articles = workspace.articles()
    decisions = workspace.decisions(articles)
    fold = fold_decisions(decisions, articles, rule=rule)
    decided = settled_claims(decisions, articles, reviewers=workspace.reviewers or 1)
    claims = [claim.id for article in articles.values() for claim in article.claims]
    standing = standing_decisions(decisions)
    status = Status(
        articles=len(articles),
        claims=len(claims),
        decided=sum(claim in decided for claim in claims),
        open_units=len(build_tasks(without_duplicates(articles), decided=decided)),
        verified=len(fold.verified),
        rejected=len(fold.rejected),
        added=len({item.claim for item in standing if item.shown is None}),
        disagreements=len(fold.disagreements),
        stale=len(fold.stale),
        reviewers=_by_reviewer(standing),
    )
    return status, fold


def _by_reviewer(standing: tuple[Decision, ...]) -> tuple[ReviewerStatus, ...]:
    claims: dict[str, int] = defaultdict(int)
    seconds: dict[str, dict[str, float]] = defaultdict(dict)
    for item in standing:
        claims[item.reviewer] += 1
        if item.lead_time is not None:
            seconds[item.reviewer][item.origin.annotation] = item.lead_time
    found = []
    for reviewer in sorted(claims):
        minutes = sum(seconds[reviewer].values()) / 60
        rate = claims[reviewer] / minutes if minutes else None
        found.append(ReviewerStatus(reviewer, claims[reviewer], minutes, rate))
    return tuple(found)


def _settling(title: str) -> str:
    return f"{title} · {ADJUDICATION}"
