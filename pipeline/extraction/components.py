"""Registers every component of ours with spaCy when imported."""

from pipeline.extraction import acronyms, gazetteer, mentions
from pipeline.extraction.claims import component

__all__ = ["acronyms", "component", "gazetteer", "mentions"]
