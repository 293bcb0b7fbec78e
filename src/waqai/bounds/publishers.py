"""Who printed a report may be told, as sources must be named: unless the name is plainly a private person's."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from waqai.bounds.capitals import iter_words
from waqai.bounds.common import MEDIA

LEAST_LETTERS = 4
"""Of a publisher's name, for its letters to be looked for in an address: three are in too many."""
_ENDINGS = ("news", "press", "times", "media", "radio")
_LETTERS = re.compile(r"[^\W_]+")


class Publishers:
    """The publishers of a store, each with the hosts of its addresses."""

    def __init__(self, hosts: Mapping[str, Collection[str]]) -> None:
        self._told = frozenset(name for name, those in hosts.items() if is_outlet(name, those))

    def holds(self, name: str) -> bool:
        """Whether a publisher is called so, and may be named."""
        return name in self._told


def is_outlet(name: str, hosts: Collection[str]) -> bool:
    """Whether a publisher's name is no private person's: it is one word, holds a word of the trade, or is what a host of its addresses is called.

    >>> is_outlet("Daily Trust", ()), is_outlet("Karim Aziz", ["example.org"]), is_outlet("Enab Baladi", ["english.enabbaladi.net"])
    (True, False, True)
    >>> is_outlet("Blog of Karim Aziz", ())
    False
    """
    words = [word.low for word in iter_words(name)]
    if len(words) < 2 or not MEDIA.isdisjoint(words) or any(word.endswith(_ENDINGS) for word in words):
        return True
    letters = _letters(name.casefold().removeprefix("the "))
    return len(letters) >= LEAST_LETTERS and any(_letters(label).startswith(letters) for host in hosts for label in host.casefold().split("."))


def _letters(words: str) -> str:
    return "".join(_LETTERS.findall(words))
