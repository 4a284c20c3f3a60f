"""The verbs of ``claims entities``: listing, merging, renaming, splitting."""

from __future__ import annotations

from dataclasses import replace

import pytest
from typer.testing import CliRunner

from pipeline.cli.entities import app
from pipeline.errors import SettingError
from pipeline.jsonl import write_extractions
from pipeline.records import Extraction, Kind, Mention, Sentence
from tests.cli.running import run_claims
from tests.dataset.build import chile, decide, workspace


def run(*arguments):
    return CliRunner().invoke(app, list(arguments))


def extract_two(folder, more=""):
    """Two entities that the lexicon does not know, in an extraction; again in more of the text."""
    mentions = (
        Mention(0, 3, Kind.ORGANISATION, "org:oea"),
        Mention(8, 11, Kind.PERSON, "person:b"),
    )
    (folder / "extracted").mkdir(exist_ok=True)
    again = tuple(replace(one, start=one.start + 13, end=one.end + 13) for one in mentions)
    mentions += again if more else ()
    article = Extraction(article="a", text=f"OEA met Bob. {more}", mentions=mentions)
    write_extractions(folder / "extracted" / "a.jsonl", [article])
    return "--annotations", str(folder)


def test_entities_are_counted_with_their_forms(tmp_path):
    text = "Chile met Foo Bar. Chile left."
    mentions = (
        Mention(0, 5, Kind.STATE, "country:CL"),
        Mention(10, 17, Kind.PERSON, "person:foo-bar"),
        Mention(19, 24, Kind.STATE, "country:CL"),
    )
    (tmp_path / "extracted").mkdir()
    article = Extraction(article="a", text=text, mentions=mentions)
    write_extractions(tmp_path / "extracted" / "a.jsonl", [article])
    rows = run("--annotations", str(tmp_path)).output.splitlines()
    assert rows[1].split() == ["2", "country:CL", "Chile", "Chile", "2"]
    assert "(not in the lexicon)" in rows[2]
    only = run("--annotations", str(tmp_path), "--unknown").output
    assert "person:foo-bar" in only
    assert "country:CL" not in only


def test_the_unknown_are_ranked_with_a_sentence_and_the_likeliest_known(tmp_path):
    text = "Emanuel Macron left. The Zubrowka Institute met the Zubrowka Institute."
    mentions = (
        Mention(0, 14, Kind.PERSON, "person:emanuel-macron"),
        Mention(25, 43, Kind.ORGANISATION, "org:zubrowka-institute"),
        Mention(52, 70, Kind.ORGANISATION, "org:zubrowka-institute"),
    )
    (tmp_path / "extracted").mkdir()
    article = Extraction("a", text, (Sentence(0, 20), Sentence(21, 71)), mentions)
    write_extractions(tmp_path / "extracted" / "a.jsonl", [article])
    lines = run("--unknown", "--annotations", str(tmp_path)).output.splitlines()
    assert lines[0] == "1. org:zubrowka-institute: 2 mentions, 0 claims in 1 article"
    assert "   likeliest: none in the lexicon is like it" in lines
    assert "   example: Emanuel Macron left. (a:1)" in lines
    step = "   if so: claims entities merge person:emanuel-macron person:emmanuel-macron"
    assert step in lines


def corrections(folder):
    return (folder / "entities.jsonl").read_text(encoding="utf-8").splitlines()


def test_merge_is_recorded_and_undone(tmp_path):
    found = extract_two(tmp_path)
    before = (tmp_path / "extracted" / "a.jsonl").read_bytes()
    merged = run("merge", "org:oea", "org:OAS", *found)
    assert merged.exit_code == 0
    assert "1 mention, 0 claims and 0 decisions changed" in merged.output
    assert "org:oea" not in run(*found).output
    assert (tmp_path / "extracted" / "a.jsonl").read_bytes() == before
    assert run("merge", "org:oea", "org:OAS", "--undo", *found).exit_code == 0
    assert "org:oea" in run(*found).output
    assert len(corrections(tmp_path)) == 2


def test_a_renamed_entity_has_its_name_and_is_unknown_no_more(tmp_path):
    found = extract_two(tmp_path)
    assert run("rename", "person:b", "Bob Zed", *found).exit_code == 0
    (row,) = [line for line in run(*found).output.splitlines() if "person:" in line]
    assert row.split() == ["1", "person:bob-zed", "Bob", "Zed", "Bob", "1"]
    assert "bob-zed" not in run("--unknown", *found).output


def test_a_split_is_seen_in_every_list(tmp_path):
    found = extract_two(tmp_path, more="OAE met Bob.")
    assert run("split", "org:oea", "org:oae", "--form", "OAE", *found).exit_code == 0
    output = run(*found).output
    assert [line.split()[:2] for line in output.splitlines()[1:4]] == [
        ["2", "person:b"],
        ["1", "org:oae"],
        ["1", "org:oea"],
    ]
    assert "split off as org:oae (“OAE”)" in run("corrections", *found).output
    assert run("split", "org:oea", "org:oae", "--undo", *found).exit_code == 0
    assert "taken back" in run("corrections", *found).output


@pytest.mark.parametrize(
    "arguments",
    [
        ("merge", "org:oea", "org:OAS"),
        ("rename", "org:oea", "Other Body"),
        ("split", "org:oea", "Other Body", "--form", "OAE"),
    ],
)
def test_dry_run_writes_nothing(tmp_path, arguments):
    found = extract_two(tmp_path, more="OAE met Bob.")
    result = run(*arguments, "--dry-run", *found)
    assert result.exit_code == 0
    assert "would change, nothing written" in result.output
    assert not (tmp_path / "entities.jsonl").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("merge", "oea", "org:OAS"),
        ("merge", "org:oea", "org:oea"),
        ("merge", "org:oea", "person:b", "--undo"),
        ("merge", "org:oae", "org:OAS"),
        ("merge", "org:oea", "org:OSA"),
        ("merge", "country:ZZ", "country:FR"),
        ("rename", "org:oea", "org:OAS"),
        ("rename", "org:oae", "Other Body"),
        ("rename", "org:oea", "Other Body", "--undo"),
        ("split", "org:oea", "org:oae"),
        ("split", "org:oea", "org:oae", "--form", "OEA"),
        ("split", "org:oea", "org:oae", "--article", "b"),
        ("split", "org:oea", "org:oae", "--undo"),
    ],
)
def test_a_wrong_correction_is_refused(tmp_path, arguments):
    found = extract_two(tmp_path)
    result = run(*arguments, *found)
    assert isinstance(result.exception, SettingError)
    assert not (tmp_path / "entities.jsonl").exists()


def test_an_unknown_entity_is_answered_with_the_nearest(tmp_path):
    found = extract_two(tmp_path)
    result = run("merge", "org:oae", "org:OAS", *found)
    assert "'org:oae'" in str(result.exception)
    assert "org:oea" in str(result.exception)


def test_show_explain_and_export_have_the_corrected_entity(tmp_path):
    _, annotations = workspace(tmp_path, decide(chile()))
    assert run_claims("verify", folder=tmp_path).returncode == 0
    done = run_claims("entities", "rename", "country:CL", "org:la-moneda", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    verified = (annotations / "verified.jsonl").read_text(encoding="utf-8")
    assert '"entity": "org:la-moneda", "kind": "organisation"' in verified
    for verb in (
        ("show", "note"),
        ("export",),
        ("export", "--extracted"),
        ("export", "-f", "csv"),
        ("explain", "note:1"),
        ("entities",),
    ):
        shown = run_claims(*verb, folder=tmp_path)
        assert b"org:la-moneda" in shown.stdout, (verb, shown.stderr)
        assert b"country:CL" not in shown.stdout, verb
    assert b"country:CL" in (annotations / "decisions.jsonl").read_bytes()
    assert run_claims("verify", folder=tmp_path).returncode == 0


def test_a_damaged_line_of_corrections_stops_with_its_place(tmp_path):
    _, annotations = workspace(tmp_path)
    (annotations / "entities.jsonl").write_text("{}\n", encoding="utf-8")
    for verb in (("entities",), ("verify",), ("export",), ("show", "note")):
        done = run_claims(*verb, folder=tmp_path)
        assert done.returncode != 0
        assert b"entities.jsonl:1: field version" in done.stderr


def corrected_articles(folder, words, old, new):
    """Two articles in which people took a holder of these words for another entity."""
    from pipeline.dataset.ledger import LEDGER, append_decisions
    from tests.lessons.made import claim, decide, extraction

    (folder / "annotations" / "extracted").mkdir(parents=True)
    for name in ("a", "b"):
        text = f"{words} rejected the tax."
        one = claim(text, words, "rejected", entity=old)
        mention = Mention(0, len(words), Kind.ORGANISATION, old)
        article = replace(extraction(name, text, one), mentions=(mention,))
        write_extractions(folder / "annotations" / "extracted" / f"{name}.jsonl", [article])
        decision = decide(article, one, "edited", entity=new)
        append_decisions(folder / "annotations" / LEDGER, [decision])
    (folder / "models").mkdir()
    return ("--annotations", f"{folder}/annotations", "--models", f"{folder}/models")


def test_a_suggestion_is_applied_once(tmp_path):
    found = corrected_articles(tmp_path, "OEA", "org:oea", "org:OAS")
    first = run("--suggest", *found)
    assert "1. org:oea is org:OAS (Organization of American States): at 2 places" in first.output
    assert "apply: claims entities merge org:oea org:OAS" in first.output
    assert run("--accept", "org:oea=org:OAS", "--dry-run", *found).exit_code == 0
    assert "org:oea=org:OAS" in run("--suggest", "--json", *found).output
    assert run("--accept", "org:oea=org:OAS", *found).exit_code == 0
    assert len(corrections(tmp_path / "annotations")) == 1
    assert "0 entities corrected" in run("--suggest", *found).output
    again = run("--accept", "org:oea=org:OAS", *found)
    assert isinstance(again.exception, SettingError)


def test_a_name_that_nobody_knew_is_written_where_it_passes_the_check(tmp_path):
    found = corrected_articles(tmp_path, "Panamerican Bloc", None, "org:OAS")
    result = run("--accept", "Panamerican Bloc=org:OAS", *found)
    assert result.exit_code == 0, result.exception
    path = tmp_path / "models" / "entities" / "reviewed.yaml"
    assert 'aliases: ["Panamerican Bloc"]' in path.read_text(encoding="utf-8")
    assert not (tmp_path / "annotations" / "entities.jsonl").exists()
    again = run("--accept", "Panamerican Bloc=org:OAS", *found)
    assert "there is no suggestion 'Panamerican Bloc=org:OAS'; there are: none" in str(
        again.exception
    )


def test_options_of_suggestions_alone_are_refused(tmp_path):
    found = extract_two(tmp_path)
    assert isinstance(run("--dry-run", *found).exception, SettingError)
