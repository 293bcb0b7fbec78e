"""The page on which persons and tokens are managed, without script: what it does, what it refuses, and to whom."""

from __future__ import annotations

from typing import Any

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from desk.forms import page_of, send, text_of
from waqai.core import WrongLogin
from waqai.flow import now
from waqai.people import add_person, add_token, disable_person, find_bearer, get_person, list_persons, list_tokens, log_in
from waqai.store import Store

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.people.passwords.HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def staff(store: Store) -> Store:
    """The store with an admin and a coder."""
    for name, role in (("root", "admin"), ("bo", "coder")):
        add_person(name, store, role=role, password=PASSWORD, by="person", at=now())
    return store


def come_in(client: TestClient, name: str) -> None:
    client.headers["accept"] = "text/html"
    assert client.post("/login", data={"name": name, "password": PASSWORD}).status_code == 303


def form_of(what: str, name: str) -> str:
    return f"form[action='/people/{what}']:has(input[name=name][value='{name}'])"


def can_log_in(store: Store, name: str, password: str) -> bool:
    try:
        return bool(log_in(name, store, password=password, address="192.0.2.9", at=now()))
    except WrongLogin:
        return False


def people(client: TestClient) -> Any:
    return page_of(client.get("/people"))


def test_a_person_is_added_with_a_password_and_comes_in(inside: TestClient, store: Store) -> None:
    page = page_of(send(inside, people(inside), "#new", name="سارة", role="reviewer", password=PASSWORD))
    assert "سارة" in text_of(page, "td bdi") and text_of(page, ".note.done") == ["Added."]
    assert PASSWORD not in page.text_content() and not page.cssselect("#secret")
    added = get_person("سارة", store)
    assert (added.role, added.must_change) == ("reviewer", False) and can_log_in(store, "سارة", PASSWORD)
    assert list(store.iter_log())[-1].by == "person:ana"


def test_without_a_password_one_is_made_shown_once_and_good_for_choosing_another_only(inside: TestClient, stranger: TestClient, store: Store) -> None:
    page = page_of(send(inside, people(inside), "#new", name="bo", role="coder"))
    (made,) = [one.get("value") for one in page.cssselect("#secret")]
    assert made not in inside.get("/people").text and "has to choose a password" in text_of(people(inside), ".badge")
    assert made.encode() not in "".join(store.iter_dump(without=())).encode()
    stranger.cookies.clear()
    stranger.post("/login", data={"name": "bo", "password": made})
    for path in ("/", "/queue", "/reports/daily", "/people", "/incidents.json"):
        assert stranger.get(path).headers["location"] == "/me"
    assert stranger.get("/incidents.json", headers={"accept": "application/json"}).status_code == 403
    assert stranger.post("/me/tokens", data={"name": "x", "scope": "read"}).headers["location"] == "/me" and list_tokens(store) == ()
    page = page_of(stranger.get("/me"))
    assert not page.cssselect("nav, #new-token") and "made by somebody else" in page.text_content()
    again = page_of(send(stranger, page, "form[action='/me/password']", old=made, new=made, again=made))
    assert "is the old one" in text_of(again, "[role=alert]")[0] and get_person("bo", store).must_change
    send(stranger, page, "form[action='/me/password']", old=made, new=PASSWORD, again=PASSWORD)
    assert stranger.get("/queue").status_code == 200 and not get_person("bo", store).must_change


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        ({"name": "ROOT", "password": PASSWORD}, 409, "called 'root' already"),
        ({"name": " ", "password": PASSWORD}, 409, "no name for a person"),
        ({"name": "new", "password": "wee"}, 400, "too short"),
        ({"name": "new", "password": PASSWORD, "role": "owner"}, 409, "no role 'owner'"),  # a forged role
    ],
)
def test_what_is_refused_is_said_above_the_form_and_adds_nobody(inside: TestClient, staff: Store, given: dict[str, str], status: int, said: str) -> None:
    answer = send(inside, people(inside), "#new", **given)
    page = page_of(answer)
    assert answer.status_code == status and said in text_of(page, "section[aria-labelledby=add] [role=alert]")[0]
    assert page.cssselect("#name")[0].get("value") == given["name"] and given["password"] not in answer.text
    assert [person.name for person in list_persons(staff)] == ["bo", "root"]


def test_a_role_is_given_and_taken_and_a_forged_one_changes_nothing(inside: TestClient, staff: Store) -> None:
    send(inside, people(inside), form_of("role", "bo"), role="reviewer")
    assert get_person("bo", staff).role == "reviewer"
    before = staff.last_entry()
    for forged in ("owner", "ADMIN", "", "admin "):
        answer = send(inside, people(inside), form_of("role", "bo"), role=forged)
        assert answer.status_code == 409 and "no role" in text_of(page_of(answer), "section[aria-labelledby=persons] [role=alert]")[0]
    assert get_person("bo", staff).role == "reviewer" and staff.last_entry() == before


def test_a_person_is_disabled_and_enabled_again(inside: TestClient, staff: Store) -> None:
    send(inside, people(inside), form_of("disable", "bo"))
    assert not can_log_in(staff, "bo", PASSWORD) and "disabled on" in text_of(people(inside), "tr.over .badge")[0]
    send(inside, people(inside), form_of("enable", "bo"))
    assert can_log_in(staff, "bo", PASSWORD)


def test_another_password_is_set_or_made(inside: TestClient, staff: Store) -> None:
    send(inside, people(inside), form_of("password", "bo"), password="another horse")
    assert can_log_in(staff, "bo", "another horse") and not get_person("bo", staff).must_change
    (made,) = [one.get("value") for one in page_of(send(inside, people(inside), form_of("password", "bo"))).cssselect("#secret")]
    assert can_log_in(staff, "bo", made) and get_person("bo", staff).must_change
    page = page_of(send(inside, people(inside), form_of("password", "bo"), password="bo"))
    assert "too short" in text_of(page, "[role=alert]")[0] and can_log_in(staff, "bo", made)


@pytest.mark.parametrize(("what", "given"), [("disable", {}), ("role", {"role": "viewer"})])
def test_the_last_admin_cannot_lock_himself_out(stranger: TestClient, staff: Store, what: str, given: dict[str, str]) -> None:
    add_person("old", staff, role="admin", password=PASSWORD, by="person", at=now())
    disable_person("old", staff, by="person", at=now())  # an admin who cannot come in is none
    come_in(stranger, "root")
    answer = send(stranger, people(stranger), form_of(what, "root"), **given)
    assert answer.status_code == 409 and "root is the only admin" in text_of(page_of(answer), "[role=alert]")[0]
    assert get_person("root", staff).role == "admin" and stranger.get("/people").status_code == 200


def test_a_coder_reaches_nothing_of_it(stranger: TestClient, staff: Store) -> None:
    come_in(stranger, "bo")
    token = add_token("feed", staff, scopes=["read"], by="person", at=now(), person="root")
    before = staff.last_entry()
    assert stranger.get("/people").status_code == 403 and "/people" not in stranger.get("/queue").text
    sent = {"name": "bo", "role": "admin", "password": PASSWORD, "token": token.token.id}
    for what in ("add", "role", "password", "disable", "enable", "revoke"):
        assert stranger.post(f"/people/{what}", data=sent).status_code == 403
    assert staff.last_entry() == before and get_person("bo", staff).role == "coder"


def test_a_role_that_is_taken_counts_at_once(stranger: TestClient, staff: Store) -> None:
    add_person("eva", staff, role="admin", password=PASSWORD, by="person", at=now())
    come_in(stranger, "eva")
    send(stranger, people(stranger), form_of("role", "eva"), role="coder")  # two admins: one may go
    assert stranger.get("/people").status_code == 403


def test_an_admin_sees_and_revokes_everybody_s_tokens(inside: TestClient, staff: Store) -> None:
    made = add_token("nightly export", staff, scopes=["read", "export"], by="person", at=now(), person="bo")
    page = people(inside)
    assert {"bo", "read, export", "never"} <= set(text_of(page, "section[aria-labelledby=tokens] td")) and made.secret not in page.text_content()
    page = page_of(send(inside, page, "form[action='/people/revoke']"))
    assert find_bearer(made.secret, staff, at=now()) is None and "revoked on" in text_of(page, ".badge")[0]
    answer = inside.post("/people/revoke", data={"token": made.token.id})
    assert answer.status_code == 409 and "revoked already" in text_of(page_of(answer), "section[aria-labelledby=tokens] [role=alert]")[0]


def test_somebody_who_is_not_there_is_said_so(inside: TestClient, staff: Store) -> None:
    answer = inside.post("/people/disable", data={"name": "nobody"})
    assert answer.status_code == 404 and "there is bo, root" in text_of(page_of(answer), "[role=alert]")[0]


def test_a_name_is_shown_and_never_run(inside: TestClient, store: Store) -> None:
    answer = send(inside, people(inside), "#new", name="<script>alert(1)</script>", role='"><img src=x onerror=alert(1)>')
    assert "<script>alert" not in answer.text and "<img" not in answer.text
    done = inside.get("/people", params={"done": "<script>alert(1)</script>"})
    assert "alert(1)" not in done.text
