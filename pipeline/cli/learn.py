"""The verb ``claims learn``: what the decisions teach, tried on articles that were left out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import command_name, counted, emit, say
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    CorpusOption,
    ModelsOption,
    Profile,
    ProfileOption,
    chosen_rule,
    existing_corpus,
)
from pipeline.errors import SettingError

if TYPE_CHECKING:
    from pipeline.lexicon.lesson import Lesson
    from pipeline.teaching.lessons import Learned
    from pipeline.teaching.workspace import TooFew

EXAMPLE = "Example: claims learn --dry-run"

_STATUS = typer.Option("--status", help="Say what was learned, and how well it does.")
_RESET = typer.Option("--reset", help="Take away what was learned.")
_DRY_RUN = typer.Option("--dry-run", help="Say what would be learned, and write nothing.")


def learn(
    status: Annotated[bool, _STATUS] = False,
    reset: Annotated[bool, _RESET] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
    profile: ProfileOption = None,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
) -> None:
    """Learn from the decisions which proposed claims stand, with which stance, and how sure.

    It is learned on some of the decided articles and tried on the others, by turns; what is no
    better there takes no effect. What was learned lies in models/learned.yaml, as data, and no
    decision is changed by it. The next extraction is made with it, and claims diff shows what
    that changes before anything is pushed.
    """
    from pipeline.locking import locked

    if status and reset:
        raise SettingError("--status and --reset exclude each other; give one of them")
    folder = models or Path("models")
    if status:
        _tell_status(corpus, annotations, folder)
        return
    existing_corpus(corpus)
    with locked("learn", corpus, annotations, unless=dry_run):
        if reset:
            _take_away(folder, dry_run=dry_run)
        else:
            _learn(corpus, annotations, models, profile, dry_run=dry_run)


def _learn(
    corpus: Path, annotations: Path, models: Path | None, profile: Profile | None, *, dry_run: bool
) -> None:
    from pipeline.lexicon.folder import models_folders
    from pipeline.lexicon.settings import read_settings
    from pipeline.review.work import open_workspace
    from pipeline.teaching.workspace import TooFew, learn_workspace, write_lesson

    workspace = open_workspace(corpus, annotations)
    chosen = profile.value if profile else read_settings(models_folders(models)).profile
    articles, faults = workspace.read()
    for fault in faults.values():
        say(f"left out: {fault}")
    rule = chosen_rule(annotations, None)
    learned = learn_workspace(workspace, articles, profile=chosen, rule=rule, models=models)
    if isinstance(learned, TooFew):
        _tell_too_few(learned)
        return
    _tell(learned, chosen)
    if learned.lesson is None:
        say(f"Nothing was written. Next: decide more, then {command_name()} learn")
        return
    if not dry_run:
        write_lesson(models or Path("models"), learned.lesson)
    say(
        f"{'Would be written' if dry_run else 'Written'}: {_file(models or Path('models'))}. "
        f"Next: {command_name()} extract, then {command_name()} diff"
    )


def _tell_too_few(found: TooFew) -> None:
    from pipeline.teaching.workspace import LEAST_ARTICLES, LEAST_DECISIONS

    say(
        f"Too little to learn of: {counted(found.decisions, 'decision')} in passages that were "
        f"decided whole, in {counted(found.articles, 'article')}; it takes {LEAST_DECISIONS} in "
        f"{LEAST_ARTICLES}. Nothing was written. Next: {command_name()} review start"
    )


def _tell(learned: Learned, profile: str) -> None:
    """Print what was tried, and what takes effect."""
    before, after, (low, high) = learned.before, learned.after, learned.interval
    gain = after.f1 - before.f1
    emit(
        f"profile {profile}, on articles that were left out ({len(before.counts):,} in turn):\n"
        f"  claims and stance, F1: {before.f1:.3f} as it ships, {after.f1:.3f} as it was learned "
        f"({100 * gain:+.1f} points, 95 %: {100 * low:+.1f} to {100 * high:+.1f})\n"
        f"  calibration error of the scores: {before.error:.3f} and {after.error:.3f}\n"
    )
    emit(f"  takes effect: {effect_of(learned.lesson)}\n")


def effect_of(lesson: Lesson | None) -> str:
    """What changes by a lesson, in words."""
    if lesson is None:
        return "nothing, since it is no better there"
    found = ["scores"]
    if lesson.stands is not None:
        found.append(f"which claims stand (from a chance of {lesson.keep:g})")
    if lesson.corrections:
        found.append("which stance the reader sees")
    return ", ".join(found)


def _tell_status(corpus: Path, annotations: Path, folder: Path) -> None:
    from pipeline.lexicon.lesson import read_lesson
    from pipeline.review.work import open_workspace
    from pipeline.teaching.workspace import decided_since

    lesson = read_lesson((folder,))
    if lesson is None:
        say(f"Nothing was learned here: no {_file(folder)}. Next: {command_name()} learn")
        return
    emit(f"{_file(folder)}: profile {lesson.profile}\n")
    for name, value in {**lesson.made, **lesson.figures}.items():
        emit(f"  {name.replace('_', ' ')}: {value}\n")
    emit(f"  takes effect: {effect_of(lesson)}\n")
    since = decided_since(open_workspace(corpus, annotations), lesson)
    say(f"{counted(since, 'line')} of the ledger came since. Next: {command_name()} learn")


def _take_away(folder: Path, *, dry_run: bool) -> None:
    from pipeline.lexicon.lesson import FILE

    path = folder / FILE
    if not path.is_file():
        say(f"Nothing was learned here: no {_file(folder)}. Next: {command_name()} learn")
        return
    if not dry_run:
        path.unlink()
    say(
        f"{'Would be taken away' if dry_run else 'Taken away'}: {_file(folder)}. "
        f"Next: {command_name()} extract, then {command_name()} diff"
    )


def _file(folder: Path) -> Path:
    from pipeline.lexicon.lesson import FILE

    return folder / FILE
