"""Drafts into accounts: facets with their words, and the claims that they stand in."""

from __future__ import annotations

from datetime import date

import pytest

from reading.parsing import accounts_of, only_account, pairs_of, read

TOLD = """Prisoners break out of jail in Hasakah

The Northern Observatory said on Sunday, March 7, that 25 ISIS prisoners escaped from a prison in the countryside of Hasakah. Local sources said that the \
escapees are expected to head to Turkey.

This prison is located in Ras al-Ain and is run by the Northern Council. Guards caught two of the fugitives on Monday.
"""


def test_a_report_of_an_escape_gives_who_where_when_and_how_many() -> None:
    escape, _ = accounts_of(TOLD)
    assert (escape.type, escape.status.value, escape.evidence.of(TOLD)) == ("escape", "occurred", "escaped")
    assert escape.when is not None and (escape.when.earliest, escape.when.basis) == (date(2021, 3, 7), "announcement_date_as_proxy")
    assert ("custodian", "Northern Council") in pairs_of(escape.involved) and ("destination", "Turkey") in pairs_of(escape.involved)
    assert [(m.name, m.role, m.relation) for m in escape.place_mentions] == [
        ("Ras al-Ain", "event_place", "near"),
        ("Hasakah", "containing_area", "countryside"),
    ]
    assert [(c.measure, c.of_whom, c.low, c.high) for c in escape.counts] == [("escaped", "ISIS prisoners", 25, 25)]


def test_a_later_act_is_an_account_of_its_own_with_its_relation() -> None:
    escape, recapture = accounts_of(TOLD)
    assert recapture.type == "recapture"
    assert [(r.kind, r.to) for r in recapture.relations] == [("recaptures", escape.id)]


def test_each_facet_points_to_the_innermost_claim_that_holds_it() -> None:
    reading = read(TOLD)
    by_id = {c.id: c for c in reading.claims}
    escape = reading.accounts[0]
    (destination,) = [i for i in escape.involved if i.role == "destination"]
    assert destination.said_by is not None and by_id[destination.said_by].speaker_name == "Local sources"
    assert escape.said_by is not None and by_id[escape.said_by].speaker_name == "The Northern Observatory"
    (custodian,) = [i for i in escape.involved if i.role == "custodian"]
    assert custodian.said_by is None  # the report's own voice


def test_a_facet_in_a_nested_claim_points_to_the_inner_one() -> None:
    reading = read("The governor said that police reported that 12 prisoners escaped in Kano.")
    outer, inner = reading.claims
    assert inner.said_by == outer.id and reading.accounts[0].said_by == inner.id


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Areas liberated from the group are calm.", []),  # a mere participle
        ("Men arrested by police are calm.", []),
        ("Men freed on Monday went home.", ["release"]),  # with a day of its own
        ("An arrest was made.", []),  # neither who, where, when nor how many
        ("An arrest was made on Sunday.", ["arrest"]),
    ],
)
def test_a_telling_without_circumstances_is_no_account(text: str, types: list[str]) -> None:
    assert [a.type for a in accounts_of(text)] == types


def test_an_effect_alone_is_less_sure_than_the_act() -> None:
    assert only_account("Six people were killed in Kano on Sunday.").p < only_account("Gunmen attacked a mayor in Kano on Sunday.").p


def test_an_account_without_day_and_place_of_its_own_is_less_sure() -> None:
    assert only_account("Twelve prisoners escaped from the jail.").p < only_account("Twelve prisoners escaped from the jail on Sunday.").p


def test_people_only_counted_as_killed_are_victims() -> None:
    account = only_account("The army shelled a village near Raqqa on Friday. The death toll among farmers rose to 12 farmers.")
    assert ("victim", "farmers") in pairs_of(account.involved)


@pytest.mark.parametrize(
    ("text", "attrs"),
    [
        ("The men dug a tunnel and 9 inmates escaped from the prison.", {"method": "tunnel"}),
        ("Nine inmates escaped from the prison after a bribe.", {"method": "bribery"}),
        ("Nine inmates escaped from the prison.", {}),
        ("Prisoners staged a hunger strike in the jail.", {"peaceful": True}),  # the rule's own
    ],
)
def test_attrs_come_from_the_rule_and_from_words_of_the_break(text: str, attrs: dict[str, str | bool]) -> None:
    assert only_account(text).attrs == attrs


def test_accounts_have_ids_of_their_own() -> None:
    accounts = accounts_of(TOLD)
    assert len({a.id for a in accounts}) == len({a.key for a in accounts}) == len(accounts) == 2
