"""What reviewers see and do in the browser comes back as it was done."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

import pytest

from pipeline.dataset.ledger import read_decisions
from pipeline.dataset.records import Verdict
from pipeline.dataset.verify import rebuild
from pipeline.records import Extraction, Kind, Mention, Sentence
from pipeline.review import work
from pipeline.review.client import Server
from pipeline.review.project import find_project
from pipeline.review.studio import Account, Running
from tests.dataset.build import chile, claim_of, peru
from tests.review.make import add_user, article_of, make_workspace
from tests.review.screen import Browser


def project_of(server: Server, title: str) -> int:
    found = find_project(server, title)
    assert found is not None
    return found


HARD = (
    "😀👩‍🚀 Ca\u0301diz\u00a0said: Chile <b>rejected</b>\u00a0the 🗳 draft. "
    "&amp; <script>alert(1)</script>"
)


def test_offsets_come_back_right_behind_emoji_marks_and_hard_blanks(
    studio: Running, server: Server, browser: Browser, tmp_path: Path
) -> None:
    text = HARD
    shown = claim_of("Chile", "rejected", "oppose", "the 🗳 draft", "country:CL", text)
    article = Extraction("hard", text, (Sentence(0, len(text)),), (), (shown,))
    workspace = make_workspace(tmp_path, article, "Hard text")
    work.push(workspace, server)
    screen = browser.sign_in(studio.url, studio.account)
    screen.open_stream(project_of(server, workspace.title))
    assert screen.regions() == 3
    for key, words in (("q", "Ca\u0301diz"), ("w", "said"), ("t", "draft")):
        start = text.index(words)
        screen.mark(key, start, start + len(words))
    screen.submit()
    report = work.pull(workspace, server)
    assert (report.faults, dict(report.decisions)) == ((), {"accepted": 1, "added": 1})
    assert rebuild(workspace.corpus, workspace.annotations).faults == ()
    lines = (workspace.annotations / "verified.jsonl").read_text().splitlines()
    added = next(line for line in map(json.loads, lines) if line["verdict"] == "added")
    for name, words in (("holder", "Ca\u0301diz"), ("cue", "said"), ("target", "draft")):
        piece = added[name]
        assert piece["text"] == words
        assert text[piece["start"] : piece["end"]] == words
    assert screen.outside == []


WRAPPED = "Kenya  rejected the\nplan for a\u00a0dam, and Togo\tbacked the  levy on \tsalt."


def test_what_is_drawn_over_line_breaks_tabs_and_runs_of_blanks_is_taken(
    studio: Running, server: Server, browser: Browser, tmp_path: Path
) -> None:
    text = WRAPPED
    shown = tuple(
        claim_of(who, cue, how, "", f"country:{who}", text)
        for who, cue, how in (("Kenya", "rejected", "oppose"), ("Togo", "backed", "support"))
    )
    article = Extraction("wrapped", text, (Sentence(0, len(text)),), (), shown)
    workspace = make_workspace(tmp_path, article, "Wrapped text")
    work.push(workspace, server)
    screen = browser.sign_in(studio.url, studio.account)
    screen.open_stream(project_of(server, workspace.title))
    drawn = ("the\nplan for a\u00a0dam", "the  levy on \tsalt")
    for words in drawn:
        screen.mark("t", text.index(words), text.index(words) + len(words))
    sent = [item["value"]["text"] for item in screen.submit()["result"] if "value" in item]
    assert not set(drawn) & set(sent), "the screen writes the text as it is: no test of this kind"
    report = work.pull(workspace, server)
    assert (report.faults, dict(report.decisions)) == ((), {"edited": 2})
    decided = [item.decided for item in read_decisions(workspace.ledger)]
    targets = [one.target.text for one in decided if one and one.target]
    assert {words.rstrip(",.") for words in targets} == set(
        drawn
    )  # it marks words with their marks
    assert work.pull(workspace, server).decisions == {}


def test_markup_in_texts_and_names_is_shown_and_not_run(
    studio: Running, server: Server, browser: Browser, tmp_path: Path
) -> None:
    run = "<img src=x onerror=\"document.title='run'\">"
    text = f"Chile rejected {run} <b>the draft</b>. </style><script>document.title='run'</script>"
    shown = claim_of("Chile", "rejected", "oppose", f"{run} <b>the draft</b>", "org:CL", text)
    name = Mention(*place_of(run, text), kind=Kind.ORGANISATION, entity="org:CL")
    article = Extraction("markup", text, (Sentence(0, len(text)),), (name,), (shown,), metadata={
        "title": run,
    })  # fmt: skip
    workspace = make_workspace(tmp_path, article, "Markup")
    work.push(workspace, server)
    screen = browser.sign_in(studio.url, studio.account)
    screen.open_stream(project_of(server, workspace.title))
    assert "<b>the draft</b>" in screen.page.inner_text(".passage")
    (line,) = screen.lines()
    assert line.startswith("1 Chile (<img src=x …)")
    screen.page.locator(".passage .htx-highlight", has_text="Chile").first.click()
    assert "<img src=x" in screen.page.inner_text(".lsf-choices >> visible=true")
    assert screen.page.locator("img[src=x]").count() == 0
    assert screen.page.title() != "run"
    assert screen.outside == []


def place_of(words: str, text: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def test_the_second_reviewer_sees_the_machines_claims_and_not_the_firsts(
    studio: Running, server: Server, browser: Browser, tmp_path: Path
) -> None:
    workspace = make_workspace(tmp_path, article_of("two"), "Two reviewers", reviewers=2)
    work.push(workspace, server)
    project = project_of(server, workspace.title)
    first = browser.sign_in(studio.url, studio.account)
    first.open_stream(project)
    assert first.regions() == 6
    first.press("Alt+.", "x")
    first.submit()

    second = add_user(
        studio, Account("second@localhost.localdomain", secrets.token_hex(8), secrets.token_hex(20))
    )
    screen = browser.sign_in(studio.url, second)
    screen.open_stream(project)
    assert screen.regions() == 6
    assert [screen.shown_beside(number) for number in (1, 2)] == ["", ""]
    screen.submit()
    work.pull(workspace, server)
    verdicts = {(d.reviewer, d.claim): d.verdict for d in read_decisions(workspace.ledger)}
    one, two = studio.account.email, second.email
    assert verdicts == {
        (one, chile().id): Verdict.REJECTED,
        (one, peru().id): Verdict.ACCEPTED,
        (two, chile().id): Verdict.ACCEPTED,
        (two, peru().id): Verdict.ACCEPTED,
    }
    _, fold = work.read_status(workspace, rule=work.Rule.MAJORITY)
    assert [claim.id for claim in fold.verified] == [peru().id]

    count, report = work.adjudicate(workspace, server, rule=work.Rule.MAJORITY)
    assert (count, report.posted) == (1, 1)
    judge = browser.sign_in(studio.url, studio.account)
    judge.open_stream(project_of(server, f"{workspace.title} · adjudication"))
    assert "second@localhost.localdomain" in judge.page.inner_text("body")
    judge.submit()
    work.pull(workspace, server)
    status, fold = work.read_status(workspace, rule=work.Rule.MAJORITY)
    assert [claim.id for claim in fold.verified] == [chile().id, peru().id]
    assert fold.verified[0].adjudicated
    assert status.disagreements == 0


@pytest.mark.parametrize("way", ["stream", "address"])
def test_predictions_are_seen_on_the_very_first_opening(
    studio: Running, server: Server, browser: Browser, tmp_path: Path, way: str
) -> None:
    for number in range(2):
        folder = tmp_path / str(number)
        folder.mkdir()
        workspace = make_workspace(folder, article_of("seen"), f"Seen {way} {number}")
        work.push(workspace, server)
        project = project_of(server, workspace.title)
        screen = browser.sign_in(studio.url, studio.account)
        if way == "stream":
            screen.open_stream(project)
        else:
            task = next(iter(server.find_tasks(project, fields="task_only")))
            screen.open_task(project, task["id"])
        assert screen.regions() == 6
        screen.page.context.close()


def test_skip_decides_nothing(
    studio: Running, server: Server, browser: Browser, tmp_path: Path
) -> None:
    workspace = make_workspace(tmp_path, article_of("skip"), "Skipped")
    work.push(workspace, server)
    screen = browser.sign_in(studio.url, studio.account)
    screen.open_stream(project_of(server, workspace.title))
    screen.skip()
    report = work.pull(workspace, server)
    assert (dict(report.decisions), report.tasks) == ({}, 1)
    assert not (workspace.annotations / "decisions.jsonl").read_bytes()
