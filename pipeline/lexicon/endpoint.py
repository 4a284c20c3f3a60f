"""Where a language model answers: the table ``[llm]`` of the settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

TABLE = "llm"
_KEYS: dict[str, type] = {
    "address": str,
    "model": str,
    "key_variable": str,
    "timeout": int,
    "tries": int,
    "passage": int,
}
_MOST = {"timeout": 3600, "tries": 10, "passage": 2000}
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that speaks as OpenAI's chat completions do, and how it is asked.

    ``address`` is what ``/chat/completions`` is put behind, ``model`` what the server calls it,
    ``key_variable`` the variable of the environment that holds the key, if one is needed.
    ``timeout`` is in seconds for one answer, ``tries`` how often one is asked for, ``passage`` how
    many words are asked about at a time.
    """

    address: str
    model: str
    key_variable: str | None = None
    timeout: int = 120
    tries: int = 3
    passage: int = 250


def read_endpoint(table: Mapping[str, object]) -> Endpoint | str:
    """The endpoint that the table names, or what is wrong with it.

    >>> read_endpoint({"address": "http://127.0.0.1:11434/v1", "model": "small"}).model
    'small'
    >>> read_endpoint({"address": "127.0.0.1:11434", "model": "small"})
    "address is '127.0.0.1:11434'; it must begin with http:// or https://"
    """
    for key, value in table.items():
        if key not in _KEYS:
            return f"unknown key {key!r}; known are {', '.join(sorted(_KEYS))}"
        if type(value) is not _KEYS[key]:
            return f"{key} must be {_KEYS[key].__name__}, not {value!r:.60}"
        if isinstance(value, int) and not 1 <= value <= _MOST[key]:
            return f"{key} must lie between 1 and {_MOST[key]}, not {value}"
    for key in ("address", "model"):
        if not str(table.get(key, "")).strip():
            return f"no {key}; give it a value"
    variable = str(table.get("key_variable", "KEY"))
    if not _VARIABLE.fullmatch(variable):  # it may be the key itself, and is not shown
        return "key_variable must be the name of a variable of the environment, as LLM_API_KEY"
    values: dict[str, object] = {**table, "address": str(table["address"]).rstrip("/")}
    return _fault_of(str(table["address"])) or Endpoint(**values)  # type: ignore[arg-type]


def _fault_of(address: str) -> str:
    """What is wrong with an address; empty where nothing is. What may be a secret is not shown."""
    if not address.startswith(("http://", "https://")):
        return (
            f"address is {address.rpartition('@')[2]!r:.80}; it must begin with http:// or https://"
        )
    if "@" in address.partition("://")[2].partition("/")[0]:
        return "address holds a name or password; take it out and name the key's variable instead"
    try:
        parts = urlsplit(address)
        whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        whole = False
    if not whole or any(not 32 < ord(character) < 127 for character in address):
        return f"address is {address!r:.80}, which is no address; as http://127.0.0.1:11434/v1"
    if parts.query or parts.fragment:
        return "address has a part after ? or #; end it with the path, as http://127.0.0.1:11434/v1"
    return ""
