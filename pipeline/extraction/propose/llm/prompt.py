"""What the model is told and asked: ``models/llm.yaml``, the shape of the answer, the passage."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import LexiconError
from pipeline.extraction.propose.llm.passages import Passage
from pipeline.files import sha256_of_text
from pipeline.lexicon.yaml_lines import read_yaml, refuse_unknown
from pipeline.records import Span
from pipeline.schemas import load_schema

if TYPE_CHECKING:
    from spacy.tokens import Doc

FILE = "llm.yaml"
SCHEMA = "answer"
_KEYS = ("instructions",)
_HEAD_KEYS = ("title", "speaker", "issuer")
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Prompt:
    """The instructions, and the JSON Schema of the answer."""

    instructions: str
    schema: Mapping[str, object]

    @property
    def system(self) -> str:
        """What the model is told before anything is asked."""
        shape = json.dumps(self.schema, ensure_ascii=False)
        return (
            f"{self.instructions.strip()}\n\n"
            f"Answer with one JSON object of this JSON Schema and with nothing else:\n{shape}"
        )

    @property
    def sha256(self) -> str:
        """The hash by which answers to another prompt are told apart."""
        return sha256_of_text(self.system)


def read_prompt(folders: tuple[Path, ...]) -> Prompt:
    """The prompt with the instructions of the last folder that has some.

    Raises:
        LexiconError: the file is missing or wrong.
    """
    found = [folder / FILE for folder in folders if os.path.lexists(folder / FILE)]
    if not found:
        raise LexiconError(f"{folders[0] / FILE}:1: the file of the model's prompt is missing")
    path = found[-1]
    data = read_yaml(path)
    refuse_unknown(data, _KEYS, path)
    text = data.get("instructions")
    if not isinstance(text, str) or not text.strip():
        raise LexiconError(f"{path}:1: instructions must be a text; begin it with: instructions: |")
    if len(text) > _LONGEST:
        raise LexiconError(f"{path}:1: instructions has more than {_LONGEST:,} characters; cut it")
    schema = {key: value for key, value in load_schema(SCHEMA).items() if key[0] != "$"}
    return Prompt(text, schema)


def question_of(passage: Passage, doc: Doc) -> str:
    """What is asked about a passage: who speaks, what came before, and its numbered sentences."""
    metadata = doc._.metadata or {}
    given = [(key, metadata[key]) for key in _HEAD_KEYS if metadata.get(key)]
    head = "".join(f"{key.capitalize()}: {_flat(str(value))}\n" for key, value in given)
    before = "".join(f"{_words(span, doc)}\n" for span in passage.before)
    context = f"Context, of which no claims are made:\n{before}\n" if before else ""
    numbered = enumerate(passage.sentences, start=1)
    sentences = "".join(f"[{number}] {_words(span, doc)}\n" for number, span in numbered)
    return f"{head}\n{context}Passage:\n{sentences}".strip()


def _words(span: Span, doc: Doc) -> str:
    return _flat(span.text_in(doc.text))


def _flat(text: str) -> str:
    return " ".join(text.split())
