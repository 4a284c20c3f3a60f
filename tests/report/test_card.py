"""The card counts what is there, and its figures are those of the ledger."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from pipeline.dataset.lines import with_id
from pipeline.dataset.records import CODEBOOK, Decision, Machine, Rule
from pipeline.dataset.verified import to_json
from pipeline.export.gather import Gathered
from pipeline.report.card import plain, write_card
from pipeline.report.facts import find_facts
from pipeline.report.progress import fold_ledger, measure_progress, reviewer_names
from tests.dataset.build import article, chile, decide, peru, position_of
from tests.report.build import gather, no_review, small
from tests.report.test_page import HOSTILE

MADE = {"package": "stance-claims==0.1.0", "spacy": "spacy==3.8.7", "lexicon_sha256": "ab" * 32}
LATER = "2026-01-03T10:00:00.000000Z"


def by(decision: Decision, codebook: str | None = CODEBOOK) -> Decision:
    """The decision as this program writes it: with the versions of machine and codebook."""
    machine = Machine(score=0.5, provenance=MADE)
    return with_id(replace(decision, codebook=codebook, machine=machine))


DECISIONS = [
    by(decide(chile())),
    by(decide(chile(), reviewer="bo@example.com", at=LATER)),
    by(decide(peru(), "edited", decided=replace(position_of(peru()), hedged=True))),
    by(decide(peru(), "rejected", reviewer="bo@example.com", at=LATER), codebook=None),
]


def card_of(*decisions: Decision, rule: Rule = Rule.MAJORITY) -> str:
    articles = {"note": replace(article(), metadata={"publisher": "The Paper", "date": "2024-05"})}
    ledger = fold_ledger(decisions, articles, rule)
    claims = [to_json(one) for one in ledger.fold.verified]
    gathered = Gathered(claims=lambda: iter(claims), count=len(claims), articles=articles)
    return write_card(find_facts(gathered, measure_progress(ledger, articles, rule)))


def test_every_figure_of_the_methods_is_counted() -> None:
    card = card_of(*DECISIONS)
    for words in (
        "We read 1 article of The Paper, published from 2024-05 to 2024-05.",
        "program stance-claims 0.1.0, spaCy 3.8.7, lexicons SHA-256 abababababab…",
        "it proposed 2 claims",
        "2 people reviewed 2 of them (100 %) between 2026-01-01 and 2026-01-03.",
        "Of 4 decisions on proposed claims, 2 (50 %) accepted the claim as it was, "
        "1 (25 %) corrected it and 1 (25 %) rejected it",
        "2 claims were judged by two people or more; F1 of their claims with stance was 0.67",
        "Krippendorff's alpha on the stance 1.00 (1 claim)",
        "The dataset holds 1 verified claim (1 in opposition) of 1 actor.",
    ):
        assert words in card


def test_review_rule_codebook_and_agreement_are_told() -> None:
    card = card_of(*DECISIONS)
    for words in (
        "| rule in force | majority: more than half of those who judged it decided the same |",
        f"| codebook | version {CODEBOOK} (3 decisions), 1 decision by a version that was not",
        "| ana | 2 |",
        "| ana and bo | 1 | 0.67 | 0.67 | 0.67 |",
        "Reviewers differ on 1 claim",
        "1 claim is not let through by the rule yet.",
        "Of 1 article no licence is stated.",
        "1 claim is on no concept, and so in no network.",
    ):
        assert words in card


def test_one_reviewer_alone_gives_no_agreement() -> None:
    card = card_of(DECISIONS[0])
    assert "No passage was judged by two reviewers" in card
    assert "Each claim was judged by one person" in card
    assert "1 claim of the machine is not reviewed" in card


def test_what_nobody_reviewed_is_said() -> None:
    gathered = gather(*small())
    facts = find_facts(gathered, no_review(gathered), unreviewed=True, selection="stance oppose")
    card = write_card(facts)
    assert "**Nobody has reviewed these claims" in card
    assert "The claims were not reviewed." in card
    assert "A selection: stance oppose." in card
    assert "| The Paper | CC BY 4.0 | 1 | 2023-02-01 | not stated |" in card


def test_an_empty_dataset_has_a_card() -> None:
    gathered = gather()
    card = write_card(find_facts(gathered, no_review(gathered)))
    assert "The dataset holds 0 verified claims of 0 actors." in card


@pytest.mark.parametrize("words", [*HOSTILE, "[a](javascript:b)", "| a | b |", "_a_ *b* ~~c~~ `d`"])
def test_no_text_is_markup_in_the_card(words: str) -> None:
    html = (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .render(f"| a |\n|---|\n| {plain(words)} |")
    )
    assert html.count("<") == MarkdownIt().enable("table").render("| a |\n|---|\n| x |").count("<")


def test_reviewers_are_named_without_their_host_where_that_tells_them_apart() -> None:
    assert list(reviewer_names(["ana@x.org", "bo@x.org", "bo@y.org"]).values()) == [
        "ana", "bo@x.org", "bo@y.org",
    ]  # fmt: skip
