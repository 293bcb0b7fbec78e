"""A desk under attack: hostile words in its store, a person of each role, and requests that no client would send."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from came import make_original
from desk.conftest import BASE
from factories import family_of, make_account, make_claim, make_count, make_involved, make_reading, make_report, make_when, make_where
from scenes import AT, BY, anchor_of
from waqai.core import Incoming, Retrieval
from waqai.desk import Desk, make_app
from waqai.desk.entrance import COOKIE
from waqai.flow import ask_about, mark_source, note_incident, now, tag_incident
from waqai.originals import keep_original
from waqai.people import ROLES, add_person
from waqai.store import Store

EVIL = "\"'><x-evil onclick=\"alert(1)\" data-evil='1'></x-evil><script>evil()</script>{{ 7*7 }}"
"""Breaks out of text and of attributes, and would be a template in a template."""
SECRET = "i-escape"
"""What only who is let in may see."""
EVIL_REPORT = "evil'\"<b>"
EVIL_FILE = make_original(f"<html>{EVIL}</html>".encode(), EVIL)
PASSWORD = "a long and quiet evening"


@dataclass(kw_only=True)
class Ground:
    """A desk under attack. Its application is made when an attack first asks for it, with the guards that there are then."""

    desk: Desk

    @cached_property
    def app(self) -> FastAPI:
        return make_app(self.desk)

    @property
    def store(self) -> Store:
        return self.desk.store

    def stranger(self, scheme: str = "http") -> TestClient:
        base = BASE.replace("http", scheme, 1)
        headers = {"accept": "text/html"}
        return TestClient(self.app, base_url=base, follow_redirects=False, headers=headers, raise_server_exceptions=False)

    def owner(self) -> TestClient:
        client = self.stranger()
        client.get("/start", params={"token": self.desk.mint_start_token()})
        return client

    def person(self, role: str) -> TestClient:
        client = self.stranger()
        assert client.post("/login", data={"name": f"a {role}", "password": PASSWORD}).status_code == 303
        return client


def fill_hostile(store: Store) -> None:
    """An incident whose report, reading and remarks are all hostile, and a person of each role."""
    report = make_report(f"{EVIL} said 3 men fled. They warned of more. {EVIL}", id=EVIL_REPORT, publisher=EVIL, title=EVIL, url="javascript:evil()")
    said = make_claim(report, speaker=EVIL, cue="said", content="3 men fled")
    warned = make_claim(report, speaker=EVIL, cue="warned", content="of more", stance="warns")
    account = make_account(
        report,
        when=make_when(date(2021, 3, 5)),
        where=make_where(EVIL, admin1=EVIL, country="<b"),
        counts=[make_count(3, report=report, words="3 men", of_whom=EVIL, said_by=said.id)],
        involved=[make_involved("facility", EVIL), make_involved("perpetrator", EVIL)],
        said_by=said.id,
    )
    with store.transaction():
        store.add_report(report)
        retrieval = Retrieval(how="fetched", address=EVIL, at=AT, final_address=EVIL, server=EVIL, within=EVIL)
        keep_original(Incoming(report=report, original=EVIL_FILE, retrieval=retrieval, made_text=EVIL), store, at=AT)
        store.add_reading(make_reading(report, accounts=[account], claims=[said, warned]), family_of=family_of)
        (card,) = store.iter_cards(report=report.id)
        store.open_incident("i-evil", account=card.account.id, anchor=anchor_of(account, report), role="main", because=EVIL, by=BY, at=AT)
    remarks: dict[str, Any] = {"by": "person:ana"}
    note_incident("i-evil", EVIL, store, **remarks)
    tag_incident("i-evil", EVIL[:40], store, **remarks)
    ask_about("i-evil", EVIL, store, whom=None, **remarks)
    mark_source(EVIL, store, unreliable=True, because=EVIL, **remarks)
    for role in ROLES:
        add_person(f"a {role}", store, role=role, password=PASSWORD, by="person", at=now())


def ask_raw(
    application: Any, path: str, *, cookie: str = "", method: str = "GET", headers: dict[str, str] | None = None, receive: Callable[[], Any] | None = None
) -> tuple[int, str]:
    """Status and body of an answer to a path as it stands, which a client would tidy up first."""
    where, _mark, query = path.partition("?")
    given = {"host": urlsplit(BASE).netloc, "accept": "text/html", **({"cookie": f"{COOKIE}={cookie}"} if cookie else {}), **(headers or {})}
    scope = {"type": "http", "http_version": "1.1", "method": method, "scheme": "http", "path": unquote(where), "raw_path": where.encode()}
    scope |= {"query_string": query.encode(), "root_path": "", "headers": Headers(given).raw, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8765)}
    told: list[dict[str, Any]] = []

    async def nothing() -> dict[str, Any]:
        if any(message.get("more_body") is False for message in told):
            return {"type": "http.disconnect"}
        await asyncio.sleep(0)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    with ThreadPoolExecutor(1) as pool:  # in a thread of its own: a browser of another test may have a loop in this one
        pool.submit(asyncio.run, application(scope, receive or nothing, send)).result()
    return told[0]["status"], b"".join(message.get("body", b"") for message in told[1:]).decode("utf-8", "replace")
