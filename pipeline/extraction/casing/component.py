"""The component ``case_reader``: words in capitals, or a text without any, read as usually written.

Neither the model nor the rules of names see anything in "CHILE REJECTED THE DRAFT". Each word gets
the capitals that the lexicon gives to the name it belongs to, else those that the same text gives
it elsewhere, else a small letter where the language has the word, else the capital of a name. Only
the letters of the doc change: its offsets are those of the text. Source: truecasing by a text's own
use, after Lita and others (2003), with lists in the place of counts.
"""

# No postponed annotations here: spaCy reads those of factories when they are registered.

from collections.abc import Iterator
from typing import Any

from spacy.attrs import LEMMA, NORM, SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup, Token

from pipeline.extraction.casing.capitals import (
    is_headline,
    is_long_run,
    is_shouted,
    own_use,
    runs_of_capitals,
)
from pipeline.extraction.casing.known_names import KnownNames
from pipeline.extraction.casing.letters import LetterReader
from pipeline.extraction.casing.vocabulary import Vocabulary
from pipeline.language.kept import whole_text
from pipeline.language.segment import BLOCKS
from pipeline.lexicon.nouns import read_nouns

NAME = "case_reader"


class CaseReader:
    """Gives words in capitals the letters that they have elsewhere."""

    def __init__(self, letters: LetterReader) -> None:
        self._letters = letters

    def __call__(self, doc: Doc) -> Doc:
        """The doc itself, or one with other letters where capitals say nothing."""
        if not any(token.text[0].isupper() for token in doc):
            return with_words(doc, self._letters.of_small(doc))
        return self._without_capitals(doc)

    def _without_capitals(self, doc: Doc) -> Doc:
        shouted, headlines, mixed = _sentences_by_case(doc)
        runs = [run for sent, text in mixed for run in runs_of_capitals(doc, sent, text)]
        if not shouted and not headlines and not any(map(self._is_odd, _words(doc, runs))):
            return doc
        loud = (*shouted, *headlines)
        places = [*((sent.start, sent.end) for sent in loud), *runs]
        own = own_use(doc, places, {sent.start for sent in loud})
        words: dict[int, str] = {}
        for sent in shouted:
            words.update(self._letters.of_capitals(doc, sent.start, sent.end, own))
        for sent in headlines:
            words.update(self._letters.of_headline(doc, sent.start, sent.end, own))
        for start, end in runs:
            long = is_long_run(doc, start, end)
            read = self._letters.of_capitals if long else self._letters.of_run
            words.update(read(doc, start, end, own))
        return with_words(doc, words)

    def _is_odd(self, token: Token) -> bool:
        """Whether a word in capitals is none that the lexicon has so."""
        return token.is_upper and len(token) > 1 and not self._letters.knows(token.text)


def _sentences_by_case(doc: Doc) -> tuple[list[Span], list[Span], list[tuple[Span, str]]]:
    """The sentences in capitals, the headlines, and the others with their texts."""
    headings = {block.start for block in doc.spans.get(BLOCKS, ()) if block.label_ == "heading"}
    shouted: list[Span] = []
    headlines: list[Span] = []
    mixed: list[tuple[Span, str]] = []
    whole = whole_text(doc)
    for sent in doc.sents:
        text = whole[sent.start_char : sent.end_char]
        if is_shouted(sent, text):
            shouted.append(sent)
        elif is_headline(sent, text, heading=sent.start in headings):
            headlines.append(sent)
        else:
            mixed.append((sent, text))
    return shouted, headlines, mixed


def with_words(doc: Doc, words: dict[int, str]) -> Doc:
    """A doc with other words, each as long as before, in the places given."""
    words = {place: word for place, word in words.items() if word != doc[place].text}
    if not words:
        return doc
    texts = [words.get(token.i, token.text) for token in doc]
    again = Doc(
        doc.vocab, texts, [bool(token.whitespace_) for token in doc], user_data=doc.user_data
    )
    again._context = doc._context
    attributes = [SENT_START, NORM, LEMMA]
    values: Any = doc.to_array(attributes).copy()
    for place, word in words.items():
        values[place, 1] = doc.vocab[word].norm
        values[place, 2] = 0
    again.from_array(attributes, values)
    spans = [
        Span(again, block.start, block.end, label=block.label, span_id=block.id)
        for block in doc.spans.get(BLOCKS, ())
    ]
    again.spans[BLOCKS] = SpanGroup(again, name=BLOCKS, spans=spans)
    return again


def _words(doc: Doc, runs: list[tuple[int, int]]) -> Iterator[Token]:
    for start, end in runs:
        yield from doc[start:end]


@Language.factory(NAME, default_config={"models": None}, requires=["doc.spans"])
def make_case_reader(nlp: Language, name: str, models: str | None) -> CaseReader:  # noqa: ARG001
    """The component over the pipeline's ``entity_lexicon`` and the words of its model."""
    gazetteer: Any = nlp.get_pipe("entity_lexicon")
    return CaseReader(LetterReader(KnownNames(gazetteer), Vocabulary(nlp), read_nouns(models)))
