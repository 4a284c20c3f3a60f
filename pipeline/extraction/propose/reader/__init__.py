"""The learned reader: proposals of a small encoder, decided by whole words and known people."""

from pipeline.extraction.propose.reader.proposer import NAME, ReaderProposer, open_proposer
from pipeline.extraction.propose.reader.reading import Holding, Reading, read_document

__all__ = ["NAME", "Holding", "ReaderProposer", "Reading", "open_proposer", "read_document"]
