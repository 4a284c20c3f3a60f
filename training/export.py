"""``python -m training.export``: a trained reader as ONNX graphs with weights of eight bits."""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from pipeline.extraction.build import build_language
from pipeline.extraction.propose.reader.manifest import (
    FILES,
    FORMAT,
    HEADS,
    LABELS,
    MANIFEST,
    TOKENIZER,
    WEIGHTS,
)
from pipeline.extraction.propose.reader.page import read_page
from pipeline.extraction.propose.reader.queries import Places
from pipeline.extraction.propose.reader.windows import Cutter, windows_of
from training.encoder import load_encoder
from training.examples import packaged_cues, parsed, read_articles
from training.heads import Reader, Roles, Words
from training.pieces import FourBitRows, kept_pieces, renumbered
from training.smooth import smooth

OPSET = 17
WORDS_IN = ("pieces", "begins", "ends", "features")
WORDS_OUT = ("words", "tags", "whole")
ROLES_IN = ("words", "whole", "cue", "rows", "row_features", "people", "person_features")
ROLES_OUT = ("people_scores", "row_scores", "none", "position")


def export_reader(
    reader: Reader, encoder: Path, folder: Path, windows: Iterable[tuple[Tensor, ...]]
) -> None:
    """Writes the two graphs and the tokenizer; the words' graph in eight bits, its table in four.

    ``windows`` are inputs of the words' graph on which the size of its values is measured.
    """
    folder.mkdir(parents=True, exist_ok=True)
    reader = copy.deepcopy(reader).eval().float()
    smooth(reader.words, windows)
    kept = kept_pieces(Tokenizer.from_file(str(encoder / TOKENIZER)).get_vocab())
    reader.words.encoder.words = FourBitRows(reader.words.encoder.words.weight[kept])
    whole = folder / "weights.float.onnx"
    _export_words(reader.words, whole)
    _export_roles(reader.roles, reader.words.encoder.width, folder / HEADS)
    quantize_dynamic(
        whole,
        folder / WEIGHTS,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )
    whole.unlink()
    for name in (WEIGHTS, HEADS):
        halve(folder / name)
    write_tokenizer(encoder / TOKENIZER, folder / TOKENIZER, kept)


def halve(path: Path, least: int = 4096) -> None:
    """Stores the large tables of single numbers that a graph still has in half of their bits.

    They are made single again when the graph is opened.
    """
    model = onnx.load(str(path))
    graph, casts = model.graph, []
    for table in list(graph.initializer):
        values = numpy_helper.to_array(table)
        if table.data_type != onnx.TensorProto.FLOAT or values.size < least:
            continue
        half = f"{table.name}.half"
        graph.initializer.remove(table)
        graph.initializer.append(numpy_helper.from_array(values.astype(np.float16), half))
        casts.append(helper.make_node("Cast", [half], [table.name], to=onnx.TensorProto.FLOAT))
    for cast in casts:
        graph.node.insert(0, cast)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def windows_for_measuring(
    articles: list[dict[str, Any]], encoder: Path, most: int = 24
) -> list[tuple[Tensor, ...]]:
    """Inputs of the words' graph from some articles, for ``export_reader``."""
    cutter = Cutter(Tokenizer.from_file(str(encoder / TOKENIZER)))
    nlp, known = build_language(profile="fast"), packaged_cues()
    found = []
    for article in articles[:: max(1, len(articles) // most)]:
        page = read_page(parsed(nlp, article), known)
        places = Places(page)
        for window in windows_of(page, cutter):
            features = places.features(window.start, window.end)
            given = (window.pieces, window.begins, window.ends, features)
            found.append(tuple(torch.from_numpy(one) for one in given))
    return found


def write_tokenizer(source: Path, target: Path, kept: Iterable[int]) -> None:
    """The tokenizer with the kept pieces, without padding and without a greatest length."""
    given = renumbered(json.loads(source.read_text(encoding="utf-8")), kept)
    given["padding"] = given["truncation"] = None
    target.write_text(json.dumps(given, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _export_words(words: Words, path: Path) -> None:
    size, rows = 40, 20
    given = (
        torch.arange(size) + 1000,
        torch.arange(rows) + 1,
        torch.arange(rows) + 2,
        torch.zeros(rows, 4, dtype=torch.long),
    )
    _export(
        words,
        given,
        path,
        (WORDS_IN, WORDS_OUT),
        {"pieces": 0, "begins": 1, "ends": 1, "features": 1},
    )


def _export_roles(roles: Roles, width: int, path: Path) -> None:
    given = (
        torch.randn(20, width),
        torch.randn(width),
        torch.tensor([2, 4, 3]),
        torch.arange(10),
        torch.zeros(10, 3, dtype=torch.long),
        torch.tensor([[0, 2, 1], [5, 6, 5], [7, 9, 8]]),
        torch.zeros(3, 6, dtype=torch.long),
    )
    sizes = {"words": 2, "rows": 3, "row_features": 3, "people": 4, "person_features": 4}
    _export(roles, given, path, (ROLES_IN, ROLES_OUT), sizes)


def _export(
    module: nn.Module,
    given: tuple[Tensor, ...],
    path: Path,
    names: tuple[tuple[str, ...], tuple[str, ...]],
    sizes: dict[str, int],
) -> None:
    torch.onnx.export(
        module,
        given,
        str(path),
        input_names=list(names[0]),
        output_names=list(names[1]),
        dynamic_axes={name: {0: f"size{number}"} for name, number in sizes.items()},
        opset_version=OPSET,
        dynamo=False,
    )
    onnx.checker.check_model(str(path))


def write_manifest(folder: Path, encoder: Path, checkpoint: Path, facts: Path) -> None:
    """Writes what the weights are, beside them; ``facts`` is what only people know of them."""
    kept = torch.load(checkpoint, weights_only=True)
    config = json.loads((encoder / "config.json").read_text(encoding="utf-8"))
    told = json.loads(facts.read_text(encoding="utf-8"))
    told["encoder"] = {
        **told["encoder"],
        "sha256": told["encoder"].get("sha256") or sha256_of(encoder / "model.safetensors"),
        "layers": config["num_hidden_layers"],
        "width": config["hidden_size"],
    }
    told["training"] = {**told["training"], "recipe": kept["recipe"], "epochs": kept["epoch"]}
    manifest = {
        "format": FORMAT,
        "files": {name: sha256_of(folder / name) for name in FILES},
        "labels": {name: list(labels) for name, labels in LABELS.items()},
        **told,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Reads the options and writes the folder of weights."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("encoder", type=Path, help="folder with config, weights and tokenizer")
    asked.add_argument("checkpoint", type=Path)
    asked.add_argument("articles", type=Path, help="articles to measure the states on")
    asked.add_argument("folder", type=Path, help="where the graphs and the manifest go")
    asked.add_argument("--facts", type=Path, default=Path(__file__).with_name("facts.json"))
    options = asked.parse_args()
    reader = Reader(load_encoder(options.encoder))
    reader.load_state_dict(torch.load(options.checkpoint, weights_only=True)["reader"])
    windows = windows_for_measuring(read_articles(options.articles), options.encoder)
    export_reader(reader, options.encoder, options.folder, windows)
    write_manifest(options.folder, options.encoder, options.checkpoint, options.facts)


if __name__ == "__main__":
    main()
