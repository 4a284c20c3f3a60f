"""The statements of a DNA database as they stand in it, each with what was exported of it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import RecordError
from pipeline.export.dna_text import cut, one_line, read_lines, read_note, restored
from pipeline.files import sha256_of_text
from pipeline.guarded.files import open_file
from pipeline.guarded.source import Source
from pipeline.records import Stance

OWN_TYPES = ("DNA Statement", "Claim (neutral)")
Place = tuple[int, int, int]
Pairs = Mapping[str, str]
_VERSION = re.compile(r"3\.\d")
_STATEMENTS = """
SELECT s.ID, s.DocumentId, s.Start, s.Stop, ep.ID, ep.Value, eo.ID, eo.Value, ec.ID, ec.Value,
       b.Value, x.Value
FROM STATEMENTS s
LEFT JOIN DATASHORTTEXT dp ON dp.StatementId = s.ID AND dp.VariableId = :person
LEFT JOIN ENTITIES ep ON ep.ID = dp.Entity
LEFT JOIN DATASHORTTEXT do ON do.StatementId = s.ID AND do.VariableId = :organization
LEFT JOIN ENTITIES eo ON eo.ID = do.Entity
LEFT JOIN DATASHORTTEXT dc ON dc.StatementId = s.ID AND dc.VariableId = :concept
LEFT JOIN ENTITIES ec ON ec.ID = dc.Entity
LEFT JOIN DATABOOLEAN b ON b.StatementId = s.ID AND b.VariableId = :agreement
LEFT JOIN DATALONGTEXT x ON x.StatementId = s.ID AND x.VariableId = :exported
WHERE s.StatementTypeId = :type ORDER BY s.ID
"""
_KEYS = """
SELECT v.EntityId, v.AttributeValue FROM ATTRIBUTEVALUES v
JOIN ATTRIBUTEVARIABLES a ON a.ID = v.AttributeVariableId
WHERE a.AttributeVariable = 'Notes' AND v.AttributeValue LIKE 'id=%'
"""
_NOTES = """
SELECT s.ID, s.DocumentId, s.Start, s.Stop, x.Value FROM STATEMENTS s
JOIN DATALONGTEXT x ON x.StatementId = s.ID JOIN VARIABLES v ON v.ID = x.VariableId
WHERE s.StatementTypeId = ? AND v.Variable = 'note' ORDER BY s.ID
"""


@dataclass(frozen=True, slots=True)
class Value:
    """What a variable is in a statement: ``key`` is ours, empty where it was made in DNA."""

    key: str = ""
    text: str = ""

    def is_(self, key: str, name: str) -> bool:
        """Whether it is what was exported by that key and name."""
        return self.key == key if self.key or not self.text else self.text == cut(one_line(name))


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """A document; ``text`` is the article's as it was exported where it is ``intact``."""

    id: int
    title: str
    text: str
    notes: Pairs
    intact: bool

    @property
    def article(self) -> str:
        """The article's id, empty where the document is not one of ours."""
        return self.notes.get("article", "")


@dataclass(frozen=True, slots=True)
class CodedStatement:
    """A statement; ``pairs`` is what was exported of it, empty for one that was added in DNA.

    ``stance`` is that to its concept.
    """

    id: int
    document: CodedDocument
    start: int
    stop: int
    person: Value
    organization: Value
    concept: Value
    stance: Stance
    pairs: Pairs = field(default_factory=dict)

    @property
    def claim(self) -> str:
        """The claim's id, empty for a statement that was added in DNA."""
        return self.pairs.get("claim_id", "")

    @property
    def place(self) -> Place:
        """Where it stands: document, start and stop."""
        return self.document.id, self.start, self.stop

    @property
    def words(self) -> str:
        """The words that it stands on."""
        return self.document.text[self.start : self.stop]

    @property
    def actor(self) -> Value:
        """Whose statement it is: what was exported where that still stands in it."""
        key, name = self.pairs.get("actor", ""), self.pairs.get("actor_name", "")
        both = [one for one in (self.organization, self.person) if one.text]
        same = [one for one in both if key and one.is_(key, name)]
        return next(iter(same or both), Value())

    @property
    def keeps_actor(self) -> bool:
        """Whether it still is the exported actor's."""
        return self.actor.is_(self.pairs.get("actor", ""), self.pairs.get("actor_name", ""))

    @property
    def keeps_concept(self) -> bool:
        """Whether it still is on the exported concept."""
        return self.concept.is_(self.pairs.get("concept", ""), self.pairs.get("concept_name", ""))

    @property
    def to_target(self) -> Stance:
        """The stance to the target: turned back where the concept is the target turned round."""
        return self.stance.opposite if self.pairs.get("turned") else self.stance


@dataclass(frozen=True, slots=True)
class Note:
    """An annotation of ours: what was exported of the claim whose statement stands there too."""

    id: int
    place: Place
    pairs: Pairs

    @property
    def statement(self) -> int:
        """The number that its statement had in the export; 0 for a claim without one."""
        number = self.pairs.get("statement", "")
        return int(number) if number.isdecimal() else 0

    @property
    def ours(self) -> bool:
        """Whether it says which claim it is about."""
        return bool(self.pairs.get("claim_id"))

    @property
    def unmoved(self) -> bool:
        """Whether the numbers still are those of the export: it follows on its statement."""
        return self.id == self.statement + 1


@dataclass(frozen=True)
class DnaFile:
    """A database: its documents, its statements by id, and what does not belong to either.

    ``notes`` are our annotations, which ``link_notes`` puts to their statements; ``foreign`` are
    statements of other types, with the type's name.
    """

    path: Path
    documents: Mapping[int, CodedDocument]
    statements: tuple[CodedStatement, ...]
    notes: tuple[Note, ...] = ()
    foreign: tuple[tuple[int, str], ...] = ()

    @property
    def claims(self) -> list[str]:
        """The claims that were exported as statements, by what the documents' notes say."""
        listed = (one.notes.get("claims", "").split() for one in self.documents.values())
        return [claim for claims in listed for claim in claims]


def read_dna_file(path: Path) -> DnaFile:
    """The database at ``path``, which is only read.

    Raises:
        RecordError: it is no database, one of another version of DNA, or lacks what DNA needs.
    """
    with open_file(path, Source(str(path), RecordError)):
        pass  # it is there, and is an ordinary file
    address = f"{path.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            _check_version(connection, path)
            return _read(connection, path)
    except (sqlite3.Error, LookupError, OverflowError, ValueError, TypeError) as error:
        raise RecordError(
            f"{path}: not a database of Discourse Network Analyzer 3 ({error}); export it anew, or "
            "save it with DNA 3"
        ) from error


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    row = connection.execute("SELECT Value FROM SETTINGS WHERE Property = 'version'").fetchone()
    version = str(row[0]) if row else "unknown"
    if not _VERSION.match(version):
        raise RecordError(
            f"{path}: a database of DNA {version:.20}, and only those of DNA 3 are read; import it "
            "into a new database with DNA 3",
            cause="version",
        )


def _read(connection: sqlite3.Connection, path: Path) -> DnaFile:
    labels = dict(connection.execute("SELECT ID, Label FROM STATEMENTTYPES"))
    types = {label: number for number, label in labels.items()}
    if "DNA Statement" not in types:
        raise RecordError(
            f"{path}: has no statement type “DNA Statement”; it is not of our exports"
        )
    keys = {entity: read_note(note).get("id", "") for entity, note in connection.execute(_KEYS)}
    documents = {one.id: one for one in _documents(connection)}
    own = [kind for kind, label in labels.items() if label in OWN_TYPES]
    statements: list[CodedStatement] = []
    for kind in own:
        statements += _statements(connection, kind, labels[kind], documents, keys)
    notes = tuple(_notes(connection, types.get("Annotation", -1)))
    return DnaFile(
        path,
        documents,
        tuple(statements),
        notes=tuple(one for one in notes if one.ours and one.place[0] in documents),
        foreign=(
            *_foreign(connection, labels, {*own, types.get("Annotation", -1)}),
            *((note.id, "Annotation") for note in notes if not note.ours),
        ),
    )


def _notes(connection: sqlite3.Connection, kind: int) -> Iterator[Note]:
    for number, document, start, stop, note in connection.execute(_NOTES, (kind,)):
        yield Note(number, (document, int(start), int(stop)), read_note(str(note or "")))


def _foreign(
    connection: sqlite3.Connection, labels: Mapping[int, str], known: Collection[int]
) -> Iterator[tuple[int, str]]:
    """The statements of types that are not ours, each with its type's name."""
    found = connection.execute("SELECT ID, StatementTypeId FROM STATEMENTS ORDER BY ID")
    rows = found.fetchall()
    return ((number, str(labels.get(kind, ""))) for number, kind in rows if kind not in known)


def _documents(connection: sqlite3.Connection) -> Iterator[CodedDocument]:
    for number, title, text, notes in connection.execute(
        "SELECT ID, Title, Text, Notes FROM DOCUMENTS ORDER BY ID"
    ):
        pairs = read_lines(str(notes))
        with suppress(ValueError):  # the text was edited in DNA: it is not intact
            text = restored(str(text), pairs.get("replaced", ""))
        intact = sha256_of_text(text) == pairs.get("text_sha256")
        yield CodedDocument(number, str(title), text, pairs, intact)


def _statements(
    connection: sqlite3.Connection,
    kind: int,
    label: str,
    documents: Mapping[int, CodedDocument],
    keys: Mapping[int, str],
) -> Iterator[CodedStatement]:
    found = connection.execute(
        "SELECT Variable, ID FROM VARIABLES WHERE StatementTypeId = ?", (kind,)
    )
    names = dict.fromkeys(("person", "organization", "concept", "agreement", "exported"), -1)
    numbers = {**names, **dict(found)}
    wanted = {name: numbers[name] for name in names}
    for row in connection.execute(_STATEMENTS, {**wanted, "type": kind}):
        number, document, start, stop, *values, agreement, exported = row
        pairs = iter(values)
        person, organization, concept = (
            Value(keys.get(entity, ""), str(text or ""))
            for entity, text in zip(pairs, pairs, strict=True)
        )
        stance = Stance.NEUTRAL if label != "DNA Statement" else Stance.SUPPORT
        if stance is Stance.SUPPORT and not agreement:
            stance = Stance.OPPOSE
        yield CodedStatement(
            number, documents[document], int(start), int(stop), person, organization, concept,
            stance, read_note(str(exported or "")),
        )  # fmt: skip
