"""Added claims by the pattern of their cue, and those whose cue the lexicon has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.extraction.build import CLAIMS
from pipeline.extraction.trying import parse_texts
from pipeline.lessons.additions import Addition
from pipeline.lessons.entries import new_id
from pipeline.lessons.patterns import Marked, Pattern, read_marked
from pipeline.lessons.windows import Window
from pipeline.records import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from pipeline.extraction.propose.rules import CueIndex


_SAID_OF = ("amod", "advmod", "compound", "nummod")


@dataclass
class Group:
    """The added claims of one pattern; ``id`` is what its entry is called.

    ``forms`` are its words as the texts have them, ``patterns`` all that could stand for it.
    """

    pattern: Pattern
    id: str = ""
    members: list[tuple[Addition, Window]] = field(default_factory=list)
    forms: set[tuple[str, ...]] = field(default_factory=set)
    patterns: Counter[Pattern] = field(default_factory=Counter)

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles of its claims."""
        return tuple(sorted({addition.article for addition, _ in self.members}))

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Who added them."""
        return tuple(sorted({who for addition, _ in self.members for who in addition.reviewers}))


@dataclass
class Grouped:
    """The groups, those of most claims first; how many claims have a cue of the lexicon, or none.

    ``known`` has these claims by the ids of their cues.
    """

    groups: list[Group] = field(default_factory=list)
    known: Counter[str] = field(default_factory=Counter)
    wordless: int = 0


def group_additions(
    nlp: Language,
    added: Sequence[tuple[Addition, Window]],
    *,
    light: Iterable[str],
    taken: Iterable[str],
) -> Grouped:
    """The added claims by the pattern of their cue.

    ``light`` are verbs that lend their subject, beside which a known noun needs no entry;
    ``taken`` are the ids that there are.
    """
    matcher: Any = nlp.get_pipe(CLAIMS)
    found: dict[Pattern, Group] = {}
    result, verbs = Grouped(), frozenset(light)
    for addition, window, doc in _parsed(nlp, added):
        marked = read_marked(doc, *_inside(addition, window))
        if marked is None:
            result.wordless += 1
        elif known := _known_cue(doc, marked, matcher.cues, verbs):
            result.known[known] += 1
        else:
            group = found.setdefault(marked.patterns[0], Group(marked.patterns[0]))
            group.members.append((addition, window))
            group.forms.add(marked.forms)
            group.patterns.update(marked.patterns)
    result.groups = sorted(found.values(), key=lambda one: (-len(one.members), one.pattern))
    _name(result.groups, set(taken))
    return result


def _parsed(
    nlp: Language, added: Sequence[tuple[Addition, Window]]
) -> Iterator[tuple[Addition, Window, Doc]]:
    """Each claim with its sentence alone, parsed."""
    docs = parse_texts(nlp, (window.words for _, window in added))
    for (addition, window), doc in zip(added, docs, strict=True):
        yield addition, window, doc


def _inside(addition: Addition, window: Window) -> tuple[Span, Span | None]:
    """The cue and the target in the sentence's own offsets."""
    by = window.sentence.start
    cue, target = addition.position.cue.span, addition.position.target
    moved = Span(target.start - by, target.end - by) if target else None
    return Span(cue.start - by, cue.end - by), moved


def _known_cue(doc: Doc, marked: Marked, cues: CueIndex, light: frozenset[str]) -> str | None:
    """The id of the cue that the lexicon has at these words, if it has one.

    That is one of all the words, or of all but a verb that only lends its subject and what is
    said of the words: "great antipathy to".
    """
    words = set(marked.words)
    for place in marked.words:
        for match in cues.matches_at(doc[place]):
            known = {word.i for word in match.words}
            if all(_adds_nothing(doc[other], known, light) for other in words - known):
                return match.cue.id
    return None


def _adds_nothing(token: Token, known: set[int], light: frozenset[str]) -> bool:
    return token.lemma_.lower() in light or (token.dep_ in _SAID_OF and token.head.i in known)


def _name(groups: Iterable[Group], taken: set[str]) -> None:
    """Give each group an id that neither the lexicon nor an earlier group has."""
    for group in groups:
        group.id = new_id(group.pattern.words, group.pattern.pos, taken)
        taken.add(group.id)
