"""Tune the viewer's encoder on coded reports: of which type each word tells, and which parties, numbers, days and places each telling takes.

The embeddings stay as they are; the layers and what stands on top learn together (as DyGIE++: Wadden et al. 2019, with the telling in the place of a span),
by AdamW with a short warm-up and a straight way down. Needs no parser: what it learns from is laid out by `scripts.training.laying`, so that it can run on
another machine, with a graphics card.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.nn import functional
from transformers import BertConfig, BertModel

from scripts.training.descent import descend
from waqai.learned.distance import STEPS, step_of
from waqai.learned.files import Array
from waqai.learned.linear import in_steps
from waqai.learned.minilm import HEADS, HIDDEN, LAYERS

_EPOCHS, _BATCH = 8, 8
_RATE, _HEAD_RATE, _WARM = 2.5e-4, 2e-3, 80
_WIDTH = 192  # of what an anchor and an item are turned into
_PER = 8  # losses are divided by so many words, to be of the size of one
_DROP = 0.1
_LONGEST = 512  # pieces; as far as the encoder has places


@dataclass(frozen=True, slots=True)
class Told:
    """One telling in a stretch: its pieces [first, last], its type's number, and the number of the role or label of each piece that belongs to it."""

    first: int
    last: int
    type: int
    roles: Mapping[int, int]
    own: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """The pieces of a stretch with its two marks, what is told in it, and the part of the reports that it is from."""

    ids: Sequence[int]
    told: Sequence[Told]
    part: int


@dataclass(frozen=True, slots=True)
class Names:
    """What the numbers stand for; each begins with none."""

    types: Sequence[str]
    roles: Sequence[str]
    labels: Sequence[str]


@dataclass(frozen=True, slots=True)
class Pack:
    """All that tuning needs. `base` are the encoder's arrays as training begins, with the rows of the embeddings that `ids` names."""

    examples: Sequence[Example]
    names: Names
    words: Sequence[str]
    ids: Sequence[int]
    base: Mapping[str, Array]


class Net(torch.nn.Module):  # type: ignore[misc]
    """The encoder and its heads."""

    def __init__(self, pack: Pack) -> None:
        super().__init__()
        names = pack.names
        config = BertConfig(vocab_size=len(pack.ids), hidden_size=HIDDEN, num_hidden_layers=LAYERS, num_attention_heads=HEADS, intermediate_size=4 * HIDDEN)
        self.encoder = BertModel(config, add_pooling_layer=False)
        state = self.encoder.state_dict()
        state.update({name: torch.tensor(array.astype(np.float32)) for name, array in pack.base.items()})
        self.encoder.load_state_dict(state)
        self.encoder.embeddings.requires_grad_(False)
        self.drop = torch.nn.Dropout(_DROP)
        self.tell = torch.nn.Linear(HIDDEN, len(names.types))
        self.anchor, self.item = torch.nn.Linear(HIDDEN, _WIDTH), torch.nn.Linear(HIDDEN, _WIDTH)
        self.near = torch.nn.Embedding(STEPS, _WIDTH)
        self.role, self.own = torch.nn.Linear(_WIDTH, len(names.roles)), torch.nn.Linear(_WIDTH, len(names.labels))
        self.register_buffer("steps", torch.tensor([step_of(d) for d in range(-_LONGEST, _LONGEST + 1)]), persistent=False)

    def vectors(self, ids: Any, mask: Any) -> Any:
        """(n_stretches, n_pieces, HIDDEN)"""
        return self.drop(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float())

    def pairs(self, vectors: Any, told: Sequence[tuple[int, Told]]) -> tuple[Any, Any]:
        """The scores of every piece for every telling of its stretch (whose row stands before it): (n_tellings, n_pieces, n_roles), (.., n_labels)."""
        anchors = torch.stack([vectors[row, t.first : t.last + 1].mean(0) for row, t in told])
        rows, firsts = (torch.tensor(numbers, device=vectors.device) for numbers in ([row for row, _ in told], [t.first for _, t in told]))
        near = self.steps[torch.arange(vectors.shape[1], device=vectors.device)[None] - firsts[:, None] + _LONGEST]
        hidden = self.drop(functional.gelu(self.anchor(anchors)[:, None] + self.item(vectors)[rows] + self.near(near)))
        return self.role(hidden), self.own(hidden)


def tune(pack: Pack, examples: Sequence[Example], *, epochs: float = _EPOCHS, tag: str = "view") -> Net:
    """The net that learned these examples; on a graphics card where there is one."""
    torch.manual_seed(0)
    shuffler = random.Random(0)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    net = Net(pack).to(device)
    steps = int(epochs * math.ceil(len(examples) / _BATCH))
    optimizer, schedule = descend(net, rate=_RATE, head_rate=_HEAD_RATE, warm=_WARM, steps=steps)
    net.train()
    began = time.monotonic()
    for step, batch in zip(range(steps), _iter_batches(examples, shuffler), strict=False):
        loss = _loss(net, batch, device)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        if step % 200 == 0:
            print(f"{tag}: step {step} of {steps}, loss {float(loss.detach()):.2f}, {time.monotonic() - began:.0f} s", flush=True)
    return net.eval()  # type: ignore[no-any-return]


def _loss(net: Net, batch: Sequence[Example], device: Any) -> Any:
    ids, mask, types = (array.to(device) for array in _tensors(batch))
    with torch.autocast(device.type, dtype=torch.bfloat16):
        vectors = net.vectors(ids, mask)
    telling = functional.cross_entropy(net.tell(vectors).flatten(0, 1), types.flatten(), ignore_index=-100, reduction="sum") / (len(batch) * _PER)
    told = [(row, t) for row, example in enumerate(batch) for t in example.told]
    if not told:
        return telling
    sizes = [len(batch[row].ids) for row, _ in told]
    owning = torch.zeros((), device=device)
    for scores, marks in zip(net.pairs(vectors, told), ([t.roles for _, t in told], [t.own for _, t in told]), strict=True):
        owning = owning + functional.cross_entropy(
            scores.flatten(0, 1), _wanted(marks, sizes, width=ids.shape[1]).to(device).flatten(), ignore_index=-100, reduction="sum"
        )
    return telling + owning / (len(told) * _PER)


def _wanted(marks: Sequence[Mapping[int, int]], sizes: Sequence[int], *, width: int) -> Any:
    """(n_tellings, width): the number of each piece; those behind the end of its stretch are not asked."""
    wanted = torch.zeros(len(marks), width, dtype=torch.long)
    for row, (own, size) in enumerate(zip(marks, sizes, strict=True)):
        wanted[row, size:] = -100
        for piece, number in own.items():
            wanted[row, piece] = number
    return wanted


def _iter_batches(examples: Sequence[Example], shuffler: random.Random) -> Iterator[Sequence[Example]]:
    """Batches of like length in random order, epoch after epoch without end."""
    while True:
        ordered = sorted(examples, key=lambda example: (len(example.ids) // 24, shuffler.random()))
        batches = [ordered[i : i + _BATCH] for i in range(0, len(ordered), _BATCH)]
        shuffler.shuffle(batches)
        yield from batches


def _tensors(batch: Sequence[Example]) -> tuple[Any, Any, Any]:
    width = max(len(example.ids) for example in batch)
    ids, mask = torch.zeros(len(batch), width, dtype=torch.long), torch.zeros(len(batch), width, dtype=torch.long)
    types = torch.full((len(batch), width), -100)
    for r, example in enumerate(batch):
        size = len(example.ids)
        ids[r, :size], mask[r, :size] = torch.tensor(example.ids), 1
        types[r, 1 : size - 1] = 0
        for told in example.told:
            types[r, told.first : told.last + 1] = told.type
    return ids, mask, types


def arrays_of(net: Net, pack: Pack) -> dict[str, Array]:
    """What `coding.view.viewer_of` takes: what training changed in the layers, in steps of a 127th of each row's largest change, and the heads."""
    names = pack.names
    arrays: dict[str, Array] = {
        "layers": np.array(LAYERS),
        "types": np.array(names.types[1:]),
        "roles": np.array(names.roles[1:]),
        "labels": np.array(names.labels[1:]),
        "pieces.words": np.frombuffer("\n".join(pack.words).encode(), dtype=np.uint8),
        "pieces.ids": np.array(pack.ids, dtype=np.uint16),
    }
    for name, value in net.encoder.state_dict().items():
        if not name.startswith("encoder.layer."):
            continue
        array = value.float().cpu().numpy()
        if array.ndim == 2:
            steps, scales = in_steps(array - pack.base[name].astype(np.float32))
            arrays |= {f"change.{name}": steps, f"scales.{name}": scales}
        else:
            arrays[f"change.{name}"] = array
    heads = {name: p for name, p in net.state_dict().items() if not name.startswith("encoder.")}
    return arrays | {f"head.{name}": value.float().cpu().numpy().astype(np.float16) for name, value in heads.items()}
