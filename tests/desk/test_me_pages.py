"""What is one's own: password, sessions, tokens; without script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from desk.conftest import BASE
from desk.forms import page_of, send, text_of
from waqai.desk import Desk, make_app
from waqai.desk.entrance import COOKIE
from waqai.flow import now
from waqai.people import ACTS, add_person, add_token, find_bearer, list_tokens, may
from waqai.schema.people import metadata
from waqai.store import Store

PASSWORD, OTHER = "correct horse battery", "another horse"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.people.passwords.HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def bo(desk: Desk, stranger: TestClient, store: Store) -> TestClient:
    """A coder's browser."""
    add_person("root", store, role="admin", password=PASSWORD, by="person", at=now())
    add_person("bo", store, role="coder", password=PASSWORD, by="person", at=now())
    return come_in(stranger)


def come_in(client: TestClient, name: str = "bo") -> TestClient:
    client.headers["accept"] = "text/html"
    assert client.post("/login", data={"name": name, "password": PASSWORD}).status_code == 303
    return client


def another(desk: Desk) -> TestClient:
    return TestClient(make_app(desk), base_url=BASE, follow_redirects=False)


def me(client: TestClient) -> Any:
    return page_of(client.get("/me"))


def change(client: TestClient, **given: str) -> Any:
    return send(client, me(client), "form[action='/me/password']", **{"old": PASSWORD, "new": OTHER, "again": OTHER, **given})


def test_every_page_leads_to_one_s_own_and_for_who_may_manage_to_people(inside: TestClient, desk: Desk, bo: TestClient) -> None:
    assert me(bo).cssselect("header a[href='/me'][aria-current=page]") and not me(bo).cssselect("header a[href='/people']")
    bo.cookies.clear()
    come_in(bo, "root")
    assert page_of(bo.get("/queue")).cssselect("header a[href='/people']")


def test_a_password_is_changed_and_only_this_browser_stays_in(desk: Desk, bo: TestClient, store: Store) -> None:
    elsewhere, before = come_in(another(desk)), bo.cookies[COOKIE]
    answer = change(bo)
    assert "was changed" in text_of(page_of(answer), "[role=status]")[0] and bo.cookies[COOKIE] != before
    assert elsewhere.get("/").status_code == 401
    assert elsewhere.post("/login", data={"name": "bo", "password": OTHER}).status_code == 303
    assert list(store.iter_log())[-1].by == "person:bo"


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        ({"old": "a wrong one"}, 403, "the old password is not this one"),
        ({"again": "something else"}, 409, "typed in two ways"),
        ({"new": "short", "again": "short"}, 400, "too short"),
        ({"new": PASSWORD, "again": PASSWORD}, 400, "is the old one"),
        ({"name": "root", "old": "x"}, 403, "the old password"),  # a forged name: it is the visitor's that counts
    ],
)
def test_what_is_refused_is_said_above_the_form(desk: Desk, bo: TestClient, given: dict[str, str], status: int, said: str) -> None:
    answer = change(bo, **given)
    assert answer.status_code == status and said in text_of(page_of(answer), "section[aria-labelledby=password] [role=alert]")[0]
    assert come_in(another(desk)) and bo.get("/").status_code == 200  # the old one holds


def test_a_forged_name_or_role_changes_nobody_else(desk: Desk, bo: TestClient, store: Store) -> None:
    change(bo, name="root", role="admin", person="root")
    assert come_in(another(desk), "root") and bo.get("/people").status_code == 403
    assert another(desk).post("/login", data={"name": "bo", "password": OTHER}).status_code == 303


def test_the_old_password_cannot_be_tried_for_ever(bo: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_NOW", now().isoformat())  # however slow the machine is, no wait is over
    codes = [change(bo, old=f"guess {n} guess").status_code for n in range(7)]
    assert codes[0] == 403 and codes[-1] == 429


def test_sessions_in_other_browsers_are_ended_and_nobody_else_s(desk: Desk, bo: TestClient) -> None:
    others, root = [come_in(another(desk)) for _ in range(2)], come_in(another(desk), "root")
    page = me(bo)
    assert len(text_of(page, ".history li")) == 3 and sum("this one" in said for said in text_of(page, ".history li")) == 1
    page = page_of(send(bo, page, "form[action='/me/sessions']"))
    assert len(text_of(page, ".history li")) == 1 and not page.cssselect("form[action='/me/sessions']")
    assert [client.get("/queue").status_code for client in (bo, *others, root)] == [200, 401, 401, 200]


def make(client: TestClient, *scopes: str, name: str = "nightly export", days: str = "30") -> Any:
    return client.post("/me/tokens", data={"name": name, "scope": list(scopes), "days": days})


def secret_of(answer: Any) -> str:
    (field,) = page_of(answer).cssselect("#secret")
    return str(field.get("value"))


def test_a_token_is_made_shown_once_and_works_until_it_is_revoked(bo: TestClient, desk: Desk, store: Store) -> None:
    answer = make(bo, "read", "internal", "export")
    secret, program = secret_of(answer), another(desk)
    program.headers["authorization"] = f"Bearer {secret}"
    assert program.get("/reports/daily").status_code == 200
    page = me(bo)
    assert {"read, internal, export", now().date().isoformat()} <= set(text_of(page, "td"))  # last used today
    send(bo, page, "form[action='/me/revoke']")
    assert program.get("/reports/daily").status_code == 401 and "revoked on" in text_of(me(bo), ".badge")[1]


def test_a_token_s_secret_is_in_no_address_no_later_page_and_not_in_the_store(bo: TestClient, store: Store, tmp_path: Path) -> None:
    answer = make(bo, "read")
    secret = secret_of(answer)
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store" and "location" not in answer.headers
    core = secret.removeprefix("waqai_")
    assert answer.text.count(core) == 1
    for path in ("/me", "/", "/queue"):
        assert core not in bo.get(path).text
    with store.reading() as connection:
        kept = [str(row) for table in metadata.sorted_tables for row in connection.execute(sa.select(table))]
    assert kept and core not in "".join(kept) + "".join(store.iter_dump(without=()))
    files = [file.read_bytes() for file in tmp_path.iterdir() if file.is_file()]
    assert any(b"nightly export" in file for file in files) and not any(core.encode() in file for file in files)


@pytest.mark.parametrize("act", [act for act in ACTS if not may("coder", act)])
def test_an_own_token_gets_no_scope_above_its_person_s(bo: TestClient, store: Store, act: str) -> None:
    assert not me(bo).cssselect(f"input[name=scope][value={act}]")
    answer = make(bo, "read", act)
    assert answer.status_code == 403 and f"a coder may not {act}" in text_of(page_of(answer), "section[aria-labelledby=tokens] [role=alert]")[0]
    assert list_tokens(store) == ()


@pytest.mark.parametrize(
    ("given", "said"),
    [({"scopes": ()}, "may nothing"), ({"scopes": ("all",)}, "no act 'all'"), ({"days": "400"}, "1 to 366 days"), ({"name": " "}, "what the token is for")],
)
def test_a_token_that_cannot_be_is_refused_above_the_form(bo: TestClient, store: Store, given: dict[str, Any], said: str) -> None:
    answer = make(bo, *given.pop("scopes", ("read",)), **given)
    page = page_of(answer)
    assert answer.status_code == 409 and said in text_of(page, "section[aria-labelledby=tokens] [role=alert]")[0]
    assert page.cssselect("#days")[0].get("value") == given.get("days", "30") and list_tokens(store) == ()


def test_nobody_sees_or_revokes_another_s_tokens_here(bo: TestClient, store: Store) -> None:
    theirs = add_token("of root", store, scopes=["read"], by="person", at=now(), person="root")
    assert "of root" not in bo.get("/me").text
    answer = bo.post("/me/revoke", data={"token": theirs.token.id, "person": "root"})
    assert answer.status_code == 403 and "bo has no token" in text_of(page_of(answer), "[role=alert]")[0]
    assert find_bearer(theirs.secret, store, at=now()) is not None


@pytest.mark.parametrize("scope", ["read", "manage"])
def test_a_program_s_token_changes_nothing_of_who_comes_in(bo: TestClient, desk: Desk, store: Store, scope: str) -> None:
    made = add_token("feed", store, scopes=["read", "internal", scope], by="person", at=now(), person="root")
    program, before = another(desk), store.last_entry()
    program.headers["authorization"] = f"Bearer {made.secret}"
    assert program.get("/me").status_code == 403
    sent = {"name": "x", "scope": "manage", "old": PASSWORD, "new": OTHER, "again": OTHER, "token": made.token.id}
    for what in ("tokens", "password", "sessions", "revoke"):
        assert program.post(f"/me/{what}", data=sent).status_code == 403
    assert store.last_entry() == before and len(list_tokens(store)) == 1


def test_the_owner_of_the_machine_has_tokens_and_no_password(inside: TestClient, store: Store) -> None:
    page = me(inside)
    assert not page.cssselect("form[action='/me/password']") and len(page.cssselect("input[name=scope]")) == len(ACTS)
    answer = inside.post("/me/password", data={"old": PASSWORD, "new": OTHER, "again": OTHER})
    assert answer.status_code == 409 and "start address" in answer.text
    secret_of(make(inside, "read", "manage"))
    assert [token.owner for token in list_tokens(store)] == ["person:ana"] and "nightly export" in inside.get("/me").text
