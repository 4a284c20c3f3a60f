"""New corrections of entities, each looked at before it is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cached_property

from pipeline.dataset.census import UNRESOLVED, Counted, is_nobody
from pipeline.dataset.corrected import Corrections, fold_words
from pipeline.dataset.corrections import ENTITY, Correction, Deed, standing_corrections, with_id
from pipeline.dataset.records import Decision
from pipeline.errors import SettingError
from pipeline.lexicon.entities import EntityLexicon
from pipeline.lexicon.spellings import slug_of

_LONGEST_NAME = 200
_SHOWN = 8


@dataclass(frozen=True)
class Register:
    """All that a correction is tried against.

    ``census`` counts the extractions, and ``decided`` are the entities of decisions, both as the
    corrections have them; ``all`` are the corrections that were ever made, in order of time.
    """

    lexicon: EntityLexicon
    census: Mapping[str, Counted]
    decided: Collection[str] = ()
    all: Sequence[Correction] = ()

    @cached_property
    def now(self) -> Corrections:
        """The corrections that hold."""
        return Corrections(standing_corrections(self.all))

    @cached_property
    def known(self) -> frozenset[str]:
        """Every entity that somebody knows: the lexicon, the articles, the decisions."""
        made = {item.into for item in self.now.standing}
        found = {*self.lexicon.entries, *self.census, *self.decided, *made}
        return frozenset(found - {UNRESOLVED})

    def name_of(self, entity: str) -> str:
        """How an entity is called in lists; its id where nobody gave it a name."""
        return self.now.names.get(entity) or self.lexicon.name_of(entity)


def entities_of(decisions: Iterable[Decision]) -> frozenset[str]:
    """The holders and reporters of what was decided."""
    found: set[str | None] = set()
    for item in decisions:
        if item.decided is not None:
            found |= {item.decided.entity, item.decided.attribution_entity}
    return frozenset(entity for entity in found if entity)


def build_merge(register: Register, entity: str, into: str) -> Correction:
    """The correction by which two entities are one, called ``into``.

    Raises:
        SettingError: one of them is unknown, was given up, or is nobody in particular; or both are
            the same.
    """
    for name in (entity, into):
        _check_current(register, name)
    _check_someone(entity)
    if not ENTITY.fullmatch(into):
        raise SettingError(f"nobody can be merged into {into}, which stands for nobody known")
    if entity == into:
        raise SettingError(f"{entity} cannot be merged into itself; name two entities")
    return _new(Deed.MERGE, entity, into)


def build_rename(register: Register, entity: str, new: str) -> Correction:
    """The correction by which an entity has another id, or name and the id made from it.

    Raises:
        SettingError: the entity is unknown or was given up; the new one is no id and no name, is
            there already, or is what the entity is called.
    """
    _check_current(register, entity)
    _check_someone(entity)
    into, name = read_new(entity, new)
    if into == entity:
        if not name or name == register.name_of(entity):
            raise SettingError(f"{entity} is called {new!r} already; give another id or name")
        return _new(Deed.RENAME, entity, into, name=name)
    _check_given_up(register, into)
    if into in register.known:
        raise SettingError(
            f"there is {into} already. To make the two one: claims entities merge {entity} {into}"
        )
    if into.startswith("country:"):
        raise SettingError(f"{into} is no country of the lexicon; add it under models/entities/")
    return _new(Deed.RENAME, entity, into, name=name)


def build_split(
    register: Register, entity: str, new: str, *, forms: Sequence[str], articles: Sequence[str]
) -> Correction:
    """The correction by which some mentions of an entity are another's.

    Raises:
        SettingError: an entity is unknown or was given up, both are the same, neither words nor
            articles say which mentions, some of them do not name the entity, or all mentions would
            go.
    """
    _check_current(register, entity)
    into, name = read_new(entity, new)
    if into == entity:
        raise SettingError(f"{entity} cannot be split off from itself; name another entity")
    _check_given_up(register, into)
    if into.startswith("country:") and into not in register.known:
        raise SettingError(f"{into} is no country of the lexicon; add it under models/entities/")
    if not forms and not articles:
        raise SettingError(
            "say which mentions are meant: --form 'THE WORDS', --article ARTICLE, or both"
        )
    _check_limits(register, entity, forms, articles)
    name = "" if into in register.known else name
    return _new(Deed.SPLIT, entity, into, forms=forms, articles=articles, name=name)


def build_undo(register: Register, deed: Deed, entity: str, new: str) -> Correction:
    """The correction that takes back the last one of this deed on these two.

    Raises:
        SettingError: there is none, or a later one that stands builds on it.
    """
    into = new if deed is Deed.MERGE else read_new(entity, new)[0]
    standing = register.now.standing
    same = [one for one in standing if (one.deed, one.entity, one.into) == (deed, entity, into)]
    if not same:
        known = "; ".join(item.in_words() for item in standing[-_SHOWN:]) or "none"
        raise SettingError(
            f"nothing to undo: no {deed} of {entity} into {into} stands. Standing are: {known}"
        )
    undone = same[-1]
    made = deed is not Deed.MERGE and undone.entity != undone.into
    for item in standing[standing.index(undone) + 1 :]:
        if made and undone.into in (item.entity, item.into):
            raise SettingError(
                f"{item.in_words()} since, which builds on it; take that back first, with --undo"
            )
    return _new(Deed.UNDO, entity, into, undoes=undone.id)


def read_new(entity: str, new: str) -> tuple[str, str]:
    """The id and the name that are meant by what was given as new.

    An id is taken as it is, without a name; of a name the id is made: an acronym as it is written,
    anything else in small letters with hyphens.

    Raises:
        SettingError: it is neither.

    >>> read_new("org:ftu", "Free Trade Union"), read_new("org:x", "person:hugh-hill")
    (('org:free-trade-union', 'Free Trade Union'), ('person:hugh-hill', ''))
    """
    name = " ".join(new.split())
    if ENTITY.fullmatch(name) and name.count(":") == 1:
        return name, ""
    slug = name if name.isascii() and name.isalnum() and name.isupper() else slug_of(name)
    ids = " ".join(("country:", "org:", "group:", "person:"))
    if not slug or not name.isprintable() or len(name) > _LONGEST_NAME or _is_like_id(name):
        raise SettingError(
            f"{new!r:.80} is neither an id nor a name: an id is one of {ids} "
            "followed by a name without blanks"
        )
    prefix = entity.partition(":")[0]
    return f"{prefix if prefix != 'unknown' else 'person'}:{slug}", name


def _is_like_id(name: str) -> bool:
    """As in "firm:acme", "org:": words with a colon inside and no blank behind it."""
    head, colon, tail = name.partition(":")
    return bool(colon) and " " not in head and not tail.startswith(" ")


def _check_current(register: Register, entity: str) -> None:
    """Refuse an entity that nobody knows, with the nearest, and one that is another one now."""
    _check_given_up(register, entity)
    if entity not in register.known:
        near = ", ".join(get_close_matches(entity, register.known, n=3)) or "none is near"
        raise SettingError(
            f"there is no entity {entity!r:.80} in the lexicon, the extracted articles or the "
            f"decisions (nearest: {near}). See them with: claims entities"
        )


def _check_given_up(register: Register, entity: str) -> None:
    now = register.now.entity_of(entity)
    if now != entity:
        item = next(one for one in register.now.standing if one.entity == entity != one.into)
        raise SettingError(
            f"{item.in_words()} on {item.decided_at[:10]}, so that there is no {entity}; name "
            f"{now}, or take that back: "
            f"claims entities {item.deed} {item.entity} {item.into} --undo"
        )
    if (canonical := register.lexicon.canonical(entity)) != entity:
        raise SettingError(
            f"{entity} is merged into {canonical} in entities/merged.yaml of the models folder; "
            f"name {canonical}, or take the line out there"
        )


def _check_someone(entity: str) -> None:
    if is_nobody(entity):
        raise SettingError(
            f"{entity} is whoever a text does not name, somebody else in each article; say who it "
            f"is in one: claims entities split {entity} NEW --article ARTICLE"
        )


def _check_limits(
    register: Register, entity: str, forms: Sequence[str], articles: Sequence[str]
) -> None:
    """Refuse words and articles that do not name the entity, and those that are all of it."""
    counted = register.census.get(entity)
    if counted is None:
        raise SettingError(f"{entity} is not named in any extracted article")
    words = {fold_words(form) for form in counted.forms}
    for form in forms:
        if fold_words(form) not in words:
            known = ", ".join(f"{one!r}" for one, _ in counted.forms.most_common(_SHOWN))
            raise SettingError(f"no mention of {entity} has the words {form!r:.80}; it has {known}")
    for article in articles:
        if article not in counted.articles:
            known = ", ".join(sorted(counted.articles)[:_SHOWN])
            raise SettingError(f"no article {article!r:.80} names {entity}; those that do: {known}")
    taken = _count_taken(counted, forms, articles)
    if counted.uses and not taken:
        raise SettingError(f"none of these articles names {entity} in these words")
    if taken == len(counted.uses) and not is_nobody(entity):
        raise SettingError(f"that is every mention of {entity}: use claims entities rename, merge")


def _count_taken(counted: Counted, forms: Sequence[str], articles: Sequence[str]) -> int:
    """How many of the uses, by article and words, a split would take."""
    wanted = {fold_words(form) for form in forms}
    return sum(
        (not articles or article in articles) and (not wanted or fold_words(form) in wanted)
        for article, form in counted.uses
    )


def _new(
    deed: Deed,
    entity: str,
    into: str,
    *,
    forms: Sequence[str] = (),
    articles: Sequence[str] = (),
    name: str = "",
    undoes: str | None = None,
) -> Correction:
    now = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    limits = tuple(dict.fromkeys(articles)), tuple(dict.fromkeys(forms))
    return with_id(Correction(deed, entity, into, now, *limits, name=name, undoes=undoes))
