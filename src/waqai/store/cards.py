"""Cards that were read not long ago, kept for whoever compares with the same accounts again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from waqai.core import Card

MOST = 5_000
"""Cards that are kept: some 15 kB each. News is compared with news of the same weeks, over and over; what else is there is hardly asked for twice."""


class RecentCards:
    """Cards by account id. In two halves: when the newer one is full, the older one goes. Threads may share it."""

    def __init__(self, most: int = MOST) -> None:
        self._half, self._new, self._old = most // 2, dict[str, Card](), dict[str, Card]()

    def get_all(self, accounts: Sequence[str], load: Callable[[Sequence[str]], Mapping[str, Card]]) -> dict[str, Card]:
        """The cards of these accounts; `load` is asked for those that are not here, and an account that it does not give is left out."""
        found: dict[str, Card] = {}
        new, old = self._new, self._old
        for account in accounts:
            card = new.get(account) or old.get(account)
            if card is not None:
                found[account] = card
        missing = [account for account in dict.fromkeys(accounts) if account not in found]
        found |= load(missing) if missing else {}
        if len(new) + sum(account not in new for account in found) > self._half:
            self._old, self._new = new, {}
        self._new.update(found)
        return found

    def clear(self) -> None:
        """Forget all: what was read may not have been kept."""
        self._new, self._old = {}, {}
