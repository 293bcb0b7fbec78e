"""How a report's words look to a small language model that was tuned on coded reports: what each may tell of, and which numbers and places are whose.

It knows words that no coded report held, and reads a sentence as a whole; the coder knows names, days and the report. Each of the two is asked, and the second
look has learned what to make of both (decision 0023). The model is all-MiniLM-L6-v2 from a package, moved by what training on our own reports changed in its
layers; only the changes are ours and lie in our file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token
from threadpoolctl import threadpool_limits

from waqai.core import MissingPart
from waqai.learned.distance import step_of
from waqai.learned.encoder import gelu
from waqai.learned.files import load_model
from waqai.learned.keyed import Floats
from waqai.learned.linear import softmax
from waqai.learned.minilm import base_arrays
from waqai.learned.odds import NOTHING
from waqai.learned.quick_encoder import QuickEncoder, quick_encoder
from waqai.learned.wordpieces import FIRST, LAST, UNKNOWN, WordPieces
from waqai.parsing.text import WorkingText

VIEW_FILE = Path(__file__).with_name("models") / "view.npz"
ROOM = 398  # pieces of one stretch in training, without its first and last mark
READING_ROOM = 200  # when it reads: half the time for the words to look at each other, and as good (decision 0022)
_CONTENT = frozenset(("NOUN", "PROPN", "VERB", "AUX", "ADJ", "NUM", "PRON", "DET"))
NONE = ""
_LONGEST = 12  # pieces of one word; the rest of a longer one is not looked at


@dataclass(frozen=True, slots=True)
class Stretch:
    """A row of pieces with its two marks, and for each token in it the places [first, last] of its pieces."""

    ids: list[int]
    places: Mapping[int, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """The tuned encoder and what stands on top of it, (n_out, n_in) each: `tell` scores the types, `anchor` and `item` turn the vectors of a telling and of
    an item, with `near` for their distance, into what `role` scores as `roles` and `own` as `labels` (a measure, "day", "place"). The first type, role and
    label is none."""

    encoder: QuickEncoder
    pieces: WordPieces
    types: tuple[str, ...]
    roles: tuple[str, ...]
    labels: tuple[str, ...]
    heads: Mapping[str, Floats]

    def view(self, doc: Doc, text: WorkingText, words: Collection[Token]) -> View:
        """The paragraphs that hold these words."""
        blocks = {text.block_at(word.idx) for word in words}
        vectors: list[Floats] = []
        where: dict[int, Place] = {}
        for i, stretch in enumerate(iter_stretches(doc, text, self.pieces, blocks=blocks, room=READING_ROOM)):
            places = {token: place for token, place in stretch.places.items() if doc[token].pos_ in _CONTENT}
            wanted = [k for first, last in places.values() for k in range(first, last + 1)]
            row = {k: at for at, k in enumerate(wanted)}
            vectors.append(self.encoder.encode(stretch.ids, wanted=wanted))
            where |= {token: Place(stretch=i, first=row[first], last=row[last], at=first) for token, (first, last) in places.items()}
        return View(self, vectors, where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a word stands: its stretch, the rows [first, last] of its pieces among the vectors of that, and the number of its first piece in the stretch."""

    stretch: int
    first: int
    last: int
    at: int


@dataclass(frozen=True)
class View:
    """What the viewer saw of one report; None for words that it was not shown, and for words without content."""

    viewer: Viewer
    vectors: Sequence[Floats]
    where: Mapping[int, Place]
    _anchors: dict[int, Floats] = field(default_factory=dict)
    _items: dict[int, Floats] = field(default_factory=dict)

    def types_of(self, token: Token) -> Floats | None:
        """The probabilities of `viewer.types`: that the word tells of nothing, and of each type."""
        place = self.where.get(token.i)
        return self._types[place.stretch][place.first] if place is not None else None

    @cached_property
    def _types(self) -> list[Floats]:
        heads = self.viewer.heads
        return [np.asarray(softmax(rows @ heads["tell.weight"].T + heads["tell.bias"])) for rows in self.vectors]

    def roles_of(self, teller: Token, items: Sequence[Token], roles: Sequence[str]) -> list[float]:
        """How probably each item takes part in its role; not a number where the two stand in different stretches, or in a role that the model never met."""
        return self._belong(teller, items, roles, head="role", names=self.viewer.roles)

    def labels_of(self, teller: Token, items: Sequence[Token], labels: Sequence[str]) -> list[float]:
        """How probably each item is the telling's day or place, or counts its measure of it; not a number as for `roles_of`."""
        return self._belong(teller, items, labels, head="own", names=self.viewer.labels)

    def _belong(self, teller: Token, items: Sequence[Token], given: Sequence[str], *, head: str, names: Sequence[str]) -> list[float]:
        found = [NOTHING] * len(items)
        ours = self.where.get(teller.i)
        if ours is None:
            return found
        near = {k: place for k, item in enumerate(items) if (place := self.where.get(item.i)) is not None and place.stretch == ours.stretch}
        if not near:
            return found
        heads = self.viewer.heads
        steps = heads["near.weight"][[step_of(place.at - ours.at) for place in near.values()]]
        hidden = self._anchor(teller.i, ours) + self._items_of(ours.stretch)[[place.first for place in near.values()]] + steps
        chances = softmax(gelu(hidden.astype(np.float32)) @ heads[f"{head}.weight"].T + heads[f"{head}.bias"])
        for k, row in zip(near, chances, strict=True):
            if given[k] in names:
                found[k] = float(row[names.index(given[k])])
        return found

    def _anchor(self, token: int, place: Place) -> Floats:
        if token not in self._anchors:
            heads, vectors = self.viewer.heads, self.vectors[place.stretch]
            self._anchors[token] = np.asarray(heads["anchor.weight"] @ vectors[place.first : place.last + 1].mean(axis=0) + heads["anchor.bias"])
        return self._anchors[token]

    def _items_of(self, stretch: int) -> Floats:
        """The vectors of a stretch as those of items."""
        if stretch not in self._items:
            heads = self.viewer.heads
            self._items[stretch] = np.asarray(self.vectors[stretch] @ heads["item.weight"].T + heads["item.bias"])
        return self._items[stretch]


def iter_stretches(doc: Doc, text: WorkingText, pieces: WordPieces, *, blocks: Collection[int] | None = None, room: int = ROOM) -> Iterator[Stretch]:
    """The report (or these of its paragraphs) in stretches: as many whole paragraphs in each as have room, one that has none cut where it must be."""
    free = room
    cut: dict[str, list[int]] = {}
    group: list[tuple[int, list[int]]] = []
    for paragraph in _paragraphs(doc, text):
        if blocks is not None and text.block_at(paragraph[0].idx) not in blocks:
            continue
        words = [(t.i, cut[t.text] if t.text in cut else cut.setdefault(t.text, pieces.of_word(t.text)[:_LONGEST])) for t in paragraph]
        if sum(len(own) for _, own in words) > free and group:
            yield _stretch(group, pieces)
            group, free = [], room
        for i, own in words:
            if len(own) > free:
                yield _stretch(group, pieces)
                group, free = [], room
            if own:
                group.append((i, own))
                free -= len(own)
    if group:
        yield _stretch(group, pieces)


def _paragraphs(doc: Doc, text: WorkingText) -> Iterator[list[Token]]:
    found: list[Token] = []
    block = -1
    for token in doc:
        own = text.block_at(token.idx)
        if own != block and found:
            yield found
            found = []
        block = own
        found.append(token)
    if found:
        yield found


def _stretch(group: Sequence[tuple[int, list[int]]], pieces: WordPieces) -> Stretch:
    ids, places = [pieces.ids[FIRST]], {}
    for i, own in group:
        places[i] = (len(ids), len(ids) + len(own) - 1)
        ids += own
    return Stretch([*ids, pieces.ids[LAST]], places)


@cache
def keep_to_one_thread() -> None:
    """From now on this process multiplies matrices on one thread: such small ones gain nothing from more, which wait for each other at full load."""
    threadpool_limits(limits=1, user_api="blas")  # type: ignore[no-untyped-call]


@cache
def load_viewer(path: Path = VIEW_FILE) -> tuple[Viewer, str]:
    """The viewer of a file, and its version. Raises MissingPart where the file or the package with the frozen weights is missing or does not fit."""
    keep_to_one_thread()
    file = load_model(path)
    try:
        return viewer_of(file.arrays), file.card.version
    except KeyError as error:
        raise MissingPart(f"the model file {path.name!r} lacks {error}; it was trained for another version of waqai") from error


def viewer_of(arrays: Mapping[str, NDArray[Any]]) -> Viewer:
    """The viewer whose changes, heads and vocabulary these are. Raises KeyError, MissingPart."""
    words = bytes(arrays["pieces.words"]).decode().split("\n")
    heads = {n.removeprefix("head."): a.astype(np.float32) for n, a in arrays.items() if n.startswith("head.")}
    return Viewer(
        encoder=quick_encoder(tuned_arrays(arrays), arrays["graph"]),
        pieces=WordPieces({word: i for i, word in enumerate(words)}),
        types=(NONE, *map(str, arrays["types"])),
        roles=(NONE, *map(str, arrays["roles"])),
        labels=(NONE, *map(str, arrays["labels"])),
        heads=heads,
    )


def tuned_arrays(arrays: Mapping[str, NDArray[Any]]) -> dict[str, Floats]:
    """The frozen weights with what training changed in them. Raises KeyError, MissingPart."""
    base = base_arrays(int(arrays["layers"]), rows=arrays["pieces.ids"].tolist())
    for name in [n.removeprefix("change.") for n in arrays if n.startswith("change.")]:
        change = arrays[f"change.{name}"].astype(np.float32)
        scales = arrays.get(f"scales.{name}")
        base[name] = base[name] + change * scales[:, None] if scales is not None else change
    return base


def own_words(words: Collection[str]) -> list[str]:
    """The vocabulary in the order of its numbers: the marks, then these pieces."""
    return [UNKNOWN, FIRST, LAST, *sorted(set(words) - {UNKNOWN, FIRST, LAST})]
