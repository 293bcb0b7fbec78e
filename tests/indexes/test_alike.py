from __future__ import annotations

import pytest
import sqlalchemy as sa

from factories import make_report
from scenes import AT
from waqai.indexes import alike
from waqai.indexes.alike import MOST_IN_BAND
from waqai.schema import tables
from waqai.store import Store


def _keep(store: Store, name: str, *bands: int) -> str:
    report = make_report(f"text of {name}", id=name)
    store.add_report(report)
    store.add_signature(report.sha256, name.encode(), bands=bands)
    return report.sha256


def test_texts_that_share_a_band_are_found_once_by_hash(store: Store) -> None:
    one, two, _ = _keep(store, "one", 1, 2, 3), _keep(store, "two", 2, 3, -(2**63)), _keep(store, "three", 9)
    assert list(store.iter_alike((2, 3, 4))) == sorted([(one, b"one"), (two, b"two")])
    assert list(store.iter_alike((-(2**63),))) == [(two, b"two")]
    assert list(store.iter_alike(())) == [] == list(store.iter_alike((8,)))


def test_the_first_signature_and_its_bands_stay(store: Store) -> None:
    sha256 = _keep(store, "one", 1)
    store.add_signature(sha256, b"other", bands=(2,))
    assert list(store.iter_alike((1,))) == [(sha256, b"one")] and list(store.iter_alike((2,))) == []


def test_one_band_of_twenty_is_enough(store: Store) -> None:
    asked = tuple(range(100, 120))
    shas = [_keep(store, f"in {band}", band, band, band + 1000) for band in asked]  # a band that is named twice counts once
    assert list(store.iter_alike(asked)) == [(sha, signature.encode()) for sha, signature in sorted(zip(shas, (f"in {band}" for band in asked), strict=True))]


def test_of_a_band_that_too_many_texts_share_the_first_ones_are_found(store: Store) -> None:
    with store.transaction():
        shas = [_keep(store, str(n), 7) for n in range(MOST_IN_BAND + 2)]
        others = [_keep(store, f"other {n}", 8) for n in range(3)]
    assert [sha for sha, _ in store.iter_alike((7,))] == sorted(shas)[:MOST_IN_BAND]
    assert [sha for sha, _ in store.iter_alike((7, 8))] == sorted([*sorted(shas)[:MOST_IN_BAND], *others])


def test_an_erased_text_is_in_no_band(store: Store) -> None:
    _keep(store, "one", 1, 2)
    two = _keep(store, "two", 2, 3)
    store.erase_report("one", because="asked to", by="person:ana", at=AT)
    with store._reading() as connection:
        assert sorted(connection.scalars(sa.select(tables.bands.c.key))) == [2, 3]
    assert list(store.iter_alike((1, 2))) == [(two, b"two")]


def test_texts_of_many_numbers_are_all_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.indexes.alike.CHUNK", 7)
    shas = [_keep(store, str(n), 7) for n in range(20)]
    assert [sha for sha, _ in store.iter_alike((7,))] == sorted(shas)


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_signatures_are_looked_up_by_hash_and_not_by_a_walk_through_all(store: Store) -> None:
    with store._reading() as connection:
        for many in (alike.FEW, alike.CHUNK):
            asked = str(alike._of_numbers(many).compile(connection.engine))
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", ("a",) * asked.count("?"))]
            assert any(step.startswith("SEARCH signatures") for step in plan) and not any(step.startswith("SCAN") for step in plan), plan
