"""Names of persons without a public role, in every position of a record: none leaves in the columns of others."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from exported import cleared_of, make_making
from factories import family_of, make_account, make_claim, make_count, make_involved, make_reading, make_report, make_when, make_where, span_of
from scenes import MARCH_5, open_by
from waqai.bounds import INTERNAL, PARTNER, PUBLIC, Profile
from waqai.export.registry import TARGETS
from waqai.export.shapes import Dropped
from waqai.store import Store

NAMES = ("Yusuf Hamdan", "Leyla Demir", "Abu Omar al-Masri", "Thabo Nkosi", "Маша Иванова", "José-Luis O'Hara", "Nguyễn Thị Lan", "Zebulon Quartermain")


@pytest.fixture
def address(new_address: Callable[[str], str]) -> str:
    """On SQLite alone: which records a store gives is tested with the store, on each engine."""
    return new_address("sqlite")


def fill(store: Store, name: str) -> None:
    """A report in which the name is everywhere: headline, address, publisher, the words, who takes part, who speaks, of whom a figure is."""
    slug = name.casefold().replace(" ", "-")
    text = f"{name} told local sources that 12 relatives of {name} were killed by gunmen near Tel Salam on 5 March 2021."
    report = make_report(text, id=slug, title=f"{name} mourns twelve", url=f"https://daily.example/{slug}", publisher=f"Blog of {name}")
    words = f"12 relatives of {name}"
    victims = make_involved("victim", f"relatives of {name}", phrase=span_of(words, text))
    hurt = make_involved("initiator", f"{name} and gunmen", phrase=span_of("gunmen", text))
    others = make_involved("initiator", "gunmen", phrase=span_of("gunmen", text))
    claim = make_claim(report, speaker=name, cue="told", content=words)
    count = make_count(12, report=report, words=words, measure="killed", of_whom=f"relatives of {name}", said_by=claim.id)
    where = make_where(phrase=span_of("Tel Salam", text))
    account = make_account(
        report,
        type="clash",
        when=make_when(MARCH_5, phrase=span_of("5 March 2021", text)),
        where=where,
        counts=[count],
        involved=[victims, hurt, others],
        said_by=claim.id,
    )
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[account], claims=[claim]), family_of=family_of)
    (card,) = store.iter_cards(report=slug)
    open_by(store, card, "i-1")


def told(store: Store, target: str, profile: Profile) -> str:
    """All that leaves of the record, as one text."""
    (record,) = cleared_of(store, profile=profile).values()
    chosen, making = TARGETS[target], make_making()
    made = chosen.shape(making).iter_rows(record) if chosen.shape else chosen.lines(making).iter_objects(record)  # type: ignore[misc]
    rows = [one for one in made if not isinstance(one, Dropped)]
    assert rows, "there is something to look at"
    return json.dumps(rows, default=str, ensure_ascii=False)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", NAMES)
def test_a_private_name_leaves_in_no_column(store: Store, name: str, target: str) -> None:
    fill(store, name)
    parts = [part for part in name.replace("-", " ").split() if len(part) > 2]
    for profile in (PUBLIC, PARTNER):
        assert not [part for part in parts if part.casefold() in told(store, target, profile).casefold()], profile.name
    assert name in told(store, target, INTERNAL)
