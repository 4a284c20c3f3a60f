"""The page is whole, the same each time, and shows texts as what they are: text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from pipeline.report.page import Options
from pipeline.report.shown_articles import web_address
from tests.report.build import Article, article_of, page_of, small

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><style>@import url(//example.org/x)</style>",
    "{{ 7 * 7 }}{% raw %}",
    "<!--", "]]>", "&lt;b&gt;", "\x00\x1b[31m", "javascript:alert(1)", "‮ evil ‬",
]  # fmt: skip


class Elements(HTMLParser):
    """The elements, ids and links of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: dict[str, int] = {}
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] = self.tags.get(tag, 0) + 1
        self.attributes |= {name for name, _ in attrs}
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "src"):
                self.links.append(value or "")


def test_the_same_claims_give_the_same_bytes() -> None:
    assert page_of(*small()) == page_of(*small())


def test_every_link_within_the_page_leads_somewhere_and_every_name_is_there_once() -> None:
    found = Elements(page_of(*small()))
    assert len(found.ids) == len(set(found.ids))
    inside = {link[1:] for link in found.links if link.startswith("#")}
    assert inside <= set(found.ids)
    assert {link for link in found.links if not link.startswith("#")} == {
        "data:,",
        "https://example.org/first",
    }


def test_each_cell_leads_to_its_sentences_and_they_to_the_article() -> None:
    page = page_of(*small())
    cell = re.search(
        r'<td class="both m3"><a href="#([^"]+)">\+1 −1<span class="tip">([^<]+)', page
    )
    assert cell
    assert cell[2] == "Alder Union on levy: 1 in support and 1 in opposition"
    part = page[page.index(f'<h4 id="{cell[1]}">') :]
    part = part[: part.index("</ul>")]
    assert part.count("<li ") == 2
    assert '<a href="#article-2-claim-1"><bdi>The first debate' in part


def test_all_that_the_issue_names_is_there() -> None:
    page = page_of(*small(), notes=("left out: 3 claims of near-duplicates",))
    for words in (
        "7 verified claims of 3 actors on 2 concepts, from 3 articles",
        "Who supports and who opposes what",
        "The network of actors and concepts",
        "Claims over time",
        "Actors by activity",
        "support, then opposition (2023-02-01 → 2024-05-31)",
        "left out: 3 claims of near-duplicates",
        "CC BY 4.0",
        "Nobody has reviewed anything yet",
    ):
        assert words in page
    assert page.count("<article ") == 3
    assert page.count("<mark ") >= 2 * 7


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_becomes_markup_or_script(words: str) -> None:
    usual = "words of some length, and more of them"
    plain = Elements(page_of(*hostile(usual), options=Options(title=usual, selection=usual)))
    found = Elements(page_of(*hostile(words), options=Options(title=words, selection=words)))
    assert found.tags.keys() <= plain.tags.keys()
    assert "script" not in found.tags
    assert found.attributes <= plain.attributes
    assert found.tags["style"] == 1
    assert all(link.startswith(("#", "data:,", "https://")) for link in found.links)
    assert found.ids == plain.ids


def hostile(words: str) -> tuple[Article, ...]:
    """Two articles with the words in every place that a text or its metadata has."""
    lines = [(words, "support", words), (words, "oppose", words)]
    metadata = dict.fromkeys(("title", "author", "publisher", "licence", "language"), words)
    return (
        article_of("one", lines[0], date="2023", url=words, **metadata),
        article_of("two", lines[1], date="2024", url=f"https://example.org/{words}", **metadata),
    )


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "http://",
        7,
    ],
)
def test_only_addresses_of_the_web_become_links(address: object) -> None:
    assert web_address(address) == ""


def test_nothing_may_be_loaded_or_run() -> None:
    page = page_of(*small())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy[1]
    assert not re.search(
        r"<script|<link rel=\"stylesheet|@import|url\(| style=\"| on[a-z]+=\"", page
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (Options(), "Nothing was extracted"),
        (Options(unreviewed=True), "claims extract"),
        (Options(selection="stance oppose"), "Leave one of the conditions out"),
    ],
)
def test_without_claims_the_page_says_what_to_do(options: Options, words: str) -> None:
    page = page_of(options=options)
    assert "There is nothing to show yet" in page
    assert words in page
    found = Elements(page)
    assert {link[1:] for link in found.links if link.startswith("#")} <= set(found.ids)


def test_the_machines_claims_are_marked_as_unreviewed() -> None:
    page = page_of(*small(), options=Options(unreviewed=True))
    assert "<strong>Unreviewed.</strong>" in page
    assert "7 unreviewed claims" in page
    assert "Unreviewed" not in page_of(*small())


def test_articles_beyond_the_limit_are_counted_and_the_page_says_so() -> None:
    articles = [
        article_of(f"a{n:03}", *[(f"Actor {n % 50}", "support", f"topic {n % 30}")] * (1 + n % 3))
        for n in range(120)
    ]
    page = page_of(*articles, options=Options(article_bytes=60_000))
    shown = page.count("<article ")
    assert 5 < shown < 120
    assert f"Shown are the {shown} articles with most claims" in page
    assert "of 120 with claims; the figures count all of them." in page
    assert "20 other actors" in page
    assert "14 other concepts" in page
    found = Elements(page)
    assert {link[1:] for link in found.links if link.startswith("#")} <= set(found.ids)


def test_a_claim_whose_words_are_gone_is_listed_and_not_marked() -> None:
    (one,) = (article_of("one", ("Alder Union", "support", "levy")),)
    one.records[0]["cue"]["text"] = "praised"
    page = page_of(one)
    assert "no longer in the text" in page
    assert 'id="article-1-mark-1"' not in page
