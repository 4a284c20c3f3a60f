"""``python -m training.lower``: the lower layers of an encoder, as an encoder of its own.

    python -m training.lower all-mpnet-base-v2 mpnet-6 --layers 6

What comes out is trained as any other encoder; by itself it is of no use.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from safetensors.torch import load_file, save_file

CONFIG, WEIGHTS, TOKENIZER = "config.json", "model.safetensors", "tokenizer.json"
_LAYER = "encoder.layer."


def write_lower(encoder: Path, out: Path, layers: int) -> None:
    """Writes the folder of an encoder with the first so many layers of another.

    Raises:
        ValueError: the other has fewer.

    """
    config = json.loads((encoder / CONFIG).read_text(encoding="utf-8"))
    if not 0 < layers <= config["num_hidden_layers"]:
        raise ValueError(f"{encoder} has {config['num_hidden_layers']} layers, not {layers}")
    out.mkdir(parents=True, exist_ok=True)
    config["num_hidden_layers"] = layers
    (out / CONFIG).write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    shutil.copyfile(encoder / TOKENIZER, out / TOKENIZER)
    weights = load_file(encoder / WEIGHTS)
    save_file(
        {name: one for name, one in weights.items() if _is_below(name, layers)}, out / WEIGHTS
    )


def _is_below(name: str, layers: int) -> bool:
    _, layer, rest = name.partition(_LAYER)
    return not layer or int(rest.partition(".")[0]) < layers


def main() -> None:
    """Reads the options and writes the folder."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("encoder", type=Path, help="folder with config, weights and tokenizer")
    asked.add_argument("out", type=Path, help="the folder to write")
    asked.add_argument("--layers", type=int, default=6)
    options = asked.parse_args()
    write_lower(options.encoder, options.out, options.layers)


if __name__ == "__main__":
    main()
