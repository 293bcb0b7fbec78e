"""Tune the viewer's encoder on coded reports: of which type each word tells, and which parties, numbers, days and places each telling takes.

The embeddings stay as they are; the layers and what stands on top learn together (as DyGIE++: Wadden et al. 2019, with the telling in the place of a span),
by AdamW with a short warm-up and a straight way down.
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

from waqai.coding.scene import words_at
from waqai.coding.view import Stretch, own_words, step_of
from waqai.core import Span
from waqai.learned.files import Array
from waqai.learned.linear import in_steps
from waqai.learned.minilm import HEADS, HIDDEN, base_arrays
from waqai.learned.wordpieces import WordPieces

LAYERS = 3  # six see a little more and take twice the time; chosen on data/gold, which the encoder never learns from
_EPOCHS, _BATCH = 4, 8
_RATE, _HEAD_RATE, _WARM = 2.5e-4, 2e-3, 80
_WIDTH = 192  # of what an anchor and an item are turned into
_PER = 8  # losses are divided by so many words, to be of the size of one
_DROP = 0.1


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
    """A stretch and what is told in it."""

    stretch: Stretch
    told: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Names:
    """What the numbers stand for; each begins with none."""

    types: Sequence[str]
    roles: Sequence[str]
    labels: Sequence[str]


def examples_of(doc: Any, stretches: Sequence[Stretch], accounts: Sequence[Mapping[str, Any]], names: Names) -> Iterator[Example]:
    """The stretches of a report with its coded accounts."""
    for stretch in stretches:
        told = []
        for account in accounts:
            places = _places(doc, stretch, account["evidence"])
            if places:
                roles = _marked(doc, stretch, [(actor["evidence"], names.roles.index(actor["role"])) for actor in account["actors"]])
                own = _marked(doc, stretch, [(evidence, names.labels.index(label)) for evidence, label in _belongings(account)])
                told.append(Told(places[0][0], places[-1][1], names.types.index(account["type"]), roles, own))
        yield Example(stretch, told)


def _marked(doc: Any, stretch: Stretch, evidence: Sequence[tuple[Sequence[int], int]]) -> dict[int, int]:
    """The number of each piece; of two that claim one the first has it."""
    marked: dict[int, int] = {}
    for span, number in evidence:
        for first, last in _places(doc, stretch, span):
            marked.update({k: number for k in range(first, last + 1) if k not in marked})
    return marked


def _belongings(account: Mapping[str, Any]) -> Iterator[tuple[Sequence[int], str]]:
    yield from ((count["evidence"], count["measure"]) for count in account["counts"])
    if account["date"] is not None:
        yield account["date"]["evidence"], "day"
    if account["place"] is not None:
        yield account["place"]["evidence"], "place"


def _places(doc: Any, stretch: Stretch, evidence: Sequence[int]) -> list[tuple[int, int]]:
    return [stretch.places[t.i] for t in words_at(doc, Span(*evidence)) if t.i in stretch.places]


class Net(torch.nn.Module):  # type: ignore[misc]
    """The encoder over the vocabulary of `ids` (rows of the package's), and its heads."""

    def __init__(self, ids: Sequence[int], names: Names) -> None:
        super().__init__()
        config = BertConfig(vocab_size=len(ids), hidden_size=HIDDEN, num_hidden_layers=LAYERS, num_attention_heads=HEADS, intermediate_size=4 * HIDDEN)
        self.encoder = BertModel(config, add_pooling_layer=False)
        base = base_arrays(LAYERS, rows=ids)
        state = self.encoder.state_dict()
        state.update({name: torch.tensor(array.astype(np.float32)) for name, array in base.items()})
        self.encoder.load_state_dict(state)
        self.encoder.embeddings.requires_grad_(False)
        self.drop = torch.nn.Dropout(_DROP)
        self.tell = torch.nn.Linear(HIDDEN, len(names.types))
        self.anchor, self.item = torch.nn.Linear(HIDDEN, _WIDTH), torch.nn.Linear(HIDDEN, _WIDTH)
        self.near = torch.nn.Embedding(64, _WIDTH)
        self.role, self.own = torch.nn.Linear(_WIDTH, len(names.roles)), torch.nn.Linear(_WIDTH, len(names.labels))

    def vectors(self, ids: Any, mask: Any) -> Any:
        """(n_stretches, n_pieces, HIDDEN)"""
        return self.drop(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float())

    def pairs(self, vectors: Any, told: Sequence[Told]) -> tuple[Any, Any]:
        """The scores of every piece of one stretch for every telling in it, (n_tellings, n_pieces, n_roles) and (n_tellings, n_pieces, n_labels)."""
        anchors = torch.stack([vectors[t.first : t.last + 1].mean(0) for t in told])
        steps = torch.tensor([[step_of(k - t.first) for k in range(len(vectors))] for t in told])
        hidden = self.drop(functional.gelu(self.anchor(anchors)[:, None] + self.item(vectors)[None] + self.near(steps)))
        return self.role(hidden), self.own(hidden)


def tune(examples: Sequence[Example], ids: Sequence[int], names: Names, *, epochs: float = _EPOCHS) -> Net:
    """The net that learned these examples."""
    torch.manual_seed(0)
    shuffler = random.Random(0)
    net = Net(ids, names)
    tuned = [p for p in net.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in net.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW([{"params": tuned, "lr": _RATE}, {"params": heads, "lr": _HEAD_RATE}], weight_decay=0.01)
    steps = int(epochs * math.ceil(len(examples) / _BATCH))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min((step + 1) / _WARM, max(0.02, (steps - step) / steps)))
    net.train()
    began, mean = time.monotonic(), 0.0
    for step, batch in zip(range(steps), _iter_batches(examples, shuffler), strict=False):
        loss = _loss(net, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        mean = 0.98 * mean + 0.02 * float(loss.detach()) if step else float(loss.detach())
        if step % 100 == 0:
            print(f"view: step {step} of {steps}, loss {mean:.2f}, {time.monotonic() - began:.0f} s", flush=True)
    net.eval()
    return net


def _loss(net: Net, batch: Sequence[Example]) -> Any:
    ids, mask, types = _tensors(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        vectors = net.vectors(ids, mask)
    telling = functional.cross_entropy(net.tell(vectors).flatten(0, 1), types.flatten(), ignore_index=-100, reduction="sum") / (len(batch) * _PER)
    owning, tellings = torch.zeros(()), 0
    for r, example in enumerate(batch):
        if example.told:
            size = len(example.stretch.ids)
            for scores, marks in zip(net.pairs(vectors[r, :size], example.told), ([t.roles for t in example.told], [t.own for t in example.told]), strict=True):
                wanted = torch.tensor([[marked.get(k, 0) for k in range(size)] for marked in marks])
                owning = owning + functional.cross_entropy(scores.flatten(0, 1), wanted.flatten(), reduction="sum")
            tellings += len(example.told)
    return telling + owning / (max(1, tellings) * _PER)


def _iter_batches(examples: Sequence[Example], shuffler: random.Random) -> Iterator[Sequence[Example]]:
    """Batches of like length in random order, epoch after epoch without end."""
    while True:
        ordered = sorted(examples, key=lambda example: (len(example.stretch.ids) // 24, shuffler.random()))
        batches = [ordered[i : i + _BATCH] for i in range(0, len(ordered), _BATCH)]
        shuffler.shuffle(batches)
        yield from batches


def _tensors(batch: Sequence[Example]) -> tuple[Any, Any, Any]:
    width = max(len(example.stretch.ids) for example in batch)
    ids, mask = torch.zeros(len(batch), width, dtype=torch.long), torch.zeros(len(batch), width, dtype=torch.long)
    types = torch.full((len(batch), width), -100)
    for r, example in enumerate(batch):
        size = len(example.stretch.ids)
        ids[r, :size], mask[r, :size] = torch.tensor(example.stretch.ids), 1
        types[r, 1 : size - 1] = 0
        for told in example.told:
            types[r, told.first : told.last + 1] = told.type
    return ids, mask, types


def vocabulary(base: Mapping[str, int], words: Sequence[str]) -> tuple[WordPieces, list[int]]:
    """The pieces of the package's vocabulary that these words need, and every single sign; with the row of each in the package."""
    whole = WordPieces(base)
    names = {number: name for name, number in base.items()}
    used = {names[number] for word in set(words) for number in whole.of_word(word)}
    signs = {name for name in base if len(name.removeprefix("##")) == 1 and name.isascii()}
    kept = own_words(used | signs)
    return WordPieces({name: i for i, name in enumerate(kept)}), [base[name] for name in kept]


def arrays_of(net: Net, pieces: WordPieces, ids: Sequence[int], names: Names) -> dict[str, Array]:
    """What `coding.view.viewer_of` takes: what training changed in the layers, in steps of a 127th of each row's largest change, and the heads."""
    base = base_arrays(LAYERS)
    arrays: dict[str, Array] = {
        "layers": np.array(LAYERS),
        "types": np.array(names.types[1:]),
        "roles": np.array(names.roles[1:]),
        "labels": np.array(names.labels[1:]),
        "pieces.words": np.frombuffer("\n".join(pieces.ids).encode(), dtype=np.uint8),
        "pieces.ids": np.array(ids, dtype=np.uint16),
    }
    for name, value in net.encoder.state_dict().items():
        if not name.startswith("encoder.layer."):
            continue
        array = value.float().numpy()
        if name in base:
            steps, scales = in_steps(array - base[name])
            arrays |= {f"change.{name}": steps, f"scales.{name}": scales}
        else:
            arrays[f"change.{name}"] = array
    heads = {name: p for name, p in net.state_dict().items() if not name.startswith("encoder.")}
    return arrays | {f"head.{name}": value.float().numpy().astype(np.float16) for name, value in heads.items()}
