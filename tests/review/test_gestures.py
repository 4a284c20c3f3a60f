"""What a reviewer does all day: each gesture of docs/review.md arrives as it was made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.dataset.ledger import read_decisions
from pipeline.dataset.records import Decision, Position, Reason, Verdict
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
SECOND_LINE = ["Alt+."] * 2
FIRST_CUE = ["Alt+."] * 3  # two lines come first
FIRST_HOLDER = ["Alt+."] * 5
FIRST_TARGET = ["Alt+."] * 6
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
        keep, reject_by_number, correct_by_click, reject_with_a_reason, reject_by_the_cue,
        take_a_line_away, cue_against_line, comment_by_enter, comment_by_click, set_form_and_flags,
        set_them_at_a_cue, join_a_holder, join_a_target, join_a_target_to_a_line, add_a_claim,
        choose_the_entity, type_the_entity, take_it_back, take_a_number_back,
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
    screen.press("Alt+.", "s")
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


def effort(screen: Screen) -> tuple[int, int, int]:
    """Keys, clicks and drags so far."""
    return screen.keys, screen.clicks, screen.drags


def effort_since(screen: Screen, before: tuple[int, int, int]) -> tuple[int, int, int]:
    keys, clicks, drags = effort(screen)
    return keys - before[0], clicks - before[1], drags - before[2]


def reject_by_number(screen: Screen) -> Check:
    """The second claim is rejected by one key, without being chosen; and it is to be seen."""
    before = effort(screen)
    screen.press("2")
    assert effort_since(screen, before) == (1, 0, 0)
    assert [screen.shown_beside(number) for number in (1, 2)] == ["", "✗ not a claim"]
    screen.submit()

    def check(said: Said) -> None:
        assert said.verdicts == ("accepted", "rejected")
        assert said.peru.reason is None

    return check


def correct_by_click(screen: Screen) -> Check:
    """A click and a key turn the second claim's stance; two keys the first one's."""
    before = effort(screen)
    screen.choose_line(2)
    screen.press("o")
    assert effort_since(screen, before) == (1, 1, 0)
    assert screen.shown_beside(2) == "→ opposes"
    screen.press("Escape")
    before = effort(screen)
    screen.press("Alt+.", "n")
    assert effort_since(screen, before) == (2, 0, 0)
    screen.submit()

    def check(said: Said) -> None:
        assert said.verdicts == ("edited", "edited")
        stances = [one.decided and one.decided.stance.value for one in (said.chile, said.peru)]
        assert stances == ["neutral", "oppose"]

    return check


def reject_with_a_reason(screen: Screen) -> Check:
    """The reason is one key on a line, which rejects it; one rejected by its number has it too."""
    screen.press("Alt+.", "h")
    screen.press("2")
    screen.choose_line(2)
    screen.press("c")
    assert screen.shown_beside(1) == "✗ wrong holder"
    screen.submit()

    def check(said: Said) -> None:
        assert said.verdicts == ("rejected", "rejected")
        assert (said.chile.reason, said.peru.reason) == (Reason.WRONG_HOLDER, Reason.ROUTINE_ACT)

    return check


def reject_by_the_cue(screen: Screen) -> Check:
    """The cue marked in the passage rejects as the line does."""
    screen.press(*FIRST_CUE, "k")
    screen.submit()

    def check(said: Said) -> None:
        assert said.verdicts == ("rejected", "accepted")

    return check


def take_a_line_away(screen: Screen) -> Check:
    """A line that was taken away rejects its claim."""
    screen.press("Alt+.", "Backspace")
    assert len(screen.lines()) == 1
    screen.submit()

    def check(said: Said) -> None:
        assert said.verdicts == ("rejected", "accepted")

    return check


def cue_against_line(screen: Screen) -> Check:
    """Cues say one thing and the first line another: the line is of its own claim, and counts."""
    screen.press(*FIRST_CUE, "w")
    screen.press("Alt+.", "e")
    screen.press("Escape", "Alt+.", "n")
    screen.submit()

    def check(said: Said) -> None:
        stances = [one.decided and one.decided.stance.value for one in (said.chile, said.peru)]
        assert stances == ["neutral", "oppose"]

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
    """Form and flags of the chosen line alone, and a flag that is taken off again."""
    screen.press("Alt+.", "m", "v")
    screen.press("Alt+.", "d", "v", "v")
    screen.submit()
    return forms_check


def set_them_at_a_cue(screen: Screen) -> Check:
    """The same at the cues in the passage, with the shift key."""
    screen.press(*FIRST_CUE, "Shift+m", "Shift+v")
    screen.press("Alt+.", "Shift+d", "Shift+v", "Shift+v")
    screen.submit()
    return forms_check


def forms_check(said: Said) -> None:
    assert said.verdicts == ("edited", "edited")
    found = []
    for one in (said.chile.decided, said.peru.decided):
        assert one is not None
        found.append((one.form.value, one.negated, one.hedged))
    assert found == [("statement", True, False), ("action", False, True)]


def join_a_holder(screen: Screen) -> Check:
    """A holder drawn anew and joined to a cue that has one is a claim of its own."""
    screen.mark("q", *place("vote"))
    screen.press("Escape", *FIRST_CUE)
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
    screen.mark("t", *place("vote"))
    screen.press("Escape", *FIRST_CUE)
    screen.join(TEXT.index("vote") + 1)
    screen.submit()
    return target_check


def join_a_target_to_a_line(screen: Screen) -> Check:
    """A target that is joined to a line is its claim's, in place of the one before."""
    screen.mark("t", *place("vote"))
    screen.press("Escape", "Alt+.")
    screen.join(TEXT.index("vote") + 1)
    screen.submit()
    return target_check


def target_check(said: Said) -> None:
    assert said.verdicts == ("edited", "accepted")
    assert said.chile.decided is not None
    assert said.chile.decided.target is not None
    target = said.chile.decided.target
    assert (target.start, target.end, target.text) == (*place("vote"), "vote")
    assert (said.chile.decided.holder, said.chile.decided.cue) == (CHILE.holder, CHILE.cue)


def add_a_claim(screen: Screen) -> Check:
    """Two keys and two drags."""
    before = effort(screen)
    screen.mark("q", *place("draft"))
    screen.mark("e", *place("the"))
    assert effort_since(screen, before) == (2, 0, 2)
    screen.submit()

    def check(said: Said) -> None:
        assert said.verdicts == ("accepted", "accepted")
        (added,) = said.added
        assert added.decided is not None
        assert (added.decided.holder.text, added.decided.cue.text) == ("draft", "the")
        assert added.decided.stance.value == "oppose"

    return check


def choose_the_entity(screen: Screen) -> Check:
    """One of the article's entities, from the list."""
    screen.press(*FIRST_HOLDER)
    screen.page.locator(".lsf-choices").get_by_text("Chile").first.click()
    screen.page.get_by_text("Peru", exact=True).last.click()
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


def take_a_number_back(screen: Screen) -> Check:
    """The key that rejected a claim, pressed again, keeps it."""
    screen.press("1", "1")
    assert screen.shown_beside(1) == ""
    screen.submit()

    def check(said: Said) -> None:
        assert said.verdicts == ("accepted", "accepted")
        assert said.chile.decided == CHILE

    return check
