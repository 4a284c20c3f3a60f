"""The cues under ``models/cues/``: which words carry a position, and where its roles stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.errors import LexiconError
from pipeline.lexicon.folder import lexicon_files
from pipeline.lexicon.yaml_lines import LINE, read_yaml, refuse_unknown
from pipeline.records import Form

POS = ("verb", "noun", "adjective", "participle", "phrase", "clause")
OF_CONTENT = "of-content"
"""The stance of cues that take that of what is said."""
STANCES = ("support", "oppose", "neutral", OF_CONTENT)
HOLDERS = (
    "subject", "object", "by", "for", "of", "to", "from", "possessive", "modifier", "with", "in",
)  # fmt: skip
SLOTS = ("object", "prep", "that", "to", "gerund", "subject", "quote", "clause", "none")
JOINS = ("to", "of", "as", "for", "from", "gerund", "against", "on", "with", "over", "about", "in",
         "into", "that", "complement")  # fmt: skip
NEGATIONS = ("flip", "keep", "neutral", "none")
PREPOSITIONS = frozenset(
    (
        "about above across after against around as at before behind between beyond by concerning "
        "down during for from in into of off on onto out over regarding through to toward towards "
        "under until up upon with within without "
    ).split()
)
TRAITS = {
    "accuses": "what somebody is accused of is no claim of the accused",
    "accepts": "its negation under a modal is a refusal: cannot accept",
    "acts": "what its object names the holder does or means to do: to carry out, to plan",
    "backs": "it takes the side of a speaker or of what is said: Japan, supported by Peru, asked",
    "wishes": "it only leads up to the act that it governs: would like to thank",
    "withholds": "what it refuses may be the saying itself: declined to comment",
    "hostile": "it is done against its object: to sanction, to condemn",
    "judges": "its words praise or blame",
    "loose": "its cues are often no position: to want, to believe",
    "makes": "it only makes the act that its object names: to create opposition",
    "repeats": "a person who does it says again what the own side holds: to reaffirm",
    "sides": "its nouns alone say on which side a label puts a name: Support for the levy: Iran",
    "speaks": "it says something, or declines to: to say, to answer, to discuss",
    "tells": "it may only tell of another's position: Merkel noted France's support",
    "departs": "it is done to a body, a pact or a post, not to a place: to leave the union",
    "leads": "before a noun for a force or a bloc it only labels it: the US-led coalition",
}
"""What a family of cues is like where the grammar asks; said in the head of the family's file."""
_FILE_KEYS = (
    "family", "traits", "stance", "form", "pos", "holder", "target", "negation", "entries",
)  # fmt: skip
_ENTRY_KEYS = (
    "id", "cue", "pos", "stance", "form", "holder", "target", "object", "negation", "traits",
    "examples", "counterexamples", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of the cue lexicon.

    ``words`` has the alternatives of each place of the pattern, lower-case lemmas; ``targets``
    the slots in the order in which they are tried, the joined ones as ``object+to``.
    ``objects`` has the lemmas that may head the target, or nothing where any may. ``traits`` are
    what its family's files say of all its cues, and its entry of it alone.
    """

    id: str
    words: tuple[tuple[str, ...], ...]
    pos: str
    stance: str
    form: Form
    holder: str
    targets: tuple[str, ...]
    negation: str
    objects: frozenset[str]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    place: str
    traits: frozenset[str] = frozenset()

    @property
    def family(self) -> str:
        """The family that the id names."""
        return self.id.split(".")[1]

    @property
    def preposition(self) -> tuple[str, ...]:
        """The prepositions that end the pattern, or nothing."""
        last = self.words[-1]
        closes = len(self.words) > 1 and all(word in PREPOSITIONS for word in last)
        return last if closes else ()


def read_cues(folders: tuple[Path, ...]) -> tuple[Cue, ...]:
    """The cues of all folders in file order; a later entry with a known id replaces the earlier.

    Raises:
        LexiconError: a file has an unknown key or value, or lacks a needed one.

    """
    cues: dict[str, Cue] = {}
    for folder in folders:
        own: dict[str, Cue] = {}
        for path in lexicon_files((folder,), "cues"):
            for cue in read_cue_file(path):
                if cue.id in own:
                    raise LexiconError(
                        f"{cue.place}: the id {cue.id!r} stands already at {own[cue.id].place}"
                    )
                own[cue.id] = cue
        cues.update(own)
    return _with_traits(cues.values(), _family_traits(folders))


def _family_traits(folders: tuple[Path, ...]) -> dict[str, frozenset[str]]:
    """What the heads of the files say of each family; an own file need not say it again."""
    traits: dict[str, frozenset[str]] = {}
    for path in lexicon_files(folders, "cues"):
        head = read_yaml(path)
        family = str(head.get("family") or "")
        traits[family] = traits.get(family, frozenset()) | _traits(head, f"{path}:1")
    return traits


def _with_traits(cues: Iterable[Cue], traits: Mapping[str, frozenset[str]]) -> tuple[Cue, ...]:
    return tuple(
        replace(cue, traits=cue.traits | traits.get(cue.family, frozenset())) for cue in cues
    )


def _traits(data: Mapping[str, Any], place: str) -> frozenset[str]:
    given = data.get("traits") or []
    if not isinstance(given, list):
        raise LexiconError(f"{place}: traits must be a list, as [speaks]")
    for trait in given:
        if trait not in TRAITS:
            known = "; ".join(f"{name} ({says})" for name, says in TRAITS.items())
            raise LexiconError(f"{place}: unknown trait {trait!r}; known are {known}")
    return frozenset(given)


def read_cue_file(path: Path) -> tuple[Cue, ...]:
    """The cues of one file.

    Raises:
        LexiconError: see ``read_cues``.

    """
    data = read_yaml(path)
    refuse_unknown(data, _FILE_KEYS, path)
    entries = data.get("entries") or []
    if not isinstance(entries, list):
        raise LexiconError(f"{path}:1: entries must be a list that begins with '- id: cue.…'")
    return tuple(_cue_of(entry, data, path) for entry in entries)


def _cue_of(entry: Any, head: dict[str, Any], path: Path) -> Cue:
    if not isinstance(entry, dict):
        raise LexiconError(f"{path}:1: an entry must have keys and values, not {entry!r}")
    refuse_unknown(entry, _ENTRY_KEYS, path)
    place = f"{path}:{entry[LINE]}"
    for key in ("id", "cue", "examples"):
        if not entry.get(key):
            raise LexiconError(f"{place}: the entry needs {key!r}")
    _check_lists(entry, place)
    words = _words_of(entry, place)
    merged = {**{key: head[key] for key in _FILE_KEYS if key in head}, **entry}
    pos = _choice(merged, "pos", POS, "verb", place)
    identifier = str(entry["id"])
    if identifier.split(".")[0] != "cue" or identifier.count(".") < 2:
        raise LexiconError(f"{place}: the id {identifier!r} must read cue.<family>.<name>")
    return Cue(
        id=identifier,
        words=words,
        pos=pos,
        stance=_choice(merged, "stance", STANCES, None, place),
        form=Form(_choice(merged, "form", tuple(Form), "statement", place)),
        holder=_choice(merged, "holder", HOLDERS, _default_holder(pos), place),
        targets=_targets(merged, words, pos, place),
        negation=_choice(merged, "negation", NEGATIONS, "flip", place),
        objects=frozenset(str(word).lower() for word in entry.get("object") or ()),
        examples=tuple(map(str, entry["examples"])),
        counterexamples=tuple(map(str, entry.get("counterexamples") or ())),
        place=place,
        traits=_traits(entry, place),
    )


def _words_of(entry: dict[str, Any], place: str) -> tuple[tuple[str, ...], ...]:
    """The alternatives of each place of the pattern."""
    words = tuple(tuple(word.lower().split("|")) for word in str(entry["cue"]).split())
    if not words:
        raise LexiconError(f"{place}: the cue has no words; write what is looked for, as warn")
    kinds = {word in PREPOSITIONS for word in words[-1]}
    if len(words) > 1 and len(kinds) > 1:
        raise LexiconError(
            f"{place}: the last place of {entry['cue']!r} mixes prepositions with other words; "
            "make two entries of it"
        )
    return words


def _check_lists(entry: dict[str, Any], place: str) -> None:
    for key in ("object", "examples", "counterexamples"):
        values = entry.get(key) or []
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            raise LexiconError(f"{place}: {key} must be a list of texts; put quotes around them")


def _choice(
    merged: dict[str, Any], key: str, known: tuple[str, ...], default: str | None, place: str
) -> str:
    value = merged.get(key, default)
    if value not in known:
        raise LexiconError(f"{place}: {key} is {value!r}; known are {', '.join(known)}")
    return str(value)


def _default_holder(pos: str) -> str:
    return {"noun": "possessive", "participle": "modifier"}.get(pos, "subject")


def _targets(
    merged: dict[str, Any], words: tuple[tuple[str, ...], ...], pos: str, place: str
) -> tuple[str, ...]:
    given = merged.get("target")
    if given is None:
        closes = len(words) > 1 and all(word in PREPOSITIONS for word in words[-1])
        if closes:
            return ("prep",)
        return {
            "verb": ("object", "that", "to", "gerund"),
            "noun": ("prep", "to", "that"),
            "adjective": ("prep", "to", "that"),
            "participle": ("object",),
            "phrase": ("prep",),
            "clause": ("subject",),
        }[pos]
    slots = tuple(map(str, given if isinstance(given, list) else [given]))
    for slot in slots:
        first, *rest = slot.split("+")
        if first not in SLOTS or any(part not in JOINS for part in rest):
            raise LexiconError(
                f"{place}: unknown target {slot!r}; known are {', '.join(SLOTS)}, "
                f"and object+ one of {', '.join(JOINS)}"
            )
    return slots
