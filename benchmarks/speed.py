"""How fast the whole pipeline is beside the bare spaCy model, in one run.

    python -m benchmarks.speed [--texts FOLDER] [--limit N]

Prints words a second of both and their ratio: the ratio is what can be compared across machines.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.sets import find_texts, read_speeches
from pipeline.extraction.build import build_language
from pipeline.language.model import load_model
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.settings import read_settings

if TYPE_CHECKING:
    from spacy.language import Language


def measure(nlp: Language, texts: list[str], *, rounds: int = 3) -> float:
    """Words a second, the best of some rounds after a warm-up."""
    words = sum(len(text.split()) for text in texts)
    list(nlp.pipe(texts[:3], batch_size=8))
    best = 0.0
    for _ in range(rounds):
        start = time.perf_counter()
        for _doc in nlp.pipe(texts, batch_size=8):
            pass
        best = max(best, words / (time.perf_counter() - start))
    return best


def main() -> None:
    """Print both speeds and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, help="the folder of development texts")
    parser.add_argument("--limit", type=int, default=25, help="how many speeches")
    options = parser.parse_args()
    path = find_texts(options.texts) / "ungdc" / "speeches.jsonl"
    texts = [item.text for item in read_speeches(path, options.limit)]
    bare = measure(load_model(read_settings(models_folders()).model), texts)
    ours = measure(build_language(profile="fast"), texts)
    print(f"bare model      {bare:8,.0f} words a second")
    print(f"whole pipeline  {ours:8,.0f} words a second")
    print(f"ratio           {ours / bare:8.3f}")


if __name__ == "__main__":
    main()
