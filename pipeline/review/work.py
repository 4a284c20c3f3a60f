"""The verbs of review over a workspace: push, pull, adjudicate, status."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.dataset.articles import read_good_articles
from pipeline.dataset.carry import find_all_to_carry, under_former_ids
from pipeline.dataset.corrected import read_corrected
from pipeline.dataset.fold import Fold, fold_decisions
from pipeline.dataset.ledger import LEDGER, append_decisions, read_decisions, standing_decisions
from pipeline.dataset.records import Decision, Order, Rule
from pipeline.dataset.sample import add_readings, read_readings, readers_of
from pipeline.dataset.settings import read_review_settings
from pipeline.errors import SettingError
from pipeline.locking import locked
from pipeline.reading.duplicates import duplicate_of
from pipeline.records import Extraction
from pipeline.reprocess.merge import settled_claims
from pipeline.review.adjudicate import build_adjudications
from pipeline.review.client import Server
from pipeline.review.columns import ensure_columns
from pipeline.review.look import read_look
from pipeline.review.order import arrange
from pipeline.review.project import (
    TITLE,
    ensure_project,
    find_project,
    find_reviewers,
    read_screen,
    settling,
)
from pipeline.review.pull import Pulled, pull_decisions
from pipeline.review.push import PushReport, push_tasks
from pipeline.review.removed import find_removed
from pipeline.review.reports import PullReport, Status, find_reasons, find_reviewers_status
from pipeline.review.sampled import find_readings
from pipeline.review.state import State
from pipeline.review.tasks import Task, build_tasks

Effects = Callable[[], Mapping[str, float]]
_MARKS, _LAST = "pulled.json", "last-decisions.json"


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where the articles and the annotations are, and how the project is called on servers.

    ``reviewers`` is how many must see each claim; None where that is the server's to say.
    ``order`` is that of the queue, ``sample`` the share of passages that are mixed into it.
    """

    corpus: Path
    annotations: Path
    title: str = TITLE
    reviewers: int | None = None
    order: Order = Order.RISK
    sample: float = 0.0

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


def open_workspace(
    corpus: Path,
    annotations: Path,
    *,
    title: str | None = None,
    reviewers: int | None = None,
    order: Order | None = None,
    sample: float | None = None,
) -> Workspace:
    """The workspace by its ``annotations/review.toml``, but for what was said otherwise.

    Raises:
        SettingError: that file is wrong.
    """
    found = read_review_settings(annotations).but(
        project=title, reviewers=reviewers, order=order, sample=sample
    )
    return Workspace(corpus, annotations, found.project, found.reviewers, found.order, found.sample)


def without_duplicates(articles: Mapping[str, Extraction]) -> tuple[Extraction, ...]:
    """The articles that are no near-duplicate of another: a syndicated copy is reviewed once."""
    return tuple(one for one in articles.values() if duplicate_of(one.metadata) is None)


def plan_tasks(
    workspace: Workspace,
    articles: Mapping[str, Extraction] | None = None,
    *,
    whole: bool = False,
    effects: Effects | None = None,
) -> tuple[Task, ...]:
    """What there is to review, in the workspace's order; ``articles`` are its own, if at hand.

    ``effects`` is asked how much the decision on each claim can change, by the claim's id, where
    that is the order.

    Raises:
        SettingError: it is, and nobody can be asked.
    """
    articles = workspace.articles() if articles is None else articles
    decisions = read_decisions(workspace.ledger)
    reviewers = workspace.reviewers or 1
    decided = settled_claims(decisions, articles, reviewers=reviewers)
    kept, look = without_duplicates(articles), read_look(workspace.annotations)
    tasks = build_tasks(kept, decided=decided, whole=whole, sample=workspace.sample, look=look)
    readers = readers_of(read_readings(workspace.annotations))
    left = [
        task
        for task in tasks
        if task.data["claims"] or len(readers.get(task.data.get("sample", ""), ())) < reviewers
    ]
    if workspace.order is Order.EFFECT and effects is None:
        raise SettingError("the order effect is known to claims review push and start alone")
    wanted = effects() if effects and workspace.order is Order.EFFECT else {}
    return arrange(left, workspace.order, effects=wanted)


def push(
    workspace: Workspace,
    server: Server,
    *,
    whole: bool = False,
    effects: Effects | None = None,
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
        asked = replace(workspace, reviewers=reviewers)
        tasks = plan_tasks(asked, articles, whole=whole, effects=effects)
        project = ensure_project(
            server,
            title=workspace.title,
            screen=read_screen(workspace.annotations),
            reviewers=reviewers,
        )
        gone = {*under_former_ids(articles), *find_removed(workspace.annotations)} - unread.keys()
        report = push_tasks(
            server,
            project,
            tasks,
            articles=frozenset({*articles, *gone}),
            order=workspace.order,
            on_progress=on_progress,
        )
        ensure_columns(server, project)
        return report


def adjudicate(workspace: Workspace, server: Server, *, rule: Rule) -> tuple[int, PushReport]:
    """How many disagreements there are, and what was sent to have them settled."""
    with locked("review adjudicate", workspace.corpus, workspace.annotations):
        articles = workspace.articles()
        fold = fold_decisions(workspace.decisions(articles), articles, rule=rule)
        tasks = build_adjudications(
            fold.disagreements, articles, look=read_look(workspace.annotations)
        )
        title = settling(workspace.title)
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
        found = PullReport()
        for title in (workspace.title, settling(workspace.title)):
            project = find_project(server, title)
            if project is not None:
                name = f"{server.url} {project} {title}"
                pulled = _pull_project(workspace, server, project, name, marks, known, unread)
                found = found.with_more(pulled)
                if not dry_run:
                    _keep(workspace, name, pulled, marks)
        if not dry_run:
            _carry(workspace.ledger, articles)
        return found


def _pull_project(
    workspace: Workspace,
    server: Server,
    project: int,
    name: str,
    marks: Mapping[str, object],
    articles: Mapping[str, Extraction],
    unread: Mapping[str, str],
) -> Pulled:
    """What one project newly says; it is asked for all where an older ledger came back."""
    ledger = read_decisions(workspace.ledger)
    last = workspace.state.read(_LAST)
    ids = {item.id for item in ledger}  # without the last where an older one came back
    whole = bool(ids) and last.get(name, ledger[-1].id) in ids
    since = str(marks.get(name, "")) if whole else ""
    pulled = pull_decisions(
        server, project, since=since, ledger=ledger, articles=articles, unread=unread
    )
    readings = find_readings(
        server, project, since=since, known=read_readings(workspace.annotations)
    )
    return replace(pulled, readings=readings)


def _keep(workspace: Workspace, name: str, pulled: Pulled, marks: dict[str, object]) -> None:
    """Add to the files what was pulled, then remember from when to ask the next time."""
    append_decisions(workspace.ledger, pulled.decisions)
    add_readings(workspace.annotations, pulled.readings)
    marks[name] = pulled.until
    if pulled.decisions:
        last = workspace.state.read(_LAST)
        workspace.state.write(_LAST, {**last, name: pulled.decisions[-1].id})
    workspace.state.write(_MARKS, marks)


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
        open_units=len(plan_tasks(replace(workspace, order=Order.RISK), articles)),
        verified=len(fold.verified),
        rejected=len(fold.rejected),
        added=len({item.claim for item in standing if item.shown is None}),
        disagreements=len(fold.disagreements),
        stale=len(fold.stale),
        reviewers=find_reviewers_status(standing),
        reasons=find_reasons(standing),
    )
    return status, fold
