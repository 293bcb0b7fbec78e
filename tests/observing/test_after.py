"""Raised in the days after? The answer in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from waqai.observing import Answer, Happening, Happenings
from waqai.observing.after import ask_after

FIRST = date(2019, 1, 1)
MEETINGS = (100, 250, 400, 550, 700, 850, 1000)
BLANK = Happening("", "escape", "custody_exit", "occurred", None, None, "SY", None, None, None, None)


def on(days: Iterable[int], kind: str = "e") -> Happenings:
    """A happening on each of these days after FIRST."""
    dated = [FIRST + timedelta(days=int(day)) for day in days]
    return Happenings(all=tuple(BLANK._replace(id=f"{kind}{n}", earliest=day, latest=day) for n, day in enumerate(dated)))


def quiet(seed: int = 1) -> list[int]:
    """Two happenings in five days, over three years, in no relation to anything."""
    return sorted(np.random.default_rng(seed).integers(0, 1100, size=440).tolist())


def ask(counted: Happenings, references: Happenings) -> Answer:
    return ask_after(counted, references, asked="escapes; after meetings", windows_days=(7, 14))


def test_one_meeting_is_not_testable_and_the_answer_says_why_and_what_it_would_take() -> None:
    answer = ask(on(quiet()), on([500], "m"))
    assert not answer.testable and answer.picture is None and not answer.tables
    (why,) = answer.says
    assert why.startswith("Not testable. There is 1 reference date") and "cannot tell chance from a pattern" in why and "at least 5" in why


def test_a_rise_is_told_with_ratio_interval_and_null_and_never_as_a_cause() -> None:
    more = [start + n for start in MEETINGS for n in (1, 2, 2, 3, 4, 5, 6, 7)]
    answer = ask(on(quiet() + more), on(MEETINGS, "m"))
    assert answer.testable and answer.says[0].startswith("They are more frequent after the reference dates than near them: within 7 days")
    assert "held for all 2 windows together" in answer.says[1] and "association" in answer.says[2] and "cause" not in " ".join(answer.says)
    (table,) = answer.tables
    assert table.rows[0][0] == "1 to 7" and float(table.rows[0][3]) > 2 and answer.plain["windows"][0]["p_holm"] < 0.05
    assert answer.picture is not None and answer.picture.alt.startswith("Happenings in the days after 7 reference dates")


def test_no_rise_is_told_as_such_and_not_as_proof_of_none() -> None:
    answer = ask(on(quiet(2)), on(MEETINGS, "m"))
    assert answer.says[0].startswith("No rise after the reference dates that chance would not give") and "does not show that nothing is there" in answer.says[2]


def test_a_reference_after_which_nothing_came_counts_as_long_as_the_record_goes_on() -> None:
    """Escapes stop on day 600; meetings go on, and after none of the later ones is there an escape."""
    counted, meetings = on([day for day in quiet(2) if day < 600]), on(MEETINGS, "m")
    ended = ask(counted, meetings)
    goes_on = ask(replace(counted, known_until=FIRST + timedelta(days=1100)), meetings)
    assert "left out: 3 reference dates, too near an end of the record" in ended.notes or not ended.testable
    assert goes_on.plain["references"] == 7 and goes_on.plain["without_room"] == 0


def test_what_has_no_sure_day_is_left_out_and_counted() -> None:
    vague = BLANK._replace(id="v", earliest=FIRST, latest=FIRST + timedelta(days=30))
    counted = Happenings(all=(*on(quiet()).all, vague), left_out={"under 72 hours old": 3})
    answer = ask(counted, Happenings(all=(*on(MEETINGS, "m").all, vague)))
    assert answer.notes[:3] == ("left out: 3 under 72 hours old", "left out: 1 of what is counted have no sure day", "left out: 1 references have no sure day")
    nothing = ask(Happenings(all=(vague,)), on(MEETINGS, "m"))
    assert not nothing.testable and "nothing that is counted of which the day is known" in nothing.says[0]


def test_an_incident_on_both_sides_is_not_found_near_itself() -> None:
    counted = on(quiet())
    both = Happenings(all=tuple(one for one in counted.all[::60]))
    assert "counted as references only, as they are on both sides: 8 incidents" in ask(counted, both).notes
