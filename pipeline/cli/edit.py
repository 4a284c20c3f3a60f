"""The verb ``claims edit``: other metadata for an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import command_name, counted, on_one_line, say
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    AuthorOption,
    CorpusOption,
    DateOption,
    LanguageOption,
    LicenceOption,
    PublisherOption,
    TitleOption,
    UrlOption,
    chosen_rule,
    existing_corpus,
    stated_metadata,
)
from pipeline.errors import SettingError

if TYPE_CHECKING:
    from pipeline.reprocess.files_of import Workplace

EXAMPLE = "Example: claims edit vote --title 'The vote' --date 2024-05-31"
_ARTICLE = typer.Argument(metavar="ARTICLE", help="The article's id.")
_COUNTS = typer.Option(
    "--counts",
    help="Of its near-duplicates, let the claims of this copy count, whatever comes later.",
)
_OWN = typer.Option("--own", help="Let it count by itself: it is no copy of another article.")
_DRY_RUN = typer.Option("--dry-run", help="Say what would be changed, and write nothing.")


def edit(
    article: Annotated[str, _ARTICLE],
    title: TitleOption = None,
    author: AuthorOption = None,
    date: DateOption = None,
    publisher: PublisherOption = None,
    url: UrlOption = None,
    language: LanguageOption = None,
    licence: LicenceOption = None,
    counts: Annotated[bool, _COUNTS] = False,
    own: Annotated[bool, _OWN] = False,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    dry_run: Annotated[bool, _DRY_RUN] = False,
) -> None:
    """Change an article's metadata; its text, and so every decision on it, stays as it is.

    What else stands in the article's .toml file is kept, comments too. The verified claims have
    the new metadata at once, the machine's after the next claims extract. Which of several
    near-duplicates counts is said with --counts, that an article is none with --own; claims show
    tells how it stands.
    """
    from pipeline.locking import locked
    from pipeline.reading.amend import edit_metadata
    from pipeline.reprocess.files_of import Workplace

    values = stated_metadata(title, author, date, publisher, url, language, licence)
    _refuse_call(article, values, counts=counts, own=own)
    place = Workplace(existing_corpus(corpus), annotations, chosen_rule(annotations, None))
    fault = None
    lines: list[str] = []
    with locked("edit", corpus, annotations, unless=dry_run):
        changes = edit_metadata(place.corpus, article, values, dry_run=dry_run)
        if counts or own:
            lines = _say_of_copies(place, article, own=own, dry_run=dry_run)
        if (changes or lines) and not dry_run:
            fault = place.rebuild_verified()
    for line in (*_say_of_fields(article, changes, dry_run=dry_run), *lines):
        say(on_one_line(line))
    if fault:
        say(on_one_line(f"broken: {fault}"))
    say(_summary(article, count=len(changes) + bool(lines), dry_run=dry_run))
    if fault:
        raise typer.Exit(1)


def _refuse_call(article: str, values: Mapping[str, object], *, counts: bool, own: bool) -> None:
    """Refuse a call that asks for nothing, or for two things that exclude each other."""
    if counts and own:
        raise SettingError("--counts and --own exclude each other; leave one out")
    if not values and not counts and not own:
        raise SettingError(f"nothing to change; name it, as: claims edit {article} --title TITLE")


def _say_of_fields(
    article: str, changes: Mapping[str, tuple[object, object]], *, dry_run: bool
) -> Iterator[str]:
    """A line for each field of the metadata, with its old and new value."""
    now = "would be" if dry_run else "is"
    for name, (old, new) in changes.items():
        was = f", was {old!r}" if old is not None else ""
        yield f"{article}: {name} {now} {new!r}{was}"


def _say_of_copies(place: Workplace, article: str, *, own: bool, dry_run: bool) -> list[str]:
    """What a person's word on near-duplicates changes; no line where it was said before.

    Where there are decisions on a copy, what becomes of them is said.
    """
    from pipeline.dataset.ledger import LEDGER, read_decisions, standing_decisions
    from pipeline.reading.choices import choose_copy, has_said, set_apart
    from pipeline.reading.copies import CHOSEN, OWN

    if has_said(place.corpus, article, OWN if own else CHOSEN):
        return []
    decided = Counter(
        item.article for item in standing_decisions(read_decisions(place.annotations / LEDGER))
    )
    now = "would count" if dry_run else "counts"
    if own:
        heir = set_apart(place.corpus, article, frozenset(decided), dry_run=dry_run)
        told = [f"{article}: {now} by itself, and is linked to no other article"]
        return told if heir is None else [*told, f"{heir}: {now} for the other near-duplicates"]
    others = choose_copy(place.corpus, article, dry_run=dry_run)
    told = [f"{article}: {now}, and as its near-duplicates: {', '.join(others)}"]
    return told + [
        f"{one}: its {counted(decided[one], 'decision')} stand, and are exported where nobody "
        f"decided on the same words of {article}"
        for one in others
        if decided[one]
    ]


def _summary(article: str, *, count: int, dry_run: bool) -> str:
    if not count:
        return f"{article}: unchanged; it has these metadata already."
    fields = counted(count, "field")
    if dry_run:
        return (
            f"{fields} would be changed; decisions on it stand as they are. "
            "The same command without --dry-run does it."
        )
    return f"{fields} changed; decisions on it stand as they are. Next: {command_name()} extract"
