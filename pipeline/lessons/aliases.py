"""Holders whose entity people corrected twice the same way: names that an entity lacks."""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.dataset.census import UNRESOLVED, is_nobody
from pipeline.dataset.corrected import fold_words
from pipeline.dataset.correcting import Register, build_merge, build_rename, build_split
from pipeline.dataset.corrections import Correction
from pipeline.dataset.ledger import read_ones
from pipeline.dataset.records import Decision
from pipeline.errors import SettingError
from pipeline.language.words import HOLDING_PRONOUNS

FEWEST = 2
"""At so many different places an entity must have been corrected the same way."""

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """A holder that people decided on: whom the machine took it for, and whom they do.

    ``old`` is ``unresolved`` where the machine knew nobody; ``new`` equals it where they agree.
    """

    article: str
    start: int
    words: str
    sentence: str
    old: str
    new: str
    reviewers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """What is proposed: at these places ``old`` is ``new``.

    ``against`` are the places where people let ``old`` be who it is, or said a third one.
    ``correction`` is the line that makes it so, None where none can: nobody known is corrected by
    a name in the lexicon. ``words`` are the names at the places, the commonest first.
    """

    old: str
    new: str
    places: tuple[Place, ...]
    against: tuple[Place, ...]
    correction: Correction | None = None

    @property
    def id(self) -> str:
        """What it is called: the two ids, or the words and the new id where nobody was known."""
        known = self.old if self.old != UNRESOLVED else self.words[0]
        return f"{known}={self.new}"

    @property
    def words(self) -> tuple[str, ...]:
        """The names at the places, the commonest first; pronouns are none."""
        return tuple(words for words, _ in Counter(names_at(self.places)).most_common())

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles of its places."""
        return tuple(sorted({place.article for place in self.places}))

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Who said so."""
        return tuple(sorted({who for place in self.places for who in place.reviewers}))


def find_places(decisions: Iterable[Decision]) -> Iterator[Place]:
    """The holders that people decided on without drawing another, each place once.

    Where reviewers differ most of them count, and an adjudication before all; where none is most,
    the place is left out.
    """
    votes: dict[tuple[str, int], list[Decision]] = defaultdict(list)
    for item in read_ones(decisions):
        one, other = item.shown, item.decided
        if one is not None and other is not None and one.holder.span.overlaps(other.holder.span):
            votes[item.article, one.holder.start].append(item)
    for (article, start), items in sorted(votes.items()):
        if (place := _settle(article, start, items)) is not None:
            yield place


def _settle(article: str, start: int, items: Sequence[Decision]) -> Place | None:
    """The place with whom most say that it is; None where none is most, or nobody known is."""
    counted = [item for item in items if item.adjudicates][-1:] or items
    said = Counter(map(_decided_entity, counted))
    (new, often), *_ = said.most_common(1)
    first = counted[0]
    if 2 * often <= len(counted) or new is None or first.shown is None:
        return None
    sentence = first.context.text if first.context else ""
    return Place(
        article,
        start,
        " ".join(first.shown.holder.text.split()),
        " ".join(sentence.split()),
        first.shown.entity or UNRESOLVED,
        new,
        tuple(sorted({one.reviewer for one in counted if _decided_entity(one) == new})),
    )


def _decided_entity(decision: Decision) -> str | None:
    return decision.decided.entity if decision.decided else None


def suggest_aliases(places: Iterable[Place], register: Register) -> tuple[Alias, ...]:
    """What was corrected the same way at two places or more, the commonest first.

    ``places`` are as the corrections that hold have them, so that what was applied is not said
    again; neither is a name that the lexicon has by now. A pronoun is nobody's name: whom it means
    where the lexicon knows the old entity, or nobody was known, is said by its place and not by an
    alias.
    """
    found: dict[_Key, list[Place]] = defaultdict(list)
    by_old: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_old[place.old].append(place)
        corrected = place.new != place.old and not is_nobody(place.new)
        if corrected and _names(place, register) and not _is_known(place, register):
            words = fold_words(place.words) if is_nobody(place.old) else ""
            found[f"{place.old} {words}".strip(), place.new].append(place)
    made = [
        _alias(items, by_old[items[0].old], register)
        for items in found.values()
        if len(items) >= FEWEST
    ]
    return tuple(sorted(made, key=lambda one: (-len(one.places), one.id)))


def names_at(places: Iterable[Place]) -> Iterator[str]:
    """The words at the places that are no pronoun."""
    return (place.words for place in places if not _is_pronoun(place.words))


def _names(place: Place, register: Register) -> bool:
    made_up = not is_nobody(place.old) and place.old not in register.lexicon.entries
    return made_up or not _is_pronoun(place.words)


def _is_known(place: Place, register: Register) -> bool:
    """Whether the lexicon finds the name by now, and no article has the old entity any more."""
    form = register.lexicon.find(place.words)
    gone = is_nobody(place.old) or place.old not in register.census
    return gone and form is not None and form.entity == place.new


def _is_pronoun(words: str) -> bool:
    return words.lower() in HOLDING_PRONOUNS


def _alias(items: Sequence[Place], same: Iterable[Place], register: Register) -> Alias:
    first = items[0]
    folded = {fold_words(place.words) for place in items}
    against = [
        place
        for place in same
        if place.new != first.new
        and (not is_nobody(place.old) or fold_words(place.words) in folded)
    ]
    alias = Alias(first.old, first.new, tuple(items), tuple(against))
    correction = next(_corrections(alias, register), None)
    return Alias(alias.old, alias.new, alias.places, alias.against, correction)


def _corrections(alias: Alias, register: Register) -> Iterator[Correction]:
    """The corrections that could make it so and are not refused, the one that says most first.

    An entity that only the texts gave an id, and that nobody let be, is the other one as a whole.
    Of one that is somebody else's, the names go of which nobody said otherwise, or else the
    articles.
    """
    old, new = alias.old, alias.new
    if is_nobody(old):
        return
    if old not in register.lexicon.entries and not alias.against:
        yield from _if_allowed(lambda: build_merge(register, old, new))
        yield from _if_allowed(lambda: build_rename(register, old, new))
    taken = {fold_words(place.words) for place in alias.against}
    forms = [words for words in alias.words if fold_words(words) not in taken]
    if forms:
        yield from _if_allowed(lambda: build_split(register, old, new, forms=forms, articles=()))
    elsewhere = {place.article for place in alias.against}
    articles = [name for name in alias.articles if name not in elsewhere]
    if articles:
        yield from _if_allowed(lambda: build_split(register, old, new, forms=(), articles=articles))


def _if_allowed(build: Callable[[], Correction]) -> Iterator[Correction]:
    """The correction, unless it is refused."""
    try:
        yield build()
    except SettingError:
        return


def command_of(correction: Correction) -> str:
    """The words of the command that makes the correction, behind the program's name.

    >>> from pipeline.dataset.corrections import Deed
    >>> command_of(Correction(Deed.SPLIT, "org:a", "org:b", "", forms=("The Club",)))
    "entities split org:a org:b --form 'The Club'"
    """
    words = ["entities", correction.deed.value, correction.entity, correction.into]
    for form in correction.forms:
        words += ["--form", form]
    for article in correction.articles:
        words += ["--article", article]
    return shlex.join(words)
