"""What the rules of the claim grammar do, in words, from ``models/rules.yaml``."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import LexiconError
from pipeline.lexicon.yaml_lines import LINE, read_yaml, refuse_unknown

FILE = "rules.yaml"
INFERENCE = "inference."
REFUSAL = "refusal."
PROPOSER = "proposer."
_SECTIONS = {
    "rules": "rule.", "refusals": REFUSAL, "inferences": INFERENCE, "proposers": PROPOSER,
}  # fmt: skip
_KEYS = ("id", "says", "examples")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, refusal, inference or proposer: what it does in a sentence, and sentences with it."""

    id: str
    says: str
    examples: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All of them by their ids."""

    entries: Mapping[str, Rule]

    def words_for(self, rule: str) -> str:
        """What the rule does, or that nothing is written about it.

        >>> Rules({}).words_for("rule.x")
        'no words for this rule in rules.yaml'
        """
        entry = self.entries.get(rule)
        return entry.says if entry else f"no words for this rule in {FILE}"

    def words_for_inference(self, inference: str) -> str:
        """How a role was inferred, from an entry of the evidence such as ``holder:last-state``.

        >>> Rules({}).words_for_inference("holder:x")
        'the holder was found by rule x'
        """
        role, _, names = inference.partition(":")
        steps = [self.entries.get(INFERENCE + name) for name in names.split("+")]
        known = [step.says for step in steps if step]
        if not known or len(known) < len(steps):
            return f"the {role} was found by rule {names}"
        return f"the {role} was found {', and that one '.join(known)}"


def read_rules(folders: tuple[Path, ...]) -> Rules:
    """The rules of all folders; a later folder's words for an id replace the earlier ones.

    Raises:
        LexiconError: a file has an unknown key, an id of a wrong shape or twice, or no words.

    """
    rules: dict[str, Rule] = {}
    for folder in folders:
        path = folder / FILE
        if os.path.lexists(path):
            rules.update(_read_file(path))
    return Rules(rules)


def _read_file(path: Path) -> dict[str, Rule]:
    data = read_yaml(path)
    refuse_unknown(data, _SECTIONS, path)
    rules: dict[str, Rule] = {}
    for section, prefix in _SECTIONS.items():
        for rule in _read_section(data.get(section) or [], prefix, path):
            if rule.id in rules:
                raise LexiconError(
                    f"{rule.place}: the id {rule.id!r} stands already at {rules[rule.id].place}"
                )
            rules[rule.id] = rule
    return rules


def _read_section(rows: Any, prefix: str, path: Path) -> Iterator[Rule]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise LexiconError(f"{path}:1: must be a list of entries that begin with '- id: {prefix}…'")
    for row in rows:
        refuse_unknown(row, _KEYS, path)
        place = f"{path}:{row[LINE]}"
        if not (isinstance(row.get("id"), str) and row["id"].startswith(prefix)):
            raise LexiconError(f"{place}: the id {row.get('id')!r} must begin with {prefix!r}")
        if not isinstance(row.get("says"), str) or not row["says"].strip():
            raise LexiconError(f"{place}: {row['id']} needs says, a sentence")
        examples = row.get("examples") or []
        if not isinstance(examples, list) or not all(isinstance(one, str) for one in examples):
            raise LexiconError(f"{place}: examples must be a list of sentences")
        yield Rule(row["id"], row["says"].strip(), tuple(examples), place)
