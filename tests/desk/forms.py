"""Pages as a person without script uses them: find a form, fill it in, send it."""

from __future__ import annotations

from typing import Any

from lxml import html
from starlette.responses import Response
from starlette.testclient import TestClient


def page_of(answer: Any) -> html.HtmlElement:
    """The page as a tree."""
    return html.fromstring(answer.text)


def text_of(page: html.HtmlElement, selector: str) -> list[str]:
    """The words of all that the selector finds, blanks made one."""
    return [" ".join(one.text_content().split()) for one in page.cssselect(selector)]


def send(client: TestClient, page: html.HtmlElement, selector: str, press: tuple[str, str] | None = None, **values: str) -> Any:
    """Send the first form that the selector finds, with these values in place of its own; `press` is the button's name and value. Follows one redirect."""
    form = page.cssselect(selector)[0]
    given = dict(form.form_values()) | values
    given |= {press[0]: press[1]} if press else {}
    answer: Response | Any = client.request(form.method, form.action, data=given)
    return client.get(answer.headers["location"]) if answer.status_code == 303 else answer
