"""The article in a web page, by what is known of its publisher's layout, else by trafilatura. Runs in the child process."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from .layouts import address_of, layouts_for, read_by
from .refusal import Caps

_PROSE_LENGTH = 80  # characters: a longer paragraph is prose, and the days in it are not the day of publication


def prepare(_caps: Caps) -> Callable[[bytes], Any]:
    """What answers a page in UTF-8 with its article, None where there is none.

    A line of JSON may stand before it, between two NULs: {"address", "captured", "layouts"}.
    """
    import trafilatura  # noqa: F401

    return _answer


def _answer(request: bytes) -> dict[str, str | None] | None:
    known: dict[str, Any] = {"address": "", "captured": None, "layouts": []}
    if request.startswith(b"\0"):
        head, _, request = request[1:].partition(b"\0")
        known = json.loads(head)
    return _extract(request.decode("utf-8"), known)


def _extract(html: str, known: dict[str, Any]) -> dict[str, str | None] | None:
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    tree = load_html(html)
    if tree is None:
        return None
    address = known["address"] or address_of(tree)
    layouts = layouts_for(address, known["layouts"], captured=known["captured"])
    laid_out, layout = next(((fit, one) for one in layouts if (fit := read_by(one, tree))), (None, None))
    dates: dict[str, Any] = {"extensive_search": False, "original_date": True, "max_date": "2200-01-01"}
    published = _find_published(tree, dates)
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    if laid_out is not None and layout is not None:
        said = {"language": language or layout["language"], "url": known["address"] or address or None, "host": None}
        return {**laid_out, **said, "published": laid_out["published"] or published, "layout": "fits"}
    found: Any = bare_extraction(tree, with_metadata=True, include_comments=False, date_extraction_params=dates)
    if found is None or not found.text:
        return None
    declared = None if found.sitename in (None, found.hostname) else found.sitename
    return {
        "title": found.title,
        "text": found.text,
        "published": published,
        "publisher": declared,
        "language": language,
        "url": found.url,
        "host": found.hostname,
        "layout": f"{layouts[0]['hosts'][0]} since {layouts[0]['since']}" if layouts else None,
    }


def _find_published(tree: Any, dates: dict[str, Any]) -> str | None:
    """The day the page gives for itself, as YYYY-MM-DD: from its head, its address, or a short element that is a date; never from prose.

    A fixed latest day is given because the library would otherwise look at the clock.
    """
    from copy import deepcopy

    from htmldate import find_date

    bare = deepcopy(tree)
    for element in list(bare.iter("p", "li", "td", "blockquote", "aside", "footer", "nav", "img")):
        is_prose = element.tag in {"aside", "footer", "nav", "img"} or len(element.text_content()) > _PROSE_LENGTH
        if is_prose and element.getparent() is not None:  # a fragment may be one such element
            element.drop_tree()
    found: str | None = find_date(bare, **dates)
    return found
