from __future__ import annotations

from datetime import timedelta

from expecting import AT, BY, ISSUED, MEANS, day, draft, happen
from waqai.expectations import Answerable, Given, Told, adjust, describe_answer, look_for_references, register
from waqai.expectations.register import Registered
from waqai.patterns.testable import NotTestable
from waqai.store import Store


def study(store: Store) -> Registered:
    told = Told(country="SY", types=("escape",))
    made = draft(store, "ISIS intensified its raids a few days after the meeting of ministers", stance="assesses", told=told)
    return register(made, store, today=day(100), accept_late=False, because="", by=BY, at=AT)


def ask(store: Store, one: Registered) -> Answerable | NotTestable:
    with store.reading(incidents=True) as connection:
        return look_for_references(connection, one.frozen.rule)


def test_one_meeting_is_not_testable_and_says_how_many_are_needed(store: Store) -> None:
    one = study(store)
    happen(store, "met", on=day(-8), type="meeting", country="SA")
    happen(store, "broke", on=day(-1), type="escape")
    found = ask(store, one)
    assert isinstance(found, NotTestable)
    assert found.why.startswith("not testable: 1 reference date on record")
    assert "5 are needed" in found.why


def test_what_is_known_to_a_month_only_is_no_reference_day(store: Store) -> None:
    one = study(store)
    for n in range(5):
        happen(store, f"met{n}", on=day(-30 * n - 30), until=day(-30 * n - 5), type="meeting", country="SA")
    happen(store, "met", on=day(-8), type="meeting", country="SA")
    found = ask(store, one)
    assert isinstance(found, NotTestable) and found.why.startswith("not testable: 1 reference date on record")


def test_from_five_reference_days_on_it_is_handed_to_the_event_study_with_its_days(store: Store) -> None:
    one = study(store)
    for n in range(5):
        happen(store, f"met{n}", on=day(-10 * n - 5), type="meeting", country="SA")
        happen(store, f"broke{n}", on=day(-10 * n - 3), type="escape", actor="islamic-state")
    happen(store, "same day", on=day(-5), type="meeting", country="JO")  # one reference day, not two
    happen(store, "later", on=day(3), type="meeting", country="SA")  # after the claim
    found = ask(store, one)
    assert isinstance(found, Answerable)
    assert found.references == tuple(day(-10 * n - 5) for n in (4, 3, 2, 1, 0))
    assert (len(found.outcomes), found.within_days) == (5, 7)


def test_the_study_says_a_rise_beside_its_null_and_none_where_there_is_none() -> None:
    """Two years of one escape in ten days; ten meetings, after each of which there are four more, or none."""
    meetings = tuple(day(-700 + 70 * n) for n in range(10))
    usual = [day(-760 + n) for n in range(0, 800, 10)]
    more = sorted([*usual, *(meeting + timedelta(days=n) for meeting in meetings for n in (1, 2, 3, 4))])
    said = describe_answer(Answerable(references=meetings, outcomes=tuple(more), within_days=7))
    assert said.startswith("more than near them: within 7 days")
    assert "each of 10 reference dates moved by up to 60 days" in said and "1 window tested" in said and "Associated in time" in said
    none = describe_answer(Answerable(references=meetings, outcomes=tuple(usual), within_days=7))
    assert none.startswith("no rise that chance would not give: within 7 days")
    assert describe_answer(Answerable(references=meetings, outcomes=(), within_days=7)).startswith("not testable: 10 reference days")
    assert "waqai patterns excitation" in describe_answer(Answerable(references=meetings, outcomes=tuple(usual), within_days=90, of_itself=True))


def test_a_rate_is_counted_from_successes_only(store: Store) -> None:
    told = Told(country="SY", types=("escape",))
    made = adjust(draft(store, "one success tempts it to try again and again", stance="assesses", told=told), Given(actor="ISIS"), means=MEANS)
    one = register(made, store, today=ISSUED, accept_late=False, because="", by=BY, at=AT)
    for n in range(5):
        happen(store, f"b{n}", on=day(-10 * n - 5), type="escape", actor="islamic-state", status="occurred" if n else "foiled")
    happen(store, "others", on=day(-2), type="escape")
    found = ask(store, one)
    assert isinstance(found, NotTestable) and "4 reference dates" in found.why
