"""A question put to a record: no day on which something happened is in its answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from growing import tell
from waqai.bounds import get_profile
from waqai.observing import Answer, Question, Record, put_question
from waqai.store import Filters, open_store

FIRST, AT = date(2023, 1, 5), datetime(2023, 9, 3, 9, tzinfo=UTC)  # a Thursday, a Sunday
DAYS = [day for n in range(240) if (day := FIRST + timedelta(days=n)).weekday() in (1, 3) and 2 < day.day < 27]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Escapes in Syria on Tuesdays and Thursdays over thirty weeks, and on every fifth of these days one in Iraq."""
    path: Path = tmp_path_factory.mktemp("asked") / "s.sqlite"
    with open_store(str(path)) as opened:
        with opened.transaction():
            for n, day in enumerate(DAYS):
                tell(opened, f"s{n}", day=day, country="SY", at=AT)
                if n % 5 == 0:
                    tell(opened, f"i{n}", day=day, country="IQ", at=AT)
        yield Record(store=opened, profile=get_profile("public"), at=AT + timedelta(days=9), actors=frozenset())


def ask(record: Record, kind: Any, **more: Any) -> Answer:
    return put_question(Question(kind=kind, filters=Filters(country=("SY",)), **more), record)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("rates", {"by": "week"}),
        ("rates", {"by": "month"}),
        ("changes", {"by": "week"}),
        ("since", {"day": date(2023, 4, 3)}),
        ("recurrence", {}),
        ("after", {"after": Filters(country=("IQ",)), "windows_days": (7,)}),
    ],
)
def test_no_day_of_a_happening_is_in_an_answer(record: Record, kind: str, more: dict[str, Any]) -> None:
    answer = ask(record, kind, **more)
    assert answer.testable or kind == "recurrence"
    told = json.dumps([answer.as_plain(), [table.rows for table in answer.tables]])
    assert not [day for day in DAYS if day.isoformat() in told]


def test_a_day_since_which_is_asked_is_moved_to_the_nearest_monday_and_the_answer_says_so(record: Record) -> None:
    told = [ask(record, "since", day=date(2023, 4, day)) for day in (3, 5, 6, 7)]
    assert told[1].as_plain()["figures"] == told[2].as_plain()["figures"] == told[0].as_plain()["figures"] != told[3].as_plain()["figures"]
    assert told[1].notes[0] == "counted from Monday 2023-04-03 on and not 2023-04-05, as what is finer than a week is not told"
    assert "from 2023-04-03 on" in told[2].says[0] and told[0].notes == told[1].notes[1:] and "Monday 2023-04-10" in told[3].notes[0]


def test_a_span_of_days_is_counted_as_the_weeks_or_months_that_it_touches(record: Record) -> None:
    asked = Filters(country=("SY",), since=date(2023, 3, 15), until=date(2023, 5, 3))
    weeks = put_question(Question(kind="rates", by="week", filters=asked), record)
    assert "from 2023-03-13 to 2023-05-07" in weeks.says[0] and weeks.asked.endswith("from 2023-03-13, to 2023-05-07, by week")
    assert weeks.notes[0].endswith("from 2023-03-13 and not 2023-03-15, to 2023-05-07 and not 2023-05-03")
    assert all(one["period"]["whole"] for one in weeks.plain["rates"]["rates"])
    months = put_question(Question(kind="rates", by="month", filters=asked), record)
    assert "from 2023-03-01 to 2023-05-31" in months.says[0] and all(one["period"]["whole"] for one in months.plain["rates"]["rates"])


def test_an_answer_on_what_is_planned_says_so(record: Record) -> None:
    asked = put_question(Question(kind="rates", filters=Filters(status=("planned", "threatened"))), record).asked
    assert asked == "happenings, status planned or threatened" and ask(record, "rates").asked == "happenings, country SY, by month"
