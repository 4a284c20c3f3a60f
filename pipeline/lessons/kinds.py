"""What a row of the rule ledger is of, and by what the rows can be ordered."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What made a claim, or took part in it; a rule or an inference is a ``RULE``."""

    CUE = "cue"
    PROPOSER = "proposer"
    IMPORT = "import"
    RULE = "rule"


class Order(StrEnum):
    """By what the rows are ordered: counts the highest first, shares and trend the lowest."""

    CLAIMS = "claims"
    SHOWN = "shown"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    PRECISION = "precision"
    HIGH = "high"
    TREND = "trend"
    ID = "id"
