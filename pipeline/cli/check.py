"""The verb ``claims check``: every file under ``models/`` read, and its examples tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import emit, on_one_line, say
from pipeline.cli.options import ModelsOption

if TYPE_CHECKING:
    from pipeline.lexicon.check import Fault, Reader
    from pipeline.lexicon.cues import Cue
    from pipeline.lexicon.entity_files import Entry

WRONG_LEXICON = 2
_FILES_ONLY = typer.Option("--files-only", help="Read the files and try no examples: quick.")


def check(
    models: ModelsOption = None,
    files_only: Annotated[bool, _FILES_ONLY] = False,
) -> None:
    """Check every file under models: unknown keys, clashing names, examples that do not hold.

    Each fault is a line with file and line. The exit code is 2 where there is one, and 0 where
    all is well. The packaged files are checked with yours, which are laid over them.
    """
    from pipeline.concepts.check import find_concept_clashes, read_concept_faults
    from pipeline.lexicon.check import (
        find_clashes,
        find_cue_clashes,
        find_reading_faults,
        find_unread_files,
        find_word_faults,
        read_faults,
        read_known_failures,
        without_known,
    )
    from pipeline.lexicon.folder import models_folders

    folders = models_folders(models)
    faults, entries, cues = read_faults(folders)
    wrong_concepts, concepts = read_concept_faults(folders)
    faults += wrong_concepts
    faults += find_reading_faults(folders, _readers())
    faults += find_unread_files(folders, _readers())
    unread = bool(faults)
    clashes = chain(find_clashes(entries), find_cue_clashes(cues), find_concept_clashes(concepts))
    count = _emit(chain(faults, find_word_faults(folders), clashes))
    if not unread and not files_only:
        known = read_known_failures(folders)
        tried_faults = chain(
            _try_concepts(models, folders), _try_examples(models, folders, entries, cues)
        )
        count += _emit(without_known(tried_faults, known))
    tried = "no examples tried" if unread or files_only else "their examples tried"
    say(
        f"{len(entries):,} entities, {len(cues):,} cues and {len(concepts):,} concepts read, "
        f"{tried}; {count} faults. "
        f"Next: {'correct them, then claims check' if count else 'claims extract'}"
    )
    if count:
        raise typer.Exit(WRONG_LEXICON)


def _readers() -> dict[str, Reader]:
    """The readers of the single files under models, by the file that each reads."""
    from pipeline.extraction.judge import read_odds, read_weights
    from pipeline.extraction.propose.llm import read_prompt
    from pipeline.lexicon.consent import read_consent
    from pipeline.lexicon.disputes import read_disputes
    from pipeline.lexicon.evaluative import read_evaluative
    from pipeline.lexicon.grammar import read_grammar
    from pipeline.lexicon.intake import read_intake_lists
    from pipeline.lexicon.lesson import read_lesson
    from pipeline.lexicon.merged import read_merges
    from pipeline.lexicon.nouns import read_noun_files, read_titles
    from pipeline.lexicon.reference import read_reference
    from pipeline.lexicon.rules import read_rules
    from pipeline.lexicon.segmentation import read_segmentation
    from pipeline.lexicon.settings import read_settings

    return {
        "settings.toml": read_settings,
        "grammar.yaml": read_grammar,
        "evaluative.yaml": read_evaluative,
        "nouns.yaml": lambda folders: read_noun_files(folders, ("nouns.yaml",)),
        "name_nouns.yaml": lambda folders: read_noun_files(folders, ("name_nouns.yaml",)),
        "reference.yaml": read_reference,
        "entities/offices.yaml": read_titles,
        "segmentation.yaml": read_segmentation,
        "disputes.yaml": read_disputes,
        "consent.yaml": read_consent,
        "intake.yaml": read_intake_lists,
        "rules.yaml": read_rules,
        "judge.yaml": read_weights,
        "judge_full.yaml": read_odds,
        "learned.yaml": read_lesson,
        "llm.yaml": read_prompt,
        "entities/merged.yaml": read_merges,
    }


def _try_concepts(models: Path | None, folders: tuple[Path, ...]) -> Iterator[Fault]:
    from pipeline.concepts.check import check_concept_examples, find_unknown_entities
    from pipeline.concepts.mapping import read_mapper
    from pipeline.lexicon.entities import load_entities

    names = load_entities(models)
    mapper = read_mapper(folders, None, names)
    concepts = mapper.lexicon.concepts.values()
    yield from find_unknown_entities(concepts, names)
    yield from check_concept_examples(mapper, concepts)


def _try_examples(
    models: Path | None, folders: tuple[Path, ...], entries: list[Entry], cues: list[Cue]
) -> Iterator[Fault]:
    from pipeline.extraction.build import build_language, proposing
    from pipeline.lexicon.examples import (
        check_cue_examples,
        check_entity_examples,
        check_rule_examples,
    )
    from pipeline.lexicon.rules import read_rules

    nlp = build_language(models=models, guests=False, profile="fast")
    yield from check_entity_examples(nlp, entries)
    with proposing(nlp):
        yield from check_cue_examples(nlp, {cue.id: cue for cue in cues}.values())
    yield from check_rule_examples(nlp, read_rules(folders).entries.values())


def _emit(faults: Iterable[Fault]) -> int:
    count = 0
    for fault in faults:
        emit(f"{on_one_line(str(fault))}\n")
        count += 1
    return count
