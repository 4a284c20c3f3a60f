"""The targets that no concept takes, grouped by likeness, each group with an entry to paste.

Targets are alike that have the same head word ("cheap loans", "the loans from Peru") or share a
name that is no actor's ("the Lima Charter"). Nothing but their words is asked.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.concepts.choosing import JOINTS, MARKS
from pipeline.concepts.files import Concept, ConceptLexicon
from pipeline.concepts.lemmas import Token, is_shouted, tokens_of
from pipeline.concepts.mapping import Piece, build_mapper
from pipeline.concepts.patterns import read_pattern
from pipeline.language.words import (
    DEFINITE_DETERMINERS,
    PHRASE_ENDS,
    REFERRING_PRONOUNS,
)
from pipeline.lexicon.entities import EntityLexicon
from pipeline.lexicon.spellings import slug_of

_NAME = re.compile(
    r"[A-Z]{2,}\w*|[A-Z][\w’'-]*(?: (?:of|for|on|the|and) (?:the )?[A-Z][\w’'-]*| [A-Z][\w’'-]*)+"
)
_MOST_PATTERNS = 4
_LONGEST_CORE = 4


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A target of a claim: its words, or those of its antecedent, and how it reads."""

    words: str
    reads: str
    stance: str
    article: str


@dataclass(frozen=True, slots=True)
class Group:
    """Targets that are alike: how each reads and how often, commonest first, and their stances."""

    core: str
    reads: tuple[tuple[str, int], ...]
    words: tuple[str, ...]
    stances: tuple[tuple[str, int], ...]
    articles: int

    @property
    def claims(self) -> int:
        """How many claims have one of the targets."""
        return sum(often for _, often in self.reads)

    @property
    def has_words(self) -> bool:
        """Whether there is a word in the targets that a pattern could find."""
        return any(map(tokens_of, self.words)) and not self.is_pronoun

    @property
    def is_pronoun(self) -> bool:
        """Whether the targets are pronouns of which nobody knows what they stand for."""
        return all(map(is_pronoun, self.words))


@dataclass(frozen=True, slots=True)
class Head:
    """The head word of a target by its key, and the words up to it as they are written."""

    key: str
    core: str


def group_unmapped(
    targets: Iterable[Unmapped], lexicon: ConceptLexicon, is_actor: Callable[[str], bool]
) -> list[Group]:
    """The groups, the one with most claims first; ``is_actor`` says whose name joins no targets."""
    by_words: dict[str, list[Unmapped]] = defaultdict(list)
    for target in targets:
        by_words[target.words].append(target)
    owners: dict[str, str] = {}
    parents = {words: words for words in by_words}
    for words in by_words:
        for key in _likenesses(words, lexicon, is_actor):
            _join(parents, owners.setdefault(key, words), words)
    groups: dict[str, list[Unmapped]] = defaultdict(list)
    for words, members in by_words.items():
        groups[_root(parents, words)] += members
    found = [_group_of(members, lexicon) for members in groups.values()]
    return sorted(found, key=lambda group: (-group.claims, group.core.casefold()))


def is_pronoun(words: str) -> bool:
    """Whether a target is a pronoun alone, which says nothing without its sentence.

    >>> is_pronoun("They"), is_pronoun("this"), is_pronoun("the tax")
    (True, True, False)
    """
    return words.strip().lower() in REFERRING_PRONOUNS | DEFINITE_DETERMINERS


def find_head(words: str, lexicon: ConceptLexicon) -> Head | None:
    """The head of a phrase: the last word before a preposition, past words that only lead to it.

    >>> find_head("the use of cheap loans in Peru", ConceptLexicon(light=frozenset({"use"})))
    Head(key='loan', core='cheap loans')
    """
    tokens = tokens_of(words)
    phrases = list(_phrases_of(tokens))
    passed = lexicon.turns | lexicon.light
    for number, (start, end) in enumerate(phrases):
        last = number == len(phrases) - 1
        if last or tokens[end - 1].key not in passed:
            core = list(tokens[max(start, end - _LONGEST_CORE) : end])
            if len(core) == 1 and not last and phrases[number + 1][0] == end + 1:
                core += _description(tokens, *phrases[number + 1])
            text = " ".join(words[one.start : one.end] for one in core)
            return Head(tokens[end - 1].key, text.lower() if is_shouted(words) else text)
    return None


def _description(tokens: Sequence[Token], start: int, end: int) -> Sequence[Token]:
    """The preposition and the phrase behind a head of one word, which says too little alone."""
    if tokens[start - 1].key not in PHRASE_ENDS or end - start > _LONGEST_CORE:
        return ()
    return tokens[start - 1 : end]


def entry_for(
    group: Group,
    lexicon: ConceptLexicon,
    names: EntityLexicon,
    *,
    area: str,
    taken: set[str] | None = None,
) -> str:
    """A concept that takes the group's targets, as an entry of a file under ``models/concepts/``.

    Its id is one that neither the lexicon nor ``taken`` has; it is added to ``taken``.
    """
    used = set() if taken is None else taken
    name = slug_of(group.core) or "target"
    patterns = tuple(_patterns_for(group, lexicon))
    concept = Concept(
        _free_id(f"concept.{area}.{name}", {*lexicon.concepts, *used}),
        group.core[:1].upper() + group.core[1:],
        tuple(map(read_pattern, patterns)),
    )
    used.add(concept.id)
    alone = ConceptLexicon({concept.id: concept}, lexicon.turns, lexicon.light)
    mapper = build_mapper(alone, names)
    examples: dict[bool, list[str]] = {False: [], True: []}
    for words in group.words:
        for one in mapper.find_by_patterns(Piece(words)):
            examples[one.turned].append(words)
    lists = {"patterns": patterns, "examples": examples[False], "turned_examples": examples[True]}
    lines = [f"- id: {concept.id}", f"  label: {_quoted(concept.label)}"]
    for key, values in lists.items():
        lines += _lines_of(key, values)
    return "".join(f"{line}\n" for line in lines)


def _lines_of(key: str, values: Sequence[str]) -> Iterator[str]:
    """A list of an entry, its first few texts in quotes; no line where it has none."""
    if values:
        yield f"  {key}:"
    for value in values[:_MOST_PATTERNS]:
        yield f"    - {_quoted(' '.join(value.split()))}"


def _patterns_for(group: Group, lexicon: ConceptLexicon) -> Iterator[str]:
    """The words up to the head of each target once, in whichever form is met first."""
    seen: set[tuple[str, ...]] = set()
    for words in group.words:
        head = find_head(words, lexicon)
        core = head.core if head else " ".join(words.split())
        keys = tuple(token.key for token in tokens_of(core))
        if keys and keys not in seen and len(seen) < _MOST_PATTERNS:
            seen.add(keys)
            yield core


def _phrases_of(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where the words between prepositions, conjunctions and marks begin and end."""
    start = 0
    for number, token in enumerate(tokens):
        if token.key in PHRASE_ENDS | JOINTS | MARKS:
            if start < number:
                yield start, number
            start = number + 1
    if start < len(tokens):
        yield start, len(tokens)


def _likenesses(
    words: str, lexicon: ConceptLexicon, is_actor: Callable[[str], bool]
) -> Iterator[str]:
    """What makes a target like another: its head, and the names in it."""
    if head := find_head(words, lexicon):
        yield f"head {head.key}"
    for found in _NAME.finditer(" ".join(words.split())):
        if not is_actor(found[0]):
            yield f"name {found[0].casefold()}"


def _group_of(members: Sequence[Unmapped], lexicon: ConceptLexicon) -> Group:
    often = Counter(member.reads for member in members)
    by_words = Counter(member.words for member in members)
    words = sorted(by_words, key=lambda one: (-by_words[one], len(one), one))
    head = find_head(words[0], lexicon)
    return Group(
        core=head.core if head else " ".join(words[0].split()),
        reads=tuple(sorted(often.items(), key=lambda item: (-item[1], item[0]))),
        words=tuple(words),
        stances=tuple(sorted(Counter(member.stance for member in members).items())),
        articles=len({member.article for member in members}),
    )


def _free_id(wanted: str, taken: set[str]) -> str:
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free


def _quoted(text: str) -> str:
    """The text as YAML has it in double quotes."""
    import yaml

    found = yaml.safe_dump(text, allow_unicode=True, default_style='"', width=math.inf)
    return str(found).rstrip("\n")


def _root(parents: dict[str, str], words: str) -> str:
    while parents[words] != words:
        parents[words] = parents[parents[words]]
        words = parents[words]
    return words


def _join(parents: dict[str, str], one: str, other: str) -> None:
    parents[_root(parents, other)] = _root(parents, one)
