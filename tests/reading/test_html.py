"""Web pages: the article whole, once, and nothing else; what is doubtful is said."""

from __future__ import annotations

import time

import pytest

from pipeline.errors import ArticleError
from pipeline.lexicon.consent import BESIDE, consent_of, read_consent
from pipeline.lexicon.folder import packaged_models
from pipeline.reading.converted import Converted
from pipeline.reading.html import convert_html

HEAD = "Ports vote on the berth charge"
FIRST = (
    "Delegates of nine ports met for three days in a hall by the sea, and the talks on the berth "
    "charge went on until the lamps were put out."
)
GHANA = "Ghana opposes the berth charge."
SPAIN = "Spain supports the berth charge."
LAST = (
    "A second meeting is planned for the spring, and the secretariat said that it would send a "
    "revised text to all nine ports before the end of the year."
)
NOTICE = (
    "<p>We use cookies to improve your experience and for personalised advertising.</p>"
    "<p>You can reject all cookies that are not needed, and change your data settings.</p>"
)
STORY = f"<h1>{HEAD}</h1><p>{FIRST}</p><p>{GHANA}</p><p>{SPAIN}</p><p>{LAST}</p>"
WHOLE = (HEAD, FIRST, GHANA, SPAIN, LAST)


def convert(body: str, *, head: str = "") -> Converted:
    page = (
        f"<!doctype html><html><head><title>{HEAD}</title>{head}</head><body>{body}</body></html>"
    )
    return convert_html(page.encode())


def blocks(found: Converted) -> tuple[str, ...]:
    return tuple(found.text.rstrip("\n").split("\n\n"))


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        (f"<ul><li>{GHANA}</li><li>{SPAIN}</li></ul>", (f"- {GHANA}", f"- {SPAIN}")),
        (f"<ol><li>{GHANA}<ul><li>{SPAIN}</li></ul></li></ol>", (f"- {GHANA}", f"- {SPAIN}")),
        (f"<dl><dt>West</dt><dd>{GHANA}</dd></dl>", ("West", GHANA)),
        (
            "<table><tr><th>Port</th><th>Says</th></tr><tr><td>Tema</td><td>No</td></tr></table>",
            ("| Port | Says |", "| Tema | No |"),
        ),
        (
            f"<table><tr><td>Tema</td><td><p>{GHANA}</p><p>{SPAIN}</p></td></tr></table>",
            ("Tema", GHANA, SPAIN),
        ),
        (f"<blockquote>{GHANA}</blockquote>", (GHANA,)),
        (f"<figure><img src=a><figcaption>{GHANA}</figcaption></figure>", (GHANA,)),
        (f"<div>{GHANA}<div>{SPAIN}</div></div>", (GHANA, SPAIN)),
        (f"{GHANA}<br><br>{SPAIN}", (GHANA, SPAIN)),
        (f"<details><summary>{GHANA}</summary>{SPAIN}</details>", (GHANA, SPAIN)),
        (f"<center>{GHANA}</center><pre>{SPAIN}</pre>", (GHANA, SPAIN)),
        (f"<p><a href='/g'>{GHANA}</a></p>", (GHANA,)),
        (f"<my-text>{GHANA}</my-text><my-text>{SPAIN}</my-text>", (GHANA, SPAIN)),
        (f"<section id='social-policy' class='social-policy'><p>{GHANA}</p></section>", (GHANA,)),
        (
            f"<span style='display:block'>{GHANA}</span><span style='display:block'>{SPAIN}</span>",
            (GHANA, SPAIN),
        ),
    ],
)
@pytest.mark.parametrize("holder", ["{}", "<article>{}</article>", "<div class='x7'>{}</div>"])
def test_nothing_between_two_paragraphs_is_lost(
    between: str, expected: tuple[str, ...], holder: str
) -> None:
    found = convert(holder.format(f"<h1>{HEAD}</h1><p>{FIRST}</p>{between}<p>{LAST}</p>"))
    assert blocks(found) == (HEAD, FIRST, *expected, LAST)
    assert found.warnings == ()


@pytest.mark.parametrize(
    "holder",
    [
        "<aside class='main-part'>{}</aside>",
        "<aside>{}</aside>",
        "<section class='q8'>{}</section>",
        "<div class='sidebar-none related'>{}</div>",
        "<div role='complementary'><div>{}</div></div>",
        "<footer>{}</footer>",
        "<form id='aspnetForm'><table><tr><td>{}</td></tr></table></form>",
        "<div aria-hidden='true'>{}</div>",
        "<div id='app' style='display:none'>{}</div>",
    ],
)
@pytest.mark.parametrize(
    "notice",
    [
        "",
        f"<div id='cookie-bar' class='cookie'>{NOTICE}</div>",
        f"<div class='z3'><div>{NOTICE}<button>Accept</button></div></div>",
        f"<section><h2>Your privacy</h2>{NOTICE}<a href='#'>Manage preferences</a></section>",
    ],
)
def test_the_article_is_taken_wherever_it_stands_and_no_notice(holder: str, notice: str) -> None:
    found = convert(notice + holder.format(STORY))
    assert blocks(found) == WHOLE
    assert found.warnings == ()
    assert any("consent notice left out" in note for note in found.notes) is bool(notice)


@pytest.mark.parametrize("holder", ["<div id='banner'>{}</div>", "<main>{}</main>", "{}"])
def test_a_notice_is_never_the_article(holder: str) -> None:
    with pytest.raises(ArticleError, match="notice about cookies and no article") as caught:
        convert(holder.format(NOTICE))
    assert caught.value.cause == "no-text"


def test_an_article_about_cookies_is_one() -> None:
    law = (
        "The regulator rejected cookie walls. “We use cookies to improve your experience,” the "
        "company had told the court."
    )
    found = convert(f"<article><h1>{HEAD}</h1><p>{FIRST}</p><p>{law}</p><p>{LAST}</p></article>")
    assert blocks(found) == (HEAD, FIRST, law, LAST)


def test_the_phrases_of_notices_hold_for_their_examples() -> None:
    lists = read_consent((packaged_models(),))
    consent = consent_of(lists)
    assert {each.id for each in lists if each.examples and each.counterexamples} == {
        each.id for each in lists
    }
    for each in lists:
        assert [text for text in each.examples if not consent.is_notice(text)] == []
        assert [text for text in each.counterexamples if consent.is_notice(text)] == []
    assert any(each.id == BESIDE for each in lists)


@pytest.mark.parametrize(
    "body",
    [
        f"<div class='desktop'>{STORY}</div><div class='mobile'>{STORY}</div>",
        f"<article>{STORY}</article><article>{STORY}</article>",
        f"<div class='mobile'><h1>{HEAD}</h1><p>{FIRST}</p><p>{GHANA}</p></div><div>{STORY}</div>",
        f"<div>{STORY}</div><div class='m'><h1>{HEAD}</h1><p>{FIRST}</p><p>{GHANA}</p></div>",
        "".join(f"<p class='d'>{each}</p><p class='m'>{each}</p>" for each in (FIRST, LAST)),
        f"<style>.m, #x {{ color: red; display: none }}</style>{STORY}<div class='m'>{STORY}</div>",
    ],
)
def test_two_copies_for_two_screens_are_one_text(body: str) -> None:
    found = convert(body)
    for each in (FIRST, LAST):
        assert found.text.count(each) == 1
    assert found.text.count(GHANA) == (1 if GHANA in body else 0)
    assert found.warnings == ()


def test_two_headlines_for_two_screens_in_one_line_are_one() -> None:
    line = f"<h1><span class='d'>{HEAD}</span><span class='m'>{HEAD}</span></h1>"
    assert blocks(convert(f"<article>{line}<p>{FIRST}</p></article>")) == (HEAD, FIRST)


def test_two_lists_that_are_the_same_are_two() -> None:
    states = (
        "For: Chile, Peru, Kenya, Mali, Togo, Fiji, Samoa, Tonga, Malta, Cyprus, Norway, Spain."
    )
    votes = "".join(f"<h2>The {nth} vote</h2><p>{states}</p>" for nth in ("first", "second"))
    found = convert(f"<article><h1>{HEAD}</h1><p>{FIRST}</p>{votes}</article>")
    assert found.text.count(states) == 2


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='color:red; DISPLAY : none'>{}</p>",
        "<p hidden>{}</p>",
        "<div style='visibility:hidden'>{}</div>",
        "<span aria-hidden='true'>{}</span>",
        "<p class='gone'>{}</p>",
        "<p class='sr-only'>{}</p>",
        "<dialog>{}</dialog>",
        "<template>{}</template>",
        "<noscript>{}</noscript>",
        "<!-- {} -->",
    ],
)
def test_what_the_page_does_not_show_is_not_read(hidden: str) -> None:
    style = "<style>/* a */ @media print{p{display:none}} p.gone{display:none}</style>"
    found = convert(f"<article>{STORY}{hidden.format('Cuba rejects it.')}</article>", head=style)
    assert blocks(found) == WHOLE


@pytest.mark.parametrize(
    "shown",
    [
        "<p class='gone on'>{}</p>",
        "<p class='gone' style='display:block'>{}</p>",
        "<p hidden='until-found'>{}</p>",
        "<p class='small'>{}</p>",
    ],
)
def test_what_the_page_shows_is_read(shown: str) -> None:
    style = (
        "<style>.gone{display:none} .gone.on{display:block}"
        "@media (max-width:9em){.small{display:none}}</style>"
    )
    found = convert(f"<article>{STORY}{shown.format(GHANA)}</article>", head=style)
    assert found.text.count(GHANA) == 2


def test_the_only_headline_is_taken_though_the_page_is_called_otherwise() -> None:
    body = f"<h1>Nine harbours, one fee</h1><div class='c'><p>{FIRST}</p><p>{LAST}</p></div>"
    assert blocks(convert(body)) == ("Nine harbours, one fee", FIRST, LAST)


def test_marks_of_footnotes_are_left_out_and_powers_stay() -> None:
    body = "<p>Ghana opposes it<sup><a href='#n1'>1</a></sup>. It has 10<sup>3</sup> berths.</p>"
    assert "Ghana opposes it. It has 103 berths." in convert(f"<p>{FIRST}</p>{body}").text


def test_teasers_beside_the_article_are_not_in_it() -> None:
    cards = "".join(
        f"<div><h3><a href='/{n}'>Port {n}</a></h3><p>Ministers opposed plan {n} all day.</p></div>"
        for n in range(8)
    )
    found = convert(f"<main><article>{STORY}</article></main><div class='q'>{cards}</div>")
    assert blocks(found) == WHOLE
    assert found.warnings == ()


@pytest.mark.parametrize("kind", ["related-posts", "newsletter-signup", "comments", "social-share"])
def test_what_stands_around_the_article_is_no_part_of_what_should_be_kept(kind: str) -> None:
    around = f"<div class='{kind}'><p>{'Ministers opposed it all day. ' * 9}</p></div>"
    found = convert(f"<div>{STORY}</div>{around}<nav>{'Home and away ' * 9}</nav>")
    assert blocks(found) == WHOLE
    assert found.warnings == ()


@pytest.mark.parametrize(
    "body",
    [
        "<article>{story}</article><div>{rest}{rest}{rest}{rest}</div>",
        "<div class='entry-content'>{story}</div><div class='tags'>{rest}</div>",
    ],
)
def test_an_article_that_cannot_be_told_from_the_rest_is_doubtful(body: str) -> None:
    rest = "".join(f"<p>Ministers of port {n} opposed the plan and said so.</p>" for n in range(9))
    found = convert(body.format(story=STORY, rest=rest))
    assert blocks(found)[: len(WHOLE)] == WHOLE
    assert "of port 8" in found.text
    [warning] = found.warnings
    assert "could not be told" in warning
    assert "--replace" in warning


def test_an_article_of_which_much_is_missing_is_doubtful() -> None:
    rest = "".join(f"<p>Ministers of port {n} opposed the plan and said so.</p>" for n in range(4))
    found = convert(f"<div class='entry-content'>{STORY}</div><div class='tags'>{rest}</div>")
    assert blocks(found) == WHOLE
    [warning] = found.warnings
    assert warning.startswith("only 65% of the page's words were taken (40 left out)")


PERU = "Peru’s minister said “no” – señor Núñez agreed."


@pytest.mark.parametrize(
    ("head", "encoding", "note"),
    [
        ("", "windows-1252", "from Windows-1252"),
        ("", "utf-8", None),
        ("", "utf-8-sig", None),
        ("", "utf-16", "from UTF-16 LE"),
        ("", "utf-16-be", "from UTF-16 BE"),
        ("<meta charset=utf-8>", "windows-1252", "from Windows-1252"),
        ("<meta charset=iso-8859-1>", "utf-8", None),
        ("<meta charset=iso-8859-1>", "windows-1252", "from Windows-1252"),
        ("<!-- <meta charset=koi8-r> -->", "windows-1252", "from Windows-1252"),
        ("<script>'<meta charset=koi8-r>'</script>", "windows-1252", "from Windows-1252"),
        ("<meta charset=unicode_escape>", "windows-1252", "from Windows-1252"),
        ("<meta charset=no-such-name>", "utf-8", None),
        ("<meta charset=macintosh>", "mac-roman", "from MAC-ROMAN"),
        (
            "<meta http-equiv=Content-Type content='text/html; charset=windows-1252'>",
            "windows-1252",
            "from Windows-1252",
        ),
    ],
)
def test_every_encoding_of_a_page_gives_its_text(
    head: str, encoding: str, note: str | None
) -> None:
    page = f"<html><head>{head}</head><body><article><p>{FIRST}</p><p>{PERU}</p></article></body>"
    found = convert_html(page.encode(encoding))
    assert blocks(found) == (FIRST, PERU)
    assert found.notes == (("from HTML", note) if note else ("from HTML",))


def test_an_encoding_that_nobody_can_tell_is_refused() -> None:
    page = f"<p>{FIRST}</p><p>Президент отклонил проект договора.</p>".encode("koi8-r")
    with pytest.raises(ArticleError, match="save it as UTF-8") as caught:
        convert_html(page)
    assert caught.value.cause == "undecodable"
    assert "Президент" in convert_html(b"<meta charset=koi8-r>" + page).text


@pytest.mark.parametrize(
    "pattern",
    [
        "<div><h2>x y z</h2><p>Delegates of port {} met for three days by the sea.</p></div>",
        "<div><h2>x y z</h2><p>Delegates of the port met for three days by the sea.</p></div>",
        "<style>.a{}{{display:none}}</style><p class='a b'>Port {} met.</p>",
        "<table><tr><td>Port {}<td>No</table>",
    ],
)
def test_a_page_of_ten_times_the_blocks_takes_ten_times_as_long(pattern: str) -> None:
    def seconds(count: int) -> float:
        body = "".join(pattern.format(*[n] * pattern.count("{}")) for n in range(count))
        data = f"<h1>{HEAD}</h1><p>{FIRST}</p>{body}".encode()
        begun = time.process_time()
        convert_html(data)
        return time.process_time() - begun

    seconds(50)
    assert seconds(2_000) < 10 * 3 * max(seconds(200), 0.02)
