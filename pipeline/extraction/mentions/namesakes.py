"""Bodies whose names many states share: the "Supreme Court" of an Italian story is not the US one.

Source: codebook §1.8: the entity is the thing behind the name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.candidates import Candidate
from pipeline.extraction.mentions.matches import Match
from pipeline.extraction.mentions.names import text_of
from pipeline.language.words import ONLY_PLACE_PREPOSITIONS, POSSESSIVE_CLITICS
from pipeline.lexicon.entities import EntityLexicon, Role
from pipeline.lexicon.nouns import Nouns
from pipeline.lexicon.spellings import slug_of
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FAR_OFTENER = 4
_LONGEST_STATE = 3


class Namesakes:
    """Gives a shared name the body of the state that a text is about."""

    def __init__(self, nouns: Nouns, lexicon: EntityLexicon) -> None:
        self.nouns = nouns
        self.lexicon = lexicon
        self._home = lru_cache(maxsize=4096)(self._read_home)

    def placed(
        self, doc: Doc, candidates: Sequence[Candidate], matches: Sequence[Match]
    ) -> Iterator[Candidate]:
        """The candidates; those of a body of a state that the text is not about get another id.

        The name's own state is the one whose name or adjective stands before it, else the one
        that the text names most.
        """
        states = Counter(
            match.entity for match in matches if match.kind is Kind.STATE and not match.ambiguous
        )
        by_end = {match.end: match for match in matches if match.kind is Kind.STATE}
        for item in candidates:
            shared = item.kind is Kind.ORGANISATION and self._is_shared(doc, item)
            home = self._home(item.entity) if shared else ""
            if home and (state := self._other_state(doc, item, home, states, by_end)) is not None:
                yield replace(item, entity=self._body_of(state, text_of(doc, item.start, item.end)))
            else:
                yield item

    def _is_shared(self, doc: Doc, item: Candidate) -> bool:
        """Whether all words of the name are such as bodies of many states have."""
        words = {token.lower_ for token in doc[item.start : item.end]}
        return words <= self.nouns.shared_name_words

    def _read_home(self, entity: str) -> str:
        """The state that a name of the lexicon's entry says the body to be of; empty without."""
        entry = self.lexicon.entries.get(entity)
        for name in (entry.name, *entry.aliases) if entry is not None else ():
            words = name.replace("(", "").replace(")", "").removesuffix("'s").split()
            for length in range(min(_LONGEST_STATE, len(words) - 1), 0, -1):
                for part in (words[:length], words[-length:]):
                    state = self._state(" ".join(part))
                    if state:
                        return state
        return ""

    def _state(self, words: str) -> str:
        for text in (words, words.removesuffix("'s"), words.removeprefix("the ")):
            form = self.lexicon.find(text)
            if form is not None and form.kind is Kind.STATE and form.role is not Role.SEAT:
                return form.entity
        return ""

    def _other_state(
        self,
        doc: Doc,
        item: Candidate,
        home: str,
        states: Counter[str],
        by_end: dict[int, Match],
    ) -> str | None:
        """The other state whose body is meant; empty where it is not plain whose, None for home."""
        place = item.start - (item.start > 0 and doc[item.start - 1].text in POSSESSIVE_CLITICS)
        owner = by_end.get(place)
        if owner is not None:
            return owner.entity if owner.entity != home else None
        if self._is_only_beside(doc, item, home, by_end):
            return None
        others = Counter({state: often for state, often in states.items() if state != home})
        if not others or others.most_common(1)[0][1] < _FAR_OFTENER * states[home]:
            return None
        (best, often), *rest = others.most_common(2)
        return best if not rest or often > rest[0][1] else ""

    def _is_only_beside(
        self, doc: Doc, item: Candidate, home: str, by_end: dict[int, Match]
    ) -> bool:
        """As in "Spain praised Congress": the one other state is another party to the sentence.

        It is none where it is only the place: "In Rome, the Supreme Court upheld it".
        """
        others = [match for match in by_end.values() if match.entity != home]
        if len(others) != 1 or doc[others[0].start - 1].lower_ in ONLY_PLACE_PREPOSITIONS:
            return False
        return doc[others[0].start].sent == doc[item.start].sent

    def _body_of(self, state: str, name: str) -> str:
        if not state:
            return f"org:{slug_of(name)}"
        full = f"{self.lexicon.adjective_of(state)} {name}"
        known = self.lexicon.find(full)
        return known.entity if known is not None else f"org:{slug_of(full)}"
