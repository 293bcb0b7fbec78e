"""Small closed sets of grammar, written as a line of words. What can grow stands in the lexicon."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a line.

    >>> sorted(word_set("the a an"))
    ['a', 'an', 'the']
    """
    return frozenset(text.split())


MONTHS = word_set("january february march april may june july august september october november december")
DAY_NAMES = MONTHS | word_set("monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter christmas easter ramadan eid")
"""Names of days, months and seasons, some of which are towns as well."""
