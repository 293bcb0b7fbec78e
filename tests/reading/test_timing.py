"""Which date is the happening's."""

from __future__ import annotations

from datetime import date

import pytest

from reading.parsing import drafts_of, timeline_of
from waqai.core import When

SUNDAY, FRIDAY = date(2021, 3, 7), date(2021, 3, 5)


def whens_in(text: str, *, published: date | None = date(2021, 3, 8)) -> list[When | None]:
    timeline = timeline_of(text, published=published)
    whens: list[When | None] = []
    drafts = drafts_of(text)
    for i, draft in enumerate(drafts):
        whens.append(timeline.date_draft(draft, earlier=list(zip(drafts[:i], whens, strict=True))))
    return whens


def told(when: When | None) -> tuple[date, str] | None:
    return None if when is None else (when.earliest, when.basis)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Twelve prisoners escaped on Sunday.", [(SUNDAY, "weekday_resolved")]),
        ("Twelve prisoners escaped on March 5, 2021.", [(FRIDAY, "explicit")]),
        ("The governor said on Sunday that 12 prisoners escaped.", [(SUNDAY, "announcement_date_as_proxy")]),  # the day it was said
        ("The governor said on Sunday that 12 prisoners escaped on Friday.", [(FRIDAY, "weekday_resolved")]),  # its own day wins
        ("Police arrested two men on Sunday. They seized weapons.", [(SUNDAY, "weekday_resolved"), (SUNDAY, "inherited_from_context")]),
        ("Police arrested two men on Sunday. They had seized weapons.", [(SUNDAY, "weekday_resolved"), None]),  # had: before that day
        ("Police arrested two men on Sunday. Ministers met in Kano.", [(SUNDAY, "weekday_resolved"), (SUNDAY, "inherited_from_context")]),
        ("Twelve prisoners escaped from the jail. The guards ran on Sunday.", [(SUNDAY, "inherited_from_context")]),  # the lead leaves it to what follows
        ("Twelve prisoners escaped from the jail.", [None]),  # never the day of publication
        ("The prison has held 300 inmates since March 5.", [None]),  # a bound is no day
        ("The army plans to release prisoners.", [None]),
    ],
)
def test_a_happening_has_the_day_that_the_text_gives_it(text: str, days: list[tuple[date, str] | None]) -> None:
    assert [told(w) for w in whens_in(text)] == days


def test_a_day_that_cannot_be_is_a_notice_and_no_day() -> None:
    text = "Prisoners escaped on Monday, June 18 from the jail."
    timeline = timeline_of(text)
    assert timeline.date_draft(drafts_of(text)[0], earlier=[]) is None
    (notice,) = timeline.notices
    assert "Monday, June 18" in notice.reason and notice.stage == "reading"


def test_a_wrong_day_is_not_replaced_by_the_day_of_another_telling() -> None:
    first, second = whens_in("Police arrested two men on Sunday. Prisoners escaped on Monday, June 18 from the jail.")
    assert first is not None and second is None


def test_a_day_counted_from_a_happening_is_not_its_own() -> None:
    timeline = timeline_of("Gunmen came two days after the attack on the village.")
    (trigger,) = [t for d in drafts_of("Gunmen came two days after the attack on the village.") for t in d.triggers]
    assert timeline.own_phrase(trigger) is None


def test_the_quoted_words_of_a_date_are_its_phrase() -> None:
    text = "Twelve prisoners escaped on March 5, 2021."
    (when,) = whens_in(text)
    assert when is not None and when.phrase.of(text) == "March 5, 2021"


def test_a_planned_happening_lies_ahead() -> None:
    (when,) = whens_in("The army plans to release the prisoners on Friday.")
    assert when is not None and when.earliest == date(2021, 3, 12)


def test_an_announcement_that_cannot_be_dated_leaves_the_day_open() -> None:
    assert whens_in("The governor said on Tuesday, March 5 that 12 prisoners escaped. Ministers met in Kano on March 1.")[0] is None


def test_the_day_of_talks_is_not_counted_from_what_they_came_before() -> None:
    days = whens_in("Twelve prisoners escaped on Sunday. Ministers held talks in Kano on March 1, a few days before the escape.")
    assert [told(day) for day in days] == [(SUNDAY, "weekday_resolved"), (date(2021, 3, 1), "explicit")]
