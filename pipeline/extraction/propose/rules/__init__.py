"""The proposer by rules: the grammar of claims over the parse, by the words of the lexicons."""

from pipeline.extraction.propose.rules.holders import Names, named_members
from pipeline.extraction.propose.rules.matching import CueIndex
from pipeline.extraction.propose.rules.positions import NAME
from pipeline.extraction.propose.rules.proposer import RuleProposer
from pipeline.extraction.propose.rules.vocabulary import Vocabulary, read_vocabulary

__all__ = [
    "NAME",
    "CueIndex",
    "Names",
    "RuleProposer",
    "Vocabulary",
    "named_members",
    "read_vocabulary",
]
