"""Claims, mentions and articles as tidy pandas frames, with columns of the right types."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.concepts.statements import Statement, statements
from pipeline.dataset.records import Rule
from pipeline.errors import SettingError
from pipeline.export.cells import day_of, moment_of, to_cells
from pipeline.export.columns import COLUMNS, Holds
from pipeline.export.enriched import enriched
from pipeline.export.gather import Gathered, gather_extracted, gather_verified
from pipeline.reading.metadata import FIELDS
from pipeline.records import Extraction, Form, Kind, MentionType, Stance

if TYPE_CHECKING:
    import pandas as pd

Json = dict[str, Any]

DAY: Final = "datetime64[s]"
MOMENT: Final = "datetime64[us, UTC]"
_TYPES = {
    Holds.TEXT: "string",
    Holds.INTEGER: "Int64",
    Holds.NUMBER: "float64",
    Holds.FLAG: "boolean",
    Holds.DAY: DAY,
    Holds.MOMENT: MOMENT,
}
_STANCES = tuple(stance.value for stance in Stance)
_KINDS = tuple(kind.value for kind in Kind)
_CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "stance": _STANCES,
    "concept_stance": _STANCES,
    "form": tuple(form.value for form in Form),
    "holder_kind": _KINDS,
    "kind": _KINDS,
    "type": tuple(kind.value for kind in MentionType),
    "source": ("human", "machine"),
    "verdict": ("accepted", "edited", "added"),
    "anchored": ("exact", "moved", "orphan"),
    "date_precision": ("day", "month", "year"),
}
_MENTIONS = {
    "article": "string", "start": "Int64", "end": "Int64", "text": "string", "type": "string",
    "kind": "string", "entity": "string", "name": "string", "country": "string",
    "sources": "string", "score": "float64", "inferred": "boolean",
}  # fmt: skip
_ARTICLES = {
    "article": "string", **dict.fromkeys(FIELDS, "string"), "date": DAY, "date_precision": "string",
    "characters": "Int64", "sentences": "Int64", "mentions": "Int64", "claims": "Int64",
    "text": "string",
}  # fmt: skip


class Frames(NamedTuple):
    """Three frames that the column ``article`` joins; ``claims`` has a row for each statement.

    A claim whose target joins several concepts has a row for each: where claims are counted and not
    statements, ``claims.drop_duplicates("id")`` is one row a claim.
    """

    claims: pd.DataFrame
    mentions: pd.DataFrame
    articles: pd.DataFrame


def load_frames(
    folder: Path | str = ".",
    *,
    extracted: bool = False,
    rule: Rule | str | None = None,
    duplicates: bool = False,
    corpus: Path | str | None = None,
    annotations: Path | str | None = None,
    models: Path | str | None = None,
) -> Frames:
    """The frames of a workspace: of its verified claims, or of the machine's where ``extracted``.

    ``rule`` says when a claim counts as verified, by default as the workspace has it. What is left
    out, as claims of near-duplicates, is a warning.

    Raises:
        SettingError: there is no corpus there, or no such rule.
    """
    texts = Path(corpus or Path(folder) / "corpus")
    found = Path(annotations or Path(folder) / "annotations")
    if not texts.is_dir():
        raise SettingError(
            f"no corpus folder {str(texts)!r}; give load the project's folder, or corpus="
        )
    if extracted:
        gathered = gather_extracted(texts, found, duplicates=duplicates)
    else:
        gathered = gather_verified(texts, found, _rule(found, rule), duplicates=duplicates)
    gathered = enriched(gathered, annotations=found, models=models)
    for line in (*gathered.notes, *(f"left out: {fault}" for fault in gathered.faults)):
        warnings.warn(line, stacklevel=3)
    return to_frames(gathered)


def to_frames(gathered: Gathered) -> Frames:
    """The frames of claims and of their articles."""
    rows = map(_claim_row, statements(gathered.claims()))
    claims = _frame(rows, _claim_types())
    names = dict(zip(claims["holder_entity"], claims["holder_name"], strict=True))
    counts = Counter(claims.drop_duplicates(["article", "id"])["article"])
    return Frames(
        claims=claims,
        mentions=_frame(_mention_rows(gathered.articles, names), _MENTIONS),
        articles=_frame(_article_rows(gathered.articles, counts), _ARTICLES),
    )


def _rule(annotations: Path, rule: Rule | str | None) -> Rule:
    from pipeline.dataset.settings import read_review_settings

    if rule is not None and rule not in [one.value for one in Rule]:
        raise SettingError(f"no rule {rule!r}; there are: {', '.join(Rule)}")
    return read_review_settings(annotations).but(rule=None if rule is None else Rule(rule)).rule


def _frame(rows: Iterable[Json], types: Mapping[str, str]) -> pd.DataFrame:
    """The rows as a frame whose columns have the types; words of a closed list are categories."""
    import pandas as pd

    values: dict[str, list[Any]] = {name: [] for name in types}
    for row in rows:
        for name, column in values.items():
            column.append(row[name])
    return pd.DataFrame({name: _series(values[name], name, kind) for name, kind in types.items()})


def _series(values: Sequence[Any], name: str, kind: str) -> pd.Series[Any]:
    import pandas as pd

    if kind == MOMENT:
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="object"), utc=True)).astype(MOMENT)
    if name in _CATEGORIES:
        return pd.Series(pd.Categorical(values, categories=_CATEGORIES[name]))
    dtype: Any = kind  # a name that the stubs of pandas do not list
    series: pd.Series[Any] = pd.Series(values, dtype=dtype)
    return series


def _claim_types() -> dict[str, str]:
    types: dict[str, str] = {}
    for name, column in COLUMNS.items():
        types[name] = _TYPES[column.holds]
        if name == "date":
            types["date_precision"] = "string"
    return types


def _claim_row(statement: Statement) -> Json:
    """The cells of the claim, with the one concept that the statement is on."""
    cells: Json = dict(to_cells(statement.record))
    on_one = statement.concept is not None
    cells["concept"] = statement.concept
    cells["concept_label"] = statement.concept_label or None
    cells["concept_stance"] = statement.stance.value if on_one else None
    cells["concept_turned"] = _is_turned(statement) if on_one else None
    cells["decided_at"] = moment_of(cells["decided_at"])
    return {**cells, **_dated(cells["date"])}


def _is_turned(statement: Statement) -> bool:
    concepts = statement.record.get("concepts") or ()
    return any(one["id"] == statement.concept and one.get("turned") for one in concepts)


def _dated(value: object) -> Json:
    found = day_of(value)
    return {"date": found[0] if found else None, "date_precision": found[1] if found else None}


def _mention_rows(articles: Mapping[str, Extraction], known: Mapping[Any, Any]) -> Iterator[Json]:
    from pipeline.lexicon.states import list_states

    longest = _longest_names(articles)
    names = {**longest, **{state.id: state.name for state in list_states()}}
    names |= {entity: name for entity, name in known.items() if isinstance(name, str)}
    for article, found in articles.items():
        for one in found.mentions:
            prefix, _, code = (one.entity or "").partition(":")
            yield {
                "article": article,
                "start": one.start,
                "end": one.end,
                "text": one.span.text_in(found.text),
                "type": one.type.value,
                "kind": one.kind.value,
                "entity": one.entity,
                "name": names.get(one.entity or ""),
                "country": code if prefix == "country" else None,
                "sources": " ".join(one.sources) or None,
                "score": one.score,
                "inferred": one.inferred,
            }


def _longest_names(articles: Mapping[str, Extraction]) -> dict[str, str]:
    """The longest words by which each entity is named outright."""
    found: dict[str, str] = {}
    for article in articles.values():
        for one in article.mentions:
            if one.entity and not one.inferred:
                words = " ".join(one.span.text_in(article.text).split())
                found[one.entity] = max(found.get(one.entity, ""), words, key=len)
    return found


def _article_rows(articles: Mapping[str, Extraction], claims: Mapping[Any, int]) -> Iterator[Json]:
    for article, found in articles.items():
        metadata = {name: found.metadata.get(name) for name in FIELDS}
        yield {
            "article": article,
            **{name: None if value is None else str(value) for name, value in metadata.items()},
            **_dated(metadata["date"]),
            "characters": len(found.text),
            "sentences": len(found.sentences),
            "mentions": len(found.mentions),
            "claims": claims.get(article, 0),
            "text": found.text,
        }
