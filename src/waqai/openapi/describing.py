"""What the desk answers to, as programs read it (OpenAPI, at /openapi.json): the lists as data, and the acts, which are forms with a page for an answer.

data    JSON, CSV, GeoJSON, Atom; each route says what it gives
acts    POST: done is 303 to a page, not done is 409 with the page that says why
pages   for people: described only where `pages` is asked for, as tests do who want to ask for all there is
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from waqai import __version__

SAID: Mapping[str, Any] = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"], "additionalProperties": False}
PAGE: Mapping[str, Any] = {"text/html": {}}
REFUSED: Mapping[str, Any] = {"application/json": {"schema": {"$ref": "#/components/schemas/Refused"}}, **PAGE}
"""To who accepts text/html a page, to others the same words as JSON."""
BEFORE: Mapping[str, Any] = {**REFUSED, "text/plain": {}}
"""The same, or a line of the guard, who knows nobody yet."""
REFUSALS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "400": ("What is asked has no answer.", BEFORE),
    "401": ("Nobody is let in without a session or a token.", REFUSED),
    "403": ("This role, or this token's scopes, do not reach.", BEFORE),
    "404": ("There is no such record.", REFUSED),
    "409": ("Not done: the record or the words forbid it.", REFUSED),
    "408": ("Nothing came for a minute.", REFUSED),
    "413": ("More was sent than is taken.", BEFORE),
    "422": ("A value is missing or of another kind.", REFUSED),
}
ABOUT = """Lists as data, with the filters of the pages, and the acts of the review as forms.

A program shows a token: `Authorization: Bearer waqai_…`, made by `waqai token add`, whose scopes are the acts that it may do."""


def describe(routes: Iterable[APIRoute], *, pages: bool = False) -> dict[str, Any]:
    """The OpenAPI of these routes; with `pages`, of those for people too."""
    named = [(route, kind_of(route)) for route in routes]
    shown = [(_shown(route), kind) for route, kind in named if pages or kind != "pages"]
    described = get_openapi(title="waqai desk", version=__version__, description=ABOUT, routes=[route for route, _ in shown])
    for route, kind in shown:
        for method in _methods(route):
            _tell(described["paths"][route.path_format][method], route, kind)
    components = described.setdefault("components", {})
    unused = {"HTTPValidationError", "ValidationError"}
    components["schemas"] = {name: one for name, one in components.get("schemas", {}).items() if name not in unused} | {"Refused": SAID}
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    return described | {"security": [{"token": []}]}


def kind_of(route: APIRoute) -> str:
    """Whether it gives data, takes an act, or makes a page."""
    if "post" in _methods(route):
        return "acts" if any(acts_of(route)) else "pages"
    return "data" if route.include_in_schema or route.response_model is not None else "pages"


def acts_of(route: APIRoute) -> Iterator[str]:
    """What who asks must be allowed; `entrance.needs` leaves it there."""
    return (act for one in route.dependant.dependencies if (act := getattr(one.call, "act", None)))


def _shown(route: APIRoute) -> APIRoute:
    shown = copy.copy(route)
    shown.include_in_schema = True
    return shown


def _methods(route: APIRoute) -> list[str]:
    return sorted(method.lower() for method in route.methods or ())


def _tell(operation: dict[str, Any], route: APIRoute, kind: str) -> None:
    """Complete what FastAPI says of one operation, in place."""
    answers = {code: {"description": said, "content": dict(content)} for code, (said, content) in REFUSALS.items()}
    answers |= {code: said for code, said in operation["responses"].items() if (kind == "data" and code == "200") or int(code) in route.responses}
    if kind == "pages" and "200" not in answers:
        answers["200"] = {"description": "A page.", "content": dict(PAGE)}
    if kind != "data":
        answers["303" if "post" in _methods(route) else "3XX"] = {"description": "Done, or elsewhere: the page is at this address.", "headers": LEADS_ON}
    scopes = sorted(set(acts_of(route)))
    if scopes:
        operation["description"] = f"{operation.get('description', '')}\n\nA token needs the scope {', '.join(scopes)}.".strip()
    operation |= {"tags": [kind], "responses": dict(sorted(answers.items()))}


LEADS_ON = {"location": {"schema": {"type": "string"}, "required": True}}
