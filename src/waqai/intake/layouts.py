"""What is known of publishers' pages: where title, text, day and byline stand, since when. A data file of ours, and one of the user's own beside it.

Layouts change, so each is dated, and a page that none of its publisher's layouts fits is read the general way with a notice. Selectors are CSS, turned into
XPath here, where a wrong one is an error at once; the page is looked at in the child process.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from cssselect import HTMLTranslator, SelectorError

from waqai.core import Day, SettingsError
from waqai.intake.guard import show

_SELECTORS = ("title", "body", "published", "byline", "source", "drop")
_FIELDS = frozenset((*_SELECTORS, "hosts", "since", "publisher", "language"))
_MAX_SELECTORS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the pages of some hosts (with their subdomains) are laid out since a day. The paths are XPath; of several the first that finds something counts, but
    all paths of `body` (in the page's order) and `drop` do. `source` is where a page names who published it, `publisher` who it is where it does not.
    """

    hosts: tuple[str, ...]
    since: Day
    title: tuple[str, ...]
    body: tuple[str, ...]
    published: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    publisher: str | None = None
    language: str | None = None


@cache
def shipped_layouts() -> tuple[Layout, ...]:
    """The layouts of the shipped file."""
    return parse_layouts(files("waqai.intake").joinpath("publishers.toml").read_text("utf-8"), name="publishers.toml")


def load_layouts(path: str | Path) -> tuple[Layout, ...]:
    """The layouts of a user's file before the shipped ones; the shipped ones alone where it is "". Raises SettingsError that says what is wrong in it."""
    if not str(path):
        return shipped_layouts()
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"cannot read the publishers' layouts in {str(path)!r}: {error}") from error
    return parse_layouts(text, name=str(path)) + shipped_layouts()


def parse_layouts(text: str, *, name: str) -> tuple[Layout, ...]:
    """The layouts of a TOML text; `name` is how messages call it. Raises SettingsError.

    >>> (one,) = parse_layouts('[[layout]]\\nhosts=["a.example"]\\nsince=2020-01-01\\ntitle="h1"\\nbody="div.text p"', name="x")
    >>> one.title
    ('descendant-or-self::h1',)
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"the publishers' layouts in {name!r} are no TOML: {error}") from error
    tables = raw.get("layout", [])
    if not isinstance(tables, list) or set(raw) - {"layout"}:
        raise SettingsError(f"{name}: layouts are [[layout]] tables, and nothing else stands beside them; there is {show(sorted(raw))}")
    return tuple(_layout_of(table, where=f"{name}: layout {number}") for number, table in enumerate(tables, start=1))


def envelope(page: bytes, *, address: str | None, captured: Day | None, layouts: Sequence[Layout]) -> bytes:
    """The page with what is known of it, as the child that looks into pages takes it."""
    plain = [{**asdict(one), "since": one.since.isoformat()} for one in layouts]
    known = {"address": address or "", "captured": captured.isoformat() if captured else None, "layouts": plain}
    return b"\0" + json.dumps(known).encode("ascii") + b"\0" + page


def _layout_of(table: object, *, where: str) -> Layout:
    if not isinstance(table, dict) or set(table) - _FIELDS:
        raise SettingsError(f"{where}: it holds {show(sorted(set(table) - _FIELDS) if isinstance(table, dict) else table)}; fields are {sorted(_FIELDS)}")
    hosts, since = table.get("hosts"), table.get("since")
    if not (isinstance(hosts, list) and hosts and all(isinstance(one, str) and one.strip() for one in hosts)):
        raise SettingsError(f"{where}: 'hosts' is a list of names such as [\"news.example\"], not {show(hosts)}")
    if type(since) is not date:
        raise SettingsError(f"{where}: 'since' is the day from which pages look so, such as 2023-01-01, not {show(since)}")
    paths: dict[str, Any] = {name: _paths_of(table, name, where=where) for name in _SELECTORS}
    if not paths["title"] or not paths["body"]:
        raise SettingsError(f"{where}: 'title' and 'body' each need a CSS selector")
    words: dict[str, Any] = {name: _words_of(table, name, where=where) for name in ("publisher", "language")}
    return Layout(hosts=tuple(one.strip().lower().removeprefix("www.") for one in hosts), since=since, **paths, **words)


def _paths_of(table: Mapping[str, Any], name: str, *, where: str) -> tuple[str, ...]:
    given = table.get(name, [])
    selectors = [given] if isinstance(given, str) else given
    if not isinstance(selectors, list) or len(selectors) > _MAX_SELECTORS or not all(isinstance(one, str) and one.strip() for one in selectors):
        raise SettingsError(f"{where}: {name!r} is a CSS selector or a list of at most {_MAX_SELECTORS}, not {show(given)}")
    return tuple(_path_of(one, where=f"{where}: {name!r}") for one in selectors)


def _path_of(selector: str, *, where: str) -> str:
    """The XPath of a selector; "time@datetime" is an attribute of what is found.

    >>> _path_of("time@datetime", where="")
    'descendant-or-self::time/@datetime'
    """
    css, at, attribute = selector.rpartition("@") if "@" in selector else (selector, "", "")
    if at and not attribute.replace("-", "").replace("_", "").isalnum():
        raise SettingsError(f"{where}: {show(selector)} names no attribute after '@'")
    try:
        path = HTMLTranslator().css_to_xpath(css)
    except SelectorError as error:
        raise SettingsError(f"{where}: {show(selector)} is no CSS selector: {error}") from error
    return " | ".join(f"{one}/@{attribute}" for one in path.split(" | ")) if at else path


def _words_of(table: Mapping[str, Any], name: str, *, where: str) -> str | None:
    words = table.get(name)
    if words is not None and not (isinstance(words, str) and words.strip()):
        raise SettingsError(f"{where}: {name!r} is words, not {show(words)}")
    return words
