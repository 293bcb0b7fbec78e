"""A body comes out as it was packed, however it is cut into pieces, and never larger than its bounds."""

from __future__ import annotations

import gzip
import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.core import FetchFailed
from waqai.fetching.decoding import Body
from waqai.fetching.fetched import FetchLimits

LIMITS = FetchLimits()
PACKS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "deflate, raw": lambda body: zlib.compress(body, wbits=-15),
    "gzip, members": lambda body: gzip.compress(body[: len(body) // 2]) + gzip.compress(body[len(body) // 2 :]),
}


@given(st.sampled_from(sorted(PACKS)), st.binary(max_size=300).map(lambda part: part * 700), st.integers(0, 2**32), st.sampled_from([1, 7, 1_000, 70_000]))
def test_a_packed_body_comes_out_however_it_is_cut(pack: str, whole: bytes, seed: int, most: int) -> None:
    packed, body, at, chance = PACKS[pack](whole), Body(pack.split(",")[0], limits=LIMITS), 0, random.Random(seed)
    while at < len(packed):
        size = chance.randint(1, most)
        body.take(packed[at : at + size])
        at += size
    assert body.close() == whole


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "", "br", "gzip,gzip"]))
def test_whatever_comes_it_is_bytes_or_a_failure(raw: bytes, coding: str) -> None:
    try:
        body = Body(coding, limits=LIMITS)
        body.take(raw)
        assert isinstance(body.close(), bytes)
    except FetchFailed as error:
        assert error.outcome


@pytest.mark.parametrize("size", [99_999, 100_000, 100_001])
@pytest.mark.parametrize("coding", ["", "gzip"])
def test_a_body_of_the_most_bytes_is_taken_and_one_more_is_not(size: int, coding: str) -> None:
    whole = random.Random(1).randbytes(size)
    body = Body(coding, limits=FetchLimits(most_bytes=100_000))
    if size > 100_000:
        with pytest.raises(FetchFailed, match="more than 100,000 bytes"):
            body.take(gzip.compress(whole) if coding else whole)
    else:
        body.take(gzip.compress(whole) if coding else whole)
        assert body.close() == whole
    cut = Body(coding, limits=FetchLimits(most_bytes=100_000), cuts=True)
    cut.take(gzip.compress(whole) if coding else whole)
    assert cut.close() == whole[:100_000] and cut.is_full is (size > 100_000)


def test_a_dense_page_is_taken_while_it_is_small() -> None:
    """A table of nothing but blanks packs 1,000 times: a megabyte of it is no trap, and ten are."""
    body = Body("gzip", limits=LIMITS)
    body.take(gzip.compress(bytes(1_000_000)))
    assert len(body.close()) == 1_000_000
    with pytest.raises(FetchFailed) as caught:
        Body("gzip", limits=LIMITS).take(gzip.compress(bytes(10_000_000)))
    assert caught.value.outcome == "packed too densely"


def test_what_breaks_off_is_no_page() -> None:
    for packed in (gzip.compress(b"x" * 99), gzip.compress(b"x") + gzip.compress(b"y" * 99)):
        body = Body("gzip", limits=LIMITS)
        body.take(packed[:-9])
        with pytest.raises(FetchFailed, match="breaks off"):
            body.close()
    assert Body("gzip", limits=LIMITS).close() == b""


def test_a_piece_that_ends_amid_the_last_bytes_is_no_end() -> None:
    """Without a trailer behind them, all bytes can be taken in while some of what they unpack to is still to come."""
    for size in range(65_530, 65_536 + 300):
        body = Body("deflate", limits=LIMITS)
        body.take(zlib.compress(bytes(size), wbits=-15))
        assert len(body.close()) == size
