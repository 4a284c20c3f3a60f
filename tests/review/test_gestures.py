"""What a reviewer does all day: each gesture of docs/review.md arrives as it was made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.dataset.ledger import read_decisions
from pipeline.dataset.records import Decision, Position, Verdict
from pipeline.dataset.verify import rebuild
from pipeline.review import work
from pipeline.review.client import Server
from pipeline.review.studio import Running
from pipeline.review.work import Workspace
from tests.dataset.build import TEXT, chile, peru, position_of
from tests.review.make import article_of, make_workspace
from tests.review.screen import Browser, Screen
from tests.review.test_screen import project_of

COMMENT = "Comment on this passage (optional)"
ENTITY = "another entity, as country:MX or org:OAS"
FIRST_HOLDER = ["Alt+."] * 3  # two cues come first
FIRST_TARGET = ["Alt+."] * 4
CHILE, PERU = position_of(chile()), position_of(peru())


@dataclass(frozen=True)
class Said:
    """What an article's decisions came to: the two claims that were shown, and what was added."""

    chile: Decision
    peru: Decision
    added: tuple[Decision, ...]

    @property
    def verdicts(self) -> tuple[str, str]:
        return self.chile.verdict.value, self.peru.verdict.value

    @property
    def comments(self) -> set[str]:
        return {self.chile.comment, self.peru.comment, *(item.comment for item in self.added)}


Check = Callable[[Said], None]


def test_each_gesture_arrives_as_it_was_made(
    studio: Running, server: Server, browser: Browser, tmp_path: Path
) -> None:
    gestures: list[Callable[[Screen], Check]] = [
        keep, correct_both, comment_by_enter, comment_by_click, set_form_and_flags,
        join_a_holder, join_a_target, choose_the_entity, type_the_entity, take_it_back,
    ]  # fmt: skip
    workspace = push_articles(tmp_path, len(gestures), server)
    screen = browser.sign_in(studio.url, studio.account)
    screen.open_stream(project := project_of(server, workspace.title))
    checks = {}
    for gesture in gestures:
        article = article_on(screen, server, project)
        checks[article] = gesture(screen)
    assert len(checks) == len(gestures)
    report = work.pull(workspace, server)
    assert report.faults == ()
    decisions = read_decisions(workspace.ledger)
    for article, check in checks.items():
        check(said_of([item for item in decisions if item.article == article]))
    assert rebuild(workspace.corpus, workspace.annotations).faults == ()
    assert screen.outside == []


def test_a_submitted_passage_is_opened_again_and_the_last_word_counts(
    studio: Running, server: Server, browser: Browser, tmp_path: Path
) -> None:
    workspace = push_articles(tmp_path, 2, server)
    screen = browser.sign_in(studio.url, studio.account)
    screen.open_stream(project_of(server, workspace.title))
    screen.press("Alt+.", "x")
    screen.submit()
    assert dict(work.pull(workspace, server).decisions) == {"rejected": 1, "accepted": 1}
    assert verified(workspace) == [PERU]

    screen.go_back()
    assert screen.regions() == 6
    screen.press("Alt+.", "2")
    screen.submit()
    assert dict(work.pull(workspace, server).decisions) == {"edited": 1}
    last = read_decisions(workspace.ledger)[-1]
    assert (last.verdict, last.claim) == (Verdict.EDITED, chile().id)
    assert last.decided is not None
    assert last.decided.stance.value == "support"
    assert verified(workspace) == [last.decided, PERU]
    assert dict(work.pull(workspace, server).decisions) == {}


def push_articles(folder: Path, count: int, server: Server) -> Workspace:
    """A project with so many articles of one passage with two claims each."""
    for number in range(count):
        workspace = make_workspace(folder, article_of(f"day-{number}"), f"Gestures {count}")
    work.push(workspace, server)
    return workspace


def article_on(screen: Screen, server: Server, project: int) -> str:
    """The article whose passage is on the screen."""
    number = screen.task()
    tasks = server.find_tasks(project, fields="task_only")
    return next(str(task["data"]["article"]) for task in tasks if task["id"] == number)


def said_of(decisions: list[Decision]) -> Said:
    shown = {item.claim: item for item in decisions if item.shown is not None}
    added = tuple(item for item in decisions if item.shown is None)
    return Said(shown[chile().id], shown[peru().id], added)


def verified(workspace: Workspace) -> list[Position]:
    fold = rebuild(workspace.corpus, workspace.annotations).fold
    return [claim.position for claim in fold.verified]


def place(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def keep(screen: Screen) -> Check:
    """One key accepts the whole passage."""
    before = screen.keys
    screen.submit()
    assert screen.keys - before == 1

    def check(said: Said) -> None:
        assert said.verdicts == ("accepted", "accepted")
        assert (said.chile.decided, said.peru.decided) == (CHILE, PERU)
        assert said.added == ()

    return check


def correct_both(screen: Screen) -> Check:
    """Two keys a claim reject the first and correct the second; one submits."""
    before = screen.keys
    screen.press("Alt+.", "x")
    screen.press("Alt+.", "3")
    screen.submit()
    assert screen.keys - before == 2 * 2 + 1

    def check(said: Said) -> None:
        assert said.verdicts == ("rejected", "edited")
        assert said.peru.decided is not None
        assert said.peru.decided.stance.value == "oppose"

    return check


def comment_by_enter(screen: Screen) -> Check:
    """Letters that are keys elsewhere are letters in a comment."""
    screen.press("Alt+.")
    screen.type_into(COMMENT, "x 2 says Ana: “sñ”")
    screen.press("Enter")
    screen.submit()

    def check(said: Said) -> None:
        assert said.verdicts == ("accepted", "accepted")
        assert said.comments == {"x 2 says Ana: “sñ”"}

    return check


def comment_by_click(screen: Screen) -> Check:
    """What stands in the field counts without Enter."""
    screen.type_into(COMMENT, "ask Bo")
    screen.submit(click=True)

    def check(said: Said) -> None:
        assert said.verdicts == ("accepted", "accepted")
        assert said.comments == {"ask Bo"}

    return check


def set_form_and_flags(screen: Screen) -> Check:
    """Form and flags of the chosen cue alone, and a flag that is taken off again."""
    screen.press("Alt+.", "s", "n")
    screen.press("Alt+.", "h", "n", "n")
    screen.submit()

    def check(said: Said) -> None:
        assert said.verdicts == ("edited", "edited")
        found = []
        for one in (said.chile.decided, said.peru.decided):
            assert one is not None
            found.append((one.form.value, one.negated, one.hedged))
        assert found == [("statement", True, False), ("action", False, True)]

    return check


def join_a_holder(screen: Screen) -> Check:
    """A holder drawn anew and joined to a cue that has one is a claim of its own."""
    screen.mark("1", *place("vote"))
    screen.press("Escape", "Alt+.")
    screen.join(TEXT.index("vote") + 1)
    screen.submit()

    def check(said: Said) -> None:
        assert said.verdicts == ("accepted", "accepted")
        (added,) = said.added
        assert added.decided is not None
        assert added.verdict is Verdict.ADDED
        assert (added.decided.holder.text, added.decided.holder.start) == ("vote", place("vote")[0])
        assert (added.decided.cue, added.decided.target) == (CHILE.cue, CHILE.target)

    return check


def join_a_target(screen: Screen) -> Check:
    """A target is taken away and one of the next sentence joined in its place."""
    screen.press(*FIRST_TARGET, "Backspace")
    screen.mark("5", *place("vote"))
    screen.press("Escape", "Alt+.")
    screen.join(TEXT.index("vote") + 1)
    screen.submit()

    def check(said: Said) -> None:
        assert said.verdicts == ("edited", "accepted")
        assert said.chile.decided is not None
        assert said.chile.decided.target is not None
        target = said.chile.decided.target
        assert (target.start, target.end, target.text) == (*place("vote"), "vote")
        assert (said.chile.decided.holder, said.chile.decided.cue) == (CHILE.holder, CHILE.cue)

    return check


def choose_the_entity(screen: Screen) -> Check:
    """One of the article's entities, from the list."""
    screen.press(*FIRST_HOLDER)
    screen.page.get_by_text("country:CL").first.click()
    screen.page.get_by_text("country:PE").last.click()
    screen.press("Escape")
    screen.submit()
    return entity_check("country:PE")


def type_the_entity(screen: Screen) -> Check:
    """An entity that is not in the list goes before the one that is chosen there."""
    screen.press(*FIRST_HOLDER)
    screen.type_into(ENTITY, "org:UNASUR")
    screen.press("Enter")
    screen.submit()
    return entity_check("org:UNASUR")


def entity_check(entity: str) -> Check:
    def check(said: Said) -> None:
        assert said.verdicts == ("edited", "accepted")
        assert said.chile.decided is not None
        assert said.chile.decided.entity == entity
        assert said.chile.decided.holder == CHILE.holder

    return check


def take_it_back(screen: Screen) -> Check:
    """What was marked by mistake is undone before it is submitted."""
    screen.press("Alt+.", "x", "Control+z")
    screen.submit()

    def check(said: Said) -> None:
        assert said.verdicts == ("accepted", "accepted")
        assert said.chile.decided == CHILE

    return check
