"""The options that several verbs share, said once."""

from __future__ import annotations

import shlex
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.dataset.records import Rule
from pipeline.errors import SettingError

if TYPE_CHECKING:
    from pipeline.reading.corpus import Corpus

CorpusOption = Annotated[
    Path, typer.Option("--corpus", metavar="FOLDER", help="The folder of the articles.")
]
AnnotationsOption = Annotated[
    Path, typer.Option("--annotations", metavar="FOLDER", help="The folder of what was found.")
]
ModelsOption = Annotated[
    Path | None,
    typer.Option(
        "--models",
        metavar="FOLDER",
        help="Your own lexicons and settings, laid over the packaged ones. "
        "By default ./models, where there is one.",
    ),
]


class Profile(StrEnum):
    """Who proposes claims: the rules alone, or the learned reader as well."""

    FAST = "fast"
    FULL = "full"


ProfileOption = Annotated[
    Profile | None,
    typer.Option(
        "--profile",
        help="Who proposes claims: full, the rules and a learned reader; fast, the rules alone. "
        "By default the settings' one, full.",
        show_default=False,
    ),
]

WorkersOption = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        min=1,
        help="How many processes extract; 1 for none beside this one. By default as many as there "
        "are cores to use.",
        show_default=False,
    ),
]

TitleOption = Annotated[str | None, typer.Option("--title", help="The title.")]
AuthorOption = Annotated[str | None, typer.Option("--author", help="Who wrote it.")]
DateOption = Annotated[
    str | None,
    typer.Option("--date", help="When it was published, as 2024-05-31, 2024-05 or 2024."),
]
PublisherOption = Annotated[str | None, typer.Option("--publisher", help="Who published it.")]
UrlOption = Annotated[str | None, typer.Option("--url", help="Where it was published.")]
LanguageOption = Annotated[
    str | None, typer.Option("--language", help="Its language, as en or pt-BR.")
]
LicenceOption = Annotated[
    str | None, typer.Option("--licence", help="Under what licence it may be used.")
]

ProjectOption = Annotated[
    str | None,
    typer.Option(
        "--project",
        metavar="TITLE",
        help="The project's title on the server. By default that of annotations/review.toml, "
        "or Claims.",
        show_default=False,
    ),
]
ReviewersOption = Annotated[
    int | None,
    typer.Option(
        "--reviewers",
        min=1,
        help="How many people must see each claim. By default as annotations/review.toml or the "
        "project on the server has it, or 1.",
        show_default=False,
    ),
]
RuleOption = Annotated[
    Rule | None,
    typer.Option(
        "--rule",
        help="When a claim counts as verified (docs/review.md). By default as "
        "annotations/review.toml has it, or majority.",
        show_default=False,
    ),
]

CORPUS = Path("corpus")
ANNOTATIONS = Path("annotations")


def complete_article(context: typer.Context, incomplete: str) -> list[str]:
    """The ids of the corpus that begin with what was typed, for the shell's completion."""
    folder = Path(context.params.get("corpus") or CORPUS)
    if not folder.is_dir():
        return []
    return sorted(path.stem for path in folder.glob("*.txt") if path.stem.startswith(incomplete))


def stated_metadata(*values: str | None) -> dict[str, object]:
    """The metadata that a call gives; ``values`` are those of the options from title to licence.

    Raises:
        SettingError: for an empty value, or a date, language or url that is none.
    """
    from pipeline.reading.metadata import FIELDS, check_overrides

    return check_overrides(dict(zip(FIELDS, values, strict=True)))


def existing_corpus(folder: Path) -> Corpus:
    """The corpus in a folder that is there.

    Raises:
        SettingError: it is not there, as when the command runs in another folder than meant.
    """
    from pipeline.reading.corpus import Corpus

    if not folder.exists():
        raise SettingError(
            f"no corpus folder {str(folder)!r} here. Go to the project's folder, name the corpus "
            "with --corpus, or begin one with: claims add FILE"
        )
    return Corpus(folder)


def existing_extractions(annotations: Path) -> Path:
    """The folder of the extractions, where something was extracted once.

    Raises:
        SettingError: it is not there, as when the command runs in another folder than meant.
    """
    folder = annotations / "extracted"
    if not folder.is_dir():
        raise SettingError(
            f"nothing is extracted here: there is no folder {str(folder)!r}. Go to the project's "
            "folder, name the annotations with --annotations, or first run: claims extract"
        )
    return folder


def chosen_rule(annotations: Path, rule: Rule | None) -> Rule:
    """The rule that was said, or else that of ``annotations/review.toml``.

    Raises:
        SettingError: that file is wrong.
    """
    from pipeline.dataset.settings import read_review_settings

    return read_review_settings(annotations).but(rule=rule).rule


def chosen_workers(workers: int | None) -> int:
    """The number that was said, or else that of the cores that this process may use."""
    from pipeline.runs.cores import usable_cores

    return workers or usable_cores()


def writable_place(path: Path) -> Path:
    """``path``, where a result can be written: the folder that it names is there.

    Raises:
        SettingError: it is not; no folder is made that nobody asked for.
    """
    if not path.parent.is_dir():
        raise SettingError(
            f"there is no folder {str(path.parent)!r} to write {path.name} to. "
            f"Make it with: mkdir -p {shlex.quote(str(path.parent))}"
        )
    return path
