"""The verbs of ``claims``, each loaded when it is called for and not before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer

from pipeline.cli.verbs import Verb, Verbs, new_verbs

ARTICLES, EXTRACTION, LEXICONS = "Articles", "Extraction", "Lexicons"
REVIEW, RESULTS = "Review", "Results"


@dataclass(frozen=True, slots=True)
class Line:
    """One verb in the overview: its section and its help's first sentence.

    ``module`` lies in ``pipeline.cli`` and has the function, or where ``function`` is ``app`` a
    family of verbs. The example is the module's ``EXAMPLE`` where none is given.
    """

    name: str
    section: str
    summary: str
    module: str
    function: str
    example: str = ""


LINES = (
    Line(
        "add",
        ARTICLES,
        "Add article files to the corpus; their text is fixed as it then stands.",
        "add",
        "add",
        "Example: claims add vote.txt --title 'The vote' --language en",
    ),
    Line(
        "edit",
        ARTICLES,
        "Change an article's metadata; its text, and so every decision on it, stays as it is.",
        "edit",
        "edit",
    ),
    Line(
        "rename",
        ARTICLES,
        "Give an article another id, with its original, its extractions and its decisions.",
        "rename",
        "rename",
    ),
    Line(
        "remove",
        ARTICLES,
        "Take an article out: its text, metadata, original and extractions.",
        "remove",
        "remove",
    ),
    Line(
        "extract",
        EXTRACTION,
        "Extract claims from new articles, or from JSON lines.",
        "extract",
        "extract",
    ),
    Line(
        "run",
        EXTRACTION,
        "Do the whole job: add new articles, extract, merge with the decisions, push to review.",
        "run",
        "run",
    ),
    Line(
        "diff",
        EXTRACTION,
        "Show the claims gained (+), lost (-) and changed (~) between two extractions.",
        "diff",
        "diff",
    ),
    Line(
        "show",
        EXTRACTION,
        "Show an article with its mentions and claims marked.",
        "show",
        "show",
        "Example: claims show latin-america-cyber-diplomacy",
    ),
    Line(
        "explain",
        EXTRACTION,
        "Explain in words why a claim was made, or with --refused why none was.",
        "explain",
        "explain",
        "Example: claims explain latin-america-cyber-diplomacy:3",
    ),
    Line(
        "import",
        EXTRACTION,
        "Bring in claims of any extractor, to be reviewed like the machine's own.",
        "import_",
        "import_",
    ),
    Line(
        "learn",
        REVIEW,
        "Learn from the decisions which proposed claims stand, with which stance, and how sure.",
        "learn",
        "learn",
    ),
    Line(
        "verify",
        REVIEW,
        "Rebuild annotations/verified.jsonl from the decisions, and prove that all holds.",
        "verify",
        "verify",
        "Example: claims verify",
    ),
    Line(
        "export",
        RESULTS,
        "Write the verified claims in a format; what the columns mean goes beside a table.",
        "export",
        "export",
        "Example: claims export -f csv -o claims.csv",
    ),
    Line(
        "networks",
        RESULTS,
        "Write discourse networks: actors by concepts, congruence and conflict of either.",
        "networks",
        "networks",
    ),
    Line(
        "report",
        RESULTS,
        "Write one page that shows who supports and who opposes what, and the sentences behind it.",
        "report",
        "report",
    ),
    Line(
        "evaluate",
        RESULTS,
        "Score predictions against gold: mentions, links, claims, stances and targets.",
        "evaluate",
        "evaluate",
    ),
    Line(
        "rules",
        LEXICONS,
        "List the cues and rules with the claims they made, and what people decided of these.",
        "rules",
        "rules",
    ),
    Line(
        "check",
        LEXICONS,
        "Check every file under models: unknown keys, clashing names, examples that do not hold.",
        "check",
        "check",
        "Example: claims check --models models",
    ),
    Line("review", REVIEW, "Have the claims checked by people in Label Studio.", "review", "app"),
    Line(
        "concepts",
        RESULTS,
        "List what claims are about; say what the targets that no concept takes are about.",
        "concepts",
        "app",
    ),
    Line(
        "entities",
        LEXICONS,
        "List the entities of the corpus; merge, rename and split them.",
        "entities",
        "app",
    ),
)
"""In the order of the work."""


class Loaded(dict[str, Any]):
    """The commands by their names; one is loaded when it is asked for."""

    def __init__(self, lines: Iterable[Line]) -> None:
        super().__init__({line.name: line for line in lines})

    def __getitem__(self, name: str) -> Any:
        found = super().__getitem__(name)
        if isinstance(found, Line):
            found = self[name] = load(found)
        return found

    def get(self, name: str, default: Any = None) -> Any:
        """The command of that name, loaded."""
        try:
            return self[name]
        except KeyError:
            return default

    def items(self) -> Any:
        """All names with their commands, loaded."""
        return {name: self[name] for name in self}.items()

    def values(self) -> Any:
        """All commands, loaded."""
        return {name: self[name] for name in self}.values()


class Program(Verbs):
    """The family of all verbs; its overview is written without a look at any."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = Loaded(LINES)

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the verbs, in the order of the work."""
        del ctx
        return list(self.commands)

    def overview(self, ctx: Any) -> list[tuple[str, str, str]]:
        """The section, name and summary of each verb."""
        del ctx
        return [(line.section, line.name, line.summary) for line in LINES]


def load(line: Line) -> Any:
    """The command that the line tells of, as it is called."""
    module = import_module(f"pipeline.cli.{line.module}")
    function = getattr(module, line.function)
    family = new_verbs()
    family.callback()(_together)  # a family of one is no family
    if line.function == "app":
        family.add_typer(function, name=line.name, rich_help_panel=line.section)
    else:
        family.command(
            line.name,
            cls=Verb,
            rich_help_panel=line.section,
            epilog=line.example or module.EXAMPLE,
        )(function)
    group: Any = typer.main.get_command(family)
    return group.commands[line.name]


def _together() -> None:
    """Verbs."""
