"""Who is named in a text: the component ``mention_resolver``."""

from pipeline.extraction.mentions.candidates import FULL_NAMES, THINGS
from pipeline.extraction.mentions.component import MentionResolver
from pipeline.extraction.mentions.definitions import DEFINITIONS, Definition
from pipeline.extraction.mentions.names import NameFinder, content_words, text_of
from pipeline.extraction.mentions.tellers import TELLERS, Teller, Tellers

__all__ = [
    "DEFINITIONS",
    "FULL_NAMES",
    "TELLERS",
    "THINGS",
    "Definition",
    "MentionResolver",
    "NameFinder",
    "Teller",
    "Tellers",
    "content_words",
    "text_of",
]
