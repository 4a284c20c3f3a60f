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
REASONS = frozenset("as because since while when before after until although though".split())
"""Conjunctions that open a time, a reason or a concession."""

FUNCTION_WORDS = frozenset(
    """
    a an the this that these those and or but nor so yet for of to in on at by with from into
    onto upon over under about against between among through during before after above below
    up down out off near since until till without within towards toward across behind beyond
    despite except per via as than like unlike if unless because while when where why how
    whether although though once i me my mine myself we us our ours ourselves you your yours
    he him his she her hers it its they them their theirs themselves itself himself herself
    who whom whose which what whatever whoever be am is are was were been being do does did
    done doing have has had having will would shall should can could may might must ought not
    no never none nobody nothing neither either both all any some many most much more less
    least few several each every other others another such same own only just also too very
    even still again then there here now yes let s t
    """.split()
)
"""Words of the closed classes, which in capitals are no names: "WHO", "US", "IT", "MAY", "WILL"."""

# Holders and targets

HOLDING_PRONOUNS = frozenset(
    ("i we he she it they its their his our her my this who them us me him").split()
)
"""Pronouns that can stand for a holder: "they objected", "its objection"."""
FIRST_PLURAL_ISSUERS = frozenset({"we", "our"})
"""Who speaks for many: outside a quotation, whoever issued the text."""
FIRST_PERSON_OWNERS = frozenset({"our", "my"})
"""Who speaks, as an owner: "our government"."""
THIRD_PERSON_OWNERS = frozenset({"his", "her", "its", "their", "whose"})
"""Third persons as an owner, who are no part of a holder's phrase: "her lawyers"."""
ON_BEHALF_OF = ("on", "behalf", "of")
"""Before the one for whom somebody speaks."""
REPRESENTING_JOINTS = frozenset({"the", "of", "and", "for", "a", "my", "our"})
"""What joins the words for an office or a people to the state's name: "Head of State of Mali"."""
THIRD_PERSONS = frozenset({"he", "she", "they", "his", "her", "their"})
"""Third persons that hold a position also where nobody is found for them."""
THIRD_PLURAL_HOLDERS = frozenset({"they", "their"})
"""Of these, the plural."""
ARTICLES = frozenset({"the", "a", "an"})
"""Articles, which are no part of a holder's phrase."""
INDEFINITE = frozenset({"a", "an", "something", "anything"})
"""Words for what is not known yet."""
DEFINITES = frozenset({"the", "both", "these"})
"""Words that open a phrase which may mean somebody named before: "both countries"."""
POINTERS = frozenset({"this", "these", "such"})
"""Words by which a noun points to the sentence before: "This opposition to the draft"."""
NOBODY_EXCEPT = frozenset({"none", "nobody", "no-one", "no"})
"""Words for nobody, whom only an exception can follow: "nobody but Norway"."""
EXCEPTIVES = frozenset({"except", "but", "save", "besides"})
"""Words before the exception."""
BESIDE_NOBODY = EXCEPTIVES | {"than"}
"""The same after words for nobody: "none other than Norway"."""
ALL_BUT = frozenset(
    {"all", "every", "each", "any", "everybody", "everyone", "anybody", "anyone", "everything"}
)
"""Words for all, from whom an exception is taken: "every state but Norway"."""
FREE_QUANTIFIERS = frozenset(
    {"some", "many", "most", "others", "both", "several", "thousands", "hundreds", "dozens"}
)
"""Words of number that hold a position by themselves: "many objected"."""
COUNTED_PEOPLE = frozenset({"everyone", "everybody", "all", "few", "several"})
"""Words of number that hold a position with a place or a body: "everyone in the Senate"."""
COUNTING_PREPOSITIONS = frozenset({"of", "in", "at", "from", "among", "within", "inside"})
"""Prepositions before what such words count out of: "nobody at the ministry"."""
COORDINATORS = frozenset({"and", "or"})
"""Words before the last name of a list."""
LIST_JOINTS = frozenset({",", "and", "or", "the"})
"""What may stand between two names of a list."""
SEQUENCE_JOINTS = frozenset({"and", "or", "then"})
"""Words by which a verb goes on from the one before: "attract firms, then reform the courts"."""
TITLE_CONNECTORS = frozenset({"of", "to", "for", "by", "and", "with", "'s", "’s"})
"""Words that keep a title and a name apart: "the envoy to Ms Li" is not Ms Li."""
EXAMPLE_PREPOSITIONS = frozenset({"like", "including"})
"""Prepositions before the members of a group: "states like Brazil"."""
AUTHOR_PREPOSITIONS = frozenset({"by", "from", "of"})
"""Prepositions before whose policy or document it is: "a letter from the ministry"."""
PHRASE_PREPOSITIONS = frozenset({"of", "in", "from", "at", "for"})
"""Prepositions whose phrase belongs to a holder's: "the minister for trade"."""
OWNING_PREPOSITIONS = frozenset({"of", "in"})
"""Between a government and its state: "authorities in Chile"."""
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
ROLELESS = frozenset({"part", "result", "consequence", "whole", "rule", "early", "late"})
"""Words after an "as" that give an object no role: "left as part of the deal"."""

PHRASE_ENDS = (
    OBJECT_PREPOSITIONS
    | {"to", "by", "from", "than", "as", "under", "through", "during", "after", "before", "without"}
    | {"who", "whom", "whose", "which", "that", "when", "where", "if", "whether", "because"}
)
"""What ends a noun phrase: a preposition, or what opens a clause."""

# Mentions and coreference

FIRST_SINGULAR = frozenset({"i", "me", "my", "mine", "myself"})
"""First person, one who speaks."""
FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
"""First person, several or a body."""
THIRD_MALE = frozenset({"he", "him", "his", "himself"})
"""Third person, a man."""
THIRD_FEMALE = frozenset({"she", "her", "hers", "herself"})
"""Third person, a woman."""
THIRD_SINGULAR_PEOPLE = frozenset({"he", "she", "himself", "herself"})
"""Of these, those that stand for a subject or take it up again."""
THIRD_THING = frozenset({"it", "its", "itself"})
"""Third person, a thing, a state or a body."""
THIRD_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
"""Third person, several."""
RELATIVE_PRONOUNS = frozenset({"who", "whom", "whose", "which", "that"})
"""What opens a relative clause."""
FREE_RELATIVES = frozenset({"what", "whatever", "who", "whoever"})
"""Relative pronouns without a noun before them: "what Norway rejects is the ban"."""
POINTING_SUBJECTS = frozenset({"it", "that", "this"})
"""Subjects by which something is singled out: "it was Norway that"."""
EXPLETIVES = frozenset({"it", "there"})
"""Subjects that mean nothing: "there is no state that", "it was no state that"."""
REFLEXIVES = frozenset(
    {"itself", "himself", "herself", "themselves", "ourselves", "myself", "yourself", "yourselves"}
)
"""Pronouns that mean the subject: "finds itself unable"."""
REFERRING_PRONOUNS = (
    FIRST_SINGULAR
    | FIRST_PLURAL
    | THIRD_MALE
    | THIRD_FEMALE
    | THIRD_THING
    | THIRD_PLURAL
    | RELATIVE_PRONOUNS
)
"""All pronouns whose antecedent is looked for."""
RELATIVE_SUBJECTS = frozenset({"which", "who"})
"""Relative pronouns as a subject that another pronoun may go on with."""
THINGS_MEANT = frozenset({"it", "they", "them"})
"""Pronouns that as a target mean a thing of the sentence before."""
EVENTS_MEANT = frozenset({"this", "that"})
"""Pronouns that as a subject mean the whole sentence before."""
FIRST_OF_TWO = frozenset({"former"})
"""What means the first of two that were named: "the former"."""
LAST_OF_TWO = frozenset({"latter"})
"""What means the last of those that were named: "the latter"."""
TWO = frozenset({"two", "2", "both"})
"""What makes a phrase a pair: "the two leaders", "both countries"."""
DEFINITE_DETERMINERS = frozenset({"the", "this", "that", "these", "those", "both", "its", "their"})
"""What makes a phrase definite, so that it may refer to what was named."""
INDEFINITE_DETERMINERS = frozenset({"a", "an", "no", "any", "every", "another"})
"""What makes a phrase no particular body: "no Syrian army"."""
OWNERS = frozenset({"my", "our", "your", "his", "her", "its", "their"})
"""Possessive determiners."""
PEOPLE_DETERMINERS = frozenset({"the", "this"})
"""Before a people or a part of it that acts: "the Syrian people"."""
SHORT_FORM_DETERMINERS = frozenset({"the", "this", "our", "its"})
"""Before a body's noun that stands alone for its name: "its Council"."""
SUBORDINATORS_OF_CONTENT = frozenset({"that", "whether", "if"})
"""What opens a clause that says what is clear, likely, asked."""
NAME_CONNECTORS = frozenset({"of", "for", "on", "against", "to"})
"""Prepositions inside names: "Board Against Fraud"."""
NAME_CONNECTED = frozenset({"the", "all"})
"""May stand between such a preposition and the rest of the name: "Education for All"."""
NO_PERSON_WORDS = frozenset({"of", "for", "on", "to", "and"})
"""Words that no person's name has."""
NO_NAME_WORDS = frozenset(
    {"the", "a", "an", "of", "and", "i", "or", "but", "in", "on", "at", "by"}
    | {"it", "he", "she", "they", "we", "this", "that"}
)
"""Words that have a capital for other reasons and are no part of a name."""
EMPTY_NAME_WORDS = frozenset({"the", "and", "for"})
"""Words of names, of three letters and more, that tell none from another."""
WITHOUT_INITIAL = frozenset(
    {"of", "the", "for", "and", "on", "in", "to", "against", "with", "a", "an"}
)
"""Words of a name of which its short form may have no letter."""
PARTY_PREPOSITIONS = frozenset({"with", "against", "by", "between", "towards", "toward"})
"""Before one who takes part: "talks with Beijing"."""
MESSAGE_PREPOSITIONS = frozenset({"from", "to", "of"})
"""Between what is said and who says it or is told: "the request from Warsaw"."""
BEFORE_CLOSING_NAMES = frozenset({",", "and"})
"""Before the name that closes a phrase: "the leader and minister Ana Soto"."""
ONE_OF_A_BODY = "seat"
"""What a person has of their own, and a body only "the" or "its"."""
TO_SOMEBODY = frozenset({"with", "to"})
"""Before whom somebody speaks to: "in an interview with Soto"."""
ONLY_PLACE_PREPOSITIONS = frozenset(
    {"in", "at", "near", "outside", "inside", "into", "around", "across", "through", "throughout"}
    | {"toward"}
)
"""Before a place, and hardly ever before who acts there."""
PLACE_PREPOSITIONS = ONLY_PLACE_PREPOSITIONS | {"from", "to", "of"}
"""Before a place, some of them before a person as well."""
JOINING_CONJUNCTIONS = frozenset({"and", "or"})
"""What joins the halves of a pair: "North and South Korea"."""
SIDE_PREFIXES = frozenset({"anti", "pro"})
"""Prefixes that take a side: "anti-Beijing"."""
POSSESSIVE_CLITICS = frozenset({"'s", "’s", "'", "’"})
"""The possessive ending, as a token of its own."""
ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
"""Endings of ordinals in figures: "59th"."""

# The grammar of claims

PERSONAL_OBJECTS = frozenset({"them", "him", "her", "it", "us"})
"""Personal pronouns as an object: "defeat them" is against somebody."""
NO_DUTY_SUBJECTS = frozenset({"i", "you", "one", "who", "that", "which", "there", "it", "this"})
"""Subjects of whom no duty is told: "it must rain", "one should think"."""

DUTY_MODALS = frozenset({"should", "must", "ought", "shall"})
"""Modals that oblige."""
JUDGING_MODALS = frozenset({"should", "must"})
"""Modals by which a speaker says what is to be done; "shall" orders, and "ought" is a main verb."""
OBLIGING_VERBS = frozenset({"have", "need", "ought"})
"""Main verbs that oblige with an infinitive: "has to leave"."""
ABILITY_MODALS = frozenset({"can", "could", "may", "might"})
"""Modals under which an act is only possible."""
EXPECTING_MODALS = frozenset(
    {"will", "would", "could", "may", "might", "can", "'ll", "’ll", "wo", "ca", "shall"}
)
"""Modals under which something is yet to come: "would destroy jobs"."""
INTENDING_MODALS = frozenset({"will", "would", "'ll", "’ll", "wo"})
"""Modals by which a speaker says what is going to be done."""
LET_US = frozenset({"us", "'s", "’s"})
"""What follows the "let" of a proposal: "let us vote", "let's vote"."""
BLAMED_SUBJECTS = frozenset({"those", "they", "he", "she", "these", "anyone", "whoever"})
"""Pronouns of people who are to be dealt with: "those responsible must be tried"."""
PRESENT_HELPERS = frozenset({"will", "'ll", "’ll", "wo", "do", "does"})
"""Helping verbs under which a duty holds now: "does need to leave"."""
CAN = frozenset({"can", "ca", "could"})
"""The modals of a "cannot" that refuses."""
BUT_AGREES = frozenset({"more", "but", "help"})
"""Words after which a "cannot" agrees: "could not agree more", "cannot but agree"."""
TO_OR_WITH = frozenset({"to", "with"})
"""Prepositions before what one side can refuse the other: "cannot agree to the text"."""
YET_VERBS = frozenset({"have", "be", "remain"})
"""Verbs before a "yet to": "has yet to sign"."""

ASKING_HELPERS = frozenset(
    {"do", "have", "be", "will", "would", "can", "could", "may", "might", "should", "shall", "must"}
)
"""Lemmas that ask when they stand before the subject: "does Chile back it?"."""
PLAIN_HELPERS = frozenset({"do", "have", "be"})
"""Of these, the ones that ask without a question mark too; modals may wish: "may Chile win"."""
COPULA_AND_HAVE = frozenset({"be", "have"})
"""Main verbs that can stand before their subject without help."""
SUPPOSING = frozenset({"had", "were", "should"})
"""Words that stand for an "if" before the subject: "had Chile backed it"."""
WH_WORDS = frozenset({"why", "how", "when", "where", "what", "whom", "whose", "which", "who"})
"""Words that ask for more than yes or no."""
ASKING_DETERMINERS = frozenset({"which", "what"})
"""Determiners that ask who: "which states"."""
WHETHER = frozenset({"whether", "if"})
"""Conjunctions of a clause that is left open."""
OPENING_CONJUNCTIONS = frozenset({"and", "but", "or", "so", "then", "yet"})
"""Words before a clause that leave it the sentence's first."""
PRO_VERBS = frozenset({"do", "be", "have"})
"""Verbs that stand for another one: "so does Peru", "Chile has too"; modals do so as well."""
ECHOES_BEFORE = frozenset({"so", "as", "nor", "neither"})
"""Words before such a verb by which its subject does the same: "as did Peru"."""
ECHOES_AFTER = frozenset({"too", "likewise", "well"})
"""Words after such a verb by which its subject does the same: "Peru did as well"."""
