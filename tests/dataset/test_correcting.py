"""New corrections, and what is refused by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.dataset.census import take_census
from pipeline.dataset.corrected import Corrections
from pipeline.dataset.correcting import (
    Register,
    build_merge,
    build_rename,
    build_split,
    build_undo,
    entities_of,
    read_new,
)
from pipeline.dataset.corrections import Deed
from pipeline.errors import SettingError
from pipeline.lexicon.entities import EntityLexicon
from pipeline.lexicon.entity_files import Entry
from pipeline.records import Kind
from tests.dataset.build import chile, decide, position_of
from tests.dataset.test_corrected import FOUND
from tests.dataset.test_corrections import made

LEXICON = EntityLexicon(
    {
        "org:OAS": Entry("org:OAS", "Organization of American States", Kind.ORGANISATION),
        "country:CL": Entry("country:CL", "Chile", Kind.STATE),
    },
    {"org:oea-x": "org:OAS"},
)
OTHER = replace(FOUND, article="vote", mentions=FOUND.mentions[:1], claims=())


def register(*corrections, decided=()):
    now = Corrections(tuple(corrections))
    census = take_census([now.extraction(FOUND), now.extraction(OTHER)])
    return Register(LEXICON, census, decided, corrections)


def split(known, entity, new, forms=(), articles=()):
    return build_split(known, entity, new, forms=forms, articles=articles)


def test_each_deed_says_what_it_does():
    assert build_merge(register(), "person:oea", "org:OAS").into == "org:OAS"
    named = build_rename(register(), "person:oea", "Ola  Eagan")
    assert (named.into, named.name) == ("person:ola-eagan", "Ola Eagan")
    parted = split(register(), "person:hill", "Bob Hill", forms=["Hill"], articles=["talk"])
    assert (parted.into, parted.forms, parted.articles) == ("person:bob-hill", ("Hill",), ("talk",))


@pytest.mark.parametrize(
    ("entity", "into", "message"),
    [
        ("org:oea", "org:OAS", "no entity 'org:oea'"),
        ("person:oea", "org:osa", "no entity 'org:osa'"),
        ("person:oea", "person:oea", "into itself"),
        ("country:ZZ", "country:CL", "no entity 'country:ZZ'"),
        ("OAS", "person:oea", "no entity 'OAS'"),
        ("", "org:OAS", "no entity ''"),
        ("unresolved", "org:OAS", "no entity 'unresolved'"),
        ("org:oea-x", "country:CL", "entities/merged.yaml"),
    ],
)
def test_a_wrong_merge_is_refused_by_name(entity, into, message):
    with pytest.raises(SettingError) as caught:
        build_merge(register(), entity, into)
    assert message in str(caught.value)


MERGED = made("merge", "person:oea", "org:OAS")


@pytest.mark.parametrize(
    ("entity", "into"), [("person:oea", "country:CL"), ("org:OAS", "person:oea")]
)
def test_what_was_given_up_is_refused_with_what_it_is_now(entity, into):
    with pytest.raises(SettingError, match="--undo") as caught:
        build_merge(register(MERGED), entity, into)
    assert "person:oea merged into org:OAS" in str(caught.value)


def test_an_entity_that_only_a_decision_has_can_be_merged():
    typed = decide(chile(), "edited", decided=replace(position_of(chile()), entity="org:typo"))
    known = register(decided=entities_of([typed]))
    assert build_merge(known, "org:typo", "org:OAS").entity == "org:typo"


@pytest.mark.parametrize(
    ("entity", "new", "message"),
    [
        ("person:oea", "org:OAS", "claims entities merge person:oea org:OAS"),
        ("person:oea", "firm:acme", "neither an id nor a name"),
        ("person:oea", "org:", "neither an id nor a name"),
        ("person:oea", "org:a:b", "neither an id nor a name"),
        ("person:oea", "  ", "neither an id nor a name"),
        ("person:oea", "\x1b[2J", "neither an id nor a name"),
        ("person:oea", "x" * 300, "neither an id nor a name"),
        ("person:oea", "person:oea", "already"),
        ("person:oea", "country:ZZ", "no country"),
        ("person:nobody", "Ola Eagan", "no entity"),
    ],
)
def test_a_wrong_name_is_refused_by_name(entity, new, message):
    with pytest.raises(SettingError) as caught:
        build_rename(register(), entity, new)
    assert message in str(caught.value)


def test_a_name_alone_can_change():
    named = made("rename", "person:oea", "person:ola-eagan", name="Ola Eagan")
    known = register(named)
    again = build_rename(known, "person:ola-eagan", "Ola EAGAN")
    assert (again.entity, again.into, again.name) == ("person:ola-eagan",) * 2 + ("Ola EAGAN",)
    assert known.name_of("person:ola-eagan") == "Ola Eagan"
    with pytest.raises(SettingError, match="already"):
        build_rename(known, "person:ola-eagan", "Ola Eagan")


@pytest.mark.parametrize(
    ("forms", "articles", "new", "message"),
    [
        ([], [], "Bob Hill", "--form"),
        (["Hall"], [], "Bob Hill", "no mention of person:hill has the words 'Hall'"),
        (["Hill"], ["none"], "Bob Hill", "no article 'none' names person:hill"),
        (["Hill"], ["vote"], "Bob Hill", "in these words"),
        (["Hill", "Ann Hill"], [], "Bob Hill", "every mention"),
        ([], ["talk", "vote"], "Bob Hill", "every mention"),
        (["Hill"], [], "person:hill", "from itself"),
        (["Hill"], [], "country:ZZ", "no country"),
    ],
)
def test_a_wrong_split_is_refused_by_name(forms, articles, new, message):
    with pytest.raises(SettingError) as caught:
        split(register(), "person:hill", new, forms, articles)
    assert message in str(caught.value)


def test_nobody_in_particular_is_split_by_article_alone():
    holder = replace(FOUND.claims[0].holder, entity="unknown:speaker")
    spoken = replace(FOUND, claims=(replace(FOUND.claims[0], holder=holder),))
    known = Register(LEXICON, take_census([spoken]))
    with pytest.raises(SettingError, match="split unknown:speaker"):
        build_merge(known, "unknown:speaker", "person:hill")
    parted = split(known, "unknown:speaker", "Ann Hill", articles=["talk"])
    assert parted.into == "person:ann-hill"
    after = Corrections((parted,)).extraction(spoken)
    assert after.claims[0].holder.entity == "person:ann-hill"


def test_undo_names_the_line_that_it_takes_back():
    undo = build_undo(register(MERGED), Deed.MERGE, "person:oea", "org:OAS")
    assert (undo.deed, undo.undoes) == (Deed.UNDO, MERGED.id)
    later = (MERGED, replace(undo, decided_at="2026-02-01T10:00:00.000000Z"))
    with pytest.raises(SettingError, match="nothing to undo"):
        build_undo(register(*later), Deed.MERGE, "person:oea", "org:OAS")


@pytest.mark.parametrize(
    ("deed", "entity", "into"),
    [
        (Deed.MERGE, "person:oea", "person:hill"),
        (Deed.MERGE, "org:OAS", "person:oea"),
        (Deed.RENAME, "person:oea", "org:OAS"),
        (Deed.SPLIT, "person:hill", "person:bob-hill"),
    ],
)
def test_nothing_to_undo_is_said_with_what_stands(deed, entity, into):
    with pytest.raises(SettingError, match="nothing to undo") as caught:
        build_undo(register(MERGED), deed, entity, into)
    assert "person:oea merged into org:OAS" in str(caught.value)


def test_what_a_later_correction_builds_on_is_not_taken_back():
    named = made("rename", "person:oea", "org:oea", name="")
    merged = made("merge", "org:oea", "org:OAS", 1)
    with pytest.raises(SettingError, match="builds on it"):
        build_undo(register(named, merged), Deed.RENAME, "person:oea", "org:oea")


@pytest.mark.parametrize(
    ("new", "found"),
    [
        ("FTU", ("org:FTU", "FTU")),
        ("Real Madrid", ("org:real-madrid", "Real Madrid")),
        ("Ação Nacional", ("org:acao-nacional", "Ação Nacional")),
        ("group:the-four", ("group:the-four", "")),
        (
            "Law and Justice: the party",
            ("org:law-and-justice-the-party", "Law and Justice: the party"),
        ),
    ],
)
def test_an_id_or_a_name_is_read(new, found):
    assert read_new("org:x", new) == found
