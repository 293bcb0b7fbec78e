"""Every text of the desk's pages goes through the catalogue: in another language no English word is left beside what stands in the store."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextvars import ContextVar
from gettext import NullTranslations
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from waqai.codebook import load_actors
from waqai.desk import Desk, make_desk
from waqai.desk.pages import environment
from waqai.flow import shipped_settings
from waqai.store import open_store
from waqai.wording import catalogue

READ_ALOUD = ("title", "placeholder", "aria-label", "alt")
WORD = re.compile(r"[^\W\d_]{2,}")
LEFT_AS_THEY_ARE = re.compile(r"\bwaqai( desk)?\b|\bkm\b|\bCtrl Z\b|\b(json|csv|geojson|atom|txt|html|pdf|docx|xlsx)\b|\bSY\b|\bSHA-256\b|\bhttps?:\S+|\bi-…")
"""The name of the program and of its command, units, keys, kinds of files, examples of codes."""
EMPTY_PAGES = (
    "/",
    "/queue",
    "/incidents",
    "/add",
    "/publishers",
    "/expectations",
    "/patterns",
    "/quality",
    "/login",
    "/coding",
    "/agreement",
    "/alerts",
    "/feeds",
)


class Foreign(NullTranslations):
    """A language whose every text is the English one in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


class Texts(HTMLParser):
    """What a person reads or hears of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        self.found += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def words_beside(texts: list[str]) -> list[str]:
    """The words that stand in no brackets."""
    bare = re.sub(r"⟦[^⟦⟧]*⟧", " ", re.sub(r"⟦[^⟦⟧]*⟧", " ", "\n".join(texts)))
    return WORD.findall(LEFT_AS_THEY_ARE.sub(" ", bare))


def iter_outside_expressions(source: str) -> Iterator[str]:
    """The parts of a template that are sent as they stand; what an expression puts between them is a blank."""
    for _line, kind, value in environment().lex(source):
        if kind == "data":
            yield value
        elif kind == "variable_begin":
            yield " "


@pytest.mark.parametrize("name", sorted(environment().list_templates(filter_func=lambda name: name.endswith(".html"))))
def test_no_template_has_a_text_of_its_own(name: str) -> None:
    source, _file, _fresh = environment().loader.get_source(environment(), name)  # type: ignore[union-attr]
    texts = Texts()
    texts.feed("".join(iter_outside_expressions(source)))
    assert words_beside(texts.found) == []


def test_a_text_beside_the_catalogue_would_be_seen() -> None:
    texts = Texts()
    texts.feed('<p title="Look here">⟦known⟧ and unknown</p><script>var one</script>')
    assert words_beside(texts.found) == ["Look", "here", "and", "unknown"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Over an empty store, so that every word is the interface's."""
    with open_store(tmp_path / "empty.sqlite", actors=load_actors()) as opened:
        yield make_desk(opened, shipped_settings(), owner_name="x")


@pytest.mark.parametrize("path", EMPTY_PAGES)
def test_a_page_in_another_language_has_no_english_word(desk: Desk, inside: TestClient, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    foreign: ContextVar[NullTranslations] = ContextVar("spoken", default=Foreign())  # noqa: B039  # nothing is ever added to it
    monkeypatch.setattr(catalogue, "_spoken", foreign)
    texts = Texts()
    texts.feed(inside.get(path).text.replace(desk.store.address, ""))
    assert words_beside(texts.found) == []
    assert any("⟦" in text for text in texts.found)
