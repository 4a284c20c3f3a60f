"""A BERT or MPNet encoder in plain torch: one window at a time, no padding, no mask."""

from __future__ import annotations

import json
import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F


class Layer(nn.Module):
    """Attention and feed-forward with the normalisation after each, as in BERT."""

    def __init__(self, width: int, heads: int, inner: int, epsilon: float, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=epsilon)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.last = nn.LayerNorm(width, eps=epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, bias: Tensor | None) -> Tensor:
        """The states after this layer, [pieces, width]."""
        size, width = states.shape
        each = width // self.heads
        query, key, value = (
            part(states).view(size, self.heads, each).transpose(0, 1)
            for part in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(1, 2) / math.sqrt(each)
        if bias is not None:
            scores = scores + bias
        seen = torch.softmax(scores, dim=-1) @ value
        mixed = self.out(seen.transpose(0, 1).reshape(size, width))
        states = self.norm(states + self.dropout(mixed))
        return self.last(states + self.dropout(self.outer(F.gelu(self.inner(states)))))


class Encoder(nn.Module):
    """States of sub-word pieces, [pieces, width]."""

    def __init__(self, config: dict[str, object], dropout: float = 0.1) -> None:
        super().__init__()
        width, heads = int(str(config["hidden_size"])), int(str(config["num_attention_heads"]))
        epsilon = float(str(config["layer_norm_eps"]))
        self.kind = str(config["model_type"])
        self.width, self.heads = width, heads
        self.first_position = 2 if self.kind == "mpnet" else 0
        self.words = nn.Embedding(int(str(config["vocab_size"])), width)
        self.places = nn.Embedding(int(str(config["max_position_embeddings"])), width)
        self.norm = nn.LayerNorm(width, eps=epsilon)
        self.dropout = nn.Dropout(dropout)
        inner, layers = int(str(config["intermediate_size"])), int(str(config["num_hidden_layers"]))
        self.layers = nn.ModuleList(
            Layer(width, heads, inner, epsilon, dropout) for _ in range(layers)
        )
        self.relative = nn.Embedding(32, heads) if self.kind == "mpnet" else None

    def forward(self, pieces: Tensor) -> Tensor:
        """The states of one window's pieces."""
        places = torch.arange(pieces.shape[0], device=pieces.device) + self.first_position
        states = self.dropout(self.norm(self.words(pieces) + self.places(places)))
        bias = self._bias(pieces.shape[0], pieces.device)
        for layer in self.layers:
            states = layer(states, bias)
        return states

    def _bias(self, size: int, device: torch.device) -> Tensor | None:
        if self.relative is None:
            return None
        at = torch.arange(size, device=device)
        return self.relative(_buckets(at[None, :] - at[:, None])).permute(2, 0, 1)


def _buckets(relative: Tensor, buckets: int = 32, furthest: int = 128) -> Tensor:
    """MPNet's (and T5's) buckets of relative places."""
    near = -relative
    half = buckets // 2
    side = (near < 0).long() * half
    near = near.abs()
    exact = half // 2
    far = (
        exact
        + (
            torch.log(near.clamp(min=1).float() / exact)
            / math.log(furthest / exact)
            * (half - exact)
        ).long()
    )
    far = torch.minimum(far, torch.full_like(far, half - 1))
    return side + torch.where(near < exact, near, far)


_BERT = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
}
_MPNET = {
    "query": "attention.attn.q",
    "key": "attention.attn.k",
    "value": "attention.attn.v",
    "out": "attention.attn.o",
    "norm": "attention.LayerNorm",
}
_BOTH = {"inner": "intermediate.dense", "outer": "output.dense", "last": "output.LayerNorm"}


def load_encoder(folder: Path, dropout: float = 0.1) -> Encoder:
    """The pre-trained encoder of a folder with ``config.json`` and ``model.safetensors``."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    encoder = Encoder(config, dropout)
    given = {
        name.removeprefix("bert.").removeprefix("mpnet."): value.float()
        for name, value in load_file(folder / "model.safetensors").items()
    }
    state = {
        "words.weight": given["embeddings.word_embeddings.weight"],
        "places.weight": given["embeddings.position_embeddings.weight"],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
    }
    if "embeddings.token_type_embeddings.weight" in given:
        state["places.weight"] = (
            state["places.weight"] + given["embeddings.token_type_embeddings.weight"][0]
        )
    if encoder.relative is not None:
        state["relative.weight"] = given["encoder.relative_attention_bias.weight"]
    names = {**(_MPNET if encoder.kind == "mpnet" else _BERT), **_BOTH}
    for number in range(len(encoder.layers)):
        for ours, theirs in names.items():
            for part in ("weight", "bias"):
                value = given[f"encoder.layer.{number}.{theirs}.{part}"]
                state[f"layers.{number}.{ours}.{part}"] = value
    encoder.load_state_dict(state)
    return encoder
