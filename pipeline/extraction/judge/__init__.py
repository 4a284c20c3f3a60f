"""Which proposals are one position, and how likely each is right."""

from pipeline.extraction.judge.features import (
    FEATURES,
    Position,
    describe_claim,
    describe_position,
    measure,
)
from pipeline.extraction.judge.groups import Group, group_proposals
from pipeline.extraction.judge.opinion import Judge, Opinion, Reason
from pipeline.extraction.judge.weights import Weights, read_weights

__all__ = [
    "FEATURES",
    "Group",
    "Judge",
    "Opinion",
    "Position",
    "Reason",
    "Weights",
    "describe_claim",
    "describe_position",
    "group_proposals",
    "measure",
    "read_weights",
]
