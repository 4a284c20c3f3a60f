"""Entries for cues that people added, each tried on articles by the real extraction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.dataset.lines import with_id
from pipeline.dataset.records import Decision
from pipeline.extraction.build import build_language
from pipeline.lessons.decided import Fate
from pipeline.lessons.suggesting import Readers, Suggestions, Workspace, suggest_cues
from pipeline.lexicon.cues import read_cue_file
from pipeline.records import Extraction
from tests.lessons.made import BO, add, claim, decide, extraction

PORT = extraction("port", "Chile mothballed the port reform. Kenya mothballed its trams.")
ROAD = extraction("road", "Ghana did not mothball the dam plan. The reactor was mothballed.")
REST = extraction("rest", "Mexico mothballed the levy on Monday. It smelled of mothballs in Lima.")


def suggest(
    nlp, articles: Sequence[Extraction], decisions: Sequence[Decision], **more: object
) -> Suggestions:
    by_name = {one.article: one for one in articles}
    workspace = Workspace(decisions, lambda: articles, by_name.get)
    return suggest_cues(workspace, Readers(nlp, nlp), light=("give",), taken=(), **more)


def rejected(article: Extraction, holder: str, cue: str) -> Decision:
    """A decision by which a claim of an earlier lexicon was none."""
    return decide(article, claim(article.text, holder, cue, by="cue.gone.word"), "rejected")


@pytest.fixture(scope="module")
def mothball(nlp) -> Suggestions:
    decisions = [
        add(PORT, "Chile", "mothballed", target="the port reform"),
        add(PORT, "Chile", "mothballed", target="the port reform", who=BO),
        add(ROAD, "Ghana", "not mothball", "support", "the dam plan", negated=True),
        decide(PORT, replace(claim(PORT.text, "Kenya", "mothballed"), id="old", cue=second_cue()),
               "rejected"),
        rejected(ROAD, "reactor", "mothballed"),
    ]  # fmt: skip
    return suggest(nlp, (PORT, ROAD, REST), decisions)


def second_cue():
    from pipeline.records import Span

    start = PORT.text.rindex("mothballed")
    return Span(start, start + len("mothballed"))


def test_the_claims_of_one_pattern_are_one_entry(mothball):
    (one,) = mothball.made
    entry = one.entry
    assert entry is not None
    assert (entry.id, entry.words, entry.pos) == ("cue.reviewed.mothball", ("mothball",), "verb")
    assert (entry.stance, entry.targets, entry.form.value) == ("oppose", ("object",), "action")
    assert len(one.group.members) == 2
    assert one.group.reviewers == ("ana@example.org", "bo@example.org")


def test_its_examples_are_the_added_sentences_and_a_rejected_one_is_a_counterexample(mothball):
    entry = mothball.made[0].entry
    assert entry is not None
    assert entry.examples == (
        "[Chile]{holder} [mothballed]{cue:oppose} [the port reform]{target}.",
        "[Ghana]{holder} did not [mothball]{cue:support} [the dam plan]{target}.",
    )
    assert entry.counterexamples == ("The reactor was mothballed.",)


def test_it_is_told_what_the_entry_finds_and_what_it_would_newly_mark(mothball):
    (one,) = mothball.made
    assert (one.tried, one.found, one.before) == (2, 2, 0)
    assert (one.places, one.read) == (4, 4)
    assert one.counts == {Fate.REJECTED: 1, Fate.UNDECIDED: 1}
    assert [mark.article for mark in one.marks if mark.fate is Fate.UNDECIDED] == ["rest"]


def test_the_lines_read_as_the_entry(mothball, tmp_path):
    from pipeline.lessons.entries import with_entry

    entry = mothball.made[0].entry
    path = tmp_path / "reviewed.yaml"
    path.write_text(with_entry("", entry, ("why",)), encoding="utf-8")
    (read,) = read_cue_file(path)
    assert replace(read, place="") == replace(entry.to_cue(), place="")


def test_a_preposition_before_the_target_belongs_to_the_pattern(nlp):
    one = extraction("a", "Cuba gave the thumbs down to the plan.")
    two = extraction("b", "Peru gave the thumbs down to the tax.")
    decisions = [
        add(one, "Cuba", "gave the thumbs down", target="the plan"),
        add(two, "Peru", "gave the thumbs down to", target="the tax"),
    ]
    (made,) = suggest(nlp, (one, two), decisions).made
    assert made.entry is not None
    assert made.entry.words == ("give", "thumb", "down", "to")
    assert (made.tried, made.found) == (2, 2)


def test_a_noun_is_an_entry_of_a_noun(nlp):
    one = extraction("a", "Japan's zeal for the tax was known.")
    (made,) = suggest(nlp, (one,), [add(one, "Japan", "zeal for", "support", "the tax")]).made
    assert made.entry is not None
    assert (made.entry.pos, made.entry.words, made.found) == ("noun", ("zeal", "for"), 1)


def test_what_the_lexicon_has_is_counted_and_not_suggested(nlp):
    one = extraction("a", "Chile firmly rejected the draft.")
    found = suggest(nlp, (one,), [add(one, "Chile", "firmly rejected", target="the draft")])
    assert (found.made, dict(found.known)) == ((), {"cue.reject.reject": 1})


def test_where_the_grammar_makes_no_claim_the_suggestion_says_so(nlp):
    one = extraction("a", "The halls smelled of Chile.")
    (made,) = suggest(nlp, (one,), [add(one, "Chile", "smelled")]).made
    assert (made.entry, made.is_ready, made.found) == (None, False, 0)


def test_what_has_no_place_is_counted(nlp):
    gone = extraction("gone", PORT.text)
    found = suggest(nlp, (), [add(gone, "Chile", "mothballed")])
    assert (found.made, found.lost, found.added) == ((), 1, 1)


def test_only_one_can_be_asked_for_and_known_ids_are_not_given_again(nlp):
    decisions = [add(PORT, "Chile", "mothballed", target="the port reform")]
    assert suggest(nlp, (PORT,), decisions, only="cue.reviewed.other").made == ()
    by_name = {"port": PORT}
    workspace = Workspace(decisions, lambda: (PORT,), by_name.get)
    taken = ("cue.reviewed.mothball",)
    (made,) = suggest_cues(workspace, Readers(nlp, nlp), light=(), taken=taken).made
    assert made.group.id == "cue.reviewed.mothball-2"


def test_claims_that_differ_in_stance_take_that_of_what_is_said(nlp):
    one = extraction(
        "a", "Chile chirped that the tax is a disgrace. Peru chirped that the tax is fair."
    )
    decisions = [
        add(one, "Chile", "chirped", "oppose", "that the tax is a disgrace"),
        with_id(second_opinion(one)),
    ]
    (made,) = suggest(nlp, (one,), decisions).made
    assert made.entry is not None
    assert json.dumps([made.entry.stance, made.found]) == '["of-content", 2]'


def second_opinion(article: Extraction) -> Decision:
    from pipeline.dataset.records import Quote

    one = add(article, "Peru", "chirped", "support", "that the tax is fair")
    start = article.text.rindex("chirped")
    cue = Quote(start, start + len("chirped"), "chirped")
    assert one.decided is not None
    return replace(one, decided=replace(one.decided, cue=cue), id="")


def test_what_the_rules_read_and_the_extraction_leaves_out_is_not_ready(nlp):
    whole = build_language(profile="full", guests=False)
    one = extraction("a", "The OAS rejected the draft treaty on Monday.")
    workspace = Workspace([add(one, "OAS", "draft treaty")], lambda: (one,), {"a": one}.get)
    (made,) = suggest_cues(workspace, Readers(nlp, whole), light=(), taken=()).made
    assert made.entry is not None
    assert (made.found, made.is_ready) == (0, False)
