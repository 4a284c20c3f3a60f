"""The model's own word vectors, computed in less time than by the library that trained it.

What a spaCy pipeline without a transformer costs most is a small convolutional network over hashed
words (``spacy.Tok2Vec.v2`` with ``MultiHashEmbed.v2`` and ``MaxoutWindowEncoder.v2``). The same
numbers, but for the order in which they are added up, are had here with less work: each word is
embedded once a batch, however often it stands there, its part of the first convolution too; the
matrices are multiplied by NumPy's BLAS; and the rest is done in pieces that stay in the cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.language.kinds import columns_of, kinds_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc

    Floats = NDArray[np.float32]
    Whole = NDArray[np.int64]

_ROWS = 512
"""How many words go through a layer at a time: what they need stays in the processor's cache."""
_NEVER_NEGATIVE = np.float32(1e-8)
"""What the library adds to a variance."""


def compute_faster(nlp: Language) -> None:
    """Let the pipeline's networks be computed in less time; what is of another make stays.

    On a processor alone: where spaCy was told to use a graphics card, nothing is changed.
    """
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        model: Any = getattr(pipe, "model", None)
        for node in model.walk() if hasattr(model, "walk") else ():
            if type(node.ops) is not NumpyOps:
                return
            node.ops = ops
            if node.has_ref("embed") and node.has_ref("encode"):
                _replace(node)


def _replace(node: Any) -> None:
    """Let the node be computed here, outside training, where it is of the make that is known."""
    network = read_network(node)
    if network is None:
        return
    known = node._func

    def forward(model: Any, docs: Sequence[Doc], is_train: bool) -> Any:
        found = None if is_train else network.vectors_of(docs)
        return known(model, docs, is_train) if found is None else (found, None)

    node._func = forward


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution: ``weights`` have the three pieces of a maximum one after the other."""

    weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats


@dataclass(frozen=True, slots=True)
class Network:
    """A network from words to vectors; ``embed`` takes rows of attributes, one a word."""

    columns: Sequence[str]
    embed: Any
    layers: tuple[Layer, ...]
    width: int

    def vectors_of(self, docs: Sequence[Doc]) -> list[Floats] | None:
        """A vector a word for each document; None where there is no word."""
        rows = [columns_of(doc, self.columns) for doc in docs]
        attributes = np.concatenate(rows) if rows else np.empty((0, len(self.columns)), "u8")
        if not len(attributes):
            return None
        kinds, numbers = kinds_of(attributes)
        starts, places = self._places_of([len(doc) for doc in docs], numbers, len(kinds))
        vectors = self._convolve(self.embed.predict(kinds), places)
        return [vectors[start : start + len(doc)] for start, doc in zip(starts, docs, strict=True)]

    def _places_of(
        self, lengths: Sequence[int], numbers: Whole, blank: int
    ) -> tuple[list[int], Whole]:
        """Where each document starts, and the word at each place; blanks stand between them."""
        pad = len(self.layers)
        places = np.full(sum(lengths) + pad * (len(lengths) + 1), blank)
        starts, start, seen = [], pad, 0
        for length in lengths:
            places[start : start + length] = numbers[seen : seen + length]
            starts.append(start)
            start, seen = start + length + pad, seen + length
        return starts, places

    def _convolve(self, embedded: Floats, places: Whole) -> Floats:
        """The vectors of all places, each by what stands around it."""
        embedded = np.vstack([embedded, np.zeros((1, self.width), np.float32)])
        edge = np.array([len(embedded) - 1])
        around = np.concatenate([edge, places, edge])
        now = np.zeros((len(places) + 2, self.width), np.float32)
        now[1:-1] = embedded[places]
        then = np.zeros_like(now)
        room = np.empty((2, _ROWS, 3 * self.width), np.float32)
        first, *others = self.layers
        parts = [embedded @ first.weights[n : n + self.width] for n in self._steps()]
        for here in _slices(len(places)):
            summed = _take(parts, around, here, room)
            self._finish(first, summed, now, then, here)
        for layer in others:
            now, then = then, now
            for here in _slices(len(places)):
                multiplied = self._multiply(layer, now, here, room)
                self._finish(layer, multiplied, now, then, here)
        return then[1:-1]

    def _steps(self) -> range:
        return range(0, 3 * self.width, self.width)

    def _multiply(self, layer: Layer, now: Floats, here: slice, room: Floats) -> Floats:
        """The layer's product with each word and its neighbours."""
        count = here.stop - here.start
        seen, product = room[0, :count], room[1, :count]
        for number, step in enumerate(self._steps()):
            part = slice(here.start + number, here.stop + number)
            seen[:, step : step + self.width] = now[part]
        return np.dot(seen, layer.weights, out=product)

    def _finish(self, layer: Layer, summed: Floats, now: Floats, then: Floats, here: slice) -> None:
        """Put the greatest of three pieces, evened out, on top of what the words were."""
        width, inner = self.width, slice(here.start + 1, here.stop + 1)
        summed += layer.bias
        best = np.maximum(summed[:, :width], summed[:, width : 2 * width])
        np.maximum(best, summed[:, 2 * width :], out=best)
        best -= best.mean(axis=1, keepdims=True)
        spread = np.multiply(best, best, out=summed[:, :width]).mean(axis=1, keepdims=True)
        spread += _NEVER_NEGATIVE
        best *= np.reciprocal(np.sqrt(spread, out=spread), out=spread)
        best *= layer.scale
        best += layer.shift
        np.add(best, now[inner], out=then[inner])


def _slices(count: int) -> Iterator[slice]:
    yield from (slice(*pair) for pair in pairwise([*range(0, count, _ROWS), count]))


def _take(parts: Sequence[Floats], around: Whole, here: slice, room: Floats) -> Floats:
    """The sums of what the word before, the word and the word after give, at each place."""
    count = here.stop - here.start
    summed, more = room[0, :count], room[1, :count]
    for number, part in enumerate(parts):
        words = around[here.start + number : here.stop + number]
        np.take(part, words, axis=0, out=more if number else summed, mode="clip")
        if number:
            summed += more
    return summed


def read_network(node: Any) -> Network | None:
    """The network of a spaCy model's node, or None where it is of another make."""
    try:
        embed, encode = node.layers
        extract, _, hashed, mixed, _ = embed.layers
        encoder = encode.layers[0]
        layers = tuple(map(_read_layer, encoder.layers))
    except (AttributeError, IndexError, ValueError):
        return None
    width = encoder.get_dim("nO")
    known = (
        extract.name == "extract_features"
        and all(one.layers[1].name == "hashembed" for one in hashed.layers[0].layers)
        and [one.name for one in mixed.layers[0].walk()] == _MIXED
        and encode.attrs.get("pad") == len(layers)
        and all(layer.weights.shape == (3 * width, 3 * width) for layer in layers)
    )
    if not known:
        return None
    from thinc.api import chain

    both: Any = chain(hashed.layers[0], mixed.layers[0])
    return Network(extract.attrs["columns"], both, layers, width)


_MIXED = ["maxout>>layernorm>>dropout", "maxout>>layernorm", "dropout", "maxout", "layernorm"]
_LAYER = ["expand_window", "maxout>>layernorm>>dropout", "maxout>>layernorm", "dropout"]


def _read_layer(residual: Any) -> Layer:
    """The weights of one convolution.

    Raises:
        ValueError: it is of another make.

    """
    (inner,) = residual.layers
    window, block = inner.layers
    maxout, norm = block.layers[0].layers
    names = [window.name, block.name, block.layers[0].name, block.layers[1].name]
    if (
        names != _LAYER
        or not residual.name.startswith("residual(")
        or window.attrs != {"window_size": 1}
    ):
        raise ValueError(residual.name)
    weights, bias = maxout.get_param("W"), maxout.get_param("b")
    width, pieces, seen = weights.shape
    apart = weights.transpose(1, 0, 2).reshape(pieces * width, seen).T
    return Layer(
        np.ascontiguousarray(apart),
        np.ascontiguousarray(bias.T).reshape(-1),
        norm.get_param("G"),
        norm.get_param("b"),
    )
