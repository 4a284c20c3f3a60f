"""``python -m training.mark``: open texts with the claims that a trained reader sees in them.

What the reader is sure of becomes a claim, what it is in doubt about is left out of what is
learned. A text that shares a run of 13 words with an article held out of the reader's fold is not
marked: nobody who learns from it may know that article.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extraction.build import build_language
from pipeline.extraction.propose.reader.reading import Reader, Reading, read_document
from pipeline.extraction.propose.rules import CueIndex
from training.examples import packaged_cues, parsed, read_articles
from training.folds import held_out_of, overlapping
from training.oof import load_reader

SURE, DOUBTFUL = 0.7, 0.2


@dataclass(frozen=True, slots=True)
class Limits:
    """Chances from which a cue is taken, and from which it is not held for none."""

    sure: float = SURE
    doubtful: float = DOUBTFUL


def marked(
    nlp: Language,
    texts: list[dict[str, Any]],
    reader: Reader,
    limits: Limits,
    known: CueIndex,
) -> Iterator[dict[str, Any]]:
    """Each text in the format of annotated articles, with the places in doubt as ``unsure``."""
    for text in texts:
        doc = parsed(nlp, text)
        claims: list[dict[str, Any]] = []
        unsure: list[dict[str, int]] = []
        for reading in read_document(doc, reader, known):
            if _is_sure(reading, limits):
                claims.extend(_claims(doc, reading))
            elif reading.cue_chance >= limits.doubtful:
                unsure.append(_span(doc, reading.cue))
        kept = {key: text[key] for key in ("article", "text")}
        yield {**kept, "metadata": text.get("metadata") or {}, "claims": claims, "unsure": unsure}


def _is_sure(reading: Reading, limits: Limits) -> bool:
    holder = reading.holders[0].chance if reading.holders else 0.0
    return bool((reading.cue_chance * holder) ** 0.5 >= limits.sure)


def _claims(doc: Doc, reading: Reading) -> Iterator[dict[str, Any]]:
    for holder in reading.holders:
        yield {
            "holder": {**_span(doc, (holder.start, holder.end)), "entity": holder.entity},
            "cue": _span(doc, reading.cue),
            "stance": reading.stance,
            "target": _span(doc, reading.target) if reading.target else None,
            "form": reading.form,
            "negated": reading.negated,
            "hedged": reading.hedged,
            "attribution": _span(doc, reading.attribution) if reading.attribution else None,
        }


def _span(doc: Doc, tokens: tuple[int, int]) -> dict[str, int]:
    """The code points of a half-open range of tokens."""
    span = doc[slice(*tokens)]
    return {"start": span.start_char, "end": span.end_char}


def texts_for(
    fold: str, articles: list[dict[str, Any]], texts: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The texts that share no run of 13 words with an article held out of the fold or folds."""
    known = {one["article"]: one["text"] for one in articles}
    held_out = [known[name] for name in held_out_of(fold, known)]
    shared = overlapping({one["article"]: one["text"] for one in texts}, held_out)
    return [one for one in texts if one["article"] not in shared]


def main() -> None:
    """Reads the options and writes the marked texts of one fold."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("articles", type=Path, help="annotated articles, for what is held out")
    asked.add_argument("texts", type=Path, help="open texts: article, text, metadata a line")
    asked.add_argument("encoder", type=Path)
    asked.add_argument("checkpoint", type=Path)
    asked.add_argument("fold", help="what the checkpoint's reader did not see, as 0 or 0-3")
    asked.add_argument("out", type=Path)
    asked.add_argument("--most", type=int, default=400, help="how many texts")
    asked.add_argument("--sure", type=float, default=SURE)
    asked.add_argument("--doubtful", type=float, default=DOUBTFUL)
    options = asked.parse_args()
    torch.set_num_threads(1)
    texts = texts_for(options.fold, read_articles(options.articles), read_articles(options.texts))
    reader = load_reader(options.encoder, options.checkpoint)
    limits = Limits(options.sure, options.doubtful)
    with options.out.open("w", encoding="utf-8") as out:
        for record in marked(
            build_language(profile="fast"), texts[: options.most], reader, limits, packaged_cues()
        ):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
