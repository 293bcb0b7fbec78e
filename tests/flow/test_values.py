from __future__ import annotations

import pytest

from waqai.codebook import load_actors, load_codebook
from waqai.core import NotPossible
from waqai.flow import Gazetteer, load_settings, open_gazetteer
from waqai.flow.values import actor_value, count_value, status_value, type_value, when_value, where_value

CODEBOOK = load_codebook()


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer(load_settings())


@pytest.mark.parametrize(
    ("said", "earliest", "latest"),
    [
        ("2023-06-18", "2023-06-18", "2023-06-18"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-06-18..2023-06-20", "2023-06-18", "2023-06-20"),
        ("2023-06..2023-07", "2023-06-01", "2023-07-31"),
    ],
)
def test_a_day_a_month_and_two_days_are_read(said: str, earliest: str, latest: str) -> None:
    assert when_value(said) == {"value": {"earliest": earliest, "latest": latest}}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("June 18", "is no day"),
        ("2023-02-30", "is no day"),
        ("", "is no day"),
        ("2023-06-20..2023-06-18", "ends before it begins"),
        ("2023-06-18..", "names one day only"),  # "since" is no day
        ("..2023-06-18", "names one day only"),
    ],
)
def test_what_is_no_day_is_refused(said: str, why: str) -> None:
    with pytest.raises(NotPossible, match=why):
        when_value(said)


@pytest.mark.parametrize(
    ("said", "whom", "low", "high", "best", "kind"),
    [
        ("escaped=24", None, 24, 24, 24, "exact"),
        ("killed:prison guards=2", "prison guards", 2, 2, 2, "exact"),
        ("killed=20+", None, 20, None, 20, "at_least"),
        ("killed=20-30", None, 20, 30, None, "range"),
        ("amount=1.5", None, 1.5, 1.5, 1.5, "exact"),
    ],
)
def test_a_count_is_read_with_its_group_and_bounds(said: str, whom: str | None, low: float, high: float | None, best: float | None, kind: str) -> None:
    made = count_value(said, CODEBOOK)
    assert (made["of_whom"], made["value"]) == (whom, {"low": low, "high": high, "best": best, "kind": kind})


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("24", "MEASURE=NUMBER"),
        ("fled=24", "no measure 'fled'"),
        ("escaped=many", "cannot read the number"),
        ("escaped=30-20", "ends below"),
        ("escaped=-5", "cannot read the number"),
        ("escaped:=5", "MEASURE=NUMBER"),
        ("escaped=99999999999999999999", "a digit too many"),  # kept, it would be another number
        ("escaped=5-99999999999999999999", "a digit too many"),
    ],
)
def test_what_is_no_count_is_refused(said: str, why: str) -> None:
    with pytest.raises(NotPossible, match=why):
        count_value(said, CODEBOOK)


def test_a_type_comes_with_its_family_and_an_unknown_one_with_the_nearest() -> None:
    assert type_value("jailbreak", CODEBOOK) == {"value": "jailbreak", "family": "custody_exit"}
    with pytest.raises(NotPossible, match="perhaps jailbreak"):
        type_value("jailbrake", CODEBOOK)
    with pytest.raises(NotPossible, match="status foiled"):
        type_value("thwarted_escape", CODEBOOK)
    assert type_value("mutiny", CODEBOOK) == {"value": "prison_riot", "family": "custody_inside"}
    with pytest.raises(NotPossible, match="then jailbreak, else escape"):
        type_value("prison_break", CODEBOOK)
    with pytest.raises(NotPossible, match="one of occurred"):
        status_value("done", CODEBOOK)


def test_a_place_is_taken_by_its_name_its_country_or_its_id(gazetteer: Gazetteer) -> None:
    town = where_value("Tartus", gazetteer)["value"]  # a town, a district and a province bear the name
    assert (town["precision"], town["country"], town["lat"] is not None) == ("P1_point", "SY", True)
    assert where_value("Ras al-Ain, SY", gazetteer)["value"]["place_id"] == "geonames:165509"
    province = where_value("geonames:163342", gazetteer)["value"]
    assert (province["precision"], province["admin1"], province["lat"]) == ("P4_admin1", "Tartus", None)
    assert where_value("none", gazetteer) == {"value": None}


def test_a_place_keeps_the_name_that_the_person_wrote_and_says_which_gazetteer_knows_it(gazetteer: Gazetteer) -> None:
    written, by_id = (where_value(said, gazetteer)["value"] for said in ("Ras Al-Ain, sy", "geonames:165509"))
    assert (written["name"], by_id["name"]) == ("Ras Al-Ain", "Ra’s al ‘Ayn")
    assert written["place_id"] == by_id["place_id"] and written["gazetteer"] == gazetteer.stamp


def test_a_name_as_it_is_spelt_comes_before_one_that_is_only_like_it(gazetteer: Gazetteer) -> None:
    assert {p.match for p in gazetteer.find("Ras Al-Ain")} == {"alternate", "loose"}
    assert where_value("Ras Al-Ain", gazetteer)["value"]["country"] == "SY"


def test_somebody_in_a_role_is_known_by_the_register() -> None:
    made = actor_value("custodian = the SDF", CODEBOOK, load_actors())
    assert made == {"role": "custodian", "old": None, "value": {"name": "the SDF", "actor_id": "syrian-democratic-forces"}}
    assert actor_value("custodian:the SDF=none", CODEBOOK, load_actors()) == {"role": "custodian", "old": "the SDF", "value": None}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Zzyzxqua", "knows no place"),
        ("Tartus, TR", "knows no place 'Tartus' in TR"),
        ("geonames:0", "no place 'geonames:0'"),
        ("Kobani", "2 places are called 'Kobani'.*: geonames:172256 .*; geonames:153600 "),
        ("Anbar", "2 places are called 'Anbar'"),  # a province, and a town far from it that is not its seat
        ("", "knows no place ''"),
    ],
)
def test_a_place_that_is_not_one_is_refused_with_what_helps(said: str, why: str, gazetteer: Gazetteer) -> None:
    with pytest.raises(NotPossible, match=why):
        where_value(said, gazetteer)
