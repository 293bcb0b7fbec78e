"""What a small language model, tuned on labelled texts, sees in a text: which words fill which role, which sentences tell of which type of incident.

It begins as the shipped viewer's encoder (`waqai.coding.view`), which learned from our own reports. Three are tuned, each on two thirds of the texts: the later
stages learn from what the one sees that had not learned from the text, and of a new text all three are asked, and the mean of their log odds is taken. As GTT
and DyGIE++, with fine-tuning end to end (Du et al. 2021, Wadden et al. 2019); without their decoders, since the trees behind it decide.
"""

from __future__ import annotations

import hashlib
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
from scripts.training.muc4.looks import ALL_ROLES, wanted_keys
from scripts.training.muc4.mentions import find_mentions
from scripts.training.muc4.parsed import Parsed
from scripts.training.muc4.seen import LEAST, Seen
from scripts.training.muc4.sources import TYPES
from scripts.training.muc4.texts import sentence_labels
from waqai.coding.view import VIEW_FILE, tuned_arrays
from waqai.learned.files import Array, load_model
from waqai.learned.minilm import HEADS, HIDDEN, LAYERS
from waqai.learned.wordpieces import FIRST, LAST, WordPieces

PARTS = 3
_EPOCHS, _BATCH = 4, 8
_RATE, _HEAD_RATE, _WARM = 2e-4, 3e-3, 60
_FROZEN = 2  # layers, with the embeddings
_DROP = 0.1
_ROOM = 254  # pieces of a stretch without its two marks
_LONGEST = 12  # pieces of one word
_PER_WORDS, _PER_SENTENCES = 10, 1.5  # losses are divided by these, to be of the size of one
_IRRELEVANT = 0.3  # the share of the texts without an incident that it learns from


@dataclass(frozen=True, slots=True)
class Stretch:
    """`ids` with its two marks; of each token its pieces [first, last); the sentences in it and (n_sentences, n_pieces) the share of each piece in them."""

    ids: Sequence[int]
    places: Mapping[int, tuple[int, int]]
    sentences: Sequence[int]
    shares: np.ndarray


@dataclass(frozen=True, slots=True)
class Example:
    """A stretch with what is wanted of it: (n_pieces, n_roles) and (n_sentences, n_types)."""

    stretch: Stretch
    roles: np.ndarray
    types: np.ndarray


class Net(torch.nn.Module):  # type: ignore[misc]
    """The encoder with a score for each role of each piece and for each type of each sentence."""

    def __init__(self, base: Mapping[str, np.ndarray]) -> None:
        super().__init__()
        torch.manual_seed(0)
        words = len(base["embeddings.word_embeddings.weight"])
        config = BertConfig(vocab_size=words, hidden_size=HIDDEN, num_hidden_layers=LAYERS, num_attention_heads=HEADS, intermediate_size=4 * HIDDEN)
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.encoder.load_state_dict(self.encoder.state_dict() | {name: torch.tensor(array.astype(np.float32)) for name, array in base.items()})
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:_FROZEN]):
            part.requires_grad_(False)
        self.drop = torch.nn.Dropout(_DROP)
        self.role, self.sent = torch.nn.Linear(HIDDEN, len(ALL_ROLES)), torch.nn.Linear(2 * HIDDEN, len(TYPES))
        torch.nn.init.constant_(self.role.bias, -4.0)
        torch.nn.init.constant_(self.sent.bias, -3.0)

    def forward(self, ids: Any, mask: Any, shares: Sequence[Any]) -> tuple[Any, list[Any]]:
        """(n_stretches, n_pieces, n_roles), and of each stretch (n_sentences, n_types)."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        vectors = self.drop(hidden.float())
        told = []
        for own, share in zip(vectors, shares, strict=True):
            pieces = own[: share.shape[1]]
            outside = torch.where(share > 0, 0.0, -1e4)[:, :, None]
            told.append(self.sent(torch.cat([share @ pieces, (pieces[None] + outside).max(1)[0]], 1)))
        return self.role(vectors), told


@dataclass(frozen=True, slots=True)
class Seeing:
    """The tuned nets, `PARTS` of them."""

    nets: Sequence[Net]
    pieces: WordPieces

    def see(self, parsed: Parsed) -> Seen:
        """What they see together in a text that none of them has learned from."""
        seen = [see_with(net, parsed, self.pieces) for net in self.nets]
        return Seen(words=np.mean([s.words for s in seen], axis=0), sentences=np.mean([s.sentences for s in seen], axis=0))

    def to_arrays(self) -> dict[str, Array]:
        """What `from_arrays` takes back: all that training could change."""
        return {
            f"seeing.{k}.{name}": value.float().numpy().astype(np.float16)
            for k, net in enumerate(self.nets)
            for name, value in net.state_dict().items()
            if not name.startswith("encoder.embeddings.")
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array]) -> Seeing:
        """The nets stored in these arrays. Raises KeyError where they are not there."""
        base, pieces = _beginning()
        nets = []
        for k in range(PARTS):
            net = Net(base)
            kept = {
                name: torch.tensor(arrays[f"seeing.{k}.{name}"].astype(np.float32)) for name in net.state_dict() if not name.startswith("encoder.embeddings.")
            }
            net.load_state_dict(kept, strict=False)
            nets.append(net.eval())
        return cls(nets, pieces)


def learn_to_see(parsed: Sequence[Parsed]) -> tuple[list[Seen], Seeing]:
    """For each text what the net sees that has not learned from it; and all nets. Some half an hour on two cores."""
    base, pieces = _beginning()
    parts = np.array([part_of(p.document.id) for p in parsed])
    chosen = random.Random(1)
    used = [bool(p.document.keys) or chosen.random() < _IRRELEVANT for p in parsed]
    examples = [list(_iter_examples(p, pieces)) if use else [] for p, use in zip(parsed, used, strict=True)]
    nets = [tune(Net(base), [e for i, own in enumerate(examples) if parts[i] != part for e in own], tag=f"part {part}") for part in range(PARTS)]
    return [see_with(nets[part], p, pieces) for part, p in zip(parts, parsed, strict=True)], Seeing(nets, pieces)


def part_of(id: str) -> int:
    """The third that a text belongs to, by its id alone; other parts than those of the first looks."""
    return int(hashlib.sha256(f"v{id}".encode()).hexdigest(), 16) % PARTS


def tune(net: Net, examples: Sequence[Example], *, tag: str) -> Net:
    """The net after some epochs of these examples, by AdamW with a short warm-up and a straight way down."""
    shuffler = random.Random(0)
    steps = _EPOCHS * math.ceil(len(examples) / _BATCH)
    optimizer, schedule = descend(net, rate=_RATE, head_rate=_HEAD_RATE, warm=_WARM, steps=steps)
    net.train()
    began = time.monotonic()
    for step, batch in enumerate(b for _ in range(_EPOCHS) for b in _batches(examples, shuffler)):
        loss = _loss(net, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        if step % 100 == 0:
            print(f"muc4: seeing, {tag}: step {step} of {steps}, loss {float(loss.detach()):.2f}, {time.monotonic() - began:.0f} s", flush=True)
    return net.eval()  # type: ignore[no-any-return]


def see_with(net: Net, parsed: Parsed, pieces: WordPieces) -> Seen:
    """What one net sees."""
    words = np.full((len(parsed.doc), len(ALL_ROLES)), LEAST, np.float32)
    sentences = np.full((len(parsed.sentences), len(TYPES)), LEAST, np.float32)
    with torch.no_grad():
        for stretch in _iter_stretches(parsed, pieces):
            ids = torch.tensor([stretch.ids])
            roles, told = net(ids, torch.ones_like(ids), [torch.tensor(stretch.shares)])
            scores = roles[0].numpy()
            for token, (first, end) in stretch.places.items():
                words[token] = scores[first:end].mean(axis=0)
            sentences[stretch.sentences] = np.maximum(sentences[stretch.sentences], told[0].numpy())
    return Seen(words=np.clip(words, LEAST, -LEAST), sentences=np.clip(sentences, LEAST, -LEAST))


def _beginning() -> tuple[dict[str, np.ndarray], WordPieces]:
    """The encoder's arrays as tuning begins, and its pieces: those of the shipped viewer."""
    arrays = load_model(VIEW_FILE).arrays
    words = bytes(arrays["pieces.words"]).decode().split("\n")
    return tuned_arrays(arrays), WordPieces({word: i for i, word in enumerate(words)})


def _loss(net: Net, batch: Sequence[Example]) -> Any:
    width = max(len(e.stretch.ids) for e in batch)
    ids, mask = torch.zeros(len(batch), width, dtype=torch.long), torch.zeros(len(batch), width, dtype=torch.long)
    wanted = torch.zeros(len(batch), width, len(ALL_ROLES))
    for k, example in enumerate(batch):
        size = len(example.stretch.ids)
        ids[k, :size], mask[k, :size], wanted[k, :size] = torch.tensor(example.stretch.ids), 1, torch.tensor(example.roles)
    roles, told = net(ids, mask, [torch.tensor(e.stretch.shares) for e in batch])
    of_words = functional.binary_cross_entropy_with_logits(roles, wanted, reduction="none").sum(2)
    of_sentences = sum(functional.binary_cross_entropy_with_logits(t, torch.tensor(e.types), reduction="sum") for t, e in zip(told, batch, strict=True))
    return (of_words * mask).sum() / (len(batch) * _PER_WORDS) + of_sentences / (len(batch) * _PER_SENTENCES)


def _batches(examples: Sequence[Example], shuffler: random.Random) -> list[Sequence[Example]]:
    """One epoch: batches of like length in random order."""
    ordered = sorted(examples, key=lambda e: (len(e.stretch.ids) // 24, shuffler.random()))
    batches: list[Sequence[Example]] = [ordered[i : i + _BATCH] for i in range(0, len(ordered), _BATCH)]
    shuffler.shuffle(batches)
    return batches


def _iter_examples(parsed: Parsed, pieces: WordPieces) -> Iterator[Example]:
    wanted, told = wanted_keys(parsed), sentence_labels(parsed)
    fills = np.zeros((len(parsed.doc), len(ALL_ROLES)), np.float32)
    for mention in find_mentions(parsed.doc):
        for number, role in enumerate(ALL_ROLES):
            if mention.key in wanted[role]:
                fills[mention.start : mention.end, number] = 1
    for stretch in _iter_stretches(parsed, pieces):
        roles = np.zeros((len(stretch.ids), len(ALL_ROLES)), np.float32)
        for token, (first, end) in stretch.places.items():
            roles[first:end] = fills[token]
        yield Example(stretch, roles, np.array([[name in told[n] for name in TYPES] for n in stretch.sentences], np.float32))


def _iter_stretches(parsed: Parsed, pieces: WordPieces) -> Iterator[Stretch]:
    """The text in stretches of whole sentences, as many in each as have room; one that has none is cut where it must be."""
    row: list[tuple[int, list[int], int]] = []
    free = _ROOM
    for number, (start, end) in enumerate(parsed.sentences):
        words = [(i, own) for i in range(start, end) if (own := pieces.of_word(parsed.doc[i].text)[:_LONGEST])]
        if row and sum(len(own) for _, own in words) > free:
            yield _stretch(row, pieces)
            row, free = [], _ROOM
        for i, own in words:
            if len(own) > free:
                yield _stretch(row, pieces)
                row, free = [], _ROOM
            row.append((i, own, number))
            free -= len(own)
    if row:
        yield _stretch(row, pieces)


def _stretch(row: Sequence[tuple[int, list[int], int]], pieces: WordPieces) -> Stretch:
    ids, of_sentence, places = [pieces.ids[FIRST]], [-1], {}
    for token, own, number in row:
        places[token] = (len(ids), len(ids) + len(own))
        ids += own
        of_sentence += [number] * len(own)
    sentences = sorted({n for n in of_sentence if n >= 0})
    shares = np.array([[n == number for n in (*of_sentence, -1)] for number in sentences], np.float32)
    return Stretch([*ids, pieces.ids[LAST]], places, sentences, shares / shares.sum(axis=1, keepdims=True))
