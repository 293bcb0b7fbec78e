"""One catalogue of all words that a person reads: English in the code, other languages beside it as gettext files.

    wording/locale/waqai.pot                       made from code, templates and codebook by scripts/catalogue.py
    wording/locale/LANGUAGE/LC_MESSAGES/waqai.po   a translation; where it is silent, the English stands

A language holds for one thread or task at a time: `with speaking("ar"):`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

_ENGLISH = NullTranslations()
_spoken: ContextVar[NullTranslations] = ContextVar("spoken", default=_ENGLISH)


def _(words: str) -> str:
    """The words in the language that is spoken here."""
    return _spoken.get().gettext(words)


def ngettext(one: str, several: str, n: int) -> str:
    """`one` or `several` as the language counts.

    >>> ngettext("report", "reports", 2)
    'reports'
    """
    return _spoken.get().ngettext(one, several, n)


@contextmanager
def speaking(language: str | NullTranslations) -> Iterator[None]:
    """What is worded inside is in this language; English where there is no such catalogue."""
    token = _spoken.set(load_language(language) if isinstance(language, str) else language)
    try:
        yield
    finally:
        _spoken.reset(token)


@cache
def load_language(language: str) -> NullTranslations:
    """The catalogue of a language, English for one without."""
    file = files("waqai.wording").joinpath("locale", language, "LC_MESSAGES", "waqai.po")
    if not language.isalpha() or not file.is_file():
        return _ENGLISH
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(file.read_bytes()), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
