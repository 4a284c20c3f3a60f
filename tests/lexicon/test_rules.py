"""The words for the rules: every id that the code emits has some, and no other has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline.extraction
from pipeline.errors import LexiconError
from pipeline.extraction.propose.llm import NAME as LLM
from pipeline.extraction.propose.reader import NAME as READER
from pipeline.extraction.propose.rules import NAME
from pipeline.lexicon.cues import HOLDERS, JOINS, SLOTS, read_cues
from pipeline.lexicon.folder import packaged_models
from pipeline.lexicon.rules import INFERENCE, PROPOSER, REFUSAL, read_rules

EXTRACTION = Path(pipeline.extraction.__file__).parent
ROOMS = ("propose", "settle", "judge", "assemble")
CLAIMS = sorted(path for room in ROOMS for path in (EXTRACTION / room).rglob("*.py"))
PACKAGED = (packaged_models(),)
RULES = read_rules(PACKAGED)
ID = re.compile(r"rule\.[a-z]+(?:\.[a-z+-]+)?")
# Functions of the code that take the name of a slot, a place or an inference.
NAMES_SLOT = {"Target", "phrase_target"}
NAMES_INFERENCE = {"Held", "Resolution", "resolved", "pair_of", "_at"}


def strings_of(paths: list[Path]) -> Iterator[tuple[str, bool]]:
    """Every string of the code, and whether it is the beginning of an f-string."""
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                yield str(node.values[0].value), True
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value, False


def arguments_of(paths: list[Path], functions: set[str], keyword: str = "") -> set[str]:
    """The words that the named functions are called with, or that a keyword is given."""
    found = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                named = _name_of(node.func) in functions
                values = [*node.args] if named else []
                values += [word.value for word in node.keywords if named or word.arg == keyword]
                found |= {
                    value.value
                    for value in values
                    if isinstance(value, ast.Constant) and isinstance(value.value, str)
                }
    return {name for name in found if re.fullmatch(r"[a-z]+(-[a-z]+)*", name)}


def _name_of(function: ast.expr) -> str:
    return getattr(function, "id", None) or getattr(function, "attr", "")


def emitted_rules() -> tuple[set[str], set[str]]:
    """The ids that stand whole in the code, and the beginnings that it completes."""
    whole = {text for text, begins in strings_of(CLAIMS) if not begins and ID.fullmatch(text)}
    begun = {text for text, begins in strings_of(CLAIMS) if begins and text.startswith("rule.")}
    return whole, begun


def test_the_code_completes_only_the_ids_of_holders_and_targets():
    assert emitted_rules()[1] == {"rule.holder.", "rule.target."}


def test_every_rule_that_the_code_can_emit_has_words():
    whole, _ = emitted_rules()
    slots = {slot for cue in read_cues(PACKAGED) for slot in cue.targets} - {"none"}
    slots |= arguments_of(CLAIMS, NAMES_SLOT) - {"extraposed"}
    holders = set(HOLDERS) | {cue.holder for cue in read_cues(PACKAGED)}
    emitted = whole | {f"rule.target.{slot}" for slot in slots}
    emitted |= {f"rule.holder.{place}" for place in holders}
    assert sorted(emitted - RULES.entries.keys()) == []


def test_no_words_are_for_a_rule_that_the_code_has_not():
    whole, _ = emitted_rules()
    joined = {f"{slot}+{join}" for slot in ("object", "prep") for join in JOINS}
    slots = {*SLOTS, *joined, *arguments_of(CLAIMS, NAMES_SLOT)}
    known = whole | {f"rule.target.{slot}" for slot in slots}
    known |= {f"rule.holder.{place}" for place in (*HOLDERS, "among")}
    written = {rule for rule in RULES.entries if rule.startswith("rule.")}
    assert sorted(written - known) == []


def test_refusals_of_the_code_and_of_the_file_are_the_same():
    texts = {text for text, begins in strings_of(CLAIMS) if not begins}
    emitted = {text for text in texts if re.fullmatch(r"refusal\.[a-z-]+", text)}
    assert {rule for rule in RULES.entries if rule.startswith(REFUSAL)} == emitted


def test_every_proposer_has_words():
    assert {rule for rule in RULES.entries if rule.startswith(PROPOSER)} == {
        f"{PROPOSER}{NAME}",
        f"{PROPOSER}{READER}",
        f"{PROPOSER}{LLM}",
    }


def test_inferences_of_the_code_and_of_the_file_are_the_same():
    paths = [*CLAIMS]
    paths += sorted((EXTRACTION / "coreference").glob("*.py"))
    emitted = {f"{INFERENCE}{name}" for name in arguments_of(paths, NAMES_INFERENCE, "rule")}
    written = {rule for rule in RULES.entries if rule.startswith(INFERENCE)}
    assert written == emitted


def test_chained_inference_is_told_step_by_step():
    told = RULES.words_for_inference("holder:relative+last-person")
    assert told.startswith("the holder was found as what the relative pronoun stands for")
    assert told.endswith("and that one as the person named last")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rules:\n  - id: rule.x\n    says: Y.\n    why: z\n", r"rules\.yaml:2: unknown key 'why'"),
        ("rules:\n  - id: rule.x\n", r"rules\.yaml:2: rule\.x needs says"),
        ("rules:\n  - id: cue.x\n    says: Y.\n", r"rules\.yaml:2: the id 'cue\.x' must begin"),
        (
            "rules:\n  - id: rule.x\n    says: Y.\n  - id: rule.x\n    says: Z.\n",
            r"rules\.yaml:4: the id 'rule\.x' stands already at",
        ),
        ("rules: [a]\n", r"rules\.yaml:1: must be a list of entries"),
    ],
)
def test_wrong_file_is_refused_with_its_line(tmp_path, text, message):
    (tmp_path / "rules.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        read_rules((tmp_path,))


def test_own_words_replace_the_packaged_ones(tmp_path):
    text = "rules:\n  - id: rule.aspect\n    says: It goes on.\n"
    (tmp_path / "rules.yaml").write_text(text, encoding="utf-8")
    assert read_rules((*PACKAGED, tmp_path)).words_for("rule.aspect") == "It goes on."
