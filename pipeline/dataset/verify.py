"""Rebuilding the verified dataset, and proving what must hold over a workspace."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.dataset import verified
from pipeline.dataset.articles import read_articles, read_good_articles
from pipeline.dataset.carry import find_all_to_carry
from pipeline.dataset.corrected import read_corrected
from pipeline.dataset.extracted import Proof, prove_extractions
from pipeline.dataset.fold import Fold, fold_decisions
from pipeline.dataset.imported import prove_imported
from pipeline.dataset.keeping import claim_faults, decision_faults
from pipeline.dataset.ledger import LEDGER, read_decisions
from pipeline.dataset.records import Decision, Rule, VerifiedClaim
from pipeline.errors import RecordError
from pipeline.files import open_text_atomically
from pipeline.guarded.files import open_file, refuse_leaving
from pipeline.guarded.source import Source
from pipeline.reading.amend import former_ids
from pipeline.records import Extraction


@dataclass(frozen=True, slots=True)
class Verification:
    """What a rebuild came to: the fold, the faults found, and whether the file was changed."""

    fold: Fold
    decisions: int
    faults: tuple[str, ...]
    changed: bool


def verify_workspace(
    corpus: Path, annotations: Path, *, rule: Rule = Rule.MAJORITY, dry_run: bool = False
) -> tuple[Proof, Verification | None]:
    """What holds of corpus and extractions, and what the ledger comes to, as ``rebuild`` has it.

    The second is None, and nothing is written, where an article or its extraction cannot be read:
    a dataset without it would be another one.

    Raises:
        RecordError: where the ledger cannot be read.
    """
    proof = prove_extractions(corpus, annotations)
    faults, notes = prove_imported(annotations, proof.articles)
    proof.faults += faults
    proof.notes += notes
    ledger = annotations / LEDGER
    if _lacks_newline(ledger):
        proof.notes.append(
            f"{ledger}: its last line has no newline; the next pull adds it, or "
            "cuts off what a crash left of one"
        )
    if proof.unread:
        return proof, None
    decisions = read_decisions(ledger)
    proof.notes += _renaming_notes(decisions, proof.articles)
    articles = read_corrected(annotations).extractions(proof.articles)
    return proof, _rebuild(annotations, decisions, articles, rule=rule, dry_run=dry_run)


def _renaming_notes(
    decisions: tuple[Decision, ...], articles: Mapping[str, Extraction]
) -> list[str]:
    """What is left to do for articles that were renamed, a sentence each."""
    notes = [
        f"{len(lines)} decisions are on {old}, which is {new} now, and are not carried yet; "
        f"run: claims rename {old} {new}"
        for (old, new), lines in find_all_to_carry(decisions, articles).items()
    ]
    for article in articles.values():
        for old in former_ids(article.metadata):
            if old in articles and articles[old].text == article.text:
                notes.append(
                    f"{article.article} is {old}, renamed by a command that was broken off; "
                    f"run: claims rename {old} {article.article}"
                )
    return notes


def rebuild(
    corpus: Path, annotations: Path, *, rule: Rule = Rule.MAJORITY, dry_run: bool = False
) -> Verification:
    """What the ledger comes to, written to ``annotations/verified.jsonl`` unless ``dry_run``.

    Raises:
        RecordError: where the ledger or an article cannot be read.
    """
    articles = read_articles(corpus, annotations)
    decisions = read_decisions(annotations / LEDGER)
    return _rebuild(annotations, decisions, articles, rule=rule, dry_run=dry_run)


def rebuild_readable(
    corpus: Path, annotations: Path, *, rule: Rule, dry_run: bool = False
) -> tuple[str, ...]:
    """What breaks an invariant, or cannot be read; the verified claims are rebuilt as ``rebuild``.

    Where an article cannot be read they stay as they are: without it they would be others.

    Raises:
        RecordError: where the ledger cannot be read.
    """
    articles, unread = read_good_articles(corpus, annotations)
    if unread:
        return (*unread.values(), f"{annotations / verified.VERIFIED}: not rebuilt without those")
    decisions = read_decisions(annotations / LEDGER)
    return _rebuild(annotations, decisions, articles, rule=rule, dry_run=dry_run).faults


def _rebuild(
    annotations: Path,
    decisions: tuple[Decision, ...],
    articles: Mapping[str, Extraction],
    *,
    rule: Rule,
    dry_run: bool,
) -> Verification:
    corrected = read_corrected(annotations).decisions(decisions, articles)
    fold = fold_decisions(corrected, articles, rule=rule)
    path = annotations / verified.VERIFIED
    changed = _is_changed(path, fold.verified)
    if changed and not dry_run:
        refuse_leaving(path, annotations)
        with open_text_atomically(path) as stream:
            stream.writelines(verified.lines_for(fold.verified))
    return Verification(fold, len(decisions), find_faults(decisions, fold, articles), changed)


def _is_changed(path: Path, claims: tuple[VerifiedClaim, ...]) -> bool:
    """Whether the file is another than the claims make; none is the same as an empty one."""
    if not os.path.lexists(path):
        return bool(claims)
    with open_file(path, Source(str(path), RecordError)) as stream:
        for line in verified.lines_for(claims):
            data = line.encode("utf-8")
            if stream.read(len(data)) != data:
                return True
        return stream.read(1) != b""


def _lacks_newline(path: Path) -> bool:
    """Whether a file that is there, and not empty, ends in half a line."""
    if not os.path.lexists(path):
        return False
    with open_file(path, Source(str(path), RecordError)) as stream:
        if stream.seek(0, os.SEEK_END) == 0:
            return False
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) != b"\n"


def find_faults(
    decisions: tuple[Decision, ...], fold: Fold, articles: Mapping[str, Extraction]
) -> tuple[str, ...]:
    """What breaks an invariant of the design, a sentence each; none where all holds.

    Every decision and verified claim keeps to its schema; every span of a verified claim has its
    words in the article; every one names its human decisions; nothing unreviewed is among them;
    every decision that was taken back exists.
    """
    ids = {decision.id for decision in decisions}
    faults = [
        f"decision {item.id}: takes back {item.retracts}, which is not in the ledger; "
        "merge the ledger it is in"
        for item in decisions
        if item.retracts is not None and item.retracts not in ids
    ]
    faults += [
        f"decision {item.id}: carries {item.carries}, which is not in the ledger; "
        "merge the ledger it is in"
        for item in decisions
        if item.carries is not None and item.carries not in ids
    ]
    for decision in decisions:
        faults += decision_faults(decision)
    for claim in fold.verified:
        faults += claim_faults(claim)
        faults += _claim_faults(claim, ids, articles[claim.article])
    return tuple(faults)


def _claim_faults(claim: VerifiedClaim, ids: set[str], article: Extraction) -> list[str]:
    faults = []
    if not (claim.position.stands_in(article.text) and claim.sentence.stands_in(article.text)):
        faults.append(f"claim {claim.id}: its words do not stand in article {claim.article}")
    if not claim.decisions or not set(claim.decisions) <= ids:
        faults.append(f"claim {claim.id}: no human decision in the ledger stands behind it")
    return faults
