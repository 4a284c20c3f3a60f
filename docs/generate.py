"""Write ``docs/cli.md`` from the command's own help, or with ``--check`` say if it is stale."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from pipeline.cli.main import app
from pipeline.cli.verbs import argument_name

PAGE = Path(__file__).with_name("cli.md")
HEAD = """# The command line

This page is written by `make docs` from the program's own help. Data goes to stdout or to the named
file, talk to stderr. Exit codes: 0 all went well; 1 some articles failed (the last line counts them
by cause); 2 a setting or the call is wrong, and nothing was started; 130 interrupted, and nothing
is half-written.
"""


def reference() -> str:
    """Return the whole page."""
    sections = (_section(path, command) for path, command in _commands(typer.main.get_command(app)))
    return "\n".join([HEAD, *sections])


def _commands(command: Any, path: str = "claims") -> Iterator[tuple[str, Any]]:
    verbs = getattr(command, "commands", {})
    if not verbs or command.invoke_without_command:
        yield path, command
    for name, verb in verbs.items():
        yield from _commands(verb, f"{path} {name}")


def _section(path: str, command: Any) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    shown = " ".join(_argument(argument) for argument in arguments)
    usage = " ".join(filter(None, [path, "[OPTIONS]" if options else "", shown]))
    lines = [f"## {path}", "", "```", usage, "```", "", inspect.cleandoc(command.help or ""), ""]
    lines += [f"- `{argument_name(a)}`: {a.help}" for a in arguments]
    lines += [_option(option) for option in options]
    if command.epilog:
        lines += ["", *_example(command.epilog)]
    return "\n".join([*lines, ""])


def _argument(argument: Any) -> str:
    name = argument_name(argument) + ("…" if argument.nargs == -1 else "")
    return name if argument.required else f"[{name}]"


def _option(option: Any) -> str:
    names = ", ".join(f"`{name}`" for name in sorted(option.opts, key=len))
    value = f" `{option.metavar or option.name.upper()}`" if not option.is_flag else ""
    default = option.default
    shown = default is not None and default is not False and not callable(default)
    return f"- {names}{value}: {option.help}" + (f" Default: `{default}`." if shown else "")


def _example(epilog: str) -> list[str]:
    return ["```sh", *(line.removeprefix("Example: ") for line in epilog.splitlines()), "```"]


def main() -> None:
    """Write the page, or check it."""
    page = reference()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page:
        print(f"{PAGE.name} is not what the program's help says. Run: make docs", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
