"""Claims that were brought in from other extractors: ``annotations/imported/ID.jsonl``.

They lie beside the machine's and are laid over them whenever these are read, so that an extraction
that is made anew loses none. A line is one claim with its words, where they stand in which text,
and who said so. In an edited article a claim is found again by its words, as a decision is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.dataset.passages import unwrap
from pipeline.dataset.position_lines import (
    position_to_json,
    quote_to_json,
    read_position,
    read_quote,
)
from pipeline.dataset.records import Position, Quote, quote, to_claim
from pipeline.dataset.same_position import is_same_position
from pipeline.errors import RecordError
from pipeline.evaluation.tokens import TokenIndex
from pipeline.files import sha256_of_text, write_text_atomically
from pipeline.guarded.files import open_file, refuse_leaving
from pipeline.guarded.jsons import parse_object
from pipeline.guarded.source import Source
from pipeline.identity import SentenceText, claim_id
from pipeline.jsonl_fields import Fields
from pipeline.records import Claim, Evidence, Extraction

Json = dict[str, Any]
IMPORTED = "imported"
PREFIX = "import:"
"""What begins the name of a source where it stands among the proposers of a claim."""

VERSION = 1


@dataclass(frozen=True, slots=True)
class Imported:
    """One claim of another extractor, named ``source``, at its place in the text of that SHA-256.

    ``context`` is the sentences that it lies in, ``file`` the name and line that it was read from.
    """

    article: str
    text_sha256: str
    source: str
    position: Position
    context: Quote
    score: float
    file: str = ""

    def in_text(self, text: str, *, sha256: str) -> Position | None:
        """Where the claim stands in a text of that SHA-256; None where that cannot be told.

        In an edited text its context must stand once, typography and line ends aside. That another
        passage is like it is no hindrance, as it is for a decision: somebody is yet to look at it.
        """
        if sha256 == self.text_sha256:
            return self.position if self.position.stands_in(text) else None
        wanted, folded = unwrap(self.context.text), unwrap(text)
        at = folded.find(wanted)
        if at < 0 or folded.find(wanted, at + 1) >= 0:
            return None
        return _said_again(self.position.moved(at - self.context.start), text)


def _said_again(position: Position, text: str) -> Position:
    """The claim with the words that stand at its offsets now."""

    def again(piece: Quote | None) -> Quote | None:
        return quote(text, piece.span) if piece else None

    return replace(
        position,
        holder=quote(text, position.holder.span),
        cue=quote(text, position.cue.span),
        target=again(position.target),
        attribution=again(position.attribution),
    )


def imported_path(annotations: Path, article: str) -> Path:
    """Where an article's imported claims lie, or would."""
    return annotations / IMPORTED / f"{article}.jsonl"


def read_imported(annotations: Path, article: str) -> tuple[Imported, ...]:
    """The claims that were imported for an article, in the order in which they came.

    Raises:
        RecordError: beginning with ``file:line``.
    """
    path = imported_path(annotations, article)
    return read_imported_file(path) if path.exists() or path.is_symlink() else ()


def read_imported_file(path: Path) -> tuple[Imported, ...]:
    """As ``read_imported``, of one file.

    Raises:
        RecordError: beginning with ``file:line``.
    """
    found = []
    with open_file(path, Source(str(path), RecordError)) as stream:
        for number, raw in enumerate(stream, start=1):
            source = Source(str(path), RecordError, first=number)
            if raw.strip():
                record = parse_object(raw, source)
                found.append(from_json(record, where=f"{path}:{number}: "))
    return tuple(found)


def write_imported(annotations: Path, article: str, claims: Sequence[Imported]) -> None:
    """Write all claims that are imported for an article; the file is the old one or the new one."""
    path = imported_path(annotations, article)
    refuse_leaving(path, annotations)
    lines = (json.dumps(to_json(one), ensure_ascii=False, allow_nan=False) for one in claims)
    write_text_atomically(path, "".join(f"{line}\n" for line in lines))


def to_json(claim: Imported) -> Json:
    """The object that stands for an imported claim; the schema ``imported`` is published."""
    return {
        "version": VERSION,
        "article": claim.article,
        "text_sha256": claim.text_sha256,
        "source": claim.source,
        "file": claim.file,
        "score": claim.score,
        **(position_to_json(claim.position) or {}),
        "context": quote_to_json(claim.context),
    }


def from_json(record: Mapping[str, Any], *, where: str = "") -> Imported:
    """The imported claim that an object stands for.

    Raises:
        RecordError: naming the field that is missing or wrong.
    """
    fields = Fields(record, where=where)
    if record.get("version") != VERSION:
        raise fields.refuse("version", f"must be {VERSION}, not {record.get('version')!r:.60}")
    context = read_quote(fields.nested("context"))
    return Imported(
        article=fields.string("article"),
        text_sha256=fields.string("text_sha256"),
        source=fields.string("source"),
        position=read_position(fields),
        context=context,
        score=fields.score("score", default=0.5),
        file=fields.string("file"),
    )


def with_imported(found: Extraction, imported: Iterable[Imported]) -> Extraction:
    """The extraction with the imported claims that have a place in its text, in text order.

    One that the machine makes too, or another source, is not there twice: its source is named
    beside them. An article that was not extracted yet stays as it is.
    """
    placed = _placed(imported, found) if found.sentences else ()
    if not placed:
        return found
    index, claims = TokenIndex(found.text), list(found.claims)
    for item, position in placed:
        claim = _claim_of(item, position)
        for number, other in enumerate(claims):
            if is_same_position(claim, other, index):
                claims[number] = _named_beside(other, item.source)
                break
        else:
            claims.append(claim)
    known = len(found.claims)
    added = _with_ids(claims[known:], found, taken={claim.id for claim in found.claims})
    return replace(found, claims=_in_text_order(claims[:known], added))


def _placed(
    imported: Iterable[Imported], found: Extraction
) -> tuple[tuple[Imported, Position], ...]:
    sha256 = sha256_of_text(found.text)
    pairs = ((item, item.in_text(found.text, sha256=sha256)) for item in imported)
    return tuple((item, place) for item, place in pairs if place is not None)


def _claim_of(item: Imported, position: Position) -> Claim:
    evidence = Evidence(None, proposers=(PREFIX + item.source,))
    return replace(to_claim("", position), score=item.score, evidence=evidence)


def _named_beside(claim: Claim, source: str) -> Claim:
    evidence = claim.evidence or Evidence(None)
    names = evidence.proposers or (("rules",) if evidence.cue else ())
    both = tuple(dict.fromkeys((*names, PREFIX + source)))
    return replace(claim, evidence=replace(evidence, proposers=both))


def _with_ids(claims: Iterable[Claim], found: Extraction, *, taken: set[str]) -> list[Claim]:
    """The claims with the ids of their words, of which no other claim of the article has one."""
    numbering = SentenceText(found.text, [(one.start, one.end) for one in found.sentences])
    named = []
    for claim in claims:
        roles = (claim.holder.span, claim.cue, claim.target)
        name = first = claim_id(found.article, numbering.at(claim.cue.start), roles)
        number = 1
        while name in taken:
            number += 1
            name = f"{first}-{number}"
        taken.add(name)
        named.append(replace(claim, id=name))
    return named


def _in_text_order(machine: Sequence[Claim], added: Iterable[Claim]) -> tuple[Claim, ...]:
    """The machine's claims in their order, each added one before the first that is behind it."""
    merged = list(machine)
    for claim in sorted(added, key=lambda one: (one.cue, one.holder.span), reverse=True):
        behind = (n for n, other in enumerate(merged) if other.cue > claim.cue)
        merged.insert(next(behind, len(merged)), claim)
    return tuple(merged)


def sources_of(claim: Claim) -> tuple[str, ...]:
    """The names of the sources that a claim was imported from; none for the machine's own."""
    names = claim.evidence.proposers if claim.evidence else ()
    return tuple(name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX))


def is_only_imported(claim: Claim) -> bool:
    """Whether the machine itself did not make the claim."""
    names = claim.evidence.proposers if claim.evidence else ()
    return bool(names) and all(name.startswith(PREFIX) for name in names)


def prove_imported(
    annotations: Path, articles: Mapping[str, Extraction]
) -> tuple[list[str], list[str]]:
    """What is broken of the imported claims, and what of them waits for a person; a sentence each.

    ``articles`` are those of the corpus that can be read.
    """
    faults: list[str] = []
    notes: list[str] = []
    for path in sorted((annotations / IMPORTED).glob("*.jsonl")):
        try:
            claims = read_imported_file(path)
        except RecordError as error:
            faults.append(f"{error}; restore the line, or delete it and import it again")
            continue
        article = articles.get(path.stem)
        if article is None:
            notes.append(
                f"{path}: its article cannot be read or is gone; delete it if that is meant"
            )
            continue
        faults += _faults_of(path, claims, article)
        lost = len(claims) - len(_placed(claims, article))
        if lost:
            what = f"{lost} imported claim{'' if lost == 1 else 's'}"
            notes.append(f"{path}: {what} not found again in the edited text; import again")
    return faults, notes


def _faults_of(path: Path, claims: Sequence[Imported], article: Extraction) -> Iterator[str]:
    sha256 = sha256_of_text(article.text)
    for number, claim in enumerate(claims, start=1):
        if claim.article != path.stem:
            yield f"{path}:{number}: is of article {claim.article!r}, not of the file's name"
        elif claim.text_sha256 == sha256 and not claim.position.stands_in(article.text):
            yield f"{path}:{number}: its words do not stand in the text; import it again"
