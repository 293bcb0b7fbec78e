"""Which days a date of a Hijri calendar means."""

from __future__ import annotations

from datetime import date

import pytest

from waqai.core import UnresolvedDate
from waqai.dating import DayRange, TextClock, find_date_phrases, resolve_phrase

PRESS = date(2023, 6, 20)


def resolve(text: str, *, published: date | None = PRESS, future: bool = False) -> DayRange:
    phrases = find_date_phrases(text)
    return resolve_phrase(phrases[0], clock=TextClock(text, published=published, phrases=phrases), future=future)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("during Ramadan", "2023-03-23", "2023-04-20"),
        ("in the holy month of Ramadan", "2023-03-23", "2023-04-20"),
        ("during Ramadan last year", "2022-04-02", "2022-05-01"),
        ("in Ramadan 2022", "2022-04-02", "2022-05-01"),  # a year of ours
        ("in Ramadan 1445", "2024-03-11", "2024-04-09"),
        ("the last week of Ramadan", "2023-04-14", "2023-04-20"),
        ("on 15 Ramadan 1445", "2024-03-24", "2024-03-26"),  # sighted a day either way
        ("on the 10th of Rajab", "2023-01-31", "2023-02-02"),
        ("on Ashura", "2023-07-27", "2023-07-29"),  # in five weeks; the last was ten months ago
        ("before Arbaeen", "2022-09-15", "2022-09-17"),
        ("on Eid al-Fitr", "2023-04-21", "2023-04-23"),
        ("on the first day of Eid", "2023-04-20", "2023-04-22"),  # the latest of both feasts
        ("two days short of Eid al-Adha", "2023-06-28", "2023-07-01"),
        ("during Eid al-Adha last year", "2022-07-09", "2022-07-12"),
        ("they will meet before Eid al-Adha", "2023-06-28", "2023-07-01"),
        ("on 20 Khordad 1402", "2023-06-10", "2023-06-10"),
        ("in Esfand 1401", "2023-02-20", "2023-03-20"),
        ("on 22 Bahman", "2023-02-11", "2023-02-11"),
        ("during Nowruz", "2023-03-21", "2023-03-21"),
        ("on 25 Saratan 1402", "2023-07-16", "2023-07-16"),  # as Afghans name it
    ],
)
def test_a_hijri_date_is_put_on_our_calendar(text: str, earliest: str, latest: str) -> None:
    found = resolve(text)
    assert (str(found.earliest), str(found.latest)) == (earliest, latest)


def test_what_is_still_to_come_is_the_next_one() -> None:
    assert resolve("in Ramadan", future=True).earliest == date(2024, 3, 11)


def test_the_rule_says_that_a_lunar_day_is_sighted() -> None:
    assert "a day either way by sighting" in resolve("on 15 Ramadan 1445").rule
    assert "sighting" not in resolve("on 20 Khordad 1402").rule


@pytest.mark.parametrize(
    "text", ["during Ramadan", "on Ashura", "the first day of Eid", "on 22 Bahman", "during Nowruz", "on 31 Ramadan 1445", "in Ramadan last year"]
)
def test_without_a_day_to_count_from_or_with_a_day_that_is_not_there_it_is_refused(text: str) -> None:
    with pytest.raises(UnresolvedDate):
        resolve(text, published=None)


def test_a_hijri_year_needs_no_day_of_publication() -> None:
    assert resolve("on 15 Ramadan 1445", published=None).latest == date(2024, 3, 26)


def test_the_year_of_another_calendar_is_no_past_year_of_ours() -> None:
    text = "On 20 Khordad 1402 it began. On Sunday, June 18, they fled."
    assert TextClock(text, published=None, phrases=find_date_phrases(text)).reference is None
