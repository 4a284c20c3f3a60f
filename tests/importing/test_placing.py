"""Quotations find their one place in a text, or are refused by name."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dataset.records import Position
from pipeline.importing.placing import Placing, UnplacedError
from pipeline.importing.quotation import quoted_claim
from pipeline.records import Extraction, Sentence
from tests.export.texts import texts


def extraction(text: str) -> Extraction:
    """An article whose sentences end at full stops and line ends."""
    found = [
        Sentence(*match.span()) for match in re.finditer(r"[^.\n]*[^.\n\s][^.\n]*[.\n]?", text)
    ]
    return Extraction("note", text, tuple(found))


def placed(text: str, **line: Any) -> Position:
    claim = quoted_claim(
        {"article": "note", "stance": "oppose", **line}, place="in.jsonl:1", source="model"
    )
    return Placing(extraction(text)).place(claim)[0]


def starts(position: Position) -> tuple[int, int, int | None]:
    target = position.target.start if position.target else None
    return position.holder.start, position.cue.start, target


@pytest.mark.parametrize(
    "marked",
    [
        "[Chile]{h} [rejected]{c} [the draft]{t}.",
        "Peru voted. [Chile]{h} did too, and [rejected]{c} [the draft]{t}. Chile is far. The draft",
        "[The region]{h} met. It was [wary of]{c} [the “new” bank]{t}.",
        "It [was rejected]{c} by [Chile]{h}.",
        "[Chile]{h} [said]{c} [Chile’s vote was void]{t}.",
        "The [draft]{t}, said Peru, was [rejected]{c} by [Chile]{h}. Chile, Peru rejected nothing.",
    ],
)
def test_words_are_placed_where_they_can_only_be(marked: str) -> None:
    pieces = {m[2]: m[1] for m in re.finditer(r"\[([^\]]*)\]\{(\w)\}", marked)}
    text = re.sub(r"\[([^\]]*)\]\{\w\}", r"\1", marked)
    where, removed = {}, 0
    for match in re.finditer(r"\[([^\]]*)\]\{(\w)\}", marked):
        where[match[2]] = match.start() - removed
        removed += len(match[0]) - len(match[1])
    found = placed(text, holder=pieces["h"], cue=pieces["c"], target=pieces.get("t"))
    assert starts(found) == (where["h"], where["c"], where.get("t"))
    assert found.stands_in(text)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Chile rejected the “new” draft.", 'the "new" draft'),
        ("Chile rejected the ‘new’ draft.", "the 'new' draft"),
        ("Chile rejected the\nnew\u00a0 draft.", "the new draft"),
        ("Chile rejected the long–term draft.", "the long-term draft"),
        ("Chile rejected the d\u00adraft.", "the draft"),
        ("Chile rejected the «new» draft.", "the “new” draft"),
        ("Chile rejected the café draft.", "the cafe\u0301 draft"),
    ],
)
def test_typography_and_white_space_are_tolerated(text: str, quoted: str) -> None:
    found = placed(text, holder=" Chile ", cue="rejected", target=quoted)
    assert found.target is not None
    assert found.target.text == text[len("Chile rejected ") : -1]


TWICE = "Chile rejected the draft. Peru slept. Chile rejected the draft."


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (
            TWICE,
            {"cue": "refused"},
            "its cue 'refused' is not in the text; quote the",
        ),
        (TWICE, {"cue": "reject"}, "its cue 'reject' is not in the text"),
        (TWICE, {"holder": "Bolivia"}, "its holder 'Bolivia' is not in the text"),
        (TWICE, {"target": "the plan"}, "its target 'the plan' is not in the text"),
        (
            TWICE,
            {},
            r"2 times where .* \(code points 6, 44\).*\"sentence\": \"Chile",
        ),
        (TWICE, {"sentence": "Chile rejected the draft."}, "stands 2 times in the text"),
        (TWICE, {"sentence": "Chile accepted the draft."}, "its sentence .* is not in the text"),
        (
            TWICE,
            {"sentence": "Peru slept."},
            "cue 'rejected' is not in the text of its sentence",
        ),
        (TWICE, {"occurrence": 3}, 'stands 2 times there, so there is no "occurrence" 3'),
        (TWICE, {"cue": {"text": "rejected", "start": 7}}, "is not at 7: 'ejected ' stands there"),
        (TWICE, {"cue": {"text": "rejected", "start": 999}}, "is not at 999: '' stands there"),
        ("Chile told Chile it rejected the draft.", {}, "its holder 'Chile' stands 2 times beside"),
        (
            "Chile sat. A. B. C. D. Peru rejected the draft.",
            {},
            "its holder 'Chile' stands nowhere by itself in or near .* at code point 0",
        ),
        (
            "Chile rejected the “new”, the «new» it.",
            {"target": 'the "new"'},
            "target .* 2 times",
        ),
    ],
)
def test_what_cannot_be_placed_is_refused_by_name(
    text: str, line: dict[str, Any], says: str
) -> None:
    usual = {"holder": "Chile", "cue": "rejected", "target": "the draft"}
    with pytest.raises(UnplacedError, match=says):
        placed(text, **{**usual, **line})


@pytest.mark.parametrize(
    ("line", "cue"),
    [
        ({"occurrence": 2}, 44),
        ({"sentence": {"text": "Chile rejected the draft.", "occurrence": 1}}, 6),
        ({"sentence": {"text": "Chile rejected the draft.", "start": 38}}, 44),
        ({"sentence": "Peru slept. Chile rejected the draft."}, 44),
        ({"cue": {"text": "rejected", "start": 6, "end": 14}}, 6),
    ],
)
def test_it_can_be_said_which_place_is_meant(line: dict[str, Any], cue: int) -> None:
    usual = {"holder": "Chile", "cue": "rejected", "target": "the draft"}
    found = placed(TWICE, **{**usual, **line})
    assert starts(found) == (cue - 6, cue, cue + 9)


def test_the_context_says_which_of_two_like_sentences_it_is() -> None:
    claim = quoted_claim(
        {
            "article": "note",
            "holder": "Chile",
            "cue": "rejected",
            "stance": "oppose",
            "occurrence": 2,
        },
        place="in.jsonl:1",
        source="model",
    )
    _, context = Placing(extraction(TWICE)).place(claim)
    assert TWICE.count(context.text) == 1
    assert context.end == len(TWICE)


@settings(max_examples=150, deadline=None)
@given(texts(), st.data())
def test_whatever_is_placed_has_the_words_that_were_quoted(drawn: Any, data: st.DataObject) -> None:
    text, spans = drawn
    pieces = [text[span.start : span.end] for span in spans if text[span.start : span.end].strip()]
    words = st.sampled_from(pieces or ["Chile"])
    line = {"holder": data.draw(words), "cue": data.draw(words), "target": data.draw(words)}
    try:
        found = placed(text, **line)
    except UnplacedError as error:
        refused = str(error)
    else:
        check_words(found, text, line)
        return
    assert re.match("its (holder|cue|target) ", refused)


def check_words(found: Position, text: str, line: dict[str, str]) -> None:
    assert found.stands_in(text)
    for name, piece in (("holder", found.holder), ("cue", found.cue), ("target", found.target)):
        assert piece is not None
        assert visible(piece.text) == visible(line[name])


def visible(words: str) -> list[str]:
    """What of words is told apart when a quotation is looked for."""
    from pipeline.language.quoted import plain_words

    return plain_words(words)[0].split()


@settings(max_examples=80, deadline=None)
@given(texts(), st.data())
def test_offsets_are_taken_as_they_are(drawn: Any, data: st.DataObject) -> None:
    text, spans = drawn
    seen = [span for span in spans if text[span.start : span.end].strip()]
    picked = [data.draw(st.sampled_from(seen or spans)) for _ in range(3)]
    line = {
        name: {"text": text[span.start : span.end], "start": span.start}
        for name, span in zip(("holder", "cue", "target"), picked, strict=True)
    }
    found = placed(text, **line)
    assert starts(found) == tuple(span.start for span in picked)


def test_a_role_is_counted_in_the_sentence_of_its_cue() -> None:
    text = "Chile told Chile it rejected the draft. Peru rejected the plan."
    line = {"cue": "rejected", "target": "the draft"}
    found = placed(text, holder={"text": "Chile", "occurrence": 2}, **line)
    assert starts(found) == (11, 20, 29)
    with pytest.raises(UnplacedError, match="its holder 'Chile' stands nowhere by itself"):
        placed(text, holder={"text": "Chile", "occurrence": 3}, **line)


def test_a_cue_that_stands_all_over_is_found_by_the_other_words() -> None:
    text = " ".join(f"Member{n} rejected the draft of rule {n}." for n in range(700))
    found = placed(text, holder="Member612", cue="rejected", target="the draft of rule 612")
    assert text[found.cue.start :].startswith("rejected the draft of rule 612.")
    with pytest.raises(UnplacedError, match="700 times where the claim could be"):
        placed(text, holder="draft", cue="rejected")


def test_a_sentence_that_is_repeated_without_end_has_a_context() -> None:
    text = "Chile rejected it. " * 3000
    line = {"article": "note", "holder": "Chile", "cue": "rejected", "stance": "oppose"}
    claim = quoted_claim({**line, "occurrence": 1500}, place="x:1", source="x")
    position, context = Placing(extraction(text)).place(claim)
    assert position.cue.start == 19 * 1499 + 6
    assert context.stands_in(text)
    assert context.start < position.cue.start < context.end


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Chile backs the levy and Peru. Later Chile backs the levy again, as before.", "backs"),
        ("Internationalisation: Chile backs it. Unquestionably-so Chile backs it too.", "backs"),
        ("مصر backs المعاهدة الجديدة كلها هنا. مصر backs المعاهدة الجديدة كلها هناك.", "backs"),
        (
            "So\u00a0said\u00a0everybody: Chile\nbacks\u00a0it. Or rather, Chile backs that.",
            "backs",
        ),
        ("Chile backs it. Peru, Cuba and also Panama then slept. Chile backs it here.", "backs"),
    ],
)
def test_the_sentence_that_a_refusal_proposes_is_in_the_text(text: str, cue: str) -> None:
    holder = "مصر" if "مصر" in text else "Chile"
    with pytest.raises(UnplacedError) as error:
        placed(text, holder=holder, cue=cue)
    found = re.search(r'"sentence": "(.*?)"', str(error.value))
    assert found
    assert placed(text, holder=holder, cue=cue, sentence=found[1]).cue.text == cue
