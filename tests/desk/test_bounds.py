"""No address gathers, sorts or counts by a facility or a private person: all are walked over two stores that differ in these names alone (see `private`)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlsplit

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from desk.conftest import BASE
from desk.private import NAME, blot, fill_alike, fill_apart
from waqai.codebook import load_actors
from waqai.desk import make_app, make_desk
from waqai.desk.app import PAGES
from waqai.flow import shipped_settings
from waqai.store import open_store

OF_ONE = frozenset({"expectation", "incident", "report", "account", "entry", "question", "run", "alert", "feed", "sha256"})
"""What a path may name: one record. A page about one may set it beside others by the facility that both name, with the reasons."""
VIEW = {"west": "-180", "south": "-80", "east": "180", "north": "80", "zoom": "4"}
ORDERS = ("newest", "oldest", "reports", "id", "facility")
SEARCHED = ("/incidents?words=prisoners", "/publishers?words=paper", "/publishers?kind=speaker", "/publishers.json?kind=speaker")
LINK = re.compile(r'(?:href|data-from|data-here|action)="([^"]+)"')
OF_A_SHAPE = 2
"""So many addresses with the same parameters are walked: values of a facet are alike to the page, and there are as many as the codebook has types."""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, TestClient]]:
    """A browser inside each of the two desks."""
    folder = tmp_path_factory.mktemp("bounds")
    with (
        pytest.MonkeyPatch.context() as patch,
        open_store(folder / "alike.sqlite", actors=load_actors()) as alike,
        open_store(folder / "apart.sqlite", actors=load_actors()) as apart,
    ):
        patch.setenv("WAQAI_NOW", "2026-03-09T12:00:00+00:00")
        clients = []
        for store, fill in ((alike, fill_alike), (apart, fill_apart)):
            fill(store)
            desk = make_desk(store, shipped_settings(), owner_name="ana")
            client = TestClient(make_app(desk), base_url=BASE, follow_redirects=False, headers={"accept": "text/html"})
            client.get("/start", params={"token": desk.mint_start_token()})
            clients.append(client)
        yield clients[0], clients[1]


def routes() -> list[APIRoute]:
    return [route for page in PAGES for route in page.router.routes if isinstance(route, APIRoute) and "GET" in route.methods]


def path_names(route: APIRoute) -> set[str]:
    return {name.split(":")[0] for name in re.findall(r"{([^}]+)}", route.path)}


def many() -> list[str]:
    """Addresses that speak of more than one record: all without a name in their path, and in each order that there is or could be."""
    plain = [route.path for route in routes() if not path_names(route) and route.path not in ("/start", "/leave")]
    return [*plain, *(f"{path}?order={order}" for path in plain for order in ORDERS), *SEARCHED]


def ask(client: TestClient, address: str) -> Any:
    split = urlsplit(address)
    query = [*parse_qsl(split.query), *(VIEW.items() if split.path.endswith("map.json") else ())]
    return client.get(split.path, params=query)


def links_in(text: str) -> list[str]:
    """Addresses on this desk that a page leads to, but for those of one record, of files, and other orders of parts of one query."""
    found = (link.replace("&amp;", "&") for link in LINK.findall(text))
    return [link for link in found if link.startswith("/") and not link.startswith(("/static", "/incidents/i-", "/reports/", "/judge", "/leave"))]


def test_a_path_names_nothing_but_one_record() -> None:
    assert {name for route in routes() for name in path_names(route)} <= OF_ONE


def test_whatever_is_said_of_many_records_is_alike_whether_they_share_facilities_and_persons_or_not(both: tuple[TestClient, TestClient]) -> None:
    start, seen, shapes, named = many(), set[str](), Counter[tuple[str, ...]](), 0
    ahead = list(start)
    while ahead:
        address = ahead.pop(0)
        shape = (urlsplit(address).path, *sorted({name for name, _ in parse_qsl(urlsplit(address).query) if name != "order"}))
        shapes[shape] += address not in seen
        if address in seen or (address not in start and shapes[shape] > OF_A_SHAPE):
            continue
        seen.add(address)
        alike, apart = (ask(client, address) for client in both)
        assert alike.status_code == apart.status_code, address
        assert blot(alike.text) == blot(apart.text), address
        named += bool(NAME.search(alike.text))
        ahead += links_in(alike.text) if address in start else []
    for path in ("/incidents", "/publishers", "/expectations", "/queue", "/quality"):
        assert {path, f"{path}.json"} & seen, f"{path} was not walked"
    walked = {name for _, *names in shapes for name in names}
    assert {"family", "status", "grade", "country", "admin1", "publisher", "since", "kind", "words"} <= walked, "some facets were not walked"
    assert named, "no answer held a name that is blotted out: this test sees nothing"


def test_no_link_no_choice_and_no_key_of_data_is_a_facility_or_a_private_person(both: tuple[TestClient, TestClient]) -> None:
    for address in many():
        answer = ask(both[0], address)
        chosen = [*LINK.findall(answer.text), *re.findall(r'(?:value|id|data-value)="([^"]*)"', answer.text)]
        assert not [one for one in chosen if NAME.search(unquote_plus(one)) and not one.startswith(("/reports/", "/incidents/"))], address
        if answer.headers["content-type"].startswith("application/json"):
            assert not [key for key in iter_keys(answer.json()) if NAME.search(key)], address


def iter_keys(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield from data
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from iter_keys(inner)


@pytest.mark.parametrize("kind", ["held", "told"])
def test_no_filter_takes_a_private_person(both: tuple[TestClient, TestClient], kind: str) -> None:
    """Words are looked for in texts, and texts hold what they hold; every other parameter of a list finds as much for a person as for a name nobody has."""
    for route in routes():
        if path_names(route) or not route.path.endswith((".json", ".csv")) or route.path.endswith("map.json"):
            continue
        for field in route.dependant.query_params + [one for inner in route.dependant.dependencies for one in inner.query_params]:
            if field.name in ("words", "after", "size"):
                continue
            person, nobody = (both[0].get(route.path, params={field.name: name}) for name in (f"{kind.title()} WWWWx", f"{kind.title()} YYYYx"))
            assert person.text.replace("WWWW", "YYYY") == nobody.text.replace("WWWW", "YYYY"), (route.path, field.name)


def test_speakers_who_are_private_persons_are_left_out_and_how_many_is_said(both: tuple[TestClient, TestClient]) -> None:
    told = both[0].get("/publishers.json", params={"kind": "speaker"}).json()
    assert (told["speakers"], told["left_out"], told["left_out_in"]) == ([], 6, 6)
    assert "Left out: 6 speakers in 6 incidents" in both[0].get("/publishers", params={"kind": "speaker"}).text
    assert not NAME.search(json.dumps(told))


def test_the_two_stores_differ(tmp_path: Path, both: tuple[TestClient, TestClient]) -> None:
    assert both[0].get("/incidents.json").text != both[1].get("/incidents.json").text
