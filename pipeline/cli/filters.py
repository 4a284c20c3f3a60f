"""The filters of claims as options, said once: ``@with_filters`` gives them to a verb.

The verb has one parameter of the type ``Filter`` and calls ``narrow`` with what it gathered:

    @with_filters
    def export(…, wanted: Filter = NO_FILTER) -> None:
        gathered = narrow(gather_verified(…), wanted)
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.export.filters import Filter, filtered
from pipeline.export.gather import Gathered
from pipeline.reading.dates import EXAMPLE

PANEL = "Filters"
"""The heading under which help lists the options."""

NO_FILTER = Filter()

_OWN = "wanted_"  # before the names of the options, which a verb may have parameters of


def _option(kind: Any, name: str, metavar: str, about: str) -> Any:
    return Annotated[
        kind,
        typer.Option(name, metavar=metavar, help=about, rich_help_panel=PANEL, show_default=False),
    ]


_WORDS, _DATE, _SCORE = list[str] | None, str | None, float | None  # words: as often as one likes
_OPTIONS: dict[str, Any] = {  # by the fields of Filter, in their order
    "articles": _option(_WORDS, "--article", "ID", "Of this article; several for any of them."),
    "since": _option(_DATE, "--since", "DATE", f"Published then or later, as {EXAMPLE}."),
    "until": _option(_DATE, "--until", "DATE", "Published then or earlier."),
    "holders": _option(_WORDS, "--holder", "WHO", "By this holder: an entity's id, or a name."),
    "kinds": _option(_WORDS, "--kind", "KIND", "By a person, state, group or organisation."),
    "countries": _option(
        _WORDS, "--country", "COUNTRY", "By a holder of this country: its code or name."
    ),
    "stances": _option(
        _WORDS, "--stance", "STANCE", "support, oppose or neutral; to the concept, if there is one."
    ),
    "concepts": _option(_WORDS, "--concept", "CONCEPT", "On this concept: its id or label."),
    "forms": _option(_WORDS, "--form", "FORM", "statement or action."),
    "reviewers": _option(_WORDS, "--reviewer", "NAME", "Decided by this reviewer."),
    "least_score": _option(
        _SCORE, "--min-score", "SCORE", "With this score of the machine, 0 to 1, or more."
    ),
    "most_score": _option(_SCORE, "--max-score", "SCORE", "With this score or less."),
    "search": _option(
        _WORDS, "--search", "WORDS", "With all these words, or their beginnings, in the sentence."
    ),
}


def with_filters(verb: Callable[..., None]) -> Callable[..., None]:
    """The verb with the options of the filters in the place of its parameter of type ``Filter``."""
    signature = inspect.signature(verb, eval_str=True)
    (place,) = (p.name for p in signature.parameters.values() if p.annotation is Filter)
    options = [
        inspect.Parameter(
            f"{_OWN}{name}", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind
        )
        for name, kind in _OPTIONS.items()
    ]
    others = [
        p.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for p in signature.parameters.values()
        if p.name != place
    ]

    @wraps(verb)
    def call(**given: Any) -> None:
        asked = {name: given.pop(f"{_OWN}{name}", None) for name in _OPTIONS}
        verb(**given, **{place: to_filter(asked)})

    parameters = [*others, *options]
    call.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {p.name: p.annotation for p in parameters}
    del call.__wrapped__  # typer would look through it
    return call


def to_filter(asked: Mapping[str, Any]) -> Filter:
    """The filter of what was given, by the fields of ``Filter``; several values are a tuple."""
    given = {name: value for name, value in asked.items() if value not in (None, [])}
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in given.items()
    }
    return Filter(**fields)


def narrow(
    gathered: Gathered,
    wanted: Filter,
    *,
    models: Path | None = None,
) -> Gathered:
    """The wanted claims of those that were gathered; its notes say how many they are.

    Raises:
        SettingError: something is asked for that there is not.
    """
    from pipeline.export.known import check_filter

    if not wanted:
        return gathered
    concepts = _known_concepts(models) if wanted.concepts else ()
    return filtered(gathered, check_filter(gathered, wanted, concepts=concepts, models=models))


def _known_concepts(models: Path | None) -> Iterable[str]:
    """The ids and labels of the concepts that there are, claimed or not."""
    from pipeline.concepts.files import read_concepts
    from pipeline.lexicon.folder import models_folders

    for concept in read_concepts(models_folders(models)).concepts.values():
        yield from (concept.id, concept.label)
