"""The list of claims under a passage: what stands in a line, and what of it reaches the page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Attribution, Claim, Extraction, Form, Holder, Sentence, Span, Stance
from pipeline.review.lines import build_lines, key_of_number, list_data
from pipeline.review.look import Look
from pipeline.review.regions import regions_of
from pipeline.review.styling import LineStyle, style_of
from pipeline.review.tasks import build_tasks, entity_choices
from pipeline.review.wording import claim_in_words
from tests.dataset.build import span_of

TEXT = (
    "Sudan signed the pact on wells. The envoy said it did not seem to back that, and she, the "
    "Ministry of Water, told Reuters that they would study whatever the council may put forward."
)
NAMES = {"country:SD": "Sudan", "org:MW": "Ministry of Water", "org:R": "Reuters"}


def claim(holder: str, cue: str, target: str = "", *, entity: str = "", **more: Any) -> Claim:
    spot = span_of(holder, TEXT)
    return Claim(
        id=f"c-{holder}", holder=Holder(spot.start, spot.end, entity or None),
        cue=span_of(cue, TEXT), stance=more.pop("stance", Stance.SUPPORT),
        form=more.pop("form", Form.STATEMENT), target=span_of(target, TEXT) if target else None,
        **more,
    )  # fmt: skip


def words(found: Claim) -> str:
    return claim_in_words(found, TEXT, NAMES.get)


def test_a_line_says_who_how_and_what() -> None:
    found = claim("Sudan", "signed", "the pact on wells", entity="country:SD", form=Form.ACTION)
    assert words(found) == "Sudan — supports — the pact on wells · action"


def test_who_a_pronoun_means_and_what_another_one_refers_to_stand_in_brackets() -> None:
    found = claim("it", "back", "that", entity="country:SD", antecedent=span_of("the pact", TEXT))
    assert words(found) == "it (Sudan) — supports — that (the pact) · statement"


def test_negation_hedge_and_who_tells_it_are_seen() -> None:
    source = span_of("The envoy", TEXT)
    found = claim("it", "back", "that", entity="country:SD", negated=True, hedged=True,
                  stance=Stance.OPPOSE,
                  attribution=Attribution(source.start, source.end, "org:MW"))  # fmt: skip
    assert words(found) == (
        "it (Sudan) — opposes — that · statement · negated · hedged"
        " · as told by The envoy (Ministry of Water)"
    )


def test_a_name_that_the_text_has_itself_is_not_said_twice() -> None:
    found = claim("Ministry of Water", "study", entity="org:MW")
    assert words(found) == "Ministry of Water — supports — (no target) · statement"


def test_a_long_target_is_cut_between_words_and_what_follows_it_is_kept() -> None:
    found = claim("they", "study", "whatever the council may put forward", hedged=True)
    long = replace(found, target=Span(0, len(TEXT)))
    said = words(long)
    assert "… · statement · hedged" in said
    assert len(said) < 90
    head = said.split(" — ")[2].partition(" …")[0]
    assert TEXT.startswith(f"{head} ")


MESS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@given(st.lists(MESS, min_size=3, max_size=3), MESS)
def test_each_line_is_one_line_whatever_the_words_are(pieces: list[str], name: str) -> None:
    text = "|".join(pieces)
    ends = [len(pieces[0]), len(pieces[0]) + 1 + len(pieces[1]), len(text)]
    one = Claim("c", Holder(0, ends[0], "org:x"), Span(ends[0] + 1, ends[1]), Stance.OPPOSE,
                Form.ACTION, Span(ends[1] + 1, ends[2]))  # fmt: skip
    other = replace(one, stance=Stance.NEUTRAL)
    lines = build_lines([one, other], text, {"org:x": name}.get)
    data = list_data(lines)
    assert data["lines"].splitlines() == [line.words for line in lines]
    for line in lines:
        assert data["lines"][line.start : line.end] == line.words
        assert line.words.isprintable()


def test_the_same_claim_twice_has_one_line() -> None:
    found = claim("Sudan", "signed", "the pact", entity="country:SD")
    assert len(build_lines([found, replace(found, id="other")], TEXT, NAMES.get)) == 1


def test_every_number_to_twenty_has_a_key_of_its_own_and_none_after_it() -> None:
    keys = [key_of_number(number) for number in range(1, 60)]
    assert len(set(keys)) == len(keys)
    assert all(len(key.replace("shift+", "")) == 1 for key in keys[:20])


def test_the_style_sheet_has_nothing_of_a_text_and_numbers_every_span() -> None:
    found = claim("Sudan", "signed", "the pact", entity="country:SD")
    (line,) = build_lines([found], "</style><script>" + TEXT[16:], NAMES.get)
    style = list_data([line])["style"]
    assert "script" not in style
    for region in regions_of(found):
        assert f'htx-highlight-{region}-"]{{--n:' in style


@pytest.mark.parametrize("name", ["</style>", "a b", "", "x]{}", "ü"])
def test_no_other_ids_than_ours_reach_the_style_sheet(name: str) -> None:
    with pytest.raises(ValueError, match="no id"):
        style_of([LineStyle(1, "l-1", (name,))])
    with pytest.raises(ValueError, match="no id"):
        style_of([LineStyle(1, name, ("h-1",))])


def test_entities_are_chosen_by_their_names_and_stored_by_their_ids() -> None:
    names = {**NAMES, "org:MW2": "Ministry of Water"}
    assert entity_choices(["org:MW", "org:R", "org:MW2", "unknown:1"], names.get) == [
        {"value": "Ministry of Water (org:MW)", "alias": "org:MW"},
        {"value": "Ministry of Water (org:MW2)", "alias": "org:MW2"},
        {"value": "Reuters", "alias": "org:R"},
        {"value": "unknown:1", "alias": "unknown:1"},
    ]


def test_progress_is_said_as_of_the_push_and_is_no_new_prediction() -> None:
    found = claim("Sudan", "signed", entity="country:SD")
    extraction = Extraction("note", TEXT, (Sentence(0, len(TEXT)),), (), (found,))
    (task,) = build_tasks([extraction])
    assert task.data["progress"] == (
        "passage 1 of 1 that were open at the last push, 0 % into the article; "
        "0 of its 1 claims were decided"
    )
    (again,) = build_tasks([replace(extraction, claims=(found, claim("she", "told")))],
                           decided=frozenset({"c-she"}))  # fmt: skip
    assert again.data["progress"] != task.data["progress"]
    without = {k: v for k, v in task.data.items() if k not in ("progress", "uid", "shown")}
    assert without == {k: again.data[k] for k in without}


def test_a_screen_without_the_list_gets_tasks_without_one() -> None:
    found = claim("Sudan", "signed", entity="country:SD")
    extraction = Extraction("note", TEXT, (Sentence(0, len(TEXT)),), (), (found,))
    (task,) = build_tasks([extraction], look=Look(listed=False))
    assert not {"lines", "rejects", "style"} & task.data.keys()
    assert {item.get("to_name", "text") for item in task.result} == {"text"}
    assert "line" not in task.data["claims"][0]
