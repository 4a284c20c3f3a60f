"""Words are data: no collection of words that an analyst could want to edit stands in Python.

What may stay in ``pipeline/extraction``: the parser's own labels, names that our files define, ids
of rules, and marks. Function words have one home, ``pipeline/language/words.py``, and those that
deny ``negation_words.py``.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
from spacy.glossary import GLOSSARY

from pipeline.extraction.build import COMPONENTS
from pipeline.extraction.judge import FEATURES, POSITION, STANCES
from pipeline.lexicon import cues
from pipeline.records import Kind

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "pipeline" / "extraction").rglob("*.py"))
# Dependency labels of spaCy's English pipelines that its glossary leaves out.
LABELS = {*GLOSSARY, "dative", "npadvmod", "oprd", "relcl", "ROOT", "predet", "preconj"}
OWN = {
    *cues.POS, *cues.STANCES, *cues.HOLDERS, *cues.SLOTS, *cues.JOINS, *cues.NEGATIONS,
    *cues.TRAITS, *COMPONENTS, *FEATURES, *POSITION, *STANCES,
}  # fmt: skip
# What the reader's weights and their manifest are called, in the reader's folder alone.
OF_READER = {
    *(kind.value for kind in Kind), "pronoun", "phrase", "name", "nobody", "other",
    "title", "speaker", "issuer", "manifest.json", "weights.onnx", "heads.onnx", "tokenizer.json",
    "stances", "people", "dependencies", "parts", "listed", "pieces", "begins", "ends", "features",
    "words",
    "whole", "cue", "rows", "row_features", "person_features",
}  # fmt: skip
# What a chat completion and its JSON Schema are called, in the language model's folder alone.
OF_LLM = {
    "role", "content", "model", "messages", "temperature", "max_tokens", "response_format", "type",
    "json_schema", "name", "strict", "schema", "asked", "answer", "target", "attribution",
}  # fmt: skip
NAMES = {
    "propose/reader": OF_READER,
    "propose/llm": OF_LLM,
    "assemble/component.py": {"models", "profile", "guests"},
    "build.py": {"profile", "guests"},
}
IDS = ("rule.", "refusal.", "cue.", "doc.", "token.", "unknown:")


def strings(nodes: list[ast.expr | None]) -> list[str]:
    values = [node.value for node in nodes if isinstance(node, ast.Constant)]
    return [value for value in values if isinstance(value, str)]


def words_of(node: ast.AST) -> list[str]:
    """The strings of a collection that is written out, or of a text that is split into words."""
    if isinstance(node, ast.Set | ast.List | ast.Tuple):
        return strings(list(node.elts))
    if isinstance(node, ast.Dict):
        return strings(list(node.keys))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        value = node.func.value
        if node.func.attr == "split" and isinstance(value, ast.Constant):
            return str(value.value).split()
    return []


def may_stay(word: str) -> bool:
    if word in LABELS or word.startswith(IDS) or not any(map(str.isalpha, word)):
        return True
    return all(part in OWN for part in word.split("+"))


def names_in(path: Path) -> set[str]:
    """The names that may stand in this file and in no other part."""
    place = path.relative_to(ROOT / "pipeline" / "extraction").as_posix()
    return next((names for part, names in NAMES.items() if place.startswith(part)), set())


def names_no_words(target: ast.expr) -> bool:
    """Whether the collection has the names of a module or the keys of a file."""
    return isinstance(target, ast.Name) and (target.id == "__all__" or target.id.endswith("_KEYS"))


def editable_words(tree: ast.AST, names: Collection[str] = ()) -> Iterator[tuple[int, list[str]]]:
    named = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and any(map(names_no_words, node.targets))
    }
    for node in ast.walk(tree):
        words = words_of(node) if id(node) not in named else []
        if len(words) > 1 and not all(word in names or may_stay(word) for word in words):
            yield getattr(node, "lineno", 0), words


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_words_of_an_analyst_stand_in_python(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert list(editable_words(tree, names_in(path))) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_grammar_asks_for_traits_and_not_for_families(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [
        n.lineno for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr == "family"
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('X = frozenset({"say", "tell"})', [["say", "tell"]]),
        ('X = frozenset("say tell".split())', [["say", "tell"]]),
        ('if word in ("north", "south"): pass', [["north", "south"]]),
        ('X = {"bloc": 1, "union": 2}', [["bloc", "union"]]),
        ('if word.dep_ in ("nsubj", "dobj"): pass', []),
        ('X = ("“", "”")', []),
        ('__all__ = ["Scene", "read_scene"]', []),
        ('if word == "it": pass', []),
    ],
)
def test_the_search_finds_words_and_leaves_labels(source: str, found: list[list[str]]) -> None:
    assert [words for _, words in editable_words(ast.parse(source))] == found
