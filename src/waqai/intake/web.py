"""The article in a web page, extracted in a child process: one hostile page can burn minutes and gigabytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from waqai import __version__
from waqai.core import Day, UnreadableReport
from waqai.intake.child import Extractor
from waqai.intake.decode import decode_html
from waqai.intake.guard import Limits, check_bytes, check_markup, check_text, has_bad_character
from waqai.intake.layouts import Layout, envelope, shipped_layouts

WHOLE = 1_000
"""Code points that a page shows who may read it; before a login there are fewer."""
_PASSWORD = re.compile(r"<input\b[^<>]{0,300}\btype\s*=\s*[\"']?password\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a page or a document holds: the text as the extractor gave it, and what it says of itself.

    `host` is that of its address: who published it, where the page names no publisher. `note` tells of an assumed encoding, and of a layout that changed.
    `made_text` says how the text was made, in words, where that is not told by the kind of file alone.
    """

    text: str
    title: str | None
    published: Day | None
    publisher: str | None
    language: str | None
    url: str | None
    host: str | None = None
    note: str | None = None
    byline: str | None = None
    made_text: str | None = None


def extract_article(html: bytes, *, limits: Limits | None = None) -> Article:
    """The article of one page, in a child process of its own; for many pages keep an `ArticleExtractor`.

    Raises UnreadableReport for a page too large, too dense, too slow, or without an article.
    """
    with ArticleExtractor(limits=limits) as extractor:
        return extractor.extract(html)


class ArticleExtractor(Extractor):
    """Extracts articles in a child process that is started at the first page and kept until `close`. Not for use by several threads at once."""

    def __init__(self, *, limits: Limits | None = None, layouts: Sequence[Layout] | None = None) -> None:
        super().__init__("pages", limits=limits)
        self._layouts = shipped_layouts() if layouts is None else tuple(layouts)

    def extract(self, html: bytes, *, address: str | None = None, captured: Day | None = None) -> Article:
        """The article of one page, which was got at `address` on the day `captured`; None: it says so itself, or nobody does.

        Raises UnreadableReport with a sentence that says why there is none.
        """
        if len(html) > self.limits.max_bytes:
            raise UnreadableReport(f"the page has {len(html)} bytes; at most {self.limits.max_bytes} are read")
        check_bytes(html)
        check_markup(html, limits=self.limits)
        source = decode_html(html)
        found = self.ask(envelope(source.text.encode("utf-8"), address=address, captured=captured, layouts=self._layouts))
        if found is None:
            raise UnreadableReport("no article text was found in the page; save the article as plain text")
        check_text(found["text"])
        notes = (source.note, _note_on_layout(found["layout"]), _note_on_login(source.text, found["text"]))
        return _article(found, note="; ".join(filter(None, notes)) or None)


def _article(found: dict[str, Any], *, note: str | None) -> Article:
    language = found["language"]
    return Article(
        text=found["text"],
        title=_find_words(found["title"]),
        published=date.fromisoformat(found["published"]) if found["published"] else None,
        publisher=_find_words(found["publisher"]),
        language=language.replace("_", "-").split("-")[0].strip().lower() or None if language else None,
        url=_find_words(found["url"]),
        host=_find_words(found["host"]),
        note=note,
        byline=_find_words(found.get("byline")),
        made_text=f"article text by the layout of its publisher, waqai {__version__}" if found["layout"] == "fits" else None,
    )


def _note_on_layout(layout: str | None) -> str | None:
    if layout in (None, "fits"):
        return None
    return f"the page is not laid out as those of {layout} were: it was read the general way, so look whether text and day fit"


def _note_on_login(page: str, text: str) -> str | None:
    """A word of warning where a page has a field for a password and few words.

    >>> _note_on_login('<input type="password">', "To go on, log in.") is None, _note_on_login("<p>To go on</p>", "To go on") is None
    (False, True)
    """
    if len(text) >= WHOLE or not _PASSWORD.search(page):
        return None
    return (
        "the page asks for a password and holds few words, so look whether they are the article: a page behind a login is saved in a browser and added as .html"
    )


def _find_words(said: str | None) -> str | None:
    """What the page says of itself, or None when it says nothing that can be kept: its JSON may hold NUL and half characters."""
    return said if said and said.strip() and not has_bad_character(said) else None
