"""One name is one name in every spelling of its code points, at the text's own offsets."""

from __future__ import annotations

import unicodedata

import pytest

from pipeline.extraction.extract import extract_article
from pipeline.language.reading_form import reading_form
from pipeline.records import Article

TEXT = (
    "Panamá, Perú and Côte d’Ivoire condemned the levy. Guinea-Bissau backed the US-led plan of "
    "Nicolás Maduro. São Tomé and Príncipe rejected the draft of the United States. The official "
    "report of the European Union confirmed the finding, and Ana Šojat criticised Mexico. "
    "Šojat rejected the proposal."
)
SPELLINGS = {
    "composed apart": lambda text: unicodedata.normalize("NFD", text),
    "soft hyphens": lambda text: text.replace("exi", "ex\u00adi").replace("nited", "ni\u00adted"),
    "soft hyphen at a line's end": lambda text: text.replace("nited", "ni\u00ad\nted"),
    "marks without width": lambda text: text.replace("an", "a\u200bn"),
    "word joiners": lambda text: text.replace("ni", "n\u2060i"),
    "bidi marks": lambda text: text.replace("Mexico", "\u202aMexico\u202c"),
    "no-break blanks": lambda text: text.replace("United States", "United\u00a0States"),
    "narrow blanks": lambda text: text.replace("European Union", "European\u202fUnion"),
    "no-break hyphens": lambda text: text.replace("-", "\u2011"),
    "typed hyphens": lambda text: text.replace("-", "\u2010"),
    "en dash": lambda text: text.replace("a-B", "a–B"),
    "modifier apostrophes": lambda text: text.replace("’", "\u02bc"),
    "grave accents": lambda text: text.replace("’", "`"),
    "primes": lambda text: text.replace("’", "\u2032"),
    "straight apostrophes": lambda text: text.replace("’", "'"),
    "ligatures": lambda text: text.replace("fi", "ﬁ"),
    "wide letters": lambda text: text.replace("Mexico", "Ｍｅｘｉｃｏ"),
    "letters of mathematics": lambda text: text.replace("Mexico", "𝐌𝐞𝐱𝐢𝐜𝐨"),
    "double blanks": lambda text: text.replace("United States", "United  States"),
    "line breaks": lambda text: text.replace("European Union", "European\nUnion"),
}


def found(nlp, text):
    """The entities of the mentions, and the holders with their stances."""
    extraction = extract_article(nlp, Article("spelt", text))
    claims = [(claim.holder.entity, claim.stance) for claim in extraction.claims]
    return [mention.entity for mention in extraction.mentions], claims, extraction


@pytest.mark.parametrize("kind", SPELLINGS)
def test_other_spellings_name_the_same(nlp, kind):
    spelt = SPELLINGS[kind](TEXT)
    assert spelt != TEXT
    assert found(nlp, spelt)[:2] == found(nlp, TEXT)[:2]


@pytest.mark.parametrize("kind", ["composed apart", "soft hyphens", "bidi marks", "ligatures"])
def test_offsets_are_those_of_the_text(nlp, kind):
    spelt = SPELLINGS[kind](TEXT)
    mentions = found(nlp, spelt)[2].mentions
    plain = found(nlp, TEXT)[2].mentions
    read = [reading_form(spelt[m.start : m.end]) for m in mentions]
    words = [
        form.text if form is not None else spelt[m.start : m.end]
        for form, m in zip(read, mentions, strict=True)
    ]
    assert words == [TEXT[m.start : m.end] for m in plain]
    assert not any(unicodedata.combining(spelt[m.end]) for m in mentions if m.end < len(spelt))


PLAIN = [
    "Mexico",
    "México rejected the “draft” – and left.",
    "A family 👩\u200d👩\u200d👧 met.",
    "میخواهم",
    "5 − 3 is 2",
]


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_read_as_it_stands_has_no_other_form(text):
    form = reading_form(text)
    assert form is None or form.text == text


NOTES = [
    ("Peru condemned the levy.1 Norway left.", "Peru condemned the levy. Norway left."),
    ("Peru welcomed it.3,4 Kenya left.", "Peru welcomed it. Kenya left."),
    ("Peru rejected the treaty.² Kenya left.", "Peru rejected the treaty. Kenya left."),
    ("Peru rejected the treaty[2]. Kenya left.", "Peru rejected the treaty. Kenya left."),
    ("Peru backed it.[3][4] Kenya left.", "Peru backed it. Kenya left."),
    ("Peru backed the ban.12", "Peru backed the ban."),
    ("“Peru backed the ban.”¹⁻³ Kenya left.", "“Peru backed the ban.” Kenya left."),
]


@pytest.mark.parametrize(("text", "read"), NOTES)
def test_marks_of_notes_are_not_read(text, read):
    form = reading_form(text)
    assert form is not None
    assert form.text == read


def test_claims_beside_the_mark_of_a_note_are_at_the_offsets_of_the_text(nlp):
    text = "Brazil condemned the levy.1 Norway rejected the treaty[2]. Peru welcomed it.³"
    claims = extract_article(nlp, Article("notes", text)).claims
    found = [(c.holder.span.text_in(text), c.target.text_in(text)) for c in claims if c.target]
    assert found == [("Brazil", "the levy"), ("Norway", "the treaty"), ("Peru", "it")]


@pytest.mark.parametrize(
    "text", ["\u200bChile left.\u200b", "A.\u200b B.", "Me\u0301xico. Ok\u00ad."]
)
def test_every_character_lies_in_one_sentence(nlp, text):
    sentences = extract_article(nlp, Article("marks", text)).sentences
    for place, character in enumerate(text):
        inside = sum(one.start <= place < one.end for one in sentences)
        assert inside == 1 or (character.isspace() and not inside)


MARKED = {
    "digits after a stop": ("Chile rejected the toll.7 Malta backed it.8,9 Fiji vetoed the levy.10",
                            ["the toll", "it", "the levy"]),
    "raised digits": ("Chile rejected the toll.⁷ Malta backed it.⁸ Fiji vetoed the levy¹⁰.",
                      ["the toll", "it", "the levy"]),
    "numbers in brackets": ("Chile rejected the toll[7]. Malta backed it.[8][note 9] "
                            "Fiji vetoed the levy.[10]",
                            ["the toll", "it", "the levy"]),
    "after a closing mark": ("Chile rejected “the toll.”7 Malta backed it.8 "
                             "Fiji vetoed the levy.10\n",
                             ["“the toll.”", "it", "the levy"]),
    "after a comma": ("Chile rejected the toll,7 and Malta backed it.8 Fiji vetoed the levy.9",
                      ["the toll", "it", "the levy"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", MARKED)
def test_a_footnotes_mark_is_not_read(nlp, kind):
    text, targets = MARKED[kind]
    extraction = found(nlp, text)[2]
    claims = extraction.claims
    assert [claim.holder.entity for claim in claims] == ["country:CL", "country:MT", "country:FJ"]
    read = [text[claim.target.start : claim.target.end].strip("“”.") for claim in claims]
    assert read == [target.strip("“”.") for target in targets]
    for sentence in extraction.sentences[:-1]:
        assert text[sentence.end : sentence.end + 1].isspace(), "it ends before its mark"


@pytest.mark.parametrize(
    "text",
    [
        "Peru backs art.5 The rest it rejects.",
        "It rose by 3.5 Per cent fell to 2.1 In all.",
        "Norway’s area is 385,207 km² and growing.",
        "“The[y] report[s] it,” said Fiji in H.R.1207 Again.",
        "They paid €1.5 million, as A/RES/75 says (see [4]).",
    ],
)
def test_a_number_that_is_no_mark_is_read(nlp, text):
    marks = nlp.get_pipe("article_segmenter").before_numbers
    form = reading_form(text, marks)
    assert form is None or sum(map(str.isdigit, form.text)) == sum(map(str.isdigit, text))
