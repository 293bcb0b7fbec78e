"""Questions about patterns at the desk: a form, an answer in words, figures and a picture, within the bounds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from starlette.testclient import TestClient

import scenes
from desk.forms import page_of
from factories import family_of, make_account, make_reading, make_report, make_when, make_where
from waqai.flow import now
from waqai.people import add_token
from waqai.store import Store

FIRST = date(2019, 1, 1)
MEETINGS = "2019-04-11, 2019-07-20, 2019-10-28, 2020-02-05, 2020-05-15"


def clash_on(store: Store, day: int) -> None:
    """A clash of its own, at a place of its own."""
    report = make_report(f"A clash took place on day {day}.", id=f"clash-{day}", published=FIRST + timedelta(days=day + 1))
    where = make_where(lat=36 + day % 7 / 20, lon=40 + day % 11 / 20)
    account = make_account(report, type="clash", words=report.text, when=make_when(FIRST + timedelta(days=day)), where=where)
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[account]), family_of=family_of)
    (card,) = store.iter_cards(report=report.id)
    store.open_incident(
        f"i-clash-{day}", account=card.account.id, anchor=card.anchor, role="main", because="", by=scenes.BY, at=datetime(2021, 1, 1, tzinfo=UTC)
    )


@pytest.fixture
def told(store: Store) -> Store:
    """A clash on every sixth day of two years."""
    with store.transaction():
        for day in range(0, 720, 6):
            clash_on(store, day)
    return store


def test_an_answer_comes_in_words_with_a_table_a_picture_and_what_was_left_out(inside: TestClient, told: Store) -> None:
    asked = f"kind=after&type=clash&dates={MEETINGS}&days=14"
    page = page_of(inside.get(f"/patterns?{asked}"))
    text = page.text_content()
    assert "No rise after the reference dates that chance would not give: within 14 days" in text and "happenings of type clash; after 5 given dates" in text
    assert len(page.cssselect(".answer svg")) == 1 and page.cssselect(".answer tbody td")[0].text == "1 to 14"
    assert page.cssselect("input[name=kind][value=after][checked]") and page.cssselect("input[name=dates]")[0].get("value") == MEETINGS
    answer = inside.get(f"/patterns.json?{asked}").json()
    assert answer["testable"] and answer["figures"]["windows"][0]["window_days"] == 14 and answer["says"][0] in text
    assert inside.get(f"/patterns.svg?{asked}").text.startswith("<svg") and inside.get(f"/patterns.png?{asked}").content.startswith(b"\x89PNG")


def test_the_address_of_a_picture_asks_what_the_page_asked(inside: TestClient, told: Store) -> None:
    page = page_of(inside.get("/patterns?kind=recurrence&type=clash&country=SY"))
    (svg,) = [one.get("href") for one in page.cssselect(".answer .exports a") if one.text == "svg"]
    assert svg is not None and "type=clash" in svg and "country=SY" in svg and "kind=recurrence" in svg
    answer = inside.get(svg.replace(".svg", ".json")).json()
    assert answer["asked"] == "happenings of type clash, country SY" and answer["figures"]["happenings"] == 120


def test_what_the_record_cannot_answer_is_said_with_the_reason_and_has_no_picture(inside: TestClient, told: Store) -> None:
    page = page_of(inside.get("/patterns?kind=after&type=clash&dates=2019-04-11"))
    assert "Not testable. There is 1 reference date" in page.text_content() and not page.cssselect(".answer svg")
    assert [one.text for one in page.cssselect(".answer .exports a")] == ["json"]
    refused = inside.get("/patterns.png?kind=after&type=clash&dates=2019-04-11")
    assert refused.status_code == 400 and "there is no picture of this answer: Not testable" in refused.text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("kind=after&type=clash", "say after what"),
        ("kind=after&type=clash&dates=2019-04-11&days=7,x", "holds something else than numbers"),
        ("kind=after&type=clash&dates=2019-04-11&days=1", "none under 3 days"),
        ("kind=since&type=clash", "say since which day"),
        ("kind=forecast&type=clash", "name a family, not a type"),
        ("kind=forecast&type=clash&family=custody_exit&admin1=Hasakah", "name a family, not a type"),
    ],
)
def test_a_question_that_cannot_be_read_is_answered_by_what_would_help_beside_the_form(inside: TestClient, told: Store, asked: str, said: str) -> None:
    answer = inside.get(f"/patterns?{asked}")
    assert answer.status_code == 400 and said in page_of(answer).text_content() and 'value="clash"' in answer.text
    assert said in inside.get(f"/patterns.json?{asked}", headers={"accept": "application/json"}).json()["error"]


def test_custody_is_forecast_for_no_province_and_a_silent_record_is_no_quiet_country(inside: TestClient, told: Store) -> None:
    refused = inside.get("/patterns?kind=forecast&family=custody_exit&country=SY&admin1=Hasakah")
    assert refused.status_code == 400 and "one province often holds one prison" in page_of(refused).text_content()
    assert "no sign that nothing happened" in inside.get("/patterns.json?kind=forecast&family=combat&country=SY").json()["says"][0]


def test_words_and_tags_in_the_address_narrow_nothing_down(inside: TestClient, told: Store) -> None:
    wide, narrowed = (inside.get(f"/patterns.json?kind=recurrence&type=clash{more}").json()["figures"]["happenings"] for more in ("", "&words=Qalat&tag=x"))
    assert wide == narrowed == 120


def test_a_program_without_the_scope_internal_is_told_nothing(stranger: TestClient, told: Store) -> None:
    token = add_token("reader", told, scopes=("read",), by="person", at=now()).secret
    refused = stranger.get("/patterns.json?kind=recurrence", headers={"authorization": f"Bearer {token}"})
    assert refused.status_code == 403
