"""A row of a table into an article's id, text and metadata, by the columns that hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.errors import ArticleError, SettingError
from pipeline.lexicon.intake_words import COLUMN, UNKNOWN, IntakeWords, plain_name
from pipeline.reading.corpus import id_for_name
from pipeline.reading.dates import Convention, Order, find_readings, read_date
from pipeline.reading.metadata import FIELDS, from_front_matter

_USUAL = {
    "text": ("text", "body", "content", "article_text"),
    "id": ("id", "article", "article_id"),
}
_LONGEST_CELL = 500
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what; None where the usual names are looked for.

    ``fields`` gives the column of a field of the metadata where the two have other names, ``order``
    which comes first in its dates where they do not show it.
    """

    text: str | None = None
    id: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None

    def __post_init__(self) -> None:
        """Refuse fields that no article has."""
        if unknown := sorted(set(self.fields) - set(FIELDS)):
            raise SettingError(f"no metadata field {unknown[0]!r}; there are: {', '.join(FIELDS)}")


@dataclass(frozen=True, slots=True)
class Mapped:
    """The columns of one row: what each holds, and a note for each that was recognised."""

    text: str
    id: str | None
    fields: Mapping[str, str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowArticle:
    """What a row says: its id (empty where it gives none), its text, its metadata.

    ``cells`` are all of its values, as they may have been taken for metadata another time.
    """

    id: str
    text: str
    metadata: Mapping[str, object]
    notes: tuple[str, ...]
    cells: frozenset[str]


def map_columns(row: Row, columns: Columns, words: IntakeWords) -> Mapped:
    """Which columns of the row hold what: as it was said, else by their names.

    Raises:
        ArticleError: ``no-column``: one that was named is not there, or none is for the text.
    """
    text = _named(row, columns.text, what="text", option="--text-column")
    article = _named(row, columns.id, what="id", option="--id-column")
    if missing := sorted(set(columns.fields.values()) - set(row)):
        raise ArticleError(
            f"there is no column {missing[0]!r}; there are: {', '.join(row)}", cause="no-column"
        )
    found = _recognise(row, {*columns.fields.values(), text, article}, words)
    text, article = text or found.get("text"), article or found.get("id")
    if text is None:
        raise ArticleError(
            f"there is no column for the text; name it with --text-column, one of: "
            f"{', '.join(row)}",
            cause="no-column",
        )
    fields = {name: found[name] for name in FIELDS if name in found and name not in columns.fields}
    told = {**({} if columns.text else {"text": text}), **fields}
    if article is not None and columns.id is None:
        told["id"] = article
    return Mapped(text, article, {**fields, **columns.fields}, _notes(told))


def _notes(told: Mapping[str, str]) -> tuple[str, ...]:
    """A note for each column that was recognised by another name than the field's own."""
    return tuple(
        f"{what} from column {name!r}" for what, name in told.items() if plain_name(name) != what
    )


def _recognise(row: Row, taken: set[str | None], words: IntakeWords) -> dict[str, str]:
    """The columns that are known by their names, by what they hold, without those taken."""
    free = {plain_name(name): name for name in reversed(list(row)) if name not in taken}
    return {
        what: name
        for what in ("text", "id", *FIELDS)
        if (name := _recognised(what, free, words)) is not None
    }


def _recognised(what: str, free: Mapping[str, str], words: IntakeWords) -> str | None:
    """The column by its name: that of the field itself first."""
    names = (what, *_USUAL.get(what, ()), *words.forms(COLUMN + what))
    return next((free[name] for name in names if name in free), None)


def _named(row: Row, wanted: str | None, *, what: str, option: str) -> str | None:
    if wanted is None or wanted in row:
        return wanted
    raise ArticleError(
        f"there is no column {wanted!r} for the {what}; name one with {option}: {', '.join(row)}",
        cause="no-column",
    )


def read_row(row: Row, columns: Columns, words: IntakeWords, dates: Convention) -> RowArticle:
    """The article of a row; ``dates`` is how the dates of its column are written.

    Raises:
        ArticleError: ``no-column``, ``name``, ``wrong-type`` or ``date``.
    """
    mapped = map_columns(row, columns, words)
    name = "" if mapped.id is None else str(row[mapped.id] or "").strip()
    article = id_for_name(name)
    if mapped.id is not None and not article:
        raise ArticleError(f"its id {name!r} has no letter a–z or digit", cause="name")
    text = row[mapped.text]
    if not isinstance(text, str):
        raise ArticleError(f"its text is not a string but {text!r:.40}", cause="wrong-type")
    metadata = _metadata_of(row, mapped, words)
    notes = mapped.notes
    if (stated := metadata.get("date")) is not None:
        metadata["date"] = read_date(str(stated), dates)
        if metadata["date"] != stated:
            notes = (*notes, f"date {metadata['date']} from {stated!r:.60}")
    return RowArticle(article, text, metadata, notes, frozenset(_cells(row)))


def stated_date(row: Row, columns: Columns, words: IntakeWords) -> str | None:
    """The date as the row states it; None where it gives none, or cannot be read."""
    try:
        found = _metadata_of(row, map_columns(row, columns, words), words).get("date")
    except ArticleError:
        return None
    return None if found is None else str(found)


def _metadata_of(row: Row, mapped: Mapped, words: IntakeWords) -> dict[str, object]:
    """The metadata that the row states; columns of no field go under ``other``."""
    names = {column: name for name, column in mapped.fields.items()}
    values: dict[str, object] = {}
    others: dict[str, object] = {}
    for column, value in row.items():
        if column in (mapped.text, mapped.id) or value is None or not str(value).strip():
            continue
        if column == "metadata" and isinstance(value, Mapping):
            others = {**value, **others}
        else:
            (values if column in names else others)[names.get(column, column)] = value
    found = _joined(from_front_matter(values), from_front_matter(others))
    if isinstance(date := found.get("date"), str) and _is_unknown(date, words):
        del found["date"]
    return found


def _joined(first: dict[str, object], then: dict[str, object]) -> dict[str, object]:
    """Both; a field that both give is that of the first, the other one's value kept aside."""
    aside: dict[str, object] = {}
    for metadata in (then, first):
        other = metadata.pop("other", {})
        aside |= other if isinstance(other, dict) else {}
    aside |= {name: value for name, value in then.items() if name in first}
    return {**then, **first, **({"other": aside} if aside else {})}


def _is_unknown(value: str, words: IntakeWords) -> bool:
    plain = value.strip().lower()
    return not plain or plain in words.forms(UNKNOWN)


def _cells(row: Row) -> Iterator[str]:
    for value in row.values():
        if isinstance(value, str | int | float) and len(cell := str(value)) <= _LONGEST_CELL:
            yield " ".join(cell.split())
            yield from find_readings(cell).all()
