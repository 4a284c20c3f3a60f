"""What a proposer says of a text: a position that it carries, or that none stands there and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from pipeline.lexicon.cues import OF_CONTENT
from pipeline.records import Form, Stance

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from pipeline.extraction.propose.held import Held
    from pipeline.extraction.propose.target import Target
    from pipeline.extraction.scene import Scene
    from pipeline.language.quotations import Quotation
    from pipeline.lexicon.cues import Cue

GUEST = "rule.guest"
"""The rule of all that proposers of one's own propose."""
_LONGEST = 1000
_CONTENT = "rule.content."
_PLAIN = "rule.content.plain"
_SOFT = "rule.content.evaluative"


@dataclass(frozen=True, slots=True)
class Polarity:
    """What stands over the cue: negations, lexical reversals, hedges, and the cue's left edge.

    ``start`` is the first verb that belongs to the cue (`refused` in "refused to back"); ``relay``
    is the verb of another who tells of it (`reiterated` in "Chile reiterated Peru's support for");
    ``ending`` is the noun that ends it (`end` in "an end to Peru's support for").
    """

    negated: bool
    flips: int
    hedged: bool
    start: Token
    rules: tuple[str, ...]
    relay: Token | None = None
    ending: Token | None = None

    def without(self, rule: str) -> Polarity:
        """The same with one negation taken out: "no country except Iran supported" is support."""
        if rule not in self.rules:
            return self
        rules = tuple(other for other in self.rules if other != rule)
        return replace(self, negated=not self.negated, flips=self.flips - 1, rules=rules)

    def asserted(self, rule: str) -> Polarity:
        """The same with one hedge taken out: who "cannot accept" refuses outright."""
        rules = tuple(other for other in self.rules if other != rule)
        hedged = any(other.startswith("rule.hedge.") for other in rules)
        return replace(self, hedged=hedged, rules=rules)


@dataclass(frozen=True, slots=True)
class Chances:
    """How sure a proposer that measures it is of each part of a position, each in ``[0, 1]``.

    The last three are those of the stances, which add up to 1.
    """

    cue: float
    holder: float
    target: float
    support: float
    oppose: float
    neutral: float

    def of(self, stance: Stance) -> float:
        """The chance of one stance."""
        return {"support": self.support, "oppose": self.oppose, "neutral": self.neutral}[stance]


@dataclass(frozen=True, slots=True, eq=False)
class Proposal:
    """One position with all its holders, as one proposer reads it; two are never the same.

    Attributes:
        proposer: The name of who proposes it, as ``rules``.
        head: The cue's head word; ``words`` are all of its words, the head among them.
        cue: The words that are shown as the cue.
        entry: The entry of the lexicon that the cue has; None where the proposer needs none.
        holders: Whose position it is, in text order; at least one.
        stance: With what is turned by ``polarity`` turned already.
        rules: The ids of the rules that took part, in the order of use.
        quotation: The quotation that is the target, if one is.
        judging: The word of what is said that praises or blames it, if one does.
        doubted: Whether somebody is told to doubt it, or nobody to hold it.
        chances: How sure the proposer is of each part; None where it has no measure of it.
        attribution: Who reports it as the proposer reads it; it counts where no rule finds one.
        echoes: The head of the position that it only points back to: "as did Peru"; usually None.
    """

    proposer: str
    head: Token
    words: tuple[Token, ...]
    cue: Span
    entry: Cue | None
    holders: tuple[Held, ...]
    stance: Stance
    form: Form
    target: Target | None
    polarity: Polarity
    rules: tuple[str, ...]
    quotation: Quotation | None = None
    judging: Token | None = None
    doubted: bool = False
    chances: Chances | None = None
    attribution: Held | None = None
    echoes: Token | None = None

    @property
    def entry_id(self) -> str | None:
        """The id of the cue's entry; None without one."""
        return self.entry.id if self.entry is not None else None

    def refuse(self, rule: str) -> Refused:
        """What is left of it where it falls by the rule."""
        return Refused(self.proposer, self.cue, rule, self.entry_id)

    @property
    def is_guest(self) -> bool:
        """Whether the judge's weights were fitted without its proposer."""
        return GUEST in self.rules

    @property
    def traits(self) -> frozenset[str]:
        """What the lexicon says of the cue's family."""
        return self.entry.traits if self.entry is not None else frozenset()

    @property
    def pos(self) -> str:
        """The cue's part of speech, as its entry names it; empty without an entry."""
        return self.entry.pos if self.entry is not None else ""

    @property
    def of_content(self) -> bool:
        """Whether the stance is that of what is said."""
        return self.entry is not None and self.entry.stance == OF_CONTENT

    @property
    def side_rules(self) -> tuple[str, ...]:
        """The rules that read a side off what is said."""
        return tuple(one for one in self.rules if one.startswith(_CONTENT) and one != _PLAIN)

    @property
    def has_sure_side(self) -> bool:
        """Whether one of them goes by more than words of praise or blame."""
        return any(rule != _SOFT for rule in self.side_rules)

    @property
    def is_evaluation(self) -> bool:
        """Whether the speaker's own words judge, without a verb of saying."""
        return self.pos == "clause"

    @property
    def is_speech(self) -> bool:
        """Whether the cue reports something said."""
        if self.entry is None or self.is_evaluation:
            return False
        return self.of_content or "quote" in self.entry.targets

    @property
    def holds(self) -> frozenset[str]:
        """The keys of the holders."""
        return frozenset(held.key for held in self.holders)

    def with_rule(self, rule: str) -> Proposal:
        """The same with one more rule that took part."""
        return replace(self, rules=(*self.rules, rule))


@dataclass(frozen=True, slots=True)
class Refused:
    """What was considered and not proposed, or proposed and not kept.

    ``rule`` is an id of the refusals in ``rules.yaml``; ``span`` has the words that were looked
    at; ``entry`` is the id of their cue in the lexicon, if they have one; ``said`` is what the
    proposer says where that is not what the text has.
    """

    proposer: str
    span: Span
    rule: str
    entry: str | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Missed:
    """What a proposer could not read, and why: what the others propose stands without it.

    ``cause`` is a word to count by, ``message`` a sentence that says what to do.
    """

    proposer: str
    cause: str
    message: str


def say_missed(missed: Iterable[Missed]) -> str | None:
    """What was missed, each thing once, in a line of bounded length; None where nothing was."""
    lines = dict.fromkeys(" ".join(f"{one.proposer}: {one.message}".split()) for one in missed)
    return " | ".join(lines).encode("utf-8", "replace").decode("utf-8")[:_LONGEST] or None


class Proposer(Protocol):
    """Who reads a scene and says which positions it carries."""

    @property
    def name(self) -> str:
        """What the evidence of a claim calls the proposer."""

    def propose(self, scene: Scene) -> Iterable[Proposal | Refused | Missed]:
        """What stands in the scene, was refused or missed; the scene stays as it is."""


def turn(stance: Stance, polarity: Polarity, entry: Cue | None) -> Stance:
    """The stance after negation, as the cue's entry says; without an entry it is turned round.

    >>> turn(Stance.SUPPORT, Polarity(True, 1, False, None, ()), None).value
    'oppose'
    """
    if polarity.flips % 2 == 0:
        return stance
    negation = entry.negation if entry is not None else "flip"
    if negation == "flip":
        return stance.opposite
    return Stance.NEUTRAL if negation == "neutral" else stance
