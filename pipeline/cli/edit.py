"""The verb ``claims edit``: other metadata for an article."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.console import command_name, on_one_line, say
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    CorpusOption,
    chosen_rule,
    existing_corpus,
)
from pipeline.errors import SettingError

EXAMPLE = "Example: claims edit vote --title 'The vote' --date 2024-05-31"
_ARTICLE = typer.Argument(metavar="ARTICLE", help="The article's id.")
_TITLE = typer.Option("--title", help="The title.")
_AUTHOR = typer.Option("--author", help="Who wrote it.")
_DATE = typer.Option("--date", help="When it was published, as 2024-05-31, 2024-05 or 2024.")
_PUBLISHER = typer.Option("--publisher", help="Who published it.")
_URL = typer.Option("--url", help="Where it was published.")
_LANGUAGE = typer.Option("--language", help="Its language, as en or pt-BR.")
_LICENCE = typer.Option("--licence", help="Under what licence it may be used.")
_DRY_RUN = typer.Option("--dry-run", help="Say what would be changed, and write nothing.")


def edit(
    article: Annotated[str, _ARTICLE],
    title: Annotated[str | None, _TITLE] = None,
    author: Annotated[str | None, _AUTHOR] = None,
    date: Annotated[str | None, _DATE] = None,
    publisher: Annotated[str | None, _PUBLISHER] = None,
    url: Annotated[str | None, _URL] = None,
    language: Annotated[str | None, _LANGUAGE] = None,
    licence: Annotated[str | None, _LICENCE] = None,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    dry_run: Annotated[bool, _DRY_RUN] = False,
) -> None:
    """Change an article's metadata; its text, and so every decision on it, stays as it is.

    What else stands in the article's .toml file is kept, comments too. The verified claims have
    the new metadata at once, the machine's after the next claims extract.
    """
    from pipeline.locking import locked
    from pipeline.reading.amend import edit_metadata
    from pipeline.reading.metadata import check_overrides
    from pipeline.reprocess.files_of import Workplace

    values = check_overrides(
        {
            "title": title,
            "author": author,
            "date": date,
            "publisher": publisher,
            "url": url,
            "language": language,
            "licence": licence,
        }
    )
    if not values:
        raise SettingError(f"nothing to change; name it, as: claims edit {article} --title TITLE")
    place = Workplace(existing_corpus(corpus), annotations, chosen_rule(annotations, None))
    fault = None
    with locked("edit", corpus, annotations, unless=dry_run):
        changes = edit_metadata(place.corpus, article, values, dry_run=dry_run)
        if not dry_run:
            fault = place.rebuild_verified() if changes else None
    for name, (old, new) in changes.items():
        was = f", was {old!r}" if old is not None else ""
        say(on_one_line(f"{article}: {name} {'would be' if dry_run else 'is'} {new!r}{was}"))
    if fault:
        say(on_one_line(f"broken: {fault}"))
    say(_summary(article, count=len(changes), dry_run=dry_run))
    if fault:
        raise typer.Exit(1)


def _summary(article: str, *, count: int, dry_run: bool) -> str:
    if not count:
        return f"{article}: unchanged; it has these metadata already."
    fields = f"{count} field{'s' if count > 1 else ''}"
    if dry_run:
        return (
            f"{fields} would be changed; decisions on it stand as they are. "
            "The same command without --dry-run does it."
        )
    return f"{fields} changed; decisions on it stand as they are. Next: {command_name()} extract"
