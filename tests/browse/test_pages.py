from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowds import AT, REGISTER, Crowd, crowd
from waqai.browse import ORDERS, Browser, Order, Page, pages
from waqai.browse.pages import order_of
from waqai.core import BadQuestion, Day, Incident
from waqai.store import Filters, Store

MIXES = (Filters(), Filters(type=("escape", "aid")), Filters(words="market"), Filters(since=date(2022, 1, 1)), Filters(country=("XX",)))


@pytest.fixture
def full(store: Store) -> Crowd:
    return crowd(store, 3, reports=70)


@pytest.fixture
def asked(full: Crowd) -> Browser:
    return Browser(full.store, actors=REGISTER)


def by_hand(store: Store, filters: Filters, order: Order) -> list[str]:
    def key(one: Incident) -> tuple[object, ...]:
        latest, earliest = (one.when.latest, one.when.earliest) if one.when else (Day.min, Day.max)
        reports = {account.report for account in one.accounts}
        return {"newest": (-latest.toordinal(),), "oldest": (earliest,), "reports": (-len(reports),), "id": ()}[order]

    return [one.id for one in sorted(store.iter_incidents(filters), key=lambda one: (key(one), one.id))]


def walk(asked: Browser, filters: Filters, order: Order, size: int) -> list[Page]:
    pages = [asked.page(filters, order=order, size=size)]
    while pages[-1].after is not None and len(pages) <= pages[0].total:
        pages.append(asked.page(filters, order=order, size=size, after=pages[-1].after))
    return pages


def test_pages_hold_what_passes_in_order_each_once(full: Crowd, asked: Browser) -> None:
    for filters, order, size in product(MIXES, ORDERS, (1, 7, 1000)):
        wanted = by_hand(full.store, filters, order)
        pages = walk(asked, filters, order, size)
        assert [one for page in pages for one in page.ids] == wanted
        assert {page.total for page in pages} == {len(wanted)}
        assert [page.before for page in pages] == [n * size for n in range(len(pages))]


@pytest.mark.parametrize("order", ORDERS)
def test_what_comes_in_or_goes_meanwhile_neither_repeats_nor_hides_others(full: Crowd, asked: Browser, order: Order) -> None:
    first = asked.page(Filters(), order=order, size=10)
    behind = by_hand(full.store, Filters(), order)[10:]
    (last,) = asked.load(first.ids[-1:])
    for account in last.accounts:  # the one that the cursor names goes
        full.store.erase_report(account.report, because="asked to", by="person:ana", at=AT)
    full.incidents.clear()  # what comes in is of new incidents, and moves none
    for _ in range(15):
        full.incidents.clear()
        full.tell()
    new = set(by_hand(full.store, Filters(), order)) - {*first.ids, *behind}
    pages = [asked.page(Filters(), order=order, size=10, after=first.after)]
    while pages[-1].after is not None and len(pages) < 20:
        pages.append(asked.page(Filters(), order=order, size=10, after=pages[-1].after))
    seen = [one for page in pages for one in page.ids]
    assert [one for one in seen if one not in new] == behind
    assert len(seen) == len(set(seen)) and set(seen) & new and not set(seen) & set(first.ids)


def test_a_page_that_there_is_not_is_refused(asked: Browser) -> None:
    refused: tuple[tuple[dict[str, Any], str], ...] = (
        ({"after": "nonsense"}, "begins no page"),
        ({"after": "newest:x:i-1"}, "begins no page"),
        ({"after": "newest:1:"}, "begins no page"),
        ({"after": "newest:99999999999999999999:i-1"}, "begins no page"),
        ({"after": "oldest:1:i-1"}, "of the order 'oldest'"),
        ({"order": "best"}, "there is no order 'best'; there are newest"),
        ({"size": 0}, "holds 1 to 1000"),
        ({"size": 5000}, "holds 1 to 1000"),
    )
    for question, said in refused:
        with pytest.raises(BadQuestion, match=said):
            asked.page(Filters(), **question)


def test_incidents_of_a_page_are_loaded_in_its_order_and_what_went_is_left_out(full: Crowd, asked: Browser) -> None:
    ids = asked.page(Filters(), order="reports", size=20).ids
    assert [one.id for one in asked.load(ids)] == list(ids)
    assert [one.id for one in asked.load([ids[3], "i-gone", ids[1]])] == [ids[3], ids[1]]
    assert asked.load([ids[0]]) == (full.store.get_incident(ids[0]),)


@pytest.mark.parametrize("seed", range(20))
def test_of_many_rows_the_first_that_pass_are_found_piece_by_piece(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_PIECE", 3)
    random = np.random.default_rng(seed)
    rows, chosen = random.permutation(200), random.random(200) < random.choice([0.0, 0.01, 0.3, 1.0])
    for start in (0, 1, 150, 200):
        wanted = [row for row in rows[start:].tolist() if chosen[row]]
        for most in (1, 7, 500):
            assert pages._find_passing(rows, chosen, start, most=most).tolist() == wanted[:most]


@given(st.lists(st.integers(-4_000_000, 4_000_000) | st.integers(-3, 3), max_size=60))
def test_rows_are_in_the_order_of_their_keys_and_equal_ones_as_they_stood(keys: list[int]) -> None:
    assert order_of(np.array(keys, dtype=np.int64)).tolist() == sorted(range(len(keys)), key=keys.__getitem__)
