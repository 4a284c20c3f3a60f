"""Who holds a position, and where in the sentence the holder stands.

``HolderFinder`` tells whom the head of a phrase means, ``CueHolders`` where a cue's holder stands.
"""

from pipeline.extraction.propose.rules.holders.finder import HolderFinder
from pipeline.extraction.propose.rules.holders.labels import Labels
from pipeline.extraction.propose.rules.holders.members import named_members
from pipeline.extraction.propose.rules.holders.names import Names
from pipeline.extraction.propose.rules.holders.of_cues import CueHolders

__all__ = ["CueHolders", "HolderFinder", "Labels", "Names", "named_members"]
