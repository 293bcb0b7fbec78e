"""Make pages from templates: words from the catalogue, links, and what every page needs to know."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, quote_plus

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from waqai import __version__, wording
from waqai.browse import Snippet
from waqai.codebook import group_figures
from waqai.core import (
    AccessError,
    ErasedReport,
    Figure,
    GazetteerError,
    Incident,
    MissingPart,
    NotPossible,
    StoreError,
    TooManyTries,
    UnknownId,
    WaqaiError,
)
from waqai.desk.house import Desk

_STATUSES: tuple[tuple[type[WaqaiError], int], ...] = (
    *((TooManyTries, 429), (AccessError, 403), (UnknownId, 404), (NotPossible, 409), (ErasedReport, 409)),
    *((StoreError, 503), (MissingPart, 503), (GazetteerError, 503)),
)
"""What errors are answered by; all others are of who asks, 400. 503: this desk cannot now, whatever is asked."""


def desk_of(request: Request) -> Desk:
    """The desk that this request came to."""
    desk: Desk = request.app.state.desk
    return desk


def status_of(error: WaqaiError) -> int:
    """The status by which a request is answered that could not be done."""
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 400)


def render(request: Request, template: str, *, status: int = 200, **told: Any) -> HTMLResponse:
    """A page. A part of one, for a script that asked for it, if the template's name begins with "_"."""
    visitor = getattr(request.state, "visitor", None)
    page = environment().get_template(template).render(request=request, path=request.url.path, visitor=visitor, **told)
    return HTMLResponse(page, status_code=status)


@cache
def environment() -> Environment:
    """The templates, escaped; an unknown name in one is an error."""
    made = Environment(
        loader=PackageLoader("waqai.desk"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"]
    )
    made.install_gettext_callables(wording._, wording.ngettext, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    made.globals |= {"static": static, "link": link, "version": __version__}
    named = {one.__name__.removeprefix("describe_"): one for one in _DESCRIBERS}
    made.filters |= (
        named
        | {one.__name__: one for one in (words, percent, outward, one_line, cut, bounds, main_figures, reports_of, marked_parts)}
        | {"author": wording.name_author}
    )
    return made


_DESCRIBERS = (
    wording.describe_when,
    wording.describe_where,
    wording.describe_number,
    wording.describe_candidates,
    wording.describe_range,
    wording.describe_retrieval,
    wording.shorten,
)


def link(path: str, **query: Any) -> str:
    """An address on this desk: parts of the path quoted, what is None or "" left out of the query.

    >>> link("/reports/a b?", account="a-1", words=None)
    '/reports/a%20b%3F?account=a-1'
    """
    named = [(name, one) for name, value in query.items() for one in (value if isinstance(value, list | tuple) else (value,)) if one not in (None, "")]
    return _quoted_path(path) + ("?" + "&".join(f"{name}={_quoted(str(one))}" for name, one in named) if named else "")


_quoted_path = lru_cache(maxsize=10_000)(quote)
_quoted = lru_cache(maxsize=10_000)(quote_plus)


@cache
def static(name: str) -> str:
    """The address of a file of ours; it changes with the file, so that a browser may keep it for good."""
    file = files("waqai.desk").joinpath("static", *name.split("/"))
    return f"/static/{quote(name)}?v={hashlib.sha256(file.read_bytes()).hexdigest()[:10]}"


def words(name: str) -> str:
    """A name of the codebook as words of the language that is spoken.

    >>> words("custody_exit")
    'custody exit'
    """
    return wording._(name.replace("_", " "))


def percent(p: float) -> str:
    """
    >>> percent(0.987), percent(0.999), percent(1.0)
    ('99 %', '> 99 %', '100 %')
    """
    return "> 99 %" if 0.995 <= p < 1 else f"{p:.0%}".replace("%", " %")


def outward(address: str) -> str:
    """An address that a person may follow out of the desk; "" for one of another kind than the web's, which a report may carry to do harm.

    >>> outward("https://news.example/a"), outward("javascript:alert(1)")
    ('https://news.example/a', '')
    """
    return address if address.strip().lower().startswith(("https://", "http://")) else ""


def one_line(text: str) -> str:
    """The words with single blanks between."""
    return " ".join(text.split())


def cut(text: str, width: int) -> str:
    """The text, its middle left out where it is longer than `width`.

    >>> cut("a long sentence", 9)
    'a lo … ce'
    """
    return text if len(text) <= width else f"{text[: width // 2]} … {text[-(width // 2 - 2) :]}"


def bounds(figure: Figure) -> str:
    """A figure as a person would write it."""
    return wording.describe_bounds(figure.low, figure.high, figure.best)


def reports_of(incident: Incident) -> int:
    """How many reports tell of it."""
    return len({account.report for account in incident.accounts})


def main_figures(incident: Incident, *, most: int = 2) -> list[tuple[str, str]]:
    """(measure, figures that count) of what most figures are given of: the lowest and highest number where they differ."""
    groups = sorted(group_figures(incident.figures).items(), key=lambda item: (-len(item[1]), item[0]))
    told = []
    for key, group in groups[:most]:
        numbers = [n for figure in group if figure.stance != "denies" and not figure.unreliable for n in (figure.best, figure.low) if n is not None]
        low, high = min(numbers, default=None), max(numbers, default=None)
        if low is not None and high is not None:
            shown = wording.describe_number(low) if low == high else f"{wording.describe_number(low)}–{wording.describe_number(high)}"
            told.append((key.measure if key.of_whom == "people" else f"{key.measure} ({key.of_whom})", shown))
    return told


def marked_parts(snippet: Snippet) -> Iterator[tuple[str, bool]]:
    """The words of a snippet in pieces, each with whether it was looked for."""
    at = 0
    for mark in snippet.marks:
        yield snippet.text[at : mark.start], False
        yield mark.of(snippet.text), True
        at = mark.end
    yield snippet.text[at:], False


def chosen(query: Mapping[str, str], name: str) -> str | None:
    """What the address says of this name; None for nothing."""
    return query.get(name, "").strip() or None
