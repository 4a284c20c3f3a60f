"""What a cue's target is found to be, where it must end, and what a reporting verb quotes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from marked import parse_marked

from pipeline.extraction.propose.rules.matching import CueIndex
from pipeline.extraction.propose.rules.targets import QuoteReader, find_target, within_limits
from pipeline.language.infinitives import infinitive_before, is_infinitive
from pipeline.language.quotations import find_quotations
from pipeline.lexicon.cues import read_cues
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.grammar import read_grammar


@pytest.fixture(scope="module")
def grammar():
    return read_grammar(models_folders(None))


@pytest.fixture(scope="module")
def match_at():
    """The first match of a cue at a token."""
    index = CueIndex(read_cues(models_folders(None)))
    return lambda token: next(index.matches_at(token))


# The first mark is the cue, the second its target, whose label is the slot.
TARGETS = [
    ("Chile [rejected]{} [the draft]{object}.", "rejected"),
    ("Chile [opposed]{} [a fund for the region]{object} at the summit.", "opposed"),
    ("Chile [urged]{} [Peru to sign it]{object+to}.", "urged"),
    ("Chile [accused]{} [Peru of smuggling]{object+of}.", "accused"),
    ("Peru was [urged]{} by Chile [to sign it]{object+to}.", "urged"),
    ("Chile [said]{} that [the vote was late]{that}.", "said"),
    ("Chile [agreed]{} [to sign it]{to}.", "agreed"),
    ("Chile [favours]{} [deleting the footnote]{gerund}.", "favours"),
]


@pytest.mark.parametrize(("marked", "cue"), TARGETS)
def test_target_is_found_in_the_first_slot_that_is_filled(nlp, grammar, match_at, marked, cue):
    text, marks = parse_marked(marked)
    doc = nlp(text)
    token = next(token for token in doc if token.text == cue)
    target = find_target(match_at(token), grammar)
    start, end, slot = marks[1]
    expected = text[start:end]
    assert target is not None
    assert (target.span.text.removeprefix("that "), target.slot) == (expected, slot)


def test_only_a_word_for_an_occasion_is_left_out_of_the_target(nlp, grammar, match_at):
    doc = nlp("Chile proposed a fund at the summit.")
    match = match_at(doc[1])
    with_words = find_target(match, grammar)
    without = find_target(match, replace(grammar, occasions=frozenset()))
    assert with_words is not None
    assert without is not None
    assert (with_words.span.text, without.span.text) == ("a fund", "a fund at the summit")


QUOTED = [
    '"[The text is balanced]," [said] Lavrov.',
    'Macron [said]: "[The tariff is unacceptable]."',
    '"[The text is balanced]," Lavrov [said], adding that "it is late".',
]


@pytest.mark.parametrize("marked", QUOTED)
def test_quoted_clause_is_what_the_verb_reports(nlp, match_at, marked):
    text, marks = parse_marked(marked)
    doc = nlp(text)
    quoted, said = sorted(marks, key=lambda mark: mark[1] - mark[0], reverse=True)
    verb = doc.char_span(said[0], said[1]).root
    found = QuoteReader(doc, find_quotations(doc)).quoted(match_at(verb))
    assert found is not None
    _, target = found
    assert target is not None
    assert (target.span.text, target.slot) == (text[quoted[0] : quoted[1]], "quote")


def test_quoted_words_that_are_no_clause_are_not_reported(nlp, match_at):
    doc = nlp('Chile said it was a "late vote indeed" again.')
    assert QuoteReader(doc, find_quotations(doc)).quoted(match_at(doc[1])) is None


def test_target_ends_with_the_mark_of_its_quotation(nlp, grammar, match_at):
    doc = nlp('Chile condemned the "cowardly and cruel raid" at once.')
    target = find_target(match_at(doc[1]), grammar)
    assert target is not None
    limited = within_limits(target, doc[1], find_quotations(doc))
    assert limited.span.text == 'the "cowardly and cruel raid"'


def test_bare_verb_goes_on_from_the_infinitive(nlp):
    doc = nlp("Chile launched a plan to attract firms, reform the courts and cut taxes.")
    attract, reform = (next(t for t in doc if t.text == word) for word in ("attract", "reform"))
    assert is_infinitive(attract)
    assert infinitive_before(reform) == attract
    assert infinitive_before(attract) is None
