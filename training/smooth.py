"""Weights made ready for eight bits: great values move from what a layer reads to its weights.

A layer's input is taken as eight-bit numbers with one scale for all columns; a few columns with
great values would leave the others few steps. Each column is divided by a factor that its weights
are multiplied with, so that the layer computes the same.

Source: Xiao et al. 2023, SmoothQuant, with one factor for layers that read the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import torch
from torch import Tensor, nn

from training.encoder import Encoder, Layer
from training.heads import Words

SHARE = 0.8


class Smoothed(nn.Module):
    """A linear layer that divides its input first."""

    def __init__(self, linear: nn.Linear, factors: Tensor) -> None:
        super().__init__()
        self.linear = linear
        self.factors = nn.Parameter(1.0 / factors, requires_grad=False)
        with torch.no_grad():
            linear.weight.mul_(factors[None, :])

    def forward(self, states: Tensor) -> Tensor:
        """What the layer computes of the states."""
        return self.linear(states * self.factors)


@torch.no_grad()
def smooth(words: Words, windows: Iterable[tuple[Tensor, ...]], share: float = SHARE) -> None:
    """Replaces the encoder's layers in place; ``windows`` are inputs to measure their values on."""
    largest: dict[str, Tensor] = {}
    hooks = [
        layer.register_forward_pre_hook(_measure(largest, name))
        for name, layer in _linears(words.encoder)
    ]
    for window in windows:
        words(*window)
    for hook in hooks:
        hook.remove()
    for number, layer in enumerate(words.encoder.layers):
        assert isinstance(layer, Layer)
        for names in (("query", "key", "value"), ("out",), ("inner",), ("outer",)):
            parts: list[nn.Linear] = [getattr(layer, name) for name in names]
            seen = largest[f"{number}.{names[0]}"]
            weights = torch.stack([part.weight.abs().amax(dim=0) for part in parts]).amax(dim=0)
            factors = seen.clamp(min=1e-3) ** share / weights.clamp(min=1e-5) ** (1 - share)
            for name, part in zip(names, parts, strict=True):
                setattr(layer, name, Smoothed(part, factors))


def _linears(encoder: Encoder) -> Iterator[tuple[str, nn.Module]]:
    for number, layer in enumerate(encoder.layers):
        for name in ("query", "key", "value", "out", "inner", "outer"):
            yield f"{number}.{name}", getattr(layer, name)


def _measure(largest: dict[str, Tensor], name: str):  # type: ignore[no-untyped-def]
    def note(_: nn.Module, given: tuple[Tensor, ...]) -> None:
        now = given[0].abs().amax(dim=0)
        largest[name] = torch.maximum(largest[name], now) if name in largest else now

    return note
