"""Who is named in a text: the component ``mention_resolver``."""

from pipeline.extraction.mentions.component import MentionResolver
from pipeline.extraction.mentions.definitions import DEFINITIONS, Definition
from pipeline.extraction.mentions.names import NameFinder, content_words, text_of

__all__ = [
    "DEFINITIONS",
    "Definition",
    "MentionResolver",
    "NameFinder",
    "content_words",
    "text_of",
]
