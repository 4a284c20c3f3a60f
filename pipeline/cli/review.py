"""The verbs ``claims review …``: a Label Studio for the claims, and what comes back from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import counted, emit, on_one_line, progress, say
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    CorpusOption,
    ProjectOption,
    ReviewersOption,
    RuleOption,
    chosen_rule,
    existing_corpus,
)
from pipeline.cli.review_accept import EXAMPLE, accept
from pipeline.cli.review_order import OrderOption, SampleOption, effects_of
from pipeline.cli.verbs import Verb, new_verbs
from pipeline.dataset.records import Order

if TYPE_CHECKING:
    from pipeline.review.client import Server
    from pipeline.review.reports import PullReport
    from pipeline.review.studio import Running
    from pipeline.review.work import Workspace

app = new_verbs(
    help="Have the claims checked by people in Label Studio.",
    epilog="Example: claims review start",
    no_args_is_help=True,
)

_DETACH = typer.Option("--detach", help="Leave the server running in the background.")
_PORT = typer.Option(
    "--port", min=1, max=65535, help="The port of this machine to listen on; by default a free one."
)
_BROWSER = typer.Option("--browser/--no-browser", help="Open the browser.")
_WHOLE = typer.Option("--all-paragraphs", help="Also send paragraphs in which nothing was found.")
_EVERYTHING = typer.Option("--all", help="Ask for all that was ever decided, not only the news.")
_PRECISION = typer.Option(
    "--precision",
    min=0.5,
    max=0.999,
    help="Also say which claims can be taken without review so that this share of them is right.",
    show_default=False,
)
_PATIENCE = 60  # seconds: a run of cron's may be at work when the server is stopped
_DRY_RUN = typer.Option("--dry-run", help="Say what would be done, and do nothing.")


@app.command(cls=Verb, epilog="Example: claims review start --no-browser")
def start(
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    title: ProjectOption = None,
    reviewers: ReviewersOption = None,
    order: OrderOption = None,
    sample: SampleOption = None,
    port: Annotated[int | None, _PORT] = None,
    detach: Annotated[bool, _DETACH] = False,
    browser: Annotated[bool, _BROWSER] = True,
) -> None:
    """Start an embedded Label Studio, send what there is to review, and open it, signed in.

    The first use installs Label Studio into an environment of its own. The link that is printed
    signs in once, on this machine. Ctrl-C stops the server; decisions are fetched first. With
    --detach it goes on; claims review stop ends it.
    """
    from pipeline.cli.review_entry import entry
    from pipeline.review import work
    from pipeline.review.client import Server
    from pipeline.review.studio import start_studio

    workspace = _workspace(corpus, annotations, title, reviewers, order, sample)
    running = start_studio(workspace.state, port=port, say=say)
    stays = detach or not running.started
    try:
        with Server(running.url, running.account.token) as server:
            _push(workspace, server, whole=False)
            with entry(workspace, server, running, browser=browser, stays=stays):
                if stays:
                    say("It runs in the background. Next: claims review pull, claims review stop")
                    return
                _wait_for_the_end(running)
            _tell_pull(work.pull(workspace, server, patience=_PATIENCE))
    except BaseException:
        if running.started and not detach:
            _stop(workspace)
        raise
    _stop(workspace)


@app.command(cls=Verb, epilog="Example: claims review stop")
def stop(annotations: AnnotationsOption = ANNOTATIONS) -> None:
    """Stop the embedded Label Studio; nothing is lost, and start brings it back."""
    from pipeline.review.state import State
    from pipeline.review.studio import stop_studio

    stopped = stop_studio(State.beside(annotations))
    say("Label Studio is stopped." if stopped else "No Label Studio was running.")


@app.command(cls=Verb, epilog="Example: claims review push --reviewers 2")
def push(
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    title: ProjectOption = None,
    reviewers: ReviewersOption = None,
    order: OrderOption = None,
    sample: SampleOption = None,
    whole: Annotated[bool, _WHOLE] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
) -> None:
    """Send what there is to review, each passage once; newer predictions replace undecided ones."""
    from pipeline.review.work import plan_tasks

    existing_corpus(corpus)
    workspace = _workspace(corpus, annotations, title, reviewers, order, sample)
    if dry_run:
        tasks = plan_tasks(workspace, whole=whole, effects=effects_of(workspace))
        drawn = sum("sample" in task.data for task in tasks)
        say(
            f"{counted(len(tasks), 'passage')} would be sent in the order {workspace.order}, "
            f"{drawn} of them of the random sample. Next: claims review push"
        )
        return
    with _connected(workspace) as server:
        _push(workspace, server, whole=whole)
    say("Next: review them, then claims review pull")


@app.command(cls=Verb, epilog="Example: claims review pull")
def pull(
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    title: ProjectOption = None,
    everything: Annotated[bool, _EVERYTHING] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
) -> None:
    """Fetch what was decided since the last pull into annotations/decisions.jsonl.

    Exits with 1 where something on the server could not be read; the rest is fetched.
    """
    from pipeline.review import work

    workspace = _workspace(corpus, annotations, title)
    with _connected(workspace) as server:
        report = work.pull(workspace, server, dry_run=dry_run, everything=everything)
    _tell_pull(report)
    if report.faults:
        raise typer.Exit(1)


app.command(cls=Verb, epilog=EXAMPLE)(accept)


@app.command(cls=Verb, epilog="Example: claims review adjudicate")
def adjudicate(
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    title: ProjectOption = None,
    rule: RuleOption = None,
) -> None:
    """Send the claims that reviewers differ on to be settled, every reading shown."""
    from pipeline.review import work

    workspace = _workspace(corpus, annotations, title)
    with _connected(workspace) as server:
        count, report = work.adjudicate(workspace, server, rule=chosen_rule(annotations, rule))
    if not count:
        say("Nobody disagrees. Next: claims verify")
        return
    say(f"{counted(count, 'disagreement')}: {report}. Next: settle them in the project with the")
    say(f"title “{workspace.title} · adjudication”, then claims review pull")


@app.command(cls=Verb, epilog="Example: claims review status")
def status(
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    reviewers: ReviewersOption = None,
    rule: RuleOption = None,
    sample: SampleOption = None,
    precision: Annotated[float | None, _PRECISION] = None,
) -> None:
    """Say how far review is, by the ledger: decided, disagreed, the pace, and what to run next.

    From what was read of the random sample it tells how good the unreviewed rest is.
    """
    from pipeline.cli.review_enough import enough_lines, run_lines
    from pipeline.cli.review_status import agreement_lines, next_step, status_lines
    from pipeline.dataset.agreement import measure_agreement
    from pipeline.dataset.ledger import read_decisions
    from pipeline.review.bulk import find_runs
    from pipeline.review.work import read_status

    workspace = _workspace(corpus, annotations, None, reviewers, sample=sample)
    found, fold = read_status(workspace, rule=chosen_rule(annotations, rule))
    emit(status_lines(found))
    emit(run_lines(find_runs(read_decisions(workspace.ledger))))
    emit(enough_lines(workspace, precision))
    if len(found.reviewers) > 1:
        articles = workspace.articles()
        emit(agreement_lines(measure_agreement(workspace.decisions(articles), articles)))
    for item in fold.disagreements[:20]:
        readers = ", ".join(name for name, _ in item.readings)
        emit(f"disagreed: {item.article} {item.claim} ({readers})\n")
    say(f"Next: {next_step(found)}")


def _workspace(
    corpus: Path,
    annotations: Path,
    title: str | None,
    reviewers: int | None = None,
    order: Order | None = None,
    sample: float | None = None,
) -> Workspace:
    from pipeline.review.work import open_workspace

    return open_workspace(
        corpus, annotations, title=title, reviewers=reviewers, order=order, sample=sample
    )


@contextmanager
def _connected(workspace: Workspace) -> Iterator[Server]:
    from pipeline.review.connection import connect

    with connect(workspace.state) as server:
        yield server


def _push(workspace: Workspace, server: Server, *, whole: bool) -> None:
    from pipeline.review.work import push as push_workspace

    with progress("Sending", None) as move:
        faults: list[str] = []
        report = push_workspace(
            workspace,
            server,
            whole=whole,
            effects=effects_of(workspace),
            on_progress=move,
            on_fault=faults.append,
        )
    for fault in faults:
        say(on_one_line(f"not sent: {fault}"))
    say(f"Passages: {report}.")


def _tell_pull(report: PullReport) -> None:
    for fault in report.faults:
        say(on_one_line(f"not taken: {fault}"))
    counts = ", ".join(f"{count} {verdict}" for verdict, count in sorted(report.decisions.items()))
    say(
        f"{report.tasks} passages looked at, {counts or 'nothing new'}, "
        f"{len(report.faults)} not taken. Next: claims verify"
    )


def _wait_for_the_end(running: Running) -> None:
    """Wait until Ctrl-C is pressed, or the server ends."""
    import time

    from pipeline.review.studio import is_alive

    say("Ctrl-C fetches the decisions and stops it.")
    try:
        while is_alive(running.pid):
            time.sleep(0.5)
    except (KeyboardInterrupt, SystemExit):
        say("")


def _stop(workspace: Workspace) -> None:
    from pipeline.review.studio import stop_studio

    if stop_studio(workspace.state):
        say("Label Studio is stopped. The same command brings it back.")
