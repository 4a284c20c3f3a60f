"""The command ``claims``: its verbs, and how it ends when something is wrong."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from pipeline import __version__
from pipeline.cli import (
    add,
    check,
    diff,
    entities,
    evaluate,
    explain,
    export,
    extract,
    review,
    rules,
    run,
    show,
    verify,
)
from pipeline.cli.console import BROKEN_PIPE, say
from pipeline.errors import PipelineError, SettingError

SOME_FAILED = 1
WRONG_CALL = 2
INTERRUPTED = 128 + signal.SIGINT
TERMINATED = 128 + signal.SIGTERM


class Verbs(TyperGroup):
    """The verbs; a name that is none of them is answered with those that are."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the verb of that name."""
        if (command := super().get_command(ctx, cmd_name)) is None:
            known = ", ".join(self.list_commands(ctx))
            raise SettingError(f"there is no verb {cmd_name!r}; there are: {known}")
        return command


app = typer.Typer(
    name="claims",
    cls=Verbs,
    help="Who supports or opposes what in news and policy writing.",
    epilog="Start with: claims extract",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"claims {__version__}")
        raise typer.Exit


@app.callback()
def claims(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Who supports or opposes what in news and policy writing."""


# One line a verb, in the order of the work; each module imports nothing heavy before it is called.
app.command(epilog="Example: claims add vote.txt --title 'The vote' --language en")(add.add)
app.command(epilog="Example: claims extract speeches.jsonl -o claims.jsonl")(extract.extract)
app.command(epilog=run.EXAMPLE)(run.run)
app.command(epilog=diff.EXAMPLE)(diff.diff)
app.command(epilog="Example: claims show latin-america-cyber-diplomacy")(show.show)
app.command(epilog="Example: claims explain latin-america-cyber-diplomacy:3")(explain.explain)
app.add_typer(entities.app, name="entities", epilog="Example: claims entities --unknown")
app.command(epilog="Example: claims rules --family warn --gold gold.jsonl")(rules.rules)
app.command(epilog="Example: claims check --models models")(check.check)
app.add_typer(review.app, name="review", epilog="Example: claims review start")
app.command(epilog="Example: claims verify")(verify.verify)
app.command(epilog="Example: claims export -f csv -o claims.csv")(export.export)
app.command(epilog="Example: claims evaluate gold.jsonl predicted.jsonl")(evaluate.evaluate)


def main() -> None:
    """Run the command line and end the process: 0 all went well, 1 some failed, 2 a wrong call."""
    signal.signal(signal.SIGTERM, _end_on_sigterm)
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
        say(f"error: {error}")
        sys.exit(WRONG_CALL if isinstance(error, SettingError) else SOME_FAILED)
    except BrokenPipeError:
        sys.exit(BROKEN_PIPE)
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        say(f"error: {error.strerror or error}{where}. Check that the path exists and is yours.")
        sys.exit(WRONG_CALL)


def _end_on_sigterm(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(TERMINATED)
