"""Corrections laid over extractions and decisions, and over the verified dataset."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.dataset.articles import read_articles, read_extracted
from pipeline.dataset.corrected import Corrections
from pipeline.dataset.corrections import add_correction
from pipeline.dataset.ledger import LEDGER, read_decisions
from pipeline.dataset.verified import VERIFIED
from pipeline.dataset.verify import rebuild, verify_workspace
from pipeline.records import Attribution, Claim, Extraction, Form, Holder, Kind, Mention, Stance
from tests.dataset.build import chile, decide, peru, position_of, span_of, workspace
from tests.dataset.test_corrections import made

TEXT = "Ann Hill left. Hill objected. She frowned. Later Hill, of the OEA, told OAS staff so."


def mention(words, entity, kind, start=0):
    at = TEXT.index(words, start)
    return Mention(at, at + len(words), kind, entity)


def claim(words, entity, start=0, reporter=None):
    at = TEXT.index(words, start)
    return Claim(
        "c",
        Holder(at, at + len(words), entity),
        span_of("objected", TEXT),
        Stance.OPPOSE,
        Form.STATEMENT,
        attribution=reporter and Attribution(*reporter),
    )


NAMES = (
    mention("Ann Hill", "person:hill", Kind.PERSON),
    mention("Hill", "person:hill", Kind.PERSON, 10),
    mention("Hill", "person:hill", Kind.PERSON, 45),
    mention("OEA", "person:oea", Kind.PERSON),
    mention("OAS", "org:OAS", Kind.ORGANISATION),
)
FOUND = Extraction("talk", TEXT, mentions=NAMES, claims=(claim("She", "person:hill"),))


def entities(*corrections, found=FOUND):
    return [one.entity for one in Corrections(tuple(corrections)).extraction(found).mentions]


def test_a_merge_moves_mentions_and_takes_the_kind_of_the_other():
    after = Corrections((made("merge", "person:oea", "org:OAS"),)).extraction(FOUND)
    assert (after.mentions[3].entity, after.mentions[3].kind) == ("org:OAS", Kind.ORGANISATION)
    assert after.mentions[:3] == FOUND.mentions[:3]


def test_steps_follow_each_other_whatever_their_order_in_time():
    first = made("merge", "org:b", "org:OAS", 0)
    later = made("merge", "person:oea", "org:b", 1)
    assert entities(first, later)[3] == entities(later, first)[3] == "org:OAS"


def test_a_split_by_words_leaves_the_other_words():
    split = made("split", "person:hill", "person:bob-hill", forms=("hill",))
    assert entities(split)[:3] == ["person:hill", "person:bob-hill", "person:bob-hill"]


@pytest.mark.parametrize(
    ("articles", "metadata", "entity"),
    [
        (("talk",), {}, "person:bob-hill"),
        (("vote",), {}, "person:hill"),
        (("vote",), {"renamed_from": ["vote"]}, "person:bob-hill"),
    ],
)
def test_a_split_by_article_goes_with_the_article(articles, metadata, entity):
    split = made("split", "person:hill", "person:bob-hill", articles=articles)
    found = replace(FOUND, metadata=metadata)
    assert entities(split, found=found)[0] == entity
    claims = Corrections((split,)).extraction(found).claims
    assert claims[0].holder.entity == entity


@pytest.mark.parametrize(
    ("forms", "entity"), [(("Hill",), "person:bob-hill"), (("Ann Hill",), "person:hill")]
)
def test_a_pronoun_goes_with_the_last_name_before_it(forms, entity):
    split = made("split", "person:hill", "person:bob-hill", forms=forms)
    assert Corrections((split,)).extraction(FOUND).claims[0].holder.entity == entity


def test_a_pronoun_before_any_name_goes_with_the_first_one():
    text = "He objected, said Hill."
    at = text.index("Hill")
    name = Mention(at, at + 4, Kind.PERSON, "person:hill")
    holder = Holder(0, 2, "person:hill")
    found = Extraction(
        "talk", text, mentions=(name,), claims=(replace(FOUND.claims[0], holder=holder),)
    )
    split = made("split", "person:hill", "person:bob-hill", forms=("Hill",))
    assert Corrections((split,)).extraction(found).claims[0].holder.entity == "person:bob-hill"


def test_a_reporter_is_corrected_too():
    reported = replace(FOUND, claims=(claim("She", "person:hill", 0, (62, 65, "person:oea")),))
    after = Corrections((made("merge", "person:oea", "org:OAS"),)).extraction(reported)
    assert after.claims[0].attribution.entity == "org:OAS"


def test_without_corrections_nothing_is_touched():
    assert Corrections().extraction(FOUND) is FOUND


RENAMED = made("rename", "country:CL", "org:chilean-government")


def test_the_verified_dataset_has_the_corrected_entity_and_the_ledger_stays(tmp_path):
    corpus, annotations = workspace(tmp_path, decide(chile()), decide(peru()))
    rebuild(corpus, annotations)
    verified, ledger = annotations / VERIFIED, (annotations / LEDGER).read_bytes()
    before = verified.read_bytes()
    extracted = (annotations / "extracted" / "note.jsonl").read_bytes()
    add_correction(annotations, RENAMED)
    rebuild(corpus, annotations)
    assert b'"entity": "org:chilean-government", "kind": "organisation"' in verified.read_bytes()
    assert b"country:CL" not in verified.read_bytes()
    proof, result = verify_workspace(corpus, annotations)
    assert (proof.faults, result.faults, result.changed) == ([], (), False)
    assert (annotations / LEDGER).read_bytes() == ledger
    assert (annotations / "extracted" / "note.jsonl").read_bytes() == extracted
    undo = made("undo", "country:CL", "org:chilean-government", 9, undoes=RENAMED.id)
    add_correction(annotations, undo)
    rebuild(corpus, annotations)
    assert verified.read_bytes() == before


def test_two_reviewers_who_named_one_body_differently_agree_once_it_is_merged(tmp_path):
    other = replace(position_of(chile()), entity="org:chile")
    votes = (
        decide(chile()),
        decide(chile(), "edited", reviewer="bo@example.com", decided=other),
    )
    corpus, annotations = workspace(tmp_path, *votes)
    assert len(rebuild(corpus, annotations).fold.disagreements) == 1
    add_correction(annotations, made("merge", "org:chile", "country:CL"))
    fold = rebuild(corpus, annotations).fold
    assert (len(fold.disagreements), fold.verified[0].position.entity) == (0, "country:CL")
    assert len(fold.verified[0].reviewers) == 2


def test_a_decision_on_a_pronoun_follows_the_name_before_it():
    text = "Hill left. He objected."
    at = text.index("He")
    hill = Mention(0, 4, Kind.PERSON, "person:bob-hill")  # as the split has it
    article = Extraction("note", text, mentions=(hill,))
    held = replace(chile(), holder=Holder(at, at + 2, "person:hill"))
    position = replace(position_of(held, text), entity="person:hill")
    decision = replace(decide(chile()), decided=position, shown=position)
    split = made("split", "person:hill", "person:bob-hill", forms=("Hill",))
    (after,) = Corrections((split,)).decisions([decision], {"note": article})
    assert after.decided.entity == after.shown.entity == "person:bob-hill"
    assert after.id == decision.id


def test_every_reader_of_articles_lays_the_corrections_over(tmp_path):
    corpus, annotations = workspace(tmp_path, decide(chile()))
    add_correction(annotations, RENAMED)
    for articles in (
        read_articles(corpus, annotations),
        read_extracted(annotations, on_fault=lambda _: None),
    ):
        assert articles["note"].mentions[0].entity == "org:chilean-government"
        assert articles["note"].claims[0].holder.entity == "org:chilean-government"
    assert read_decisions(annotations / LEDGER)[0].decided.entity == "country:CL"
