"""What one report tells of a prison's storm and of the fight for it days later is one happening; two breaks are two."""

from __future__ import annotations

import pytest

from linking.card_maker import HASAKAH, RAQQA, days_later, make_report, tell
from waqai.core import Card, LinkRole, Report
from waqai.linking import roles_of_report

TEXT = "Gunmen stormed the prison in Hasakah. Later guards fought there. More men escaped by then."
PLAIN, OF_SIEGE = "Gunmen storm prison in Hasakah", "Gunmen storm prison in Hasakah, guards retake it"
STORM = "2022-01-20"


def told(title: str, *, text: str = TEXT) -> Report:
    return make_report(text, title=title, published="2022-01-31")


def role_beside(news: str, beside: str, *, title: str = PLAIN, text: str = TEXT, days: int | None = 0, **more: object) -> LinkRole:
    """The role of what is told to be so many days later than the news of January 20, or None for without a day."""
    report = told(title, text=text)
    main = tell(report, news, "stormed", day=STORM, place=HASAKAH)
    other = {"day": None if days is None else days_later(STORM, days), "place": HASAKAH} | more
    return _role(main, tell(report, beside, "fought", order=1, **other))  # type: ignore[arg-type]


def _role(main: Card, other: Card) -> LinkRole:
    roles = roles_of_report([main, other])
    assert roles[main.account.id] == "main"
    return roles[other.account.id]


@pytest.mark.parametrize(
    ("days", "role"),
    [(4, "part"), (10, "part"), (11, "follow_up"), (-4, "part")],
)
@pytest.mark.parametrize("end", ["clash", "territory_change", "surrender"])
def test_the_storm_of_a_prison_and_the_fight_for_it_days_later_are_one(end: str, days: int, role: LinkRole) -> None:
    assert role_beside("jailbreak", end, days=days) == role


@pytest.mark.parametrize("kind", ["escape", "jailbreak", "prison_riot"])
@pytest.mark.parametrize(("days", "role"), [(4, "follow_up"), (2, "follow_up"), (1, "part"), (-1, "part"), (-4, "background")])
def test_two_breaks_days_apart_are_two_and_one_that_is_told_of_its_night_and_its_morning_is_one(kind: str, days: int, role: LinkRole) -> None:
    assert role_beside(kind, kind, days=days) == role
    assert role_beside(kind, kind, days=days, title=OF_SIEGE) == role
    assert role_beside(kind, kind, days=days, background=True) == ("part" if role == "part" else "background")


def test_a_break_and_a_riot_days_apart_are_one_siege() -> None:
    assert role_beside("jailbreak", "prison_riot", days=3) == "part"


def test_a_break_told_as_earlier_context_is_no_part_of_one_that_it_is_days_apart_from_nor_without_a_day() -> None:
    assert role_beside("escape", "escape", days=-40, background=True) == "background"
    assert role_beside("escape", "escape", days=None, title=OF_SIEGE, background=True) == "background"


@pytest.mark.parametrize(("title", "role"), [(PLAIN, "follow_up"), (OF_SIEGE, "part"), ("Gunmen storm town, militia took it back", "follow_up")])
def test_a_later_raid_may_be_a_search_unless_headline_or_first_lines_speak_of_a_siege(title: str, role: LinkRole) -> None:
    text = TEXT if "prison" in title else "Gunmen stormed a house in Hasakah. Later guards fought there."
    assert role_beside("jailbreak", "raid", days=4, title=title, text=text) == role


def test_first_lines_may_speak_of_the_siege_too() -> None:
    assert role_beside("jailbreak", "raid", days=4, text=TEXT + " The siege of the prison lasted.") == "part"
    assert role_beside("jailbreak", "raid", days=4, text=TEXT + " And so on." * 30 + " The siege of the prison lasted.") == "follow_up"


def test_a_raid_before_the_break_is_its_storm_and_no_search() -> None:
    assert role_beside("jailbreak", "raid", days=-2) == "part"


@pytest.mark.parametrize(("title", "role"), [(PLAIN, "follow_up"), (OF_SIEGE, "part")])
def test_a_raid_without_a_day_is_of_the_siege_where_the_report_speaks_of_one(title: str, role: LinkRole) -> None:
    assert role_beside("jailbreak", "raid", days=None, title=title) == role


@pytest.mark.parametrize(("title", "role"), [(PLAIN, "background"), (OF_SIEGE, "part")])
def test_an_undated_clash_told_as_context_is_of_the_siege_where_the_report_speaks_of_one(title: str, role: LinkRole) -> None:
    assert role_beside("jailbreak", "clash", days=None, title=title, background=True) == role


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("clash", {"place": RAQQA}),  # elsewhere
        ("clash", {"place": None}),  # nobody knows where
        ("clash", {"facility": "Alaya prison", "news_facility": "Ghweran prison"}),
        ("arrest", {}),  # no fight
    ],
)
def test_what_lies_elsewhere_or_is_no_fight_is_of_no_siege(kind: str, more: dict[str, object]) -> None:
    report, more = told(OF_SIEGE), dict(more)
    main = tell(report, "jailbreak", "stormed", day=STORM, place=HASAKAH, facility=more.pop("news_facility", None))  # type: ignore[arg-type]
    other = {"day": days_later(STORM, 4), "place": HASAKAH} | more
    assert _role(main, tell(report, kind, "fought", order=1, **other)) != "part"  # type: ignore[arg-type]


@pytest.mark.parametrize(("title", "role"), [(PLAIN, "follow_up"), ("Walls of prison stormed, standoff goes on", "part")])
def test_two_fights_days_apart_are_of_one_siege_where_the_report_speaks_of_one(title: str, role: LinkRole) -> None:
    assert role_beside("clash", "clash", days=4, title=title) == role


@pytest.mark.parametrize(("days", "role"), [(1, "part"), (4, "background")])
def test_a_storm_told_of_the_day_of_the_fight_needs_no_place_to_be_one_with_it(days: int, role: LinkRole) -> None:
    report = told(PLAIN)
    fight = tell(report, "clash", "fought", day=STORM)
    storm = tell(report, "jailbreak", "stormed", order=1, day=days_later(STORM, -days), place=HASAKAH, background=True)
    assert roles_of_report([fight, storm])[storm.account.id] == role
