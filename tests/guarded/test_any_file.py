"""Whatever stands in a file that people write: it is read, or refused in words with its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.cli.check import _readers
from pipeline.dataset.ledger import line_for, read_decisions
from pipeline.dataset.settings import read_review_settings
from pipeline.errors import ArticleError, LexiconError, PipelineError, RecordError, SettingError
from pipeline.jsonl import line_for as extraction_line
from pipeline.jsonl import read_extractions
from pipeline.lexicon.check import find_word_faults, read_faults, read_known_failures
from pipeline.lexicon.cues import read_cues
from pipeline.lexicon.entities import load_entities
from pipeline.lexicon.folder import lexicon_sha256
from pipeline.reading.frontmatter import split_front_matter
from pipeline.reading.metadata import from_front_matter, read_metadata, to_toml
from pipeline.reading.prepare import prepare_file
from pipeline.reading.tables import Columns, prepare_table
from pipeline.records import Article, Extraction
from pipeline.review.state import State
from pipeline.runs.bulk import read_articles
from pipeline.runs.changes import find_change
from pipeline.runs.guard import Failure
from tests.dataset.build import article, as_extracted, chile, decide
from tests.guarded.hostile import mutations

MODELS = Path(__file__).parents[2] / "models"
HARD = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

METADATA = b'title = "A vote"\ndate = 2024-05-01\n[source]\nrow = 3\n[other]\nn = [1]\n'
YAML_HEAD = b"---\ntitle: A vote\ndate: 2024-05-01\ntags: [a, b]\nn: 12\nother:\n  x: 1.5\n---\n"
TOML_HEAD = b'+++\ntitle = "A vote"\ndate = 2024-05-01\nn = 12\n[other]\nx = 1.5\n+++\n'
BULK = json.dumps({"article": "a", "text": "Chile objected.", "metadata": {"n": [1, "x"]}}).encode()
EXTRACTION = extraction_line(article()).encode()
MADE = as_extracted(article()).provenance
assert MADE is not None
DECISION = line_for(decide(chile())).encode()
LEXICONS = {
    "settings.toml": b'model = "en"\nbatch_size = 8\n[languages]\nes = "es_core_news_sm"\n',
    "grammar.yaml": b"light_verbs: [do, make]\nnegators:\n  - not\n  - never\n",
    "evaluative.yaml": b"positive:\n  - good\nnegative: [bad, worse]\n",
    "nouns.yaml": b"person_nouns: [envoy]\nparty_nouns:\n  - bloc\n",
    "name_nouns.yaml": b"place_nouns: [bay]\n",
    "given_names.yaml": b"given_names: [nita, aoife]\n",
    "reference.yaml": b"region_nouns: [basin]\nauthor_nouns:\n  - poet\n",
    "entities/offices.yaml": b"titles: [Envoy]\noffices: []\n",
    "segmentation.yaml": b"lists:\n  - id: segmentation.titles\n    forms: [Mx]\n",
    "rules.yaml": b"rules:\n  - id: rule.x\n    says: It is so.\n    examples: [Chile left.]\n",
    "entities/merged.yaml": b"org:a: org:b\norg:c: org:d\n",
    "entities/own.yaml": b"- id: org:a\n  name: A\n  kind: organisation\n  qid: Q1\n",
    "cues/own.yaml": b"family: warn\nstance: oppose\nentries:\n"
    b"  - id: cue.warn.own\n    cue: warn\n"
    b"    object: [ban]\n    target: [object, that]\n    examples: ['a']\n",
    "known_failures.txt": b"org:a | A sentence. | why\n",
}  # fmt: skip


def must_be_kept(values: object) -> None:
    """Fails where what was read could not be written again."""
    json.dumps(values, ensure_ascii=False, allow_nan=False).encode()


def refused(read: Callable[[], object], name: str, kind: type[PipelineError]) -> object:
    """What was read; None where it was refused, as it must be, with its place."""
    try:
        return read()
    except kind as error:
        said = str(error)
    assert name in said, said
    assert len(said) < 2000
    return None


@HARD
@given(st.one_of(mutations(YAML_HEAD), mutations(TOML_HEAD)))
def test_front_matter(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data + b"\nChile objected to the draft of the treaty.\n")
    found = refused(lambda: prepare_file(path), "a.md", ArticleError)
    if found is not None:
        must_be_kept(found.metadata)  # type: ignore[attr-defined]
        path.with_suffix(".toml").write_text(to_toml(found.metadata))  # type: ignore[attr-defined]
        assert read_metadata(path.with_suffix(".toml"))


@given(st.text(st.sampled_from("0123456789xabcdef:.-+eT_ Z[]{}=,\n\"'~&*!"), max_size=60))
def test_front_matter_of_any_scalar(words: str) -> None:
    for fence, text in (("---", f"a: {words}"), ("+++", f"a = {words}")):
        head = f"{fence}\n{text}\n{fence}\n"
        values = refused(lambda h=head: split_front_matter(h, name="a.md"), "a.md", ArticleError)
        if values is not None:
            must_be_kept(from_front_matter(values[0]))  # type: ignore[index]


@HARD
@given(mutations(METADATA))
def test_metadata(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.toml").write_bytes(data)
    values = refused(lambda: read_metadata(tmp_path / "a.toml"), "a.toml", ArticleError)
    must_be_kept(values)
    to_toml(values or {})  # type: ignore[arg-type]


@HARD
@given(mutations(b'project = "Claims"\nreviewers = 2\nrule = "majority"\n'))
def test_review_settings(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "review.toml").write_bytes(data)
    refused(lambda: read_review_settings(tmp_path), "review.toml", SettingError)


def read_all(folder: Path) -> None:
    """Read a models folder by every reader that ``check``, ``extract`` and ``entities`` use."""
    folders = (MODELS, folder)
    for read in _readers().values():
        read(folders)
    read_cues((folder,))
    load_entities(folder)
    read_known_failures((folder,))
    lexicon_sha256((folder,))


@pytest.mark.parametrize("name", LEXICONS)
@settings(HARD, max_examples=40)
@given(data=st.data())
def test_lexicons(tmp_path: Path, name: str, data: st.DataObject) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data.draw(mutations(LEXICONS[name])))
    reader = _readers().get(name)
    if reader is not None:
        refused(lambda: reader((MODELS, tmp_path)), path.name, LexiconError)
    elif name.startswith("cues"):
        refused(lambda: read_cues((tmp_path,)), path.name, LexiconError)
    elif name == "known_failures.txt":
        refused(lambda: read_known_failures((tmp_path,)), path.name, LexiconError)
    faults, _, _ = read_faults((tmp_path,))
    assert all(str(fault) for fault in (*faults, *find_word_faults((tmp_path,))))


def test_the_lexicons_are_good_before_they_are_changed(tmp_path: Path) -> None:
    for name, data in LEXICONS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    read_all(tmp_path)


@HARD
@given(mutations(EXTRACTION))
def test_extractions(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "note.jsonl"
    path.write_bytes(data)
    found = refused(lambda: list(read_extractions(path)), "note.jsonl", RecordError)
    for extraction in found or ():  # type: ignore[attr-defined]
        extraction_line(extraction)
    find_change(Article("note", article().text), path, MADE)


@HARD
@given(mutations(BULK))
def test_bulk_input(data: bytes) -> None:
    lines = b"\n".join((BULK, data, BULK))
    found = list(read_articles(BytesIO(lines), name="in.jsonl"))
    assert isinstance(found[0], Article)
    for item in found:
        if isinstance(item, Article):
            extraction_line(Extraction(item.id, item.text, metadata=item.metadata))
        else:
            assert isinstance(item, Failure)
            assert item.article.startswith("in.jsonl:")


@HARD
@given(st.one_of(mutations(BULK), mutations(b"id,text,n\na,Chile objected.,3\n")), st.booleans())
def test_tables(tmp_path: Path, data: bytes, as_json: bool) -> None:
    path = tmp_path / ("in.jsonl" if as_json else "in.csv")
    path.write_bytes(data)
    rows = refused(lambda: list(prepare_table(path, Columns())), path.name, ArticleError)
    for row in rows or ():  # type: ignore[attr-defined]
        if hasattr(row, "metadata"):
            must_be_kept(row.metadata)
            to_toml(row.metadata)
        else:
            assert row.message.startswith(str(path))


@HARD
@given(mutations(DECISION))
def test_the_ledger(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(DECISION + b"\n" + data + b"\n" + DECISION + b"\n")
    refused(lambda: read_decisions(path), "decisions.jsonl", RecordError)


@HARD
@given(mutations(b'{"pid": 7, "port": 8090}'))
def test_what_is_remembered(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "server.json").write_bytes(data)
    assert isinstance(State(tmp_path).read("server.json"), dict)
