from __future__ import annotations

from pipeline.reading.duplicates import (
    DuplicateIndex,
    duplicate_of,
    find_shingles,
    likeness,
)

WORDS = [f"word{number}" for number in range(1000)]
TEXT = " ".join(WORDS)


def index_of(**texts: str) -> DuplicateIndex:
    index = DuplicateIndex(texts.__getitem__)
    for article, text in texts.items():
        index.add(article, text)
    return index


def test_likeness_is_one_for_the_same_words_and_zero_for_others() -> None:
    same = find_shingles(TEXT.upper().replace(" ", ", "))
    assert likeness(find_shingles(TEXT), same) == 1
    assert likeness(find_shingles(TEXT), find_shingles(" ".join(reversed(WORDS)))) == 0
    assert likeness(find_shingles("a b"), find_shingles("a b")) == 0


def test_the_likest_article_is_found_among_others() -> None:
    near = " ".join(WORDS[:900])
    nearer = " ".join(WORDS[:990])
    index = index_of(other="quite another text " * 50, near=near, nearer=nearer)
    found = index.find(TEXT)
    assert found is not None
    assert found.article == "nearer"
    assert 0.98 < found.likeness < 1


def test_a_quoted_passage_makes_no_duplicate() -> None:
    quoted = " ".join(WORDS[:100])
    assert index_of(long=TEXT).find(quoted) is None
    assert index_of(short=quoted).find(TEXT) is None


def test_short_texts_are_like_none() -> None:
    assert index_of(a="Chile rejected the draft.").find("Chile rejected the draft.") is None


def test_boilerplate_that_all_share_links_nothing_and_costs_little() -> None:
    foot = " ".join(f"foot{number}" for number in range(60))
    bodies = {f"a{n}": " ".join(f"b{n}w{m}" for m in range(200)) + f" {foot}" for n in range(300)}
    index = index_of(**bodies)
    assert index.find(" ".join(f"new{m}" for m in range(200)) + f" {foot}") is None
    found = index.find(bodies["a299"])
    assert found is not None
    assert found.article == "a299"


def test_metadata_name_the_original() -> None:
    assert duplicate_of({"duplicate_of": "a"}) == "a"
    assert duplicate_of({"duplicate_of": ""}) is None
    assert duplicate_of({}) is None
