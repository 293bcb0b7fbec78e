"""Load the postings of a picture, and which words are frequent among them.

Which rows hold a word that stands in half of all texts takes the index longer than all else that a search does. Such words are looked for once, when there is
time; of rows that come in later their texts say which of these words they hold, and whether they hold what was asked for since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from typing import Any

import numpy as np
import sqlalchemy as sa

from waqai.browse.batches import SOME, Some, exact, iter_batches, raw
from waqai.browse.picture import by_code
from waqai.browse.postings import MOST_FREQUENT, Numbers, Postings, flags_of, no_flags
from waqai.folding.words import Term
from waqai.schema import tables

SAMPLE = 1_000
"""Rows by which it is judged how frequent words are. They have the lowest numbers, which are drawn from hashes: any rows do as well."""
RARE = 0.02
"""Words in a smaller share of the rows are found in the index fast enough."""
_M, _S = tables.members.c, tables.search.c


def load_postings(connection: sa.Connection, some: Some, *, place: Mapping[str, int], like: Postings | None = None) -> Postings:
    """Under which rows of the word index each incident is found: that of its own facets, and those of its reports. `place`: the incidents' rows in the
    picture; `like`: postings of others, of whose words as much is to be known of these."""
    rows, reports = list(place.values()), list[str]()
    for incidents, told in iter_batches(connection, _select_told(all=some is None), some):
        rows += map(place.__getitem__, incidents)
        reports += told
    longer = _load_longer(connection, None if some is None else sorted(set(reports)))
    keys = [*(f"incident\x1f{incident}\x1f0" for incident in place), *(f"report\x1f{report}\x1f0" for report in reports)]
    for row, report in zip(rows[len(place) :], tuple(reports), strict=True):
        parts = range(1, longer.get(report, 1))
        rows += [row] * len(parts)
        keys += [f"report\x1f{report}\x1f{part}" for part in parts]
    pairs = by_code(np.array(rows, dtype=np.int32), hash_keys(keys))
    postings = Postings(rows=pairs.rows, numbers=pairs.codes, holds=no_flags(len(pairs.codes), ()))
    return _look_into_texts(connection, postings, like) if like is not None and (like.frequent or like.asked) else postings


def find_frequent(connection: sa.Connection) -> tuple[str, ...]:
    """The words that stand in the most rows of the word index, by a sample, the most frequent first; no rare ones."""
    counted: Counter[str] = Counter()
    rows = connection.scalars(sa.select(_S.words).order_by(_S.id).limit(SAMPLE)).all()
    for words in rows:
        counted.update(set(words.split()))
    ranked = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return tuple(word for word, many in ranked[:MOST_FREQUENT] if many >= RARE * len(rows))


def _look_into_texts(connection: sa.Connection, postings: Postings, like: Postings) -> Postings:
    """The postings with what their rows' texts hold of the frequent words and of what was asked for, as the index would say."""
    holds = no_flags(len(postings.numbers), like.frequent)
    asked = {term: np.zeros(len(postings.numbers), dtype=bool) for term in like.asked}
    for numbers, texts in iter_batches(connection, _SELECT_WORDS, np.unique(postings.numbers).tolist()):
        for number, text in zip(numbers, map(exact, texts), strict=True):
            pairs = slice(*np.searchsorted(postings.numbers, [number, number + 1]))
            holds[:, pairs] = flags_of(text.split(), like.frequent)[:, None]
            for term, mask in asked.items():
                mask[pairs] = stands_in(term, text)
    return replace(postings, holds=holds, frequent=like.frequent, asked=asked)


def stands_in(term: Term, words: str) -> bool:
    """Whether a term stands in folded words.

    >>> [stands_in(Term(words, prefix), "two guards fled") for words, prefix in ((("two", "guards"), False), (("guard",), False), (("guard",), True))]
    [True, False, True]
    """
    return f" {' '.join(term.words)}{'' if term.prefix else ' '}" in f" {words} "


def _load_longer(connection: sa.Connection, reports: Some) -> dict[str, int]:
    """In how many parts those reports stand in the word index that stand there in more than one."""
    batches = iter_batches(connection, _select_longer(all=reports is None), reports)
    return {report: parts for told, numbers in batches for report, parts in zip(told, numbers, strict=True)}


def hash_keys(keys: Sequence[str]) -> Numbers:
    """The numbers that `store.index.row_id` gives, of many rows in a third of its time.

    >>> from waqai.indexes.index import row_id
    >>> hash_keys(["incident\\x1fi-1\\x1f0"]).tolist() == [row_id("incident", "i-1", 0)]
    True
    """
    digests = b"".join([sha256(key.encode()).digest()[:8] for key in keys])
    return (np.frombuffer(digests, dtype=">u8") >> np.uint64(1)).astype(np.int64)


_SELECT_WORDS = sa.select(raw(_S.id), raw(_S.words)).where(_S.id.in_(SOME))


@cache
def _select_told(*, all: bool) -> sa.Select[Any]:
    """(incident, report) of the accounts with a home."""
    chosen = sa.select(raw(_M.incident), raw(_M.report_sha256)).where(_M.account.is_not(None))
    return chosen if all else chosen.where(_M.incident.in_(SOME))


@cache
def _select_longer(*, all: bool) -> sa.Select[Any]:
    """(report, parts) of the reports that stand in the word index in more than one part."""
    chosen = sa.select(raw(_S.report_sha256), sa.func.count()).where(_S.report_sha256.is_not(None)).group_by(_S.report_sha256).having(sa.func.count() > 1)
    return chosen if all else chosen.where(_S.report_sha256.in_(SOME))
