"""The verb ``claims explain``: why a claim was made, and why others were not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import counted, emit, on_one_line, say
from pipeline.cli.options import (
    ANNOTATIONS,
    AnnotationsOption,
    ModelsOption,
    complete_article,
    existing_extractions,
)

if TYPE_CHECKING:
    from pipeline.records import Extraction

_CLAIM = typer.Argument(
    autocompletion=complete_article,
    metavar="CLAIM",
    help="A claim's id or the beginning of it, or ARTICLE:NUMBER as claims show counts. With "
    "--refused an article's id, or ARTICLE:SENTENCE, sentences counted from 1.",
)
_REFUSED = typer.Option(
    "--refused", help="List what was considered in an article and made no claim, and why."
)


def explain(
    claim: Annotated[str, _CLAIM],
    refused: Annotated[bool, _REFUSED] = False,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
) -> None:
    """Explain in words why a claim was made, or with --refused why none was.

    Prints the sentence, the words of each role, who proposed it, the cue with its file and line,
    what each rule did, what was inferred, and the score with what the judge weighed. With
    --refused it reads the article anew and prints, sentence by sentence, each word that was looked
    at and the rule by which it fell.
    """
    if refused:
        _explain_refused(claim, annotations, models)
    else:
        _explain_claim(claim, annotations, models)


def _explain_claim(name: str, annotations: Path, models: Path | None) -> None:
    from pipeline.explaining.claims import explain_claim, find_claim
    from pipeline.extraction.judge import Judge, LearnedJudge, read_odds, read_weights
    from pipeline.lexicon.cues import read_cues
    from pipeline.lexicon.folder import models_folders
    from pipeline.lexicon.rules import read_rules

    with _extracted(annotations) as extractions:
        found = find_claim(name, extractions)
    folders = models_folders(models)
    cues = {cue.id: cue for cue in read_cues(folders)}
    judge = Judge(read_weights(folders))
    emit(f"{found.claim.id}\n")
    learned = LearnedJudge(read_odds(folders))
    rules = read_rules(folders)
    for section in explain_claim(found, cues=cues, rules=rules, judge=judge, learned=learned):
        emit(f"\n{section.heading}\n")
        for line in section.lines:
            emit(f"  {on_one_line(line)}\n")
    say("\n1 claim explained. Next: correct a cue under models/, then claims check")


def _explain_refused(name: str, annotations: Path, models: Path | None) -> None:
    from pipeline.explaining.claims import find_article
    from pipeline.explaining.refusals import find_refusals, word_refusal
    from pipeline.extraction.build import build_language
    from pipeline.lexicon.folder import models_folders
    from pipeline.lexicon.rules import read_rules
    from pipeline.records import Article

    with _extracted(annotations) as extractions:
        extraction, number = find_article(name, extractions)
    rules = read_rules(models_folders(models))
    article = Article(extraction.article, extraction.text, extraction.metadata)
    if extraction.provenance is not None and extraction.provenance.missing is not None:
        say(on_one_line(f"not read by all proposers: {extraction.provenance.missing}"))
    found = find_refusals(build_language(models=models), article, sentence=number)
    for one in found:
        words = on_one_line(one.sentence.span.text_in(article.text))
        emit(f"{article.id}:{one.number} {words} ({counted(one.claims, 'claim')})\n")
        for refusal in one.refusals:
            emit(f"  {on_one_line(word_refusal(refusal, article.text, rules))}\n")
    total = sum(len(one.refusals) for one in found)
    say(
        f"\n{counted(total, 'refusal')} in {counted(len(found), 'sentence')}. "
        "Next: correct a cue under models/, then claims check"
    )


@contextmanager
def _extracted(annotations: Path) -> Iterator[Iterator[Extraction]]:
    """The extractions of the folder; damaged ones are told when they have been read."""
    from pipeline.dataset.articles import read_each_extracted

    existing_extractions(annotations)
    faults: list[str] = []
    try:
        yield read_each_extracted(annotations, on_fault=faults.append)
    finally:
        for fault in faults:
            say(on_one_line(f"left out: {fault}. Mend it with: claims extract"))
