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

# Holders and targets

HOLDING_PRONOUNS = frozenset(
    ("i we he she it they its their his our her my this who them us me him").split()
)
"""Pronouns that can stand for a holder: "they objected", "its objection"."""
FIRST_PLURAL = frozenset({"we", "our"})
"""Who speaks for many: outside a quotation, whoever issued the text."""
FIRST_PERSON_OWNERS = frozenset({"our", "my"})
"""Who speaks, as an owner: "our government"."""
THIRD_PERSONS = frozenset({"he", "she", "they", "his", "her", "their"})
"""Third persons that hold a position also where nobody is found for them."""
THIRD_PLURAL = frozenset({"they", "their"})
"""Of these, the plural."""
ARTICLES = frozenset({"the", "a", "an"})
"""Articles, which are no part of a holder's phrase."""
DEFINITES = frozenset({"the", "both", "these"})
"""Words that open a phrase which may mean somebody named before: "both countries"."""
POINTERS = frozenset({"this", "these", "such"})
"""Words by which a noun points to the sentence before: "This opposition to the draft"."""
NOBODY_EXCEPT = frozenset({"none", "nobody", "no"})
"""Words for nobody, whom only an exception can follow: "nobody but Norway"."""
EXCEPTIVES = frozenset({"except", "but", "save", "besides"})
"""Words before the exception."""
FREE_QUANTIFIERS = frozenset({"some", "many", "most", "others", "both", "several"})
"""Words of number that hold a position by themselves: "many objected"."""
COORDINATORS = frozenset({"and", "or"})
"""Words before the last name of a list."""
LIST_JOINTS = frozenset({",", "and", "or", "the"})
"""What may stand between two names of a list."""
SEQUENCE_JOINTS = frozenset({"and", "or", "then"})
"""Words by which a verb goes on from the one before: "attract firms, then reform the courts"."""
NAME_CONNECTORS = frozenset({"of", "to", "for", "by", "and", "with", "'s", "’s"})
"""Words that keep a title and a name apart: "the envoy to Ms Li" is not Ms Li."""
EXAMPLE_PREPOSITIONS = frozenset({"like", "including"})
"""Prepositions before the members of a group: "states like Brazil"."""
AUTHOR_PREPOSITIONS = frozenset({"by", "from", "of"})
"""Prepositions before whose policy or document it is: "a letter from the ministry"."""
PHRASE_PREPOSITIONS = frozenset({"of", "in", "from", "at", "for"})
"""Prepositions whose phrase belongs to a holder's: "the minister for trade"."""
NOUN_HOLDER_PREPOSITIONS = ("by", "of", "from", "among", "in")
"""Prepositions before the holder of a noun, in the order in which they are tried."""
NAMED_HOLDER_PREPOSITIONS = frozenset({"among", "in"})
"""Of these, those that only a name makes a holder: "concern in Chile", not "in the debate"."""
SOURCE_PREPOSITIONS = frozenset({"from", "by", "among"})
"""Prepositions before a holder that the parser took for a part of the target."""
STATE_PREPOSITIONS = frozenset({"in", "with", "as", "over"})
"""Prepositions by which a noun is said of a subject: "Chile is in agreement with"."""
OBJECT_PREPOSITIONS = frozenset(
    "of for in on over with between among about against towards toward at into within".split()
)
"""Prepositions whose phrase right after an object is a part of it: "a fund for the region"."""
