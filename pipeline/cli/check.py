"""The verb ``claims check``: every file under ``models/`` read, and its examples tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import emit, on_one_line, say
from pipeline.cli.options import ModelsOption

if TYPE_CHECKING:
    from spacy.language import Language

    from pipeline.concepts.files import Concept
    from pipeline.lexicon.check import Fault, Reader
    from pipeline.lexicon.cues import Cue
    from pipeline.lexicon.entity_files import Entry
    from pipeline.lexicon.rules import Rule

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
    read = _read_files(models)
    count = _emit(_find_faults(read, models, files_only=files_only))
    tried = "no examples tried" if read.faults or files_only else "their examples tried"
    say(
        f"{len(read.entries):,} entities, {len(read.cues):,} cues and {len(read.concepts):,} "
        f"concepts read, {tried}; {count} faults. "
        f"Next: {'correct them, then claims check' if count else 'claims extract'}"
    )
    if count:
        raise typer.Exit(WRONG_LEXICON)


@dataclass(frozen=True)
class _Files:
    """What stands in the files, and what is wrong with the reading of them."""

    folders: tuple[Path, ...]
    faults: list[Fault]
    entries: list[Entry]
    cues: list[Cue]
    concepts: list[Concept]


def find_faults_near(models: Path | None, words: Sequence[str]) -> Iterator[Fault]:
    """What ``claims check`` prints, of examples only those that a cue of these words can change.

    That are those of cues and rules in whose sentence one of the words stands, in any form.
    """
    from pipeline.lessons.trial import near
    from pipeline.lexicon.check import read_known_failures
    from pipeline.lexicon.rules import read_rules

    read = _read_files(models)
    yield from _find_faults(read, models, files_only=True)
    if not read.faults:
        rules = read_rules(read.folders).entries.values()
        tried = _try_cues(models, near(read.cues, words), near(rules, words))
        known = read_known_failures(read.folders)
        yield from (fault for fault in tried if fault.about not in known)


def find_faults_of(models: Path | None, entity: str) -> Iterator[Fault]:
    """What ``claims check`` prints, of examples only those of one entity."""
    from pipeline.extraction.build import build_language
    from pipeline.lexicon.check import read_known_failures
    from pipeline.lexicon.examples import check_entity_examples

    read = _read_files(models)
    yield from _find_faults(read, models, files_only=True)
    if not read.faults:
        nlp = build_language(models=models, guests=False, profile="fast")
        tried = check_entity_examples(nlp, [one for one in read.entries if one.id == entity])
        known = read_known_failures(read.folders)
        yield from (fault for fault in tried if fault.about not in known)


def _read_files(models: Path | None) -> _Files:
    from pipeline.concepts.check import read_concept_faults
    from pipeline.lexicon.check import find_reading_faults, find_unread_files, read_faults
    from pipeline.lexicon.folder import models_folders

    folders = models_folders(models)
    faults, entries, cues = read_faults(folders)
    wrong_concepts, concepts = read_concept_faults(folders)
    faults += wrong_concepts
    faults += find_reading_faults(folders, _readers())
    faults += find_unread_files(folders, _readers())
    return _Files(folders, faults, entries, cues, list(concepts))


def _find_faults(read: _Files, models: Path | None, *, files_only: bool) -> Iterator[Fault]:
    """The faults of the files, then those of the examples where all files could be read."""
    from pipeline.concepts.check import find_concept_clashes
    from pipeline.lexicon.check import (
        find_clashes,
        find_cue_clashes,
        find_word_faults,
        read_known_failures,
        without_known,
    )

    yield from read.faults
    yield from find_word_faults(read.folders)
    yield from find_clashes(read.entries)
    yield from find_cue_clashes(read.cues)
    yield from find_concept_clashes(read.concepts)
    if not read.faults and not files_only:
        tried = chain(
            _try_concepts(models, read.folders),
            _try_examples(models, read.folders, read.entries, read.cues),
        )
        yield from without_known(tried, read_known_failures(read.folders))


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
        "given_names.yaml": lambda folders: read_noun_files(folders, ("given_names.yaml",)),
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
    from pipeline.extraction.build import build_language
    from pipeline.lexicon.examples import check_entity_examples
    from pipeline.lexicon.rules import read_rules

    nlp = build_language(models=models, guests=False, profile="fast")
    yield from check_entity_examples(nlp, entries)
    yield from _try_cues(models, cues, read_rules(folders).entries.values(), nlp=nlp)


def _try_cues(
    models: Path | None, cues: Iterable[Cue], rules: Iterable[Rule], *, nlp: Language | None = None
) -> Iterator[Fault]:
    """The faults of the examples of cues and rules, with the lexicons of a folder."""
    from pipeline.extraction.build import build_language, proposing
    from pipeline.lexicon.examples import check_cue_examples, check_rule_examples

    nlp = nlp or build_language(models=models, guests=False, profile="fast")
    with proposing(nlp):
        yield from check_cue_examples(nlp, {cue.id: cue for cue in cues}.values())
    yield from check_rule_examples(nlp, rules)


def _emit(faults: Iterable[Fault]) -> int:
    count = 0
    for fault in faults:
        emit(f"{on_one_line(str(fault))}\n")
        count += 1
    return count
