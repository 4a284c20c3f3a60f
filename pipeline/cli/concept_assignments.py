"""The verbs ``claims concepts assign`` and ``undo``: what a person says that targets are about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import command_name, counted, on_one_line, say
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    CorpusOption,
    ModelsOption,
    existing_corpus,
)
from pipeline.errors import SettingError

if TYPE_CHECKING:
    from pipeline.concepts.assignments import Assignment

ASSIGN = (
    "Example: claims concepts assign 'their regional partner' concept.order.us-influence --dry-run"
)
UNDO = "Example: claims concepts undo --dry-run"

_AREA = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORDS = typer.Argument(
    metavar="TARGET… CONCEPT",
    help="Targets in the words that claims concepts lists; last the id of a concept, or none.",
    show_default=False,
)
_UNDONE = typer.Argument(
    metavar="TARGET…", help="Targets; what was assigned last where absent.", show_default=False
)
_LABEL = typer.Option("--label", help="The label of a concept that no file has yet.")
_TURNED = typer.Option("--turned", help="The targets are the contrary of the concept.")
_DRY_RUN = typer.Option("--dry-run", help="Say what would be done, and write nothing.")


def checked_area(area: str) -> str:
    """The area of new concepts.

    Raises:
        SettingError: an id cannot have it.
    """
    if not _AREA.fullmatch(area):
        raise SettingError(f"--area {area!r:.60} must be small letters, figures and hyphens")
    return area


def assign(
    words: Annotated[list[str], _WORDS],
    label: Annotated[str, _LABEL] = "",
    turned: Annotated[bool, _TURNED] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
) -> None:
    """Say that targets are about a concept, whatever the patterns say of them.

    A line a target is added to annotations/concepts.jsonl, and counts wherever a claim has a target
    of these words in any form. A target that was assigned to several concepts counts for each. For
    none in place of a concept the target belongs to no concept.
    """
    from pipeline.concepts.assignments import build_assignments, named_target, read_assignments
    from pipeline.locking import locked

    *targets, concept = words
    if not targets:
        raise SettingError("name a target and a concept: claims concepts assign TARGET… CONCEPT")
    existing_corpus(corpus)
    with locked("concepts", annotations, unless=dry_run):
        lines = read_assignments(annotations)
        called = _label_of(concept, " ".join(label.split()), lines, models)
        targets = [named_target(target) for target in targets]
        _check_targets(targets, corpus, annotations)
        new = build_assignments(targets, concept, label=called, turned=turned)
        _write(_not_yet(new, lines), annotations, "assigned", dry_run=dry_run)


def undo(
    targets: Annotated[list[str] | None, _UNDONE] = None,
    dry_run: Annotated[bool, _DRY_RUN] = False,
    annotations: AnnotationsOption = ANNOTATIONS,
) -> None:
    """Take back what was assigned last, or all that was said of the targets that are named.

    A line is added that says so; nothing is rewritten. The patterns decide of the targets again.
    """
    from pipeline.concepts.assignments import (
        build_undo,
        named_target,
        read_assignments,
        standing_assignments,
        target_key,
    )
    from pipeline.locking import locked

    nothing = SettingError(f"nothing is assigned in {annotations}; there is nothing to take back")
    if not annotations.is_dir():
        raise nothing  # before a lock makes a folder where there is no workspace
    with locked("concepts", annotations, unless=dry_run):
        standing = standing_assignments(read_assignments(annotations))
        keys = {target_key(named_target(target)) for target in targets or ()}
        if not standing:
            raise nothing
        unknown = keys - {target_key(one.target) for one in standing}
        if unknown:
            known = ", ".join(dict.fromkeys(f"“{one.target}”" for one in standing))
            raise SettingError(f"nothing is assigned of {sorted(unknown)}; assigned are {known}")
        last = standing[-1].decided_at
        chosen = [
            one
            for one in standing
            if (target_key(one.target) in keys if keys else one.decided_at == last)
        ]
        _write(build_undo(chosen), annotations, "taken back", dry_run=dry_run)


def _label_of(concept: str, label: str, lines: Iterable[Assignment], models: Path | None) -> str:
    """The label that a line needs: none where a file has the concept, else the one that was said.

    Raises:
        SettingError: there is no such concept and no label for it, or it has one already.
    """
    from pipeline.concepts.assignments import NONE, standing_assignments
    from pipeline.concepts.files import ID, read_concepts
    from pipeline.concepts.mapping import with_assigned
    from pipeline.lexicon.folder import models_folders
    from pipeline.lexicon.yaml_lines import did_you_mean

    lexicon = read_concepts(models_folders(models))
    known = with_assigned(lexicon, standing_assignments(lines))
    if concept in known and label:
        raise SettingError(
            f"{concept} is called {known[concept].label!r} at {known[concept].place}; leave "
            "--label out, or change it there"
        )
    if concept in known or concept == NONE:
        return known[concept].label if concept in known.keys() - lexicon.concepts.keys() else ""
    if not ID.fullmatch(concept):
        raise SettingError(
            f"the last word must be a concept, as concept.AREA.NAME, or none, not {concept!r:.80}"
        )
    if not label:
        raise SettingError(
            f"no concept {concept!r}; {did_you_mean(concept, (*known, NONE))}. For a new one say "
            "how it is called, with: --label LABEL"
        )
    return label


def _check_targets(targets: Iterable[str], corpus: Path, annotations: Path) -> None:
    """Refuse targets that no claim has, naming the nearest that one has."""
    from pipeline.concepts.assignments import target_key
    from pipeline.concepts.unmapped import is_pronoun

    known = _known_targets(corpus, annotations)
    for target in targets:
        if is_pronoun(target):
            raise SettingError(
                f"{target!r} is a pronoun, which stands for something else in each text; correct "
                "the target in review: claims review start"
            )
        key = target_key(target)
        if not key or key not in known:
            near = get_close_matches(key, known, n=3, cutoff=0.5)
            meant = f"; near are {', '.join(f'“{known[one]}”' for one in near)}" if near else ""
            raise SettingError(
                f"no claim has the target {target!r:.120}{meant}. See: "
                f"{command_name()} concepts --unmapped"
            )


def _known_targets(corpus: Path, annotations: Path) -> dict[str, str]:
    """The targets of all claims, the machine's and the verified ones, by their keys."""
    from pipeline.cli.options import chosen_rule
    from pipeline.concepts.assignments import target_key
    from pipeline.export.enriched import target_words
    from pipeline.export.gather import gather_extracted, gather_verified

    known: dict[str, str] = {}
    for gathered in (
        gather_extracted(corpus, annotations, duplicates=True),
        gather_verified(corpus, annotations, chosen_rule(annotations, None), duplicates=True),
    ):
        for words in target_words(gathered):
            known.setdefault(target_key(words), " ".join(words.split()))
    return known


def _not_yet(new: Iterable[Assignment], lines: Iterable[Assignment]) -> list[Assignment]:
    """Those of the new lines that say something which no line in force says."""
    from pipeline.concepts.assignments import standing_assignments, target_key

    said = {
        (target_key(one.target), one.concept, one.turned) for one in standing_assignments(lines)
    }
    return [one for one in new if (target_key(one.target), one.concept, one.turned) not in said]


def _write(lines: list[Assignment], annotations: Path, done: str, *, dry_run: bool) -> None:
    """Write the lines, and say what they are."""
    from pipeline.concepts.assignments import ASSIGNMENTS, add_assignments

    for one in lines:
        turned = ", turned round" if one.turned else ""
        say(on_one_line(f"{done}: “{one.target}” to {one.concept}{turned}"))
    if lines and not dry_run:
        add_assignments(annotations, lines)
    place, count = annotations / ASSIGNMENTS, counted(len(lines), "target")
    if dry_run:
        say(f"{count} would be {done}, nothing written to {place}")
    elif lines:
        say(f"{count} {done}, written to {place}. Next: {command_name()} concepts")
    else:
        say(f"all of that is said in {place} already; nothing written")
