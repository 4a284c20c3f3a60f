"""Readers that know none of the articles on which learning from decisions is simulated.

    python -m training.apart ARTICLES.jsonl ENCODER checkpoints/simulation readings.jsonl

The reader's own articles are a share of each half (``training.simulated``), and none of them
shares a run of 13 words with another. One reader learns from all of them and reads all the others;
two learn from half of them each and read the other half, which is what the judge of the simulation
is fitted on. Started again it goes on where it stopped. ``python -m benchmarks.learning`` takes the
file.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from pipeline.extraction.build import build_language
from pipeline.extraction.propose.reader import read_document
from pipeline.extraction.propose.reader.windows import Cutter
from training.encoder import load_encoder
from training.examples import examples_of, packaged_cues, parsed, read_articles
from training.fit import Recipe, fit
from training.heads import Reader
from training.oof import load_reader
from training.readings import to_records
from training.simulated import SIDES, WHOLE, parts, sides_of


def _train(
    articles: list[dict[str, Any]], learnt: frozenset[str], encoder: Path, path: Path
) -> None:
    nlp = build_language(profile="fast")
    seen = list(examples_of(nlp, [one for one in articles if one["article"] in learnt]))
    cutter = Cutter(Tokenizer.from_file(str(encoder / "tokenizer.json")))
    recipe = Recipe()
    torch.manual_seed(recipe.seed)
    print(f"{path.stem}: {len(seen)} articles", flush=True)
    reader = Reader(load_encoder(encoder), recipe.dropout)
    fit(reader, seen, cutter, recipe, path, lambda line: print(line, flush=True))


def read_apart(
    articles: list[dict[str, Any]], encoder: Path, folder: Path
) -> Iterator[dict[str, Any]]:
    """The lines of ``training.oof`` for every article, by a reader that did not see it."""
    part = parts({one["article"]: one["text"] for one in articles})
    sides = sides_of(part["own"])
    hidden = {
        WHOLE: part["decided"] | part["scored"],
        SIDES[0]: sides[SIDES[1]],
        SIDES[1]: sides[SIDES[0]],
    }
    nlp, known = build_language(profile="fast"), packaged_cues()
    for name, unseen in hidden.items():
        reader = load_reader(encoder, folder / f"{name}.pt")
        for article in articles:
            if article["article"] in unseen:
                doc = parsed(nlp, article)
                readings = read_document(doc, reader, known)
                yield from to_records(article["article"], name, doc, readings)
        print(f"{name} has read {len(unseen)} articles", flush=True)


def main() -> None:
    """Reads the options, trains the three readers and writes what they read."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("articles", type=Path, help="annotated articles, JSON lines")
    asked.add_argument("encoder", type=Path, help="folder with config, weights and tokenizer")
    asked.add_argument("folder", type=Path, help="where checkpoints go")
    asked.add_argument("out", type=Path, help="JSON lines, one reading a line")
    options = asked.parse_args()
    torch.set_num_threads(1)
    articles = read_articles(options.articles)
    part = parts({one["article"]: one["text"] for one in articles})
    for name, learnt in sides_of(part["own"]).items():
        _train(articles, learnt, options.encoder, options.folder / f"{name}.pt")
    with options.out.open("w", encoding="utf-8") as out:
        for record in read_apart(articles, options.encoder, options.folder):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
