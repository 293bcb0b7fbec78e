"""What a report's words leave behind, small enough to stand beside thousands of others: from two imprints follows how alike two texts can be at most.

An imprint holds each stem of the text as a slot (16 bits of a hash) with its weight in the text's vector, rounded up, and the slots of its proper names.
Stems that share a slot can only add: what is found is never less than the likeness of the texts (`score_cosine`, `score_shared_names`), and seldom much more
(a text has some 150 stems, there are 65,536 slots). No word can be read off it, but it is made of words, and goes when its report is erased.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt

from waqai.core import Day, Report
from waqai.core.cards import BODY
from waqai.linking.headlines import FRAMES, find_frames
from waqai.linking.tellings import words_of_news
from waqai.linking.words import NAMES_MOST, load_counts, proper_names, score_name, vector

VERSION = 2
"""To be raised when texts are folded, cut to stems or weighed otherwise: an imprint of another version says nothing. The counts are hashed beside it."""
SLOTS = 1 << 16
_FULL = 255  # a weight of 1
_HEAD = struct.Struct("<5sIBHH")  # stamp, day of publication (0: none), frames, number of stems, number of names
_SLACK = 1e-4  # what sums of 32-bit numbers may lack
_Floats: TypeAlias = npt.NDArray[np.float64]


class Imprint(NamedTuple):
    """`frames` as `find_frames` has them. `stems` are slots (two bytes each), `weights` a byte for each of them, `names` slots."""

    published: Day | None
    frames: tuple[tuple[str, str], ...]
    stems: bytes
    weights: bytes
    names: bytes


class Likeness(NamedTuple):
    """What `score_cosine` and `score_shared_names` of two texts come to at most."""

    text: float
    names: float


def make_imprint(report: Report) -> bytes:
    """The imprint of a report's headline and first lines, as the store keeps it."""
    title = report.title or ""
    text = words_of_news(title, report.text[:BODY])
    stems = [(_slot(s), min(_FULL, math.ceil(x * _FULL))) for s, x in vector(text).items() if x > 0]
    names = [_slot(s) for s in sorted(proper_names(text)) if score_name(s) > 0]
    frames = sum(1 << place for place, frame in enumerate(FRAMES) if frame in find_frames(title))
    head = _HEAD.pack(_stamp(), report.published.toordinal() if report.published else 0, frames, len(stems), len(names))
    return head + struct.pack(f"<{len(stems)}H{len(stems)}B{len(names)}H", *(slot for slot, _ in stems), *(weight for _, weight in stems), *names)


def read_imprint(kept: bytes | None) -> Imprint | None:
    """What `make_imprint` wrote; None for one of another version, and where there is none."""
    if kept is None:
        return None
    stamp, published, frames, stems, names = _HEAD.unpack_from(kept)
    if stamp != _stamp():
        return None
    ends = (_HEAD.size, _HEAD.size + 2 * stems, _HEAD.size + 3 * stems, _HEAD.size + 3 * stems + 2 * names)
    found = tuple(frame for place, frame in enumerate(FRAMES) if frames >> place & 1)
    return Imprint(Day.fromordinal(published) if published else None, found, *(kept[begin:end] for begin, end in pairwise(ends)))


def bound_likeness(text: str, imprints: Sequence[Imprint]) -> tuple[_Floats, _Floats]:
    """What `score_cosine` and `score_shared_names` of this text with the texts of the imprints come to at most, each of shape `(n_imprints,)`.

    >>> reports = [Report(id=t, text=t, sha256=t) for t in ("Guards of Kuje fled.", "Talks were held in Rome.")]
    >>> text, _ = bound_likeness("Guards of Kuje fled.", [read_imprint(make_imprint(report)) for report in reports])
    >>> bool(text[0] > 0.99 > 0.1 > text[1])
    True
    """
    weights = np.frombuffer(b"".join([one.weights for one in imprints]), "<u1")
    shared = _sums(vector(text).items(), [one.stems for one in imprints], weights / np.float32(_FULL))
    named = _sums(((s, score_name(s)) for s in proper_names(text)), [one.names for one in imprints], None)
    return np.minimum(1.0, shared + _SLACK), np.minimum(NAMES_MOST, named + _SLACK)


def _sums(amounts: Iterable[tuple[str, float]], slots: Sequence[bytes], weights: Any) -> _Floats:
    """For each run of slots the sum of what these stems have there, weighed. One spread at a time: a second one of the size costs more than all the rest."""
    found = _spread(amounts)[np.frombuffer(b"".join(slots), "<u2")]
    owners = np.repeat(np.arange(len(slots)), [len(run) // 2 for run in slots])
    return np.bincount(owners, found if weights is None else found * weights, len(slots)).astype(np.float64)


def _spread(amounts: Iterable[tuple[str, float]]) -> npt.NDArray[np.float32]:
    """What each slot holds, shape `(SLOTS,)`."""
    found: dict[int, float] = {}
    for stem, amount in amounts:
        found[_slot(stem)] = found.get(_slot(stem), 0.0) + amount
    spread = np.zeros(SLOTS, np.float32)
    spread[list(found)] = list(found.values())
    return spread


@lru_cache(maxsize=65536)
def _slot(stem: str) -> int:
    return crc32(stem.encode("utf-8", "surrogatepass")) % SLOTS


@cache
def _stamp() -> bytes:
    """What tells imprints of other rules apart: the version, and a hash of the counts that stems are weighed by."""
    total, counts = load_counts()
    return bytes([VERSION]) + blake2b(repr((total, sorted(counts.items()))).encode(), digest_size=4).digest()
