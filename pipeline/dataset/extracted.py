"""Proving what must hold of the machine's extractions, against the corpus they were made from."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.dataset.articles import EXTRACTED
from pipeline.errors import RecordError
from pipeline.guarded.files import read_bytes
from pipeline.guarded.source import Source
from pipeline.identity import SentenceText, claim_id, numbered
from pipeline.jsonl import line_for, read_extractions
from pipeline.reading.corpus import Corpus, is_article_id
from pipeline.records import Article, Claim, Extraction, Provenance
from pipeline.runs.corpus import read_corpus
from pipeline.runs.guard import Failure
from pipeline.runs.store import extraction_path, find_removed
from pipeline.schemas import validator

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LEFT_OVER = re.compile(r"\..*\.[0-9a-f]{12}\.tmp")
_MEND = "run: claims extract --force"


@dataclass(slots=True)
class Proof:
    """The articles as they are now, what was proved of them, and what does not hold.

    ``articles`` are as ``read_articles`` gives them; those that cannot be read, or whose extraction
    cannot, are counted in ``unread`` and not among them. ``faults`` break an invariant of the
    design, a sentence each; ``notes`` are ordinary and mended by the next run.
    """

    articles: dict[str, Extraction] = field(default_factory=dict)
    extractions: int = 0
    mentions: int = 0
    claims: int = 0
    spans: int = 0
    unread: int = 0
    unextracted: int = 0
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def prove_extractions(corpus: Path, annotations: Path) -> Proof:
    """What holds of ``annotations/extracted`` and the corpus; nothing is written.

    Every extraction reads, keeps to its schema and is named as its article; every span lies in the
    text; every claim says what produced it and has the id that its words give it. An extraction of
    an earlier text, or of an article that is gone, is noted: the next run takes it up.
    """
    proof, folder = Proof(), annotations / EXTRACTED
    for article in read_corpus(Corpus(corpus)):
        if isinstance(article, Failure):
            proof.unread += 1
            proof.faults.append(f"article {article.article}: {article.message}")
        else:
            _prove_article(proof, article, extraction_path(folder, article.id))
    for path in find_removed(Corpus(corpus).ids(), folder):
        proof.notes.append(f"{path}: its article is not in {corpus}; delete it if that is meant")
        _prove_file(proof, path)
    for place in (corpus, annotations):
        proof.notes += [
            f"{path}: what a writer that was broken off left behind; delete it"
            for path in sorted(place.rglob(".*.tmp"))
            if _LEFT_OVER.fullmatch(path.name)
        ]
    return proof


def _prove_article(proof: Proof, article: Article, path: Path) -> None:
    """Add the article to the proof, with its extraction where that is of its text."""
    bare = Extraction(article.id, article.text, metadata=article.metadata)
    if not os.path.lexists(path):
        proof.unextracted += 1
        proof.articles[article.id] = bare
        return
    found = _prove_file(proof, path)
    if found is None:
        proof.unread += 1
        return
    if found.text == article.text:
        proof.articles[article.id] = replace(found, metadata=article.metadata)
        return
    proof.notes.append(f"{path}: is of an earlier text of its article; run: claims extract")
    proof.articles[article.id] = bare


def _prove_file(proof: Proof, path: Path) -> Extraction | None:
    """The extraction in the file, None where it cannot be read; what is proved is counted."""
    try:
        found = list(read_extractions(path))
        data = read_bytes(path, Source(str(path), RecordError))
    except RecordError as error:
        proof.faults.append(f"{error}; {_MEND}")
        return None
    if len(found) != 1:
        proof.faults.append(f"{path}: has {len(found)} extractions and not one; {_MEND}")
        return None
    extraction = found[0]
    proof.faults += [f"{path}:1: {fault}; {_MEND}" for fault in _faults_of(extraction, data, path)]
    proof.extractions += 1
    proof.mentions += len(extraction.mentions)
    proof.claims += len(extraction.claims)
    proof.spans += _count_spans(extraction)
    return extraction


def _faults_of(extraction: Extraction, line: bytes, path: Path) -> Iterator[str]:
    if extraction.article != path.stem:
        yield f"is of article {extraction.article!r}, which is not the name of the file"
    elif not is_article_id(path.stem):
        yield f"{path.stem!r} cannot be an article's id (a–z, 0–9 and hyphens)"
    yield from _schema_faults(extraction, line)
    yield from _provenance_faults(extraction.provenance)
    unsaid = [claim for claim in extraction.claims if not _says_why(claim)]
    if unsaid:
        yield f"claim {unsaid[0].id} names no cue or no rule that made it ({len(unsaid)} such)"
    wrong = [
        (claim, name)
        for claim, name in zip(extraction.claims, ids_by_words(extraction), strict=True)
        if claim.id != name
    ]
    if wrong:
        claim, name = wrong[0]
        yield f"claim {claim.id} should be {name} by its words ({len(wrong)} such)"


def _schema_faults(extraction: Extraction, line: bytes) -> Iterator[str]:
    """What breaks the schema.

    What the reader took and the writer gives back to the byte keeps to it, but for empty words;
    trying the schema on every line would take ten times as long.
    """
    entities = [one.entity for one in (*extraction.mentions, *_holders_of(extraction))]
    if line == f"{line_for(extraction)}\n".encode() and "" not in entities:
        return
    for error in validator("extraction").iter_errors(json.loads(line.decode("utf-8-sig"))):
        yield f"{error.json_path} {error.message[:200]}"
    if not line.endswith(b"\n"):
        yield "ends without a newline, so it may not be whole"


def _holders_of(extraction: Extraction) -> Iterator[Any]:
    for claim in extraction.claims:
        yield claim.holder
        if claim.attribution:
            yield claim.attribution


def _provenance_faults(made: Provenance | None) -> Iterator[str]:
    if made is None:
        yield "does not say what produced it: provenance is missing"
        return
    for name, value in made.named().items():
        if not value.strip():
            yield f"provenance.{name} is empty"
    if made.lexicon_sha256 and not _SHA256.fullmatch(made.lexicon_sha256):
        yield f"provenance.lexicon_sha256 is {made.lexicon_sha256!r}, which is no SHA-256"


def _says_why(claim: Claim) -> bool:
    evidence = claim.evidence
    return evidence is not None and bool(evidence.source and evidence.rules and all(evidence.rules))


def ids_by_words(extraction: Extraction) -> Iterator[str]:
    """The id that each claim's words give it (design, "Identity"), in the order of the claims."""
    sentences = [(sentence.start, sentence.end) for sentence in extraction.sentences]
    if not sentences:  # an extraction from elsewhere: its text counts as one sentence
        sentences = [(0, len(extraction.text))]
    numbering = SentenceText(extraction.text, sentences)
    return numbered(
        claim_id(
            extraction.article,
            numbering.at(claim.cue.start),
            (claim.holder.span, claim.cue, claim.target),
        )
        for claim in extraction.claims
    )


def _count_spans(extraction: Extraction) -> int:
    """How many spans the reader has found to lie in the text."""
    count = len(extraction.sentences) + len(extraction.mentions)
    for claim in extraction.claims:
        source = claim.attribution
        pieces: list[object] = [claim.holder, claim.cue, claim.target, claim.antecedent, source]
        pieces += [source.cue, source.reported] if source else []
        count += sum(piece is not None for piece in pieces)
    return count
