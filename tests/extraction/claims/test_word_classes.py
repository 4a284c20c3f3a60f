"""A word that an analyst adds to a class of grammar or evaluative words does its work."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extraction.assemble import ClaimMatcher
from pipeline.records import Stance

SUPPORT, OPPOSE, NEUTRAL = Stance.SUPPORT, Stance.OPPOSE, Stance.NEUTRAL
ADDED = {
    "no_way_nouns: [manner]": (
        "Chile by no manner supports the ban.",
        {("Chile", SUPPORT, False)}, {("Chile", OPPOSE, False)},
    ),
    "ability_words: [free]": (
        "Mali is free to join the pact.", {("Mali", SUPPORT, False)}, set(),
    ),
    "able_words: [fit]": (
        "Chile is not fit to support the ban.",
        {("Chile", OPPOSE, False)}, {("Chile", OPPOSE, False)},
    ),
    "unable_words: [unfit]": (
        "Chile is unfit to support the ban.",
        {("Chile", SUPPORT, False)}, {("Chile", OPPOSE, False)},
    ),
    "ability_nouns: [mood]": (
        "Chile is in no mood to support the ban.", set(), {("Chile", OPPOSE, False)},
    ),
    "inability_nouns: [impotence]": (
        "Chile's impotence to support the ban was noted.", set(), {("Chile", OPPOSE, False)},
    ),
    "difficulty_nouns: [pain]": (
        "Chile had pain accepting the ban.",
        {("Chile", SUPPORT, False)}, {("Chile", OPPOSE, False)},
    ),
    "willing_words: [keen]": (
        "The ministers said they were not keen to support the ban.",
        {("ministers", NEUTRAL, False)}, {("ministers", OPPOSE, False)},
    ),
    "accepting_verbs: [hold]": (
        "The ministers said they were unable to hold the talks.",
        {("ministers", NEUTRAL, False)}, {("ministers", OPPOSE, False)},
    ),
    "mandative_verbs: [expect]": (
        "Peru expects that the ministers reject the ban.",
        {("Peru", SUPPORT, False), ("ministers", OPPOSE, False)}, {("Peru", SUPPORT, False)},
    ),
    "mutual_verbs: [accept]": (
        "Iran cannot accept the delay.", {("Iran", OPPOSE, False)}, set(),
    ),
    "poised_words: [apt]": (
        "Mali is apt to leave the pact.",
        {("Mali", OPPOSE, False)}, {("Mali", OPPOSE, True)},
    ),
    "lack_nouns: [dearth]": (
        "The ministers met amid the dearth of Chile's support for the ban.",
        {("Chile", SUPPORT, False)}, {("Chile", OPPOSE, False)},
    ),
    "giving_up_verbs: [throw]": (
        "Peru threw out its opposition to the ban.",
        {("Peru", OPPOSE, False)}, {("Peru", SUPPORT, False)},
    ),
    "shielding_verbs: [insulate]": (
        "Iran vowed to insulate Peru against Chile.",
        {("Iran", OPPOSE, False)}, {("Iran", SUPPORT, False)},
    ),
    "contesting_verbs: [dispute]": (
        "Peru intends to dispute the ruling.",
        {("Peru", SUPPORT, False)}, {("Peru", OPPOSE, False)},
    ),
    "assaults: [sortie]": (
        "Iran carried out the sortie near the port.",
        {("Iran", SUPPORT, False)}, {("Iran", OPPOSE, False)},
    ),
    "contrary_words: [counter]": (
        "Counter to reports that Chile supports the ban, the hall was full.",
        {("Chile", SUPPORT, False)}, set(),
    ),
    "reporting_verbs: [demand]": (
        "Peru demands that Mali end the raids.",
        {("Peru", SUPPORT, False)}, {("Peru", SUPPORT, False), ("Mali", OPPOSE, False)},
    ),
    "documents: [parchment]": (
        "The court's parchment rejected the ban.",
        set(), {("court", OPPOSE, False)},
    ),
    "authoring_verbs: [mint]": (
        "The decree minted by the Pope rejected the ban.",
        set(), {("Pope", OPPOSE, False)},
    ),
    "gathering_verbs: [dine]": (
        "The ministers dined in Lima to discuss the ban.",
        set(), {("ministers", NEUTRAL, False)},
    ),
    "resuming_verbs: [back]": (
        "Peru said the text was long and backed the ban.",
        {("Peru", NEUTRAL, False)}, {("Peru", NEUTRAL, False), ("Peru", SUPPORT, False)},
    ),
    "carrying: [gesture]": (
        "Brazil said the raid was a gesture of cowardice.",
        {("Brazil", NEUTRAL, False)}, {("Brazil", OPPOSE, False)},
    ),
    "un_endings: [ly]": (
        "Brazil said the plan was unseemly.",
        {("Brazil", NEUTRAL, False)}, {("Brazil", OPPOSE, False)},
    ),
    "un_neutral: [unmarked]": (
        "Brazil said the van was unmarked.",
        {("Brazil", OPPOSE, False)}, {("Brazil", NEUTRAL, False)},
    ),
    "needful: [odd]": (
        "Brazil said it was odd that the port closes.",
        {("Brazil", NEUTRAL, False)}, {("Brazil", SUPPORT, False)},
    ),
    "punishing: [relocate]": (
        "Brazil said that those responsible must be relocated.",
        {("Brazil", SUPPORT, False)}, {("Brazil", OPPOSE, False)},
    ),
    "arraigning: [summon]": (
        "Brazil said that those responsible must be summoned to court.",
        {("Brazil", SUPPORT, False)}, {("Brazil", OPPOSE, False)},
    ),
    "reckoning: [liability]": (
        "Brazil said that those responsible must be brought to liability.",
        {("Brazil", SUPPORT, False)}, {("Brazil", OPPOSE, False)},
    ),
    "risking: [vow]": (
        "Peru said the tariff vows to kill jobs.",
        {("Peru", NEUTRAL, False)}, {("Peru", OPPOSE, False)},
    ),
    "happening: [repaint]": (
        "Chile said it would repaint the wall.",
        {("Chile", SUPPORT, False)}, {("Chile", NEUTRAL, False)},
    ),
}  # fmt: skip
EVALUATIVE = (
    *("carrying", "un_endings", "un_neutral", "risking", "happening"),
    *("needful", "punishing", "arraigning", "reckoning"),
)


def positions(doc: Doc) -> set[tuple[str, Stance, bool]]:
    """Who takes which side, and whether under a hedge."""
    return {(one.holder.span.text_in(doc.text), one.stance, one.hedged) for one in doc._.claims}


@pytest.mark.parametrize("line", ADDED)
def test_a_word_added_to_a_class_changes_what_is_read(
    nlp: Language, tmp_path: Path, line: str
) -> None:
    sentence, before, after = ADDED[line]
    doc = nlp(sentence)
    assert positions(doc) == before
    file = "evaluative.yaml" if line.partition(":")[0] in EVALUATIVE else "grammar.yaml"
    (tmp_path / file).write_text(f"{line}\n", encoding="utf-8")
    assert positions(ClaimMatcher(str(tmp_path))(doc)) == after
