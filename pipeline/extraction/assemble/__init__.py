"""Settled positions as the records that leave the extraction."""

from pipeline.extraction.assemble.claims import assemble, sketch, with_holders
from pipeline.extraction.assemble.component import ClaimMatcher

__all__ = ["ClaimMatcher", "assemble", "sketch", "with_holders"]
