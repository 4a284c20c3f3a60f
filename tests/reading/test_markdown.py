from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.markdown import markdown_to_text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# The vote\nChile backed it.", "The vote\n\nChile backed it.\n"),
        ("The vote\n========\n\nChile", "The vote\n\nChile\n"),
        ("Chile **backed** _the_ `text`.", "Chile backed the text.\n"),
        ("[Chile](https://a.org 'x') and <https://b.org>", "Chile and https://b.org\n"),
        ("See [the text][1].\n\n[1]: https://a.org", "See the text.\n"),
        ("Chile backed\nthe text.", "Chile backed the text.\n"),
        ("Chile  \nPeru", "Chile\nPeru\n"),
        ("Chile<br>Peru", "Chile\nPeru\n"),
        ("- Chile\n- Peru\n\n1. Cuba", "Chile\n\nPeru\n\nCuba\n"),
        ("> Chile said\n> no.\n\nPeru", "Chile said no.\n\nPeru\n"),
        ("![A *map*](map.png)", "A map\n"),
        ("| Who | Vote |\n|---|---|\n| Chile | **no** |", "Who\tVote\n\nChile\tno\n"),
        ("Chile &amp; Peru &copy; a\\*b", "Chile & Peru © a*b\n"),
        ("a ~~b~~ <em>c</em> <!-- d -->", "a b c\n"),
        ("<div>\n<script>x()</script><p>Chile &lt; Peru</p>\n</div>", "Chile < Peru\n"),
        ("```\ncode\n```", "code\n"),
        ("Chile\n\n---\n\nPeru", "Chile\n\nPeru\n"),
        ("", ""),
    ],
)
def test_markdown_reads_as_its_page(markdown: str, text: str) -> None:
    assert markdown_to_text(markdown) == text


@given(st.text(st.sampled_from("#*_[]()<>`|-+\\!&;~ \n\tab1\"'"), max_size=60))
def test_any_markdown_gives_text(markdown: str) -> None:
    text = markdown_to_text(markdown)
    assert text == "" or text.endswith("\n")


@given(st.lists(st.from_regex(r"\A[A-Z][a-zéñ]{1,8}( [a-zéñ]{1,8}){0,6}\.\Z"), min_size=1))
def test_prose_is_left_as_it_is(paragraphs: list[str]) -> None:
    prose = "\n\n".join(paragraphs) + "\n"
    assert markdown_to_text(prose) == prose
