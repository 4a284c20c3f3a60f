"""Sub-word pieces made small: a table of four bits, without the pieces of scripts nobody asks for.

The table of a base-size encoder has a third of its weights, and is not trained.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import torch
from torch import Tensor, nn

GROUP = 64
"""So many columns have one scale."""
_MIDDLE = 8
_REST = "##"
_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")


class FourBitRows(nn.Module):
    """A table of embeddings [pieces, width] in four bits, two columns a byte.

    ``GROUP`` columns of a row share a scale, which has sixteen bits.
    """

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        groups = table.detach().unflatten(1, (-1, GROUP))
        scales = groups.abs().amax(dim=2, keepdim=True).clamp(min=1e-6) / (_MIDDLE - 1)
        steps = torch.round(groups / scales.half().float()) + _MIDDLE
        whole = steps.clamp(0, 2 * _MIDDLE - 1).flatten(1).to(torch.uint8)
        self.register_buffer("rows", whole[:, 0::2] + 16 * whole[:, 1::2])
        self.register_buffer("scales", scales.half())

    def forward(self, numbers: Tensor) -> Tensor:
        """The embeddings of the numbers [numbers, width]."""
        both = self.rows[numbers].to(torch.float32)
        high = torch.floor(both * (1.0 / 16.0))
        steps = torch.stack((both - 16.0 * high, high), dim=2).flatten(1) - _MIDDLE
        scales: Tensor = self.scales[numbers].to(torch.float32)
        return (steps.unflatten(1, (-1, GROUP)) * scales).flatten(1)


def kept_pieces(vocabulary: Mapping[str, int]) -> list[int]:
    """The numbers of the pieces that are kept, in order.

    Left out are those that stand for nothing, and those with letters of other scripts than Latin,
    Greek and Cyrillic: a word of theirs is one unknown piece.
    """
    return sorted(number for piece, number in vocabulary.items() if _is_kept(piece))


def _is_kept(piece: str) -> bool:
    if piece.startswith("[unused"):
        return False
    letters = (char for char in piece.removeprefix(_REST) if char.isalpha())
    return all(char.isascii() or _script_of(char) in _SCRIPTS for char in letters)


def _script_of(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


def renumbered(given: dict[str, Any], kept: Iterable[int]) -> dict[str, Any]:
    """A tokenizer's file with the kept pieces alone, numbered from 0 in their order."""
    new = {old: number for number, old in enumerate(kept)}
    model, processor = given["model"], given.get("post_processor") or {}
    numbered = sorted(model["vocab"].items(), key=lambda pair: pair[1])
    added = [one | {"id": new[one["id"]]} for one in given["added_tokens"] if one["id"] in new]
    for name in {"sep", "cls"} & processor.keys():
        piece, old = processor[name]
        processor[name] = [piece, new[old]]
    for special in processor.get("special_tokens", {}).values():
        special["ids"] = [new[old] for old in special["ids"]]
    vocabulary = {piece: new[old] for piece, old in numbered if old in new}
    return given | {"model": model | {"vocab": vocabulary}, "added_tokens": added}
