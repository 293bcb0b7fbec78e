"""The article in a web page, extracted in a child process: one hostile page can burn minutes and gigabytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from waqai.core import Day, UnreadableReport
from waqai.intake.child import Extractor
from waqai.intake.decode import decode_html
from waqai.intake.guard import Limits, check_bytes, check_markup, check_text, has_bad_character


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a page or a document holds: the text as the extractor gave it, and what it says of itself.

    `host` is that of its address: who published it, where the page names no publisher. `note` tells of an assumed encoding.
    """

    text: str
    title: str | None
    published: Day | None
    publisher: str | None
    language: str | None
    url: str | None
    host: str | None = None
    note: str | None = None


def extract_article(html: bytes, *, limits: Limits | None = None) -> Article:
    """The article of one page, in a child process of its own; for many pages keep an `ArticleExtractor`.

    Raises UnreadableReport for a page too large, too dense, too slow, or without an article.
    """
    with ArticleExtractor(limits=limits) as extractor:
        return extractor.extract(html)


class ArticleExtractor(Extractor):
    """Extracts articles in a child process that is started at the first page and kept until `close`. Not for use by several threads at once."""

    def __init__(self, *, limits: Limits | None = None) -> None:
        super().__init__("pages", limits=limits)

    def extract(self, html: bytes) -> Article:
        """The article of one page. Raises UnreadableReport with a sentence that says why there is none."""
        if len(html) > self.limits.max_bytes:
            raise UnreadableReport(f"the page has {len(html)} bytes; at most {self.limits.max_bytes} are read")
        check_bytes(html)
        check_markup(html, limits=self.limits)
        source = decode_html(html)
        found = self.ask(source.text.encode("utf-8"))
        if found is None:
            raise UnreadableReport("no article text was found in the page; save the article as plain text")
        check_text(found["text"])
        return _article(found, note=source.note)


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
    )


def _find_words(said: str | None) -> str | None:
    """What the page says of itself, or None when it says nothing that can be kept: its JSON may hold NUL and half characters."""
    return said if said and said.strip() and not has_bad_character(said) else None
