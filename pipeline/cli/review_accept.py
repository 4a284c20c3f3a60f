"""The verb ``claims review accept``: many claims taken at once, and taken back as one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import counted, emit, on_one_line, say
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    CorpusOption,
    existing_corpus,
)
from pipeline.errors import SettingError

if TYPE_CHECKING:
    from pipeline.review.bulk import Choice, Offer, Wanted
    from pipeline.review.work import Workspace

EXAMPLE = "Example: claims review accept --above 0.95 --dry-run"
_ABOVE = typer.Option(
    "--above", min=0, max=1, help="Take claims of this score or more.", show_default=False
)
_CUES = typer.Option("--cue", metavar="ID", help="Only claims of this cue; several may be named.")
_ARTICLES = typer.Option(
    "--article", metavar="ID", help="Only claims of this article; several may be named."
)
_SHOW = typer.Option("--show", min=0, help="How many of them are shown, drawn by chance.")
_REVIEWER = typer.Option(
    "--reviewer",
    metavar="NAME",
    help="Whose decisions they are. By default the user of the server in use, or of this machine.",
    show_default=False,
)
_YES = typer.Option("--yes", "-y", help="Do not ask.")
_UNDO = typer.Option(
    "--undo", metavar="RUN", help="Take back what a run took; claims review status names the runs."
)
_DRY_RUN = typer.Option("--dry-run", help="Show what would be done, and do nothing.")


def accept(
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    above: Annotated[float | None, _ABOVE] = None,
    cues: Annotated[list[str] | None, _CUES] = None,
    articles: Annotated[list[str] | None, _ARTICLES] = None,
    show: Annotated[int, _SHOW] = 10,
    reviewer: Annotated[str | None, _REVIEWER] = None,
    yes: Annotated[bool, _YES] = False,
    undo: Annotated[str | None, _UNDO] = None,
    dry_run: Annotated[bool, _DRY_RUN] = False,
) -> None:
    """Accept many claims at once, as your decisions, each marked as one of that run.

    Some of them are shown first, and you are asked. What somebody decided is never touched, and
    passages of the random sample are left to be read.
    """
    from pipeline.review.work import open_workspace

    existing_corpus(corpus)
    workspace = open_workspace(corpus, annotations)
    if undo is not None:
        if above is not None or cues or articles:
            raise SettingError("--undo takes a whole run back; leave --above and the others out")
        _undo(workspace, undo, dry_run=dry_run)
        return
    if above is None:
        raise SettingError(
            "from which score on? Say for example: claims review accept --above 0.95"
        )
    from pipeline.review.bulk import Wanted, find_choice

    wanted = Wanted(above, tuple(cues or ()), tuple(articles or ()))
    choice = find_choice(workspace, wanted)
    _tell(choice, wanted, show)
    if not choice.offers:
        say("Nothing is accepted. Next: claims review status")
    elif dry_run:
        count = counted(len(choice.offers), "claim")
        say(f"{count} would be accepted. Next: the same without --dry-run")
    else:
        _agree(len(choice.offers), yes=yes)
        _accept(workspace, wanted, choice, reviewer)


def _accept(workspace: Workspace, wanted: Wanted, choice: Choice, reviewer: str | None) -> None:
    from pipeline.review.bulk import accept as accept_in_bulk
    from pipeline.review.connection import find_own_name

    name = reviewer or find_own_name(workspace.state)
    found = accept_in_bulk(workspace, wanted, choice, reviewer=name)
    if not found:
        say("All of them were decided meanwhile. Next: claims review status")
        return
    say(f"To take them back: claims review accept --undo {found[0].bulk}")
    say(
        f"{counted(len(found), 'claim')} accepted as {name}'s, in run {found[0].bulk}. "
        "Next: claims review push, so that nobody is asked for them, and claims verify"
    )


def _undo(workspace: Workspace, run: str, *, dry_run: bool) -> None:
    from pipeline.review.bulk import undo as undo_run

    count = counted(undo_run(workspace, run, dry_run=dry_run), "decision")
    if dry_run:
        say(f"{count} of run {run} would be taken back. Next: the same without --dry-run")
    else:
        say(f"{count} of run {run} taken back. Next: claims review push")


def _agree(number: int, *, yes: bool) -> None:
    """Ask the person.

    Raises:
        SettingError: nobody can be asked.
        typer.Abort: they do not want it.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise SettingError(
            "nobody is here to be asked; look at them with --dry-run, then say --yes"
        )
    say(f"Accept {counted(number, 'claim')}? [y/N]")
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise typer.Abort


def _tell(choice: Choice, wanted: Wanted, show: int) -> None:
    """Show some of the claims, and say how many there are and what is left."""
    from pipeline.review.bulk import show_some

    some = show_some(choice, show)
    for offer in some:
        emit(_lines(offer))
    of = len({offer.extraction.article for offer in choice.offers})
    told = f", {len(some)} of them shown" if choice.offers else ""
    say(
        f"{wanted}: {counted(len(choice.offers), 'undecided claim')} in "
        f"{counted(of, 'article')}{told}; {choice.decided} decided before, {choice.sampled} in "
        "passages of the random sample are left."
    )


def _lines(offer: Offer) -> str:
    """A claim in words, and under it the sentence."""
    claim, text = offer.claim, offer.extraction.text
    verb = {"support": "supports", "oppose": "opposes", "neutral": "is neutral on"}[claim.stance]
    flags = "".join(f" ({name})" for name in ("negated", "hedged") if getattr(claim, name))
    target = claim.target.text_in(text) if claim.target else "(no target)"
    cue = claim.evidence.cue if claim.evidence and claim.evidence.cue else "no cue of the lexicon"
    said = f"{claim.holder.span.text_in(text)} — {verb} — {target}{flags}"
    place = f"{offer.extraction.article}  {claim.score:.2f}  “{claim.cue.text_in(text)}” ({cue})"
    return f"{place}\n  {on_one_line(said)}\n  {on_one_line(offer.sentences.text)}\n"
