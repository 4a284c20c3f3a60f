"""The closed classes of words that deny, lessen or leave out, lower case; kin of ``words``."""

NOT = frozenset({"not", "n't", "n’t", "never"})
"""What denies a "can"."""
BEFORE_NOT = frozenset({"but", "and", ","})
"""What stands before a "not" that takes something out: "the treaty but not the court"."""
CLITIC_NOT = frozenset({"n't", "n’t"})
"""The "not" of "wasn't", whatever the parser takes it for."""
NEVER = frozenset({"never", "hardly", "scarcely", "barely", "rarely", "seldom", "nowhere"})
"""Adverbs that deny a verb."""
HARDLY = frozenset({"hardly", "scarcely"})
"""Adverbs that deny through the adverb that they modify: "hardly ever backs"."""
BARELY = frozenset({"hardly", "scarcely", "barely", "not"})
"""Words that deny the noun phrase that they open: "hardly any state", "not one of them"."""
BEFORE_HELPERS = frozenset({"no", "nor", "neither", "never"})
"""Negators after which a helping verb before the subject asks nothing: "nor does Chile"."""
NO_LONGER = frozenset({"longer", "more"})
"""Adverbs that deny with a "no"."""
EMPTY_PRONOUNS = frozenset({"none", "nobody", "no-one", "nothing", "neither", "nowhere"})
"""Pronouns that name nobody and nothing."""
NO = frozenset({"no", "neither", "zero"})
"""Determiners that leave nothing of their noun."""
FEW = frozenset({"few", "little", "scant"})
"""Quantifiers that leave next to nothing of their noun."""
COUNTED = frozenset(
    {"a", "one", "any", "anyone", "anybody", "anything", "all", "every", "everyone", "everybody",
     "many", "much", "most"}
)  # fmt: skip
"""What a "not" or "hardly" before it denies: "not every state"."""
GIVEN = frozenset(
    {"a", "an", "quite", "the", "this", "that", "these", "those", "its", "their", "his", "her"}
)
"""Determiners under which a "few" or a "no" names something: "a few", "the few"."""
EXCEPT = frozenset({"but", "except", "save", "other", "short", "less", "more", "fewer"})
"""Words after which a "no" or "nothing" names something: "nothing but praise"."""
ONLY = frozenset({"only", "just", "merely", "simply"})
"""Adverbs before which a "not" adds: "not only backs"."""
ALSO = frozenset({"also", "rather"})
"""Adverbs after a "but" that adds: "but also Norway"."""
ALONE = ONLY | {"alone", "solely", "sole"}
"""Words under which a denial rules nobody out: "it was not Norway alone"."""
NO_WAY_PREPOSITIONS = frozenset({"by", "in", "at", "under", "on", "for", "to"})
"""Prepositions of "by no means" and "under no circumstances"."""
FAR_FROM = frozenset({("far", "from"), ("anything", "but")})
"""Two words that deny what follows: "far from fair"."""
LEAVING_UNDONE = frozenset({"without", "against"})
"""Prepositions before an act that is not done: "without signing"."""
INSTEAD_OF = frozenset({("instead", "of"), ("rather", "than")})
"""Two words before an act that is not done."""

INTO = frozenset({"to", "in", "into", "towards", "toward", "with"})
"""Prepositions before what a thing leads to: "would end in chaos"."""
OF_OR_ABOUT = frozenset({"of", "about"})
"""Prepositions before what a report tells: "rumours of a ban"."""
