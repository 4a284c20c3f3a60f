"""Records with names, countries, antecedents and concepts; holders without an entity are named."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pipeline.concepts.assignments import add_assignments, build_assignments
from pipeline.concepts.mapping import read_mapper
from pipeline.concepts.statements import statements
from pipeline.dataset.corrected import Corrections
from pipeline.dataset.corrections import Correction, Deed, add_correction, with_id
from pipeline.dataset.fold import fold_decisions
from pipeline.dataset.names import Names, find_names
from pipeline.dataset.records import Decision, Rule, quote
from pipeline.dataset.verified import to_json
from pipeline.export.enriched import Enricher, Surroundings, enriched
from pipeline.export.gather import Gathered, gather_extracted, gather_verified
from pipeline.export.resolving import Resolver
from pipeline.export.rows import machine_records
from pipeline.lexicon.nouns import read_nouns
from pipeline.records import Attribution, Extraction, Kind, Mention, Source, Span
from pipeline.schemas import load_schema
from tests.cli.running import ROOT, environment
from tests.concepts.lexicons import MODELS, NAMES
from tests.dataset.build import (
    article,
    chile,
    claim_of,
    decide,
    peru,
    position_of,
    span_of,
    workspace,
)

VALIDATOR = Draft202012Validator(load_schema("claim"))
CALLED = Names(NAMES, read_nouns())
MAPPER = read_mapper((MODELS,), None, NAMES)

PARIS = (
    "The Paris Call names a risk. It was endorsed by Peru. "
    "Jane Roe backed the\n repeal of the GDPR."
)


def enricher_of(*articles: Extraction) -> Enricher:
    """What enriches the claims of the articles, with the packaged lexicons, read once."""
    names = replace(CALLED, found=find_names(articles, NAMES))
    around = Surroundings({one.article: one for one in articles})
    return Enricher(names, Resolver(NAMES), MAPPER, Corrections(), around)


def found_in(extraction: Extraction) -> list[dict]:
    """The machine's claims of an article, enriched, each valid by the schema."""
    records = list(map(enricher_of(extraction).enrich, machine_records([extraction])))
    for record in records:
        VALIDATOR.validate(record)
    return records


def paris() -> Extraction:
    it = claim_of("Peru", "endorsed by", "support", "It", "country:PE", PARIS)
    roe = claim_of("Jane Roe", "backed", "support", "the\n repeal of the GDPR", "person:roe", PARIS)
    reported = replace(it, antecedent=span_of("The Paris Call", PARIS))
    found = article(PARIS, (reported, roe))
    jane = span_of("Jane Roe", PARIS)
    mention = Mention(jane.start, jane.end, Kind.PERSON, "person:roe", (Source.NER,))
    return replace(found, mentions=(*found.mentions, mention))


def test_names_antecedents_and_concepts_stand_in_the_record() -> None:
    peru_, roe = found_in(paris())
    assert (peru_["holder"]["name"], peru_["holder"]["country"]) == ("Peru", "PE")
    assert peru_["antecedent"] == {"start": 0, "end": 14, "text": "The Paris Call"}
    assert peru_["target_reads"] == "It [The Paris Call]"
    assert [(one["id"], one["stance"], one["turned"]) for one in peru_["concepts"]] == [
        ("concept.cyber.paris-call", "support", False)
    ]
    assert (roe["holder"]["name"], roe["holder"]["country"]) == ("Jane Roe", None)
    assert (roe["antecedent"], roe["target_reads"]) == (None, "the repeal of the GDPR")
    assert [(one["id"], one["stance"], one["turned"]) for one in roe["concepts"]] == [
        ("concept.digital.regulation", "oppose", True)
    ]
    assert [one.stance.value for one in statements([roe])] == ["oppose"]


def test_scores_are_rounded_and_a_claim_without_a_target_stays() -> None:
    odd = replace(chile(), score=0.123456789, target=None)
    (record,) = found_in(article(claims=(odd,)))
    assert (record["machine"]["score"], record["target_reads"], record["concepts"]) == (
        0.1235, "", [],
    )  # fmt: skip


def test_what_people_verified_is_enriched_as_what_the_machine_says(tmp_path: Path) -> None:
    corpus, annotations = workspace(tmp_path, decide(chile()), decide(peru()))
    add_assignments(annotations, build_assignments(["the draft"], "concept.trade.china"))
    gathered = gather_verified(corpus, annotations, Rule.FIRST)
    made = enriched(gathered, annotations=annotations)
    first, second = made.claims()
    VALIDATOR.validate(first)
    assert made.count == 2
    assert [one["id"] for one in first["concepts"]] == ["concept.trade.china"]
    assert [one["stance"] for one in first["concepts"]] == ["oppose"]
    assert second["concepts"] == []
    again = enriched(gather_extracted(corpus, annotations), annotations=annotations)
    assert [one["holder"]["name"] for one in again.claims()] == ["Chile", "Peru"]
    assert list(made.claims()) == [first, second]


ADDED = "The Paris Club rejected the draft. They backed the vote. Zubrowka met President Ruiz."


def added(words: str, text: str = ADDED) -> Decision:
    """A claim that a person added, whose holder nobody has resolved."""
    claim = claim_of(words, "rejected", "oppose", "the draft", "", text)
    position = replace(position_of(claim, text), entity=None)
    made = decide(claim, "added", decided=position, text=text)
    return replace(made, context=quote(text, Span(0, len(text))))


def test_an_added_holder_is_resolved_by_the_lexicon_or_named_as_unresolved(tmp_path: Path) -> None:
    extraction = article(ADDED, ())
    holders = {"The Paris Club": "org:paris-club", "Zubrowka": None, "They": None}
    folds = [
        fold_decisions([added(words)], {"note": extraction}, rule=Rule.FIRST) for words in holders
    ]
    records = [to_json(one) for fold in folds for one in fold.verified]
    given = Gathered(lambda: iter(records), len(records), {"note": extraction})
    made = enriched(given, annotations=tmp_path)
    found = list(made.claims())
    assert [one["holder"]["entity"] for one in found] == list(holders.values())
    assert [one["holder"]["kind"] for one in found] == ["organisation", "", ""]
    assert [one.actor_name for one in statements(found)] == ["Paris Club", "Zubrowka", "They"]
    assert made.notes == (
        "resolved by the names of the article and of models/: “The Paris Club” is org:paris-club",
        "unresolved, kept under the words of the text: “Zubrowka” in note; “They” in note",
    )
    for record in found:
        VALIDATOR.validate(record)


def mention(words: str, entity: str, kind: Kind, text: str = ADDED, **more: object) -> Mention:
    span = span_of(words, text)
    return Mention(span.start, span.end, kind, entity, (Source.NER,), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "mentions", "entity"),
    [
        ("Zubrowka", [mention("Zubrowka", "org:zubrowka", Kind.ORGANISATION)], "org:zubrowka"),
        ("President Ruiz", [mention("Ruiz", "person:ana-ruiz", Kind.PERSON)], "person:ana-ruiz"),
        ("They", [mention("They", "org:paris-club", Kind.ORGANISATION)], "org:paris-club"),
        ("the Zubrowka", [mention("Zubrowka", "org:zubrowka", Kind.ORGANISATION)], "org:zubrowka"),
        ("Mexico's", [], "country:MX"),
        ("the UN", [], "org:UN"),
        ("Chinese", [], "country:CN"),
        ("the envoy of Zubrowka", [mention("Zubrowka", "org:zubrowka", Kind.ORGANISATION)], None),
        ("they", [mention("They", "org:paris-club", Kind.ORGANISATION)], None),
        ("a spokesman", [], None),
    ],
)
def test_whom_words_mean(words: str, mentions: list[Mention], entity: str | None) -> None:
    extraction = replace(article(ADDED, ()), mentions=tuple(mentions))
    where = span_of(words, ADDED) if words in ADDED else Span(0, 1)
    found = Resolver(NAMES).find(where, words, extraction)
    assert (found and found[0]) == entity
    assert (Resolver(NAMES).find(where, "", None)) is None


def test_a_surname_of_two_people_stays_unresolved() -> None:
    people = [
        mention("President Ruiz", "person:ana-ruiz", Kind.PERSON),
        mention("Zubrowka met President Ruiz", "person:eva-ruiz", Kind.PERSON),
    ]
    extraction = replace(article(ADDED, ()), mentions=tuple(people))
    assert Resolver(NAMES).find(Span(0, 1), "Ruiz", extraction) is None


def test_a_reporter_has_a_name_too() -> None:
    span = span_of("Mexico met", article().text)
    source = Attribution(span.start, span.start + len("Mexico"), None)
    (record,) = found_in(article(claims=(replace(chile(), attribution=source),)))
    assert (record["attribution"]["entity"], record["attribution"]["name"]) == (
        "country:MX", "Mexico",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("entity", "name", "country"),
    [
        ("country:FR", "France", "FR"),
        ("country:XK", "Kosovo", "XK"),
        ("org:chinese-foreign-ministry", "Chinese Foreign Ministry", "CN"),
        ("org:us-state-department", "US State Department", "US"),
        ("org:parliament-of-ghana", "Parliament of Ghana", "GH"),
        ("org:indian-ocean-commission", "Indian Ocean Commission", None),
        ("org:ukraine-contact-group", "Ukraine Contact Group", None),
        ("org:mission-to-chad", "Mission to Chad", None),
        ("org:friends-of-peru", "Friends of Peru", None),
        ("org:french-and-german-council", "French and German Council", None),
        ("group:french-voters", "French voters", "FR"),
        ("person:french-stewart", "French Stewart", None),
        ("org:OAS", "Organization of American States", None),
        ("unknown:speaker", None, None),
        (None, None, None),
    ],
)
def test_names_and_countries(entity: str | None, name: str | None, country: str | None) -> None:
    names = replace(CALLED, found={entity: name} if entity and name else {})
    assert (names.name_of(entity), names.country_of(entity)) == (name, country)


def test_one_entity_has_one_name_in_all_articles() -> None:
    short = replace(
        article("Roe left.", ()), mentions=(mention("Roe", "person:roe", Kind.PERSON, "Roe left."),)
    )
    pronoun = replace(mention("They", "person:roe", Kind.PERSON), inferred=True)
    later = replace(article(ADDED, ()), article="later", mentions=(pronoun,))
    found = find_names([short, paris(), later], NAMES)
    assert found["person:roe"] == "Jane Roe"
    assert "country:PE" not in found


def test_the_name_that_an_analyst_gave_counts(tmp_path: Path) -> None:
    made = Correction(
        Deed.RENAME, "person:roe", "person:roe", "2026-01-01T00:00:00Z", name="J. Roe"
    )
    add_correction(tmp_path, with_id(made))
    gathered = Gathered(lambda: machine_records([paris()]), 2, {"note": paris()})
    _, record = enriched(gathered, annotations=tmp_path).claims()
    assert record["holder"]["name"] == "J. Roe"


def test_an_orphan_has_no_antecedent_of_another_text() -> None:
    record = next(machine_records([paris()]))
    now = replace(paris(), text=PARIS.replace("It", "At"))
    found = enricher_of(now).enrich(record)
    assert (found["antecedent"], found["target_reads"]) == (None, "It")
    assert enricher_of().enrich(record)["holder"]["name"] == "Peru"


@settings(deadline=None)
@given(
    st.text(max_size=40),
    st.sampled_from(["“é🎉", "\u202eشبه", "a\u0301b\u0308", "x\u00a0y", "N" * 100]),
)
def test_any_words_can_stand_in_a_claim(before: str, name: str) -> None:
    text = f"{before}.{name} met it.".encode("utf-8", "ignore").decode()
    start = text.rindex(".", 0, len(text) - 1) + 1
    claim = replace(
        claim_of("met", "met", "support", "it", "org:x", text),
        target=Span(start, len(text) - 1),
        antecedent=Span(0, start),
    )
    (record,) = found_in(article(text, (claim,)))
    for key in ("target", "antecedent"):
        piece = record[key]
        assert piece["text"] == text[piece["start"] : piece["end"]]


def test_neither_spacy_nor_the_model_is_loaded(tmp_path: Path) -> None:
    workspace(tmp_path, decide(chile()))
    code = (
        "import sys; from pipeline.cli.main import app\n"
        "for verb in (['export'], ['export', '--extracted'], ['concepts', '--extracted']):\n"
        "    app(verb, standalone_mode=False)\n"
        "print(*sorted({'spacy', 'thinc', 'onnxruntime', 'pandas'} & {*sys.modules}))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment(), capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert ended.stdout.splitlines()[-1] == ""
    assert (ROOT / "pipeline" / "schemas" / "claim.schema.json").is_file()
