"""A column is made anew from what stays of it and what comes in."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from waqai.browse.splicing import NOWHERE, make_splice


@st.composite
def changes(draw: st.DrawFn) -> tuple[list[int], list[int], list[int], list[int]]:
    """A column, the places that leave it, and what comes in before which places."""
    old = draw(st.lists(st.integers(0, 9), max_size=12))
    gone = sorted(draw(st.sets(st.sampled_from(range(len(old)))))) if old else []
    before = sorted(draw(st.lists(st.integers(0, len(old)), max_size=6)))
    return old, gone, before, draw(st.lists(st.integers(10, 99), min_size=len(before), max_size=len(before)))


@given(changes())
def test_what_stays_and_what_comes_in_stand_in_their_places(change: tuple[list[int], list[int], list[int], list[int]]) -> None:
    old, gone, before, come = change
    expected: list[int] = []
    for place in range(len(old) + 1):
        expected += [value for value, at in zip(come, before, strict=True) if at == place]
        expected += [] if place == len(old) or place in gone else [old[place]]
    splice = make_splice(len(old), gone=gone, before=before)
    assert splice.items(old, come) == splice.column(np.array(old, dtype=np.int64), np.array(come, dtype=np.int64)).tolist() == expected
    assert splice.column(np.array([old, old], dtype=np.int64), np.array([come, come], dtype=np.int64)).tolist() == [expected, expected]

    stands, stands_in = splice.places()
    assert [place for place, now in enumerate(stands.tolist()) if now == NOWHERE] == gone
    assert [expected[now] for now in stands.tolist() if now != NOWHERE] == [value for place, value in enumerate(old) if place not in gone]
    assert [expected[now] for now in stands_in.tolist()] == come
