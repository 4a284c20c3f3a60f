"""Imports point one way, no module is too long to be one, and docstrings say what is done."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# From the bottom up; a package may import what stands before it and itself.
LAYERS = (
    "errors", "records", "guarded", "files", "schemas", "jsonl_fields", "jsonl", "locking",
    "lexicon", "reading", "language", "learning", "extraction", "runs", "evaluation", "dataset",
    "explaining", "reprocess", "review", "export", "cli",
)  # fmt: skip
LONGEST = 300


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """The modules of ours that a file imports, with the line; those for types alone too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)


def layer_of(module: str) -> str:
    return module.split(".")[1] if module.startswith("pipeline.") else ""


FILES = sorted((ROOT / "pipeline").rglob("*.py"))


def test_every_part_has_its_layer() -> None:
    parts = {path.relative_to(ROOT / "pipeline").parts[0].removesuffix(".py") for path in FILES}
    assert parts - {"__init__"} == set(LAYERS)


def test_imports_point_one_way() -> None:
    wrong = []
    for path in FILES:
        own = path.relative_to(ROOT / "pipeline").parts[0].removesuffix(".py")
        if own == "__init__":
            continue
        allowed = LAYERS[: LAYERS.index(own) + 1]
        for line, module in imports_of(path):
            if layer_of(module) not in ("", *allowed):
                wrong.append(f"{path.relative_to(ROOT)}:{line}: {module}")
    assert wrong == []


def test_docstrings_say_what_is_done_in_plain_words() -> None:
    openings = [
        f"{path.relative_to(ROOT)}: {text[:60]}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and (text := ast.get_docstring(node) or "").startswith("Nothing")
    ]
    assert openings == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_longer_than_one_noun_or_verb_takes(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


ROOMS = ROOT / "pipeline" / "extraction"
PROPOSERS = ("pipeline.extraction.propose.rules", "pipeline.extraction.propose.reader")


@pytest.mark.parametrize("room", ["judge", "settle"])
def test_who_judges_and_settles_knows_no_proposer(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {module}"
        for path in sorted((ROOMS / room).rglob("*.py"))
        for line, module in imports_of(path)
        if module.startswith(PROPOSERS)
    ]
    assert wrong == []


FLOW = ("scene", "propose", "judge", "settle", "assemble")


def test_the_flow_goes_one_way() -> None:
    wrong = []
    for number, room in enumerate(FLOW):
        paths = sorted((ROOMS / room).rglob("*.py")) or [ROOMS / f"{room}.py"]
        later = tuple(f"pipeline.extraction.{name}" for name in FLOW[number + 1 :])
        wrong += [
            f"{path.relative_to(ROOT)}:{line}: {module}"
            for path in paths
            for line, module in imports_of(path)
            if module.startswith(later)
        ]
    assert wrong == []


PICKLERS = {"pickle", "cPickle", "dill", "joblib", "shelve", "marshal", "cloudpickle"}


def test_nothing_is_pickled() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {module}"
        for path in [*FILES, *sorted((ROOT / "benchmarks").rglob("*.py"))]
        for line, module in imports_of(path)
        if module.split(".")[0] in PICKLERS
    ]
    assert wrong == []
    kept = [*(ROOT / "models").rglob("*.pkl"), *(ROOT / "models").rglob("*.pickle")]
    assert kept == []
