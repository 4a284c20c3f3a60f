"""``python -m training.crossval``: one reader a fold, trained without the fold's articles.

Every fold and epoch is a checkpoint in the folder; started again, it goes on where it stopped.
``--inner`` trains a reader for each pair of folds, without the articles of both. ``--share`` trains
on a part of the articles; its checkpoints lie in a folder of their own, as ``share-25``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from tokenizers import Tokenizer

from pipeline.extraction.build import build_language
from pipeline.extraction.propose.reader.windows import Cutter
from training.encoder import load_encoder
from training.examples import Example, examples_of, read_articles
from training.fit import Recipe, fit
from training.folds import WHOLE, folder_of, learnt_by, readers, refuse_shared
from training.heads import Reader


def trained(
    examples: list[Example],
    marked: list[Example],
    fold: str,
    encoder: Path,
    recipe: Recipe,
    folder: Path,
    share: float = 1.0,
    begun: Path | None = None,
) -> Reader:
    """The reader of one fold or pair of folds, or of all articles where ``fold`` is ``all``.

    ``marked`` are texts that the fold's teacher marked (``training.mark``), or the rules
    (``training.short``); ``share`` is the part of the other articles that it learns from;
    ``begun`` has checkpoints of the same folds, which did not see more, to begin with.

    Raises:
        ValueError: one of them shares a run of words with an article that is held out.

    """
    texts = {one.article: one.text for one in examples}
    refuse_shared(fold, texts, {one.article: one.text for one in marked})
    learnt = learnt_by(fold, texts, share)
    seen = [*(one for one in examples if one.article in learnt), *marked]
    cutter = Cutter(Tokenizer.from_file(str(encoder / "tokenizer.json")))
    torch.manual_seed(recipe.seed)
    reader = Reader(load_encoder(encoder), recipe.dropout)
    print(f"fold {fold}: {len(seen) - len(marked)} articles, {len(marked)} marked", flush=True)
    return fit(
        reader,
        seen,
        cutter,
        recipe,
        folder / f"fold-{fold}.pt",
        lambda line: print(line, flush=True),
        begun / f"fold-{fold}.pt" if begun is not None else None,
    )


def main() -> None:
    """Reads the options and trains the folds that are asked for, one after the other."""
    usual = Recipe()
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("articles", type=Path, help="annotated articles, JSON lines")
    asked.add_argument("encoder", type=Path, help="folder with config, weights and tokenizer")
    asked.add_argument("folder", type=Path, help="where checkpoints go")
    asked.add_argument("--folds", nargs="*", help="0 to 4, all, or two held out together as 0-3")
    asked.add_argument("--inner", action="store_true", help="train one for each pair of folds")
    asked.add_argument("--share", type=float, default=1.0, help="part of the articles, as 0.25")
    asked.add_argument("--epochs", type=int, default=usual.epochs)
    asked.add_argument("--rate", type=float, default=usual.rate)
    asked.add_argument("--windows", type=int, default=usual.windows)
    asked.add_argument("--frozen-layers", type=int, default=0)
    asked.add_argument("--seed", type=int, default=usual.seed)
    asked.add_argument("--marked", type=Path, help="folder of fold-0.jsonl …, of training.mark")
    asked.add_argument("--short", type=Path, help="marked texts of training.short, for all folds")
    asked.add_argument("--begin-with", type=Path, help="folder of checkpoints of the same folds")
    asked.add_argument("--head-rate", type=float, default=usual.head_rate)
    asked.add_argument("--weight", type=float, default=0.5, help="what a marked text counts")
    asked.add_argument("--threads", type=int, default=1)
    options = asked.parse_args()
    if not 0 < options.share <= 1:
        asked.error(f"--share is {options.share}; it is more than 0 and at most 1")
    folder = folder_of(options.folder, options.share)
    torch.set_num_threads(options.threads)
    recipe = Recipe(
        epochs=options.epochs,
        rate=options.rate,
        head_rate=options.head_rate,
        windows=options.windows,
        frozen_layers=options.frozen_layers,
        seed=options.seed,
    )
    nlp = build_language(profile="fast")
    examples = list(examples_of(nlp, read_articles(options.articles)))
    short = (
        list(examples_of(nlp, read_articles(options.short), weight=options.weight))
        if options.short
        else []
    )
    whole = () if options.inner or options.share < 1 else (WHOLE,)
    for fold in options.folds or (*readers(inner=options.inner), *whole):
        marked: list[Example] = list(short)
        if options.marked:
            texts = read_articles(options.marked / f"fold-{fold}.jsonl")
            marked += examples_of(nlp, texts, weight=options.weight)
        trained(
            examples,
            marked,
            fold,
            options.encoder,
            recipe,
            folder,
            options.share,
            options.begin_with,
        )


if __name__ == "__main__":
    main()
