"""How verbs show themselves: help in sections, no Python types, and the nearest of a wrong name."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from pipeline.errors import SettingError

_SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_OTHER = "Verbs"
_OPTIONS = "Options"


class Verb(TyperCommand):
    """One verb, whose help tells of arguments by their name and not by their type in Python."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, then the options, each with its help."""
        arguments = [p for p in self.params if p.param_type_name == "argument"]
        with_help = [(argument_name(p), getattr(p, "help", None) or "") for p in arguments]
        options = [p for p in self.get_params(ctx) if p not in arguments]
        _write_section(formatter, "Arguments", with_help)
        panels: dict[str, list[tuple[str, str]]] = {_OPTIONS: []}
        for option in options:
            heading = getattr(option, "rich_help_panel", None) or _OPTIONS
            record = _help_record(option, ctx)
            panels.setdefault(heading, []).extend([record] if record is not None else [])
        for heading, rows in panels.items():
            _write_section(formatter, heading, rows)


class Verbs(TyperGroup):
    """A family of verbs in sections; a name that is none of them is answered with the nearest."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the verb of that name.

        Raises:
            SettingError: there is none; the message has the nearest, and all that there are.
        """
        if (command := super().get_command(ctx, cmd_name)) is None and not ctx.resilient_parsing:
            raise SettingError(_no_verb(cmd_name, self.list_commands(ctx)))
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the verbs, section by section, each with the whole first sentence of its help."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for heading, name, summary in self.overview(ctx):
            sections.setdefault(heading, []).append((name, summary))
        width = max(len(name) for rows in sections.values() for name, _ in rows)
        for heading, rows in sections.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(width), text) for name, text in rows])

    def overview(self, ctx: Any) -> list[tuple[str, str, str]]:
        """The section, name and summary of each verb."""
        found = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            heading = getattr(command, "rich_help_panel", None) or _OTHER
            found.append((heading, name, command.get_short_help_str(400)))
        return found


def new_verbs(*, cls: type[Verbs] = Verbs, **settings: Any) -> typer.Typer:
    """An empty family of verbs, with what all families share."""
    return typer.Typer(
        cls=cls,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=_SETTINGS,
        **settings,
    )


def argument_name(argument: Any) -> str:
    """How an argument reads in help: its metavar, or else its name in capitals."""
    return str(argument.metavar or argument.name.upper())


def _help_record(option: Any, ctx: Any) -> tuple[str, str] | None:
    """How an option and its value are written, and its help; None for one that is hidden."""
    plain = not option.is_flag and not option.type_descriptor.is_choice
    if plain and option.metavar is None:
        option.metavar = option.name.upper()  # else help shows the type in Python
    record: tuple[str, str] | None = option.get_help_record(ctx)
    return record


def _write_section(formatter: Any, heading: str, rows: list[tuple[str, str]]) -> None:
    """Write the rows under the heading, and no heading over none."""
    if rows:
        with formatter.section(heading):
            formatter.write_dl(rows)


def _no_verb(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    meant = f"did you mean {near[0]!r}? There are" if near else "there are"
    return f"there is no verb {name!r}; {meant}: {', '.join(known)}"
