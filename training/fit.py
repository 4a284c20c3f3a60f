"""Training one reader: the loss of a window, and a run that can be taken up where it stopped."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from pipeline.extraction.propose.reader.queries import Places
from pipeline.extraction.propose.reader.windows import Cutter, Window, windows_of
from training.examples import Cue, Example, tags_of
from training.heads import Reader

WORDS_A_CUE = 27


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a reader is trained."""

    epochs: int = 6
    rate: float = 1.2e-4
    head_rate: float = 5e-4
    warm: float = 0.1
    windows: int = 2
    frozen_layers: int = 0
    dropout: float = 0.15
    decay: float = 0.01
    seed: int = 20
    bfloat16: bool = True
    no_head_line: float = 0.5


def fit(
    reader: Reader,
    examples: list[Example],
    cutter: Cutter,
    recipe: Recipe,
    checkpoint: Path,
    say: Callable[[str], None] = print,
    begun_with: Path | None = None,
) -> Reader:
    """The trained reader; a checkpoint is written after each epoch and taken up if there is one.

    ``begun_with`` is a checkpoint of another run whose weights it begins with.
    """
    torch.manual_seed(recipe.seed)
    if begun_with is not None:
        begin_with(reader, begun_with)
    for frozen in (
        reader.words.encoder.words,
        *reader.words.encoder.layers[: recipe.frozen_layers],
    ):
        frozen.requires_grad_(False)
    optimiser = _optimiser(reader, recipe)
    per_epoch = max(1, sum(len(list(_cut(e, cutter, 0))) for e in examples) // recipe.windows)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, _pace(per_epoch * recipe.epochs, recipe)
    )
    begun = _take_up(reader, optimiser, schedule, checkpoint)
    for epoch in range(begun, recipe.epochs):
        started = time.monotonic()
        torch.manual_seed(recipe.seed * 1000 + epoch)
        loss = _epoch(reader, examples, cutter, recipe, optimiser, schedule, epoch)
        say(f"epoch {epoch + 1}/{recipe.epochs} loss {loss:.4f} {time.monotonic() - started:.0f} s")
        _save(reader, optimiser, schedule, epoch + 1, recipe, checkpoint)
    reader.eval()
    return reader


def _optimiser(reader: Reader, recipe: Recipe) -> torch.optim.Optimizer:
    groups: dict[tuple[bool, bool], list[Tensor]] = {}
    for name, weight in reader.named_parameters():
        if weight.requires_grad:
            encoder = name.startswith("words.encoder.")
            groups.setdefault((encoder, weight.dim() > 1), []).append(weight)
    return torch.optim.AdamW(
        [
            {
                "params": weights,
                "lr": recipe.rate if encoder else recipe.head_rate,
                "weight_decay": recipe.decay if matrix else 0.0,
            }
            for (encoder, matrix), weights in groups.items()
        ]
    )


def _pace(steps: int, recipe: Recipe) -> Callable[[int], float]:
    warm = max(1, int(steps * recipe.warm))
    return lambda step: min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))


def _cut(example: Example, cutter: Cutter, offset: int) -> list[Window]:
    return list(windows_of(example.page, cutter, offset=offset))


def _epoch(
    reader: Reader,
    examples: list[Example],
    cutter: Cutter,
    recipe: Recipe,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    epoch: int,
) -> float:
    """The mean loss of one pass, in which articles are cut at other places than in the last."""
    chance = random.Random(recipe.seed * 7919 + epoch)
    windows = []
    for example in examples:
        places, tags = Places(example.page), tags_of(example)
        for window in _cut(example, cutter, chance.choice((0, 0, 2, 4, 6))):
            windows.append((example, places, tags, window))
    chance.shuffle(windows)
    reader.train()
    total, most = 0.0, math.ceil(len(windows) / recipe.windows)
    for number in range(most):
        batch = windows[number * recipe.windows : (number + 1) * recipe.windows]
        for example, places, tags, window in batch:
            shown = (
                _without_head(window, cutter) if chance.random() < recipe.no_head_line else window
            )
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=recipe.bfloat16):
                loss = window_loss(reader, example, places, tags, shown)
            (loss / len(batch)).backward()
            total += float(loss.detach())
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        schedule.step()
    return total / max(1, len(windows))


def _without_head(window: Window, cutter: Cutter) -> Window:
    """The window without its title, as articles without metadata are read."""
    cut = int(window.begins[0]) - 1
    pieces = np.concatenate(([cutter.first], window.pieces[cut + 1 :]))
    return Window(
        window.start,
        window.end,
        window.first,
        window.last,
        pieces,
        window.begins - cut,
        window.ends - cut,
    )


def window_loss(
    reader: Reader, example: Example, places: Places, tags: np.ndarray, window: Window
) -> Tensor:
    """The loss over the rows of a window from which claims are taken."""
    features = torch.from_numpy(places.features(window.start, window.end))
    words, scores, whole = reader.words(
        torch.from_numpy(window.pieces),
        torch.from_numpy(window.begins),
        torch.from_numpy(window.ends),
        features,
    )
    low, high = window.first - window.start, window.last - window.start
    gold = torch.from_numpy(tags[window.first : window.last])
    loss = F.cross_entropy(scores[low:high].float(), gold, ignore_index=-1, reduction="sum")
    words, whole = words.float(), whole.float()
    for cue in example.cues:
        if window.first <= cue.start < window.last:
            loss = loss + cue_loss(reader, places, window, words, whole, cue)
    return loss * (example.weight * WORDS_A_CUE / (6.0 * max(60, high - low)))


def cue_loss(
    reader: Reader, places: Places, window: Window, words: Tensor, whole: Tensor, cue: Cue
) -> Tensor:
    """The loss of what is said of one gold cue."""
    query = places.query(window, cue.start, min(cue.end, window.end))
    arrays = {name: torch.from_numpy(array) for name, array in query.arrays.items()}
    people, rows, none, position = (part.float() for part in reader.roles(words, whole, **arrays))
    loss = F.cross_entropy(position[:3], torch.tensor(cue.stance), label_smoothing=0.05)
    loss = loss + 0.3 * F.cross_entropy(position[3:5], torch.tensor(cue.form))
    signs = torch.tensor([float(cue.negated), float(cue.hedged)])
    loss = loss + 0.3 * F.binary_cross_entropy_with_logits(position[5:], signs, reduction="sum")
    numbers = query.people.tolist()
    loss = loss + _holder_loss(people, none, numbers, cue)
    loss = loss + 0.3 * _attribution_loss(people, none, numbers, cue)
    if cue.about:
        loss = loss + 0.5 * _target_loss(rows, none, query.rows, cue)
    return loss


def _holder_loss(people: Tensor, none: Tensor, numbers: list[int], cue: Cue) -> Tensor:
    place = {number: at for at, number in enumerate(numbers)}
    right = [place[one] for one in cue.holders if one in place]
    spared = {place[one] for one in cue.same if one in place}
    kept = [at for at in range(len(numbers)) if at not in spared]
    scores = torch.cat([people[kept, 0], none[:1]])
    wanted = torch.zeros(len(kept) + 1)
    for at in right:
        wanted[kept.index(at)] = 1.0 / len(right)
    if not right:
        wanted[-1] = 1.0
    loss = -(wanted * F.log_softmax(scores, dim=0)).sum()
    yes = (wanted[:-1] > 0).float()
    if len(kept):
        loss = loss + 0.3 * F.binary_cross_entropy_with_logits(
            people[kept, 1], yes, reduction="sum"
        )
    return loss


def _attribution_loss(people: Tensor, none: Tensor, numbers: list[int], cue: Cue) -> Tensor:
    scores = torch.cat([people[:, 2], none[1:2]])
    at = len(numbers)
    if cue.attributed:
        if cue.attribution not in numbers:
            return scores.sum() * 0.0
        at = numbers.index(cue.attribution)
    return F.cross_entropy(scores, torch.tensor(at))


def _target_loss(rows: Tensor, none: Tensor, places: np.ndarray, cue: Cue) -> Tensor:
    begins, ends = torch.cat([rows[:, 0], none[2:3]]), torch.cat([rows[:, 1], none[3:4]])
    first = last = len(places)
    if cue.target is not None:
        first, last = cue.target[0] - int(places[0]), cue.target[1] - 1 - int(places[0])
        if first < 0 or last >= len(places):
            return rows.sum() * 0.0
    return F.cross_entropy(begins, torch.tensor(first)) + F.cross_entropy(ends, torch.tensor(last))


def begin_with(reader: Reader, checkpoint: Path) -> None:
    """Gives the reader the weights of a checkpoint; what that did not have begins at zero.

    Raises:
        RuntimeError: the checkpoint has weights that the reader has not.

    """
    kept = torch.load(checkpoint, weights_only=True)["reader"]
    for name, weight in reader.state_dict().items():
        kept.setdefault(name, torch.zeros_like(weight))
    reader.load_state_dict(kept)


def _take_up(
    reader: Reader,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    checkpoint: Path,
) -> int:
    if not checkpoint.is_file():
        return 0
    kept = torch.load(checkpoint, weights_only=True)
    reader.load_state_dict(kept["reader"])
    optimiser.load_state_dict(kept["optimiser"])
    schedule.load_state_dict(kept["schedule"])
    return int(kept["epoch"])


def _save(
    reader: Reader,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    epoch: int,
    recipe: Recipe,
    checkpoint: Path,
) -> None:
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    half = checkpoint.with_suffix(".part")
    torch.save(
        {
            "reader": reader.state_dict(),
            "optimiser": optimiser.state_dict(),
            "schedule": schedule.state_dict(),
            "epoch": epoch,
            "recipe": asdict(recipe),
        },
        half,
    )
    half.replace(checkpoint)
