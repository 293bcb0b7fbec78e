"""Copies of one text: the wire story that eleven outlets print is one voice, not eleven.

Exact copies share the text's SHA-256. Near copies are found by MinHash (Broder 1997): a text becomes the set of its runs of five words, folded in case,
accents and form, and the share of minima that two signatures have in common estimates the Jaccard similarity of those sets. A near copy is kept and
linked, never dropped. Our own few lines of numpy stand here because the usual library takes two seconds to import; the tests hold the two side by side.
Signatures are stable: the constants come from the generator below, not from a library's random numbers, so a store may keep them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

# Independent reports of one incident share under 5 % of their five-word runs (401 development reports, all pairs); a copy cut to half shares 50 %, one
# with every tenth word changed 42 %. With 128 minima the estimate's standard error at 0.4 is 0.043. Lower it and forms filled in anew (a monitor's daily
# list) count as copies; raise it and rewritten wire stories count as independent sources.
NEAR_COPY = 0.4
SHINGLE_WORDS = 5
MINIMA = 128
# 20 keys of 2 minima: a pair of similarity 0.4 meets in one of them with probability 0.97, of 0.5 with 0.997, of 0.05 with 0.05.
BANDS, BAND_MINIMA = 20, 2
SIGNATURE_VERSION = 1

_MAX_CHARACTERS = 400_000  # a longer text is compared by its first 400,000 characters, about 65,000 words
_ROWS = 2_048  # shingles hashed at a time: 2 MB of minima
_U64 = (1 << 64) - 1
# Scripts written without spaces: each of their characters counts as a word.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_Hashes = npt.NDArray[np.uint64]


class NearCopy(NamedTuple):
    """A text in the index and the estimated Jaccard similarity, in [0, 1]."""

    id: str
    jaccard: float


@dataclass(frozen=True, slots=True)
class Signature:
    """The 128 minima of a text as 512 bytes (32-bit, little-endian); no bytes when the text holds no word, which resembles nothing."""

    minima: bytes

    def to_bytes(self) -> bytes:
        """A version byte and the minima: what a store keeps."""
        return bytes([SIGNATURE_VERSION]) + self.minima

    @classmethod
    def from_bytes(cls, kept: bytes) -> Signature:
        """The signature that `to_bytes` wrote. Raises ValueError when it is none, or of another version."""
        if kept[:1] != bytes([SIGNATURE_VERSION]) or len(kept) not in {1, 1 + 4 * MINIMA}:
            raise ValueError(f"{kept[:8]!r}… ({len(kept)} bytes) is no signature of version {SIGNATURE_VERSION}; compute it anew from the text")
        return cls(kept[1:])

    def band_keys(self) -> tuple[int, ...]:
        """20 signed 64-bit keys; near copies share at least one. A store that indexes them finds candidates without reading every signature."""
        width = 4 * BAND_MINIMA
        starts = range(0, BANDS * width if self.minima else 0, width)
        return tuple(
            int.from_bytes(blake2b(self.minima[at : at + width], digest_size=8, salt=bytes([at // width])).digest(), "big", signed=True) for at in starts
        )


class CopyIndex:
    """Signatures by id, found by likeness. Grows in memory by about 5 KB a text (measured); `add` changes it."""

    def __init__(self) -> None:
        self._signatures: dict[str, Signature] = {}
        self._bands: defaultdict[int, list[str]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._signatures)

    def add(self, id: str, signature: Signature) -> None:
        """Keep this text's signature. The same id again with the same signature changes nothing; raises ValueError with another one."""
        known = self._signatures.get(id)
        if known is not None and known != signature:
            raise ValueError(f"{id!r} is in the index with another signature; an id stands for one text")
        if known is None:
            self._signatures[id] = signature
            for key in signature.band_keys():
                self._bands[key].append(id)

    def find(self, signature: Signature, *, threshold: float = NEAR_COPY) -> list[NearCopy]:
        """The texts at least this similar, most similar first, then by id. Below a threshold of 0.3 many are missed (see BANDS)."""
        candidates = {id for key in signature.band_keys() for id in self._bands.get(key, ())}
        return rank_copies(signature, ((id, self._signatures[id]) for id in candidates), threshold=threshold)


def rank_copies(signature: Signature, among: Iterable[tuple[str, Signature]], *, threshold: float = NEAR_COPY) -> list[NearCopy]:
    """Those of the texts (id, signature) that are at least this similar, most similar first, then by id."""
    found = (NearCopy(id, estimate_jaccard(signature, other)) for id, other in among)
    return sorted((copy for copy in found if copy.jaccard >= threshold), key=lambda copy: (-copy.jaccard, copy.id))


def signature(text: str) -> Signature:
    """The MinHash signature of a text.

    >>> signature("Twelve inmates fled on Monday.") == signature("twelve inmates FLED, on Monday")
    True
    """
    hashes = _hash_shingles(_fold(text[:_MAX_CHARACTERS]))
    if not hashes.size:
        return Signature(b"")
    blocks = [_minima(hashes[at : at + _ROWS]) for at in range(0, hashes.size, _ROWS)]
    return Signature(np.min(blocks, axis=0).astype("<u4").tobytes())


def estimate_jaccard(left: Signature, right: Signature) -> float:
    """The estimated share of common five-word runs, in [0, 1]; 0.0 when a text holds no word."""
    if not left.minima or not right.minima:
        return 0.0
    return float(np.mean(np.frombuffer(left.minima, "<u4") == np.frombuffer(right.minima, "<u4")))


def _fold(text: str) -> list[str]:
    """The words, without case, accents, vowel signs and compatibility forms."""
    folded = text.casefold()
    if not folded.isascii():
        folded = "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))
    return _WORD.findall(folded)


def _hash_shingles(words: list[str]) -> _Hashes:
    """Hashes of the distinct runs of five words (of all words when there are fewer), shape `(n_shingles,)`."""
    known = {word: int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") for word in set(words)}
    if not words:
        return np.zeros(0, dtype=np.uint64)
    hashes = np.fromiter((known[word] for word in words), dtype=np.uint64, count=len(words))
    length = min(SHINGLE_WORDS, len(words))
    runs = np.zeros(len(words) - length + 1, dtype=np.uint64)
    for place in range(length):
        runs = _mix(runs ^ hashes[place : place + runs.size])
    return np.unique(runs)


def _minima(hashes: _Hashes) -> npt.NDArray[np.uint32]:
    """The least value of each hash function over the shingles, shape `(MINIMA,)`: multiply-shift on 64 bits (Dietzfelbinger et al. 1997)."""
    permuted = hashes[:, None] * _FACTORS + _ADDENDS
    least: npt.NDArray[np.uint64] = permuted.min(axis=0)
    return (least >> np.uint64(32)).astype(np.uint32)


def _mix(values: _Hashes) -> _Hashes:
    """The finaliser of SplitMix64 (Steele et al. 2014): every bit of the input moves every bit of the output."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


_STATES = _mix(np.arange(2 * MINIMA, dtype=np.uint64))
_FACTORS, _ADDENDS = _STATES[:MINIMA] | np.uint64(1), _STATES[MINIMA:]
