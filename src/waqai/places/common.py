"""Common English words that are also the name of a small town somewhere.

The list is the words that stand in lower case in data/gold and data/corpus and name a town or second-order area in the gazetteer, with everyday words, days,
months, titles and frequent first names added by hand. A town of that name is still found when a report calls it a town.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "data" / "common_words.txt"


@cache
def common_words() -> frozenset[str]:
    """The list, folded."""
    return frozenset(WORDS.read_text(encoding="utf-8").split())


def is_common_word(key: str) -> bool:
    """True when a folded name is a common word.

    >>> is_common_word("police"), is_common_word("sunday"), is_common_word("mosul")
    (True, True, False)
    """
    return key in common_words()
