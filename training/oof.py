"""``python -m training.oof``: what each fold's reader proposes for the articles held out of it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from pipeline.extraction.build import build_language
from pipeline.extraction.propose.reader import Reading, read_document
from pipeline.extraction.propose.reader.windows import Cutter
from pipeline.learning.split import FOLDS
from training.encoder import load_encoder
from training.examples import packaged_cues, parsed, read_articles
from training.folds import split_folds
from training.heads import Reader
from training.scorer import TorchReader


def load_reader(encoder: Path, checkpoint: Path) -> TorchReader:
    """The reader of a checkpoint."""
    reader = Reader(load_encoder(encoder))
    reader.load_state_dict(torch.load(checkpoint, weights_only=True)["reader"])
    return TorchReader(reader, Cutter(Tokenizer.from_file(str(encoder / "tokenizer.json"))))


def to_record(article: str, reading: Reading | None) -> dict[str, Any]:
    """A reading in the tokens of the parsed article; without one, that the article was read."""
    return {"article": article, "reading": None if reading is None else asdict(reading)}


def proposals_of(
    articles: list[dict[str, Any]], encoder: Path, folder: Path
) -> Iterator[dict[str, Any]]:
    """The proposals for every article by the reader that has not seen it, fold by fold."""
    folds = split_folds({one["article"]: one["text"] for one in articles})
    nlp, known = build_language(), packaged_cues()
    for fold in range(FOLDS):
        checkpoint = folder / f"fold-{fold}.pt"
        if not checkpoint.is_file():
            print(f"no {checkpoint}: the articles of fold {fold} are left out", flush=True)
            continue
        reader = load_reader(encoder, checkpoint)
        for article in articles:
            if folds[article["article"]] == fold:
                yield to_record(article["article"], None)
                for reading in read_document(parsed(nlp, article), reader, known):
                    yield to_record(article["article"], reading)


def main() -> None:
    """Reads the options and writes the proposals."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("articles", type=Path)
    asked.add_argument("encoder", type=Path)
    asked.add_argument("folder", type=Path, help="where the folds' checkpoints are")
    asked.add_argument("out", type=Path, help="JSON lines, one proposal a line")
    options = asked.parse_args()
    torch.set_num_threads(1)
    with options.out.open("w", encoding="utf-8") as out:
        for record in proposals_of(
            read_articles(options.articles), options.encoder, options.folder
        ):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
