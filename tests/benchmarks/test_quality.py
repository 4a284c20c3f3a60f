"""The mappings from a development set's conventions to ours, on hand-made cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.attributions import count_exact, count_relations, to_attributions
from benchmarks.mention_figures import find_re3d_names, is_country
from benchmarks.sets import Attribution, EntityText, find_texts, read_rows
from benchmarks.stance_figures import holds_name, is_same_name, macro_f1
from pipeline.errors import SettingError
from pipeline.evaluation.tokens import TokenIndex
from pipeline.records import Claim, Form, Holder, Span, Stance

TEXT = "Chile and Peru said “the plan failed.”"
SAID, QUOTED = Span(15, 19), Span(21, 36)


def _claim(start: int, end: int) -> Claim:
    return Claim("", Holder(start, end), SAID, Stance.NEUTRAL, Form.STATEMENT, QUOTED)


def test_coordinated_holders_are_one_source() -> None:
    (found,) = to_attributions((_claim(0, 5), _claim(10, 14)))
    assert found == Attribution((Span(0, 14),), (SAID,), (QUOTED,))


def test_a_relation_needs_all_three_roles() -> None:
    ours = to_attributions((_claim(0, 5),))
    gold = Attribution((Span(0, 14),), (SAID,), (Span(20, 38),))
    without_source = Attribution((), (SAID,), (QUOTED,))
    index = TokenIndex(TEXT)
    assert count_relations((gold,), ours, index).matched == 1
    assert count_relations((without_source,), ours, index).matched == 0


def test_quotation_marks_at_the_edge_are_trimmed_in_all_but_raw() -> None:
    gold, ours = [(Span(20, 38),)], [(QUOTED,)]
    assert count_exact(gold, ours, TEXT, trimmed=True).matched == 1
    assert count_exact(gold, ours, TEXT, trimmed=False).matched == 0


def test_macro_f1_by_hand() -> None:
    # Cooperation: 1 right of 2 gold, 1 found: F1 = 2 / 3. Conflict: 1 of 1 gold, 2 found: 2 / 3.
    pairs = [(True, True), (True, False), (False, False)]
    assert macro_f1(pairs) == pytest.approx(2 / 3)
    # An unanswered conflict: cooperation 1 of 1, conflict 0 of 1.
    assert macro_f1([(True, True), (False, None)]) == pytest.approx(1 / 2)


@pytest.mark.parametrize(
    ("name", "form", "same"),
    [
        ("Donald Trump", "Trump", True),
        ("Democratic Party", "Democrats", True),
        ("United States", "U.S.", True),
        ("United States", "us", False),
        ("United States", "United Nations", False),
        ("Donald Trump", "Ivanka Trump", False),
    ],
)
def test_names_by_their_words(name: str, form: str, same: bool) -> None:
    assert is_same_name(name, form) is same


def test_a_phrase_holds_a_name_by_its_last_word() -> None:
    assert holds_name("the plan of Mr. Trump", "Donald Trump")
    assert not holds_name("the plan of the party", "Democratic Party")


def test_nominals_and_places_are_no_re3d_names() -> None:
    text = "We met the OAS in Lima, Chile. It said he left."
    labels = {"We": "Organisation", "the OAS": "Organisation", "Lima": "Location"}
    labels |= {"Chile": "Location", "It": "Organisation", "he": "Person"}
    entities = tuple(
        (Span(text.index(words), text.index(words) + len(words)), label)
        for words, label in labels.items()
    )
    names = find_re3d_names(EntityText("a", text, entities))
    assert [span.text_in(text) for span in names] == ["the OAS", "Chile"]
    assert is_country("the UK")
    assert not is_country("Lima")


def test_a_limit_spreads_over_the_file(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps({"n": n}) + "\n" for n in range(10)), encoding="utf-8")
    assert [row["n"] for row in read_rows(path, 3)] == [0, 3, 6]
    assert len(list(read_rows(path, 99))) == len(list(read_rows(path))) == 10


def test_a_missing_folder_of_texts_says_how_to_name_it(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="DEV_TEXTS"):
        find_texts(tmp_path / "none")
