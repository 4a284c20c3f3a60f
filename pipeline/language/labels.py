"""Labels of spaCy's English pipelines that several questions to a parse ask for together."""

from __future__ import annotations

NOUNS = frozenset({"NOUN", "PROPN"})
"""Parts of speech of a word that names somebody or something."""
PLURAL_TAGS = frozenset({"NNS", "NNPS"})
"""Tags of a noun in the plural."""
FINITE_TAGS = frozenset({"VBZ", "VBD", "VBP"})
"""Tags of a verb that has a tense of its own."""
NOMINAL_SUBJECTS = ("nsubj", "nsubjpass")
"""Dependencies of a subject that is a phrase, of an active or a passive verb."""
TIMES = frozenset({"DATE", "TIME"})
"""Types of entities that tell when."""
