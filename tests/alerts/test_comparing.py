"""What of an incident is news, and in which words."""

from __future__ import annotations

from typing import Any

from alerted import MEANS
from clears import account, cleared, figure, report
from waqai.alerts.alert import KINDS
from waqai.alerts.comparing import compare, describe_new, make_new, make_state
from waqai.bounds import Cleared

HERALD = report("r2", publisher="The Herald")


def lines(before: Cleared, now: Cleared, *, kinds: Any = KINDS) -> tuple[str, ...]:
    news = compare(make_state(before.incident, MEANS.combiner), now, MEANS.combiner, kinds=kinds)
    return () if news is None else news.lines


def test_what_stays_is_no_news() -> None:
    assert lines(cleared(figures=[figure(3)]), cleared(figures=[figure(3)])) == ()


def test_another_figure_is_told_from_what_to_what_and_because_of_whom() -> None:
    before = cleared(figures=[figure(3), figure(5, speaker="medics")])
    now = cleared(account(), account("a2", report=HERALD), figures=[figure(3), figure(5, speaker="medics"), figure(7, speaker="the governor", report="r2")])
    assert lines(before, now) == ("killed: 3 (3–5) → 3 (3–7), because the governor says 7 (report of The Herald)",)


def test_what_a_report_says_in_its_own_voice_names_it_once() -> None:
    now = cleared(account(), account("a2", report=HERALD), figures=[figure(3), figure(7, speaker="The Herald", report="r2")])
    assert lines(cleared(figures=[figure(3)]), now) == ("killed: 3 → 3 (3–7), because The Herald says 7",)


def test_a_figure_of_a_group_that_was_not_told_is_news() -> None:
    now = cleared(figures=[figure(3), figure(4, of_whom="guards")])
    assert lines(cleared(figures=[figure(3)]), now) == ("killed (guard): not told → 4, because police says 4 (report of The Daily)",)


def test_a_sum_of_money_is_told_in_its_currency_once() -> None:
    now = cleared(figures=[figure(1000, measure="amount", of_whom="USD", unit="USD")])
    assert lines(cleared(), now) == ("amount (USD): not told → 1,000, because police says 1,000 (report of The Daily)",)


def test_another_voice_for_the_same_range_is_no_news() -> None:
    assert lines(cleared(figures=[figure(3)]), cleared(figures=[figure(3), figure(3, speaker="medics")])) == ()


def test_a_figure_that_was_taken_away_or_left_out_is_said() -> None:
    both = cleared(figures=[figure(3), figure(9, speaker="medics")])
    assert lines(both, cleared(figures=[figure(3)])) == ("killed: 3 (3–9) → 3, because a figure was corrected, left out or taken away",)
    assert lines(cleared(figures=[figure(3)]), cleared()) == ("killed: 3 → no figure any more",)
    denied = cleared(figures=[figure(3, unreliable=True)])
    assert lines(cleared(figures=[figure(3)]), denied)[0].startswith("killed: 3 → none that counts, because")


def test_of_many_figures_that_came_three_are_named() -> None:
    now = cleared(figures=[figure(n, speaker=f"voice {n}") for n in range(3, 9)])
    assert lines(cleared(figures=[figure(3, speaker="voice 3")]), now)[0].endswith("voice 6 says 6 (report of The Daily); and 2 more")


def test_a_grade_is_told_with_its_reason() -> None:
    now = cleared(grade="fair", grade_because="2 independent speakers: police; medics")
    assert lines(cleared(), now) == ("grade: weak → fair, because 2 independent speakers: police; medics",)


def test_what_was_planned_and_came_about_or_did_not_is_told() -> None:
    planned = cleared(type="release", status="planned")
    assert lines(planned, cleared(type="release", status="occurred")) == ("expected: planned → occurred",)
    assert lines(planned, cleared(type="release", status="foiled")) == ("expected: planned → foiled",)
    assert lines(planned, cleared(type="release", status="pledged")) == ()
    assert lines(cleared(status="attempted"), cleared(status="occurred")) == ()


def test_only_the_kinds_that_are_wanted_are_told() -> None:
    before, now = cleared(figures=[figure(3)]), cleared(figures=[figure(4)], grade="fair")
    assert [line.split(":")[0] for line in lines(before, now)] == ["killed", "grade"]
    assert [line.split(":")[0] for line in lines(before, now, kinds=("grade",))] == ["grade"]
    assert lines(before, now, kinds=("new", "expectation")) == ()


def test_what_persons_reject_is_withdrawn_whatever_is_wanted_and_new_when_they_take_it_back() -> None:
    rejected = cleared(grade="discounted", grade_because="review found: the paper took it back")
    news = compare(make_state(cleared().incident, MEANS.combiner), rejected, MEANS.combiner, kinds=())
    assert news is not None and (news.kinds, news.lines) == (("withdrawn",), ("rejected: review found: the paper took it back",))
    again = compare(make_state(rejected.incident, MEANS.combiner), cleared(), MEANS.combiner, kinds=KINDS)
    assert again is not None and again.kinds == ("new",)
    assert make_new(rejected) is None


def test_one_or_two_persons_are_told_as_the_record_tells_them() -> None:
    few = figure(1, high=2, best=None, expr="<3")
    assert lines(cleared(figures=[figure(3)]), cleared(figures=[few]))[0].startswith("killed: 3 → 1–2, because police says 1–2")


def test_a_new_incident_is_told_with_figures_grade_and_publishers() -> None:
    record = cleared(account(), account("a2", report=HERALD), figures=[figure(3)], status="attempted")
    assert describe_new(record, MEANS.combiner) == ("status: attempted", "killed: 3", "grade weak: one speaker", "told by The Daily, The Herald")
