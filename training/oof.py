"""``python -m training.oof``: what each fold's reader proposes for the articles held out of it.

With ``--inner`` what the reader of each pair of folds proposes for the articles of both: what a
judge is fitted on that is tried on one of them.
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
from training.examples import packaged_cues, parsed, read_articles
from training.folds import held_out_of, readers
from training.heads import Reader
from training.readings import to_records
from training.scorer import TorchReader


def load_reader(encoder: Path, checkpoint: Path) -> TorchReader:
    """The reader of a checkpoint."""
    reader = Reader(load_encoder(encoder))
    reader.load_state_dict(torch.load(checkpoint, weights_only=True)["reader"])
    return TorchReader(reader, Cutter(Tokenizer.from_file(str(encoder / "tokenizer.json"))))


def proposals_of(
    articles: list[dict[str, Any]], encoder: Path, folder: Path, *, inner: bool = False
) -> Iterator[dict[str, Any]]:
    """The proposals for every article by a reader that has not seen it, reader by reader."""
    texts = {one["article"]: one["text"] for one in articles}
    nlp, known = build_language(profile="fast"), packaged_cues()
    for name in readers(inner=inner):
        checkpoint = folder / f"fold-{name}.pt"
        if not checkpoint.is_file():
            print(f"no {checkpoint}: its articles are left out", flush=True)
            continue
        reader = load_reader(encoder, checkpoint)
        hidden = held_out_of(name, texts)
        for article in articles:
            if article["article"] in hidden:
                doc = parsed(nlp, article)
                yield from to_records(
                    article["article"], name, doc, read_document(doc, reader, known)
                )
        print(f"{checkpoint} has read {len(hidden)} articles", flush=True)


def main() -> None:
    """Reads the options and writes the proposals."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("articles", type=Path)
    asked.add_argument("encoder", type=Path)
    asked.add_argument("folder", type=Path, help="where the folds' checkpoints are")
    asked.add_argument("out", type=Path, help="JSON lines, one proposal a line")
    asked.add_argument("--inner", action="store_true", help="by the readers of pairs of folds")
    options = asked.parse_args()
    torch.set_num_threads(1)
    articles = read_articles(options.articles)
    found = proposals_of(articles, options.encoder, options.folder, inner=options.inner)
    with options.out.open("w", encoding="utf-8") as out:
        for record in found:
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
