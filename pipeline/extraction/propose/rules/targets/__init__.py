"""What a position is about: the phrase, clause or quotation that a cue governs.

``find_target`` fills the slots of a cue's entry, ``QuoteReader`` finds what a verb quotes, and
``within_limits`` cuts a target at its quotation and its cell.
"""

from pipeline.extraction.propose.rules.targets.finder import find_target
from pipeline.extraction.propose.rules.targets.limits import within_limits, without_holders
from pipeline.extraction.propose.rules.targets.quoted import QuoteReader
from pipeline.extraction.propose.rules.targets.spans import clause_without, object_of, phrase_target

__all__ = [
    "QuoteReader",
    "clause_without",
    "find_target",
    "object_of",
    "phrase_target",
    "within_limits",
    "without_holders",
]
