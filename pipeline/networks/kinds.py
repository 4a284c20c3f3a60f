"""The networks that there are, and how their weights are normalised."""

from __future__ import annotations

from enum import StrEnum

from pipeline.errors import SettingError
from pipeline.networks.discourse import ACTOR, CONCEPT


class NetworkType(StrEnum):
    """A network by its nodes and by what makes a tie.

    Source: Leifeld, Gruber and Bossner, Discourse Network Analyzer Manual, chapter 2.
    """

    ACTOR_CONCEPT = "actor-concept"
    ACTOR_CONCEPT_COMBINE = "actor-concept-combine"
    ACTOR_CONCEPT_IGNORE = "actor-concept-ignore"
    ACTOR_CONGRUENCE = "actor-congruence"
    ACTOR_CONFLICT = "actor-conflict"
    ACTOR_SUBTRACT = "actor-subtract"
    ACTOR_IGNORE = "actor-ignore"
    CONCEPT_CONGRUENCE = "concept-congruence"
    CONCEPT_CONFLICT = "concept-conflict"
    CONCEPT_SUBTRACT = "concept-subtract"
    CONCEPT_IGNORE = "concept-ignore"

    @property
    def two_mode(self) -> bool:
        """Whether its ties run from actors to concepts."""
        return self.value.startswith("actor-concept")

    @property
    def mode(self) -> str:
        """What its rows are: actors or concepts."""
        return CONCEPT if self.value.startswith("concept") else ACTOR

    @property
    def aggregation(self) -> str:
        """What becomes of support and opposition: as DNA calls it."""
        return "subtract" if self is NetworkType.ACTOR_CONCEPT else self.value.rpartition("-")[2]

    @property
    def words(self) -> tuple[str, str]:
        """What its ties are called where they are positive, and where they are negative."""
        return ("support", "oppose") if self.two_mode else ("congruence", "conflict")

    @property
    def heading(self) -> str:
        """What it is called in a sentence."""
        about = {"ignore": "support and opposition alike", "combine": "as 1, 2 or 3"}
        if self.two_mode:
            more = about.get(self.aggregation)
            return f"Actors and concepts{f', {more}' if more else ''}"
        name = {"subtract": "congruence less conflict", "ignore": "co-occurrence"}
        return f"{self.mode.capitalize()} {name.get(self.aggregation, self.aggregation)}"


USUAL = (
    NetworkType.ACTOR_CONCEPT,
    NetworkType.ACTOR_CONGRUENCE,
    NetworkType.ACTOR_CONFLICT,
    NetworkType.ACTOR_SUBTRACT,
    NetworkType.CONCEPT_CONGRUENCE,
    NetworkType.CONCEPT_CONFLICT,
)
"""The networks that are written where none is named."""


class Normalise(StrEnum):
    """What a weight is divided by."""

    NONE = "none"
    ACTIVITY = "activity"
    PROMINENCE = "prominence"
    AVERAGE = "average"
    JACCARD = "jaccard"
    COSINE = "cosine"


TWO_MODE = (Normalise.NONE, Normalise.ACTIVITY, Normalise.PROMINENCE)
ONE_MODE = (Normalise.NONE, Normalise.AVERAGE, Normalise.JACCARD, Normalise.COSINE)


def normalisations(kind: NetworkType) -> tuple[Normalise, ...]:
    """Those that a network can have; 1, 2 and 3 of ``combine`` are no amounts and have none."""
    if kind.aggregation == "combine":
        return (Normalise.NONE,)
    return TWO_MODE if kind.two_mode else ONE_MODE


def check_normalise(kind: NetworkType, normalise: Normalise) -> None:
    """Let pass what goes together.

    Raises:
        SettingError: it does not; the message has what does.
    """
    if normalise not in normalisations(kind):
        known = ", ".join(normalisations(kind))
        raise SettingError(f"{kind} cannot be normalised by {normalise}; it can by: {known}")
