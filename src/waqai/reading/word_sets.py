"""Small closed sets of grammar, written as a line of words. What can grow stands in the lexicon."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a line.

    >>> sorted(word_set("the a an"))
    ['a', 'an', 'the']
    """
    return frozenset(text.split())
