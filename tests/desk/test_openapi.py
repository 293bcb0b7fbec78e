"""Every route of the desk is asked by schemathesis, as the owner, with made-up values and with ids of the store among them: no answer is an error of ours,
and each has a status, a content type and a shape that the description names.

`--everything` asks in PostgreSQL too, and WAQAI_EXAMPLES says how often each route is asked (60).
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis import checks
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.python.asgi import ASGIClient

import scenes
from desk.conftest import BASE
from waqai.browse import AHEAD, ORDERS
from waqai.codebook import RULES, load_actors, load_codebook
from waqai.desk import make_app, make_desk
from waqai.desk.app import routes
from waqai.desk.describing import describe
from waqai.desk.uploads import MOST_WAITING, Upload
from waqai.flow import ask_about, note_incident, review_account, shipped_settings, tag_incident
from waqai.store import Store, open_store

EXAMPLES = int(os.environ.get("WAQAI_EXAMPLES", "15"))
ASKED = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
LATER = SchemathesisConfig(
    projects=ProjectsConfig(default=ProjectConfig(base_url=BASE, generation=GenerationConfig(max_examples=EXAMPLES, with_security_parameters=False)))
)
SCHEMA = schemathesis.openapi.from_dict(describe(routes(), pages=True), config=LATER)
TABLE = b"Notes,Event date\nTwo men fled the prison of Qalat on 7 May 2021.,2021-05-08\n"
known: dict[str, list[Any]] = {}
"""By the name of a parameter or field: what the store holds of it. Filled with the store."""

answered: dict[str, Counter[int]] = defaultdict(Counter)
"""By the operation: how often each status was the answer."""


def fill(store: Store) -> None:
    """The scene, with what persons said of it."""
    scenes.fill(store)
    (account,) = [one.account.id for one in store.iter_cards(report="daily")]
    said = {"by": "person:ana"}
    note_incident("i-escape", "the governor is to be asked", store, **said)
    tag_incident("i-escape", "to check", store, **said)
    ask_about("i-escape", "was it a Friday?", store, whom=None, **said)
    review_account(account, "accepted", store, because="as it says", **said)
    known.update(_what_is_known(store))


def _what_is_known(store: Store) -> dict[str, list[Any]]:
    book, last = load_codebook(), store.last_entry()
    incidents, reports = ["i-escape", "i-caught", "i-meeting", "i-aid"], list(scenes.TEXTS)
    accounts = [card.account.id for name in reports for card in store.iter_cards(report=name)]
    entries, spans = list(range(last + 1)), ["4-19", "0-3", "0-200", "37-49", "9-4", "-"]
    words = ["12 prisoners", "prisoners", "two guards", "escaped", '"Qalat prison"', "near the river", "x", "*", "a AND", "NEAR(", "-"]
    facets = {
        "type": list(book.types),
        "family": list(book.families),
        "status": list(book.statuses),
        "country": ["SY", "SA"],
        "grade": ["A", "single", "contested"],
    }
    names = {"incident": incidents, "report": reports, "account": accounts, "one": incidents + accounts, "other": incidents + accounts + reports}
    cursors = ["1:i-escape", "2021-03-05:i-escape", "0.5:a-1", "", "The Daily", "2021-03-08|daily|0"]
    days = ["2021-03-05", "2021-03-08", str(date.min), str(date.max), "2021-02-30"]
    said = ["5 March 2021", "25", "at least 15", "escape", "occurred", "SY", "Tel Salam", "10-20", "-1", "9" * 30, "prison"]
    more = {"seen": [last, 0], "entry": entries, "words": words, "value": said, "facet": ["type", "status", "when", "where", "actor", "count"]}
    more |= {"span": spans, "at": spans, "kind": ["facility", "perpetrator", "escaped", "killed", "publisher", "speaker"], "was": ["facility", "escaped"]}
    more |= {
        "after": cursors,
        "place": cursors,
        "since": days,
        "until": days,
        "published": days,
        "order": [*ORDERS],
        "figures": list(RULES),
        "stance": [*AHEAD],
    }
    more |= {"west": [-180, 30, 41], "south": [-80, 30], "east": [180, 45, 42.5], "north": [80, 40], "zoom": [0, 6, 18], "start": [0, 4], "end": [9, 19]}
    more |= {"publisher": ["The Daily"], "actor": list(load_actors().actors)[:3], "admin1": ["SY/Hasakah", "SA/Makkah"], "text": list(scenes.TEXTS.values())}
    return facets | names | {"name": incidents + accounts + reports + ["The Daily", "The Observatory", "ana"]} | more


def mixed(values: dict[str, Any], names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """The values, two in three in favour of what the store holds; a name that is left out may come in."""
    chosen = {name: st.one_of(st.sampled_from(known[name]), st.sampled_from(known[name]), st.none()) for name in sorted({*values, *names} & known.keys())}
    return st.fixed_dictionaries(chosen).map(lambda drawn: values | {name: value for name, value in drawn.items() if value is not None})


@SCHEMA.hook
def flatmap_path_parameters(context: Any, values: Any) -> st.SearchStrategy[Any]:
    return mixed(values, []) if isinstance(values, dict) else st.just(values)


@SCHEMA.hook
def flatmap_query(context: Any, values: Any) -> st.SearchStrategy[Any]:
    return mixed(values or {}, [one.name for one in context.operation.query]) if isinstance(values, dict | None) else st.just(values)


@SCHEMA.hook
def flatmap_body(context: Any, values: Any) -> st.SearchStrategy[Any]:
    if not isinstance(values, dict):
        return st.just(values)
    (body, *_) = context.operation.body
    return mixed(values, list(_fields_of(body.raw_schema)))


def _fields_of(schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    return (SCHEMA.raw_schema["components"]["schemas"][name] if name else schema).get("properties", {})


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def owner(request: pytest.FixtureRequest, new_address: Callable[[str], str]) -> Iterator[ASGIClient]:
    """The owner's browser over a store of its own for each route."""
    with open_store(new_address(request.param), actors=load_actors()) as store:
        fill(store)
        desk = make_desk(store, shipped_settings(), owner_name="ana")
        known["run"] = [desk.runs.start(lambda _ignored: iter(()), name="nothing", by="person:ana").id]
        known["key"] = [desk.waiting.keep([Upload(name="t.csv", content=TABLE, publisher=None, published=None)]) for _ in range(MOST_WAITING)]
        with ASGIClient(make_app(desk), base_url=BASE) as client:
            client.come_in = lambda: client.get("/start", params={"token": desk.mint_start_token()}, allow_redirects=False)
            client.come_in()
            yield client
        desk.close()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@SCHEMA.parametrize()
def test_no_answer_is_an_error_of_ours_and_each_is_as_described(case: schemathesis.Case, owner: ASGIClient) -> None:
    answer = case.call_and_validate(session=owner, checks=ASKED, allow_redirects=False)
    answered[case.operation.label][answer.status_code] += 1
    if case.path in ("/leave", "/login"):
        owner.come_in()  # type: ignore[attr-defined]


def test_what_is_asked_is_all_that_the_desk_answers_to() -> None:
    asked = {(method, path) for path, methods in SCHEMA.raw_schema["paths"].items() for method in methods}
    assert asked == {(method.lower(), route.path_format) for route in routes() for method in route.methods}


def test_zz():
    for k, v in sorted(answered.items()):
        print(k, dict(v))
