"""Labels of spaCy's English pipelines that several questions to a parse ask for together."""

from __future__ import annotations

NOUNS = frozenset({"NOUN", "PROPN"})
"""Parts of speech of a word that names somebody or something."""
PLURAL_TAGS = frozenset({"NNS", "NNPS"})
"""Tags of a noun in the plural."""
STANDING_ALONE = frozenset("nsubj nsubjpass dobj pobj agent conj poss dative".split())
"""Places in a sentence of a word of number that stands for those whom it counts."""
FINITE_TAGS = frozenset({"VBZ", "VBD", "VBP"})
"""Tags of a verb that has a tense of its own."""
NOMINAL_SUBJECTS = ("nsubj", "nsubjpass")
"""Dependencies of a subject that is a phrase, of an active or a passive verb."""
TIMES = frozenset({"DATE", "TIME"})
"""Types of entities that tell when."""
PREDICATIVES = ("acomp", "attr", "oprd")
"""Dependencies of what a copula says of its subject."""
COMPLEMENTS = frozenset({*PREDICATIVES, "xcomp", "pcomp"})
"""Dependencies of what completes the word above, which turns or softens it: "refused to sign"."""
PREDICATE = COMPLEMENTS | {"dobj", "conj"}
"""Dependencies by which a word belongs to the predicate above it: objects and conjuncts too."""
JUDGED = PREDICATE | {"pobj", "prep", "agent", "advmod"}
"""How far being true or false goes down: into phrases too, "it is false that … by Kenya"."""
ASKED = JUDGED | {"ccomp", "nsubj"}
"""How far a question goes down: into its subject and what it reports, which a denial leaves out."""
HELPERS = frozenset({"aux", "auxpass", "advmod", "neg"})
"""Dependencies of a word that only helps the word above it: "was", "has been", "deeply", "not"."""
