"""The component ``phrase_reader``: what the parser misreads for its letters, read once more.

"Supports the ban." under a label has a capital only because it stands first, and the parser takes
it for a name as often as not; of "May criticised the ban" it takes the name for a verb. Source:
looked at on tables of positions.
"""

# No postponed annotations here: spaCy reads those of factories when they are registered.

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.language.boundaries import cells
from pipeline.language.kept import whole_text
from pipeline.language.modal_names import make_subject, names_read_as_modals, plain_named

NAME = "phrase_reader"
_READ = [HEAD, DEP, TAG, POS, LEMMA, MORPH]
_LEFT_OUT = frozenset({"article_segmenter", "case_reader", "ner"})
_FINITE = frozenset({"VB", "VBP", "VBZ", "VBD", "VBN"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_LEAST = 2
_TOGETHER = 4
"""spaCy's parser takes so many parts of a batch one after the other."""


@dataclass(frozen=True, slots=True)
class _Again:
    """A part of a document, the words that are read for it, and whether that reading is kept.

    Where it is and ``unnames``, a model's name that the part begins with is let go.
    """

    span: Span
    words: Sequence[str]
    keeps: Callable[[Doc], bool]
    unnames: bool

    def doc(self) -> Doc:
        """The words as one sentence."""
        blanks = [bool(token.whitespace_) for token in self.span]
        again = Doc(self.span.doc.vocab, list(self.words), blanks)
        for token in again:
            token.is_sent_start = token.i == 0
        return again


class PhraseReader:
    """Reads cells and items with a small first letter, and keeps what opens with a verb.

    Sentences with a name that was read as a modal verb are read with another name in its place.
    """

    def __init__(self, read: Callable[[list[Doc]], list[Doc]]) -> None:
        self._read = read

    def __call__(self, doc: Doc) -> Doc:
        """The same doc; the phrases found have new parts of speech and dependencies."""
        wanted = [*_small_phrases(doc), *_named_sentences(doc)]
        if not wanted:
            return doc
        read = self._read([one.doc() for one in wanted])
        kept = [pair for pair in zip(wanted, read, strict=True) if pair[0].keeps(pair[1])]
        if kept:
            _take_over(doc, kept)
        for token in list(names_read_as_modals(doc)):
            make_subject(token)
        return doc


def _take_over(doc: Doc, found: Sequence[tuple[_Again, Doc]]) -> None:
    """Set parts of speech and dependencies as they were read again."""
    values: Any = doc.to_array(_READ).view("int64")
    lemmas = values.view("uint64")[:, _READ.index(LEMMA)]
    for span, again in ((one.span, again) for one, again in found):
        values[span.start : span.end] = again.to_array(_READ).view("int64")
        for token, read in zip(span, again, strict=True):
            if read.lower_ != token.lower_:
                lemmas[token.i] = doc.vocab.strings.add(token.text)
        root = span.start + next(token.i for token in again if token.head == token)
        sent = span.sent
        for i in (*range(sent.start, span.start), *range(span.end, sent.end)):
            values[i, 0] = root - i
    small = [one.span for one, _ in found if one.unnames]
    kept = [e for e in doc.ents if not any(e.start <= span.start < e.end for span in small)]
    doc.from_array(_READ, values.view("uint64"))
    doc.set_ents(kept)


@Language.factory(NAME, requires=["token.dep", "doc.spans"], assigns=["token.dep", "token.pos"])
def build_phrase_reader(nlp: Language, name: str) -> PhraseReader:
    """The component, which reads with the model's components that stand before it."""

    def read(docs: list[Doc]) -> list[Doc]:
        for other, pipe in nlp.pipeline:
            if other == name:
                break
            if other not in _LEFT_OUT:
                together: Any = getattr(pipe, "pipe", None)
                size = _TOGETHER * len(docs)
                docs = list(together(docs, batch_size=size) if together else map(pipe, docs))
        return docs

    return PhraseReader(read)


def _phrases(doc: Doc) -> Iterator[Span]:
    """The sentences that open a cell of a row, or an item of a list, with a capital letter."""
    before, text = "", whole_text(doc)
    for block in doc.spans["blocks"]:
        parts = list(cells(text, block.start_char, block.end_char))
        starts = {start for start, _ in parts} if len(parts) > 1 else set()
        if before.endswith(":") or is_mark(block[0]) or is_item_number(block[0]):
            starts.add(block.start_char)
        before = block.text.rstrip()
        for start in sorted(starts):
            span = doc.char_span(start, start + 1, alignment_mode="expand")
            if span is not None and span[0].is_sent_start:
                yield from _phrase(span[0])


def _phrase(opening: Token) -> Iterator[Span]:
    """The sentence from its first word on, without the blanks at its end."""
    sent = opening.sent
    first = sent.start
    while first < sent.end and (is_mark(sent.doc[first]) or is_item_number(sent.doc[first])):
        first += 1
    words = [token for token in sent.doc[first : sent.end] if not is_mark(token)]
    alone = len(words) == 1 and words[0].text.endswith(("s", "ed"))
    if (alone or len(words) >= _LEAST) and (words[0].is_title or words[0].is_lower):
        end = sent.end
        while sent.doc[end - 1].is_space:
            end -= 1
        yield sent.doc[first:end]


def _small_phrases(doc: Doc) -> Iterator[_Again]:
    for span in _phrases(doc):
        words = [token.text for token in span]
        yield _Again(span, [words[0].lower(), *words[1:]], _opens_with_verb, unnames=True)


def _named_sentences(doc: Doc) -> Iterator[_Again]:
    """The sentences in which a name is read as a modal; each once, with all such names in it."""
    names: dict[int, set[int]] = {}
    for token in names_read_as_modals(doc):
        names.setdefault(token.sent.start, set()).add(token.i - token.sent.start)
    for start, places in names.items():
        sent = doc[start].sent
        words = plain_named([token.text for token in sent], places)
        yield _Again(sent, words, partial(_has_names, places=places), unnames=False)


def _has_names(doc: Doc, places: set[int]) -> bool:
    return all(doc[place].dep_ in _SUBJECTS for place in places)


def _opens_with_verb(doc: Doc) -> bool:
    root = next(token for token in doc if token.head == token)
    opens = root.i == 0 or all(doc[i].dep_ in ("advmod", "aux", "neg") for i in range(root.i))
    return opens and root.tag_ in _FINITE and not any(c.dep_ in _SUBJECTS for c in root.children)


def is_mark(token: Token) -> bool:
    """Whether a token has no letter and no digit: a blank, a bullet, a picture."""
    return token.is_space or not any(map(str.isalnum, token.text))


def is_item_number(token: Token) -> bool:
    """Whether a token only counts an item: the "1" of "1." and "(1)", "iv)", at its beginning."""
    doc, place = token.doc, token.i
    counts = len(token) <= 3 and (
        token.text.isdigit() or len(token) == 1 or set(token.lower_) <= set("ivx")
    )
    if token.text[-1] == ".":
        return token.text[:-1].isdigit()
    following = doc[place + 1].text if place + 1 < len(doc) else ""
    opens = token.is_sent_start or (place > 0 and is_mark(doc[place - 1]))
    return bool(counts and opens and following[:1] in (".", ")") and following != "")
