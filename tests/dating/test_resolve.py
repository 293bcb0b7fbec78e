"""Which days a phrase means."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.core import UnresolvedDate
from waqai.dating import DayRange, TextClock, find_date_phrases, resolve_in_order, resolve_phrase

PRESS = date(2023, 6, 20)  # a Tuesday
ESCAPE = DayRange(earliest=date(2023, 6, 18), latest=date(2023, 6, 18), basis="explicit", rule="", p=1.0)
TWIN = (
    "Since the alliance drove the group out of both countries in 2019, it has looked for a way back.\nThe monitor announced on Sunday,\nJune 18, "
    "that 25 inmates escaped. Ministers had met on June 8. US Secretary of State Antony Blinken pledged help."
)


def resolve(text: str, *, published: date | None = PRESS, future: bool = False, ongoing: bool = False, anchor: DayRange | None = None) -> DayRange:
    phrases = find_date_phrases(text)
    return resolve_phrase(phrases[0], clock=TextClock(text, published=published, phrases=phrases), future=future, ongoing=ongoing, anchor=anchor)


def days(text: str, **options: object) -> tuple[str, str]:
    found = resolve(text, **options)  # type: ignore[arg-type]
    return str(found.earliest), str(found.latest)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("on Sunday, June 18", "2023-06-18", "2023-06-18"),
        ("on June 30", "2022-06-30", "2022-06-30"),  # the latest before press
        ("on June 20", "2023-06-20", "2023-06-20"),  # press day itself
        ("on 20.1", "2023-01-20", "2023-01-20"),
        ("on Sunday", "2023-06-18", "2023-06-18"),
        ("on Tuesday", "2023-06-20", "2023-06-20"),  # told on a Tuesday: that day
        ("last Tuesday", "2023-06-13", "2023-06-13"),
        ("on Saturday, December 31", "2022-12-31", "2022-12-31"),
        ("on Friday and Saturday", "2023-06-16", "2023-06-17"),
        ("overnight Friday", "2023-06-16", "2023-06-17"),
        ("on the night of June 3", "2023-06-03", "2023-06-04"),
        ("in May", "2023-05-01", "2023-05-31"),
        ("in June", "2023-06-01", "2023-06-30"),
        ("last September", "2022-09-01", "2022-09-30"),
        ("in mid-March", "2023-03-10", "2023-03-20"),
        ("in late January", "2023-01-21", "2023-01-31"),
        ("earlier in June", "2023-06-01", "2023-06-20"),
        ("in late 2014", "2014-10-01", "2014-12-31"),
        ("in early 2015", "2015-01-01", "2015-04-30"),
        ("in 2019", "2019-01-01", "2019-12-31"),
        ("in February 2024", "2024-02-01", "2024-02-29"),
        ("the summer of 2016", "2016-06-01", "2016-08-31"),
        ("the third quarter of 2019", "2019-07-01", "2019-09-30"),
        ("June 3-5", "2023-06-03", "2023-06-05"),
        ("between December 28 and January 3", "2022-12-28", "2023-01-03"),
        ("from November to February", "2022-11-01", "2023-02-28"),
        ("from March to May 2020", "2020-03-01", "2020-05-31"),
        ("today", "2023-06-20", "2023-06-20"),
        ("yesterday", "2023-06-19", "2023-06-19"),
        ("yesterday morning", "2023-06-19", "2023-06-19"),
        ("the day after tomorrow", "2023-06-22", "2023-06-22"),
        ("overnight", "2023-06-19", "2023-06-20"),
        ("last week", "2023-06-12", "2023-06-18"),
        ("this week", "2023-06-19", "2023-06-20"),
        ("in the past week", "2023-06-13", "2023-06-20"),
        ("in the past 24 hours", "2023-06-19", "2023-06-20"),
        ("in the last ten days", "2023-06-10", "2023-06-20"),
        ("this month", "2023-06-01", "2023-06-20"),
        ("last month", "2023-05-01", "2023-05-31"),
        ("last year", "2022-01-01", "2022-12-31"),
        ("over the weekend", "2023-06-17", "2023-06-18"),
        ("three days ago", "2023-06-17", "2023-06-17"),
        ("two weeks ago", "2023-06-06", "2023-06-06"),
        ("four years ago", "2019-01-01", "2019-12-31"),  # no more exact than the words
        ("two months ago", "2023-04-01", "2023-04-30"),
        ("in August last year", "2022-08-01", "2022-08-31"),
        ("January 4 of this year", "2023-01-04", "2023-01-04"),
        ("the September 11 attacks", "2001-09-11", "2001-09-11"),
        ("between July 28 and August 7", "2022-07-28", "2022-08-07"),
        ("17-23 July 2021", "2021-07-17", "2021-07-23"),
        ("the night of 12 to 13 May", "2023-05-12", "2023-05-13"),
        ("overnight Saturday to Sunday", "2023-06-17", "2023-06-18"),
        ("late on Wednesday", "2023-06-14", "2023-06-14"),
        ("earlier on Sunday", "2023-06-18", "2023-06-18"),
        ("in the first week of June", "2023-06-01", "2023-06-07"),
        ("in the third week of May", "2023-05-15", "2023-05-21"),
        ("the last week of March 2020", "2020-03-25", "2020-03-31"),
        ("the first week of 2020", "2020-01-01", "2020-01-07"),
        ("the last week of 2019", "2019-12-25", "2019-12-31"),
        ("the week of June 7", "2023-06-05", "2023-06-11"),
        ("the week beginning June 4", "2023-06-04", "2023-06-10"),
        ("the second half of 2019", "2019-07-01", "2019-12-31"),
        ("in mid-2019", "2019-05-01", "2019-08-31"),
        ("in the 1980s", "1980-01-01", "1989-12-31"),
        ("in the early 2000s", "2000-01-01", "2003-12-31"),
        ("in nineteen ninety-seven", "1997-01-01", "1997-12-31"),
        ("the year two thousand", "2000-01-01", "2000-12-31"),
        ("over the winter", "2022-12-01", "2023-02-28"),
        ("the day before yesterday", "2023-06-18", "2023-06-18"),
        ("at the beginning of the year", "2023-01-01", "2023-04-30"),
        ("fighting ceased at the end of the year", "2022-10-01", "2022-12-31"),  # told as past: not this one's
        ("they will leave by the end of the month", "2023-06-21", "2023-06-30"),
        ("at 1 a.m. local time (2200 GMT Monday)", "2023-06-19", "2023-06-20"),  # past midnight here
        ("at 0100 GMT on Tuesday", "2023-06-20", "2023-06-20"),
        ("talks will resume on Friday", "2023-06-23", "2023-06-23"),
        ("talks resumed on Friday", "2023-06-16", "2023-06-16"),
        ("the vote is due in September", "2023-09-01", "2023-09-30"),
        ("he who will leave was told so on Friday", "2023-06-16", "2023-06-16"),
    ],
)
def test_a_phrase_is_resolved_against_the_day_of_publication(text: str, earliest: str, latest: str) -> None:
    assert days(text) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("on Saturday", "2023-06-24", "2023-06-24"),
        ("on June 30", "2023-06-30", "2023-06-30"),
        ("on Friday, June 30", "2023-06-30", "2023-06-30"),
        ("in May", "2024-05-01", "2024-05-31"),
        ("next month", "2023-07-01", "2023-07-31"),
        ("in the coming days", "2023-06-20", "2023-06-23"),
    ],
)
def test_what_is_still_to_come_is_the_next_such_day(text: str, earliest: str, latest: str) -> None:
    assert days(text, future=True) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("the same day", "2023-06-18", "2023-06-18"),
        ("the following day", "2023-06-19", "2023-06-19"),
        ("two days earlier", "2023-06-16", "2023-06-16"),
        ("a week later", "2023-06-25", "2023-06-25"),
        ("hours later", "2023-06-18", "2023-06-19"),
        ("a few days after", "2023-06-21", "2023-06-27"),
        ("the following month", "2023-07-01", "2023-07-31"),
        ("the previous year", "2022-01-01", "2022-12-31"),
        ("the following Wednesday", "2023-06-21", "2023-06-21"),
        ("on March 24 of the following year", "2024-03-24", "2024-03-24"),
    ],
)
def test_an_anchored_phrase_counts_from_its_happening(text: str, earliest: str, latest: str) -> None:
    assert days(text, anchor=ESCAPE) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("on Sunday, June 18", "explicit"),
        ("in 2019", "explicit"),
        ("in May", "explicit"),
        ("on Sunday", "weekday_resolved"),
        ("today, Tuesday", "weekday_resolved"),
        ("last week", "relative_to_report"),
        ("the same day", "inherited_from_context"),
    ],
)
def test_the_basis_follows_the_words(text: str, basis: str) -> None:
    assert resolve(text, anchor=ESCAPE).basis == basis


def test_a_false_weekday_is_refused_and_both_sides_are_named() -> None:
    with pytest.raises(UnresolvedDate, match=r"June 18, 2023 is a Sunday, the report says Monday"):
        resolve("on Monday, June 18")


def test_a_false_weekday_is_refused_even_when_it_is_right_a_year_before() -> None:
    with pytest.raises(UnresolvedDate):  # June 18, 2022 was a Saturday
        resolve("on Saturday, June 18")


def test_a_false_weekday_is_refused_beside_a_full_date() -> None:
    with pytest.raises(UnresolvedDate, match="Sunday"):
        resolve("on Monday, June 18, 2023", published=None)


def test_a_weekday_that_is_right_soon_after_press_outweighs_the_tense() -> None:
    assert days("the trial opens on Friday, June 30") == ("2023-06-30", "2023-06-30")


def test_words_of_what_is_to_come_keep_a_near_date_out_of_the_year_before() -> None:
    assert days("The trial will open on July 3") == ("2023-07-03", "2023-07-03")


def test_a_bare_day_right_after_press_is_the_coming_one() -> None:
    assert days("two were killed in Homs on June 23") == ("2022-06-23", "2022-06-23")  # told as past
    assert days("on Thursday, June 23, they") == ("2022-06-23", "2022-06-23")  # the weekday chooses
    assert days("talks resume on June 24 in Havana") == ("2023-06-24", "2023-06-24")
    assert days("they met on June 28 in Havana") == ("2022-06-28", "2022-06-28")


@pytest.mark.parametrize(
    ("text", "earliest"),
    [
        ("On 24 March 2006 they raided the jail and freed 40. On 15 April armed men blew up a bridge.", "2006-04-15"),
        ("On 24 November 2006 they raided the jail. On 15 February armed men blew up a bridge.", "2007-02-15"),
        ("On 24 March 2006 they raided the jail.\n\nOn 15 April armed men blew up a bridge.", "2023-04-15"),  # another paragraph
        ("Since 24 March 2006 it was shelled. On 15 April armed men blew up a bridge.", "2023-04-15"),
        ("The war began on 24 March 2006. On 15 February armed men blew up a bridge.", "2023-02-15"),  # far on in the story
        ("On 24 March 2006 they raided the jail. On 15 June armed men blew up a bridge.", "2023-06-15"),  # the report's own time
    ],
)
def test_the_year_goes_on_through_a_paragraph_of_the_past(text: str, earliest: str) -> None:
    phrases = find_date_phrases(text)
    clock = TextClock(text, published=PRESS, phrases=phrases)
    assert str(resolve_phrase(phrases[1], clock=clock).earliest) == earliest


@pytest.mark.parametrize(("text", "published"), [("Last year nine died.", date(1, 1, 1)), ("It ends next year.", date(9999, 12, 31))])
def test_what_lies_outside_the_calendar_is_refused(text: str, published: date) -> None:
    with pytest.raises(UnresolvedDate, match="outside the years"):
        resolve(text, published=published)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("During Ramadan, 1400 people were killed", "Ramadan"),
        ("On Nowruz, 1300 Kurds marched", "Nowruz"),
        ("On 20 Khordad, 1300 prisoners were released", "20 Khordad"),
        ("On 20 Khordad 1402, prisoners were released", "20 Khordad 1402"),
    ],
)
def test_a_count_behind_a_hijri_date_is_no_year(text: str, words: str) -> None:
    assert find_date_phrases(text)[0].words == words


def test_ramadan_the_man_is_no_month() -> None:
    assert find_date_phrases("Two officers were shot by Ramadan, a former militant.") == ()


def test_a_dateline_that_no_year_has_leaves_the_report_without_one() -> None:
    text = "BEIRUT, Feb 30 (Reuters) - A bomb went off. The talks of 3 May 2026 had ended."
    clock = TextClock(text, published=None, phrases=find_date_phrases(text))
    assert clock.reference in (None, date(2026, 5, 3))


@pytest.mark.parametrize("text", ["on February 30", "on February 30, 2023", "on June 18", "on Sunday", "yesterday", "last week", "in May"])
def test_without_a_day_to_count_from_nothing_is_invented(text: str) -> None:
    with pytest.raises(UnresolvedDate):
        resolve(text, published=None)


def test_an_anchored_phrase_without_its_happening_is_refused() -> None:
    with pytest.raises(UnresolvedDate, match="another happening"):
        resolve("the same day")


def test_days_are_not_counted_from_a_happening_known_only_to_the_year() -> None:
    year = DayRange(earliest=date(2019, 1, 1), latest=date(2019, 12, 31), basis="explicit", rule="", p=1.0)
    with pytest.raises(UnresolvedDate, match="known only"):
        resolve("two days later", anchor=year)


def test_since_runs_to_the_day_of_the_report_only_when_ongoing() -> None:
    assert days("held since May") == ("2023-05-01", "2023-05-31")
    assert days("held since May", ongoing=True) == ("2023-05-01", "2023-06-20")


def test_an_attack_known_by_its_day_keeps_its_year_once_it_has_happened() -> None:
    assert days("after the October 7 attack", published=date(2025, 3, 1)) == ("2023-10-07", "2023-10-07")
    assert days("after the October 7 attack", published=date(2015, 3, 1)) == ("2014-10-07", "2014-10-07")


@pytest.mark.parametrize("published", [PRESS, None])
def test_the_twin_of_the_seed_is_dated_with_and_without_a_day_of_publication(published: date | None) -> None:
    phrases = find_date_phrases(TWIN)
    found = resolve_in_order(phrases, clock=TextClock(TWIN, published=published, phrases=phrases))
    assert [(p.words, str(d.earliest), str(d.latest)) for p, d in zip(phrases, found, strict=True) if isinstance(d, DayRange)] == [
        ("2019", "2019-01-01", "2019-12-31"),
        ("Sunday, June 18", "2023-06-18", "2023-06-18"),
        ("June 8", "2023-06-08", "2023-06-08"),
    ]


@pytest.mark.parametrize("published", [PRESS, None])
def test_a_false_weekday_in_the_twin_stays_undated(published: date | None) -> None:
    text = TWIN.replace("Sunday", "Monday")
    phrases = find_date_phrases(text)
    found = resolve_in_order(phrases, clock=TextClock(text, published=published, phrases=phrases))
    assert isinstance(found[1], UnresolvedDate)


def test_a_bare_weekday_beside_a_full_date_is_the_nearest_one() -> None:
    text = "On 26 September 2019 the swap was kept. On Friday the buses left."
    phrases = find_date_phrases(text)
    friday = resolve_in_order(phrases, clock=TextClock(text, published=None, phrases=phrases))[1]
    assert isinstance(friday, DayRange)
    assert (friday.earliest, friday.p <= 0.5) == (date(2019, 9, 27), True)


def test_in_order_each_phrase_counts_from_the_day_before_it() -> None:
    text = "They fled on June 16. The next day two were caught. A week after the riot nobody knew more."
    phrases = find_date_phrases(text)
    first, second, third = resolve_in_order(phrases, clock=TextClock(text, published=PRESS, phrases=phrases))
    assert isinstance(first, DayRange)
    assert isinstance(second, DayRange)
    assert second.earliest == date(2023, 6, 17)
    assert isinstance(third, UnresolvedDate)  # it counts from the riot, not from the day before it


def test_months_count_from_a_year_and_days_from_the_day_before_it() -> None:
    text = "They fled on June 16. The war began in 2014. The same day two were caught. Others had joined some months later."
    phrases = find_date_phrases(text)
    _, _, same, _ = resolve_in_order(phrases, clock=TextClock(text, published=PRESS, phrases=phrases))
    assert isinstance(same, DayRange)
    assert same.earliest == date(2023, 6, 16)
    text = "They fled on June 16. The war began in 2014. Others joined some months later."
    phrases = find_date_phrases(text)
    *_, later = resolve_in_order(phrases, clock=TextClock(text, published=PRESS, phrases=phrases))
    assert isinstance(later, DayRange)
    assert later.latest.year in (2014, 2015)


_DAYS = st.dates(min_value=date(2001, 1, 1), max_value=date(2030, 12, 31))


@given(day=_DAYS, lag=st.integers(0, 90), style=st.sampled_from(["%A, %B %d", "%A, %d %B", "%A (%b %d)", "%B %d", "%d %B %Y", "%Y-%m-%d", "%A, %B %d, %Y"]))
def test_a_day_told_within_three_months_comes_back_whatever_its_spelling(day: date, lag: int, style: str) -> None:
    found = resolve(f"They fled on {day.strftime(style)}.", published=day + timedelta(lag))
    assert (found.earliest, found.latest) == (day, day)


@given(day=_DAYS, lag=st.integers(0, 90), off=st.integers(1, 6))
def test_a_false_weekday_never_becomes_a_day(day: date, lag: int, off: int) -> None:
    with pytest.raises(UnresolvedDate):
        resolve(f"They fled on {(day + timedelta(off)).strftime('%A')}, {day.strftime('%B %d')}.", published=day + timedelta(lag))


_PIECES = [
    "on ",
    "Sunday",
    ", ",
    " ",
    "\n",
    "June ",
    "18 ",
    "2023 ",
    "February 30",
    " to ",
    "-",
    "and ",
    "last ",
    "week ",
    "the same day",
    "a few days after ",
    "early ",
    "since ",
    "in May ",
    "ago ",
    "winter of ",
    "overnight ",
]


@given(text=st.lists(st.sampled_from(_PIECES), max_size=30).map("".join), published=st.none() | st.dates(), future=st.booleans())
def test_every_phrase_is_a_range_in_order_or_a_refusal(text: str, published: date | None, future: bool) -> None:
    phrases = find_date_phrases(text)
    clock = TextClock(text, published=published, phrases=phrases)
    found = resolve_in_order(phrases, clock=clock, future=frozenset(phrases) if future else frozenset())
    assert all(isinstance(d, UnresolvedDate) or d.earliest <= d.latest for d in found)


def test_a_bare_season_is_not_dated_by_some_other_day_of_the_text() -> None:
    text = "On 26 September 2015 the swap was kept. They had been held since the spring."
    phrases = find_date_phrases(text)
    found = resolve_in_order(phrases, clock=TextClock(text, published=None, phrases=phrases))
    assert isinstance(found[1], UnresolvedDate)


def test_a_feast_named_on_the_way_is_no_happening_to_count_from() -> None:
    text = "On June 16 he signed it, before Eid al-Adha. The same evening five went home."
    phrases = find_date_phrases(text)
    evening = resolve_in_order(phrases, clock=TextClock(text, published=PRESS, phrases=phrases))[-1]
    assert isinstance(evening, DayRange)
    assert evening.earliest == date(2023, 6, 16)


def test_a_bare_date_months_after_the_newest_full_one_is_refused() -> None:
    text = "On 20 April 2020 a shot was fired. It came to blows on 23 June. On 2 May they had met."
    phrases = find_date_phrases(text)
    _, blows, met = resolve_in_order(phrases, clock=TextClock(text, published=None, phrases=phrases))
    assert isinstance(blows, UnresolvedDate)
    assert "before or after" in str(blows)
    assert isinstance(met, DayRange)
    assert met.earliest == date(2020, 5, 2)
