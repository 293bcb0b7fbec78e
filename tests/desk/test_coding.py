"""Two coders, blind, by forms alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from desk.conftest import BASE
from desk.forms import page_of, send, text_of
from scenes import TEXTS
from waqai.desk import Desk, make_app
from waqai.desk.app import PAGES
from waqai.flow import now
from waqai.people import Visitor, add_person, find_coding
from waqai.store import Store

PASSWORD = "a long word to come in"
ROLES = {"carla": "coder", "dieter": "coder", "rita": "reviewer", "vera": "viewer"}
ZEBRA, NUMBER = "the Zebra battalion", "7777"
SECRET = re.compile(r"Zebra battalion|7,?777")
"""What the first coder writes and no text, no reading and no correction holds."""


@pytest.fixture
def come_in(desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], TestClient]]:
    """A browser for each person, who came in by name and password, which is hashed quickly."""
    monkeypatch.setattr("waqai.people.passwords.HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    for name, role in ROLES.items():
        add_person(name, store, role=role, password=PASSWORD, by="person", at=now())
    opened: list[TestClient] = []

    def let_in(name: str) -> TestClient:
        client = TestClient(make_app(desk), base_url=BASE, follow_redirects=False, headers={"accept": "text/html"})
        opened.append(client)
        assert client.post("/login", data={"name": name, "password": PASSWORD}).status_code == 303
        return client

    yield let_in
    for client in opened:
        client.close()


@pytest.fixture
def carla(come_in: Callable[[str], TestClient]) -> TestClient:
    return come_in("carla")


@pytest.fixture
def dieter(come_in: Callable[[str], TestClient]) -> TestClient:
    return come_in("dieter")


@pytest.fixture
def rita(come_in: Callable[[str], TestClient]) -> TestClient:
    return come_in("rita")


def begin(client: TestClient, report: str = "daily", *, started_from: str = "nothing") -> Any:
    return page_of(send(client, page_of(client.get("/coding")), "form[data-act=begin]", report=report, started_from=started_from))


def add(client: TestClient, page: Any, words: str, type: str = "escape", **more: str) -> Any:
    return page_of(send(client, page, "form[data-act=add]", words=words, type=type, **more))


def set_field(client: TestClient, page: Any, key: str, **values: str) -> Any:
    return page_of(send(client, page, f'[id="{key}"] form', **values))


def finish(client: TestClient, page: Any) -> Any:
    return page_of(send(client, page, "form[data-act=hand_in]", sure="1"))


def rows(page: Any, record: str = "a1") -> list[tuple[str, str]]:
    return list(zip(text_of(page, f"#{record} .field .label"), text_of(page, f"#{record} .field .value"), strict=True))


def code_all(client: TestClient) -> Any:
    """The report `daily`, coded and handed in."""
    page = add(client, begin(client), "12 prisoners escaped", "transfer")
    page = set_field(client, page, "a1.when", value="2021-03-05", words="5 March 2021")
    page = page_of(send(client, page, "#a1 form[data-new=count]", kind="escaped", value=NUMBER, whom="prisoners", words="12 prisoners"))
    page = page_of(send(client, page, "#a1 form[data-new=actor]", kind="custodian", value=ZEBRA, words="The Observatory"))
    return finish(client, page)


def test_a_coding_that_begins_from_nothing_shows_the_text_and_nothing_that_the_machine_read(carla: TestClient) -> None:
    page = begin(carla)
    assert page.cssselect("#text")[0].text_content() == TEXTS["daily"]
    assert not page.cssselect("#text mark") and not page.cssselect(".record")
    assert "begun from nothing" in text_of(page, ".records .note")[0]


def test_a_coding_that_begins_from_the_machine_s_reading_shows_its_accounts(carla: TestClient) -> None:
    page = begin(carla, started_from="reading")
    assert ("escaped", "12 prisoners") in rows(page)
    assert "begun from the machine’s reading" in text_of(page, ".records .note")[0]


def test_an_account_and_its_fields_are_coded_and_marked_in_the_text(carla: TestClient, store: Store) -> None:
    page = add(carla, begin(carla), "12 prisoners escaped", "jailbreak", status="attempted")
    assert rows(page) == [("what", "jailbreak"), ("status", "attempted"), ("when", "day not told"), ("where", "place not told")]
    page = set_field(carla, page, "a1.when", value="2021-03-04..2021-03-05", words="on 5 March 2021")
    page = set_field(carla, page, "a1.where", value="Damascus, SY", words="Tel Salam")
    page = page_of(send(carla, page, "#a1 form[data-new=actor]", kind="facility", value="Qalat prison", words="Qalat prison"))
    page = page_of(send(carla, page, "#a1 form[data-new=count]", kind="escaped", value="12+", whom="men", words="12 prisoners"))
    assert rows(page)[2][1] == "2021-03-04 … 2021-03-05"
    assert rows(page)[3][1].startswith("Damascus")
    assert rows(page)[4:] == [("facility", "Qalat prison"), ("escaped", "12 or more men")]
    marked = {key: one.text_content() for one in page.cssselect("#text mark") for key in one.get("data-keys").split()}
    assert (marked["a1.when"], marked["a1.where"], marked["a1.actor0"], marked["a1.count0"]) == ("on 5 March 2021", "Tel Salam", "Qalat prison", "12 prisoners")
    draft = find_coding("daily", store, visitor=Visitor(name="carla", role="coder", person="carla"))
    assert draft is not None and draft.revision == 5 and draft.draft.accounts[0].counts[0].high is None


def test_fields_are_changed_and_taken_out_in_place(carla: TestClient) -> None:
    page = add(carla, begin(carla), "12 prisoners escaped")
    for name in ("the Observatory", "guards"):
        page = page_of(send(carla, page, "#a1 form[data-new=actor]", kind="participant", value=name, words="prisoners"))
    page = set_field(carla, page, "a1.actor0", value="The Observatory", kind="initiator")
    assert rows(page)[4:] == [("initiator", "The Observatory"), ("participant", "guards")]
    page = page_of(send(carla, page, '[id="a1.actor0"] form', press=("none", "1")))
    assert rows(page)[4:] == [("participant", "guards")]
    page = set_field(carla, page, "a1.when", value="2021-03", words="March 2021")
    page = page_of(send(carla, page, '[id="a1.when"] form', press=("none", "1")))
    assert rows(page)[2] == ("when", "day not told")
    page = set_field(carla, page, "a1.type", value="transfer", words="escaped from Qalat prison")
    assert (rows(page)[0], text_of(page, "#a1 .words")[0]) == (("what", "transfer"), "“escaped from Qalat prison”")
    page = page_of(send(carla, page, '#a1 form[action="/coding/drop"]'))
    assert not page.cssselect(".record")


def test_words_that_stand_there_several_times_are_asked_for(carla: TestClient, store: Store) -> None:
    page = add(carla, begin(carla, "herald"), "the")
    assert re.search(r"stand \d times", text_of(page, ".failed")[0])
    places = page.cssselect("form[data-act=add] input[name=meant]")
    assert len(places) == len(re.findall("the", TEXTS["herald"])) > 1
    page = add(carla, page, "the", meant=places[1].get("value"))
    second = [match.start() for match in re.finditer("the", TEXTS["herald"])][1]
    assert [one.get("data-start") for one in page.cssselect("#text mark")] == [str(second)]


def test_words_that_stand_once_in_those_of_the_account_are_these(carla: TestClient) -> None:
    page = add(carla, begin(carla, "herald"), "Two guards were hurt in a clash before", "clash")
    page = page_of(send(carla, page, "#a1 form[data-new=actor]", kind="victim", value="guards", words="a"))
    assert page.cssselect("form[data-new=actor] input[name=meant]")
    page = page_of(send(carla, page, "#a1 form[data-new=actor]", kind="victim", value="guards", words="in"))
    (mark,) = page.cssselect("#text mark[data-keys~='a1.actor0']")
    assert int(mark.get("data-start")) == TEXTS["herald"].index("in a clash")


@pytest.mark.parametrize(
    ("form", "values", "why"),
    [
        ('[id="a1.when"] form', {"value": "last Tuesday"}, "'last Tuesday' is no day"),
        ('[id="a1.where"] form', {"value": "Nowhereville"}, "knows no place 'Nowhereville'"),
        ("#a1 form[data-new=count]", {"value": "a dozen", "kind": "escaped", "words": "12"}, "cannot read the number 'a dozen'"),
        ("#a1 form[data-new=actor]", {"value": "guards", "kind": "victim"}, "needs the words"),
        ("#a1 form[data-new=actor]", {"value": "guards", "kind": "victim", "words": "no such words"}, "does not hold the words"),
    ],
)
def test_what_cannot_be_taken_is_said_and_stays_in_its_form(carla: TestClient, form: str, values: dict[str, str], why: str) -> None:
    page = add(carla, begin(carla), "12 prisoners escaped")
    answer = send(carla, page, form, **values)
    page = page_of(answer)
    assert answer.status_code == 409 and why in text_of(page, ".failed")[0]
    kept = dict(page.cssselect(form)[0].form_values())
    assert {name: kept[name] for name in values} == values
    assert page.cssselect(form)[0].getparent().get("open") is not None or page.cssselect(form)[0].getparent().getparent().get("open") is not None


def test_the_same_account_is_coded_once(carla: TestClient) -> None:
    page = add(carla, begin(carla), "12 prisoners escaped")
    assert "coded the escape in these words already" in text_of(add(carla, page, "12 prisoners escaped"), ".failed")[0]


def test_of_two_windows_the_second_is_told_and_nothing_is_lost(carla: TestClient) -> None:
    first = add(carla, begin(carla), "12 prisoners escaped")
    second = page_of(carla.get("/coding/daily"))
    set_field(carla, first, "a1.status", value="foiled")
    answer = send(carla, second, '[id="a1.when"] form', value="2021-03-05", words="5 March 2021")
    page = page_of(answer)
    assert answer.status_code == 409 and "saved in another window" in text_of(page, ".failed")[0]
    assert rows(page)[1:3] == [("status", "foiled"), ("when", "day not told")]
    assert dict(page.cssselect('[id="a1.when"] form')[0].form_values())["value"] == "2021-03-05"
    page = page_of(send(carla, page, '[id="a1.when"] form'))  # she looked, and says it again
    assert rows(page)[1:3] == [("status", "foiled"), ("when", "2021-03-05")]
    assert "another window" in text_of(page_of(send(carla, second, "form[data-act=hand_in]", sure="1")), ".failed")[0]


def test_handing_in_is_confirmed_and_for_good(carla: TestClient) -> None:
    page = add(carla, begin(carla), "12 prisoners escaped")
    assert "say that you are sure" in text_of(page_of(send(carla, page, "form[data-act=hand_in]")), ".failed")[0]
    done = finish(carla, page)
    assert "it stays as it is" in text_of(done, ".records .note")[0]
    assert not done.cssselect(".records form")
    assert "was handed in" in text_of(page_of(send(carla, page, '[id="a1.status"] form', value="foiled")), ".failed")[0]
    assert rows(page_of(carla.get("/coding/daily")))[1] == ("status", "occurred")


def test_the_lists_tell_how_far_codings_are_and_who_is_wanted(carla: TestClient, dieter: TestClient, rita: TestClient) -> None:
    code_all(carla)
    begin(dieter, "wire")
    mine = page_of(carla.get("/coding"))
    assert [" ".join(one.split()[:2]) for one in text_of(mine, "[aria-labelledby=own] .state")] == ["handed in"]
    assert text_of(mine, "[aria-labelledby=wanted] .badge") == ["yours"]
    wanted = page_of(dieter.get("/coding"))
    assert text_of(wanted, "[aria-labelledby=wanted] .what") == ["News of the daily"]
    page = page_of(send(dieter, wanted, "form[data-act=second]"))
    assert page.cssselect("#text") and not page.cssselect(".record")
    assert text_of(page_of(rita.get("/coding")), "[aria-labelledby=wanted] li p")[-1] == "1 other is at work"
    finish(dieter, page)
    assert not text_of(page_of(rita.get("/coding")), "[aria-labelledby=wanted] li")
    assert page_of(carla.get("/coding")).cssselect('a[href="/agreement/daily"]')


def test_a_report_that_is_not_there_or_has_no_reading_is_not_begun(carla: TestClient, store: Store) -> None:
    from factories import make_report

    assert "no report 'nobody'" in text_of(begin(carla, "nobody"), ".failed")[0]
    store.add_report(make_report("Nothing was read here.", id="unread"))
    assert "start from nothing" in text_of(begin(carla, "unread", started_from="reading"), ".failed")[0]
    assert carla.get("/coding/unread").headers["location"] == "/coding?report=unread"
    assert carla.get("/coding/nobody").status_code == 404


def test_the_report_s_page_leads_to_a_coding_and_warns_who_is_at_one(carla: TestClient) -> None:
    (way,) = page_of(carla.get("/reports/daily")).cssselect(".blind a")
    assert (way.text_content(), way.get("href")) == ("Code it blind", "/coding?report=daily")
    begin(carla)
    assert "what stands here is not for that" in text_of(page_of(carla.get("/reports/daily")), ".blind")[0]


def test_a_viewer_codes_nothing(come_in: Callable[[str], TestClient]) -> None:
    vera = come_in("vera")
    assert vera.get("/coding").status_code == vera.get("/coding/daily").status_code == 403
    assert vera.get("/agreement").status_code == vera.get("/agreement/daily").status_code == 403
    assert "Code it blind" not in vera.get("/reports/daily").text


# -- blindness


def addresses(store: Store) -> list[str]:
    """Everything that can be looked at, of each report and incident."""
    paths = {route.path for page in PAGES for route in page.router.routes if isinstance(route, APIRoute) and "GET" in route.methods}
    reports, incidents = [*TEXTS], [one.id for one in store.iter_incidents()]
    accounts = [card.account.id for card in store.iter_cards(report="daily")]
    found = []
    for path in sorted(paths - {"/start", "/login"}):
        named = [path.replace("{report:path}", report).replace("{incident}", incident) for report in reports for incident in incidents]
        found += dict.fromkeys(named)
    found += [f"/reports/daily?account={one}" for one in accounts] + [f"/judge/put?name={one}" for one in accounts]
    return [*found, "/incidents?words=zebra", "/incidents.json?words=Zebra", "/coding?report=daily", "/agreement/daily.json", "/coding/daily.json"]


def seen_by(client: TestClient, store: Store) -> str:
    """All that a person can look at."""
    told = []
    for kind in ("text/html", "application/json"):
        for address in addresses(store):
            answer = client.get(address, headers={"accept": kind})
            assert answer.status_code < 500, address
            told.append(answer.text)
    assert len(told) > 80
    return "\n".join(told)


def test_the_second_coder_sees_nothing_of_the_first_before_handing_in(carla: TestClient, dieter: TestClient, store: Store) -> None:
    code_all(carla)
    assert not SECRET.search(seen_by(dieter, store))
    assert dieter.get("/agreement/daily").status_code == 403
    page = begin(dieter)
    assert not SECRET.search(seen_by(dieter, store))
    assert dieter.get("/agreement/daily").status_code == 403
    finish(dieter, page)
    assert {ZEBRA[4:], "7,777"} <= set(SECRET.findall(seen_by(dieter, store)))  # so that this test would see it


def test_a_reviewer_sees_neither_of_two_before_both_are_handed_in_nor_with_one_of_his_own_open(
    carla: TestClient, dieter: TestClient, rita: TestClient, store: Store
) -> None:
    code_all(carla)
    page = add(dieter, begin(dieter), "escaped", "transfer")
    assert not SECRET.search(seen_by(rita, store))
    assert "1 of 2 codings are handed in" in rita.get("/agreement/daily").text
    own = begin(rita)
    finish(dieter, page)
    assert not SECRET.search(seen_by(rita, store))
    assert "No report has two codings" in rita.get("/agreement").text
    finish(rita, own)
    assert SECRET.search(seen_by(rita, store))
