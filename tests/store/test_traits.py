from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from factories import family_of, make_account, make_involved, make_reading
from scenes import AT, BY, anchor_of, fill, report_of
from waqai.schema import tables
from waqai.store import Filters, Store


def traits_of(store: Store, incident: str) -> list[tuple[str, str]]:
    chosen = sa.select(tables.traits.c.kind, tables.traits.c.value).where(tables.traits.c.incident == incident)
    with store.committed() as connection:
        return sorted((row.kind, row.value) for row in connection.execute(chosen))


def add_with_actors(store: Store) -> str:
    """A clash of two bodies at a facility that has an id of its own; the account."""
    report = report_of("herald")
    involved = [
        make_involved("initiator", "Northern Council", actor_id="northern-council"),
        make_involved("target", "the Guards", actor_id="guards"),
        make_involved("facility", "Qalat prison", actor_id="qalat-prison"),
        make_involved("person_held", "Sami Doe"),
    ]
    account = make_account(report, type="clash", involved=involved)
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[account]), family_of=family_of)
    store.open_incident("i-clash", account=account.id, anchor=anchor_of(account, report), role="main", because="", by=BY, at=AT)
    return account.id


def test_an_incident_has_its_publishers_and_the_bodies_that_take_part_but_no_facility_and_no_person(store: Store) -> None:
    add_with_actors(store)
    assert traits_of(store, "i-clash") == [("actor", "guards"), ("actor", "northern-council"), ("publisher", "The Herald")]
    store.add_report(replace(report_of("herald"), id="again", publisher="The Echo"))
    assert ("publisher", "The Echo") in traits_of(store, "i-clash")


def test_a_filter_by_an_actors_id_does_not_take_the_id_for_words_and_nobody_is_found_for_being_held(store: Store) -> None:
    add_with_actors(store)

    def ids(actor: str) -> list[str]:
        return [incident.id for incident in store.iter_incidents(Filters(actor=(actor,)))]

    assert ids("northern-council") == ids("northern council") == ids("Qalat prison") == ["i-clash"]
    assert ids("northern-councils") == ids("sami doe") == []


@pytest.mark.parametrize(
    ("name", "asked", "is_found"),
    [
        ("Northern Protection Council", "protection council", True),  # built like a body, though in no register
        ("Hasakah governor", "governor", True),  # an office
        ("Karim Aziz", "karim aziz", False),  # perhaps a private person
        ("Karim Aziz", "aziz", False),
        ("a police officer's brother", "police", False),
    ],
)
def test_words_find_bodies_and_offices_but_no_private_person(store: Store, name: str, asked: str, is_found: bool) -> None:
    report = report_of("herald")
    account = make_account(report, type="clash", involved=[make_involved("initiator", name)])
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[account]), family_of=family_of)
    store.open_incident("i-clash", account=account.id, anchor=anchor_of(account, report), role="main", because="", by=BY, at=AT)
    assert [one.id for one in store.iter_incidents(Filters(actor=(asked,)))] == ["i-clash"] * is_found


def test_an_incident_that_is_gone_has_no_traits(store: Store) -> None:
    fill(store)
    assert traits_of(store, "i-caught")
    (caught,) = store.iter_cards(report="wire")
    store.judge(
        caught.account.id, "a-x", incident="i-caught", anchor=caught.anchor, role="main", verdict="different", score=1, because="", by="person:ana", at=AT
    )
    assert traits_of(store, "i-caught") == []
