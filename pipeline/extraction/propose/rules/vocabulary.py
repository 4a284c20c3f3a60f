"""The words that the rules read by, from the lexicons."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.extraction.propose.rules.matching import CueIndex
from pipeline.extraction.propose.rules.measures import hostile_verbs, opposing_verbs
from pipeline.lexicon.cues import Cue, read_cues
from pipeline.lexicon.evaluative import Evaluative, read_evaluative
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.grammar import Grammar, read_grammar
from pipeline.lexicon.nouns import Nouns, read_nouns


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Cues and word classes; ``hostile`` and ``opposing`` are verbs of the cues."""

    cues: CueIndex
    clauses: dict[str, Cue]
    hostile: frozenset[str]
    opposing: frozenset[str]
    grammar: Grammar
    evaluative: Evaluative
    nouns: Nouns


def read_vocabulary(models: str | Path | None = None) -> Vocabulary:
    """The words of the packaged lexicons, with those of ``models`` laid over them.

    Raises:
        LexiconError: a lexicon file is wrong.
    """
    folders = models_folders(models)
    cues = read_cues(folders)
    return Vocabulary(
        cues=CueIndex(cues),
        clauses={cue.id: cue for cue in cues if cue.pos == "clause"},
        hostile=hostile_verbs(cues),
        opposing=opposing_verbs(cues),
        grammar=read_grammar(folders),
        evaluative=read_evaluative(folders),
        nouns=read_nouns(str(models) if models is not None else None),
    )
