"""The verb ``claims show``: an article with what was found in it, or the list of the articles."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import (
    command_name,
    counted,
    emit,
    emit_renderable,
    on_one_line,
    say,
    stdout_is_terminal,
)
from pipeline.cli.filters import NO_FILTER, with_filters
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    CorpusOption,
    complete_article,
    existing_corpus,
)
from pipeline.errors import ArticleError, RecordError, SettingError
from pipeline.export.filters import Filter

if TYPE_CHECKING:
    from pipeline.cli.marking import Kept
    from pipeline.reading.corpus import Corpus
    from pipeline.records import Extraction


_MOST_COPIES = 10
_ARTICLE = typer.Argument(
    autocompletion=complete_article,
    metavar="ARTICLE",
    help="An article's id; all are listed where absent.",
    show_default=False,
)
_TABLE = typer.Option("--table", help="Print the table of claims alone, of one or all articles.")


@with_filters
def show(
    article: Annotated[str | None, _ARTICLE] = None,
    table: Annotated[bool, _TABLE] = False,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    wanted: Filter = NO_FILTER,
) -> None:
    """Show an article with its mentions and claims marked.

    A table of the claims follows. On a terminal the marks are colours, elsewhere brackets:
    [Chile]{ACTOR country:CL, holder 1} [rejected]{cue:oppose 1} [the draft]{target 1}.
    Filters take some of the claims alone, of one or all articles; they keep their numbers.
    """
    articles, folder = existing_corpus(corpus), annotations / "extracted"
    if article is not None:
        extraction = _read(article, articles, folder)
        kept = _kept((extraction,), annotations, wanted)
        if not table:
            _emit_marked(extraction, kept.get(extraction.article))
        _emit_table(extraction, kept.get(extraction.article))
        _say_copies(extraction.article, articles, annotations)
        say(f"{_counts((extraction,), kept)}. Next: correct a rule in models/, then {_extract()}")
    elif table or wanted:
        _emit_tables(articles, annotations, wanted)
    else:
        _emit_list(articles, folder)


def _kept(
    extractions: tuple[Extraction, ...], annotations: Path, wanted: Filter
) -> Mapping[str, Kept]:
    """The ids of the claims to show by article; empty where nothing is asked for."""
    if not wanted:
        return {}
    from pipeline.cli.wanted import wanted_claims

    return wanted_claims(extractions, annotations, wanted)


def _read(article: str, corpus: Corpus, folder: Path) -> Extraction:
    """The extraction of an article, with a word on stderr where the text has changed since."""
    article = Path(article).stem if article.endswith(".txt") else article
    extraction = _find(article, folder)
    if extraction is None:
        try:
            corpus.read(article)
        except ArticleError as error:
            raise SettingError(str(error)) from error
        raise SettingError(f"article {article!r} is not extracted yet. Next: {_extract()}")
    if article not in corpus.ids():
        say(f"{article}: no longer in {corpus.folder}; shown as it was extracted")
    elif _has_changed(article, corpus, extraction):
        say(f"{article}: changed since it was extracted, shown as it was. Next: {_extract()}")
    return extraction


def _find(article: str, folder: Path) -> Extraction | None:
    """The extraction of an article, or None where there is none.

    Raises:
        SettingError: the file is not an extraction; extracting again mends it.
    """
    from pipeline.dataset.articles import completed
    from pipeline.dataset.corrected import read_corrected
    from pipeline.jsonl import read_extractions
    from pipeline.reading.corpus import is_article_id
    from pipeline.runs.store import extraction_path

    path = extraction_path(folder, article)
    if not is_article_id(article) or not os.path.lexists(path):
        return None
    corrections = read_corrected(folder.parent)
    try:
        found = next(read_extractions(path), None)
    except RecordError as error:
        raise SettingError(f"{error}. Mend it with: {_extract()}") from error
    try:
        return None if found is None else completed(found, folder.parent, corrections)
    except RecordError as error:
        raise SettingError(f"{error}. Restore the line, or delete it") from error


def _has_changed(article: str, corpus: Corpus, extraction: Extraction) -> bool:
    """Whether the text is another now, or cannot be read any more."""
    from pipeline.files import sha256_of_text

    try:
        return corpus.sha256(article) != sha256_of_text(extraction.text)
    except ArticleError:
        return True


def _emit_marked(extraction: Extraction, kept: Kept) -> None:
    from pipeline.cli.marking import legend, to_brackets, to_colours

    if stdout_is_terminal():
        emit_renderable(legend())
        emit("\n")
        emit_renderable(to_colours(extraction, kept))
    else:
        emit(to_brackets(extraction, kept))
    emit("\n")


def _emit_table(extraction: Extraction, kept: Kept = None) -> None:
    from pipeline.cli.marking import to_table

    title = on_one_line(str(extraction.metadata.get("title") or ""))
    emit(f"{extraction.article}{f': {title}' if title else ''}\n\n")
    if kept == frozenset():
        emit_renderable("No claim matches.")
    else:
        emit_renderable(
            to_table(extraction, kept) if extraction.claims else "No claims were found."
        )


def _say_copies(article: str, corpus: Corpus, annotations: Path) -> None:
    """Tell which of the article's near-duplicates counts, and how to change that."""
    from pipeline.dataset.ledger import LEDGER, read_decisions, standing_decisions
    from pipeline.reading.choices import show_copies

    if article not in corpus.ids():
        return
    decisions = standing_decisions(read_decisions(annotations / LEDGER))
    copies = show_copies(corpus, article, {item.article for item in decisions})
    if copies is None:
        return
    others = copies.others if article == copies.counts else (article,)
    for other in others[:_MOST_COPIES]:
        say(
            f"{other} is a near-duplicate of {copies.counts}, whose claims count: "
            f"{copies.whys[other]}"
        )
    if len(others) > _MOST_COPIES:
        say(f"and {len(others) - _MOST_COPIES:,} more near-duplicates of {copies.counts}")
    other = others[0]
    say(
        f"To let the other one count: {command_name()} edit {other} --counts; "
        f"if it is no copy: {command_name()} edit {other} --own"
    )


def _emit_tables(corpus: Corpus, annotations: Path, wanted: Filter) -> None:
    found, faults = _read_all(corpus, annotations / "extracted")
    kept = _kept(found, annotations, wanted)
    shown = tuple(one for one in found if not wanted or kept[one.article])
    for number, extraction in enumerate(shown):
        if number:
            emit("\n")
        _emit_table(extraction, kept.get(extraction.article))
    step = f"{command_name()} show {shown[0].article}" if shown else _extract()
    if shown or not wanted:
        say(f"\n{_counts(shown, kept)}. Next, read an article with its claims marked: {step}")
    if faults:
        raise typer.Exit(1)


def _read_all(corpus: Corpus, folder: Path) -> tuple[tuple[Extraction, ...], int]:
    """The extractions of the corpus, and how many cannot be read; what is not there is said."""
    found: list[Extraction] = []
    faults = 0
    for article in corpus.ids():
        try:
            extraction = _find(article, folder)
        except SettingError as error:
            say(on_one_line(f"left out: {error}"))
            faults += 1
            continue
        if extraction is None:
            say(f"{article}: not extracted yet. Next: {_extract()}")
            continue
        found.append(extraction)
    return tuple(found), faults


def _emit_list(corpus: Corpus, folder: Path) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from pipeline.reading.choices import known_corpus

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in ("article", "state", "mentions", "claims", "title"):
        table.add_column(column, justify="right" if column in ("mentions", "claims") else "left")
    ids, groups = corpus.ids(), known_corpus(corpus).groups()
    for article in ids:
        first = groups.first_of(article)
        table.add_row(*map(Text, _list_row(article, first, corpus, folder)))
    if ids:
        emit_renderable(table)
    read = next((article for article in ids if (folder / f"{article}.jsonl").is_file()), None)
    step = f"show {read}" if read else "extract" if ids else "add FILE"
    say(f"{len(ids):,} in {corpus.folder}. Next: {command_name()} {step}")


def _list_row(article: str, first: str, corpus: Corpus, folder: Path) -> tuple[str, ...]:
    try:
        extraction = _find(article, folder)
    except SettingError:
        return article, "unreadable", "", "", ""
    if extraction is None:
        try:
            corpus.read(article)
        except ArticleError:
            return article, "unreadable", "", "", ""
        return article, "new", "", "", ""
    state = "changed" if _has_changed(article, corpus, extraction) else "extracted"
    if first != article:
        state += f", as {first}"
    counts = str(len(extraction.mentions)), str(len(extraction.claims))
    return article, state, *counts, on_one_line(str(extraction.metadata.get("title") or ""))


def _counts(extractions: tuple[Extraction, ...], kept: Mapping[str, Kept]) -> str:
    """How much is shown: of the claims those that are kept."""
    shown = ((one.claims, kept.get(one.article)) for one in extractions)
    claims = sum(len(all_) if ids is None else len(ids) for all_, ids in shown)
    mentions = sum(len(extraction.mentions) for extraction in extractions)
    return f"{len(extractions):,} shown: {counted(mentions, 'mention')}, {counted(claims, 'claim')}"


def _extract() -> str:
    return f"{command_name()} extract"
