"""A DNA database is one that DNA opens, merges and counts, and nothing is lost in it unsaid."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing
from itertools import combinations
from pathlib import Path

import pytest

from pipeline.dataset.fold import fold_decisions
from pipeline.dataset.records import Rule
from pipeline.dataset.verified import to_json
from pipeline.export.dna_read import read_dna
from pipeline.export.dna_schema import is_password
from pipeline.export.formats import write_export
from pipeline.export.gather import Gathered
from pipeline.export.written import Written
from tests.dataset.build import article, chile, claim_of, decide, peru
from tests.export.claims import (
    Json,
    article_of,
    disputed,
    enriched,
    gathered_of,
    gathered_records,
)

PROFILES = ("dna", "dna-rich")
ROW_OF = {
    "short text": "DATASHORTTEXT",
    "long text": "DATALONGTEXT",
    "integer": "DATAINTEGER",
    "boolean": "DATABOOLEAN",
}


def written(folder: Path, profile: str, claims: Gathered) -> tuple[sqlite3.Connection, Written]:
    done = write_export(folder / "claims.dna", profile, claims)
    return sqlite3.connect(done.paths[0]), done


def verified_records() -> list[Json]:
    fold = fold_decisions([decide(chile()), decide(peru())], {"note": article()}, rule=Rule.FIRST)
    return [enriched(to_json(claim)) for claim in fold.verified]


def with_everything() -> Gathered:
    """Emoji, line breaks, a neutral claim, and one whose article is gone."""
    first = article_of("first", [("Ana 😀", "praised", "the tax", "support")], "!\r\n")
    second = article_of("second", [("Bo", "met", "the ministers", "neutral")], ". ")
    third = article_of("third", [("Cy", "fought", "the tax", "oppose")], ".\n")
    both = gathered_of([first, second, third], ("concept.x.tax", "Tax", False))
    return Gathered(both.claims, 3, {"first": first, "second": second})


@pytest.mark.parametrize("profile", PROFILES)
def test_the_file_holds_to_the_constraints_of_dna(tmp_path: Path, profile: str) -> None:
    connection, _ = written(tmp_path, profile, with_everything())
    with closing(connection):
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        settings = dict(connection.execute("SELECT Property, Value FROM SETTINGS"))
        connection.execute("PRAGMA foreign_keys = ON")
        for wrong in (
            "INSERT INTO STATEMENTS VALUES (99, 1, 1, 5, 5, 1)",
            "INSERT INTO STATEMENTS VALUES (99, 1, 77, 0, 5, 1)",
            f"INSERT INTO ENTITIES VALUES (999, 1, '{'x' * 191}', 0, 0, 0, NULL)",
            "INSERT INTO ENTITIES VALUES (999, 1, '', 0, 0, 0, NULL)",
            "INSERT INTO CODERS (Name, Password, Red) VALUES ('x', 'y', 256)",
            "INSERT INTO VARIABLES VALUES (999, 'x', 'text', 1)",
            "INSERT INTO DOCUMENTS (Title, Text) VALUES ('no', 'date')",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(wrong)
    assert settings["version"] == "3.0.11"


@pytest.mark.parametrize("profile", PROFILES)
def test_every_statement_has_a_value_of_every_variable_of_its_type(
    tmp_path: Path, profile: str
) -> None:
    connection, _ = written(tmp_path, profile, with_everything())
    with closing(connection):
        statements = connection.execute("SELECT ID, StatementTypeId FROM STATEMENTS").fetchall()
        variables = connection.execute("SELECT ID, DataType, StatementTypeId FROM VARIABLES")
        wanted = {
            (ROW_OF[data], statement, variable)
            for variable, data, kind in variables.fetchall()
            for statement, own in statements
            if own == kind
        }
        rows = {
            (table, *row)
            for table in ROW_OF.values()
            for row in connection.execute(f"SELECT StatementId, VariableId FROM {table}")
        }
    assert statements
    assert rows == wanted


@pytest.mark.parametrize("profile", PROFILES)
def test_every_entity_has_a_value_of_every_attribute(tmp_path: Path, profile: str) -> None:
    connection, _ = written(tmp_path, profile, with_everything())
    with closing(connection):
        wanted = connection.execute(
            "SELECT e.ID, a.ID FROM ENTITIES e JOIN ATTRIBUTEVARIABLES a USING (VariableId)"
        ).fetchall()
        rows = connection.execute("SELECT EntityId, AttributeVariableId FROM ATTRIBUTEVALUES")
        assert sorted(rows) == sorted(wanted)
        empty = connection.execute("SELECT VariableId FROM ENTITIES WHERE Value = ''").fetchall()
        short = connection.execute("SELECT ID FROM VARIABLES WHERE DataType = 'short text'")
        assert sorted(empty) == sorted(short)


@pytest.mark.parametrize("profile", PROFILES)
def test_words_stand_where_they_did_however_one_counts(tmp_path: Path, profile: str) -> None:
    claims = with_everything()
    connection, _ = written(tmp_path, profile, claims)
    query = (
        "SELECT substr(d.Text, s.Start + 1, s.Stop - s.Start), d.Text, s.Start, s.Stop, d.Title"
        " FROM STATEMENTS s JOIN DOCUMENTS d ON d.ID = s.DocumentId"
    )
    with closing(connection):
        rows = connection.execute(query).fetchall()
    for words, text, start, stop, title in rows:
        units = text.encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le")
        original = claims.articles[title].text[start:stop]
        assert words == units == original.replace("😀", "□")
        assert "\r" not in text
        assert len(text) == len(claims.articles[title].text)
    assert {row[0] for row in rows} == {
        "xAna □x"[1:-1] + " praised the tax",
        "Bo met the ministers",
    }


@pytest.mark.parametrize("profile", PROFILES)
def test_the_documented_password_opens_it(tmp_path: Path, profile: str) -> None:
    connection, _ = written(tmp_path, profile, with_everything())
    with closing(connection):
        coders = connection.execute("SELECT ID, Name, Password FROM CODERS ORDER BY ID").fetchall()
        relations = connection.execute("SELECT Coder, OtherCoder FROM CODERRELATIONS").fetchall()
    assert [name for _, name, _ in coders] == ["Admin", "Machine"]
    assert all(is_password("stance-claims", hashed) for *_, hashed in coders)
    assert not any(is_password("sample", hashed) for *_, hashed in coders)
    assert len(coders[0][2]) == 64
    assert sorted(relations) == [(1, 2), (2, 1)]


def test_the_hash_is_that_of_dna_itself() -> None:
    shipped = "t7STqOHxpl+RXxRUgjsEno+e/38banaYjANbdYQ1geGfH6Xlc2roWgYrPbpCeg5M"
    assert is_password("sample", shipped)
    assert not is_password("Sample", shipped)


def test_the_strict_profile_has_the_types_of_dna_alone(tmp_path: Path) -> None:
    connection, _ = written(tmp_path, "dna", with_everything())
    with closing(connection):
        variables = connection.execute(
            "SELECT t.Label, v.Variable, v.DataType FROM VARIABLES v"
            " JOIN STATEMENTTYPES t ON t.ID = v.StatementTypeId WHERE t.ID <> 2 ORDER BY v.ID"
        ).fetchall()
        attributes = connection.execute(
            "SELECT v.Variable, a.AttributeVariable FROM ATTRIBUTEVARIABLES a"
            " JOIN VARIABLES v ON v.ID = a.VariableId"
        ).fetchall()
    assert variables == [
        ("DNA Statement", "person", "short text"),
        ("DNA Statement", "organization", "short text"),
        ("DNA Statement", "concept", "short text"),
        ("DNA Statement", "agreement", "boolean"),
        ("Annotation", "note", "long text"),
    ]
    assert set(attributes) == {
        (variable, attribute)
        for variable in ("person", "organization", "concept")
        for attribute in ("Type", "Alias", "Notes")
    }


@pytest.mark.parametrize("profile", PROFILES)
def test_the_one_mode_network_is_the_one_that_dna_computes(tmp_path: Path, profile: str) -> None:
    connection, _ = written(tmp_path, profile, disputed())
    query = (
        "SELECT o.Value, c.Value, b.Value FROM STATEMENTS s"
        " JOIN DATASHORTTEXT do ON do.StatementId = s.ID AND do.VariableId = 2"
        " JOIN ENTITIES o ON o.ID = do.Entity"
        " JOIN DATASHORTTEXT dc ON dc.StatementId = s.ID AND dc.VariableId = 3"
        " JOIN ENTITIES c ON c.ID = dc.Entity"
        " JOIN DATABOOLEAN b ON b.StatementId = s.ID AND b.VariableId = 4"
    )
    stands: dict[str, dict[str, int]] = defaultdict(dict)
    with closing(connection):
        for actor, concept, agrees in connection.execute(query):
            stands[actor][concept] = agrees
    ties = {
        (one, other): sum(1 if stands[one][c] == stands[other][c] else -1 for c in shared)
        for one, other in combinations(sorted(stands), 2)
        if (shared := stands[one].keys() & stands[other].keys())
    }
    assert ties == {
        ("Brazil", "China"): 1,
        ("Brazil", "United States"): -1,
        ("China", "United States"): -1,
        ("Chile", "Mexico"): 1,
    }


def test_dates_are_those_of_publication_or_say_what_they_are(tmp_path: Path) -> None:
    connection, done = written(tmp_path, "dna", disputed())
    with closing(connection):
        ((seconds, notes),) = connection.execute("SELECT Date, Notes FROM DOCUMENTS")
    assert seconds == 1588550400
    assert "date:" not in notes
    records = verified_records()
    connection, done = written(tmp_path, "dna", gathered_records(records, article()))
    with closing(connection):
        ((seconds, notes),) = connection.execute("SELECT Date, Notes FROM DOCUMENTS")
    assert seconds == 1767261600
    assert "date: not the date of publication, but when its first claim was decided" in notes
    assert any("1 article by a day of publication" in line for line in done.not_held)


def test_a_person_who_speaks_for_a_body_is_both(tmp_path: Path) -> None:
    records = verified_records()
    records[0]["holder"] |= {"kind": "person", "name": "Republic of Chile"}
    records[1]["holder"] |= {"kind": "person", "entity": "person:peru", "name": "María Peru"}
    connection, _ = written(tmp_path, "dna", gathered_records(records, article()))
    query = (
        "SELECT d.StatementId, v.Variable, e.Value FROM DATASHORTTEXT d"
        " JOIN VARIABLES v ON v.ID = d.VariableId JOIN ENTITIES e ON e.ID = d.Entity"
        " WHERE v.Variable <> 'concept' ORDER BY 1, v.ID"
    )
    with closing(connection):
        assert connection.execute(query).fetchall() == [
            (1, "person", "Chile"),
            (1, "organization", "Republic of Chile"),
            (3, "person", "María Peru"),
            (3, "organization", ""),
        ]


def test_one_statement_a_concept_and_turned_ones_are_turned(tmp_path: Path) -> None:
    (record, _) = verified_records()
    two = enriched(record, ("concept.a.levy", "Levy", False), ("concept.a.repeal", "Repeal", True))
    for profile in PROFILES:
        connection, _ = written(tmp_path, profile, gathered_records([two], article()))
        query = (
            "SELECT e.Value, b.Value FROM DATABOOLEAN b JOIN DATASHORTTEXT d USING (StatementId)"
            " JOIN ENTITIES e ON e.ID = d.Entity WHERE d.VariableId = 3 AND b.VariableId = 4"
        )
        with closing(connection):
            assert connection.execute(query).fetchall() == [("Levy", 0), ("Repeal", 1)]
        (back,) = read_dna(tmp_path / "claims.dna")
        assert (back["stance"], back["concepts"]) == ("oppose", two["concepts"])


def test_long_and_equal_names_stay_apart_and_whole(tmp_path: Path) -> None:
    first, second = verified_records()
    name = "The Very " * 30 + "Long Union"
    first["holder"] |= {"entity": "org:one", "name": name}
    second["holder"] |= {"entity": "org:two", "name": name}
    for profile in PROFILES:
        connection, _ = written(tmp_path, profile, gathered_records([first, second], article()))
        query = "SELECT Value FROM ENTITIES WHERE VariableId = 2 AND Value <> '' ORDER BY Value"
        with closing(connection):
            values = [row[0] for row in connection.execute(query)]
        assert len(set(values)) == 2
        assert all(len(value) <= 190 for value in values)
        back = list(read_dna(tmp_path / "claims.dna"))
        assert [one["holder"]["name"] for one in back] == [name.strip()] * 2
        assert [one["holder"]["entity"] for one in back] == ["org:one", "org:two"]


def test_what_the_file_cannot_hold_is_said_with_its_number(tmp_path: Path) -> None:
    _, strict = written(tmp_path, "dna", with_everything())
    lines = " | ".join(strict.not_held)
    assert "1 claim with words that are not in their article" in lines
    assert "1 neutral claim as agreement, which is yes or no: kept as annotations" in lines
    assert "characters of more than 16 bits, or carriage return" in lines
    assert "form, negation, attribution, score, comments and who reviewed it" in lines
    _, rich = written(tmp_path, "dna-rich", with_everything())
    assert "kept as statements of a type apart" in " | ".join(rich.not_held)
    assert not any("form, negation" in line for line in rich.not_held)


def test_a_target_without_a_concept_stands_for_one_and_is_marked(tmp_path: Path) -> None:
    spoken = claim_of("Mexico", "met", "support", "", "country:MX")
    fold = fold_decisions([decide(peru()), decide(spoken)], {"note": article()}, rule=Rule.FIRST)
    records = [enriched(to_json(claim)) for claim in fold.verified]
    connection, done = written(tmp_path, "dna", gathered_records(records, article()))
    query = (
        "SELECT e.Value FROM DATASHORTTEXT d JOIN ENTITIES e ON e.ID = d.Entity"
        " WHERE d.VariableId = 3 ORDER BY d.StatementId"
    )
    with closing(connection):
        assert connection.execute(query).fetchall() == [("target: the vote",), ("",)]
    lines = [line for line in done.not_held if "by a concept" in line]
    assert lines[0].startswith("dna cannot hold 1 claim by a concept, as none takes the target")
    assert lines[1].startswith("dna cannot hold 1 claim by a concept, as no target is named")
    assert [one["concepts"] for one in read_dna(tmp_path / "claims.dna")] == [[], []]


def test_rich_has_columns_and_attributes_that_dna_lists(tmp_path: Path) -> None:
    connection, _ = written(tmp_path, "dna-rich", disputed())
    with closing(connection):
        names = {row[0] for row in connection.execute("SELECT Variable FROM VARIABLES")}
        iso = connection.execute(
            "SELECT e.Value, v.AttributeValue FROM ATTRIBUTEVALUES v"
            " JOIN ATTRIBUTEVARIABLES a ON a.ID = v.AttributeVariableId"
            " JOIN ENTITIES e ON e.ID = v.EntityId"
            " WHERE a.AttributeVariable IN ('ISO', 'Wikidata') AND v.AttributeValue <> ''"
        ).fetchall()
        confidence = connection.execute("SELECT DISTINCT Value FROM DATAINTEGER").fetchall()
    assert {"claim_id", "cue", "source", "confidence"} <= names
    assert {("United States", "US"), ("United States", "Q30")} <= set(iso)
    assert confidence == [(12,)]


def test_equal_claims_give_equal_files(tmp_path: Path) -> None:
    for profile in PROFILES:
        one, other = (
            write_export(tmp_path / f"{name}.dna", profile, disputed()).paths[0].read_bytes()
            for name in "ab"
        )
        assert one == other
