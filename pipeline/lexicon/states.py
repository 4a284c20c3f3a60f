"""The states and territories of ISO 3166-1, from the country tables that libraries hold.

``models/entities/states.yaml`` adds what those do not hold: adjectives, demonyms, seats, usual
short names, misspellings.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

_SAME = "AA"
"""How the code of a former state ends that kept its code under another name."""


@dataclass(frozen=True, slots=True)
class State:
    """A state or territory: its alpha-2 code, usual name, and its other names."""

    code: str
    name: str
    names: tuple[str, ...]
    alpha3: str = ""

    @property
    def id(self) -> str:
        """The entity id, such as ``country:MX``."""
        return f"country:{self.code}"


def list_states() -> tuple[State, ...]:
    """Every state and territory with a code, in the order of the codes.

    >>> [state.name for state in list_states() if state.code in {"MX", "KP"}]
    ['North Korea', 'Mexico']
    """
    import pycountry
    from babel import Locale

    common = Locale("en").territories
    states = [_build_state(row, str(common.get(row.alpha_2, ""))) for row in pycountry.countries]
    states.append(State("XK", "Kosovo", ("Kosovo",)))
    return tuple(sorted(states, key=lambda state: state.code))


def state_codes(known: Collection[str] = ()) -> dict[str, str]:
    """The entity of each code of two, three or four letters, in small letters.

    Former states have the entity that is in ``known``, else that of the state that their code of
    four letters says they became. Codes that today's states have are theirs.

    >>> codes = state_codes({"country:YU"})
    >>> codes["mex"], codes["yug"], codes["zar"], codes["bumm"]
    ('country:MX', 'country:YU', 'country:CD', 'country:MM')
    """
    import pycountry

    today = {
        code.lower(): one.id for one in list_states() for code in (one.code, one.alpha3) if code
    }
    former: dict[str, str] = {}
    for row in pycountry.historic_countries:
        own, whole = str(row.alpha_2), str(row.alpha_4)
        kept = "" if own.lower() in today else own
        became = own if whole.endswith(_SAME) else whole[2:]
        mine = (f"country:{code}" for code in (whole, kept))
        entity = next((one for one in mine if one in known), today.get(became.lower()))
        if entity is not None:
            written = (kept, str(getattr(row, "alpha_3", "")), whole)
            former.update({code.lower(): entity for code in written if code})
    return {**former, **today}


def _build_state(row: object, common: str) -> State:
    raw = [getattr(row, key, "") for key in ("common_name", "name", "official_name")]
    names: list[str] = []
    for name in (common, *raw):
        names.extend(_shapes(str(name)))
    unique = tuple(dict.fromkeys(name for name in names if name))
    return State(
        code=str(getattr(row, "alpha_2", "")),
        name=unique[0],
        names=unique,
        alpha3=str(getattr(row, "alpha_3", "")),
    )


def _shapes(name: str) -> list[str]:
    """The forms in which running text has a table's name.

    >>> _shapes("Bolivia, Plurinational State of")
    ['Plurinational State of Bolivia']
    >>> _shapes("Myanmar (Burma)")
    ['Myanmar', 'Burma']
    """
    if name.endswith(")") and " (" in name:
        before, inside = name[:-1].split(" (", 1)
        return [before, inside]
    if ", Province of" in name or not name:
        return []
    if ", " in name and name.endswith((" of", " the")):
        before, after = name.split(", ", 1)
        return [f"{after} {before}"]
    if name.lower().startswith("the "):
        return [name[4:]]
    return [name] if ", " not in name or " and " in name else []
