"""What an encoder makes of each word by itself: a word of a cue, of a speaker, of a content. The tagger adds these opinions to its own scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from waqai.attribution.layout import Layout, sentence_bounds
from waqai.learned.encoder import Encoder, Floats, encoder_arrays, encoder_of
from waqai.learned.files import Array
from waqai.learned.wordpieces import FIRST, LAST, WordPieces

ROOM = 126  # pieces of one row, without its first and last mark
_LONGEST = 12  # pieces of one word; the rest of a longer one is not looked at
_NO = np.float32(-12.0)  # the log probability that a space is part of anything
KINDS = ("cue", "speaker", "content")
PLACES = ("O", "B", "I")  # outside, first word, further word

Row = tuple[list[int], list[tuple[int, int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinions:
    """An encoder with a line of `weights` (n_kinds * n_places, n_hidden) and `bias` on top. `on_cues` and `on_roles` say how much its opinions weigh."""

    encoder: Encoder
    pieces: WordPieces
    weights: Floats
    bias: Floats
    on_cues: float
    on_roles: float

    def of(self, doc: Doc, *, layout: Layout) -> Floats:
        """The log probability of each place in each kind of span, (n_tokens, n_kinds, n_places)."""
        found = np.full((len(doc), len(KINDS), len(PLACES)), _NO, dtype=np.float32)
        found[:, :, 0] = 0.0
        for ids, firsts in rows_of(doc, layout=layout, pieces=self.pieces):
            scores = (self.encoder.encode(ids) @ self.weights.T + self.bias).reshape(len(ids), len(KINDS), len(PLACES))
            scores -= scores.max(axis=-1, keepdims=True)
            logs = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
            for position, token in firsts:
                found[token] = logs[position]
        return found


def rows_of(doc: Doc, *, layout: Layout, pieces: WordPieces) -> list[Row]:
    """The report as rows for an encoder, as many whole sentences in each as have room: its pieces, and (position of its first piece, token) of each word."""
    cut = [pieces.of_word(token.text)[:_LONGEST] for token in doc]
    groups: list[list[int]] = [[]]
    room = ROOM
    for start, end in sentence_bounds(layout):
        words = [i for i in range(start, end) if cut[i]]
        size = sum(len(cut[i]) for i in words)
        if size > room:
            groups.append([])
            room = ROOM
        for i in words:
            if len(cut[i]) > room:
                groups.append([])
                room = ROOM
            groups[-1].append(i)
            room -= len(cut[i])
    return [_row(group, cut, pieces) for group in groups if group]


def _row(group: Sequence[int], cut: Sequence[list[int]], pieces: WordPieces) -> Row:
    ids, firsts = [pieces.ids[FIRST]], []
    for i in group:
        firsts.append((len(ids), i))
        ids += cut[i]
    return [*ids, pieces.ids[LAST]], firsts


def opinions_arrays(opinions: Opinions) -> dict[str, Array]:
    """The arrays of a model file that hold these opinions."""
    words = sorted(opinions.pieces.ids, key=opinions.pieces.ids.__getitem__)
    return {
        **encoder_arrays(opinions.encoder, prefix="encoder_"),
        "opinions_vocabulary": np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        "opinions_weights": opinions.weights,
        "opinions_bias": opinions.bias,
        "opinions_weigh": np.array([opinions.on_cues, opinions.on_roles], dtype=np.float32),
    }


def opinions_of(arrays: Mapping[str, Array]) -> Opinions | None:
    """The opinions that `opinions_arrays` made these from; None where a model has none."""
    if "opinions_weights" not in arrays:
        return None
    words = bytes(arrays["opinions_vocabulary"]).decode().split("\n")
    on_cues, on_roles = (float(weight) for weight in arrays["opinions_weigh"])
    return Opinions(
        encoder=encoder_of(arrays, prefix="encoder_"),
        pieces=WordPieces({word: i for i, word in enumerate(words)}),
        weights=arrays["opinions_weights"].astype(np.float32),
        bias=arrays["opinions_bias"].astype(np.float32),
        on_cues=on_cues,
        on_roles=on_roles,
    )
