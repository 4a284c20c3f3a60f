"""The closed classes of function words, lower case, each set in this one home.

Words that an analyst could want to edit are data under ``models/``; these are grammar.
"""

FIRST_PERSON_SUBJECTS = frozenset({"i", "we"})
"""Who speaks, as a subject."""
FIRST_PERSON = frozenset({"i", "we", "my", "our", "us", "me"})
"""Who speaks, in whatever case."""
PERSONAL_SUBJECTS = frozenset({"i", "we", "he", "she", "it", "they"})
"""Personal pronouns as a subject."""
SAID_OF_NOBODY = frozenset("i we he she they you who it there which what".split())
"""Subjects that name no thing that could be judged: "they are wrong", "what is right"."""
DUTY_MODALS = frozenset({"should", "must"})
"""Modal verbs of a duty that is somebody's judgement."""
REASONS = frozenset("as because since while when before after until although though".split())
"""Conjunctions that open a time, a reason or a concession."""
SOURCES = frozenset({"from", "by", "among"})
"""Prepositions before whoever is behind something: "calls from Spain"."""
