"""Incidents in an order, page after page: a page begins behind the last incident of the one before, whatever came in meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from waqai.browse.picture import NO_DAY, Mask, Picture
from waqai.core import BadQuestion

Order: TypeAlias = Literal["newest", "oldest", "reports", "id"]
MOST_ON_A_PAGE = 1_000
_PIECE = 4_096  # rows looked at first
_LAST = 4_000_000
"""A key behind that of every day."""
_KEYS: dict[Order, Callable[[Picture], NDArray[Any]]] = {
    "newest": lambda picture: np.where(picture.columns["latest"] == NO_DAY, _LAST, -picture.columns["latest"].astype(np.int64)),
    "oldest": lambda picture: np.where(picture.columns["earliest"] == NO_DAY, _LAST, picture.columns["earliest"].astype(np.int64)),
    "reports": lambda picture: -picture.columns["reports"].astype(np.int64),
    "id": lambda picture: np.zeros(len(picture), dtype=np.int64),
}
ORDERS = tuple(_KEYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some of the incidents that pass a filter, in order. `after` begins the next page, None: there is none. `before` incidents pass ahead of these.

    A cursor names the last incident and its place in the order, so that what comes in or goes neither repeats nor hides another; an incident whose own place
    changed is met where it stands now.
    """

    ids: tuple[str, ...]
    after: str | None
    before: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """The rows of a picture in an order: `rows` (n,) as they follow each other, `keys` (n,) what they are sorted by; equal ones follow by id."""

    rows: NDArray[Any]
    keys: NDArray[Any]


def sort(picture: Picture, order: Order) -> Sorted:
    """Every row in this order. Raises BadQuestion for an order that there is not."""
    if order not in _KEYS:
        raise BadQuestion(f"there is no order {order!r}; there are {', '.join(ORDERS)}")
    keys = _KEYS[order](picture)
    rows = order_of(keys)
    return Sorted(rows=rows, keys=keys[rows])


def order_of(keys: NDArray[Any]) -> NDArray[Any]:
    """The places of these whole numbers in their order, equal ones as they stand: by 16 bits at a time, which numpy sorts by counting, many times faster."""
    rest = (keys - keys.min(initial=0)).astype(np.uint64)
    rows = np.argsort(rest.astype(np.uint16), kind="stable")
    while (rest := rest >> np.uint64(16)).any():
        rows = rows[np.argsort(rest.astype(np.uint16)[rows], kind="stable")]
    return rows


def cut_page(picture: Picture, chosen: Mask, ordered: Sorted, *, order: Order, after: str | None, size: int) -> Page:
    """The first `size` of the chosen rows behind the cursor `after`. Raises BadQuestion for a cursor of another order, and a size that is none."""
    if not 1 <= size <= MOST_ON_A_PAGE:
        raise BadQuestion(f"a page holds 1 to {MOST_ON_A_PAGE} incidents, not {size}")
    start = 0 if after is None else _find_start(picture, ordered, *_read_cursor(after, order))
    rows = _find_passing(ordered.rows, chosen, start, most=size + 1)
    before, total = int(np.count_nonzero(chosen[ordered.rows[:start]])), int(np.count_nonzero(chosen))
    ids = tuple(picture.ids[row] for row in rows[:size].tolist())
    cursor = _cursor(picture, rows[size - 1], order) if len(rows) > size else None
    return Page(ids=ids, after=cursor, before=before, total=total)


def _find_passing(rows: NDArray[Any], chosen: Mask, start: int, *, most: int) -> NDArray[Any]:
    """The first rows from this place on that are chosen, at most so many: where many are, no more than the first few are looked at."""
    found, count, piece = [rows[:0]], 0, _PIECE
    while count < most and start < len(rows):
        some = rows[start : start + piece]
        found.append(some[chosen[some]])
        count, start, piece = count + len(found[-1]), start + piece, piece * 4
    return np.concatenate(found)[:most]


def _find_start(picture: Picture, ordered: Sorted, key: int, incident: str) -> int:
    """The place of the first row behind the one of this key and id, whether that is still there or not."""
    first, last = (int(np.searchsorted(ordered.keys, key, side=side)) for side in ("left", "right"))
    row = picture.row_behind(incident)
    return first + int(np.searchsorted(ordered.rows[first:last], row))


def _cursor(picture: Picture, row: Any, order: Order) -> str:
    return f"{order}:{int(_key_of(picture, row, order))}:{picture.ids[int(row)]}"


def _key_of(picture: Picture, row: Any, order: Order) -> int:
    day = picture.columns["latest" if order == "newest" else "earliest"][row]
    if order in ("newest", "oldest"):
        return _LAST if day == NO_DAY else -int(day) if order == "newest" else int(day)
    return -int(picture.columns["reports"][row]) if order == "reports" else 0


def _read_cursor(after: str, order: Order) -> tuple[int, str]:
    of, _, rest = after.partition(":")
    key, colon, incident = rest.partition(":")
    if of not in _KEYS or not colon or not incident or not key.removeprefix("-").isascii() or not key.removeprefix("-").isdigit() or len(key) > 10:
        raise BadQuestion(f"{after!r} begins no page; take what the page before gives as the next one, or none for the first")
    if of != order:
        raise BadQuestion(f"{after!r} begins a page of the order {of!r}, not of {order!r}; begin with the first page of the new order")
    return int(key), incident
