"""Articles in other languages: each by the pipeline that the settings name for it, or refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from spacy.training import Example

from .running import add_article, line, run_claims

SPANISH = "El gobierno de Chile rechazó el borrador de los Países Bajos."
ENTITY = """\
- id: country:NL
  kind: state
  name: Países Bajos
"""


@pytest.fixture(scope="module")
def spanish(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Spanish pipeline that parses and finds names, trained on one sentence, in a folder."""
    nlp = spacy.blank("es")
    for name in ("parser", "ner"):
        nlp.add_pipe(name)
    doc = nlp.make_doc(SPANISH)
    heads = [1, 4, 3, 1, 4, 6, 4, 9, 9, 6, 9, 4]
    deps = "det nsubj case nmod ROOT det obj case det nmod flat punct".split()
    entities = [(15, 20, "LOC"), (48, 60, "LOC")]
    example = Example.from_dict(doc, {"heads": heads, "deps": deps, "entities": entities})
    nlp.initialize(lambda: [example] * 40)  # a label that is rare is left out
    for _ in range(3):
        nlp.update([example])
    folder = tmp_path_factory.mktemp("pipelines") / "es_small"
    nlp.to_disk(folder)
    return folder


def test_each_article_is_read_by_its_languages_pipeline(tmp_path: Path, spanish: Path) -> None:
    models = tmp_path / "models"
    (models / "entities").mkdir(parents=True)
    (models / "settings.toml").write_text(f'[languages]\nes = "{spanish}"\n')
    (models / "entities" / "es.yaml").write_text(ENTITY, encoding="utf-8")
    add_article(tmp_path, "english")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "voto.txt").write_text(SPANISH, encoding="utf-8")
    result = run_claims("run", folder=tmp_path)
    assert result.returncode == 0, result.stderr.decode()
    extracted = tmp_path / "annotations" / "extracted"
    found = json.loads((extracted / "voto.jsonl").read_bytes())
    assert found["provenance"]["model"].startswith("es_")
    assert "country:NL" in {mention["entity"] for mention in found["mentions"]}
    english = json.loads((extracted / "english.jsonl").read_bytes())
    assert english["provenance"]["model"].startswith("en_")

    lines = line("b", SPANISH, language="es") + line("a", "Chile rejected the draft.")
    (tmp_path / "in.jsonl").write_text(lines, encoding="utf-8")
    bulk = run_claims("extract", "in.jsonl", "-o", "-", folder=tmp_path)
    records = [json.loads(one) for one in bulk.stdout.decode("utf-8").splitlines()]
    made = [(record["article"], record["provenance"]["model"][:3]) for record in records]
    assert made == [("b", "es_"), ("a", "en_")]


def test_a_text_in_another_language_is_refused_by_name_however_it_comes(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    spanish = "El gobierno de Chile rechazó el borrador tras una semana de debate. " * 12
    (tmp_path / "corpus" / "dropped.txt").write_text(spanish + "\n", encoding="utf-8")
    result = run_claims("extract", folder=tmp_path)
    assert result.returncode == 1
    assert b"dropped: is written in Spanish (es)" in result.stderr
    assert not list((tmp_path / "annotations").rglob("dropped*"))
    lines = line("a", spanish) + line("b", "Chile rejected the draft.")
    (tmp_path / "in.jsonl").write_text(lines, encoding="utf-8")
    bulk = run_claims("extract", "in.jsonl", "-o", "-", folder=tmp_path)
    assert [json.loads(one)["article"] for one in bulk.stdout.splitlines()] == ["b"]
    assert b"Spanish (es)" in bulk.stderr
    assert b"language 1" in bulk.stderr
