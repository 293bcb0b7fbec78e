"""Small sentences parsed and read: one pipeline for all tests of the room, a gazetteer and a register made of dicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from spacy.tokens import Doc, Token

from factories import make_report
from waqai.attribution import find_claims
from waqai.codebook.lexicon import load_lexicon
from waqai.core import Account, Involvement, Reading
from waqai.parsing.pipeline import load_pipeline
from waqai.parsing.text import prepare
from waqai.reading.classes import WordClasses
from waqai.reading.drafts import Clues, Draft, draft_accounts
from waqai.reading.placenames import FoundPlace, find_places
from waqai.reading.reader import ReaderSettings, RuleReader
from waqai.reading.timing import Timeline
from waqai.reading.triggers import Trigger, find_triggers

MONDAY = date(2021, 3, 8)


@dataclass(frozen=True)
class DictPlaces:
    """A gazetteer of a few names."""

    kinds: Mapping[str, frozenset[str]]

    def kinds_of(self, name: str) -> frozenset[str]:
        return self.kinds.get(name, frozenset())


@dataclass(frozen=True)
class DictActors:
    """A register of a few names."""

    ids: Mapping[str, str]

    def find_state(self, words: str) -> str | None:
        return None

    def find_actor(self, name: str) -> str | None:
        return self.ids.get(name)


PLACES = DictPlaces(
    {
        **dict.fromkeys(("Hasakah", "Ras al-Ain", "Raqqa", "Kano", "Kuje", "Qamishli"), frozenset({"town"})),
        **dict.fromkeys(("Syria", "Turkey", "Nigeria", "Iran", "Chad", "Iraq"), frozenset({"country"})),
        "Aleppo": frozenset({"town", "admin1"}),
        "Anbar": frozenset({"admin1"}),
        "Syrian": frozenset({"demonym"}),
    }
)
ACTORS = DictActors({"ISIS": "isis", "SDF": "sdf", "Northern Council": "northern-council"})
LEXICON = load_lexicon()
CLASSES = WordClasses(LEXICON, PLACES)
NO_CLUES = Clues(days=frozenset(), places=frozenset())


@cache
def parse(text: str) -> Doc:
    """The parse of a text's working copy."""
    return load_pipeline()(prepare(text).text)


def token_of(text: str, word: str, *, nth: int = 1) -> Token:
    """The nth token with this text. Raises IndexError when there is none."""
    return [t for t in parse(text) if t.text == word][nth - 1]


def triggers_of(text: str) -> tuple[Trigger, ...]:
    return find_triggers(parse(text), prepare(text), lexicon=LEXICON, classes=CLASSES)


def only_trigger(text: str) -> Trigger:
    (trigger,) = triggers_of(text)
    return trigger


def drafts_of(text: str, clues: Mapping[str, Clues] | None = None) -> list[Draft]:
    """The drafts of a text; `clues` by the trigger's word."""
    triggers = triggers_of(text)
    given = clues or {}
    return draft_accounts(triggers, {t.token.i: given.get(t.token.text, NO_CLUES) for t in triggers}, lexicon=LEXICON)


def places_of(text: str) -> tuple[FoundPlace, ...]:
    return find_places(parse(text), PLACES, lexicon=LEXICON)


def timeline_of(text: str, *, published: date | None = MONDAY) -> Timeline:
    doc = parse(text)
    return Timeline(make_report(text, published=published), doc, find_claims(doc), types=LEXICON.types)


@cache
def rule_reader(longest: int = 60_000) -> RuleReader:
    return RuleReader(places=PLACES, actors=ACTORS, settings=ReaderSettings(longest=longest))


def read(text: str, *, published: date | None = MONDAY, title: str | None = None, language: str | None = "en") -> Reading:
    return rule_reader().read(make_report(text, published=published, title=title, language=language))


def accounts_of(text: str, **fields: date | str | None) -> tuple[Account, ...]:
    return read(text, **fields).accounts  # type: ignore[arg-type]


def only_account(text: str, **fields: date | str | None) -> Account:
    (account,) = accounts_of(text, **fields)
    return account


def pairs_of(involved: tuple[Involvement, ...]) -> list[tuple[str, str]]:
    """(role, name) of each."""
    return [(i.role, i.name) for i in involved]
