"""Entries for the cues that people added and the lexicon lacks, each tried on the corpus."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.dataset.ledger import read_ones
from pipeline.dataset.records import Decision
from pipeline.extraction.trying import parse_texts, with_cues
from pipeline.lessons.additions import Addition, find_added, place_additions
from pipeline.lessons.decided import Decided, Fate, is_claim_of, read_decided
from pipeline.lessons.entries import Entry
from pipeline.lessons.examples import find_counterexamples, find_examples
from pipeline.lessons.grouping import Group, Grouped, group_additions
from pipeline.lessons.places import Places, find_places, keys_of
from pipeline.lessons.shaping import MOST_TRIED, Wanted, claims_in, is_cue_of, shape_entry
from pipeline.lessons.trial import find_unmade, plain_text
from pipeline.lessons.windows import Window, window_at
from pipeline.records import Claim, Extraction, Span, Stance

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MOST_GROUPS = 50
MOST_MEMBERS = 100
"""So many groups are tried, and so many added claims of each."""


@dataclass(frozen=True)
class Readers:
    """Who reads: ``rules`` proposes by the rules alone, as examples are tried; ``whole`` extracts.

    Both are what ``build_language`` returns, ``rules`` of the profile ``fast``.
    """

    rules: Language
    whole: Language


@dataclass(frozen=True)
class Workspace:
    """Where decisions and extractions are read: all of them, one after the other, or one."""

    decisions: Sequence[Decision]
    each: Callable[[], Iterable[Extraction]]
    one: Callable[[str], Extraction | None]

    def by_article(self) -> Mapping[str, tuple[Decision, ...]]:
        """The standing decisions on each article."""
        found: dict[str, list[Decision]] = defaultdict(list)
        for item in read_ones(self.decisions):
            found[item.article].append(item)
        return {article: tuple(items) for article, items in found.items()}


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim that the entry would newly make: what people said of its place, and its sentence."""

    fate: Fate
    article: str
    sentence: str


@dataclass(frozen=True)
class Suggestion:
    """An entry for a group of added claims, and what it would do.

    ``entry`` is None where the grammar makes no claim of the words, whatever it is told. Of
    ``tried`` added claims it finds ``found``; ``before`` are found without it, as by a learned
    reader. Of ``places`` other sentences with its words ``read`` were read anew, and in those stand
    the ``marks`` that it would newly make.
    """

    group: Group
    entry: Entry | None
    tried: int = 0
    found: int = 0
    before: int = 0
    places: int = 0
    read: int = 0
    marks: tuple[Mark, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether there is an entry that finds some of the claims, with an example that holds."""
        return self.entry is not None and bool(self.entry.examples) and self.found > 0

    @property
    def counts(self) -> Counter[Fate]:
        """How many of the marks people spoke for or against."""
        return Counter(mark.fate for mark in self.marks)


@dataclass(frozen=True)
class Suggestions:
    """The suggestions, and what became of the added claims for which there is none.

    ``known`` are claims by the lexicon's cue at their words, ``wordless`` those with no word that
    could be a cue, ``lost`` those whose words are not in the article now; ``more`` counts groups
    beyond the first.
    """

    made: tuple[Suggestion, ...] = ()
    added: int = 0
    known: Mapping[str, int] = field(default_factory=dict)
    wordless: int = 0
    lost: int = 0
    more: int = 0


def suggest_cues(
    workspace: Workspace,
    readers: Readers,
    *,
    light: Iterable[str],
    taken: Iterable[str],
    only: str | None = None,
) -> Suggestions:
    """The suggestions, ready ones before others, and those that find most claims anew first.

    With ``only`` there is none but that of this id.
    ``light`` are the verbs that lend their subject, ``taken`` the ids of the cues that there are.
    """
    added, lost = _placed(workspace)
    grouped = group_additions(readers.rules, added, light=light, taken=taken)
    groups = [one for one in grouped.groups if only in (None, one.id)]
    shaped = [_shape(readers, group) for group in groups[:MOST_GROUPS]]
    shaped.sort(key=lambda one: (not one.is_ready, one.before - one.found))
    made = _with_places(readers, shaped, workspace)
    return Suggestions(
        made=tuple(made),
        added=len(added) + lost,
        known=dict(grouped.known.most_common()),
        wordless=grouped.wordless,
        lost=lost,
        more=_beyond(grouped, only),
    )


def _beyond(grouped: Grouped, only: str | None) -> int:
    return max(0, len(grouped.groups) - MOST_GROUPS) if only is None else 0


def _placed(workspace: Workspace) -> tuple[list[tuple[Addition, Window]], int]:
    """The added claims with their windows; and how many have no place in the extractions."""
    found: list[tuple[Addition, Window]] = []
    lost = 0
    for article, items in find_added(workspace.decisions).items():
        extraction = workspace.one(article)
        if extraction is None:
            lost += len(items)
            continue
        additions, missing = place_additions(items, extraction)
        lost += missing
        for addition in additions:
            cue = addition.position.cue
            if window := window_at(extraction, cue.start, cue.end):
                found.append((addition, window))
            else:
                lost += 1
    return found, lost


def _shape(readers: Readers, group: Group) -> Suggestion:
    """The entry of a group with its examples, tried on the group's own claims."""
    members = group.members[:MOST_MEMBERS]
    some = _parsed(readers.rules, members[:MOST_TRIED])
    wanted = _parsed(readers.whole, members)
    before = _count_found(readers.whole, wanted)
    entry = shape_entry(readers.rules, group.id, some, group.patterns)
    if entry is None:
        return Suggestion(group, None, len(wanted), before, before)
    entry = replace(entry, examples=find_examples(readers.rules, entry, some))
    with with_cues(readers.whole, (entry.to_cue(),)):
        found = _count_found(readers.whole, wanted)
        unmade = frozenset(find_unmade(readers.whole, entry))
    held = tuple(one for one in entry.examples if plain_text(one) not in unmade)
    return Suggestion(group, replace(entry, examples=held), len(wanted), found, before)


def _parsed(nlp: Language, members: Sequence[tuple[Addition, Window]]) -> list[Wanted]:
    docs = list(parse_texts(nlp, [window.text for _, window in members]))
    return [
        Wanted(addition, window, doc) for (addition, window), doc in zip(members, docs, strict=True)
    ]


def _count_found(nlp: Language, wanted: Iterable[Wanted]) -> int:
    """How many of the wanted claims the whole extraction finds by the cues of now."""
    return sum(
        any(is_claim_of(one.addition.position, claim) for claim in _claims(nlp, one))
        for one in wanted
    )


def _claims(nlp: Language, wanted: Wanted) -> Iterator[Claim]:
    return claims_in(nlp, wanted.window, wanted.doc)


def _with_places(
    readers: Readers, shaped: Sequence[Suggestion], workspace: Workspace
) -> Iterator[Suggestion]:
    """The suggestions with what their entries would do in the other sentences of the corpus."""
    decisions = workspace.by_article()
    looked_at = {article: _contexts(items) for article, items in decisions.items()}

    def is_decided(article: str, sentence: Span) -> bool:
        return any(span.overlaps(sentence) for span in looked_at.get(article, ()))

    trying = [one for one in shaped if one.entry is not None]
    sought = {one.group.id: _sought(one.group) for one in trying}
    find_places(workspace.each() if sought else (), tuple(sought.values()), is_decided)
    for one in shaped:
        places = sought.get(one.group.id)
        yield _tried(readers, one, places, workspace, decisions) if places is not None else one


def _contexts(decisions: Iterable[Decision]) -> tuple[Span, ...]:
    return tuple({item.context.span for item in decisions if item.context is not None})


def _sought(group: Group) -> Places:
    taken = frozenset((window.article, window.sentence.start) for _, window in group.members)
    return Places(keys_of(group.forms), taken)


def _tried(
    readers: Readers,
    one: Suggestion,
    places: Places,
    workspace: Workspace,
    decisions: Mapping[str, tuple[Decision, ...]],
) -> Suggestion:
    """The suggestion with the marks that its entry would make, and with counterexamples."""
    entry = one.entry
    if entry is None:
        return one
    marks: list[Mark] = []
    against: list[Window] = []
    docs = list(parse_texts(readers.whole, [window.text for window in places.windows]))
    for window, doc in zip(places.windows, docs, strict=True):
        decided = _decided_in(window, workspace, decisions)
        new = _new_marks(readers.whole, entry, window, doc, decided)
        marks += new
        if not new and _is_against(decided, window, entry, places):
            against.append(window)
    found = replace(entry, counterexamples=find_counterexamples(readers.rules, entry, against))
    return replace(one, entry=found, places=places.total, read=len(docs), marks=tuple(marks))


def _is_against(decided: Decided, window: Window, entry: Entry, places: Places) -> bool:
    stance = Stance(entry.stance) if entry.stance in set(Stance) else Stance.SUPPORT
    return decided.speaks_against(window.sentence, stance, places.has_head)


def _decided_in(
    window: Window, workspace: Workspace, decisions: Mapping[str, tuple[Decision, ...]]
) -> Decided:
    items = decisions.get(window.article, ())
    extraction = workspace.one(window.article) if items else None
    return read_decided(items, extraction.text) if extraction is not None else Decided()


def _new_marks(
    nlp: Language, entry: Entry, window: Window, doc: Doc, decided: Decided
) -> list[Mark]:
    """The claims of the window's sentence that the entry makes and nothing made before."""
    old = list(claims_in(nlp, window, doc))
    with with_cues(nlp, (entry.to_cue(),)):
        new = [claim for claim in claims_in(nlp, window, doc) if is_cue_of(entry, claim)]
    sentence = " ".join(window.words.split())
    return [
        Mark(decided.fate_of(claim.holder.span, claim.cue, claim.stance), window.article, sentence)
        for claim in new
        if not any(_is_same(claim, other) for other in old)
    ]


def _is_same(one: Claim, other: Claim) -> bool:
    return (
        one.stance is other.stance
        and one.holder.span.overlaps(other.holder.span)
        and one.cue.overlaps(other.cue)
    )
