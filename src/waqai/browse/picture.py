"""All incidents of a store as columns in memory: what can be counted, sorted and put on a map without asking the database.

A picture is never changed: when the store was, a new one is made of the rows that stayed and those that were loaded again. Rows are in the order of ids.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from waqai.browse.postings import Postings, renew_postings
from waqai.browse.splicing import NOWHERE, make_splice

SINGLE = ("type", "family", "status", "grade", "country", "admin1", "precision")
"""What an incident has one of, or none; `admin1` as "COUNTRY/NAME"."""
SEVERAL = ("actor", "publisher")
"""What an incident has any number of."""
NONE = -1
"""The code of no value."""
NO_DAY = 0
"""What stands for no day among ordinal numbers of days."""

Codes: TypeAlias = NDArray[np.int32]
Mask: TypeAlias = NDArray[np.bool_]
Column: TypeAlias = NDArray[Any]


class Vocabulary:
    """Values by number, in the order in which they were met, and by the keys under which a filter names them. Mutable: values are added, by one thread at a
    time, and none ever goes."""

    def __init__(self, name: str) -> None:
        self.values: list[str] = []
        self._keys_of: Callable[[str], tuple[str, ...]] = _KEYS.get(name, _whole)
        self._numbers: dict[str, int] = {}
        self._by_key: dict[str, list[int]] = {}

    def number_of(self, value: str) -> int:
        """The value's number, a new one if need be."""
        known = self._numbers.get(value)
        if known is None:
            known = self._numbers[value] = len(self.values)
            self.values.append(value)
            for key in self._keys_of(value):
                self._by_key.setdefault(key, []).append(known)
        return known

    def find_numbers(self, wanted: str) -> list[int]:
        """The numbers of the values that a filter means by a word."""
        return self._by_key.get(self._keys_of(wanted)[0], [])


def fold_case(text: str) -> str:
    """The text with A to Z in lower case, as both databases fold it.

    >>> fold_case("Île ÎLE")
    'Île Île'
    """
    return text.translate(_LOWER)


def _whole(value: str) -> tuple[str, ...]:
    return (value,)


def _admin1_keys(value: str) -> tuple[str, ...]:
    """Of "COUNTRY/NAME" the whole and the name.

    >>> _admin1_keys("SY/Aleppo"), _admin1_keys("Aleppo")
    (('sy/aleppo', 'aleppo'), ('aleppo',))
    """
    _, slash, name = (folded := fold_case(value)).partition("/")
    return (folded, name) if slash else (folded,)


_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_KEYS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "country": lambda value: (value.upper(),),
    "admin1": _admin1_keys,
    "publisher": lambda value: (fold_case(value),),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Which rows have which codes: two columns of one length, in the order of codes."""

    rows: Codes
    codes: Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The incidents of a store after the change of this number.

    `columns`, each (n,): the codes of SINGLE; `earliest` and `latest` as ordinal numbers of days (0: none); `lat`, `lon` (degrees), `radius_km` and the place
    on the map's square `x`, `y` (0 to 1, from the north-west), NaN where there is no point; `reports`, how many tell of it. `pairs`: the codes of SEVERAL.
    `postings`, where they were added: under which rows of the word index an incident is found.
    """

    number: int
    ids: Sequence[str]
    columns: Mapping[str, Column]
    pairs: Mapping[str, Pairs]
    vocabularies: Mapping[str, Vocabulary]
    postings: Postings | None = None

    def __len__(self) -> int:
        return len(self.ids)

    def values(self, name: str) -> list[str]:
        """The values of a column of SINGLE or SEVERAL by code."""
        return self.vocabularies[name].values

    def find_codes(self, name: str, wanted: Iterable[str]) -> list[int]:
        """The codes of the values that a filter names."""
        return [code for word in wanted for code in self.vocabularies[name].find_numbers(word)]

    def find_row(self, incident: str) -> int | None:
        """The row of an incident."""
        row = bisect_left(self.ids, incident)
        return row if row < len(self.ids) and self.ids[row] == incident else None

    def row_behind(self, incident: str) -> int:
        """The first row whose id is behind this one, which need not be there."""
        return bisect_right(self.ids, incident)


def renew(old: Picture, loaded: Picture, *, gone: Iterable[str]) -> Picture:
    """The picture `loaded`, to which the rows of the old one are added but for those of the incidents that are `gone`; no incident is in both."""
    places = sorted(row for incident in set(gone) if (row := old.find_row(incident)) is not None)
    splice = make_splice(len(old), gone=places, before=[bisect_left(old.ids, incident) for incident in loaded.ids])
    columns = {name: splice.column(column, loaded.columns[name]) for name, column in old.columns.items()}
    rows, come = splice.places()
    pairs = {name: _renew_pairs(old.pairs[name], loaded.pairs[name], rows=rows, come=come) for name in old.pairs}
    postings = renew_postings(old.postings, loaded.postings, rows=rows, come=come) if old.postings and loaded.postings else None
    return replace(loaded, ids=splice.items(old.ids, loaded.ids), columns=columns, pairs=pairs, postings=postings)


def _renew_pairs(old: Pairs, loaded: Pairs, *, rows: Codes, come: Codes) -> Pairs:
    """Pairs of both, still in the order of codes. `rows` says where each row of the old picture stands now, `come` where each loaded one does."""
    now = rows[old.rows]
    splice = make_splice(len(now), gone=np.flatnonzero(now == NOWHERE).tolist(), before=np.searchsorted(old.codes, loaded.codes).tolist())
    return Pairs(rows=splice.column(now, come[loaded.rows]), codes=splice.column(old.codes, loaded.codes))


def by_code(rows: Codes, codes: Column) -> Pairs:
    """Pairs in the order of their codes, each once."""
    order = np.lexsort((rows, codes))
    rows, codes = rows[order], codes[order]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = (rows[1:] != rows[:-1]) | (codes[1:] != codes[:-1])
    return Pairs(rows=rows[first], codes=codes[first])
