"""Random articles, random decisions on them, and random edits that remember where letters are from.

Every letter of an edited text knows which letter of the old text it was, whether it belongs to the
original or to a copy, and whether it was put under words that dispute it: so a test can say whether
a claim was found at the right place, and whether it may stand there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from pipeline.dataset.reanchor import widen_context
from pipeline.dataset.records import Position, Quote, quote
from pipeline.records import Form, Span, Stance

HOLDERS = ("Chile", "Peru", "The OAS", "Mexico’s government", "It", "Brazil")
CUES = ("rejected", "backed", "voted for", "warned against", "did not endorse")
TARGETS = ("the draft", "the “new” treaty", "an embargo – again", "the vote", "Peru’s plan")
TAILS = ("", "", " on Monday", ", officials said", " in “plain” words")
FILLERS = ("Talks went on.", "Rain fell – for days.", "“Who knows?” he asked.", "Nothing else.")


@dataclass(frozen=True)
class Letter:
    """One character: where it stood in the old text (None: new), in which copy, how it is taken.

    ``disputed`` letters stand under words that reverse, quote or dispute them.
    """

    char: str
    origin: int | None
    copy: int = 0
    disputed: bool = False


Letters = list[Letter]


@dataclass(frozen=True)
class Decided:
    """A claim that somebody decided on, and its context."""

    position: Position
    context: Quote
    sentence: Span


def text_of(letters: Letters) -> str:
    return "".join(letter.char for letter in letters)


def make_article(random: Random) -> tuple[str, tuple[Decided, ...]]:
    """A text of a few paragraphs, and decisions on some of its sentences."""
    text, spots = "", []
    for _ in range(random.randint(1, 5)):
        for _ in range(random.randint(1, 4)):
            if random.random() < 0.3:
                text += random.choice(FILLERS) + " "
                continue
            parts = [random.choice(pool) for pool in (HOLDERS, CUES, TARGETS)]
            spots.append(
                (len(text), parts, sentence := " ".join(parts) + random.choice(TAILS) + ".")
            )
            text += sentence + " "
        text = text.rstrip() + "\n\n"
    text = text.rstrip() + "\n"
    return text, tuple(_decide(text, spot) for spot in spots if random.random() < 0.7)


def _decide(text: str, spot: tuple[int, list[str], str]) -> Decided:
    start, (holder, cue, target), sentence = spot
    at = start + len(holder) + 1
    after = at + len(cue) + 1
    position = Position(
        holder=quote(text, Span(start, start + len(holder))),
        cue=quote(text, Span(at, at + len(cue))),
        target=quote(text, Span(after, after + len(target))),
        stance=Stance.SUPPORT,
        form=Form.STATEMENT,
    )
    whole = Span(start, start + len(sentence))
    return Decided(position, widen_context(quote(text, whole), text), whole)


def edit(text: str, random: Random) -> Letters:
    """The text after a few edits of the kinds that people make."""
    letters = [Letter(char, index) for index, char in enumerate(text)]
    for _ in range(random.randint(1, 5)):
        letters = random.choice(EDITS)(letters, random)
    return letters


def _sentences(letters: Letters) -> list[Span]:
    """The stretches between full stops or line ends, each with the space behind it."""
    spans, start, text = [], 0, text_of(letters)
    for index, char in enumerate(text):
        behind = text[index + 1 : index + 2]
        if (char in ".?" and behind.isspace()) or (char == "\n" and behind != "\n"):
            end = index + 2 if char in ".?" and behind == " " else index + 1
            spans.append(Span(start, end))
            start = end
    return [span for span in spans if text[span.start : span.end].strip()]


def _fresh(words: str) -> Letters:
    return [Letter(char, None) for char in words]


def insert_sentence(letters: Letters, random: Random) -> Letters:
    spans = _sentences(letters)
    at = random.choice(spans).start if spans else 0
    words = random.choice((*FILLERS, "Cuba rejected the draft.", "Cuba backed the vote."))
    return letters[:at] + _fresh(words + " ") + letters[at:]


def insert_heading(letters: Letters, random: Random) -> Letters:
    return _fresh(random.choice(("The vote\n\n", "Perú – sí\n\n"))) + letters


def delete_sentence(letters: Letters, random: Random) -> Letters:
    if len(spans := _sentences(letters)) < 2:
        return letters
    span = random.choice(spans)
    return letters[: span.start] + letters[span.end :]


def delete_letters(letters: Letters, random: Random) -> Letters:
    at = random.randrange(len(letters))
    return letters[:at] + letters[at + random.randint(1, 12) :] or letters


def move_sentence(letters: Letters, random: Random) -> Letters:
    """A sentence elsewhere; never one that stands there twice, whose places none could tell."""
    spans = _sentences(letters)
    text = text_of(letters)
    alone = [span for span in spans if text.count(span.text_in(text).strip()) == 1]
    if not alone:
        return letters
    span = random.choice(alone)
    taken = letters[span.start : span.end]
    rest = letters[: span.start] + letters[span.end :]
    places = [0, *(other.end for other in _sentences(rest))]
    at = random.choice(places)
    if taken and taken[-1].char not in " \n":
        taken = [*taken, *_fresh(" ")]
    return rest[:at] + taken + rest[at:]


def copy_sentence(letters: Letters, random: Random) -> Letters:
    spans = _sentences(letters)
    if not spans:
        return letters
    span = random.choice(spans)
    number = random.randint(1, 1_000_000)
    copied = [
        Letter(letter.char, letter.origin, number) for letter in letters[span.start : span.end]
    ]
    at = random.choice(spans).start
    return letters[:at] + copied + _fresh(" ") + letters[at:]


def retype(letters: Letters, random: Random) -> Letters:
    at = random.randrange(len(letters))
    vowels = [vowel for vowel in "aeiou" if vowel != letters[at].char]
    return letters[:at] + _fresh(random.choice(vowels)) + letters[at + random.randint(0, 1) :]


def negate(letters: Letters, random: Random) -> Letters:
    spans = _sentences(letters)
    at = random.choice(spans).start if spans else 0
    return letters[:at] + _fresh("It is false that ") + letters[at:]


def change_typography(letters: Letters, random: Random) -> Letters:
    table = random.choice(
        ({"“": '"', "”": '"', "’": "'"}, {"–": "—"}, {"–": "-"}, {"'": "’"}, {" ": "\u00a0"})
    )
    return [Letter(table.get(item.char, item.char), item.origin, item.copy) for item in letters]


EDITS: tuple[Callable[[Letters, Random], Letters], ...] = (
    insert_sentence,
    insert_heading,
    delete_sentence,
    delete_letters,
    move_sentence,
    copy_sentence,
    retype,
    negate,
    change_typography,
)


IN_FRONT = (
    "Hardly a soul believes that", "It was a dream that", "Bloggers insist", "Had he been asked,",
    "Had it been true,", "In the novel,", "According to a forged letter,", "He would never say",
)  # fmt: skip
JOINS = (
    " ",
    "\n",
    " \n",
    "\t",
    ": ",
    ":\n",
    ":\n\n",
    "; ",
    " … ",
    "... ",
    ", ",
    " – ",
    " — ",
    " - ",
)
BEHIND = (
    ", a paper made up", " – or so the rumour went", " (this was later withdrawn)",
    "\nin nobody's view",
    " if you trust a forged letter", ": a joke", "; nobody saw it", " …",
)  # fmt: skip
APPENDED = (
    "” That was the forgery.", '" ran the invented headline.', "’ he joked.", " – not at all.",
    " said no minister ever.", "\nor not.", "\n\nso a forged letter had it.", ") was the dream.",
)  # fmt: skip
BESIDE = (
    "That was never the case.", "Nobody ever said that.", "This report has been retracted.",
    "The ministry denied it.", "Not a word of this is true.", "It did not.",
    "What a joke that was.",
    "Editors later called this an invented story.", "No such thing took place.", "That is wrong.",
)  # fmt: skip
AHEAD = (
    "What follows is invented.", "Nobody believes the following.", "None of this happened.",
    "The next line is false.", "This is a joke.", "The paper has since retracted what follows.",
)  # fmt: skip
MARKS = (("“", "”"), ('"', '"'), ("«", "»"), ("‘", "’"), ("'", "'"), ("(", ")"), ("[", "]"))


def _whole_sentence(letters: Letters, random: Random) -> Span | None:
    """A sentence without the space behind it, None where there is none with two words."""
    text = text_of(letters)
    spans = [
        Span(span.start, span.start + len(span.text_in(text).rstrip()))
        for span in _sentences(letters)
        if len(span.text_in(text).split()) > 1
    ]
    return random.choice(spans) if spans else None


def _around(letters: Letters, span: Span, before: str, behind: str) -> Letters:
    """The letters with words on both sides of a sentence, whose letters are disputed now."""
    inside = [replace(letter, disputed=True) for letter in letters[span.start : span.end]]
    head, tail = letters[: span.start], letters[span.end :]
    return head + _fresh(before) + inside + _fresh(behind) + tail


def put_in_front(letters: Letters, span: Span, random: Random) -> Letters:
    return _around(letters, span, random.choice(IN_FRONT) + random.choice(JOINS), "")


def put_behind(letters: Letters, span: Span, random: Random) -> Letters:
    """Words between the sentence and its full stop, or right behind that."""
    if random.random() < 0.5 and letters[span.end - 1].char in ".?":
        body = Span(span.start, span.end - 1)
        return _around(letters, body, "", random.choice(BEHIND))
    return _around(letters, span, "", random.choice(APPENDED))


def put_in_marks(letters: Letters, span: Span, random: Random) -> Letters:
    """A quotation mark or a bracket on both sides or on one."""
    opening, closing = random.choice(MARKS)
    lead = random.choice(("", "Fiction: ", "A forger wrote: ", "He did not write "))
    match random.randrange(3):
        case 0:
            return _around(letters, span, lead + opening, closing)
        case 1:
            return _around(letters, span, lead + opening, "")
    return _around(letters, span, "", closing)


def put_in_a_longer_quotation(letters: Letters, span: Span, random: Random) -> Letters:
    """The mark opens before a sentence in front of it, and closes behind it or never."""
    opening, closing = random.choice(MARKS[:3])
    filler = random.choice(("Rain fell. ", "Talks went on. "))
    end = random.choice((closing, f" And so on.{closing}", ""))
    return _around(letters, span, f"The forged letter reads: {opening}{filler}", end)


def put_beside(letters: Letters, span: Span, random: Random) -> Letters:
    gap = random.choice((" ", "\n", "\n\n"))
    if random.random() < 0.5:
        return _around(letters, span, random.choice(AHEAD) + gap, "")
    return _around(letters, span, "", gap + random.choice(BESIDE))


DISPUTES: tuple[Callable[[Letters, Span, Random], Letters], ...] = (
    put_in_front,
    put_behind,
    put_in_marks,
    put_in_a_longer_quotation,
    put_beside,
)


def dispute(letters: Letters, random: Random) -> Letters:
    """The text after one sentence of it was put under words that reverse or dispute it."""
    span = _whole_sentence(letters, random)
    return letters if span is None else random.choice(DISPUTES)(letters, span, random)


def is_disputed(found: Position, letters: Letters) -> bool:
    """Whether the claim was found under words that were put there to dispute it."""
    return any(letter.disputed for letter in letters[found.cue.start : found.cue.end])


def harmless(text: str, random: Random) -> str:
    """The text after an edit that leaves the sentence and what is beside it as they were."""
    match random.randrange(4):
        case 0:
            return "The second week\n\n" + text
        case 1:
            return "Ministers met for another round of talks.\n\n" + text
        case 2:
            return text.rstrip() + "\n\nThe hall was full on both days.\n"
    wrapped = [" ".join(part.split()).replace(" ", "\n", 2) for part in text.split("\n\n")]
    return "\n\n".join(wrapped)


def is_right(decided: Decided, found: Position, old: str, letters: Letters) -> bool:
    """Whether the claim was found where its own letters went.

    On a copy it is right only where little of the original sentence is left, or where the
    neighbours are copied too that the sentence was decided on with. The same words at the same
    offsets are right: no reader of the two texts could tell the difference.
    """
    if found == decided.position:
        return True
    twins = _twins(old)
    for was, new in zip(decided.position.quotes, found.quotes, strict=True):
        origins = [letter.origin for letter in letters[new.start : new.end]]
        if (
            None in origins
            or [twins[index or 0] for index in origins] != twins[was.start : was.end]
        ):
            return False
    if decided.context.span != decided.sentence:
        return True
    if all(letter.copy == 0 for letter in letters[found.cue.start : found.cue.end]):
        return True
    kept = sum(
        letter.origin is not None
        and letter.copy == 0
        and decided.sentence.start <= letter.origin < decided.sentence.end
        for letter in letters
    )
    return kept < 0.7 * (decided.sentence.end - decided.sentence.start)


def _twins(old: str) -> list[int]:
    """For each letter of the text, the letter at its place in the first of the same sentences."""
    first: dict[str, int] = {}
    same = list(range(len(old)))
    for span in _sentences([Letter(char, index) for index, char in enumerate(old)]):
        start = first.setdefault(span.text_in(old).strip(), span.start)
        for offset in range(len(span.text_in(old).strip())):
            same[span.start + offset] = start + offset
    return same
