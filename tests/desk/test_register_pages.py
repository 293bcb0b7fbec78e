from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from desk.forms import page_of, text_of
from expecting import AT, cover, day, happen, say
from waqai.flow import shipped_settings
from waqai.flow.expecting import expecting_means, look_at_register
from waqai.store import Store

ATTACK = "an attack in Syria is likely within 10 days"
LATER = f"{day(40)}T12:00:00+00:00"


@pytest.fixture
def claim(store: Store, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("WAQAI_NOW", AT.isoformat())
    found, _ = say(store, ATTACK)
    say(store, "better times will come", id="vague")
    return found.id


def registered(inside: TestClient, claim: str, **said: str) -> str:
    """The address of the entry that the form makes."""
    answer = inside.post("/expectations/register", data={"claim": claim, **said})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_a_claim_is_listed_with_its_question_or_with_the_reason_why_it_makes_none(inside: TestClient, claim: str) -> None:
    page = inside.get("/expectations").text
    assert "at least one incident of combat, remote violence or violence on civilians in SY" in page
    assert "Not resolvable as said: its words name nothing to come about" in page
    rows = inside.get("/expectations.json").json()["expectations"]
    assert [(row["resolution"], row["entry"], row["question"] is None, row["not_resolvable"] is None) for row in rows] == [
        ("open", None, False, True),
        ("open", None, True, False),
    ]


def test_the_form_freezes_the_question_and_an_entry_is_resolved_and_taken_back(
    inside: TestClient, claim: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = inside.get("/expectations/draft", params={"claim": claim}).text
    assert "horizon as said: “within 10 days”" in shown
    entry = registered(inside, claim, admin1="Hasakah", because="looked at twice")
    assert "2021-06-02 to 2021-06-11" in inside.get(entry).text
    happen(store, "hit", on=day(3))
    monkeypatch.setenv("WAQAI_NOW", LATER)
    page = page_of(inside.get(entry))
    assert text_of(page, "h1 .badge") == ["proposed: yes"]
    assert inside.post(f"{entry}/resolve", data={"outcome": "no"}).status_code == 409  # without a reason
    assert inside.post(f"{entry}/resolve", data={"outcome": "proposed"}).status_code == 303
    (one,) = look_at_register(store, expecting_means(shipped_settings()))
    assert one.resolution is not None and (one.state, one.resolution.by) == ("yes", "person:ana")
    assert inside.get("/expectations.json").json()["expectations"][0]["resolution"] == "yes"
    assert inside.post(f"{entry}/undo", data={"entry": one.resolution.entry}).status_code == 303
    assert text_of(page_of(inside.get(entry)), "h1 .badge") == ["proposed: yes"]
    assert inside.post(f"{entry}/undo", data={"entry": one.entry}).status_code == 303
    assert text_of(page_of(inside.get(entry)), "h1 .badge") == ["withdrawn"]


def test_what_is_wrong_in_the_form_is_said_above_it_and_what_was_typed_stays(inside: TestClient, claim: str) -> None:
    for said, why in (({"what": "nonsense"}, "no type or family"), ({"low": "many"}, "write probabilities"), ({"until": "soon"}, "write probabilities")):
        answer = inside.post("/expectations/register", data={"claim": claim, "country": "IQ", **said})
        assert (answer.status_code, why in answer.text, 'value="IQ"' in answer.text) == (409, True, True), said


def test_words_of_a_report_can_be_added_by_hand(inside: TestClient, claim: str) -> None:
    page = inside.get("/expectations/draft", params={"report": "vague", "words": "better times will come", "route": "event"}).text
    assert "Not resolvable as said" in page
    said = {"report": "vague", "words": "better times will come", "route": "event", "what": "agreement", "country": "SY"}
    answer = inside.post("/expectations/register", data=said)
    assert answer.status_code == 303
    assert "incident of agreement in SY" in inside.get("/expectations/register").text


def test_the_page_of_scores_has_numbers_a_picture_and_data(inside: TestClient, claim: str, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Nothing to score yet" in inside.get("/expectations/scores").text
    entry = registered(inside, claim)
    cover(store)
    monkeypatch.setenv("WAQAI_NOW", LATER)
    assert inside.post(f"{entry}/resolve", data={"outcome": "proposed"}).status_code == 303
    page = inside.get("/expectations/scores").text
    assert "1 scored, in 1 cluster" in page and "0.360–0.640" in page
    told = inside.get("/expectations/scores.json").json()
    assert (told["summary"]["n"], told["words"][0]["word"], told["states"]) == (1, "likely", {"no": 1})
    assert inside.get("/expectations/scores.svg").text.startswith("<svg")
    assert inside.get("/expectations/scores.png").content.startswith(b"\x89PNG")


def test_an_outcome_that_does_not_stand_any_more_is_shown_with_the_reason(
    inside: TestClient, claim: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = registered(inside, claim)
    happen(store, "hit", on=day(3))
    monkeypatch.setenv("WAQAI_NOW", LATER)
    inside.post(f"{entry}/resolve", data={"outcome": "proposed"})
    (card,) = store.iter_cards(report="r-hit")
    store.append(kind="rejected", subject=card.account.id, value={"anchor": card.anchor}, because="", by="person:ben", at=AT)
    assert "Open again: i-hit is on record no more" in inside.get(entry).text
    first, *_ = inside.get("/expectations.json").json()["expectations"]
    assert first["resolution"] == "reopened"


def test_who_may_only_look_gets_no_form_and_registers_nothing(store: Store, claim: str, desk: object, stranger: TestClient) -> None:
    assert stranger.post("/expectations/register", data={"claim": claim}).status_code in (303, 401, 403)
    assert look_at_register(store, expecting_means(shipped_settings())) == ()
