from __future__ import annotations

import pytest

from clears import account, cleared, involved
from waqai.bounds import WITHHELD
from waqai.codebook import load_actors
from waqai.export.parties import Sides, find_sides, who_tells

REGISTER = load_actors()


def sides(*named: tuple[str, str], type: str = "clash") -> Sides:
    told = [involved(role, name, actor_id=REGISTER.find_actor(name)) for role, name in named]
    return find_sides([account(type=type, involved=tuple(told))], type=type, register=REGISTER)


def names(found: Sides) -> tuple[list[str], list[str]]:
    return [party.name for party in found.first], [party.name for party in found.second]


def test_the_initiator_stands_first_whatever_the_order_in_which_they_are_told() -> None:
    assert names(sides(("victim", "two farmers"), ("initiator", "ISIS"))) == (["Islamic State"], ["two farmers"])


def test_those_who_meet_stand_on_two_sides() -> None:
    assert names(sides(("participant", "Iraq"), ("participant", "Turkey"), type="meeting")) == (["Iraq"], ["Turkey"])


def test_who_escapes_acts_against_the_custodian() -> None:
    found = sides(("custodian", "SDF"), ("person_held", "ISIS members"), type="escape")
    assert names(found) == (["Islamic State"], ["Syrian Democratic Forces"])


@pytest.mark.parametrize("name", [WITHHELD, "[facility withheld]", "Qalat prison", "facility", "people", "other persons", "<3 men", " "])
def test_masked_names_sites_and_bare_people_are_no_party(name: str) -> None:
    assert sides(("initiator", name), ("target", name)) == Sides(first=(), second=())


def test_who_is_only_suspected_is_no_party() -> None:
    told = account(involved=(involved("initiator", "gunmen", modality="suspected"),))
    assert find_sides([told], type="clash", register=REGISTER).first == ()


def test_a_jailbreak_is_directed_at_those_who_hold_not_at_those_who_are_held() -> None:
    found = sides(("initiator", "ISIS"), ("person_held", "prisoners"), ("custodian", "SDF"), type="jailbreak")
    assert names(found) == (["Islamic State"], ["Syrian Democratic Forces"])


def test_of_those_told_as_often_whom_the_register_knows_stands_first() -> None:
    assert names(sides(("initiator", "gunmen"), ("initiator", "ISIS")))[0] == ["Islamic State", "gunmen"]


def test_the_most_often_told_stands_first_of_its_side() -> None:
    told = [account(f"a{n}", involved=(involved("initiator", name),)) for n, name in enumerate(["gunmen", "raiders", "raiders"])]
    assert names(find_sides(told, type="clash", register=REGISTER)) == (["raiders", "gunmen"], [])


def test_one_who_is_told_on_both_sides_stands_on_the_first() -> None:
    assert names(sides(("initiator", "SDF"), ("target", "SDF"), ("target", "ISIS"))) == (["Syrian Democratic Forces"], ["Islamic State"])


def test_civilians_are_those_whom_the_record_calls_so() -> None:
    found = sides(("victim", "displaced civilians"), ("target", "villagers"))
    assert {party.name: party.are_civilians for party in found.second} == {"displaced civilians": True, "villagers": False}


def test_the_accounts_of_the_weightiest_role_and_the_records_type_tell() -> None:
    told = [account("a1", role="part"), account("a2"), account("a3", type="arrest"), account("a4", review="rejected")]
    assert [one.id for one in who_tells(cleared(*told))] == ["a2"]


def test_where_all_is_rejected_the_rejected_tell() -> None:
    assert [one.id for one in who_tells(cleared(account(review="rejected")))] == ["a1"]
