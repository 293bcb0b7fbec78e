"""News and background, keys and relations."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from factories import make_account, make_report, make_when
from reading.parsing import LEXICON
from waqai.core import Account, PlaceMention, Report, Span
from waqai.reading.standing import with_standing

PUBLISHED = date(2021, 3, 8)
REPORT = make_report("escaped met caught raided held pledged", published=PUBLISHED)


def tell(type: str, words: str, *, days_ago: int | None = None, status: str = "occurred", report: Report = REPORT, place: str | None = None) -> Account:
    day = PUBLISHED - timedelta(days=days_ago) if days_ago is not None else None
    mentions = (PlaceMention(name=place, phrase=Span(0, 3), role="event_place"),) if place else ()
    return make_account(report, type=type, words=words, status=status, when=make_when(day) if day else None, place_mentions=mentions)


def standing(*accounts: Account, published: date | None = PUBLISHED) -> tuple[Account, ...]:
    return with_standing(accounts, published=published, types=LEXICON.types)


def backgrounds(*accounts: Account, published: date | None = PUBLISHED) -> list[bool]:
    return [a.background for a in standing(*accounts, published=published)]


@pytest.mark.parametrize(
    ("accounts", "expected"),
    [
        ([tell("escape", "escaped", days_ago=1)], [False]),
        ([tell("meeting", "met", days_ago=1), tell("escape", "escaped", days_ago=1)], [True, False]),  # politics beside an escape
        ([tell("meeting", "met", days_ago=1), tell("aid", "pledged", days_ago=1)], [False, False]),  # politics is the news
        ([tell("escape", "escaped", days_ago=1), tell("raid", "raided", days_ago=30)], [False, True]),  # long past
        ([tell("escape", "escaped", days_ago=1), tell("raid", "raided", days_ago=12)], [False, True]),  # before the news
        ([tell("escape", "escaped", days_ago=1), tell("raid", "raided", days_ago=6)], [False, False]),
        ([tell("escape", "escaped", days_ago=30), tell("raid", "raided", days_ago=1)], [True, False]),  # the recent one is the news
        ([tell("detention", "held"), tell("escape", "escaped", days_ago=1)], [True, False]),  # people held are the setting
        ([tell("escape", "escaped", days_ago=100)], [False]),  # old, but all there is
        ([tell("escape", "escaped", days_ago=400)], [True]),  # the report looks back
        ([tell("escape", "escaped", days_ago=1), tell("raid", "raided", days_ago=30, status="planned")], [False, False]),  # lies ahead
    ],
)
def test_what_is_no_news_is_background(accounts: list[Account], expected: list[bool]) -> None:
    assert backgrounds(*accounts) == expected


def test_without_a_day_of_publication_the_last_day_told_is_today() -> None:
    accounts = [tell("escape", "escaped", days_ago=40), tell("raid", "raided", days_ago=1)]
    assert backgrounds(*accounts, published=None) == [True, False]


def test_no_accounts_have_no_standing() -> None:
    assert standing() == ()


@pytest.mark.parametrize(
    ("account", "kind"),
    [
        (tell("recapture", "caught", days_ago=1), "recaptures"),
        (tell("raid", "raided", days_ago=1), "follows_up"),
        (tell("meeting", "met", days_ago=1), "context_of"),
    ],
)
def test_an_account_is_related_to_the_news(account: Account, kind: str) -> None:
    news, other = standing(tell("escape", "escaped", days_ago=1), account)
    assert [(r.kind, r.to) for r in other.relations] == [(kind, news.id)] and news.relations == ()


def test_an_act_told_before_the_news_does_not_follow_it_up() -> None:
    report = make_report("raided escaped", published=PUBLISHED)
    raid, _ = standing(tell("detention", "raided", report=report), tell("escape", "escaped", days_ago=1, report=report))
    assert [r.kind for r in raid.relations] == ["context_of"]


def test_keys_name_place_and_type_and_are_unique() -> None:
    accounts = standing(tell("escape", "escaped", place="Ras al-Ain"), tell("escape", "met", place="Ras al-Ain"), tell("raid", "raided"), tell("raid", "held"))
    assert [a.key for a in accounts] == ["ras-al-ain-escape", "ras-al-ain-escape-2", "raid", "raid-2"]


def test_a_place_in_another_script_leaves_the_type_as_key() -> None:
    assert standing(tell("escape", "escaped", place="الحسكة"))[0].key == "escape"
