"""What can be asked for: a filter's values checked, misspelt ones answered with the nearest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import SettingError
from pipeline.export.filters import Filter, country_of, folded, names_of
from pipeline.export.gather import Gathered
from pipeline.reading.dates import EXAMPLE, is_date
from pipeline.records import Form, Kind, Stance

if TYPE_CHECKING:
    from pipeline.lexicon.entities import EntityLexicon

_SHOWN = 5
_FEW = 12


def check_filter(
    gathered: Gathered,
    wanted: Filter,
    *,
    concepts: Iterable[str] = (),
    models: Path | str | None = None,
) -> Filter:
    """The filter with its values as the records have them: codes of countries, ids of articles.

    ``concepts`` are ids and labels that are known beside those of the claims; ``models`` is the
    project's own folder of lexicons, which know holders that no claim here has.

    Raises:
        SettingError: a value that nothing is called; it lists the known ones, or the nearest.
    """
    _check_period(wanted)
    _check_scores(wanted)
    for name, values, kind in (
        ("kind", wanted.kinds, Kind),
        ("stance", wanted.stances, Stance),
        ("form", wanted.forms, Form),
    ):
        _each_known(name, values, {word.value: word.value for word in kind})
    if any(not folded(words) for words in wanted.search):
        raise SettingError("--search is empty; give it words, as --search 'cyber norms'")
    return replace(
        wanted,
        articles=_articles(gathered, wanted.articles),
        countries=_countries(gathered, wanted.countries),
        reviewers=_reviewers(gathered, wanted.reviewers),
        concepts=_concepts(gathered, wanted.concepts, concepts),
        holders=_holders(gathered, wanted.holders, models),
    )


def _each_known(what: str, values: Sequence[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """What each value is in the records, by what it is called in any case.

    Raises:
        SettingError: one is none of the known.
    """
    called = {folded(name): value for name, value in known.items()}
    for value in values:
        if folded(value) not in called:
            raise SettingError(_unknown(what, value, list(known)))
    return tuple(called[folded(value)] for value in values)


def _unknown(what: str, value: str, known: list[str]) -> str:
    """That there is no such value, with all that there are, or of many the nearest."""
    if not known:
        return f"no {what} {value!r}: none of the claims has one"
    if len(known) <= _FEW:
        return f"no {what} {value!r}; there are: {', '.join(known)}"
    names: dict[str, str] = {folded(name): name for name in known}
    near = [names[name] for name in get_close_matches(folded(value), names, n=_SHOWN, cutoff=0.6)]
    near += [name for key, name in names.items() if folded(value) in key and name not in near]
    if not near:
        return f"no {what} {value!r} among {len(known):,}, nor any that is like it"
    return f"no {what} {value!r} among {len(known):,}; the nearest are: {', '.join(near[:_SHOWN])}"


def _articles(gathered: Gathered, values: tuple[str, ...]) -> tuple[str, ...]:
    given = tuple(Path(value).stem if value.endswith(".txt") else value for value in values)
    return _each_known("article", given, {name: name for name in gathered.articles})


def _countries(gathered: Gathered, values: tuple[str, ...]) -> tuple[str, ...]:
    """The codes of countries that are given by code or name."""
    if not values:
        return ()
    there = {code: code for record in gathered.claims() if (code := country_of(record))}
    return _each_known("country", values, {**there, **_names_of_countries()})


@lru_cache(maxsize=1)
def _names_of_countries() -> Mapping[str, str]:
    from pipeline.lexicon.states import list_states

    states = list_states()
    names = {name: state.code for state in states for name in (*state.names, state.alpha3) if name}
    return {**names, **{state.code: state.code for state in states}}


def _reviewers(gathered: Gathered, values: tuple[str, ...]) -> tuple[str, ...]:
    if not values:
        return ()
    names = (record.get("reviewers") or () for record in gathered.claims())
    return _each_known("reviewer", values, {name: name for some in names for name in some})


def _concepts(gathered: Gathered, values: tuple[str, ...], known: Iterable[str]) -> tuple[str, ...]:
    if not values:
        return ()
    there = (record.get("concepts") or () for record in gathered.claims())
    called = (name for some in there for one in some for name in (one["id"], one["label"]))
    return _each_known("concept", values, {name: name for name in (*known, *called)})


def _holders(
    gathered: Gathered, values: tuple[str, ...], models: Path | str | None
) -> tuple[str, ...]:
    """The names and ids that are wanted; beside a name of the lexicon stands its id."""
    if not values:
        return ()
    known = {name: name for record in gathered.claims() for name in names_of(record)}
    mentioned = (mention.entity for one in gathered.articles.values() for mention in one.mentions)
    known |= {entity: entity for entity in mentioned if entity}
    called = {folded(name) for name in known}
    if all(":" in value and folded(value) in called for value in values):
        return values  # ids of these claims, which the lexicon adds nothing to
    return _with_lexicon(values, known, models)


def _with_lexicon(
    values: tuple[str, ...], known: dict[str, str], models: Path | str | None
) -> tuple[str, ...]:
    """The values, and the ids of those that the lexicon knows.

    Raises:
        SettingError: one is neither in the lexicon nor known.
    """
    from pipeline.lexicon.entities import load_entities

    lexicon = load_entities(models)
    entities = {value: _in_lexicon(value, lexicon) for value in values}
    rest = [value for value, entity in entities.items() if entity is None]
    names = {entry.name: entry.name for entry in lexicon.entries.values()} if rest else {}
    _each_known("holder", rest, {**known, **names})
    ids = (entity for entity in entities.values() if entity is not None)
    return tuple(dict.fromkeys((*values, *ids)))


def _in_lexicon(value: str, lexicon: EntityLexicon) -> str | None:
    """The id of the entity that the lexicon knows by this id or name."""
    name = folded(value)
    for entity, entry in lexicon.entries.items():
        if name in (folded(entity), folded(entry.name)):
            return lexicon.canonical(entity)
    form = lexicon.find(value)
    return form.entity if form else None


def _check_period(wanted: Filter) -> None:
    for name, value in (("since", wanted.since), ("until", wanted.until)):
        if value is not None and not is_date(value):
            raise SettingError(f"--{name} {value!r} is no date; write it as {EXAMPLE}")
    if wanted.since and wanted.until and wanted.since > f"{wanted.until}-99":
        raise SettingError(
            f"--since {wanted.since} is after --until {wanted.until}; turn them round"
        )


def _check_scores(wanted: Filter) -> None:
    for name, value in (("min-score", wanted.least_score), ("max-score", wanted.most_score)):
        if value is not None and not 0 <= value <= 1:
            raise SettingError(f"--{name} {value} is no score; they are from 0 to 1")
    least, most = wanted.least_score, wanted.most_score
    if least is not None and most is not None and least > most:
        raise SettingError(f"--min-score {least} is above --max-score {most}; turn them round")
