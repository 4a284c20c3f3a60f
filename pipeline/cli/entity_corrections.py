"""The verbs ``claims entities merge``, ``rename``, ``split`` and ``corrections``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import command_name, counted, emit, on_one_line, say
from pipeline.cli.entity_register import read_register
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    CorpusOption,
    ModelsOption,
    RuleOption,
    chosen_rule,
)

if TYPE_CHECKING:
    from pipeline.dataset.correcting import Register
    from pipeline.dataset.corrections import Correction
    from pipeline.dataset.records import Rule
    from pipeline.records import Extraction

_GIVEN_UP = typer.Argument(metavar="ENTITY", help="The id that is given up.")
_INTO = typer.Argument(metavar="INTO", help="The id that stands for both.")
_RENAMED = typer.Argument(metavar="ENTITY", help="The id as it is now.")
_NEW = typer.Argument(metavar="NEW", help="The new id, or the name that an id is made from.")
_PARTED = typer.Argument(metavar="ENTITY", help="The id that stands for two.")
_PART = typer.Argument(metavar="NEW", help="Who the mentions are: an id, known or new, or a name.")
_FORM = typer.Option(
    "--form", metavar="WORDS", help="Mentions in these words. May be given several times."
)
_ARTICLE = typer.Option(
    "--article", metavar="ARTICLE", help="Mentions in this article. May be given several times."
)
_UNDO = typer.Option("--undo", help="Take it back.")
_DRY_RUN = typer.Option("--dry-run", help="Say what would be done, and write nothing.")


MERGE = "Example: claims entities merge group:latin-american-states group:latin-america --dry-run"
RENAME = "Example: claims entities rename org:OEWG 'Working Group on ICT' --dry-run"
SPLIT = (
    "Example: claims entities split group:latin-america group:south-america --form region --dry-run"
)


def merge(
    entity: Annotated[str, _GIVEN_UP],
    into: Annotated[str, _INTO],
    undo: Annotated[bool, _UNDO] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
    rule: RuleOption = None,
) -> None:
    """Make two entities one, everywhere and without extracting again.

    A line is added to annotations/entities.jsonl; what the machine found and what people decided
    stays as it is, and is read with the correction from then on: in lists, exports, review and the
    verified dataset, which is rebuilt. Both must be in the lexicon, in an extracted article or in a
    decision.
    """
    from pipeline.dataset.correcting import build_merge, build_undo
    from pipeline.dataset.corrections import Deed

    def build(register: Register) -> Correction:
        if undo:
            return build_undo(register, Deed.MERGE, entity, into)
        return build_merge(register, entity, into)

    correct(
        build, corpus=corpus, annotations=annotations, models=models, rule=rule, dry_run=dry_run
    )


def rename(
    entity: Annotated[str, _RENAMED],
    new: Annotated[str, _NEW],
    undo: Annotated[bool, _UNDO] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
    rule: RuleOption = None,
) -> None:
    """Give an entity another id, or a name and the id made from it, as merge does.

    The prefix of the id says the kind, so that person:real-madrid becomes an organisation when it
    is renamed to org:real-madrid. An id that somebody has already is refused: merge the two.
    """
    from pipeline.dataset.correcting import build_rename, build_undo
    from pipeline.dataset.corrections import Deed

    def build(register: Register) -> Correction:
        if undo:
            return build_undo(register, Deed.RENAME, entity, new)
        return build_rename(register, entity, new)

    correct(
        build, corpus=corpus, annotations=annotations, models=models, rule=rule, dry_run=dry_run
    )


def split(
    entity: Annotated[str, _PARTED],
    new: Annotated[str, _PART],
    form: Annotated[list[str] | None, _FORM] = None,
    article: Annotated[list[str] | None, _ARTICLE] = None,
    undo: Annotated[bool, _UNDO] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
    rule: RuleOption = None,
) -> None:
    """Give some mentions of an entity to another one, as merge does.

    --form says which by their words, --article by where they stand; with both, a mention must have
    one of the words in one of the articles. A pronoun goes with the last name before it.
    """
    from pipeline.dataset.correcting import build_split, build_undo
    from pipeline.dataset.corrections import Deed

    def build(register: Register) -> Correction:
        if undo:
            return build_undo(register, Deed.SPLIT, entity, new)
        return build_split(register, entity, new, forms=form or (), articles=article or ())

    correct(
        build, corpus=corpus, annotations=annotations, models=models, rule=rule, dry_run=dry_run
    )


def corrections(annotations: AnnotationsOption = ANNOTATIONS) -> None:
    """List what was merged, renamed and split, in order of time, with what was taken back."""
    from pipeline.dataset.corrections import Deed, read_corrections, standing_corrections

    found = read_corrections(annotations)
    standing = {one.id for one in standing_corrections(found)}
    undone = {one.undoes for one in found}
    for one in found:
        if one.deed is Deed.UNDO:
            continue
        state = "taken back" if one.id in undone else "" if one.id in standing else "not in force"
        name = f", called {one.name}" if one.name else ""
        emit(f"{on_one_line(f'{one.decided_at[:16]}  {one.in_words()}{name}')}")
        emit(f"  [{state}]\n" if state else "\n")
    say(f"{counted(len(standing), 'correction')} in force. Next: {command_name()} entities")


def correct(
    build: Callable[[Register], Correction],
    *,
    corpus: Path,
    annotations: Path,
    models: Path | None,
    rule: Rule | None,
    dry_run: bool,
) -> None:
    """Make a correction, write it, rebuild the verified dataset, and say what came of it."""
    from pipeline.dataset.corrections import add_correction
    from pipeline.locking import locked

    chosen = chosen_rule(annotations, rule)
    unread: list[str] = []
    with locked("entities", annotations, unless=dry_run):
        register = read_register(annotations, models, on_fault=unread.append)
        correction = build(register)
        changed = _count_changes(register, correction, annotations)
        if not dry_run:
            add_correction(annotations, correction)
        faults = [] if dry_run else _rebuild_verified(corpus, annotations, chosen)
    for fault in (*(f"left out: {one}" for one in unread), *faults):
        say(on_one_line(fault))
    say(on_one_line(_summary(register, correction, changed, annotations, dry_run=dry_run)))
    if unread or faults:
        raise typer.Exit(1)


def _summary(
    register: Register, correction: Correction, changed: str, annotations: Path, *, dry_run: bool
) -> str:
    from pipeline.dataset.corrections import CORRECTIONS

    undone = next((one for one in register.all if one.id == correction.undoes), None)
    done = f"taken back: {undone.in_words()}" if undone else correction.in_words()
    place = annotations / CORRECTIONS
    if dry_run:
        return f"{done}; {changed} would change, nothing written to {place}"
    return f"{done}; {changed} changed, written to {place}. Next: {command_name()} entities"


def _count_changes(register: Register, correction: Correction, annotations: Path) -> str:
    """How many mentions, claims and decisions the correction gives another entity, in words."""
    from pipeline.dataset.corrected import Corrections
    from pipeline.dataset.corrections import standing_corrections
    from pipeline.dataset.ledger import LEDGER, read_decisions
    from pipeline.jsonl import read_folder

    after = Corrections(standing_corrections((*register.all, correction)))
    mentions = claims = 0
    before: dict[str, Extraction] = {}
    now: dict[str, Extraction] = {}
    for raw in read_folder(annotations / "extracted", on_fault=lambda _: None):
        old, new = register.now.extraction(raw), after.extraction(raw)
        mentions += _differing(old.mentions, new.mentions)
        claims += _differing(old.claims, new.claims)
        before[raw.article], now[raw.article] = old, new
    ledger = read_decisions(annotations / LEDGER)
    decisions = _differing(register.now.decisions(ledger, before), after.decisions(ledger, now))
    return (
        f"{counted(mentions, 'mention')}, {counted(claims, 'claim')} and "
        f"{counted(decisions, 'decision')}"
    )


def _differing(old: Iterable[object], new: Iterable[object]) -> int:
    return sum(one != other for one, other in zip(old, new, strict=True))


def _rebuild_verified(corpus: Path, annotations: Path, rule: Rule) -> list[str]:
    """What is wrong after the verified dataset was rebuilt, where there is anything to verify."""
    import os

    from pipeline.dataset.ledger import LEDGER
    from pipeline.dataset.verify import rebuild_readable

    if not os.path.lexists(annotations / LEDGER):
        return []
    if not corpus.is_dir():
        return [f"the verified dataset was not rebuilt: there is no folder {str(corpus)!r} here"]
    return [f"broken: {fault}" for fault in rebuild_readable(corpus, annotations, rule=rule)]
