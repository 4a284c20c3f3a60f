"""What is refused where a suggested entry is accepted; docs/rules.md has how it goes well."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.cli.rule_acceptance import accept, refuse_faults, undo
from pipeline.dataset.ledger import LEDGER, append_decisions
from pipeline.errors import LexiconError, SettingError
from pipeline.jsonl import write_extractions
from pipeline.lessons.entries import HEAD, Entry, with_entry, without_entry
from pipeline.lessons.trial import near
from pipeline.lessons.writing import adding, as_if, write
from pipeline.lexicon.cues import read_cue_file
from pipeline.records import Form
from tests.lessons.made import add, extraction

GOOD = Entry(
    "cue.reviewed.mothball", ("mothball",), "verb", "oppose", Form.ACTION, ("object",),
    examples=("[Chile]{holder} [mothballed]{cue:oppose} [the plan]{target}.",),
)  # fmt: skip
OTHER = replace(
    GOOD, id="cue.reviewed.no", words=("no",), examples=('[Chile]{holder}: "[no]{cue:oppose}".',)
)


@pytest.fixture
def models(tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "settings.toml").write_text('profile = "fast"\n', encoding="utf-8")
    return folder


def test_a_second_entry_stands_behind_the_first_and_the_first_goes_alone(models):
    write(adding(models, GOOD, ("one",)))
    write(adding(models, OTHER, ("two: “x”",)))
    path = models / "cues" / "reviewed.yaml"
    assert [cue.id for cue in read_cue_file(path)] == [GOOD.id, OTHER.id]
    assert read_cue_file(path)[1].words == (("no",),)
    undo(GOOD.id, dry_run=True, annotations=models.parent / "annotations", models=models)
    undo(GOOD.id, dry_run=False, annotations=models.parent / "annotations", models=models)
    assert path.read_text(encoding="utf-8") == with_entry("", OTHER, ("two: “x”",))
    undo(OTHER.id, dry_run=False, annotations=models.parent / "annotations", models=models)
    assert not path.exists()


def test_an_entry_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(LexiconError, match=r"'cue.reviewed.x'.*there are: cue.reviewed.mothball"):
        without_entry(with_entry(HEAD, GOOD), "cue.reviewed.x")


def test_the_copy_has_the_entry_and_the_lexicons_have_not(models):
    with as_if(adding(models, GOOD)) as copy:
        assert (copy / "cues" / "reviewed.yaml").is_file()
        assert (copy / "settings.toml").is_file()
    assert not (models / "cues").exists()
    assert not copy.exists()


def test_an_example_that_does_not_hold_is_refused(models):
    wrong = replace(GOOD, examples=("[Peru]{holder} [mothballed]{cue:support} [it]{target}.",))
    with pytest.raises(SettingError, match=r"reviewed.yaml:\d+: example: cue.reviewed.mothball is"):
        refuse_faults(adding(models, wrong), wrong)


def test_a_fault_of_the_own_lexicons_is_named_where_it_is(models):
    (models / "cues").mkdir()
    (models / "cues" / "own.yaml").write_text("famly: own\n", encoding="utf-8")
    with pytest.raises(SettingError, match=r"own\.yaml") as refused:
        refuse_faults(adding(models, GOOD), GOOD)
    assert f"{models}/cues/own.yaml:1" in str(refused.value)


def test_what_no_grammar_finds_and_what_nobody_added_is_refused(models):
    annotations = models.parent / "annotations"
    (annotations / "extracted").mkdir(parents=True)
    article = extraction("halls", "The halls smelled of Chile.")
    write_extractions(annotations / "extracted" / "halls.jsonl", [article])
    append_decisions(annotations / LEDGER, [add(article, "Chile", "smelled")])
    with pytest.raises(SettingError, match="the grammar makes no claim of 'smell'"):
        accept("cue.reviewed.smell", dry_run=False, annotations=annotations, models=models)
    with pytest.raises(SettingError, match=r"there is no suggestion 'cue\.reviewed\.x'"):
        accept("cue.reviewed.x", dry_run=False, annotations=annotations, models=models)
    assert not (models / "cues").exists()


def test_the_examples_that_an_entry_can_change_are_those_with_its_word():
    cue = replace(
        GOOD,
        examples=("[Chile]{holder} [took]{cue:oppose} [it]{target}.", "Peru left."),
    ).to_cue()
    (kept,) = near([cue], ["take"])
    assert kept.examples == cue.examples[:1]
    assert list(near([cue], ["mothball"])) == []
