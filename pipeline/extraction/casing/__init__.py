"""What a text in capitals would be in small letters: the component ``case_reader``."""

from pipeline.extraction.casing.component import NAME, CaseReader

__all__ = ["NAME", "CaseReader"]
