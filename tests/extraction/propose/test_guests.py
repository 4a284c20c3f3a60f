"""Proposers of one's own: loaded by name, checked in all they say, and never an article lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from pipeline.errors import SettingError
from pipeline.extraction.build import CLAIMS
from pipeline.extraction.extract import extract_docs
from pipeline.extraction.judge import HostJudge
from pipeline.extraction.propose.guests import Guest, open_guests
from pipeline.extraction.propose.proposal import Missed, Proposal, Refused
from pipeline.extraction.propose.stated import Stated
from pipeline.jsonl import from_json, to_json
from pipeline.lexicon.folder import packaged_models
from pipeline.records import Article, Form, Span, Stance

PACKAGED = (packaged_models(),)
TEXT = (
    "Chile rejected the levy. President Ana Diaz of Peru was bummed out by the toll on the bridge."
)
NUMBERS = count()


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


GOOD = Stated((at("Ana Diaz"),), at("bummed out by"), "oppose", at("the toll on the bridge"))


class Own:
    """A proposer that says what it is given."""

    name = "own"

    def __init__(self, *said):
        self.said = said

    def propose(self, scene):
        for one in self.said:
            yield one(scene) if callable(one) else one


@pytest.fixture
def read(nlp, monkeypatch):
    """The document and extraction of the text with a proposer beside the rules."""
    matcher = nlp.get_pipe(CLAIMS)
    cues = matcher._rules._words.cues
    judge = HostJudge(matcher._judge, 0.5)

    def reading(proposer):
        monkeypatch.setattr(matcher, "_proposers", (matcher._rules, Guest(proposer, cues)))
        monkeypatch.setattr(matcher, "_judge", judge)
        ((doc, extraction),) = extract_docs(nlp, [Article("vote", TEXT)])
        return doc, extraction

    return reading


def made_by(extraction, name: str):
    return [one for one in extraction.claims if name in one.evidence.proposers]


def test_a_stated_position_becomes_a_claim_of_whom_the_text_names(read):
    _, found = read(Own(replace(GOOD, holders=(at("President Ana Diaz"),), chance=0.9)))
    (claim,) = made_by(found, "own")
    assert claim.holder.span.text_in(TEXT) == "Ana Diaz"
    assert claim.holder.entity == "person:ana-diaz"
    assert (claim.stance, claim.form) == (Stance.OPPOSE, Form.STATEMENT)
    assert claim.target.text_in(TEXT) == "the toll on the bridge"
    assert (claim.score, claim.evidence.weighed) == (0.45, {"guest": 0.9})
    assert (found.provenance.missing, len(found.claims)) == (None, 2)
    assert from_json(to_json(found)) == found


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Span(GOOD.cue.start + 2, GOOD.cue.end - 1), "bummed out by"),
        (Span(GOOD.cue.start - 1, GOOD.cue.end + 1), "bummed out by"),
        (at("out"), "out"),
    ],
)
def test_a_role_that_ends_inside_a_word_has_the_whole_word(read, place, words):
    (claim,) = made_by(read(Own(replace(GOOD, cue=place)))[1], "own")
    assert claim.cue.text_in(TEXT) == words


def test_several_holders_are_several_claims(read):
    both = replace(GOOD, holders=(at("Ana Diaz"), at("Peru")))
    assert {one.holder.entity for one in made_by(read(Own(both))[1], "own")} == {
        "person:ana-diaz", "country:PE",
    }  # fmt: skip


def test_who_reports_it_is_named_where_the_proposer_says_so(read):
    _, found = read(Own(replace(GOOD, attribution=at("Chile"), negated=True, hedged=True)))
    (claim,) = made_by(found, "own")
    assert (claim.attribution.entity, claim.negated, claim.hedged) == ("country:CL", True, True)


FAULTS = {
    "beyond the text": (replace(GOOD, cue=Span(5, 5000)), "its cue [5, 5000) does not lie in"),
    "before the text": (replace(GOOD, target=Span(-4, 3)), "its target [-4, 3) does not lie in"),
    "empty": (replace(GOOD, holders=(Span(4, 4),)), "its holder [4, 4) does not lie in the text"),
    "backwards": (replace(GOOD, cue=Span(9, 6)), "its cue [9, 6) does not lie in the text"),
    "white space": (replace(GOOD, cue=Span(5, 6)), "its cue [5, 6) is white space"),
    "no holder": (replace(GOOD, holders=()), "it has no holder"),
    "unknown stance": (replace(GOOD, stance="favour"), "its stance is 'favour'; known are support"),
    "unknown form": (replace(GOOD, form="gesture"), "its form is 'gesture'; known are statement"),
    "no stance": (replace(GOOD, stance=None), "its stance is None"),
    "a chance above 1": (replace(GOOD, chance=1.5), "its chance is 1.5; it must lie between"),
    "no chance": (replace(GOOD, chance=float("nan")), "its chance is nan"),
    "a tuple for a span": (replace(GOOD, cue=(3, 9)), "has a value of a wrong type"),
    "words for a span": (replace(GOOD, cue="bummed"), "has a value of a wrong type"),
    "a word": ("Chile is against it", "it says 'Chile is against it'; it may say Stated"),
    "nothing": (None, "it says None; it may say Stated"),
    "a refusal of no rule": (
        lambda scene: Refused("own", scene.doc[:1], "because"), "a refusal has no words of the tex",
    ),
    "a refusal of nothing": (
        lambda scene: Refused("own", scene.doc[3:3], "refusal.name"), "a refusal has no words",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_what_is_malformed_is_named_and_the_others_stand(read, case):
    bad, named = FAULTS[case]
    doc, found = read(Own(bad, GOOD))
    (missed,) = doc._.missed
    assert (missed.proposer, missed.cause) == ("own", "malformed")
    assert named in missed.message
    assert found.provenance.missing == f"own: {missed.message}"
    assert len(made_by(found, "own")) == len(made_by(found, "rules")) == 1


def taken(scene, cues) -> Proposal:
    from pipeline.extraction.propose.stated import proposal_of

    return proposal_of(GOOD, scene, name="x", cues=cues)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"stance": "oppose"}, "its stance or form is 'oppose'"),
        ({"form": None}, "its stance or form is <Stance.OPPOSE"),
        ({"holders": ()}, "its holders must be a tuple of at least one Held"),
        ({"holders": ("Chile",)}, "its holders must be Held"),
        ({"target": "the toll"}, "its target a Target or None"),
        ({"polarity": None}, "its polarity must be a Polarity"),
        ({"words": ()}, "its words at least one"),
        ({"cue": "elsewhere"}, "must be words of the text that it was shown"),
        ({"head": "elsewhere"}, "must be words of the text that it was shown"),
        ({}, ""),
    ],
)
def test_a_whole_proposal_is_checked_too(read, nlp, change, named):
    cues = nlp.get_pipe(CLAIMS)._rules._words.cues
    other = nlp("Kenya agreed.")
    elsewhere = {"cue": other[1:2], "head": other[1]}
    change = {
        key: elsewhere[key] if value == "elsewhere" else value for key, value in change.items()
    }
    doc, found = read(Own(lambda scene: replace(taken(scene, cues), **change)))
    assert [named in one.message for one in doc._.missed] == ([True] if named else [])
    assert len(made_by(found, "own")) == (0 if named else 1)
    assert len(made_by(found, "rules")) == 1


class Failing(Own):
    def propose(self, scene):  # noqa: ARG002
        yield GOOD
        raise KeyError("no such word")


class Quiet(Own):
    def propose(self, scene):  # noqa: ARG002
        return None


class Endless(Own):
    def propose(self, scene):
        while True:
            yield Refused("x", scene.doc[:1], "refusal.name")


class Down(Own):
    def propose(self, scene):  # noqa: ARG002
        yield Missed("another", "down", "the model is not there; start it")


@pytest.mark.parametrize(
    ("proposer", "cause", "message", "claims"),
    [
        (Failing(), "KeyError", "it failed at test_guests.py:", 1),
        (Quiet(), "TypeError", "it failed at guests.py:", 0),
        (Endless(), "malformed", "it says more than the text has words; the rest was left out", 0),
        (Down(), "down", "the model is not there; start it", 0),
    ],
)
def test_a_proposer_that_fails_loses_nothing_but_the_rest(read, proposer, cause, message, claims):
    doc, found = read(proposer)
    (missed,) = doc._.missed
    assert (missed.proposer, missed.cause) == ("own", cause)
    assert message in missed.message
    assert len(made_by(found, "own")) == claims
    assert len(made_by(found, "rules")) == 1


def module(folder, code: str) -> str:
    """The name of a new module with the code."""
    name = f"own_proposer_{next(NUMBERS)}"
    (folder / f"{name}.py").write_text(code, encoding="utf-8")
    return name


CLASS = "class One:\n    name = {name!r}\n    def propose(self, scene):\n        return ()\n\n\n"
MAKE = CLASS + "def make(folders):\n    return One()\n"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (MAKE.format(name="Own One"), "makes a proposer whose name is 'Own One'; give it a name"),
        (MAKE.format(name=None), "makes a proposer whose name is None"),
        (MAKE.format(name="rules"), "is there already; rename it"),
        ("class One:\n    name = 'one'\n\n\nmake = lambda folders: One()\n", "no method propose"),
        ("make = 3\n", "makes no proposer: it failed .*'int' object is not callable"),
        ("def make():\n    return None\n", "makes no proposer: it failed .*takes 0 positional"),
        ("def make(folders):\n    raise OSError('no weights')\n", "OSError: no weights"),
        ("def build(folders):\n    return None\n", "cannot be loaded .AttributeError: .*'make'"),
        ("import no_such_thing\n", "cannot be loaded .ModuleNotFoundError: No module named 'no_su"),
        ("def make(:\n", "cannot be loaded .SyntaxError"),
        ("raise RuntimeError('not today')\n", "cannot be loaded .RuntimeError: not today"),
    ],
)
def test_what_cannot_be_loaded_is_refused_by_name(tmp_path, monkeypatch, code, message):
    monkeypatch.syspath_prepend(tmp_path)
    name = module(tmp_path, code)
    (tmp_path / "settings.toml").write_text(
        f'# own\nproposers = ["{name}:make"]\n', encoding="utf-8"
    )
    with pytest.raises(SettingError, match=rf"settings.toml:2: .*{name}.*{message}"):
        open_guests([f"{name}:make"], (*PACKAGED, tmp_path), None, taken=("rules",))


def test_a_module_that_is_not_there_is_refused_with_what_to_do():
    with pytest.raises(
        SettingError, match="Install no_such_module beside claims, or name its fold"
    ):
        open_guests(["no_such_module:make"], PACKAGED, None)


def test_two_of_one_name_are_refused(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    names = [f"{module(tmp_path, MAKE.format(name='one'))}:make" for _ in range(2)]
    assert [one.name for one in open_guests(names[:1], PACKAGED, None)] == ["one"]
    with pytest.raises(SettingError, match=f"the proposer 'one' of {names[1]} is there already"):
        open_guests(names, PACKAGED, None)
