from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ArticleError
from pipeline.reading.frontmatter import split_front_matter


@pytest.mark.parametrize(
    ("text", "values", "body"),
    [
        ("---\ntitle: A: b\n---\nBody", None, None),
        (
            "---\ntitle: A pact\ntags: [a, b]\n---\n\nBody",
            {"title": "A pact", "tags": ["a", "b"]},
            "\nBody",
        ),
        ("---\ntitle: A pact\n...\nBody", {"title": "A pact"}, "Body"),
        ('+++\ntitle = "A pact"\n+++\nBody', {"title": "A pact"}, "Body"),
        ("---\n---\nBody", {}, "Body"),
        ("---\n# nothing\n---\n", {}, ""),
        ("Body\n---\ntitle: no\n---\n", {}, "Body\n---\ntitle: no\n---\n"),
        ("--- \ntitle: 'é'\n---", {"title": "é"}, ""),
    ],
)
def test_front_matter_is_split_off(
    text: str, values: dict[str, object] | None, body: str | None
) -> None:
    if values is None:
        with pytest.raises(ArticleError, match=r"a\.md:2: front matter is not YAML"):
            split_front_matter(text, name="a.md")
    else:
        assert split_front_matter(text, name="a.md") == (values, body)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: A pact\n\nBody", r"a\.md:1: .*not closed"),
        ("---\na: 1\nb: [1\n---\n", r"a\.md:\d: front matter is not YAML"),
        ("+++\na = 1\nb = \n+++\n", r"a\.md:3: front matter is not TOML"),
        ("---\n- a\n---\n", r"a\.md:2: .*list of fields"),
        ("---\na: &x [1]\nb: *x\n---\n", r"a\.md:3: .*aliases are not taken"),
        ("---\na: &x [*x]\n---\n", r"aliases are not taken"),
        ("---\na: !!python/object/apply:os.system [id]\n---\n", r"not YAML"),
        ("---\na: " + "[" * 5000 + "\n---\n", r"a\.md:\d: front matter is not YAML"),
        ('---\na: "\\ud800"\n---\n', r"front matter"),
        ("---\ndate: 2024-13-45\n---\n", r"front matter is not YAML"),
        ("---\n" + "a" * 100_001 + "\n---\n", r"longer than 100,000"),
    ],
)
def test_malformed_front_matter_is_refused_by_line(text: str, message: str) -> None:
    with pytest.raises(ArticleError, match=message) as caught:
        split_front_matter(text, name="a.md")
    assert caught.value.cause == "front-matter"


@given(st.text(st.sampled_from("-+\n a:[]{}\"'&*!|>#.1\\ud8\t"), max_size=40))
def test_any_beginning_is_split_or_refused(block: str) -> None:
    for fence in ("---", "+++"):
        cause, values, body = "front-matter", {}, "Body"
        try:
            values, body = split_front_matter(f"{fence}\n{block}\n{fence}\nBody", name="a.md")
        except ArticleError as error:
            cause = error.cause
        assert cause == "front-matter"
        assert body.endswith("Body")
        assert str(values).encode()
