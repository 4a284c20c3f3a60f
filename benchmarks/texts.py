"""Texts of any length and of many kinds, to measure what a character of each costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import count, cycle

_STATES = ("Chile", "Peru", "Mexico", "Kenya", "Japan", "Norway", "Ghana", "Brazil", "Togo", "Fiji")
_PROSE = (
    "{0} rejected the draft on fishing rights, and {1} welcomed the proposal for a new fund. ",
    "The minister said that the talks had failed. It was a long day at the port of Lima. ",
    "“We oppose the plan,” {0} told the committee, and {1} agreed to sign the treaty. ",
    "Officials of the European Union urged {0} to end its attacks on the city. ",
    "The committee, which met in Geneva, did not support the ban that {1} had asked for. ",
)


def _fill(pieces: Iterator[str], length: int) -> str:
    """The pieces one after the other, cut off at the length."""
    found: list[str] = []
    size = 0
    while size < length:
        found.append(next(pieces))
        size += len(found[-1])
    return "".join(found)[:length]


def _named(*templates: str) -> Iterator[str]:
    """The templates in turn, with other names and another number each time."""
    templates_in_turn = cycle(templates)
    for number in count():
        one, other = _STATES[number % 10], _STATES[(number * 7 + 3) % 10]
        yield next(templates_in_turn).format(one, other, n=number)


def _after(opening: str, *templates: str) -> Iterator[str]:
    yield opening
    yield from _named(*templates)


def _letters(number: int) -> str:
    """Three capitals that tell the number, as an acronym has them."""
    return "".join(chr(65 + number // 26**place % 26) for place in (2, 1, 0))


def _acronyms() -> Iterator[str]:
    for number in count():
        one, two, three = tuple(_letters(number))
        yield f"The {one}lpha {two}eta {three}ommission ({one}{two}{three}) backed the plan. "


_ONSETS = (
    "b bl br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sc sh sl sp st str t th tr "
    "v w wh y"
).split()
_VOWELS = "a ai au e ea ee i ia ie io o oa oo ou u".split()
_CODAS = ["", *"b ck ct d ft g l ld lt m mp n nd ng nt p r rd rk rm rs rt s ss st t th x".split()]
_VOCABULARY = 20_000


def _drawn() -> Iterator[int]:
    """Numbers that seem drawn by lot, the same each time."""
    state = 1
    while True:
        state = (state * 1_103_515_245 + 12_345) % 2**31
        yield state >> 8


def _varied() -> Iterator[str]:
    """Sentences of invented words, no two alike, in which a few words are frequent."""
    draw = _drawn()
    syllables = ("".join(kind[next(draw) % len(kind)] for kind in _KINDS) for _ in count())
    words = ["".join(next(syllables) for _ in range(1 + n % 3)) for n in range(_VOCABULARY)]
    for number in count():
        shares = (next(draw) % 2**20 / 2**20 for _ in range(8 + next(draw) % 16))
        line = " ".join(words[int(_VOCABULARY * share**3)] for share in shares)
        yield line.capitalize() + (".\n\n" if number % 6 == 5 else ". ")


_KINDS = (_ONSETS, _VOWELS, _CODAS)

_EXTRACTED: dict[str, Callable[[], Iterator[str]]] = {
    "prose": lambda: _named(*(f"{line}\n\n" if n == 4 else line for n, line in enumerate(_PROSE))),
    "one paragraph": lambda: _named(*_PROSE),
    "short claims": lambda: _named("{0} rejected the ban. "),
    "run-on, and": lambda: _after("Chile rejected the draft", " and {0} spoke about the river"),
    "run-on, claims": lambda: _after("Chile left", " and {0} rejected the ban of {1}"),
    "run-on, verbs": lambda: _after("Chile left", ", backed the draft, opposed the ban"),
    "run-on, semicolons": lambda: _named("{0} opposed the ban of {1}; "),
    "run-on, commas": lambda: _named("{0} opposed the ban, "),
    "holders in a list": lambda: _named("{0}, "),
    "holders, and": lambda: _named("{0} and "),
    "of the": lambda: _named("the head of the office of "),
    "who": lambda: _named("the man who met "),
    "said that": lambda: _named("{0} said that "),
    "accusations": lambda: _named("{0} accused {1} of backing the raid. "),
    "ends demanded": lambda: _named("{0} demanded an end to attacks by {1} and "),
    "suggested, supported": lambda: _named("{0}, supported by {1}, opposed the text. "),
    "quotations": lambda: _named("“We reject the ban,” {0} said. "),
    "quotations nested": lambda: _named("{0} said: “He told me ‘we reject “the ban "),
    "quotations opened": lambda: _named("“{0} rejects the plan. "),
    "quotations straight": lambda: _named('{0} said "it is a bad idea" and '),
    "quotation marks": lambda: _named("“"),
    "quotation marks apart": lambda: _named('" '),
    "apostrophes": lambda: _named("'"),
    "statements": lambda: _named("The minister of {0} said:\n\nWe reject the ban.\n\n"),
    "dots": lambda: _after("Chile rejected the ban", "."),
    "dots apart": lambda: _after("Chile rejected the ban", ". "),
    "dots in threes": lambda: _after("Chile rejected the ban", " . . ."),
    "exclamation marks": lambda: _after("Chile rejected the ban", "!"),
    "exclamation marks apart": lambda: _after("Chile rejected the ban", "! "),
    "question marks": lambda: _after("Did Chile reject the ban", "?!"),
    "ellipses": lambda: _after("Chile rejected the ban", "…"),
    "ellipses between": lambda: _named("{0} rejected … the ban … "),
    "brackets opened": lambda: _named("("),
    "brackets opened apart": lambda: _named("( "),
    "brackets closed": lambda: _named(")"),
    "brackets in pairs": lambda: _named("({0}) "),
    "brackets nested": lambda: _named("[{0} (see "),
    "acronym definitions": _acronyms,
    "acronyms": lambda: _after("The World Health Organization (WHO) met. ", "WHO rejected it. "),
    "or": lambda: _named("the {0} Union, or {n}U, "),
    "bylines": lambda: _named("By Ann Lee\n\n"),
    "bylines on lines": lambda: _named("By Ann Lee\n"),
    "headings": lambda: _named("The Vote of {0}\n\n"),
    "labels": lambda: _named("Author: {0}\n"),
    "datelines": lambda: _named("LIMA, May 5 (Agency) -- {0} rejected it.\n\n"),
    "capitals": lambda: _named("{0} REJECTED THE BAN OF {1} "),
    "title case": lambda: _named("The Great {0} Council And "),
    "names with hyphens": lambda: _named("{0}-{1}-"),
    "names of people": lambda: _named("Ann Lee{n} met John Roe. Lee{n} rejected the ban. "),
    "one name": lambda: _named("Ann Lee "),
    "organisations": lambda: _named("The Fund {n} Council of {0} met. The Council backed it. "),
    "titles": lambda: _named("President Minister Secretary "),
    "pronouns": lambda: _named("It rejected the ban. They welcomed it. "),
    "he said": lambda: _named("He said that she rejected his ban. "),
    "we": lambda: _named("We reject our ban. "),
    "we in quotations": lambda: _named("“We reject our ban. I do.” "),
    "countries": lambda: _named("The country rejected the ban. The region welcomed it. "),
    "administration": lambda: _named("The administration rejected the ban of the ministry. "),
    "both countries": lambda: _named("Both countries met. The two leaders rejected {0}. "),
    "the author": lambda: _after("By Ann Lee\n\n", "The author rejects the plan. "),
    "seats": lambda: _named("London rejected the ban of Brussels. "),
    "adjectives": lambda: _named("Chilean, Peruvian and Kenyan forces opposed it. "),
    "adjectives in a row": lambda: _named("Chilean, Peruvian and "),
    "must": lambda: _named("Our {0} must leave the talks. The plan is bad. "),
    "sections": lambda: _named("{n}. {0} rejects it.\n"),
    "bullets": lambda: _named("• {0} rejects the ban\n"),
    "hyphens": lambda: _named("-"),
    "hyphens apart": lambda: _named("- "),
    "blank lines": lambda: _after("Chile left.", "\n"),
    "blank lines within": lambda: _named("{0} left.\n\n\n\n\n\n\n\n"),
    "blanks": lambda: _after("Chile left.", " "),
    "lines with blanks": lambda: _named("   \n"),
    "tabs": lambda: _named("{0}\trejected\t"),
    "form feeds": lambda: _named("{0} rejected it.\f"),
    "table": lambda: _named("{0}\toppose\t{n}\n"),
    "CSV": lambda: _named('{n},"{0}","rejected the ban",{1}\n'),
    "wrapped lines": lambda: _named("{0} rejected the ban and the delegates of the region spoke\n"),
    "short lines": lambda: _named("and\n"),
    "digits": lambda: _named("{n}"),
    "numbers": lambda: _named("{n} "),
    "numbers with dots": lambda: _named("{n}."),
    "one word": lambda: _named("abcdefghij"),
    "one capital word": lambda: _named("ABCDEFGHIJ"),
    "one word, camel case": lambda: _named("wordWord.Word"),
    "one word, commas": lambda: _named("word,"),
    "one word, slashes": lambda: _named("word/"),
    "one word, symbols": lambda: _named("$#@"),
    "one word, at": lambda: _named("a@b."),
    "addresses": lambda: _named("https://example.org/{0}/{n}?a=b#c "),
    "one address": lambda: _after("https://", "example.org/{0}/"),
    "emoji": lambda: _named("🇨🇱👩‍👩‍👧"),
    "emoji between": lambda: _named("{0} 🇨🇱 rejected 👍🏽 it. "),
    "combining marks": lambda: _after("Chile", "́"),
    "letters with marks": lambda: _named("éñ "),
    "invisible marks": lambda: _named("\u200b\u00ad"),
    "Chinese": lambda: _named("智利拒绝了禁令。"),
    "Arabic": lambda: _named("رفضت تشيلي الحظر. "),
    "initials": lambda: _named("J. F. "),
    "abbreviations": lambda: _named("U.S. Gen. Lee Jr. "),
    "underscores": lambda: _named("_"),
    "stars on lines": lambda: _named("*\n"),
    "stars": lambda: _named("* "),
    "colons": lambda: _named("{0} said: "),
    "JSON": lambda: _named('{{"holder": "{0}", "cue": [{n}]}}, '),
    "HTML": lambda: _named("<p>{0} <b>rejected</b> the ban.</p>"),
}

_MARKDOWN: dict[str, Callable[[], Iterator[str]]] = {
    "markdown prose": lambda: _named("# {0}\n\n{1} **rejected** the [ban](https://e.org/{n}).\n\n"),
    "markdown tags opened": lambda: _after("<div>\n", "<a "),
    "markdown tags": lambda: _named("<div>{0}</div>\n\n"),
    "markdown comments opened": lambda: _named("<!-- "),
    "markdown brackets": lambda: _named("["),
    "markdown images": lambda: _named("![a]("),
    "markdown links opened": lambda: _named("[a](b"),
    "markdown angle": lambda: _named("a <b"),
    "markdown stars": lambda: _named("**a *b "),
    "markdown underscores": lambda: _named("_a __b "),
    "markdown ticks": lambda: _named("`a ``b "),
    "markdown strikes": lambda: _named("~~a "),
    "markdown quotes": lambda: _named("> {0} left\n"),
    "markdown quotes nested": lambda: _named(">"),
    "markdown lists": lambda: _named("- {0} left\n"),
    "markdown lists nested": lambda: _named("- "),
    "markdown numbers": lambda: _named("1. {0}\n"),
    "markdown table": lambda: _after("|a|b|\n|-|-|\n", "|{0}|{n}|\n"),
    "markdown table wide": lambda: _after("|a", "|b"),
    "markdown references": lambda: _named("[{0}{n}]: /a\n"),
    "markdown reference uses": lambda: _after("[a]: /b\n\n", "[a] "),
    "markdown entities": lambda: _named("&amp; &"),
    "markdown backslashes": lambda: _named("\\"),
    "markdown fences": lambda: _named("```\n"),
    "markdown rules": lambda: _named("---\n"),
    "markdown tags in lines": lambda: _named("<b>{0}"),
    "markdown processing": lambda: _named("<? "),
    "markdown script": lambda: _after("<script>\n", "</scrip "),
}

_FRONT_MATTER: dict[str, Callable[[], Iterator[str]]] = {
    "front matter, keys": lambda: _after("---\n", "k{n}: {0}\n"),
    "front matter, nested": lambda: _after("---\n", "[{{a: "),
    "front matter, list": lambda: _after("---\na: [", "{0}, "),
    "front matter, TOML keys": lambda: _after("+++\n", "k{n} = '{0}'\n"),
    "front matter, TOML dots": lambda: _after("+++\na", ".a"),
    "front matter, TOML dotted keys": lambda: _after("+++\n", "a.b{n}.c.d.e = 1\n"),
    "front matter, TOML tables": lambda: _after("+++\n", "[a.b{n}]\n"),
    "front matter, TOML arrays": lambda: _after("+++\na = ", "["),
    "front matter, opened": lambda: _after("---\n", "-- "),
}


def _of(
    generators: Mapping[str, Callable[[], Iterator[str]]],
) -> dict[str, Callable[[int], str]]:
    def made(pieces: Callable[[], Iterator[str]]) -> Callable[[int], str]:
        return lambda length: _fill(pieces(), length)

    return {name: made(pieces) for name, pieces in generators.items()}


_REVIEWED: dict[str, Callable[[], Iterator[str]]] = {
    "invented words": _varied,
}

TEXTS = _of(_EXTRACTED)
"""Plain texts by name, each for a length in characters."""

MARKDOWN = _of(_MARKDOWN)
"""Markdown texts by name."""

FRONT_MATTER = _of(_FRONT_MATTER)
"""Files that are all front matter, by name; not closed yet."""

REVIEWED = _of(_REVIEWED)
"""Texts in which decided claims are found again, by name: no sentence is like another."""
