"""What is done in the list of claims, alone and against the passage, becomes what was meant."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dataset.lines import from_json, to_json
from pipeline.dataset.records import Decision, Reason, Verdict
from pipeline.errors import RecordError
from pipeline.files import sha256_of_text
from pipeline.records import Claim, Extraction, Form, Holder, Sentence
from pipeline.review.lines import FLAGS, FORM, REJECTS, VERDICT
from pipeline.review.look import Look
from pipeline.review.meaning import Meaning, decide
from pipeline.review.tasks import build_tasks
from pipeline.review.verdicts import REASON_OF
from tests.dataset.build import claim_of

TEXT = "Ghana, Togo and Benin rejected the levy on salt. Niger backed the dam, said the mayor."
Json = dict[str, Any]


def claims() -> tuple[Claim, ...]:
    """Three that share a cue, and one with a cue of its own and no target."""
    ghana = claim_of("Ghana", "rejected", "oppose", "the levy", "country:GH", TEXT)
    others = [
        replace(ghana, id=f"claim-{name}", holder=Holder(start, start + len(name), code))
        for name, code in (("Togo", "country:TG"), ("Benin", "country:BJ"))
        for start in (TEXT.index(name),)
    ]  # fmt: skip
    return (ghana, *others, claim_of("Niger", "backed", "support", "", "country:NE", TEXT))


def article() -> Extraction:
    ends = [TEXT.index(".") + 1, len(TEXT)]
    return Extraction(
        "note", TEXT, (Sentence(0, ends[0]), Sentence(ends[0] + 1, ends[1])), (), claims()
    )


class Desk:
    """A task that was sent, and what a reviewer makes of it."""

    def __init__(self, *, look: Look | None = None) -> None:
        (task,) = build_tasks([article()], look=look or Look())
        self.task: Json = {"id": 7, "project": 1, "data": copy.deepcopy(task.data)}
        self.prediction = {"id": 3, **copy.deepcopy(task.prediction())}
        self.result: list[Json] = copy.deepcopy(list(task.result))
        self.lines = [entry["line"] for entry in task.data["claims"] if "line" in entry]
        self.names = [entry["id"] for entry in task.data["claims"]]

    def item(self, number: int, control: str = VERDICT) -> Json:
        """What a control has of the line of that number."""
        line = self.lines[number - 1]
        return next(i for i in self.result if i["from_name"] == control and i["id"] == line)

    def label(self, number: int, *words: str) -> None:
        self.item(number)["value"]["labels"] = list(words)

    def tick(self, *lines: str) -> None:
        value = {"choices": list(lines)}
        self.result.append({"id": "k", "from_name": REJECTS, "to_name": "lines",
                            "type": "choices", "value": value})  # fmt: skip

    def choose(self, number: int, control: str, *words: str) -> None:
        self.without(number, control)
        place = {k: v for k, v in self.item(number)["value"].items() if k != "labels"}
        self.result.append({"id": self.lines[number - 1], "from_name": control, "to_name": "lines",
                            "type": "choices",
                            "value": {**place, "choices": list(words)}})  # fmt: skip

    def without(self, number: int, control: str = "") -> None:
        """Take the line away, or what one control has of it."""
        line = self.lines[number - 1]
        self.result = [i for i in self.result if i.get("id") != line
                       or (control and i["from_name"] != control)]  # fmt: skip

    def cue(self, words: str) -> Json:
        return next(i for i in self.result if i.get("from_name") == "label"
                    and i["value"]["text"] == words)  # fmt: skip

    def draw(self, name: str, label: str, words: str) -> None:
        start = TEXT.index(words)
        value = {"start": start, "end": start + len(words), "text": words, "labels": [label]}
        self.result.append({"id": name, "from_name": "label", "to_name": "text", "type": "labels",
                            "value": value, "origin": "manual"})  # fmt: skip

    def join(self, one: str, other: str) -> None:
        self.result.append({"type": "relation", "from_id": one, "to_id": other,
                            "direction": "right"})  # fmt: skip

    def submit(self, standing: tuple[Decision, ...] = ()) -> Meaning:
        annotation = {
            "id": 1, "created_at": "2026-01-01T10:00:00Z", "updated_at": "2026-01-01T10:00:00Z",
            "completed_by": 1, "updated_by": 1, "was_cancelled": False, "lead_time": 6.0,
            "parent_prediction": 3, "prediction": self.prediction, "result": self.result,
        }  # fmt: skip
        return decide(self.task, annotation, article(), server="http://s",
                      users={1: "ana@example.com"}, standing=standing)  # fmt: skip

    def verdicts(self, meaning: Meaning) -> list[str]:
        """The verdict on each claim that was shown; empty for one that waits."""
        found = {item.claim: item.verdict.value for item in meaning.decisions}
        return [found.get(name, "") for name in self.names]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def stances(desk: Desk, meaning: Meaning) -> list[str]:
    found = {item.claim: item.decided for item in meaning.decisions}
    return [str(one and one.stance.value) for one in (found.get(name) for name in desk.names)]


def test_what_is_left_as_it_is_is_accepted(desk: Desk) -> None:
    meaning = desk.submit()
    assert desk.verdicts(meaning) == ["accepted"] * 4
    assert meaning.faults == ()


def test_each_way_to_reject_rejects_that_claim_alone(desk: Desk) -> None:
    desk.tick(desk.lines[0])
    desk.label(2, "not a claim")
    desk.without(3)
    meaning = desk.submit()
    assert desk.verdicts(meaning) == ["rejected"] * 3 + ["accepted"]
    assert {item.reason for item in meaning.decisions} == {None}
    assert meaning.faults == ()


@pytest.mark.parametrize("label", REASON_OF)
def test_a_reason_rejects_and_is_kept_in_the_ledger(label: str, desk: Desk) -> None:
    desk.label(2, label)
    meaning = desk.submit()
    assert desk.verdicts(meaning) == ["accepted", "rejected", "accepted", "accepted"]
    (item,) = [one for one in meaning.decisions if one.verdict is Verdict.REJECTED]
    assert item.reason is REASON_OF[label]
    assert from_json(to_json(item)) == item
    assert to_json(item)["version"] == 4


def test_each_reason_of_the_ledger_has_a_key() -> None:
    assert set(REASON_OF.values()) == set(Reason)


def test_rejected_in_two_places_is_rejected_once_with_its_reason(desk: Desk) -> None:
    desk.tick(desk.lines[3])
    desk.label(4, "wrong holder")
    desk.cue("backed")["value"]["labels"] = ["Not a claim"]
    meaning = desk.submit()
    (item,) = [one for one in meaning.decisions if one.verdict is Verdict.REJECTED]
    assert (item.claim, item.reason) == (desk.names[3], Reason.WRONG_HOLDER)


def test_rejected_by_its_number_and_turned_in_its_line_is_rejected(desk: Desk) -> None:
    desk.tick(desk.lines[0])
    desk.label(1, "supports")
    assert desk.verdicts(desk.submit())[0] == "rejected"


def test_a_line_turns_its_own_claim_and_not_those_that_share_the_cue(desk: Desk) -> None:
    desk.label(2, "neutral")
    meaning = desk.submit()
    assert stances(desk, meaning) == ["oppose", "neutral", "oppose", "support"]
    assert desk.verdicts(meaning) == ["accepted", "edited", "accepted", "accepted"]


def test_a_cue_turns_all_its_claims_but_those_whose_line_says_otherwise(desk: Desk) -> None:
    desk.cue("rejected")["value"]["labels"] = ["Supports"]
    desk.label(3, "neutral")
    assert stances(desk, desk.submit()) == ["support", "support", "neutral", "support"]


def test_form_and_flags_of_a_line_are_its_own_claims(desk: Desk) -> None:
    desk.choose(1, FORM, "statement")
    desk.choose(2, FLAGS, "negated", "hedged")
    desk.without(3, FORM)  # a key that was pressed again switches it off: it stays as it was
    found = {item.claim: item.decided for item in desk.submit().decisions}
    said = [(one.form, one.negated, one.hedged) for one in map(found.get, desk.names) if one]
    assert said[:3] == [(Form.STATEMENT, False, False), (Form.ACTION, True, True),
                        (Form.ACTION, False, False)]  # fmt: skip


def test_keys_of_the_list_that_were_pressed_on_a_piece_say_nothing(desk: Desk) -> None:
    """The screen stores them with the piece, and shows nothing of them."""
    stray = copy.deepcopy(desk.item(1, FORM))
    stray |= {"id": desk.cue("rejected")["id"], "value": {"choices": ["statement"]}}
    desk.result.append(stray)
    meaning = desk.submit()
    assert desk.verdicts(meaning) == ["accepted"] * 4
    assert meaning.faults == ()


def test_a_label_that_is_none_of_the_screens_keeps_its_claim_alone_out(desk: Desk) -> None:
    desk.label(1, "Supports!")
    meaning = desk.submit()
    assert desk.verdicts(meaning) == ["", "accepted", "accepted", "accepted"]
    (fault,) = meaning.faults
    assert "line 1" in fault


def test_a_line_that_is_gone_beside_one_that_cannot_be_read_waits_too(desk: Desk) -> None:
    desk.label(1, "Supports!")
    desk.without(2)
    desk.tick(desk.lines[2])
    assert desk.verdicts(desk.submit()) == ["", "", "rejected", "accepted"]


@pytest.mark.parametrize("control", [FORM, FLAGS])
def test_a_form_or_flag_of_a_line_that_is_none_waits(control: str, desk: Desk) -> None:
    desk.choose(4, control, "shouted")
    meaning = desk.submit()
    assert desk.verdicts(meaning) == ["accepted"] * 3 + [""]
    assert "shouted" in meaning.faults[0]


def test_a_number_that_is_no_line_of_the_passage_is_refused_by_name(desk: Desk) -> None:
    desk.tick("l-0123456789-supports")
    meaning = desk.submit()
    assert meaning.decisions == ()
    assert "l-0123456789-supports" in meaning.faults[0]


def test_what_is_drawn_over_the_list_is_named_and_says_nothing(desk: Desk) -> None:
    drawn = {**copy.deepcopy(desk.item(1)), "id": "drawn", "origin": "manual"}
    stray = {**copy.deepcopy(desk.item(1, FORM)), "id": "drawn"}
    desk.result += [drawn, stray]
    desk.join("drawn", desk.cue("backed")["id"])
    meaning = desk.submit()
    assert desk.verdicts(meaning) == ["accepted"] * 4
    (fault,) = meaning.faults
    assert "drawn over the list" in fault


def test_a_line_whose_ends_were_moved_is_still_its_claims(desk: Desk) -> None:
    desk.item(2)["value"] |= {"start": 0, "end": 9, "text": "something"}
    desk.label(2, "wrong target")
    assert desk.verdicts(desk.submit()) == ["accepted", "rejected", "accepted", "accepted"]


def test_a_line_corrected_and_its_cue_taken_away_waits_until_one_is_undone(desk: Desk) -> None:
    desk.label(4, "opposes")
    cue = desk.cue("backed")["id"]
    desk.result = [
        item for item in desk.result
        if cue not in (item.get("id"), item.get("from_id"), item.get("to_id"))
    ]  # fmt: skip
    meaning = desk.submit()
    assert desk.verdicts(meaning) == ["accepted"] * 3 + [""]
    assert "'backed' is corrected in the list" in meaning.faults[0]
    before = Desk().submit().decisions
    assert desk.submit(standing=before).decisions == ()  # what was decided before stands


def test_nothing_is_joined_to_a_claim_that_the_list_rejects(desk: Desk) -> None:
    """The only claim that lacks a target is rejected by its number: the target is named."""
    desk.tick(desk.lines[3])
    desk.draw("t", "Target", "the dam")
    meaning = desk.submit()
    assert desk.verdicts(meaning) == ["accepted"] * 3 + ["rejected"]
    (fault,) = meaning.faults
    assert "Target 'the dam' is joined to no claim" in fault


def test_a_claim_that_is_drawn_beside_a_rejected_one_is_added(desk: Desk) -> None:
    desk.tick(desk.lines[3])
    desk.draw("h", "Holder", "the mayor")
    desk.draw("c", "Supports", "said")
    meaning = desk.submit()
    (added,) = [one for one in meaning.decisions if one.verdict is Verdict.ADDED]
    assert added.decided is not None
    assert (added.decided.holder.text, added.decided.cue.text) == ("the mayor", "said")
    assert desk.verdicts(meaning)[3] == "rejected"


def test_a_target_joined_to_a_line_is_its_claims(desk: Desk) -> None:
    desk.draw("t", "Target", "the dam")
    desk.join(desk.lines[3], "t")
    found = {item.claim: item.decided for item in desk.submit().decisions}
    niger = found[desk.names[3]]
    assert niger is not None
    assert niger.target is not None
    assert niger.target.text == "the dam"


def test_a_piece_joined_to_a_line_whose_cue_others_have_is_named(desk: Desk) -> None:
    desk.draw("t", "Target", "salt")
    desk.join(desk.lines[0], "t")
    meaning = desk.submit()
    assert "whose cue other lines have too" in meaning.faults[0]
    assert desk.verdicts(meaning)[:3] == ["accepted"] * 3


def test_a_list_that_was_changed_on_the_server_gives_no_decision(desk: Desk) -> None:
    desk.task["data"]["lines"] = desk.task["data"]["lines"].replace("opposes", "supports")
    with pytest.raises(RecordError, match="list was changed"):
        desk.submit()


def test_keys_that_were_changed_on_the_server_give_no_decision(desk: Desk) -> None:
    """A key that struck one line through and rejected another's claim would be believed."""
    desk.task["data"]["rejects"].reverse()
    with pytest.raises(RecordError, match="keys of its list were changed"):
        desk.submit()


def test_a_list_that_says_otherwise_than_its_passage_gives_no_decision(desk: Desk) -> None:
    line = next(i for i in desk.prediction["result"] if i["id"] == desk.lines[0])
    line["value"]["labels"] = ["supports"]
    with pytest.raises(RecordError, match="changed on the server"):
        desk.submit()


def test_a_reason_that_is_given_later_is_a_new_decision_of_that_claim_alone(desk: Desk) -> None:
    desk.label(1, "not a claim")
    first = desk.submit().decisions
    desk.label(1, "routine act")
    (item,) = desk.submit(standing=first).decisions
    assert (item.claim, item.reason) == (desk.names[0], Reason.ROUTINE_ACT)


def test_what_is_taken_back_has_no_reason(desk: Desk) -> None:
    desk.label(1, "wrong holder")
    first = desk.submit().decisions
    desk.task["data"]["kind"] = "review"
    skipped = Desk()
    annotation = {
        "id": 1, "created_at": "2026-01-01T10:00:00Z", "updated_at": "2026-01-02T10:00:00Z",
        "completed_by": 1, "was_cancelled": True, "result": [], "prediction": skipped.prediction,
    }  # fmt: skip
    meaning = decide(skipped.task, annotation, article(), server="http://s",
                     users={1: "ana@example.com"}, standing=first)  # fmt: skip
    assert [item.reason for item in meaning.decisions] == [None] * 4
    assert all(from_json(to_json(item)) == item for item in meaning.decisions)


WAYS = {
    "keep": (lambda desk, n: desk.item(n), "accepted"),
    "number": (lambda desk, n: desk.tick(desk.lines[n - 1]), "rejected"),
    "label": (lambda desk, n: desk.label(n, "not a claim"), "rejected"),
    "reason": (lambda desk, n: desk.label(n, "routine act"), "rejected"),
    "away": (lambda desk, n: desk.without(n), "rejected"),
    "turn": (lambda desk, n: desk.label(n, "neutral"), "edited"),
    "turn back": (lambda desk, n: desk.label(n, "supports" if n == 4 else "opposes"), "accepted"),
    "hedge": (lambda desk, n: desk.choose(n, FLAGS, "hedged"), "edited"),
}


@given(st.lists(st.sampled_from(list(WAYS)), min_size=4, max_size=4))
def test_each_claim_is_judged_by_itself(ways: list[str]) -> None:
    desk = Desk()
    for number, way in enumerate(ways, 1):
        WAYS[way][0](desk, number)
    meaning = desk.submit()
    assert desk.verdicts(meaning) == [WAYS[way][1] for way in ways]
    assert meaning.faults == ()


def test_a_task_without_a_list_is_read_by_its_passage() -> None:
    old = Desk(look=Look(listed=False))
    assert "lines" not in old.task["data"]
    old.cue("backed")["value"]["labels"] = ["Opposes"]
    old.cue("rejected")["value"]["labels"] = ["Not a claim"]
    stray = {"id": old.cue("backed")["id"], "from_name": FORM, "to_name": "text",
             "type": "choices", "value": {"choices": ["action"]}}  # fmt: skip
    old.result.append(stray)
    meaning = old.submit()
    assert old.verdicts(meaning) == ["rejected"] * 3 + ["edited"]
    assert meaning.faults == ()


def test_a_task_as_an_earlier_version_sent_it_is_read() -> None:
    """With a share in the heading, entities without names and claims without lines."""
    old = Desk(look=Look(listed=False))
    data = old.task["data"]
    for name in ("progress", "number_of_claims", "lowest_score"):
        del data[name]
    data["heading"] = "A note · 40 %"
    data["entities"] = [{"value": one["alias"]} for one in data["entities"]]
    assert data["passage_sha256"] == sha256_of_text(data["text"])
    assert old.verdicts(old.submit()) == ["accepted"] * 4
