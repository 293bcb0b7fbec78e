"""Every route of the desk is asked by schemathesis, as the owner, with made-up values and with ids of the store among them: no answer is an error of ours,
and each has a status, a content type and a shape that the description names.

`--everything` asks in PostgreSQL too. WAQAI_EXAMPLES says how many values are made up for each route; where it is set these are
others in every run, and those at the edges of what is described are asked for, too, a hundred for each list.
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from time import sleep
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis import checks
from schemathesis.config import CoveragePhaseConfig, GenerationConfig, PhasesConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.python.asgi import ASGIClient

from desk.conftest import BASE
from desk.known import fill, known_values, right_forms
from engines import lend_address
from waqai.codebook import load_actors
from waqai.desk import Desk, make_app, make_desk
from waqai.desk.app import routes
from waqai.flow import shipped_settings
from waqai.openapi.describing import describe
from waqai.operating.uploads import MOST_WAITING, Upload
from waqai.store import open_store

FORMS = [
    *(f"GET /patterns.{ending}" for ending in ("json", "svg", "png")),
    *("GET /judge/merge", "GET /judge/split", "GET /judge/put", "GET /review/suggest", "POST /queue/accept", "POST /publishers/mark", "POST /add"),
    *(f"POST /alerts/{act}" for act in ("add", "pause", "resume", "remove")),
    *(f"POST /review/{act}" for act in ("verdict", "correct", "add", "split", "undo")),
    *(f"POST /coding/{act}" for act in ("begin", "add", "field", "drop", "hand_in")),
    *(f"POST /judge/{act}" for act in ("merge", "split", "put", "lock", "undo", "note", "tag", "ask", "answer")),
]
FEW = 8
EXAMPLES = int(os.environ.get("WAQAI_EXAMPLES", FEW))
ASKED = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
HOW = ProjectConfig(
    base_url=BASE,
    generation=GenerationConfig(max_examples=EXAMPLES, deterministic=EXAMPLES == FEW, with_security_parameters=False),
    phases=PhasesConfig(coverage=CoveragePhaseConfig(enabled=EXAMPLES != FEW)),
)
SCHEMA = schemathesis.openapi.from_dict(describe(routes(), pages=True), config=SchemathesisConfig(projects=ProjectsConfig(default=HOW)))
LOOKS = re.compile(r"GET /(?!start|leave|login)")  # in a test's name
TABLE = b"Notes,Event date\nTwo men fled the prison of Qalat on 7 May 2021.,2021-05-08\n"
known: dict[str, list[Any]] = {}
"""By the name of a parameter or field: what the store that is asked holds of it."""
forms: dict[str, dict[str, Any]] = {}
"""By method and address: what is right."""
answered: dict[str, Counter[int]] = defaultdict(Counter)
"""By the operation: how often each status was the answer."""


def mixed(values: dict[str, Any], names: Iterable[str]) -> st.SearchStrategy[dict[str, Any]]:
    """The values, two in three in favour of what the store holds; a name that is left out may come in."""
    chosen = {name: st.one_of(*[st.sampled_from(known[name])] * 2, st.none()) for name in sorted({*values, *names} & known.keys())}
    return st.fixed_dictionaries(chosen).map(lambda drawn: values | {name: value for name, value in drawn.items() if value is not None})


def near_the_record(context: Any, values: dict[str, Any], names: Iterable[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Mixed values, or where one is known a form that is right, as often as not."""
    form = forms.get(context.operation.label)
    return mixed(values, names) if form is None else st.one_of(mixed(values, names), all_right_but_one(values, form))


def all_right_but_one(values: dict[str, Any], form: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """The form that is right, or with one of its fields as it was made up."""
    return st.sampled_from([None, *sorted(values)]).map(lambda name: form if name is None else form | {name: values[name]})


@SCHEMA.hook
def flatmap_path_parameters(context: Any, values: Any) -> st.SearchStrategy[Any]:
    return mixed(values, []) if isinstance(values, dict) else st.just(values)


@SCHEMA.hook
def flatmap_query(context: Any, values: Any) -> st.SearchStrategy[Any]:
    return near_the_record(context, values or {}, [one.name for one in context.operation.query]) if isinstance(values, dict | None) else st.just(values)


@SCHEMA.hook
def flatmap_body(context: Any, values: Any) -> st.SearchStrategy[Any]:
    if not isinstance(values, dict):
        return st.just(values)
    (body, *_) = context.operation.body
    return near_the_record(context, values, _fields_of(body.raw_schema))


def _fields_of(schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    return (SCHEMA.raw_schema["components"]["schemas"][name] if name else schema).get("properties", {})


def run_to_its_end(desk: Desk) -> str:
    """A run in which nothing comes in. While it loads a reader numpy parses, and pytest does when a test imports a module late: in Python 3.11 either can fail
    when both do."""
    run = desk.runs.start(lambda _ignored: iter(()), name="nothing", by="person:ana")
    while not run.is_over:
        sleep(0.02)
    return run.id


@contextmanager
def opened(address: str) -> Iterator[ASGIClient]:
    """The owner's browser over this store, which is filled."""
    with open_store(address, actors=load_actors()) as store:
        fill(store)
        desk = make_desk(store, shipped_settings(), owner_name="ana")
        run = run_to_its_end(desk)
        keys = [desk.waiting.keep([Upload(name="t.csv", content=TABLE, publisher=None, published=None)]) for _ in range(MOST_WAITING)]
        with ASGIClient(make_app(desk), base_url=BASE) as client:
            client.come_in = lambda: client.get("/start", params={"token": desk.mint_start_token()}, allow_redirects=False)
            client.known, client.forms = {**known_values(store), "run": [run], "key": keys}, right_forms(store)
            yield client
        desk.close()


@pytest.fixture(scope="module")
def readers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], ASGIClient]]:
    """Browsers at which nothing is done but looking, one on each engine: to make and fill a store takes longer than to ask a route."""
    made: dict[str, ASGIClient] = {}
    with ExitStack() as kept:

        def reader(engine: str) -> ASGIClient:
            if engine not in made:
                made[engine] = kept.enter_context(opened(lend_address(engine, request, tmp_path_factory.mktemp("readers"))))
            return made[engine]

        yield reader


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def owner(request: pytest.FixtureRequest, readers: Callable[[str], ASGIClient], new_address: Callable[[str], str]) -> Iterator[ASGIClient]:
    """The owner's browser, over a store of its own for each route that is not only looked at."""
    with ExitStack() as kept:
        client = readers(request.param) if LOOKS.search(request.node.name) else kept.enter_context(opened(new_address(request.param)))
        for held, of_client in ((known, client.known), (forms, client.forms)):
            held.clear()
            held.update(of_client)
        client.come_in()
        yield client


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@SCHEMA.parametrize()
def test_no_answer_is_an_error_of_ours_and_each_is_as_described(case: schemathesis.Case, owner: ASGIClient) -> None:
    answer = case.call_and_validate(session=owner, checks=ASKED, allow_redirects=False)
    answered[case.operation.label][answer.status_code] += 1
    if case.path in ("/leave", "/login"):
        owner.come_in()


@pytest.mark.parametrize("label", FORMS)
def test_a_form_that_is_right_is_done(owner: ASGIClient, label: str) -> None:
    method, path = label.split()
    sent = {"params" if method == "GET" else "data": forms[label]}
    answer = owner.request(method, path, allow_redirects=False, **sent)
    assert answer.status_code == (200 if method == "GET" else 303), answer.text


def test_what_is_asked_is_all_that_the_desk_answers_to() -> None:
    asked = {(method, path) for path, methods in SCHEMA.raw_schema["paths"].items() for method in methods}
    assert asked == {(method.lower(), route.path_format) for route in routes() for method in route.methods}


def test_the_questions_reached_the_record() -> None:
    """Nearly all pages and lists were given and acts done: what is refused at the door only says nothing of the rooms behind it."""
    if len(answered) < len(routes()):
        pytest.skip("not all routes were asked")
    shut = {label for label, codes in answered.items() if not codes[200] + codes[303]}
    assert len(shut) <= len(answered) // 10, sorted(shut)
