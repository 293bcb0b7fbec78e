from __future__ import annotations

import random

import pytest

from waqai.core import StoreError
from waqai.originals.packing import pack, unpack


def test_what_packing_makes_smaller_is_packed_and_what_it_does_not_lies_as_it_is() -> None:
    noise = random.Random(1).randbytes(10_000)
    assert pack(noise) == ("none", noise)
    packing, kept = pack(b"<p>page</p>" * 100)
    assert packing == "zlib" and len(kept) < 100 and unpack(packing, kept, size=1100) == b"<p>page</p>" * 100


def test_a_damaged_row_cannot_fill_the_memory() -> None:
    _, bomb = pack(b"\x00" * 5_000_000)
    assert len(unpack("zlib", bomb, size=10)) == 11


def test_a_packing_of_a_newer_waqai_is_named() -> None:
    with pytest.raises(StoreError, match="'zstd', which this waqai does not know"):
        unpack("zstd", b"", size=0)
