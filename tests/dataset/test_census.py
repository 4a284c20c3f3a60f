"""Who is counted, in which words, and which sentence is shown."""

from __future__ import annotations

from pipeline.dataset.census import UNRESOLVED, take_census
from pipeline.records import Claim, Extraction, Form, Holder, Kind, Mention, Sentence, Span, Stance

TEXT = "Foo Bar left. It objected. We ask for more. Foo  Bar met Ann."
SENTENCES = tuple(Sentence(*pair) for pair in ((0, 13), (14, 26), (27, 43), (44, 61)))


def claim(words, entity):
    at = TEXT.index(words)
    holder = Holder(at, at + len(words), entity)
    return Claim("c", holder, Span(17, 25), Stance.OPPOSE, Form.STATEMENT)


def census(*, sentences=SENTENCES, text=TEXT):
    mentions = (
        Mention(0, 7, Kind.ORGANISATION, "org:foo-bar"),
        Mention(44, 52, Kind.ORGANISATION, "org:foo-bar"),
        Mention(57, 60, Kind.PERSON, None),
    )
    claims = (claim("It", "org:foo-bar"), claim("We", "unknown:speaker"), claim("more", None))
    return take_census([Extraction("talk", text, sentences, mentions, claims)])


def test_mentions_and_claims_are_counted_commonest_first():
    found = census()
    assert list(found) == ["org:foo-bar", UNRESOLVED, "unknown:speaker"]
    body = found["org:foo-bar"]
    assert (body.mentions, body.claims, body.forms) == (2, 1, {"Foo Bar": 2})
    assert (body.articles, body.kind) == ({"talk"}, Kind.ORGANISATION)


def test_whom_no_mention_names_is_shown_in_the_words_of_the_holder():
    found = census()
    assert found["unknown:speaker"].forms == {"We": 1}
    assert found[UNRESOLVED].forms == {"Ann": 1, "more": 1}


def test_the_sentence_is_the_first_in_which_it_holds_a_claim():
    place = census()["org:foo-bar"].place
    assert (place.article, place.number, place.words) == ("talk", 2, "It objected.")


def test_a_long_sentence_is_cut_around_the_name():
    text = f"{'word ' * 200}Zed objected{' again' * 200}."
    at = text.index("Zed")
    mention = Mention(at, at + 3, Kind.PERSON, "person:zed")
    whole = (Sentence(0, len(text)),)
    found = take_census([Extraction("a", text, whole, (mention,))])
    words = found["person:zed"].place.words
    assert "Zed objected" in words
    assert words.startswith("… ")
    assert words.endswith(" …")
    assert len(words) < 220


def test_an_extraction_without_sentences_is_one():
    assert census(sentences=())["org:foo-bar"].place.number == 1
