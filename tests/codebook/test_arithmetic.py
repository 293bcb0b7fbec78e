from __future__ import annotations

from datetime import date

import pytest

from factories import make_account, make_count, make_report, make_when
from waqai.codebook import check_tellings
from waqai.core import Count, Report

TEXT = (
    "The Observatory said that 25 prisoners fled, ten Iraqis and 13 Syrians; 12 women and five children hid. "
    "Of the 25 escapees 4 were caught and 20 are at large. The governor said 23 got out. Gunmen killed 1 of them."
)
REPORT = make_report(TEXT, publisher="The Daily")


def count(low: float, words: str, **fields: object) -> Count:
    return make_count(low, report=REPORT, words=words, **fields)  # type: ignore[arg-type]


def check(*counts: Count, report: Report = REPORT, names: dict[str, str] | None = None, **fields: object) -> tuple[str, ...]:
    account = make_account(report, counts=counts, **fields)  # type: ignore[arg-type]
    return check_tellings([account], text=report.text, published=report.published, name_of=lambda claim: (names or {}).get(claim or "", "The Daily"))


IRAQIS, SYRIANS = count(10, "ten Iraqis", of_whom="Iraqis"), count(13, "13 Syrians", of_whom="Syrians")
WHOLE = count(25, "25 prisoners")


def test_a_breakdown_by_nationality_that_is_not_the_whole_is_said() -> None:
    assert check(WHOLE, IRAQIS, SYRIANS) == ("escaped: 25 != 10 Iraqis + 13 Syrians = 23 (the whole by The Daily)",)


@pytest.mark.parametrize(
    "counts",
    [
        (count(23, "23 got out"), IRAQIS, SYRIANS),  # it adds up
        (count(20, "25 prisoners", high=30, kind="approx"), IRAQIS, SYRIANS),  # it may add up
        (WHOLE, IRAQIS),  # one part is no breakdown
        (IRAQIS, SYRIANS),  # no whole to hold it against
        (WHOLE, IRAQIS, count(5, "five children", of_whom="children")),  # no list: words between, and children are no name
        (WHOLE, count(10, "ten Iraqis", of_whom="Iraqis", measure="killed"), SYRIANS),  # two measures
        (WHOLE, count(23, "23 got out"), IRAQIS, SYRIANS),  # one of two wholes fits
    ],
)
def test_what_adds_up_or_cannot_be_told_is_left_alone(counts: tuple[Count, ...]) -> None:
    assert check(*counts) == ()


def test_parts_told_as_a_list_need_no_names() -> None:
    women, children = count(12, "12 women", of_whom="women"), count(5, "five children", of_whom="children")
    assert check(WHOLE, women, children) == ("escaped: 25 != 12 women + 5 children = 17 (the whole by The Daily)",)


def test_parts_whose_group_was_not_read_are_told_by_their_sum() -> None:
    ten, thirteen = count(10, "ten Iraqis", of_whom=None), count(13, "13 Syrians", of_whom=None)
    assert check(WHOLE, ten, thirteen) == ("escaped: 25 != 10 + 13 = 23 (the whole by The Daily)",)


def test_the_whole_of_another_speaker_is_taken_where_the_own_is_missing_and_both_are_named() -> None:
    whole = count(25, "25 prisoners", said_by="c1")
    assert "the whole by SOHR, the parts by The Daily" in check(whole, IRAQIS, SYRIANS, names={"c1": "SOHR"})[0]


def test_escaped_are_those_caught_and_those_at_large_and_those_killed() -> None:
    back, out = count(4, "4 were caught", measure="recaptured"), count(20, "20 are at large", measure="at_large")
    assert check(WHOLE, back, out) == ("escaped: 25 != 4 recaptured + 20 at large (The Daily)",)
    assert check(WHOLE, back, out, count(1, "killed 1", measure="killed")) == ()
    assert check(WHOLE, back) == ()
    assert check(WHOLE, back, count(20, "20 are at large", measure="at_large", said_by="c1"), names={"c1": "police"}) == ()


def test_a_happening_after_the_report_is_said_unless_it_is_to_come() -> None:
    later = make_when(date(2021, 4, 1))
    assert "lies after the day on which it was told, 2021-03-08" in check(when=later)[0]
    assert check(when=later, status="planned") == check(when=make_when(date(2021, 3, 8))) == ()
