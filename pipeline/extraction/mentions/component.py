"""Who is named in a text: the component ``mention_resolver``.

Precedence, from the strongest: what covers more words wins ("Syrian government" over "Syria",
"UN Security Council" over "UN"). Of two spans as long the lexicon wins over a definition in the
text (unless that makes an acronym mean something else), this over a pattern (title, head noun,
quantified group), this over the link to a name given elsewhere in the text, this over the
model's named entities. The model alone makes people and organisations; it never makes a state
or a group, and a name whose head is an event's or a text's ("Paris Call") makes no mention and
hides the names inside it, unless parties are strung together ("China-CELAC summit"). An
ambiguous form of the lexicon needs its context to agree. Each mention says all sources that agree
on it, and its score grows with them.
"""

from collections.abc import Iterator, Mapping, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extraction.gazetteer import lexicon_of
from pipeline.extraction.mentions.candidates import (
    FULL_NAMES,
    THINGS,
    Candidate,
    Typed,
    to_mention,
    without_overlaps,
)
from pipeline.extraction.mentions.couples import Couples
from pipeline.extraction.mentions.definitions import DEFINITIONS
from pipeline.extraction.mentions.lexical import LexicalFinder
from pipeline.extraction.mentions.links import Linker
from pipeline.extraction.mentions.longer import LongerNames
from pipeline.extraction.mentions.matches import read_matches
from pipeline.extraction.mentions.names import HYPHENS
from pipeline.extraction.mentions.namesakes import Namesakes
from pipeline.extraction.mentions.parties import PartyNames
from pipeline.extraction.mentions.phrases import PhraseFinder
from pipeline.extraction.mentions.tellers import TELLERS, TellerFinder
from pipeline.extraction.mentions.typed import NameTyper
from pipeline.language.extensions import register_extensions
from pipeline.language.occurrences import capitalised, places_of
from pipeline.lexicon.entities import EntityLexicon
from pipeline.lexicon.nouns import Nouns, read_nouns
from pipeline.records import Kind, Source


class MentionResolver:
    """Fills ``doc._.mentions`` with the named mentions, in text order."""

    def __init__(self, lexicon: EntityLexicon, nouns: Nouns) -> None:
        self._lexical = LexicalFinder(nouns, lexicon)
        self._phrases = PhraseFinder(nouns, lexicon)
        self._typer = NameTyper(nouns)
        self._longer = LongerNames(nouns, lexicon)
        self._parties = PartyNames(nouns, lexicon)
        self._couples = Couples(nouns, lexicon)
        self._lexicon = lexicon
        self._common = common_words(nouns)
        self._linker = Linker(nouns, lexicon)
        self._namesakes = Namesakes(nouns, lexicon)
        self._tellers = TellerFinder(nouns, lexicon)

    def __call__(self, doc: Doc) -> Doc:
        """The doc with its mentions."""
        matches = read_matches(doc)
        typed = self._typer.find(doc, matches)
        known = {known.short: known.entity for known in doc.user_data.get(DEFINITIONS, ())}
        lexical = [
            item for item in self._lexical.find(doc, matches) if not _is_redefined(doc, item, known)
        ]
        phrases = [
            *self._phrases.find(doc, matches),
            *self._longer.find(doc, matches),
            *self._parties.with_noun(doc),
        ]
        defined = list(self._linker.defined(doc))
        named = list(self._linker.identify(doc, typed))
        linked = _linked_by_place(named)
        lexical = [item for item in lexical if not _is_namesake(item, linked)]
        lexical = list(self._linker.first_names(doc, typed, lexical))
        candidates = list(
            self._namesakes.placed(doc, [*lexical, *phrases, *defined, *named], matches)
        )
        settled = without_overlaps(self._outside_things(doc, candidates, typed))
        settled = without_overlaps([*settled, *self._linker.short_forms(doc, settled)])
        settled = without_overlaps(self._parties.in_plural(doc, settled, matches))
        settled = self._couples.named(doc, settled)
        doc._.mentions = tuple(to_mention(doc, item) for item in settled)
        doc.user_data[THINGS] = frozenset(self._no_people(doc, typed))
        doc.user_data[FULL_NAMES] = tuple(self._full_names(settled))
        doc.user_data[TELLERS] = self._tellers.find(doc._.metadata)
        return doc

    def _no_people(self, doc: Doc, typed: Sequence[Typed]) -> Iterator[int]:
        """The tokens of the names of treaties, events and places, and titles with a capital."""
        for name in typed:
            if name.kind is None:
                yield from range(name.start, name.end)
        capitals = set(capitalised(doc))
        yield from (place for place in places_of(doc, self._common) if place in capitals)

    def _full_names(self, settled: Sequence[Candidate]) -> Iterator[tuple[str, str]]:
        """The lexicon's name of each body that the text names, with its entity."""
        for entity in {item.entity for item in settled if item.kind is Kind.ORGANISATION}:
            entry = self._lexicon.entries.get(entity)
            for name in (entry.name, *entry.aliases) if entry is not None else ():
                yield entity, name

    def _outside_things(
        self, doc: Doc, candidates: Sequence[Candidate], typed: Sequence[Typed]
    ) -> list[Candidate]:
        """The candidates that do not lie inside the name of a treaty, an event or a place."""
        inside: dict[int, Typed] = {}
        for name in typed:
            if name.kind is None:
                inside.update(dict.fromkeys(range(name.start, name.end), name))
        names = self._typer.names
        return [
            item
            for item in candidates
            if not names.names_dated_event(doc, item.start, item.end)
            and _is_visible(doc, item, inside.get(item.start))
        ]


def common_words(nouns: Nouns) -> frozenset[str]:
    """The nouns that are nobody's name by themselves, though a capital may begin them."""
    of_people = nouns.titles | nouns.person_nouns | nouns.collective_nouns | nouns.people_nouns
    of_bodies = nouns.body_nouns | nouns.state_nouns | nouns.government_nouns | nouns.party_nouns
    of_things = nouns.event_nouns | nouns.treaty_nouns | nouns.place_nouns | nouns.thing_nouns
    written = nouns.document_nouns | nouns.media_nouns | nouns.calendar_words
    return of_people | of_bodies | of_things | written


def _is_redefined(doc: Doc, item: Candidate, known: Mapping[str, str]) -> bool:
    """Whether the text itself says that this short form means something else."""
    text = doc[item.start : item.end].text
    return known.get(text, item.entity) != item.entity


def _linked_by_place(named: Sequence[Candidate]) -> dict[tuple[int, int], set[str]]:
    """The entities that the text's own names give to later ones, by the tokens of these."""
    linked: dict[tuple[int, int], set[str]] = {}
    for item in named:
        if item.source is Source.COREFERENCE:
            linked.setdefault((item.start, item.end), set()).add(item.entity)
    return linked


def _is_namesake(item: Candidate, linked: Mapping[tuple[int, int], set[str]]) -> bool:
    """Whether the text has named somebody else by this surname: "Eric Trump … Trump"."""
    if item.kind is Kind.STATE or item.end - item.start > 1:
        return False
    return bool(linked.get((item.start, item.end), set()) - {item.entity})


def _is_visible(doc: Doc, item: Candidate, thing: Typed | None) -> bool:
    if thing is None or item.end > thing.end or item.end - item.start >= 3:
        return True
    whole = (item.start, item.end) == (thing.start, thing.end)
    return whole or _is_strung(doc, item) or _closes(doc, item, thing)


def _closes(doc: Doc, item: Candidate, thing: Typed) -> bool:
    """As in "Session of the Assembly": the body after "of" ends the name of what it holds."""
    place = item.start - 1
    if place > thing.start and doc[place].lower_ == "the":
        place -= 1
    if item.kind is not Kind.ORGANISATION:
        return False
    return item.end == thing.end and place > thing.start and doc[place].lower_ == "of"


def _is_strung(doc: Doc, item: Candidate) -> bool:
    before = doc[item.start - 1].text if item.start else ""
    after = doc[item.end].text if item.end < len(doc) else ""
    return before in HYPHENS or after in HYPHENS


@Language.factory("mention_resolver", default_config={"models": None})
def make_mention_resolver(nlp: Language, name: str, models: str | None) -> MentionResolver:  # noqa: ARG001
    """The component over the packaged lexicon and the folder ``models``."""
    register_extensions()
    return MentionResolver(lexicon_of(nlp, models), read_nouns(models))
