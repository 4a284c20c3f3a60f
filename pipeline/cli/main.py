"""The command ``claims``: its verbs, and how it ends when something is wrong."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Annotated

import typer

from pipeline.cli import (
    add,
    check,
    concepts,
    diff,
    edit,
    entities,
    evaluate,
    explain,
    export,
    extract,
    import_,
    learn,
    networks,
    remove,
    rename,
    report,
    review,
    rules,
    run,
    show,
    verify,
)
from pipeline.cli.console import BROKEN_PIPE, say
from pipeline.cli.verbs import Verb, new_verbs
from pipeline.errors import PipelineError, SettingError

DEBUG = "CLAIMS_DEBUG"
"""The name in the environment that has a fault of the program's own traced."""

SOME_FAILED = 1
WRONG_CALL = 2
INTERRUPTED = 128 + signal.SIGINT
TERMINATED = 128 + signal.SIGTERM
_COLLECTED_AFTER = (50_000, 20, 50)
"""After how many new objects Python looks for unreachable ones; by default it does so every 700,
which takes a fifth of the time where a large ledger is read."""


app = new_verbs(
    name="claims",
    help="Who supports or opposes what in news and policy writing.",
    epilog="Start with: claims extract",
    add_completion=True,
    no_args_is_help=True,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from pipeline.cli.versions import version_lines

        typer.echo("\n".join(version_lines()))
        raise typer.Exit


@app.callback()
def claims(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Print the versions of the program, spaCy, the model and the lexicon.",
            callback=_print_version,
            is_eager=True,
        ),
    ] = False,
) -> None:
    """Who supports or opposes what in news and policy writing."""


ARTICLES, EXTRACTION, LEXICONS = "Articles", "Extraction", "Lexicons"
REVIEW, RESULTS = "Review", "Results"


def _verb(
    function: Callable[..., None], section: str, example: str, *, name: str | None = None
) -> None:
    app.command(name, cls=Verb, rich_help_panel=section, epilog=example)(function)


# One line a verb, in the order of the work; each module imports nothing heavy before it is called.
_verb(add.add, ARTICLES, "Example: claims add vote.txt --title 'The vote' --language en")
_verb(edit.edit, ARTICLES, edit.EXAMPLE)
_verb(rename.rename, ARTICLES, rename.EXAMPLE)
_verb(remove.remove, ARTICLES, remove.EXAMPLE)
_verb(extract.extract, EXTRACTION, "Example: claims extract speeches.jsonl -o claims.jsonl")
_verb(run.run, EXTRACTION, run.EXAMPLE)
_verb(diff.diff, EXTRACTION, diff.EXAMPLE)
_verb(show.show, EXTRACTION, "Example: claims show latin-america-cyber-diplomacy")
_verb(explain.explain, EXTRACTION, "Example: claims explain latin-america-cyber-diplomacy:3")
_verb(import_.import_, EXTRACTION, import_.EXAMPLE, name="import")
app.add_typer(review.app, name="review", rich_help_panel=REVIEW)
_verb(learn.learn, REVIEW, learn.EXAMPLE)
_verb(verify.verify, REVIEW, "Example: claims verify")
_verb(export.export, RESULTS, "Example: claims export -f csv -o claims.csv")
app.add_typer(concepts.app, name="concepts", rich_help_panel=RESULTS)
_verb(networks.networks, RESULTS, networks.EXAMPLE)
_verb(report.report, RESULTS, report.EXAMPLE)
_verb(evaluate.evaluate, RESULTS, evaluate.EXAMPLE)
app.add_typer(entities.app, name="entities", rich_help_panel=LEXICONS)
_verb(rules.rules, LEXICONS, "Example: claims rules --family warn")
_verb(check.check, LEXICONS, "Example: claims check --models models")


def main() -> None:
    """Run the command line and end the process: 0 all went well, 1 some failed, 2 a wrong call."""
    signal.signal(signal.SIGTERM, _end_on_sigterm)
    gc.set_threshold(*_COLLECTED_AFTER)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except SystemExit as exit_:
        if exit_.code == INTERRUPTED:
            say("Interrupted; nothing is half-written. The same command takes up the work again.")
        raise
    except PipelineError as error:
        say(f"Error: {error}")
        sys.exit(WRONG_CALL if isinstance(error, SettingError) else SOME_FAILED)
    except BrokenPipeError:
        sys.exit(BROKEN_PIPE)
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        say(f"Error: {error.strerror or error}{where}. Check that the path exists and is yours.")
        sys.exit(WRONG_CALL)
    except Exception as error:  # a fault of this program's: said in a line, traced where asked
        if os.environ.get(DEBUG):
            raise
        fault = f"{type(error).__name__}: {error}"[:300]
        say(f"error: this should not have happened ({fault}); nothing is half-written.")
        say(f"Set {DEBUG}=1 to see where it was, and report it with the command that was given.")
        sys.exit(SOME_FAILED)


def _end_on_sigterm(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(TERMINATED)
