"""Decisions that were coded in DNA: a database of ours, changed there, read as a review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.dataset.fold import position_id
from pipeline.dataset.ledger import standing_decisions
from pipeline.dataset.records import Decision, Position, Rule, Verdict
from pipeline.errors import RecordError
from pipeline.export.dna_coding import (
    added_position,
    check_words,
    coded_position,
    context_of,
    position_of,
)
from pipeline.export.dna_decisions import (
    SERVER,
    Reading,
    add_decision,
    article_of,
    base_of,
    blank_decision,
    decide,
)
from pipeline.export.dna_decisions import (
    Recoded as Recoded,
)
from pipeline.export.dna_details import evidence_of
from pipeline.export.dna_entities import target_words
from pipeline.export.dna_file import CodedStatement, read_dna_file
from pipeline.export.dna_read import Linked, link_notes
from pipeline.records import Extraction

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Coded:
    """What was coded in DNA and is not in the ledger yet.

    ``not_taken`` are sentences, each with file and statement; ``unchanged`` counts the claims that
    are as they were exported. Concepts are no part of a decision: ``recoded`` has what was changed.
    """

    decisions: tuple[Decision, ...]
    not_taken: tuple[str, ...]
    recoded: tuple[Recoded, ...]
    unchanged: int


def read_coded(
    path: Path,
    *,
    records: Iterable[Json],
    articles: Mapping[str, Extraction],
    ledger: Sequence[Decision],
    reviewer: str,
    decided_at: str,
    confirm: bool = False,
) -> Coded:
    """What a coder changed in a database that ``dna`` or ``dna-rich`` had written, as decisions.

    Another agreement or actor edits a claim, a statement that was deleted rejects it, one that was
    made adds one; ``confirm`` takes what was left as it was for accepted. ``records`` are the
    workspace's claims (``known_records``), ``decided_at`` is UTC in ISO 8601. What the reviewer
    said already by the ledger does not come again. Nothing is written.

    Raises:
        RecordError: the file is no database of DNA 3.
    """
    file = read_dna_file(path)
    linked = link_notes(file)
    listed = file.claims
    wanted = {*listed, *(one.claim for one in linked.statements)}
    known = _known_among(records, wanted)
    reading = Reading(
        path, reviewer, decided_at, articles,
        ledger={one.id: one for one in ledger},
        said=_said_by(reviewer, ledger),
        confirm=confirm,
        ids={one.pairs.get("actor", ""): one.pairs.get("entity", "") for one in linked.statements},
    )  # fmt: skip
    _read_claims(reading, linked, known)
    lost = _find_lost(linked, known, listed)
    for claim, statement in lost.items():
        reading.refuse(statement, f"lost what says that it is of claim {claim:.60}; not taken")
    _read_deleted(reading, linked, known, [claim for claim in listed if claim not in lost])
    _read_added(reading, linked, without=set(lost.values()))
    for number, label in file.foreign:
        reading.refuse(number, f"is of type “{label:.60}”, and not one of ours; passed over")
    return Coded(
        decisions=tuple(reading.decisions.values()),
        not_taken=tuple(reading.not_taken),
        recoded=tuple(reading.recoded),
        unchanged=len(reading.unchanged),
    )


def _known_among(records: Iterable[Json], wanted: Collection[str]) -> dict[str, Json]:
    """The first record of each claim that is wanted."""
    known: dict[str, Json] = {}
    for record in records:
        if record["id"] in wanted:
            known.setdefault(record["id"], record)
    return known


def _said_by(reviewer: str, ledger: Sequence[Decision]) -> dict[tuple[str, str], Decision]:
    """What the reviewer's decisions say now, by article and claim."""
    own = [one for one in standing_decisions(ledger) if one.reviewer == reviewer]
    return {(one.article, one.claim): one for one in own if not one.adjudicates}


def known_records(corpus: Path, annotations: Path, rule: Rule) -> Iterator[Json]:
    """The claims that a file can have been exported from: the verified ones, then the machine's."""
    from pipeline.export.gather import gather_extracted, gather_verified

    yield from gather_verified(corpus, annotations, rule, duplicates=True).claims()
    yield from gather_extracted(corpus, annotations, duplicates=True).claims()


def _read_claims(reading: Reading, linked: Linked, known: Mapping[str, Json]) -> None:
    """What became of the claims that still have statements."""
    claims: dict[str, list[CodedStatement]] = defaultdict(list)
    for one in linked.statements:
        if one.claim:
            claims[one.claim].append(one)
    for claim, found in claims.items():
        first = found[0].id
        record = known.get(claim)
        if record is None and reading.mark(first) in reading.marks:
            reading.unchanged.append(claim)  # that is what an earlier import made of it
            continue
        if record is None:
            reading.refuse(first, f"no claim {claim:.60} is known here; was it exported elsewhere?")
            continue
        try:
            article = article_of(reading, record["article"])
            check_words(found, record, article)
            shown = position_of(record)
            decided = coded_position(found, shown, article, reading.ids)
        except RecordError as error:
            reading.refuse(first, error)
            continue
        _note_concepts(reading, found, record)
        if decided != shown or reading.confirm:
            decide(reading, record, article, first, decided)
        else:
            reading.unchanged.append(claim)
            _name_change_of_mind(reading, record, first, shown)


def _note_concepts(reading: Reading, found: Sequence[CodedStatement], record: Json) -> None:
    for one in found:
        if not one.keeps_concept:
            target, concept = target_words(record), one.concept.key or one.concept.text
            reading.recoded.append(Recoded(record["id"], target, concept))
            reading.refuse(
                one.id,
                f"its concept is “{one.concept.text:.60}” now; concepts belong to targets, so give "
                f'it yourself: claims concepts assign "{target}" CONCEPT',
            )


def _name_change_of_mind(reading: Reading, record: Json, statement: int, shown: Position) -> None:
    """Say so where the file is as exported, but an earlier import of it was not."""
    base = base_of(reading, record)
    before = reading.said.get((record["article"], base.claim if base else record["id"]))
    if before and before.origin.server == SERVER and before.decided != shown:
        reading.refuse(
            statement,
            f"is as it was exported, but {reading.reviewer} coded it as "
            f"{before.decided.stance if before.decided else 'no claim'} before; decide on it in "
            "the review",
        )


def _read_deleted(
    reading: Reading, linked: Linked, known: Mapping[str, Json], listed: Iterable[str]
) -> None:
    """The claims whose statements were all deleted are rejected."""
    notes = {note.pairs["claim_id"]: note for note in linked.gone}
    doubtful = {note.pairs["claim_id"]: note for note in linked.doubtful}
    for claim, note in doubtful.items():
        reading.refuse(note.id, f"which statement is that of claim {claim:.60} cannot be told")
    there = {one.claim for one in (*linked.statements, *linked.bare)} | set(doubtful)
    for note in linked.gone:
        if note.pairs["claim_id"] in there:
            name = note.pairs.get("concept_name", "")
            reading.refuse(
                note.statement,
                f"on “{name:.60}” was deleted; concepts belong to targets (claims concepts), and "
                "the claim has other statements",
            )
    for claim in listed:
        where = notes[claim].statement if claim in notes else f"claim {claim:.60}"
        if claim in there:
            continue
        if record := known.get(claim):
            decide(reading, record, reading.articles.get(record["article"]), where, None)
        elif reading.mark(where) in reading.marks:
            reading.unchanged.append(claim)
        else:
            reading.refuse(where, "was deleted in DNA, and is not known here")


def _find_lost(linked: Linked, known: Mapping[str, Json], listed: Iterable[str]) -> dict[str, int]:
    """The claims without annotation, and the statement that stands on the words of each.

    Somebody deleted annotations: such a claim was not rejected, and its statement not added.
    """
    free = {
        (one.document.article, one.start, one.stop): one.id
        for one in linked.statements
        if not one.claim
    }
    told = {one.claim for one in linked.statements}
    told |= {note.pairs["claim_id"] for note in (*linked.gone, *linked.doubtful)}
    places = {
        claim: (known[claim]["article"], *evidence_of(known[claim]))
        for claim in listed
        if claim in known and claim not in told
    }
    return {claim: free[place] for claim, place in places.items() if place in free}


def _read_added(reading: Reading, linked: Linked, *, without: Collection[int]) -> None:
    """The statements that were made in DNA, as added claims."""
    for one in linked.statements:
        if one.claim or one.id in without:
            continue
        if not one.document.article:
            title = one.document.title
            reading.refuse(one.id, f"document “{title:.60}” is none of ours; add it to the corpus")
            continue
        try:
            article = article_of(reading, one.document.article)
            position = added_position(one, article, reading.ids)
        except RecordError as error:
            reading.refuse(one.id, error)
            continue
        claim = position_id(article.article, article.text, position)
        if position.target is None and one.concept.text:
            reading.refuse(
                one.id, f"is taken without a target: “{one.concept.text:.60}” is not in its words"
            )
        add_decision(
            reading,
            replace(
                blank_decision(reading, article, claim, one.id),
                verdict=Verdict.ADDED,
                decided=position,
                context=context_of(position, article),
            ),
        )
