"""Imports point one way, no module is too long to be one, and docstrings say what is done."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXTRACTION = ROOT / "pipeline" / "extraction"
# From the bottom up; a package may import what stands before it and itself.
LAYERS = (
    "errors", "extras", "records", "identity", "guarded", "network", "files", "schemas",
    "jsonl_fields", "jsonl", "locking",
    "lexicon", "reading", "language", "learning", "extraction", "runs", "evaluation", "dataset",
    "explaining", "reprocess", "review", "teaching", "concepts", "lessons", "networks", "export",
    "importing", "report", "cli",
)  # fmt: skip
LONGEST = 300
# Components of extraction: the outside takes what the package gives, and nothing inside it.
DOORS = (
    "mentions",
    "coreference",
    "propose/rules",
    "propose/reader",
    "propose/llm",
    "judge",
    "settle",
    "assemble",
)
MOST_BRANCHES = 12


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """The modules of ours that a file imports, with the line; those for types alone too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)


def layer_of(module: str) -> str:
    return module.split(".")[1] if module.startswith("pipeline.") else ""


def branches_of(function: ast.FunctionDef) -> int:
    """How many ways its own code parts: each `if`, `and`, `or`, case, handler and loop, also inside
    comprehensions; functions within it are counted by themselves.
    """
    found = 0
    todo = list(ast.iter_child_nodes(function))
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef):
            continue
        found += ways_of(node)
        todo.extend(ast.iter_child_nodes(node))
    return found


def ways_of(node: ast.AST) -> int:
    match node:
        case ast.If() | ast.IfExp() | ast.For() | ast.While() | ast.ExceptHandler():
            return 1
        case ast.comprehension(ifs=conditions):
            return 1 + len(conditions)
        case ast.BoolOp(values=operands):
            return len(operands) - 1
        case ast.Match(cases=cases):
            return len(cases)
        case _:
            return 0


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
PROPOSERS = tuple(
    f"pipeline.extraction.propose.{name}" for name in ("rules", "reader", "llm", "guests")
)


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


def given_by(door: str) -> set[str]:
    """The names in ``__all__`` of a component's package."""
    tree = ast.parse((EXTRACTION / door / "__init__.py").read_text(encoding="utf-8"))
    lists = [node.value for node in tree.body if isinstance(node, ast.Assign)]
    return {name for found in lists for name in ast.literal_eval(found)}


def taken_from(path: Path, package: str) -> Iterator[str]:
    """What a file imports of a package: a name, or the dotted path of a module inside it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == package:
            yield from (alias.name for alias in node.names)
    for _, module in imports_of(path):
        if module.startswith(f"{package}."):
            yield module


@pytest.mark.parametrize("door", DOORS)
def test_the_outside_takes_what_a_component_gives(door: str) -> None:
    package = f"pipeline.extraction.{door.replace('/', '.')}"
    files = (*FILES, *(ROOT / "benchmarks").rglob("*.py"), *(ROOT / "tests").rglob("*.py"))
    own = (EXTRACTION / door, ROOT / "tests" / "extraction" / door)
    outside = [path for path in files if not any(map(path.is_relative_to, own))]
    taken = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in outside
        for name in taken_from(path, package)
        if name not in given_by(door)
    }
    assert taken == set()


@pytest.mark.parametrize("door", DOORS)
def test_a_component_is_given_by_its_package_and_made_inside(door: str) -> None:
    folder = EXTRACTION / door
    first, *others = ast.parse((folder / "__init__.py").read_text(encoding="utf-8")).body
    assert isinstance(first, ast.Expr)
    assert isinstance(first.value, ast.Constant)
    assert len(str(first.value.value).splitlines()) == 1
    assert {type(node) for node in others} == {ast.ImportFrom, ast.Assign}
    made = [path.name for path in folder.rglob("*.py") if "@Language.factory" in path.read_text()]
    assert made in ([], ["component.py"])


def test_branches_are_counted_wherever_they_stand() -> None:
    code = """
def plain(a): return a

def all_kinds(a, b):
    for one in [x for x in a if x if x > 1]:
        if one and b and a: return 1
        elif one or b: return 2
    while b if a else b: b = None
    try: pass
    except ValueError: pass
    match a:
        case 1: pass
        case _: pass

    def inner():
        return a or b
    return inner
"""
    functions = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef)]
    counts = {function.name: branches_of(function) for function in functions}
    assert counts == {"plain": 0, "all_kinds": 14, "inner": 1}


def test_no_function_has_more_than_a_dozen_branches() -> None:
    many = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} {count}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (count := branches_of(node)) > MOST_BRANCHES
    ]
    assert many == []
