"""The learned reader: proposals of a small encoder, decided by whole words and known people."""

from pipeline.extraction.propose.reader.decode import STANCES
from pipeline.extraction.propose.reader.page import Page, read_page
from pipeline.extraction.propose.reader.proposer import NAME, ReaderProposer, open_proposer
from pipeline.extraction.propose.reader.reading import (
    Holding,
    Reader,
    Reading,
    read_document,
    read_pages,
)
from pipeline.extraction.propose.reader.remembered import RememberingReader
from pipeline.extraction.propose.reader.session import open_reader
from pipeline.extraction.propose.reader.states import cue_states, rows_at
from pipeline.extraction.propose.reader.tuned import TunedReader, Tuning

__all__ = [
    "NAME",
    "STANCES",
    "Holding",
    "Page",
    "Reader",
    "ReaderProposer",
    "Reading",
    "RememberingReader",
    "TunedReader",
    "Tuning",
    "cue_states",
    "open_proposer",
    "open_reader",
    "read_document",
    "read_page",
    "read_pages",
    "rows_at",
]
