from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import numpy as np
import pytest
import sqlalchemy as sa

from growing import grow, report_months, tell
from waqai.core import UnknownId
from waqai.forecasting import KnownIncidents, check_scope, count_known
from waqai.schema import tables
from waqai.store import Store, open_store
from waqai.vintages import load_known
from waqai.vintages.refolding import Held, held_of

Row = tuple[str, int, str | None, str | None, bool]


def rows_of(known: KnownIncidents, day: date) -> list[Row]:
    """What the columns say was held when the day ended, one row for each incident."""
    then = np.flatnonzero((known.since <= day.toordinal()) & (day.toordinal() < known.until))

    def named(values: tuple[str, ...], code: int) -> str | None:
        return None if code < 0 else values[code]

    rows = [
        (
            known.families[known.family[row]],
            int(known.month[row]),
            named(known.countries, known.country[row]),
            named(known.provinces, known.admin1[row]),
            bool(known.happened[row]),
        )
        for row in then
    ]
    return sorted(rows, key=str)


def folded_one_by_one(store: Store, day: date) -> list[Row]:
    """The same by folding every incident as of the day, which takes a hundred times as long."""
    with store.reading() as connection:
        opened = connection.scalars(sa.select(tables.log.c.subject).where(tables.log.c.kind == "opened")).all()
    held: list[Held] = []
    for incident in opened:
        try:
            past = store.get_incident_as_of(incident, day)
        except UnknownId:
            continue
        if past.incident.id == incident:  # else its accounts had moved on, and it is told by the other
            accounts = past.incident.accounts
            family = FAMILIES[past.incident.type]
            held.append(held_of(past.incident, family=family, rejected=all(account.review == "rejected" for account in accounts)))
    return sorted((tuple(one) for one in held), key=str)  # type: ignore[arg-type]


FAMILIES = {"escape": "custody_exit", "clash": "combat", "meeting": "diplomacy"}


# of forty seeds the one in which most of what can be got wrong is told apart: readings that came later, copies, corrections, additions
@pytest.mark.parametrize(("engine", "seed", "steps"), [("sqlite", 10, 30), ("postgresql", 10, 18)])
def test_every_past_day_is_what_folding_each_incident_as_of_that_day_gives(new_address: Callable[[str], str], engine: str, seed: int, steps: int) -> None:
    with open_store(new_address(engine)) as store:
        days = grow(store, seed=seed, steps=steps)
        known = load_known(store)
        for day in days:
            assert rows_of(known, day) == folded_one_by_one(store, day), day


@pytest.fixture
def small(new_address: Callable[[str], str]) -> Iterator[Store]:
    with open_store(new_address("sqlite")) as opened:
        yield opened


def test_reports_found_to_be_copies_count_once_from_that_day_on(small: Store) -> None:
    """Two say February and one says January; the two turn out to be one text, and of equals the earlier day is held."""
    opened, found = datetime(2021, 3, 1, 9, tzinfo=UTC), datetime(2021, 3, 4, 9, tzinfo=UTC)
    for name, day in (("one", date(2021, 2, 3)), ("other", date(2021, 2, 3)), ("third", date(2021, 1, 30))):
        tell(small, name, day=day, country="SY", at=opened, incident="i-all")
    small.add_near_copy(small.get_report("one").sha256, small.get_report("other").sha256, similarity=0.9, at=found)
    known = load_known(small)
    for day, month in ((opened.date(), 2), (date(2021, 3, 3), 2), (found.date(), 1)):
        assert [row[1] % 12 + 1 for row in rows_of(known, day)] == [month]
        assert rows_of(known, day) == folded_one_by_one(small, day)


def test_what_a_person_rejected_happened_until_that_day(small: Store) -> None:
    tell(small, "one", day=date(2021, 2, 3), country="SY", at=datetime(2021, 3, 1, 9, tzinfo=UTC))
    (card,) = small.iter_cards()
    for day, kind in ((4, "rejected"), (6, "accepted")):
        at = datetime(2021, 3, day, 9, tzinfo=UTC)
        small.append(kind=kind, subject=card.account.id, value={"anchor": card.anchor}, because="", by="person:ana", at=at)
        known = load_known(small)
        assert rows_of(known, at.date()) == folded_one_by_one(small, at.date())
    assert [row[-1] for day in (1, 3, 4, 5, 6) for row in rows_of(known, date(2021, 3, day))] == [True, True, False, False, True]


def test_a_clock_that_was_set_back_leaves_entries_in_their_order(small: Store) -> None:
    for name, day in (("one", 9), ("other", 5)):  # whoever wrote the second entry thought that it was the fifth
        tell(small, name, day=date(2021, 2, 3), country="SY", at=datetime(2021, 3, day, 9, tzinfo=UTC), kept_at=None)
    known = load_known(small)
    for day in (4, 5, 8, 9):
        assert rows_of(known, date(2021, 3, day)) == folded_one_by_one(small, date(2021, 3, day))
    assert len(rows_of(known, date(2021, 3, 5))) == 2


def test_of_an_incident_that_never_changed_nothing_is_folded(small: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    report_months(small, months=3)
    monkeypatch.setattr("waqai.vintages.refolding.fold_incident", None)
    assert [len(rows_of(load_known(small), date(2020, 3, day))) for day in (4, 5, 15)] == [4, 5, 6]


def test_an_empty_store_knew_nothing(small: Store) -> None:
    known = load_known(small)
    assert known.first_day is None and known.last_entry(date(2021, 3, 5)) == 0
    assert count_known(known, date(2021, 3, 5), scope=check_scope(level="country"))[0].units == ()
