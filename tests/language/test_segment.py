"""Blocks and sentences: expected results are written inside the text.

`¦` marks where a new sentence begins.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

import pipeline.language.segment as segment
from pipeline.errors import LexiconError
from pipeline.lexicon.folder import models_folders, packaged_models
from pipeline.lexicon.segmentation import NAMES, SegmentationLists, read_segmentation
from pipeline.records import BlockKind

ARTICLE = Path(__file__).parents[2] / "corpus" / "latin-america-cyber-diplomacy.txt"
LISTS = read_segmentation((packaged_models(),))


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("article_segmenter")
    return nlp


def sentences(nlp: Language, text: str) -> list[str]:
    doc = nlp(text)
    return [text[each.start : each.end] for each in segment.sentences_of(doc)]


def blocks(nlp: Language, text: str) -> list[tuple[str, str]]:
    doc = nlp(text)
    return [(span.label_, span.text) for span in doc.spans["blocks"]]


def unmarked(marked: str) -> tuple[str, list[str]]:
    parts = [part.strip() for part in marked.split("¦")]
    text = marked.replace(" ¦ ", " ").replace("¦ ", "").replace("¦", "")
    return text, parts


PLAIN = [
    "Mexico objected. ¦ Chile agreed.",
    "Will it pass? ¦ Nobody knows! ¦ They wait.",
    "It said no.¦And, most of all, it left.",
    "It asked the Council.¦In this respect, we agree.",
    "See www.example.org for more. ¦ Write to us.",
    "Trade rose 3.5 per cent. ¦ Prices fell by 1.2 points.",
    "It began in 1990. ¦ The war ended.",
    "In 2004, 33 states signed. ¦ 12 others did not.",
    "The cost was high. ¦ $5 million was paid.",
    "One party left; The other stayed.",
    "The vote was close (see below). ¦ It passed.",
    "(The vote was close.) ¦ It passed.",
    "The plan [...] was dropped. ¦ Peru agreed.",
    "It was bad. ¦ [...] The rest was worse.",
    "He wondered (why?) and left.",
    "JAPAN, supported by the AFRICAN GROUP, opposed the text. ¦ INDIA agreed.",
    "It was adopted.[3] ¦ Peru abstained.",
    "The talks failed. ¦ al-Shabaab said so.",
    "The talks, and e.g. the vote, failed. ¦ They resume.",
    "The aims are: • peace • trade. ¦ • Both matter.",
]
SHORT_FORMS = [
    "Mr. Diaz met Sen. Park. ¦ Gov. Lee did not.",
    "The U.S. Senate voted. ¦ The U.N. Secretary-General objected.",
    "It left the U.S. ¦ The others stayed.",
    "It was made in the U.S.A. ¦ In China, too.",
    "Gen. J. F. Doe and George W. Roe spoke. ¦ They agreed.",
    "It met at 5 p.m. ¦ They left at 6 a.m. Monday.",
    "Acme Inc. Chairman Doe quit. ¦ He ran Acme Corp. ¦ But badly.",
    "Under No. 5 and Art. 12 it is void. ¦ He said no. ¦ Peru agreed.",
    "On Jan. 6 it began. ¦ By Sept. 9 it was over.",
    "Lima, Quito, etc. were asked. ¦ They want jobs, food, etc. ¦ That is all.",
    "St. Lucia and Ft. Meade were named. ¦ Nobody else.",
    "The G.O.P. Convention met. ¦ It is the G.O.P. ¦ And it won.",
    "In Doe v. Roe the court ruled. ¦ Doe lost.",
    "Prof. Dr. Doe, Ph.D., spoke. ¦ Rev. Roe prayed.",
    "Plan B. ¦ It failed.",
    "H.E. Mr. José Vaz spoke. ¦ We thank him.",
    "The S.&P. 500 fell. ¦ It rose later.",
    "1. The Committee met. ¦ It agreed.",
    "(a) The Committee met. ¦ It agreed.",
    "The firm Yahoo! Japan grew. ¦ It is large.",
]
QUOTES = [
    "“It is over.” ¦ Macron left.",
    "“Is it over?” he asked. ¦ Nobody knew.",
    "“It is over!” said Macron. ¦ He left.",
    "“Who pays?” President Macron asked. ¦ Nobody knew.",
    "“Who pays?” Macron asked in Paris. ¦ Nobody knew.",
    "“Who pays?” ¦ Macron did not know.",
    '"It is over," he said. ¦ "We won."',
    "“We won. ¦ They lost. ¦ It is over,” he said.",
    'He said: "We won. ¦ They lost."',
    "He said: “We won.” ¦ They lost.",
    "He called it ‘a new way.’ ¦ They agreed.",
    "It said so.¦“Then we left.”",
    "''We are sick of it,'' Mr. Doe said. ¦ ''I do not need it.''",
    '"We must act", said Doe. ¦ "Now or never", she added; and, later, "It is over".',
    'It warned Israel ""of war"", said one. ¦ It left.',
    "“They see that. “ ¦ She left.",
    "“I had no idea ... none,” he said. ¦ She did.",
    "“It is hard… The aim is peace.”".replace("… The", "… ¦ The"),
    "“Show me … President Doe won.” ¦ He left.",
    "It is combat. . . . ¦ If you walk, they come.",
    "He is “well liked.” ¦ “So is she.”",
    "The show “Is it so?” was dropped. ¦ It is back.",
    "“Perhaps ...” ¦ Doe did not finish.",
]
LINES = [
    "Peru agreed\n\n¦Chile did not",
    "Peru, Chile and\n\n¦the others left",
    "Peru agreed.\n¦Chile did not.",
    "Peru agreed.\r\n\r\n¦Chile did not.",
    "Peru agreed.\n \t \n¦Chile did not.",
    "The Prime Minister of the\nUnited Kingdom left. ¦ It rained.",
    "The chair gave the floor to the issue, one,\nas we all know.",
    "It said:\n“We agree.” ¦ They left.",
    (
        "Ministers announced:\n\n¦Progress on sales as the project goes ahead\n¦further "
        "action in Calais\n¦Read the documents."
    ),
    (
        "Peru said the US-led \ncoalition\n rejected the draft law on the ports of the north. "
        "¦ Chile left."
    ),
    "We want\n¦peace\n¦trade\n¦jobs",
    "We want:\n¦- peace\n¦- trade\n¦- jobs",
    "We want\n¦• peace\n¦• trade",
    "Mr. President,\n¦Let me begin with thanks.",
    "  \n\n Peru agreed. ¦ Chile left. \n ",
    (
        "I would like first to \ncongratulate the President of the Assembly \non his "
        "election and to express \nmy thanks. ¦ It is my \npleasure to speak for the "
        "people of the \nUnited Nations today."
    ),
    (
        "While we can all see that the war is \nlost and that nobody wins it, we "
        "\n\n\x0c\nand our friends go on to say so \nin public. ¦ Peace is near."
    ),
    (
        "We thank the delegation of the new \nstate for the honour and the many \nthanks "
        "that it gave us in Lima. \n¦Our region has seen worse and it \nwill not see "
        "better. ¦ We go on."
    ),
    "Thursday, May 7, 2015 ¦ On Tuesday, Peru agreed.",
    "LONDON (Reuters) - ¦ Britain agreed. ¦ Peru did not.",
    "NASHUA, N.H. — ¦ The senator spoke.",
]


@pytest.mark.parametrize("marked", PLAIN + SHORT_FORMS + QUOTES + LINES)
def test_sentences_begin_at_the_marks(blank: Language, marked: str) -> None:
    text, expected = unmarked(marked)
    assert sentences(blank, text) == expected


EXAMPLES = [
    (each.id, example)
    for each in LISTS.lists.values()
    for example in each.examples
    if each.kind is None
]
LINE_EXAMPLES = [
    (each.kind, example)
    for each in LISTS.lists.values()
    for example in each.examples
    if each.kind is not None
]
COUNTEREXAMPLES = [
    (each.kind, example)
    for each in LISTS.lists.values()
    for example in each.counterexamples
    if each.kind is not None
]


@pytest.mark.parametrize(("name", "marked"), EXAMPLES)
def test_examples_of_the_lists_hold(blank: Language, name: str, marked: str) -> None:
    text, expected = unmarked(marked)
    assert sentences(blank, text) == expected, name


@pytest.mark.parametrize(("kind", "line"), LINE_EXAMPLES)
def test_lines_of_the_lists_have_their_kind(blank: Language, kind: BlockKind, line: str) -> None:
    text = f"Peru agreed. Chile did not.\n\n{line}\n\nThey meet again in May. Nobody knows where."
    assert blocks(blank, text)[1] == (kind.value, line)


@pytest.mark.parametrize(("kind", "line"), COUNTEREXAMPLES)
def test_counterexamples_of_the_lists_do_not(blank: Language, kind: BlockKind, line: str) -> None:
    text = f"Peru agreed. Chile did not.\n\n{line}\n\nThey meet again in May."
    assert blocks(blank, text)[1] == ("body", line), f"taken for a {kind}"


def test_every_list_has_examples() -> None:
    assert set(LISTS.lists) == set(NAMES)
    assert all(each.examples for each in LISTS.lists.values())


BODY = "Peru voted for the draft in Lima. Chile did not vote for it at all."


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Regional Cybersecurity", "heading"),
        ("A ‘Third Way’?", "heading"),
        ("The need for other regional bodies without the US grew after the Cold War", "heading"),
        ("ABSTRACT.", "heading"),
        ("II. A Strained Marriage", "heading"),
        ("Peru agreed.", "body"),
        ("and so on", "body"),
        ("“Is it?”", "body"),
        ("- Peru agrees", "body"),
        ("By Jane Doe", "byline"),
        ("By Jane Doe in Lima", "byline"),
        ("By Jane Doe, John Roe and Ann Poe", "byline"),
        ("By the end of it, Peru had left", "heading"),
        ("Author: Jane Doe", "byline"),
        ("Thursday, May 7, 2015", "byline"),
        ("London, 5 May 2015", "byline"),
        ("2015-05-07", "byline"),
        ("(Reuters)", "byline"),
        ("LONDON (Reuters)", "byline"),
        ("Doe (left) and Roe on 5 May. Image: UK Government.", "byline"),
        ("Photo: Jane Doe", "byline"),
        ("Doe and Roe reported from Washington.", "byline"),
        ("Editor’s Note: The views are hers.", "note"),
        ("Editor's note: The views are hers.", "note"),
        ("[Correction: Peru voted in May.]", "note"),
        ("Disclaimer", "note"),
        ("Read more: Talks fail", "note"),
        ("This article was originally published elsewhere.", "note"),
    ],
)
def test_a_line_between_paragraphs_has_its_kind(blank: Language, line: str, kind: str) -> None:
    assert blocks(blank, f"{BODY}\n\n{line}\n\n{BODY}")[1] == (kind, line)


def test_a_byline_and_a_note_on_two_lines_are_two_blocks(blank: Language) -> None:
    found = blocks(blank, f"{BODY}\n\nAuthor: Jane Doe\nEditor’s Note: The view is hers.")
    assert [kind for kind, _ in found] == ["body", "byline", "note"]


def test_a_note_within_wrapped_lines_is_its_own_block(blank: Language) -> None:
    text = (
        "We would like to thank the delegation\nof the new state for the honour and\n"
        "for its many kind words in Lima today.\nAuthor: Jane Doe\nNote: this is a draft."
    )
    assert [kind for kind, _ in blocks(blank, text)] == ["body", "byline", "note"]


@pytest.mark.parametrize(
    "headline",
    [
        "North Korea puts military in 'quasi-state of war'",
        "Reports: 'streamlined' UK asylum process to replace interview",
        "Trump Slams Clinton And The Media In One Answer.",
        "Who will pay?",
    ],
)
def test_the_headline_is_the_title(blank: Language, headline: str) -> None:
    doc = blank(f"{headline}\n\nFriday, August 21, 2015\n\n{BODY}\n\nA Heading\n\n{BODY}")
    assert [span.id_ for span in doc.spans["blocks"]] == ["title", "", "", "", ""]
    assert [segment.is_title(sent) for sent in doc.sents][:2] == [True, False]
    assert segment.block_of(doc[0]) is BlockKind.HEADING


def test_a_first_paragraph_is_no_title(blank: Language) -> None:
    doc = blank(f"{BODY}\n\n{BODY}")
    assert [span.label_ for span in doc.spans["blocks"]] == ["body", "body"]
    assert not any(segment.is_title(sent) for sent in doc.sents)


def test_a_text_of_one_line_is_body(blank: Language) -> None:
    assert blocks(blank, "Peru agrees") == [("body", "Peru agrees")]


def test_a_heading_on_the_line_above_its_paragraph(blank: Language) -> None:
    found = blocks(blank, f"{BODY}\n\nUK-France relationship\n{BODY}")
    assert found[1:] == [("heading", "UK-France relationship"), ("body", BODY)]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\ufeff", "\u2028", "…", ".", '"', "a"])
def test_odd_texts_pass(blank: Language, text: str) -> None:
    doc = blank(text)
    found = segment.sentences_of(doc)
    assert len(found) == (1 if text.strip() else 0)


def test_an_unsegmented_doc_is_body() -> None:
    doc = spacy.blank("en")("Peru agreed.")
    assert segment.block_of(doc[0]) is BlockKind.BODY
    assert not segment.is_title(doc[0:2])


PIECES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        "\n|\n\n|\r\n|\x0c| |. |! |? |… |“|”|\"|'|(|)|Mr.|U.S.|The |Peru |said|1. |- |• |"
        "Author: |Note: |\xa0".split("|")
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_character_lies_in_exactly_one_sentence(blank: Language, text: str) -> None:
    doc = blank(text)
    assert doc.text == text
    assert all(token.is_sent_start in (True, False) for token in doc)
    end = 0
    for found in segment.sentences_of(doc):
        assert text[end : found.start].strip() == ""
        assert text[found.start : found.end] == text[found.start : found.end].strip() != ""
        assert end <= found.start
        end = found.end
    assert text[end:].strip() == ""
    assert sentences(blank, text) == sentences(blank, text)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.lists(PIECES, max_size=30).map("".join))
def test_a_blank_line_ends_a_sentence(blank: Language, one: str, two: str) -> None:
    one, two = one.replace("\x0c", "").strip(), two.replace("\x0c", "").strip()
    gap = range(len(one), len(one) + 2)
    found = segment.sentences_of(blank(f"{one}\n\n{two}"))
    assert not any(each.start < gap.start and each.end > gap.stop for each in found)


def test_the_model_keeps_the_sentences(nlp: Language) -> None:
    text = "Peru agreed\n\nChile Today\n\nMexico said no.And it left. “We won. They lost,” it said."
    assert sentences(nlp, text) == [
        "Peru agreed",
        "Chile Today",
        "Mexico said no.",
        "And it left.",
        "“We won.",
        "They lost,” it said.",
    ]


def test_the_first_article(blank: Language) -> None:
    text = ARTICLE.read_text(encoding="utf-8")
    doc = blank(text)
    kinds = [span.label_ for span in doc.spans["blocks"]]
    headings = [span.text for span in doc.spans["blocks"] if span.label_ == "heading"]
    assert headings == [
        "The need for alternative regional organisations without the US grew after the Cold War",
        "Regional Cybersecurity",
        "Latin America in the World",
        "A Strained American Marriage",
        "The Chinese Connection",
        "A ‘Third Way’?",
    ]
    assert kinds[-2:] == ["byline", "note"]
    assert kinds.count("byline") == kinds.count("note") == 1
    found = segment.sentences_of(doc)
    body = [text[each.start : each.end] for each in found if each.block is BlockKind.BODY]
    assert all(each.endswith(".") for each in body)
    assert len(body) == text.count(". ") + text.count(".\n")


def test_a_project_adds_forms_and_unknown_ids_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "segmentation.yaml"
    path.write_text("lists:\n- id: segmentation.titles\n  forms: [Shri]\n", encoding="utf-8")
    joined: SegmentationLists = read_segmentation(models_folders(tmp_path))
    assert {"Shri", "Mr"} <= joined.forms("titles")
    path.write_text("lists:\n- id: segmentation.nope\n  forms: [x]\n", encoding="utf-8")
    with pytest.raises(
        LexiconError, match=r"segmentation\.yaml:2: unknown id 'segmentation\.nope'"
    ):
        read_segmentation((tmp_path,))
