"""Cards that are kept for a while: the last that were asked for, and no more than so many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from waqai.store.cards import RecentCards


def test_the_last_that_were_asked_for_are_kept_and_no_more_than_so_many() -> None:
    asked: list[str] = []

    def load(missing: Sequence[str]) -> Mapping[str, Any]:
        asked.extend(missing)
        return {account: f"card of {account}" for account in missing if account != "nobody"}

    cards = RecentCards(most=8)
    for n in range(20):
        found = cards.get_all([f"a{n}", "often", f"a{n}", "nobody"], load)
        assert found == {f"a{n}": f"card of a{n}", "often": "card of often"}
        assert len(cards._new) + len(cards._old) <= 8
    assert asked.count("often") == 1 and [name for name in asked if name not in ("often", "nobody")] == [f"a{n}" for n in range(20)]
    for recent in ("a16", "a17", "a18", "a19"):  # more than one half holds
        cards.get_all([recent], load)
        assert asked.count(recent) == 1
    cards.get_all(["a0"], load)
    assert asked.count("a0") == 2
    cards.clear()
    cards.get_all(["a19"], load)
    assert asked.count("a19") == 2
