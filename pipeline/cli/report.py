"""The verb ``claims report``: a page to look at and to send to a colleague."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import counted, emit, on_one_line, say
from pipeline.cli.filters import NO_FILTER, narrow, with_filters
from pipeline.cli.gathering import gather_claims
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    CorpusOption,
    ModelsOption,
    RuleOption,
    chosen_rule,
    writable_place,
)
from pipeline.export.filters import Filter

if TYPE_CHECKING:
    from pipeline.export.gather import Gathered
    from pipeline.report.figures import Figures
    from pipeline.report.page import Options
    from pipeline.report.progress import Progress

EXAMPLE = "Example: claims report -o page.html"
_OUT = typer.Option("--output", "-o", metavar="PAGE", help="Where the page goes; - for stdout.")
_PNG = typer.Option(
    "--png", metavar="FOLDER", help="Write the figures alone to this folder too.",
    show_default=False,
)  # fmt: skip
_TITLE = typer.Option("--title", help="The title of the page.", show_default=False)
_EXTRACTED = typer.Option("--extracted", help="The machine's claims, marked as unreviewed.")
_ORPHANS = typer.Option("--orphans", help="Also claims whose words are no longer in the article.")
_DUPLICATES = typer.Option("--duplicates", help="Also claims of near-duplicates of an article.")
_DRY_RUN = typer.Option("--dry-run", help="Count the claims, and write nothing.")


@with_filters
def report(
    output: Annotated[Path, _OUT] = Path("report.html"),
    png: Annotated[Path | None, _PNG] = None,
    title: Annotated[str | None, _TITLE] = None,
    extracted: Annotated[bool, _EXTRACTED] = False,
    rule: RuleOption = None,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
    orphans: Annotated[bool, _ORPHANS] = False,
    duplicates: Annotated[bool, _DUPLICATES] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
    wanted: Filter = NO_FILTER,
) -> None:
    """Write one page that shows who supports and who opposes what, and the sentences behind it.

    The page is whole in itself: it loads nothing and runs no script. With --png the figures are
    written as pictures too: matrix, network, time and activity. Exits with 1 where an article
    cannot be read; the page is of the others, and says so.
    """
    from pipeline.report.page import TITLE, Options
    from pipeline.report.progress import read_progress

    for place in (png, None if str(output) == "-" else output):
        if place is not None:
            writable_place(place)
    chosen = chosen_rule(annotations, rule)
    every = gather_claims(
        corpus,
        annotations,
        rule=chosen,
        models=models,
        extracted=extracted,
        duplicates=duplicates,
        orphans=orphans,
    )
    progress = read_progress(annotations, every, chosen)  # of all, whatever is shown
    gathered = narrow(every, wanted, models=models)
    for line in (*gathered.notes, *(f"left out: {fault}" for fault in gathered.faults)):
        say(on_one_line(line))
    count = counted(gathered.count, f"{'unreviewed' if extracted else 'verified'} claim")
    hint = _hint(gathered, wanted, progress, extracted=extracted)
    if dry_run:
        say(f"{count} would be shown{hint}")
    else:
        selection = str(wanted) if wanted else ""
        options = Options(title=title or TITLE, unreviewed=extracted, selection=selection)
        written = _write(gathered, progress, options, output=output, png=png)
        where = f" in {', '.join(map(str, written))}" if written else ""
        say(f"{count} shown{where}{hint}")
    if gathered.faults:
        raise typer.Exit(1)


def _write(
    gathered: Gathered, progress: Progress, options: Options, *, output: Path, png: Path | None
) -> list[Path]:
    """Write the page, and the pictures where a folder is named; the files that were written."""
    from pipeline.files import write_text_atomically
    from pipeline.report.figures import build_figures
    from pipeline.report.page import build_page

    figures = build_figures(gathered)
    page = build_page(gathered, figures, progress, options)
    pictures = _write_pictures(png, figures) if png is not None else []
    if str(output) == "-":
        emit(page)
        return pictures
    write_text_atomically(output, page)
    return [output, *pictures]


def _write_pictures(folder: Path, figures: Figures) -> list[Path]:
    from pipeline.report.needs import needed
    from pipeline.report.pictures import write_pictures

    needed("matplotlib")  # before there is an empty folder
    folder.mkdir(exist_ok=True)
    return write_pictures(folder, figures)


def _hint(gathered: Gathered, wanted: Filter, progress: Progress, *, extracted: bool) -> str:
    """What to do first where there is no claim; empty where there is one, or a filter says why."""
    if gathered.count or wanted:
        return ""
    if extracted or not progress.extracted:
        return "; extract some first: claims extract"
    return "; review some first: claims review start"
