"""Two incidents that fit each other are one; nothing becomes one that a report tells apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linking.card_maker import HASAKAH, RAQQA, make_report, tell
from waqai.core import Card
from waqai.linking import MERGE, fit_union, make_moves
from waqai.linking.days import MET

FARMS = {"name": "Tel Salam", "lat": 36.50, "lon": 40.75, "admin1": "Hasakah", "country": "SY", "precision": "P1_point"}


def shooting(n: int, *, place: dict[str, object] = FARMS, day: str = "2021-07-05", role: str = "main", type: str = "attack_on_civilians") -> Card:
    words = ("outside the Qandil bakery", "near the bakery of Qandil", "at the door of the Qandil bakery", "in front of Qandil's bakery")[n]
    text = f"Gunmen shot the grocer Samir Barakat dead {words} in Tel Salam, said Mayor Idris Nour."
    report = make_report(text, title="Grocer Samir Barakat shot dead at bakery", published="2021-07-06")
    return replace(tell(report, type, "shot", day=day, place=place, counts=[("killed", 1)]), role=role)


def prison_break(n: int, *, day: str | None) -> Card:
    text = f"Eleven men broke out of Ghweran prison in Hasakah, the {('director', 'warden', 'guard', 'mayor')[n]} said."
    report = make_report(text, title="Eleven escape from Ghweran prison", published="2021-07-30")
    card = tell(report, "escape", "broke out", day=day, place=HASAKAH, facility="Ghweran prison", counts=[("escaped", 11)])
    return replace(card, role="main")


def test_two_incidents_told_alike_fit_and_all_accounts_of_one_move() -> None:
    one, other = ("i-one", [shooting(0), shooting(1)]), ("i-other", [shooting(2), shooting(3)])
    union = fit_union(one, other)
    assert union is not None and union.score >= MERGE
    moves = make_moves(other[1], source="i-other", target="i-one", union=union)
    assert {move.accounts[0] for move in moves} == {card.account.id for card in other[1]}
    assert {(move.source, move.target) for move in moves} == {("i-other", "i-one")}
    assert {move.right for move in moves} <= {card.account.id for card in one[1]}
    assert all("both incidents are one" in move.because for move in moves)
    back = make_moves(one[1], source="i-one", target="i-other", union=union)
    assert {move.right for move in back} <= {card.account.id for card in other[1]}


def test_of_breaks_one_pair_of_the_same_days_is_enough_though_another_is_more_alike() -> None:
    dated, same, undated = (replace(prison_break(n, day=day), role="main") for n, day in ((0, "2021-07-05"), (1, "2021-07-05"), (2, None)))
    vague = fit_union(("i-one", [replace(dated, title="Eleven escape", lead="", body="")]), ("i-other", [undated]))
    assert vague is None  # no days that meet
    twin = replace(undated, title=dated.title, body=dated.body, lead=dated.lead)
    union = fit_union(("i-one", [dated]), ("i-other", [replace(same, title="Men get away", body="At night.", lead="At night."), twin]))
    assert union is not None and union.best.best.features.time in MET


def test_parts_move_with_their_report() -> None:
    news = shooting(0)
    part = replace(news, account=replace(news.account, id="a-part", type="clash"), family="combat", role="part", order=1)
    one, other = ("i-one", [shooting(1)]), ("i-other", [news, part])
    union = fit_union(one, other)
    assert union is not None
    (move,) = make_moves(other[1], source="i-other", target="i-one", union=union)
    assert move.accounts == (news.account.id, "a-part")


def test_two_breaks_of_one_prison_months_apart_do_not_fit() -> None:
    summer = [prison_break(n, day="2021-07-05") for n in (0, 1)]
    spring = []
    for doctor in ("Odeh", "Haddad"):
        text = f"Nine inmates broke over the wall of Ghweran prison in Hasakah while mattresses burned in two wards, Doctor {doctor} told our paper."
        report = make_report(text, title="Fire and flight in Hasakah", published="2021-03-30")
        spring.append(replace(tell(report, "escape", "broke over", day="2021-03-29", place=HASAKAH, facility="Ghweran prison"), role="main"))
    union = fit_union(("i-spring", spring), ("i-summer", summer))
    assert union is None or union.score < MERGE


def test_one_lucky_pair_does_not_make_two_incidents_one() -> None:
    far = [shooting(n, place=RAQQA, day="2021-02-01", type="meeting") for n in (2, 3)]
    alone, crowd = fit_union(("i", [shooting(0)]), ("j", [shooting(1)])), fit_union(("i", [shooting(0)]), ("j", [shooting(1), *far]))
    assert alone is not None and crowd is not None and crowd.score < alone.score


def test_what_is_no_reports_news_is_not_made_one_with_anything() -> None:
    assert fit_union(("i-one", [shooting(0, role="background")]), ("i-other", [shooting(1)])) is None


def test_a_report_whose_news_both_are_tells_them_apart_and_one_that_only_mentions_one_does_not() -> None:
    news, once_more = shooting(0), shooting(0)
    again = replace(once_more, account=replace(once_more.account, id="a-again"), order=1)
    assert fit_union(("i-one", [news, shooting(1)]), ("i-other", [again, shooting(2)])) is None
    assert fit_union(("i-one", [news, shooting(1)]), ("i-other", [replace(again, role="background"), shooting(2)])) is not None


@pytest.mark.parametrize(("mentioned", "one"), [("2021-07-06", True), ("2021-06-20", False)])
def test_of_breaks_in_custody_what_is_mentioned_of_days_away_is_told_apart(mentioned: str, one: bool) -> None:
    first, second = prison_break(0, day="2021-07-05"), prison_break(1, day="2021-07-06")
    told = prison_break(1, day=mentioned)
    mention = replace(told, account=replace(told.account, id="a-mention"), role="background", order=1)
    assert (fit_union(("i-one", [first, mention]), ("i-other", [second])) is not None) == one


def test_of_breaks_in_custody_days_and_kinds_must_meet() -> None:
    first, undated = prison_break(0, day="2021-07-05"), prison_break(1, day="2021-07-06")
    undated = replace(undated, account=replace(undated.account, when=None))
    report = make_report("Eleven men of Ghweran prison in Hasakah were moved to a court, the guard said.", title="Eleven before court", published="2021-07-30")
    transfer = replace(tell(report, "arrest", "were moved", day="2021-07-05", place=HASAKAH, facility="Ghweran prison"), role="main")
    assert fit_union(("i-one", [first]), ("i-other", [undated])) is None
    assert fit_union(("i-one", [first]), ("i-other", [transfer])) is None
