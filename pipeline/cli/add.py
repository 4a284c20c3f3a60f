"""The verb ``claims add``: files into the corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.console import command_name, on_one_line, say
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    AuthorOption,
    CorpusOption,
    DateOption,
    LanguageOption,
    LicenceOption,
    ModelsOption,
    PublisherOption,
    TitleOption,
    UrlOption,
    stated_metadata,
)
from pipeline.errors import SettingError

if TYPE_CHECKING:
    from pipeline.reading.dates import Order
    from pipeline.reading.ingest import Adding, Outcome

EXAMPLE = "Example: claims add vote.txt --title 'The vote' --language en"

_FILES = typer.Argument(
    metavar="FILE",
    help="Articles as .txt, .md, .html, .pdf or .docx files; tables of them as .csv or .jsonl.",
)
_TEXT_COLUMN = typer.Option(
    "--text-column", metavar="NAME", help="The column of a table that holds the text."
)
_ID_COLUMN = typer.Option(
    "--id-column", metavar="NAME", help="The column of a table that gives the articles' ids."
)
_COLUMN = typer.Option(
    "--column",
    metavar="FIELD=NAME",
    help="The column of a table that holds a field of the metadata, as title=headline.",
)
_DATE_ORDER = typer.Option(
    "--date-order",
    metavar="ORDER",
    help="day-first or month-first, for a table's dates such as 05/06/2024.",
)
_REPLACE = typer.Option(
    "--replace", help="Let a newer text, or other metadata, take the place of those of the article."
)
_DRY_RUN = typer.Option("--dry-run", help="Say what would be added, and write nothing.")
_WITH_WARNINGS = " with warnings"


def add(
    files: Annotated[list[Path], _FILES],
    title: TitleOption = None,
    author: AuthorOption = None,
    date: DateOption = None,
    publisher: PublisherOption = None,
    url: UrlOption = None,
    language: LanguageOption = None,
    licence: LicenceOption = None,
    text_column: Annotated[str | None, _TEXT_COLUMN] = None,
    id_column: Annotated[str | None, _ID_COLUMN] = None,
    column: Annotated[list[str] | None, _COLUMN] = None,
    date_order: Annotated[str | None, _DATE_ORDER] = None,
    replace: Annotated[bool, _REPLACE] = False,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
    dry_run: Annotated[bool, _DRY_RUN] = False,
) -> None:
    """Add article files to the corpus; their text is fixed as it then stands.

    The file's name gives the article's id. UTF-8, UTF-16 and Windows-1252 are told apart and
    converted, as are line ends and Markdown, whose front matter becomes metadata. Of HTML the main
    text is taken; of PDF and DOCX the words in reading order; of a table each row, its dates as
    2024-05-31 or refused. What columns hold, and the title, author and date that stand over a
    text, is told as it is recognised. Title, author and the like are given to every file named,
    before what the files say. Originals are kept in corpus/originals/. A text that is in the
    corpus already is left as it is; of two that are almost the same the better copy counts (see
    claims show). A text in a language that nothing is set up to read is refused. Where the text
    may not be what the page or document shows, a warning says why; such an article is added, and
    counted apart.

    Exits with 1 where some files were refused, and with 2 where the call is wrong.
    """
    from pipeline.locking import locked
    from pipeline.reading.corpus import Corpus
    from pipeline.reading.ingest import add_files
    from pipeline.reading.tables import Columns

    metadata = stated_metadata(title, author, date, publisher, url, language, licence)
    adding = build_adding(
        annotations,
        models,
        metadata=metadata,
        columns=Columns(text_column, id_column, _columns(column or []), _order(date_order)),
        replace=replace,
        dry_run=dry_run,
        on_fault=lambda fault: say(on_one_line(f"not compared with: {fault}")),
    )
    with locked("add", corpus, unless=dry_run):
        outcomes = add_files(files, Corpus(corpus), adding=adding)
        refused = report(outcomes, dry_run=dry_run)
    if refused:
        raise typer.Exit(1)


def build_adding(annotations: Path, models: Path | None, **options: Any) -> Adding:
    """How files are added in a workspace: by its languages and words, and what is decided in it."""
    from functools import cache

    from pipeline.dataset.ledger import LEDGER, read_decisions, standing_decisions
    from pipeline.lexicon.folder import models_folders
    from pipeline.lexicon.intake import read_intake
    from pipeline.lexicon.settings import read_settings
    from pipeline.reading.ingest import Adding

    folders = models_folders(models)

    @cache
    def decided() -> frozenset[str]:
        decisions = standing_decisions(read_decisions(annotations / LEDGER))
        return frozenset(item.article for item in decisions)

    return Adding(
        languages=read_settings(folders).read_languages,
        words=read_intake(folders),
        decided=decided,
        **options,
    )


def _order(value: str | None) -> Order | None:
    from pipeline.reading.dates import Order

    try:
        return None if value is None else Order(value)
    except ValueError:
        known = ", ".join(Order)
        raise SettingError(f"--date-order {value!r} is unknown; there are: {known}") from None


def _columns(values: list[str]) -> dict[str, str]:
    """The columns by the fields of the metadata."""
    pairs = [value.partition("=") for value in values]
    if wrong := [value for value, (_, _, name) in zip(values, pairs, strict=True) if not name]:
        raise SettingError(f"--column {wrong[0]!r} is not FIELD=NAME, as title=headline")
    return {name.strip(): column for name, _, column in pairs}


def report(outcomes: Iterable[Outcome], *, dry_run: bool) -> int:
    """How many files were refused; each file is told of as it is dealt with, then the counts."""
    from pipeline.reading.ingest import Refused

    counts: Counter[str] = Counter()
    causes: Counter[str] = Counter()
    for outcome in outcomes:
        counts[_tell(outcome, dry_run=dry_run)] += 1
        if isinstance(outcome, Refused):
            causes[outcome.cause] += 1
    _sum_up(counts, causes, dry_run=dry_run)
    return causes.total()


def _tell(outcome: Outcome, *, dry_run: bool) -> str:
    """What became of a file, in a word; it is said with what there is to say of it."""
    from pipeline.reading.ingest import Added, Corrected, Refused, Unchanged

    match outcome:
        case Added(path, article, characters, notes, warnings):
            details = "; ".join((f"{characters:,} characters", *notes))
            doubt = _WITH_WARNINGS if warnings else ""
            say(on_one_line(f"{path}: {_added(dry_run)}{doubt} as {article} ({details})"))
            for warning in warnings:
                say(on_one_line(f"warning: {path}: {warning}"))
            return "doubtful" if warnings else "added"
        case Corrected(path, article, notes):
            say(on_one_line(f"{path}: {_corrected(dry_run)} of {article} ({'; '.join(notes)})"))
            return "corrected"
        case Unchanged(path, article, notes):
            details = "; ".join((f"already in the corpus as {article}", *notes))
            say(on_one_line(f"{path}: unchanged, {details}"))
            return "unchanged"
        case Refused(_, _, message):
            say(on_one_line(f"refused: {message}"))
            return "refused"


def _sum_up(counts: Counter[str], causes: Counter[str], *, dry_run: bool) -> None:
    """Say how many files there were of each kind, and what to run next."""
    verb, doubtful, corrected = _added(dry_run), counts["doubtful"], counts["corrected"]
    doubt = f"{doubtful:,} {verb}{_WITH_WARNINGS}, " if doubtful else ""
    mended = f"{corrected:,} {_corrected(dry_run)}, " if corrected else ""
    why = ", ".join(f"{cause} {count}" for cause, count in sorted(causes.items()))
    say(
        f"{counts.total():,} read: {counts['added']:,} {verb}, {doubt}{mended}"
        f"{counts['unchanged']:,} unchanged, {counts['refused']:,} refused"
        f"{f' ({why})' if why else ''}."
        f"{_next_step(added=counts['added'] + doubtful + corrected, dry_run=dry_run)}"
    )


def _added(dry_run: bool) -> str:
    return "would be added" if dry_run else "added"


def _corrected(dry_run: bool) -> str:
    return "metadata would be corrected" if dry_run else "metadata corrected"


def _next_step(*, added: int, dry_run: bool) -> str:
    if not added:
        return ""
    return (
        " The same command without --dry-run adds them."
        if dry_run
        else f" Next: {command_name()} extract"
    )
