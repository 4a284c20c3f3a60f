"""What networks are counted from: who said what of which concept, and what had to be left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from sys import intern

from pipeline.concepts.statements import Statement
from pipeline.records import Stance

ACTOR, CONCEPT = "actor", "concept"
_BREAKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_FOREIGN = re.compile(r"[\ud800-\udfff\ufffe\uffff]")  # what XML cannot hold
_EXAMPLES = 3


class Level(StrEnum):
    """What stands for an actor: the holder itself, its country, or its kind."""

    HOLDER = "holder"
    COUNTRY = "country"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Node:
    """An actor or a concept; ``mode`` says which. ``name`` is what people call it."""

    id: str
    name: str
    mode: str
    kind: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a network needs of a statement. ``date`` is as the article has it, or empty."""

    actor: str
    concept: str
    stance: Stance
    date: str
    article: str


@dataclass(frozen=True, slots=True)
class Discourse:
    """The statements that networks are counted from, the undated first and then by date.

    ``left_out`` has a line for each reason why statements are not among them.
    """

    said: tuple[Said, ...]
    nodes: Mapping[str, Node]
    left_out: tuple[str, ...] = ()

    @property
    def neutral(self) -> int:
        """How many of the statements are neutral, which networks do not count."""
        return sum(one.stance is Stance.NEUTRAL for one in self.said)


def read_discourse(
    statements: Iterable[Statement], *, by: Level = Level.HOLDER, unresolved: bool = False
) -> Discourse:
    """What networks are counted from; the statements are read once, one after the other.

    A statement without a concept is left out, and so is one whose holder nobody has resolved: the
    critics of one article are not those of another. With ``unresolved`` such words are an actor
    of their own in each article. By country or kind, statements of holders without one are left
    out.
    """
    said: list[Said] = []
    names: dict[str, Counter[str]] = {}
    first: dict[str, Node] = {}
    bare: Counter[str] = Counter()
    nobody: Counter[str] = Counter()
    for one in statements:
        if one.concept is None:
            bare[one.claim] += 1
            continue
        actor = _actor_of(one, by, unresolved)
        if actor is None:
            nobody[on_a_line(one.actor_name)] += 1
            continue
        concept = Node(one.concept, on_a_line(one.concept_label) or one.concept, CONCEPT)
        for node in (actor, concept):
            first.setdefault(node.id, node)
            names.setdefault(node.id, Counter())[node.name] += 1
        said.append(
            Said(
                intern(actor.id),
                intern(concept.id),
                one.stance,
                intern(one.date or ""),
                intern(one.article),
            )
        )
    said.sort(key=lambda one: one.date)
    nodes = {id_: _named(node, names[id_]) for id_, node in first.items()}
    return Discourse(tuple(said), nodes, tuple(_reasons(bare.total(), nobody, by)))


def on_a_line(text: str) -> str:
    r"""The text on one line, with nothing in it that XML cannot hold.

    >>> on_a_line("the Paris\nCall\x0b")
    'the Paris Call'
    """
    return _FOREIGN.sub("\ufffd", _BREAKS.sub(" ", text).strip(" "))


def _actor_of(one: Statement, by: Level, unresolved: bool) -> Node | None:
    country = one.country or _own_country(one.actor)
    name = on_a_line(one.actor_name)
    if by is Level.COUNTRY:
        return Node(f"country:{country}", country, ACTOR, "state", country) if country else None
    if by is Level.KIND:
        return Node(f"kind:{one.kind}", one.kind, ACTOR, one.kind) if one.kind else None
    if one.actor is not None:
        return Node(one.actor, name or one.actor, ACTOR, one.kind, country)
    if not unresolved:
        return None
    words = name.casefold()
    return Node(f"unresolved:{one.article}:{words}", name, ACTOR, one.kind, country)


def _own_country(actor: str | None) -> str:
    return actor.removeprefix("country:") if actor and actor.startswith("country:") else ""


def _named(node: Node, names: Counter[str]) -> Node:
    """The node under the commonest of its names; a country under its usual one."""
    if node.id == f"country:{node.country}" and node.name == node.country:
        name = _country_names().get(node.country, node.country)
    else:
        name = min(names, key=lambda name: (-names[name], name))
    return Node(node.id, name, node.mode, node.kind, node.country)


@cache
def _country_names() -> Mapping[str, str]:
    from pipeline.lexicon.states import list_states

    return {state.code: state.name for state in list_states()}


def _reasons(bare: int, nobody: Counter[str], by: Level) -> Iterable[str]:
    if bare:
        yield f"left out: {_statements(bare)} without a concept; see: claims concepts"
    if not nobody:
        return
    count = _statements(nobody.total())
    some = sorted(nobody, key=lambda name: (-nobody[name], name))[:_EXAMPLES]
    more = f" and {len(nobody) - len(some)} more" if len(nobody) > len(some) else ""
    who = f"{', '.join(some)}{more}"
    if by is Level.HOLDER:
        yield (
            f"left out: {count} of holders whom nobody has resolved ({who}); "
            "to count them: claims networks --unresolved"
        )
    else:
        yield f"left out: {count} of holders without a {by.value} ({who})"


def _statements(number: int) -> str:
    return f"{number:,} statement{'' if number == 1 else 's'}"
