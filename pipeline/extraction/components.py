"""Registers every component of ours with spaCy when imported."""

import pipeline.extraction.acronyms
import pipeline.extraction.assemble
import pipeline.extraction.casing
import pipeline.extraction.gazetteer
import pipeline.extraction.mentions  # noqa: F401
