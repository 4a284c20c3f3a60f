"""The closed classes of function words, lower case, each set in this one home.

Words that an analyst could want to edit are data under ``models/``; these are grammar.
"""

FIRST_PERSON_SUBJECTS = frozenset({"i", "we"})
"""Who speaks, as a subject."""
FIRST_PERSON = frozenset({"i", "we", "my", "our", "us", "me"})
"""Who speaks, in whatever case."""
PERSONAL_SUBJECTS = frozenset({"i", "we", "he", "she", "it", "they"})
"""Personal pronouns as a subject."""
