"""Names of the lexicon in a text: the component ``entity_lexicon``.

It walks a trie of tokens, which costs next to nothing a word and, other than a phrase matcher,
sees through line breaks inside a name. What it finds is every longest form; whether a form counts
where it stands is for ``pipeline.extraction.mentions`` to decide.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.extraction.shared import SharedNames
from pipeline.language.extensions import register_extensions
from pipeline.language.infixes import part_words
from pipeline.language.kinds import columns_of
from pipeline.lexicon.entities import EntityLexicon, Form, load_entities
from pipeline.lexicon.spellings import strip_accents

SPANS = "lexicon"
_END = ""


class EntityGazetteer:
    """Fills ``doc.spans["lexicon"]``: label_ is the kind, id_ the entity, kb_id_ the role.

    The role is followed by ``?`` where the form is ambiguous.
    """

    def __init__(self, nlp: Language, lexicon: EntityLexicon) -> None:
        self.lexicon = lexicon
        self._shared = SharedNames(lexicon)
        self._trie: dict[str, Any] = {}
        self.words: set[str] = set()
        for text, form in lexicon.forms.items():
            words = _words(nlp, text)
            self.words.update(words)
            self._add(words, form)

    def __call__(self, doc: Doc) -> Doc:
        """The doc with its lexicon spans, longest first on overlap, in text order."""
        spans = [
            Span(doc, start, end, label=form.kind.value, span_id=form.entity, kb_id=_role_of(form))
            for start, end, form in self._shared.owned(doc, self._find(doc))
        ]
        doc.spans[SPANS] = spans
        return doc

    def spelt(self) -> Iterator[tuple[tuple[str, ...], Form]]:
        """Every form with its words, as tokens are parted."""
        todo: list[tuple[tuple[str, ...], dict[str, Any]]] = [((), self._trie)]
        while todo:
            words, node = todo.pop()
            for word, inner in node.items():
                if word == _END:
                    yield words, inner
                else:
                    todo.append(((*words, word), inner))

    def _add(self, words: list[str], form: Form) -> None:
        node = self._trie
        for word in words:
            node = node.setdefault(word, {})
        node[_END] = form

    def _find(self, doc: Doc) -> list[tuple[int, int, Form]]:
        words, firsts = self._words_of(doc)
        found = list(self._longest(words, firsts, lambda place: bool(doc[place].is_sent_start)))
        found.sort(key=lambda hit: (hit[0] - hit[1], hit[0]))
        taken: set[int] = set()
        kept = []
        for start, end, form in found:
            places = range(start, end)
            if taken.isdisjoint(places):
                taken.update(places)
                kept.append((start, end, form))
        return sorted(kept, key=lambda hit: hit[0])

    def _words_of(self, doc: Doc) -> tuple[list[tuple[int, str]], list[int]]:
        """Each word with its place, and the numbers of those with which a name may begin."""
        _, first, kinds = np.unique(
            columns_of(doc, [ORTH]).ravel(), return_index=True, return_inverse=True
        )
        tokens = [doc[place] for place in first.tolist()]
        spelt = [self._spelling(token.text) for token in tokens]
        solid = np.array([not token.is_space for token in tokens], bool)[kinds]
        begins = np.array([word in self._trie for word in spelt], bool)[kinds]
        places, numbers = np.flatnonzero(solid).tolist(), kinds[solid].tolist()
        words = [(place, spelt[kind]) for place, kind in zip(places, numbers, strict=True)]
        return words, np.flatnonzero(begins[solid]).tolist()

    def _spelling(self, text: str) -> str:
        """The word, without accents where it has some that no name of the lexicon has."""
        return text if text.isascii() or text in self.words else strip_accents(text)

    def _longest(
        self, words: list[tuple[int, str]], firsts: list[int], opens: Callable[[int], bool]
    ) -> Iterator[tuple[int, int, Form]]:
        """The longest form from each of the first words on, as token start and end.

        A name that begins with "The" counts with it only where that opens no sentence.
        """
        trie = self._trie
        for number in firsts:
            start, word = words[number]
            if word == "The" and opens(start):
                continue
            node = trie.get(word)
            hit = None
            end = start
            place = number
            while node is not None:
                end = words[place][0] + 1
                if _END in node:
                    hit = (start, end, node[_END])
                place += 1
                node = node.get(words[place][1]) if place < len(words) else None
            if hit is not None:
                yield hit


@Language.factory("entity_lexicon", default_config={"models": None})
def make_entity_lexicon(nlp: Language, name: str, models: str | None) -> EntityGazetteer:  # noqa: ARG001
    """The component over the packaged lexicon and the folder ``models``.

    It also makes the tokenizer part words as ``part_words`` says.
    """
    register_extensions()
    part_words(nlp)
    return EntityGazetteer(nlp, load_entities(models))


def lexicon_of(nlp: Language, models: str | None) -> EntityLexicon:
    """The lexicon of the pipeline's ``entity_lexicon``, read only where it has none."""
    if nlp.has_pipe("entity_lexicon"):
        component: Any = nlp.get_pipe("entity_lexicon")
        found: EntityLexicon = component.lexicon
        return found
    return load_entities(models)


def _words(nlp: Language, text: str) -> list[str]:
    """The tokens of a name as they are in a text; short forms are one token with their stop.

    Words of letters alone that the tokenizer has no rule for are tokens as they are: asking it for
    each of some ten thousand names takes half of the time in which they are read.
    """
    rules = getattr(nlp.tokenizer, "rules", None)  # other languages' tokenizers may have none
    plain = text.split(" ")
    if rules is not None and all(word.isalpha() and word not in rules for word in plain):
        return plain
    doc = nlp.make_doc(text)
    if "." in text and nlp.has_pipe("article_segmenter"):
        doc = nlp.get_pipe("article_segmenter")(doc)
    return [token.text for token in doc]


def _role_of(form: Form) -> str:
    return f"{form.role}?" if form.ambiguous else str(form.role)
