"""The reader in torch: an encoder, words as cues, and for each cue who holds what about what."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from pipeline.extraction.propose.reader.page import DEPENDENCIES, KINDS, LISTED, PARTS
from pipeline.extraction.propose.reader.relations import AWAY, DISTANCE, QUOTE, TREE
from training.encoder import Encoder

HIDDEN = 192
TAGS = ("outside", "begin", "inside")
STANCES = ("support", "oppose", "neutral")


class Words(nn.Module):
    """Words out of the pieces' states and the parse, and how likely each is a cue's."""

    def __init__(self, encoder: Encoder, dropout: float) -> None:
        super().__init__()
        width = encoder.width
        self.encoder = encoder
        self.dependency = nn.Embedding(len(DEPENDENCIES), width)
        self.part = nn.Embedding(len(PARTS), width)
        self.quoted = nn.Embedding(2, width)
        self.listed = nn.Embedding(len(LISTED), width)
        self.norm = nn.LayerNorm(width)
        self.dropout = nn.Dropout(dropout)
        self.tag = nn.Sequential(
            nn.Linear(width, HIDDEN), nn.GELU(), nn.Dropout(dropout), nn.Linear(HIDDEN, len(TAGS))
        )
        for table in (self.dependency, self.part, self.quoted, self.listed):
            nn.init.normal_(table.weight, std=0.02)

    def forward(
        self, pieces: Tensor, begins: Tensor, ends: Tensor, features: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Words [rows, width], scores of ``TAGS`` [rows, 3], the whole window [width].

        ``features`` has for each row its dependency, part of speech, whether it is quoted, and
        what the lexicon says of it.
        """
        states = self.encoder(pieces)
        words = (states[begins] + states[ends]) * 0.5
        words = words + self.dependency(features[:, 0]) + self.part(features[:, 1])
        words = words + self.quoted(features[:, 2]) + self.listed(features[:, 3])
        words = self.dropout(self.norm(words))
        return words, self.tag(words), states[0]


class Pairs(nn.Module):
    """Scores of pairs of a cue and something else, with what is known of how they stand."""

    def __init__(self, width: int, sizes: tuple[int, ...], outputs: int, dropout: float) -> None:
        super().__init__()
        self.cue = nn.Linear(width, HIDDEN)
        self.other = nn.Linear(width, HIDDEN, bias=False)
        self.both = nn.Linear(width, HIDDEN, bias=False)
        self.known = nn.ModuleList(nn.Embedding(size, HIDDEN) for size in sizes)
        self.scores = nn.Linear(HIDDEN, outputs)
        self.dropout = nn.Dropout(dropout)
        for table in self.known:
            nn.init.normal_(table.weight, std=0.05)

    def forward(self, cue: Tensor, others: Tensor, features: Tensor) -> Tensor:
        """Scores [others, outputs]."""
        hidden = self.cue(cue)[None, :] + self.other(others) + self.both(others * cue[None, :])
        for number, table in enumerate(self.known):
            hidden = hidden + table(features[:, number])
        return self.scores(self.dropout(F.gelu(hidden)))


class Roles(nn.Module):
    """For one cue: holders, attribution, target, stance, form, negated, hedged."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.people = Pairs(
            width, (TREE, DISTANCE, QUOTE, AWAY, len(KINDS), len(DEPENDENCIES)), 3, dropout
        )
        self.target = Pairs(width, (TREE, DISTANCE, QUOTE), 2, dropout)
        self.none = nn.Linear(width, 4)
        self.position = nn.Sequential(
            nn.Linear(3 * width, HIDDEN), nn.GELU(), nn.Dropout(dropout), nn.Linear(HIDDEN, 7)
        )

    def forward(
        self,
        words: Tensor,
        whole: Tensor,
        cue: Tensor,
        rows: Tensor,
        row_features: Tensor,
        people: Tensor,
        person_features: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Scores of people [k, 3], of rows [m, 2], of none [4] and of the position [7].

        ``cue`` and each of ``people`` are start, end and root row in the window; ``rows`` are
        those in which the target may lie. People are scored as the holder (one of all), as a
        holder (yes or no) and as the attribution; rows as the first and the last of the target;
        none as no holder, no attribution, no target (first, last); the position has three
        stances, two forms, negated and hedged.
        """
        sums = torch.cat([torch.zeros_like(words[:1]), torch.cumsum(words, dim=0)])
        of_cue = _span_states(words, sums, cue[None, :])[0]
        of_people = _span_states(words, sums, people)
        near = words[rows]
        person_scores = self.people(of_cue, of_people, person_features)
        row_scores = self.target(of_cue, near, row_features)
        begun = torch.cumsum(torch.softmax(row_scores[:, 0], dim=0), dim=0)
        ended = torch.cumsum(torch.softmax(row_scores[:, 1], dim=0), dim=0)
        inside = begun * (1.0 - ended + torch.softmax(row_scores[:, 1], dim=0))
        about = (inside[:, None] * near).sum(dim=0) / (inside.sum() + 1e-6)
        position = self.position(torch.cat([of_cue, about, whole]))
        return person_scores, row_scores, self.none(of_cue), position


def _span_states(words: Tensor, sums: Tensor, spans: Tensor) -> Tensor:
    """The mean of each span's words, and its root's, halved."""
    length = (spans[:, 1] - spans[:, 0]).to(words.dtype)[:, None]
    mean = (sums[spans[:, 1]] - sums[spans[:, 0]]) / length
    return (mean + words[spans[:, 2]]) * 0.5


class Reader(nn.Module):
    """All of it, as it is trained."""

    def __init__(self, encoder: Encoder, dropout: float = 0.15) -> None:
        super().__init__()
        self.words = Words(encoder, dropout)
        self.roles = Roles(encoder.width, dropout)
