"""What the command prints: data to stdout, talk to stderr, nothing that a terminal would obey."""

from __future__ import annotations

import io
import logging
import os
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn, TextIO

import typer

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

BROKEN_PIPE = 141
PIPE_WIDTH = 120
_REPLACEMENT = "\ufffd"
_CONTROL_PICTURES = 0x2400
# Marks that reorder, hide or break what follows them on a terminal.
_INVISIBLE = {
    *range(0x7F, 0xA0),
    *range(0x200E, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2070),
    0x061C,
    0xFEFF,
    *range(0xE0000, 0xE0080),
}


def visible(text: str) -> str:
    r"""``text``, as long as before, with nothing that a terminal obeys: each is shown as a sign.

    Line ends and tabs stay; escape and other control characters, marks that change the reading
    direction, and lone surrogates do not.

    >>> visible("Chile\x1b[31m objected.")
    'Chile␛[31m objected.'
    """
    return text if text.isprintable() else "".join(map(_visible_character, text))


def _visible_character(character: str) -> str:
    code = ord(character)
    if character in "\n\t":
        return character
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    return _REPLACEMENT if code in _INVISIBLE or 0xD800 <= code <= 0xDFFF else character


def on_one_line(text: str) -> str:
    r"""``text`` made visible, its runs of white space each one space.

    >>> on_one_line("the use\nof  force")
    'the use of force'
    """
    return " ".join(visible(text).split())


def say(message: str) -> None:
    """Print one message for the person, on stderr."""
    typer.echo(visible(message), err=True)


def fail(message: str, *, code: int) -> NoReturn:
    """Print ``message`` on stderr and end the command with the exit ``code``."""
    say(message)
    raise typer.Exit(code)


def emit(text: str, *, styled: bool = False) -> None:
    """Print data on stdout; whoever stops reading ends the command quietly.

    On a terminal nothing of it is obeyed, but for colours of our own where it is ``styled``; a
    pipe or a file gets it as it is.

    Raises:
        typer.Exit: the reader of the pipe has gone (code 141, as a shell has it).
    """
    with leaving_on_broken_pipe():
        typer.echo(text if styled else _for_stdout(text), nl=False)
        sys.stdout.flush()


def emit_bytes(data: bytes) -> None:
    """Write data that is no text to stdout as it is.

    Raises:
        SettingError: stdout is a terminal, which would show it as garbage.
        typer.Exit: the reader of the pipe has gone (code 141, as a shell has it).
    """
    from pipeline.errors import SettingError

    if stdout_is_terminal():
        raise SettingError("this format is no text; name a file for it with: -o PATH")
    with leaving_on_broken_pipe():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


@contextmanager
def leaving_on_broken_pipe() -> Iterator[None]:
    """A block in which a closed pipe ends the command, without a word, with exit code 141."""
    try:
        yield
    except BrokenPipeError as error:
        _forget_stdout()
        raise typer.Exit(BROKEN_PIPE) from error


def _for_stdout(text: str) -> str:
    """The text as it goes to stdout: with signs on a terminal, where CSV has its own line ends."""
    if not stdout_is_terminal():
        return text
    return visible(text.removeprefix("\ufeff").replace("\r\n", "\n"))


def _forget_stdout() -> None:
    """Send what is still unwritten nowhere, so that closing down does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def stdout_is_terminal() -> bool:
    """Whether a person is looking at stdout, in colour if need be."""
    return sys.stdout.isatty()


def emit_renderable(renderable: RenderableType) -> None:
    """Print something of rich's on stdout: in colour on a terminal, plain in a pipe or a file."""
    from rich.console import Console

    buffer = io.StringIO()
    terminal = stdout_is_terminal()
    console = Console(
        file=buffer,
        force_terminal=terminal,
        no_color=not terminal or bool(os.environ.get("NO_COLOR")),
        width=None if terminal else int(os.environ.get("COLUMNS") or PIPE_WIDTH),
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.print(renderable)
    lines = buffer.getvalue().splitlines()
    emit("".join(f"{line if terminal else line.rstrip()}\n" for line in lines), styled=True)


@contextmanager
def progress(description: str, total: float | None) -> Iterator[Callable[[float], None]]:
    """A function that moves a progress bar on to a value; the bar shows on a terminal alone.

    ``total`` and the values are in whatever unit the caller counts (articles, bytes).
    """
    if not sys.stderr.isatty():
        with _following(lambda _: None):
            yield lambda _: None
        return
    from rich.progress import Progress

    with Progress(console=_stderr_console(), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task(description, total=total)
        with _following(lambda words: bar.update(task, description=f"{description}, {words}")):
            yield lambda value: bar.update(task, completed=value)


@contextmanager
def _following(show: Callable[[str], None]) -> Iterator[None]:
    """A block in which ``show`` is told what long work is at; its warnings are said."""
    logger = logging.getLogger("pipeline")
    handler, level = _Follower(show), logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


class _Follower(logging.Handler):
    """Says warnings, and shows the rest where the progress is shown."""

    def __init__(self, show: Callable[[str], None]) -> None:
        super().__init__()
        self._show = show

    def emit(self, record: logging.LogRecord) -> None:
        """Show or say one message."""
        words = on_one_line(record.getMessage())
        if record.levelno >= logging.WARNING:
            say(words)
        else:
            self._show(words)


def _stderr_console() -> Console:
    from rich.console import Console

    return Console(stderr=True, markup=False, emoji=False, highlight=False)


def binary_stdin() -> BinaryIO:
    """Standard input as bytes."""
    return typer.get_binary_stream("stdin")


class _VisibleStream(io.TextIOWrapper):
    """Text to a terminal, with nothing in it that a terminal obeys."""

    def write(self, text: str) -> int:
        """How many characters were written."""
        return super().write(visible(text))


@contextmanager
def utf8_stdout() -> Iterator[TextIO]:
    """Standard output as UTF-8 text, whatever the terminal's encoding, line ends as they are."""
    raw = typer.get_binary_stream("stdout")
    kind = _VisibleStream if stdout_is_terminal() else io.TextIOWrapper
    stream = kind(raw, encoding="utf-8", newline="", write_through=True)
    try:
        yield stream
    finally:
        stream.detach()


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number and its noun, in the singular where it is one.

    >>> counted(1, "claim"), counted(1200, "claim"), counted(0, "entity", "entities")
    ('1 claim', '1,200 claims', '0 entities')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def command_name() -> str:
    """How the person can call this command: its name, or its path where it is not on PATH."""
    called = Path(sys.argv[0])
    on_path = shutil.which("claims") is not None
    return shlex.quote(sys.argv[0]) if called.name == "claims" and not on_path else "claims"
