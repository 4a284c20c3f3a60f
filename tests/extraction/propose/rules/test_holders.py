"""Whom a cue's holder is found to be, and which words of the grammar's data that rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from marked import parse_marked
from spacy.tokens import Doc

from pipeline.errors import LexiconError
from pipeline.extraction.coreference import Resolver
from pipeline.extraction.propose.held import Held, mention_of
from pipeline.extraction.propose.rules.holders import CueHolders, HolderFinder
from pipeline.extraction.propose.rules.holders.lists import find_lists
from pipeline.extraction.propose.rules.holders.nominals import holding_phrase
from pipeline.extraction.propose.rules.matching import CueIndex
from pipeline.lexicon.cues import read_cues
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.grammar import Grammar, read_grammar
from pipeline.lexicon.nouns import Nouns, read_nouns
from pipeline.lexicon.reference import read_reference
from pipeline.records import Kind

REFERENCE = read_reference(models_folders(None))


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return read_grammar(models_folders(None))


@pytest.fixture(scope="module")
def nouns() -> Nouns:
    return read_nouns()


@pytest.fixture(scope="module")
def index() -> CueIndex:
    return CueIndex(read_cues(models_folders(None)))


@pytest.fixture
def parse(nlp):
    """The document of a text as it is before its claims and their holders are written on it."""

    def build(text: str) -> Doc:
        with nlp.select_pipes(disable=["claim_matcher"]):
            return nlp(text)

    return build


@pytest.fixture
def holders_in(parse, nouns, index):
    """The texts of the holders of all cues of a sentence, with these words."""

    def find(text: str, words: Grammar) -> set[str]:
        doc = parse(text)
        finder = CueHolders(doc, HolderFinder(doc, Resolver(doc, REFERENCE), nouns, words), words)
        matches = (match for token in doc for match in index.matches_at(token))
        return {held.span.text for match in matches for held in finder.find(match)[0]}

    return find


# A list of grammar.yaml, a sentence with its holders marked, and its holders without the list.
BY_WORDS = [
    ("copulas", "[Chile] became an opponent of the ban.", set()),
    ("led_bodies", "The Russia-led army sank two boats in May.", {"Russia"}),
    ("percentages", "[Fewer percent] oppose the ban.", set()),
    ("speaking_for", "[Kenya], on behalf of the [African Union], opposed it.", {"Kenya"}),
    ("speaking_for", "For the [African Union], [Kenya] opposed the ban.", {"Kenya"}),
    ("speaking_for", "[Kenya], representing the [African Union], opposed it.", {"Kenya"}),
]


@pytest.mark.parametrize(("name", "marked", "without"), BY_WORDS)
def test_words_of_the_grammar_tell_who_holds(holders_in, grammar, name, marked, without):
    text, marks = parse_marked(marked)
    assert holders_in(text, grammar) == {text[start:end] for start, end, _ in marks}
    assert holders_in(text, replace(grammar, **{name: frozenset()})) == without


def test_own_words_are_added_to_the_packaged_ones(holders_in, grammar, tmp_path):
    text = "The Russia-led fleet sank two boats in May."
    (tmp_path / "grammar.yaml").write_text("led_bodies: [fleet]\n", encoding="utf-8")
    own = read_grammar((*models_folders(None), tmp_path))
    assert holders_in(text, grammar) == {"Russia"}
    assert holders_in(text, own) == set()
    assert grammar.led_bodies < own.led_bodies


def test_list_that_nothing_reads_is_refused(tmp_path):
    (tmp_path / "grammar.yaml").write_text("led_body: [fleet]\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="did you mean led_bodies"):
        read_grammar((*models_folders(None), tmp_path))


def test_only_the_trait_lets_a_participle_label_a_body(parse, nouns, grammar):
    cues = read_cues(models_folders(None))
    plain = [replace(cue, traits=cue.traits - {"leads"}) for cue in cues]
    doc = parse("The Russia-led army sank two boats in May.")
    finder = CueHolders(doc, HolderFinder(doc, Resolver(doc, REFERENCE), nouns, grammar), grammar)
    led = next(token for token in doc if token.text == "led")
    for known, expected in ((cues, []), (plain, ["Russia"])):
        (match,) = CueIndex(known).matches_at(led)
        assert [held.span.text for held in finder.find(match)[0]] == expected


# The mark is a phrase's head; the second, all whom it means.
MEANT = [
    ("[Chile] and Peru objected.", ["country:CL", "country:PE"]),
    ("[States], such as Brazil and Peru, objected.", ["country:BR", "country:PE"]),
    ("No [country] except Iran supported the motion.", ["country:IR"]),
    ("Israeli [jets] struck.", ["country:IL"]),
    ("Brazil's [letter] objected.", ["country:BR"]),
    ("A [letter] from Brazil objected.", ["country:BR"]),
    ("[Some] of the voters objected.", ["group:some-of-the-voters"]),
    ("[Many] objected.", ["group:many"]),
    ("A [spokesman] for the ministry, John Smith, objected.", ["person:john-smith"]),
    ("The [head] of the agency John Smith rejected the plan.", ["person:john-smith"]),
    ("The [table] objected.", []),
]


@pytest.mark.parametrize(("marked", "entities"), MEANT)
def test_head_of_a_phrase_means_these(parse, nouns, grammar, marked, entities):
    text, marks = parse_marked(marked)
    doc = parse(text)
    head = doc.char_span(marks[0][0], marks[0][1]).root
    assert [
        held.entity
        for held in HolderFinder(doc, Resolver(doc, REFERENCE), nouns, grammar).holders_of([head])
    ] == entities


def test_phrase_for_several_is_one_holder_each(parse, nouns, grammar):
    doc = parse("Chile and Peru met. They objected to the ban.")
    they = next(token for token in doc if token.text == "They")
    held = HolderFinder(doc, Resolver(doc, REFERENCE), nouns, grammar).holders_of([they])
    assert [one.entity for one in held] == ["country:CL", "country:PE"]
    assert {one.phrase_entity for one in held} == {"group:chile-and-peru"}
    assert {mention_of(one).entity for one in held} == {"group:chile-and-peru"}


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("Chile, Peru and Togo", {0, 2, 4}),
        ("Chile and Peru", set()),
        ("Chile, Peru, Togo", set()),
        ("Chile, Peru but Togo", set()),
    ],
)
def test_list_of_names_has_three_and_a_conjunction(nlp, text, listed):
    doc = nlp.make_doc(text)
    names = [(token.i, token.i + 1) for token in doc if token.is_title]
    assert set(find_lists(doc, names)) == listed


def test_phrase_leaves_out_article_and_clause(parse):
    doc = parse("The minister for trade, who left, objected.")
    assert holding_phrase(doc[1]).text == "minister for trade"


def test_holder_without_an_entity_is_told_apart_by_its_place(nlp):
    doc = nlp.make_doc("They and they objected.")
    one, other = (Held(doc[i : i + 1], None, Kind.GROUP, 0.3, True, "unresolved") for i in (0, 2))
    assert one.key != other.key
