"""What patterns are looked for in, as the bounds let it be counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

import scenes
from factories import family_of, make_account, make_count, make_reading, make_report, make_when, make_where
from waqai.bounds import INTERNAL, PARTNER, PUBLIC, Profile
from waqai.observing.happenings import FRESH, TERMS, Happening, Happenings, load_happenings
from waqai.store import Filters, Store

LATER, SOON = datetime(2022, 1, 1, tzinfo=UTC), datetime(2021, 3, 7, tzinfo=UTC)


def of(store: Store, filters: Filters | None = None, *, profile: Profile = PUBLIC, at: datetime = LATER) -> Happenings:
    return load_happenings(store, filters or Filters(), profile=profile, at=at)


def by_type(found: Happenings) -> dict[str, Happening]:
    return {one.type: one for one in found.all}


def add(store: Store, text: str, **fields: object) -> None:
    """One report with one account, an incident of its own."""
    report = make_report(text, id=f"r{len(text)}", published=date(2021, 4, 2))
    account = make_account(report, words=text, **({"when": make_when(date(2021, 4, 1)), "where": make_where()} | fields))  # type: ignore[arg-type]
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[account]), family_of=family_of)
    (card,) = store.iter_cards(report=report.id)
    scenes.open_by(store, card, f"i-{report.id}")


def test_each_incident_comes_with_its_days_area_point_and_when_it_was_first_told(store: Store) -> None:
    scenes.fill(store)
    found = of(store, Filters(type=("escape", "meeting")))
    day = date(2021, 3, 5)
    assert by_type(found)["escape"] == Happening("i-escape", "escape", "custody_exit", "occurred", day, day, "SY", "Hasakah", 36.5, 40.5, date(2021, 3, 7))
    assert by_type(found)["meeting"].country == "SA" and by_type(found)["meeting"].day == date(2021, 3, 2)
    assert len(found.all) == 2 and not found.left_out and found.last_entry > 0


def test_under_72_hours_old_happenings_of_custody_are_not_counted_in_public_and_said_to_be_left_out(store: Store) -> None:
    scenes.fill(store)
    found = of(store, at=SOON)
    assert "escape" not in by_type(found) and "meeting" in by_type(found) and found.left_out[FRESH] >= 1
    for profile in (PARTNER, INTERNAL):
        assert "escape" in by_type(of(store, at=SOON, profile=profile))


def test_what_was_told_only_under_terms_that_forbid_it_is_counted_in_no_profile(store: Store) -> None:
    scenes.fill(store)
    store.add_report(replace(scenes.report_of("lake"), id="by mail", terms="ACLED terms of use"))
    found = of(store, profile=INTERNAL)
    assert not {"meeting", "aid"} & set(by_type(found)) and found.left_out == {TERMS: 2}
    store.add_report(replace(scenes.report_of("wire"), id="by mail 2", terms="confidential"))
    assert "escape" in by_type(of(store)), "two other reports tell of it"


@pytest.mark.parametrize(
    ("text", "of_whom"), [("Two boys were caught in Tel Salam on 1 April.", "boys"), ("A raid in the town took place on 1 April.", "people")]
)
def test_what_happened_to_children_has_its_month_for_days_in_public_and_no_point(store: Store, text: str, of_whom: str) -> None:
    report = make_report(text, id=f"r{len(text)}")
    add(store, text, type="arrest", counts=[make_count(2, report=report, words=text.split(" on ")[0], measure="held", of_whom=of_whom)])
    (found,) = of(store).all
    told = (found.earliest, found.latest, found.lat is None)
    assert told == ((date(2021, 4, 1), date(2021, 4, 30), True) if of_whom == "boys" else (date(2021, 4, 1), date(2021, 4, 1), False))
    (inside,) = of(store, profile=INTERNAL).all
    assert inside.day == date(2021, 4, 1)


def test_a_happening_without_a_sure_day_or_point_has_none(store: Store) -> None:
    days = make_when(date(2021, 4, 1), date(2021, 4, 3))
    add(store, "A clash somewhere in the province.", type="clash", when=days, where=make_where(precision="P4_admin1"))
    (found,) = of(store).all
    assert (found.day, found.earliest, found.latest) == (None, days.earliest, days.latest) and (found.lat, found.lon) == (None, None)
