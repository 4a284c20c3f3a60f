"""The tables of a Discourse Network Analyzer 3 database, its own first rows, and its passwords."""

from __future__ import annotations

import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

VERSION = "3.0.11"
"""DNA 3.0 opens what begins with 3.0, later ones what begins with 3."""

DATE = "2023-06-27"
"""The day beside the version; it decides nothing."""

PASSWORD = "stance-claims"
"""With what the coder Admin opens the file; it is no secret, DNA asks for one."""

ROUNDS = 100_000
SALT_BYTES = 16
STATEMENT, NARRATIVE, ANNOTATION, NEUTRAL = 1, 2, 3, 4
ADMIN, MACHINE = 1, 2
PERSON, ORGANIZATION, CONCEPT, AGREEMENT = 1, 2, 3, 4

SHORT, LONG, INTEGER, BOOLEAN = "short text", "long text", "integer", "boolean"
_DESCRIBED = ("person", "organization", "concept")
TABLES = {
    SHORT: "DATASHORTTEXT",
    LONG: "DATALONGTEXT",
    INTEGER: "DATAINTEGER",
    BOOLEAN: "DATABOOLEAN",
}


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a statement type."""

    id: int
    name: str
    data: str
    type: int


@dataclass(frozen=True, slots=True)
class Profile:
    """Which types, variables and attributes a file has: those of DNA, or more."""

    types: tuple[tuple[int, str, tuple[int, int, int]], ...]
    variables: tuple[Variable, ...]
    attributes: tuple[str, ...]

    @property
    def described(self) -> tuple[int, ...]:
        """The ids of the variables whose entities have attributes, as DNA sets them up."""
        return tuple(one.id for one in self.variables if one.name in _DESCRIBED)

    def of_type(self, kind: int) -> tuple[Variable, ...]:
        """The variables of the statement type of that id."""
        return tuple(one for one in self.variables if one.type == kind)

    def attribute_ids(self, variable: int) -> range:
        """The ids of the attribute variables of a variable, in the order of ``attributes``."""
        first = 1 + self.described.index(variable) * len(self.attributes)
        return range(first, first + len(self.attributes))


_TYPES = (
    (STATEMENT, "DNA Statement", (239, 208, 51)),
    (NARRATIVE, "NPF Story Element", (166, 206, 227)),
    (ANNOTATION, "Annotation", (211, 211, 211)),
)
_DEFAULTS = (
    Variable(PERSON, "person", SHORT, STATEMENT),
    Variable(ORGANIZATION, "organization", SHORT, STATEMENT),
    Variable(CONCEPT, "concept", SHORT, STATEMENT),
    Variable(AGREEMENT, "agreement", BOOLEAN, STATEMENT),
    *(
        Variable(number, name, SHORT, NARRATIVE)
        for number, name in enumerate(
            ("narrator", "victim", "villain", "plot", "hero", "policy solution"), start=5
        )
    ),
    Variable(11, "note", LONG, ANNOTATION),
)
STRICT = Profile(_TYPES, _DEFAULTS, ("Type", "Alias", "Notes"))

DETAILS = (
    ("claim_id", LONG),
    ("cue", LONG),
    ("target", LONG),
    ("source", LONG),
    ("confidence", INTEGER),
    ("form", LONG),
    ("negated", BOOLEAN),
    ("hedged", BOOLEAN),
    ("reviewers", LONG),
    ("comments", LONG),
    ("exported", LONG),
)
"""What the rich profile adds to a statement; ``exported`` is for ``claims import`` alone."""

_RICH = (
    *_DEFAULTS,
    *(Variable(n, name, data, STATEMENT) for n, (name, data) in enumerate(DETAILS, start=12)),
    *(
        Variable(n, name, data, NEUTRAL)
        for n, (name, data) in enumerate(
            (("person", SHORT), ("organization", SHORT), ("concept", SHORT), *DETAILS),
            start=12 + len(DETAILS),
        )
    ),
)
RICH = Profile(
    (*_TYPES, (NEUTRAL, "Claim (neutral)", (178, 178, 214))),
    _RICH,
    ("Type", "Alias", "Notes", "ISO", "Wikidata"),
)

_PERMISSIONS = (
    "AddDocuments", "EditDocuments", "DeleteDocuments", "ImportDocuments", "AddStatements",
    "EditStatements", "DeleteStatements", "EditAttributes", "EditRegex", "EditStatementTypes",
    "EditCoders", "EditCoderRelations", "ViewOthersDocuments", "EditOthersDocuments",
    "ViewOthersStatements", "EditOthersStatements",
)  # fmt: skip
_RELATIONS = ("viewStatements", "editStatements", "viewDocuments", "editDocuments")


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of DNA, with its constraints, in an empty database."""
    for table, columns in _tables():
        connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")


def _tables() -> Iterator[tuple[str, Sequence[str]]]:
    """The tables in an order in which each refers to earlier ones, with their columns."""
    yield "SETTINGS", ("Property TEXT PRIMARY KEY", "Value TEXT NOT NULL")
    yield "CODERS", (
        _ID, _short("Name"), *_COLOUR, _number("Refresh", 0, 9999, 0),
        _number("FontSize", 1, 99, 14), _short("Password"), _number("PopupWidth", 100, 9999, 300),
        _flag("ColorByCoder", 0), _flag("PopupDecoration", 0), _flag("PopupAutoComplete", 1),
        *(_flag(f"Permission{name}", 1) for name in _PERMISSIONS),
    )  # fmt: skip
    yield "DOCUMENTS", (
        _ID, _short("Title"), "Text TEXT NOT NULL", "Coder INTEGER",
        *(_short(name, "''") for name in ("Author", "Source", "Section")),
        "Notes TEXT NOT NULL DEFAULT ''", _short("Type", "''"), "Date INTEGER NOT NULL",
        _key("Coder", "CODERS"),
    )  # fmt: skip
    yield "STATEMENTTYPES", (_ID, _short("Label"), *_COLOUR)
    kinds = ", ".join(f"'{kind}'" for kind in TABLES)
    yield "VARIABLES", (
        _ID, _short("Variable"),
        f"DataType TEXT NOT NULL DEFAULT 'short text' CHECK (DataType IN ({kinds}))",
        "StatementTypeId INTEGER", _key("StatementTypeId", "STATEMENTTYPES"),
        "UNIQUE (Variable, StatementTypeId)",
    )  # fmt: skip
    yield "VARIABLELINKS", (
        _ID, "SourceVariableId INTEGER",
        "TargetVariableId INTEGER CHECK (TargetVariableId != SourceVariableId)",
        _key("SourceVariableId", "VARIABLES"), _key("TargetVariableId", "VARIABLES"),
    )  # fmt: skip
    yield "REGEXES", ("Label TEXT PRIMARY KEY CHECK (LENGTH(Label) < 191)", *_COLOUR)
    yield "CODERRELATIONS", (
        _ID, "Coder INTEGER CHECK (Coder > 0)", "OtherCoder INTEGER CHECK (OtherCoder > 0)",
        *(_flag(name, 1) for name in _RELATIONS), "CHECK (Coder != OtherCoder)",
        _key("Coder", "CODERS"), _key("OtherCoder", "CODERS"),
    )  # fmt: skip
    yield "STATEMENTS", (
        _ID, "StatementTypeId INTEGER", "DocumentId INTEGER",
        "Start INTEGER NOT NULL CHECK (Start >= 0)", "Stop INTEGER NOT NULL CHECK (Stop >= 0)",
        "Coder INTEGER", "CHECK (Start < Stop)", _key("StatementTypeId", "STATEMENTTYPES"),
        _key("Coder", "CODERS"), _key("DocumentId", "DOCUMENTS"),
    )  # fmt: skip
    yield "ENTITIES", (
        _ID, "VariableId INTEGER NOT NULL", _short("Value", "''"), *_COLOUR,
        "ChildOf INTEGER CHECK (ChildOf > 0)", "UNIQUE (VariableId, Value)",
        _key("VariableId", "VARIABLES"),
    )  # fmt: skip
    values = {SHORT: "Entity INTEGER NOT NULL", LONG: "Value TEXT DEFAULT ''",
              INTEGER: "Value INTEGER NOT NULL DEFAULT 0",
              BOOLEAN: "Value INTEGER NOT NULL DEFAULT 1"}  # fmt: skip
    for data, table in TABLES.items():
        yield table, (
            _ID, "StatementId INTEGER NOT NULL", "VariableId INTEGER NOT NULL", values[data],
            "UNIQUE (StatementId, VariableId)", _key("StatementId", "STATEMENTS"),
            _key("VariableId", "VARIABLES"), *((_key("Entity", "ENTITIES"),) * (data == SHORT)),
        )  # fmt: skip
    yield "ATTRIBUTEVARIABLES", (
        _ID, "VariableId INTEGER NOT NULL", _short("AttributeVariable"),
        "UNIQUE (VariableId, AttributeVariable)", _key("VariableId", "VARIABLES"),
    )  # fmt: skip
    yield "ATTRIBUTEVALUES", (
        _ID, "EntityId INTEGER NOT NULL", "AttributeVariableId INTEGER NOT NULL",
        _short("AttributeValue", "''"), "UNIQUE (EntityId, AttributeVariableId)",
        _key("EntityId", "ENTITIES"), _key("AttributeVariableId", "ATTRIBUTEVARIABLES"),
    )  # fmt: skip


_ID = "ID INTEGER NOT NULL PRIMARY KEY"


def _short(name: str, default: str = "") -> str:
    ending = f" DEFAULT {default}" if default else ""
    return f"{name} TEXT NOT NULL{ending} CHECK (LENGTH({name}) < 191)"


def _number(name: str, least: int, most: int, default: int) -> str:
    between = f"CHECK ({name} BETWEEN {least} AND {most})"
    return f"{name} INTEGER NOT NULL DEFAULT {default} {between}"


def _flag(name: str, default: int) -> str:
    return _number(name, 0, 1, default)


def _key(name: str, table: str) -> str:
    return f"FOREIGN KEY ({name}) REFERENCES {table} (ID) ON DELETE CASCADE"


_COLOUR = tuple(_number(name, 0, 255, 0) for name in ("Red", "Green", "Blue"))


def fill_defaults(connection: sqlite3.Connection, profile: Profile) -> None:
    """Write version, the coder Admin, and the types, variables and attributes of a profile."""
    settings = (("version", VERSION), ("date", DATE))
    connection.executemany("INSERT INTO SETTINGS VALUES (?, ?)", settings)
    add_coder(connection, ADMIN, "Admin", (255, 255, 0))
    connection.executemany(
        "INSERT INTO STATEMENTTYPES VALUES (?, ?, ?, ?, ?)",
        ((number, label, *colour) for number, label, colour in profile.types),
    )
    connection.executemany(
        "INSERT INTO VARIABLES VALUES (?, ?, ?, ?)",
        ((one.id, one.name, one.data, one.type) for one in profile.variables),
    )
    for variable in profile.described:
        numbers = profile.attribute_ids(variable)
        connection.executemany(
            "INSERT INTO ATTRIBUTEVARIABLES VALUES (?, ?, ?)",
            zip(numbers, [variable] * len(numbers), profile.attributes, strict=True),
        )


def add_coder(
    connection: sqlite3.Connection, number: int, name: str, colour: tuple[int, int, int]
) -> None:
    """Write a coder who may do everything, and how each other coder stands to them."""
    others = [row[0] for row in connection.execute("SELECT ID FROM CODERS ORDER BY ID")]
    connection.execute(
        "INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password) VALUES (?, ?, ?, ?, ?, ?)",
        (number, name, *colour, hash_password(PASSWORD)),
    )
    pairs = [pair for other in others for pair in ((number, other), (other, number))]
    connection.executemany("INSERT INTO CODERRELATIONS (Coder, OtherCoder) VALUES (?, ?)", pairs)


@cache
def hash_password(password: str, salt: bytes = b"") -> str:
    """The hash that DNA compares a password with: salt and digest, in base 64.

    Without a salt it is the password's own, so that equal exports are equal files: a password that
    is in the manual needs no secret one. Source: Jasypt, StrongPasswordEncryptor.
    """
    salt = salt or sha256(password.encode("utf-8")).digest()[:SALT_BYTES]
    digest = sha256(salt + password.encode("utf-8")).digest()
    for _ in range(ROUNDS - 1):
        digest = sha256(digest).digest()
    return b64encode(salt + digest).decode("ascii")


def is_password(password: str, hashed: str) -> bool:
    """Whether DNA would take the password for that hash."""
    return hash_password(password, b64decode(hashed)[:SALT_BYTES]) == hashed
