"""Which positions stand beside each other, and who reports them."""

from pipeline.extraction.settle.constraints import CONSTRAINTS
from pipeline.extraction.settle.ruling import Amend, Constraint, Drop, Link, Ruling
from pipeline.extraction.settle.settle import Settled, Settlement, settle
from pipeline.extraction.settle.standing import UNLIKELY, Standing, fold

__all__ = [
    "CONSTRAINTS",
    "UNLIKELY",
    "Amend",
    "Constraint",
    "Drop",
    "Link",
    "Ruling",
    "Settled",
    "Settlement",
    "Standing",
    "fold",
    "settle",
]
