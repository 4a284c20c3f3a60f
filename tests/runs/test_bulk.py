from __future__ import annotations

import io
import json

import pytest

from pipeline.records import Article
from pipeline.runs import bulk
from pipeline.runs.bulk import read_articles
from pipeline.runs.guard import Failure


def read(data: bytes) -> list[Article | Failure]:
    return list(read_articles(io.BytesIO(data), name="in.jsonl"))


def test_a_line_is_an_article_with_its_metadata() -> None:
    data = json.dumps({"article": "a", "text": "Perú objetó.", "metadata": {"author": "X"}})
    assert read(data.encode()) == [Article("a", "Perú objetó.", {"author": "X"})]


def test_metadata_may_be_absent_or_null_and_other_keys_are_passed_over() -> None:
    data = b'{"article":"a","text":"x","claims":[]}\n{"article":"b","text":"y","metadata":null}\n'
    assert read(data) == [Article("a", "x"), Article("b", "y")]


def test_byte_order_mark_crlf_and_blank_lines_are_no_articles() -> None:
    data = b'\xef\xbb\xbf{"article":"a","text":"x"}\r\n\r\n   \n{"article":"b","text":"y"}'
    assert read(data) == [Article("a", "x"), Article("b", "y")]


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        (b"not json", "not-json"),
        (b"[1, 2]", "not-json"),
        (b"[" * 100_000, "not-json"),
        (b'{"text": "x"}', "missing-key"),
        (b'{"article": "a"}', "missing-key"),
        (b'{"article": 7, "text": "x"}', "wrong-type"),
        (b'{"article": "a", "text": null}', "wrong-type"),
        (b'{"article": "a", "text": "x", "metadata": []}', "wrong-type"),
        (b'{"article": "a", "text": "x", "metadata": {"n": NaN}}', "wrong-type"),
        (b'{"article": "a", "text": "x", "metadata": {"n": "\\ud800"}}', "wrong-type"),
        (b'{"article": "a", "text": " \\n"}', "empty"),
        (b'{"article": "", "text": "x"}', "empty"),
        (b'{"article": "a", "text": "x\\ud83d"}', "undecodable"),
        (b'{"article": "a", "text": "\xff"}', "undecodable"),
    ],
)
def test_a_bad_line_is_a_failure_in_its_place_and_the_rest_goes_on(line: bytes, cause: str) -> None:
    good = b'{"article": "%s", "text": "x"}'
    first, bad, last = read(b"\n".join([good % b"a", line, good % b"b"]))
    assert isinstance(bad, Failure)
    assert (bad.article, bad.cause) == ("in.jsonl:2", cause)
    assert (first, last) == (Article("a", "x"), Article("b", "x"))


def test_an_endless_line_is_refused_without_being_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MAX_LINE_BYTES", 64)
    long = b'{"article": "a", "text": "' + b"x" * 500 + b'"}\n'
    bad, good = read(long + b'{"article": "b", "text": "y"}\n')
    assert isinstance(bad, Failure)
    assert (bad.article, bad.cause) == ("in.jsonl:1", "too-long")
    assert good == Article("b", "y")


def test_lines_are_read_as_they_are_asked_for() -> None:
    stream = io.BytesIO(b'{"article":"a","text":"x"}\n' * 1000)
    seen: list[int] = []
    articles = read_articles(stream, name="in", read_to=seen.append)
    next(articles)
    assert seen == [27]
    assert stream.tell() == 27
