"""What was coded in DNA comes back as decisions; what cannot is named, and hinders nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.dataset.fold import Fold, fold_decisions
from pipeline.dataset.ledger import append_decisions, read_decisions
from pipeline.dataset.lines import from_json
from pipeline.dataset.lines import to_json as line_of
from pipeline.dataset.records import CODEBOOK, Decision, Position, Rule, Verdict
from pipeline.dataset.verified import to_json
from pipeline.errors import RecordError
from pipeline.export.dna_import import Coded, Recoded, known_records, read_coded
from pipeline.export.dna_read import read_dna
from pipeline.export.formats import write_export
from pipeline.export.rows import machine_records
from pipeline.records import Claim, Extraction, Sentence, Span, Stance
from tests.dataset.build import TEXT, article, as_extracted, chile, decide, peru, workspace
from tests.export.claims import Json, enriched, gathered_records

PROFILES = ("dna", "dna-rich")
AT = "2026-05-05T10:00:00Z"
DRAFT, VOTE = ("concept.test.draft", "Draft", False), ("concept.test.vote", "Vote", True)


def extracted(text: str = TEXT) -> Extraction:
    return replace(as_extracted(article()), text=text) if text == TEXT else article(text)


def machine() -> list[Json]:
    return list(machine_records([extracted()]))


def verified(*decisions: Decision) -> list[Json]:
    return [to_json(one) for one in fold(decisions).verified]


def fold(decisions: Sequence[Decision]) -> Fold:
    return fold_decisions(decisions, {"note": extracted()}, rule=Rule.FIRST)


def exported(folder: Path, profile: str, records: Sequence[Json], name: str = "c.dna") -> Path:
    named = [enriched(one, DRAFT if n == 0 else VOTE) for n, one in enumerate(records)]
    return write_export(folder / name, profile, gathered_records(named, extracted())).paths[0]


def changed(path: Path, *commands: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for command in commands:
            connection.execute(command)
        connection.commit()
    return path


def statement(actor: str) -> str:
    """SQL for the number of the statement of an actor."""
    return (
        "(SELECT StatementId FROM DATASHORTTEXT WHERE VariableId = 2 AND Entity ="
        f" (SELECT ID FROM ENTITIES WHERE VariableId = 2 AND Value = '{actor}'))"
    )


def flip(actor: str) -> str:
    return (
        "UPDATE DATABOOLEAN SET Value = 1 - Value WHERE VariableId = 4"
        f" AND StatementId = {statement(actor)}"
    )


def coded(
    path: Path,
    records: Sequence[Json],
    ledger: Sequence[Decision] = (),
    *,
    now: Extraction | None = None,
    confirm: bool = False,
) -> Coded:
    found = read_coded(
        path,
        records=records,
        articles={"note": now or extracted()},
        ledger=ledger,
        reviewer="dora@example.com",
        decided_at=AT,
        confirm=confirm,
    )
    for one in found.decisions:
        assert from_json(line_of(one)) == one
    return found


@pytest.mark.parametrize("profile", PROFILES)
def test_what_was_left_alone_is_no_decision_unless_it_is_to_be_one(
    tmp_path: Path, profile: str
) -> None:
    path = exported(tmp_path, profile, machine())
    found = coded(path, machine())
    assert (found.decisions, found.not_taken, found.unchanged) == ((), (), 2)
    found = coded(path, machine(), confirm=True)
    assert [one.verdict for one in found.decisions] == [Verdict.ACCEPTED] * 2
    assert {one.id for one in fold(found.decisions).verified} == {one["id"] for one in machine()}


@pytest.mark.parametrize("profile", PROFILES)
def test_another_agreement_edits_the_claim(tmp_path: Path, profile: str) -> None:
    path = changed(exported(tmp_path, profile, machine()), flip("Chile"))
    (decision,) = coded(path, machine()).decisions
    assert decision.codebook == CODEBOOK
    assert (decision.verdict, decision.claim) == (Verdict.EDITED, machine()[0]["id"])
    assert decision.shown is not None
    assert decision.decided == replace(decision.shown, stance=Stance.SUPPORT)
    assert (decision.reviewer, decision.decided_at) == ("dora@example.com", AT)
    assert decision.origin.server == "dna"
    assert decision.origin.annotation.startswith("c.dna#")
    assert decision.machine is not None
    (claim,) = fold([decision]).verified
    assert (claim.id, claim.position.stance) == (machine()[0]["id"], Stance.SUPPORT)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_concept_that_turns_the_target_round_turns_agreement_too(
    tmp_path: Path, profile: str
) -> None:
    path = exported(tmp_path, profile, machine())
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT Value FROM DATABOOLEAN WHERE VariableId = 4 AND StatementId ="
        assert connection.execute(f"{query} {statement('Peru')}").fetchone() == (0,)
    (decision,) = coded(changed(path, flip("Peru")), machine()).decisions
    assert decision.decided is not None
    assert decision.decided.stance is Stance.OPPOSE


@pytest.mark.parametrize("profile", PROFILES)
def test_another_actor_is_another_holder(tmp_path: Path, profile: str) -> None:
    other = "(SELECT ID FROM ENTITIES WHERE VariableId = 2 AND Value = 'Peru')"
    path = changed(
        exported(tmp_path, profile, machine()),
        f"UPDATE DATASHORTTEXT SET Entity = {other} WHERE VariableId = 2"
        f" AND StatementId = {statement('Chile')}",
    )
    (decision,) = coded(path, machine()).decisions
    assert decision.decided is not None
    assert (decision.decided.entity, decision.decided.holder.text) == ("country:PE", "Chile")


def renamed(value: str, number: int = 900) -> tuple[str, str]:
    """SQL that makes an entity and gives it to Chile's statement."""
    return (
        f"INSERT INTO ENTITIES VALUES ({number}, 2, '{value}', 0, 0, 0, NULL)",
        f"UPDATE DATASHORTTEXT SET Entity = {number} WHERE VariableId = 2"
        f" AND StatementId = {statement('Chile')}",
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_an_actor_made_in_dna_is_taken_where_the_sentence_names_it(
    tmp_path: Path, profile: str
) -> None:
    path = changed(exported(tmp_path, profile, machine()), *renamed("draft"))
    (decision,) = coded(path, machine()).decisions
    assert decision.decided is not None
    assert (decision.decided.holder.text, decision.decided.entity) == ("draft", None)
    path = changed(exported(tmp_path, profile, machine()), *renamed("Nobody Here"))
    found = coded(path, machine())
    assert found.decisions == ()
    assert "actor “Nobody Here” does not stand in the sentence" in found.not_taken[0]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_deleted_statement_rejects_its_claim(tmp_path: Path, profile: str) -> None:
    path = changed(
        exported(tmp_path, profile, machine()),
        f"DELETE FROM STATEMENTS WHERE ID = {statement('Chile')}",
    )
    (decision,) = coded(path, machine()).decisions
    assert (decision.verdict, decision.decided) == (Verdict.REJECTED, None)
    assert decision.claim == machine()[0]["id"]
    assert fold([decision]).rejected == (decision.claim,)


def test_a_statement_deleted_with_its_annotation_rejects_it_too(tmp_path: Path) -> None:
    path = exported(tmp_path, "dna", machine())
    changed(path, "DELETE FROM STATEMENTS WHERE Start = 0")
    assert [one.verdict for one in coded(path, machine()).decisions] == [Verdict.REJECTED]


def test_deleting_annotations_alone_neither_rejects_nor_adds(tmp_path: Path) -> None:
    path = exported(tmp_path, "dna", machine())
    changed(path, "DELETE FROM STATEMENTS WHERE StatementTypeId = 3")
    found = coded(path, machine())
    assert found.decisions == ()
    assert len(found.not_taken) == 2
    assert all("lost what says that it is of claim" in line for line in found.not_taken)


def added(start: int, stop: int, actor: str, concept: str) -> tuple[str, ...]:
    """SQL for what DNA does when somebody codes a passage; support of the concept."""
    return (
        "INSERT OR IGNORE INTO ENTITIES (VariableId, Value) VALUES"
        f" (2, '{actor}'), (3, '{concept}')",
        f"INSERT INTO STATEMENTS VALUES (800, 1, 1, {start}, {stop}, 1)",
        *(
            "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) SELECT 800,"
            f" {variable}, ID FROM ENTITIES WHERE VariableId = {variable} AND Value = '{value}'"
            for variable, value in ((1, ""), (2, actor), (3, concept))
        ),
        "INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (800, 4, 1)",
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_a_statement_made_in_dna_adds_a_claim(tmp_path: Path, profile: str) -> None:
    start = TEXT.index("Mexico")
    path = exported(tmp_path, profile, machine())
    changed(path, *added(start, len(TEXT), "Mexico", "nobody"))
    (decision,) = coded(path, machine()).decisions
    position = decision.decided
    assert (decision.verdict, decision.shown) == (Verdict.ADDED, None)
    assert position is not None
    assert position.target is not None
    assert [position.holder.text, position.cue.text, position.target.text] == [
        "Mexico",
        "met",
        "nobody",
    ]
    (claim,) = fold([decision]).verified
    assert (claim.id, claim.position) == (decision.claim, position)


@pytest.mark.parametrize(
    ("span", "actor", "concept", "says"),
    [
        ((48, 66), "Bolivia", "Talks", "actor “Bolivia” does not stand in its words"),
        ((48, 66), "", "Talks", "actor “” does not stand in its words"),
        ((48, 54), "Mexico", "Talks", "no words beside actor and concept"),
        ((48, 99), "Mexico", "Talks", "stands behind the end of its text"),
        ((48, 66), "Mexico", "Talks", "is taken without a target: “Talks” is not in its words"),
    ],
)
def test_what_a_new_statement_lacks_is_said(
    tmp_path: Path, span: tuple[int, int], actor: str, concept: str, says: str
) -> None:
    path = exported(tmp_path, "dna", machine())
    changed(path, *added(*span, actor, concept))
    found = coded(path, machine())
    assert found.not_taken == (f"{path}: statement 800: {found.not_taken[0].split(': ', 2)[2]}",)
    assert says in found.not_taken[0]
    assert len(found.decisions) == ("without a target" in says)


@pytest.mark.parametrize("profile", PROFILES)
def test_another_concept_is_named_and_given_back(tmp_path: Path, profile: str) -> None:
    vote = "(SELECT ID FROM ENTITIES WHERE VariableId = 3 AND Value = 'Vote')"
    path = changed(
        exported(tmp_path, profile, machine()),
        f"UPDATE DATASHORTTEXT SET Entity = {vote} WHERE VariableId = 3"
        f" AND StatementId = {statement('Chile')}",
    )
    found = coded(path, machine())
    assert found.decisions == ()
    assert found.recoded == (Recoded(machine()[0]["id"], "the draft", "concept.test.vote"),)
    assert 'claims concepts assign "the draft"' in found.not_taken[0]


@pytest.mark.parametrize("profile", PROFILES)
def test_the_same_file_says_nothing_twice(tmp_path: Path, profile: str) -> None:
    path = exported(tmp_path, profile, machine())
    changed(path, flip("Chile"), f"DELETE FROM STATEMENTS WHERE ID = {statement('Peru')}")
    changed(path, *added(TEXT.index("Mexico"), len(TEXT), "Mexico", "nobody"))
    first = coded(path, machine())
    ledger = tmp_path / "decisions.jsonl"
    assert append_decisions(ledger, first.decisions) == 3
    records = [*verified(*first.decisions), *machine()]
    again = coded(path, records, read_decisions(ledger))
    assert (again.decisions, again.not_taken) == ((), ())


def test_a_coder_judges_what_others_verified(tmp_path: Path) -> None:
    ledger = (decide(chile()), decide(peru(), "edited", decided=_peru_opposes()))
    records = verified(*ledger)
    path = changed(exported(tmp_path, "dna-rich", records), flip("Chile"), flip("Peru"))
    found = coded(path, records, ledger)
    by_claim = {one.claim: one for one in found.decisions}
    assert by_claim[chile().id].verdict is Verdict.EDITED
    # Back to what the machine had shown is no edit of it.
    assert by_claim[peru().id].verdict is Verdict.ACCEPTED
    assert by_claim[peru().id].shown == ledger[1].shown


def _peru_opposes() -> Position:
    shown = decide(peru()).shown
    assert shown is not None
    return replace(shown, stance=Stance.OPPOSE)


def test_a_text_that_was_edited_elsewhere_is_no_hindrance(tmp_path: Path) -> None:
    path = changed(exported(tmp_path, "dna", machine()), flip("Chile"), flip("Peru"))
    text = "Note.\n" + TEXT.replace("Peru backed", "Peru loudly backed")
    claims = (_moved(chile(), 6, machine()[0]["id"]), _moved(peru(), 6, machine()[1]["id"]))
    now = Extraction("note", text, (Sentence(6, 31), Sentence(32, 60)), (), claims)
    records = list(machine_records([now]))
    found = coded(path, records, now=now)
    (decision,) = found.decisions
    assert decision.claim == machine()[0]["id"]
    assert decision.decided is not None
    assert decision.decided.stands_in(text)
    assert "“Peru backed the vote” does not stand in note any more" in found.not_taken[0]


def _moved(claim: Claim, by: int, name: str) -> Claim:
    holder, cue, target = claim.holder, claim.cue, claim.target
    assert target is not None
    return replace(
        claim,
        id=name,
        holder=replace(holder, start=holder.start + by, end=holder.end + by),
        cue=Span(cue.start + by, cue.end + by),
        target=Span(target.start + by, target.end + by),
    )


def test_each_thing_that_is_not_taken_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = exported(tmp_path, "dna", machine())
    changed(
        path,
        flip("Chile"),
        "INSERT INTO DOCUMENTS SELECT 7, 'Another paper', Text, Coder, '', '', '', '', '', Date"
        " FROM DOCUMENTS WHERE ID = 1",
        "INSERT INTO STATEMENTS VALUES (700, 1, 7, 0, 5, 1)",
        "INSERT INTO STATEMENTS VALUES (701, 2, 1, 0, 5, 1)",
        "INSERT INTO STATEMENTS VALUES (702, 3, 1, 0, 5, 1)",
        "INSERT INTO DATALONGTEXT (StatementId, VariableId, Value) VALUES (702, 11, 'hello')",
    )
    found = coded(path, [machine()[0]])
    assert [one.claim for one in found.decisions] == [machine()[0]["id"]]
    lines = dict(
        line.removeprefix(f"{path}: statement ").split(": ", 1) for line in found.not_taken
    )
    assert "document “Another paper” is none of ours" in lines["700"]
    assert "is of type “NPF Story Element”" in lines["701"]
    assert "is of type “Annotation”" in lines["702"]
    assert f"no claim {machine()[1]['id']} is known here" in lines["3"]
    assert len(lines) == 4


def test_a_document_whose_text_was_changed_is_named(tmp_path: Path) -> None:
    path = exported(tmp_path, "dna", machine())
    changed(path, flip("Chile"), "UPDATE DOCUMENTS SET Text = replace(Text, 'draft', 'treaty')")
    found = coded(path, machine())
    assert found.decisions == ()
    assert all("not the one that was exported" in line for line in found.not_taken)


def test_in_a_project_that_it_was_merged_into_statements_are_told_by_what_they_say(
    tmp_path: Path,
) -> None:
    path = exported(tmp_path, "dna", machine())
    # What merging does: other numbers for all, the annotations among the first.
    changed(
        path,
        "PRAGMA foreign_keys = OFF",
        *(f"UPDATE {table} SET StatementId = 500 - StatementId" for table in (
            "DATASHORTTEXT", "DATALONGTEXT", "DATABOOLEAN")),
        "UPDATE STATEMENTS SET ID = 500 - ID",
        flip("Chile"),
    )  # fmt: skip
    found = coded(path, machine())
    assert [one.claim for one in found.decisions] == [machine()[0]["id"]]
    assert found.not_taken == ()
    # Two claims on the same words, and neither actor nor concept is left of one.
    changed(path, "UPDATE STATEMENTS SET Start = 0, Stop = 24")
    changed(path, *renamed("Other"))
    changed(
        path,
        "INSERT INTO ENTITIES VALUES (901, 3, 'Something', 0, 0, 0, NULL)",
        f"UPDATE DATASHORTTEXT SET Entity = 901 WHERE VariableId = 3"
        f" AND StatementId = {statement('Other')}",
    )
    found = coded(path, machine())
    assert any("cannot be told" in line for line in found.not_taken)
    assert Verdict.REJECTED not in {one.verdict for one in found.decisions}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    "command",
    [
        "UPDATE DATALONGTEXT SET Value = replace(Value, 'statement=', 'statement=x')",
        "UPDATE DATALONGTEXT SET Value = replace(Value, 'spans=', 'spans=x')",
        "UPDATE DATALONGTEXT SET Value = substr(Value, 1, 60)",
        "UPDATE DATALONGTEXT SET Value = CAST(X'FF00FF' AS TEXT)",
        "UPDATE DATALONGTEXT SET Value = NULL",
        "UPDATE DOCUMENTS SET Notes = replace(Notes, 'claims: ', 'claims: x')",
        "UPDATE DOCUMENTS SET Notes = ''",
        "UPDATE DOCUMENTS SET Text = X'00FF'",
        "UPDATE STATEMENTS SET Start = 'x', Stop = 'y'",
        "UPDATE STATEMENTS SET Stop = 99999",
        "DELETE FROM DOCUMENTS",
        "DELETE FROM ENTITIES",
    ],
)
def test_a_damaged_file_rejects_no_claim_and_stops_nothing(
    tmp_path: Path, profile: str, command: str
) -> None:
    path = exported(tmp_path, profile, machine())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(command)
        connection.commit()
    assert outcome(lambda: coded(path, machine()).decisions) in ((), str(path))
    back = outcome(lambda: tuple(read_dna(path)))
    assert back == str(path) or isinstance(back, tuple)


def outcome(read: Callable[[], tuple[object, ...]]) -> object:
    """What is read, or the file that is refused."""
    try:
        return read()
    except RecordError as error:
        return str(error).split(":")[0]


def test_two_coders_who_differ_are_a_disagreement(tmp_path: Path) -> None:
    ledger = (decide(chile()), decide(peru()))
    records = verified(*ledger)
    path = changed(exported(tmp_path, "dna", records), flip("Chile"))
    found = coded(path, records, ledger)
    (disagreement,) = fold([*ledger, *found.decisions]).disagreements
    assert disagreement.claim == chile().id


def test_a_file_as_exported_does_not_take_back_what_was_coded_before(tmp_path: Path) -> None:
    path = changed(exported(tmp_path, "dna", machine()), flip("Chile"))
    first = coded(path, machine())
    untouched = exported(tmp_path, "dna", machine(), "other.dna")
    found = coded(untouched, machine(), first.decisions)
    assert found.decisions == ()
    assert "dora@example.com coded it as support before" in found.not_taken[0]


def test_the_claims_of_a_workspace_are_known(tmp_path: Path) -> None:
    corpus, annotations = workspace(tmp_path, decide(chile()))
    records = list(known_records(corpus, annotations, Rule.FIRST))
    assert [one["source"] for one in records] == ["human", "machine", "machine"]
