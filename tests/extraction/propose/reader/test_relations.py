"""How a cue and others stand to each other, on a parsed sentence."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.language import Language

from pipeline.extraction.propose.reader.page import KINDS, LISTED, Page, read_page
from pipeline.extraction.propose.reader.queries import Places
from pipeline.extraction.propose.reader.relations import (
    AWAY,
    DISTANCE,
    QUOTE,
    TREE,
    distances,
    quote_relations,
    root_of,
    sentences_away,
    tree_relations,
)
from pipeline.extraction.propose.reader.windows import Window
from pipeline.extraction.propose.rules import CueIndex
from pipeline.lexicon.cues import read_cues
from pipeline.lexicon.folder import packaged_models

CUES = CueIndex(read_cues((packaged_models(),)))

TEXT = (
    'Chile has expressed concern over the new draft. "We reject it," said Mexico\'s minister, '
    "who met the rebels."
)


@pytest.fixture(scope="module")
def page(nlp: Language) -> Page:
    doc = nlp.make_doc(TEXT)
    doc._.metadata = {}
    with nlp.select_pipes(disable=["claim_matcher"]):
        return read_page(nlp(doc), CUES)


def test_people_are_mentions_pronouns_and_phrases_one_a_head(page: Page) -> None:
    found = {" ".join(page.words[one.start : one.end]): KINDS[one.kind] for one in page.people}
    assert found["Chile"] == found["Mexico"] == "state"
    assert found["We"] == found["it"] == found["who"] == "pronoun"
    assert found["rebels"] == "phrase"
    assert len({one.root for one in page.people}) == len(page.people)


def test_a_mention_brings_its_entity(page: Page) -> None:
    chile = next(one for one in page.people if page.words[one.start] == "Chile")
    assert chile.entity == "country:CL"


def test_words_have_the_stance_of_the_lexicons_cue(page: Page) -> None:
    words = list(page.words)
    listed = [LISTED[code] for code in page.listed]
    assert listed[words.index("reject")] == "oppose"
    assert listed[words.index("said")] == "of-content"
    assert listed[words.index("concern")] == "oppose"
    assert listed[words.index("draft")] == "none"


def test_relations_tell_child_parent_and_other_sentence(page: Page) -> None:
    words = list(page.words)
    cue = words.index("expressed")
    rows = np.arange(len(words))
    same = page.sentence_of() == 0
    found = tree_relations(page, cue, rows, same)
    subject, noun, said = words.index("Chile"), words.index("concern"), words.index("said")
    assert found[cue] == 4
    assert found[subject] == found[noun] == 2
    assert found[said] == 0
    assert tree_relations(page, noun, rows, same)[cue] == 9
    assert 0 <= found.min() <= found.max() < TREE


def test_distance_grows_in_steps_to_either_side() -> None:
    rows = np.arange(100)
    found = distances(rows, rows + 1, 50, 52)
    assert found[50] == found[51] == 0
    assert found[49] != found[52]
    assert found[0] == found[5]
    assert len(set(found.tolist())) == 17
    assert found.max() < DISTANCE


def test_quotations_tell_who_is_in_which() -> None:
    quotes = np.array([0, 1, 2])
    assert quote_relations(quotes, 0).tolist() == [0, 2, 2]
    assert quote_relations(quotes, 1).tolist() == [1, 3, 4]
    assert quote_relations(quotes, 2).max() < QUOTE


def test_sentences_away_are_bounded() -> None:
    assert sentences_away(np.array([0, 6, 7, 8, 9, 30]), 7).tolist() == [0, 2, 3, 4, 5, AWAY - 1]


def test_the_root_of_a_span_has_its_head_outside(page: Page) -> None:
    words = list(page.words)
    start = words.index("expressed")
    assert root_of(page, start, start + 2) == start
    assert root_of(page, words.index("the"), words.index("draft") + 1) == words.index("draft")


def test_a_query_counts_in_rows_of_the_window(page: Page) -> None:
    start, end = page.sentences[1]
    empty = np.zeros(end - start, dtype=np.int64)
    window = Window(start, end, start, end, empty, empty, empty)
    cue = list(page.words).index("reject")
    query = Places(page).query(window, cue, cue + 1)
    assert query.arrays["cue"].tolist() == [cue - start, cue + 1 - start, cue - start]
    assert query.rows.tolist() == list(range(start, end))
    names = [page.words[page.people[number].root] for number in query.people]
    assert "Chile" not in names
    assert {"We", "it", "Mexico", "minister"} <= set(names)
    assert query.arrays["people"].min() >= 0


def test_phrases_are_what_hangs_from_a_word_without_marks(page: Page) -> None:
    words = list(page.words)
    found = {" ".join(words[a:b]) for a, b in Places(page).phrases(0)}
    assert {"over the new draft", "concern over the new draft", "Chile"} <= found
    assert not any(phrase.endswith(" .") for phrase in found)
