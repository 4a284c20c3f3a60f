"""Which proposals are one position, and how likely each is right."""

from pipeline.extraction.judge.features import (
    FEATURES,
    Position,
    describe_claim,
    describe_position,
    measure,
)
from pipeline.extraction.judge.groups import Group, group_proposals
from pipeline.extraction.judge.guests import GUEST, HostJudge
from pipeline.extraction.judge.learned import LearnedJudge
from pipeline.extraction.judge.odds import Odds, read_odds
from pipeline.extraction.judge.opinion import Judge, Opinion, Reason, Weighing
from pipeline.extraction.judge.seen import (
    POSITION,
    STANCES,
    Seen,
    look,
    measure_seen,
    measure_stances,
)
from pipeline.extraction.judge.taught import TaughtJudge, chance_of, describe_opinion, log_odds
from pipeline.extraction.judge.weights import Weight, Weights, read_weights

__all__ = [
    "FEATURES",
    "GUEST",
    "POSITION",
    "STANCES",
    "Group",
    "HostJudge",
    "Judge",
    "LearnedJudge",
    "Odds",
    "Opinion",
    "Position",
    "Reason",
    "Seen",
    "TaughtJudge",
    "Weighing",
    "Weight",
    "Weights",
    "chance_of",
    "describe_claim",
    "describe_opinion",
    "describe_position",
    "group_proposals",
    "log_odds",
    "look",
    "measure",
    "measure_seen",
    "measure_stances",
    "read_odds",
    "read_weights",
]
