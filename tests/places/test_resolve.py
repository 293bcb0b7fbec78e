from __future__ import annotations

import pytest

from places.mentions import account, mention, report
from waqai.core import Account, PlaceMention, PlaceNames, PlaceResolver, Where
from waqai.places import Gazetteer, Resolver

JAIL = (
    "A monitor said on Sunday, June 18, 25 detainees slipped out of a jail in the countryside of Hasakah in northeastern Syria. The jail is run by a "
    "force under the Turkish army in the city of Ras Al-Ain in northern Hasakah Governorate, and the men are due to head for Turkey through the crossing in "
    "Ras Al-Ain. Ministers had met in the Kingdom of Saudi Arabia on June 8. The US set money aside for Syria and Iraq."
)


def _where(gazetteer: Gazetteer, text: str, *mentions: PlaceMention, type: str = "escape") -> Where | None:
    return Resolver(gazetteer).resolve_accounts(report(text), (account("a", mentions, text, type=type),))[0].where


def _jail_mentions() -> tuple[PlaceMention, ...]:
    return (
        mention(JAIL, "Ras Al-Ain", kind="city"),
        mention(JAIL, "Hasakah", role="containing_area", relation="countryside", words="countryside of Hasakah"),
        mention(JAIL, "Hasakah Governorate", role="containing_area", relation="north", kind="governorate"),
        mention(JAIL, "Syria", role="containing_area", relation="northeast"),
        mention(JAIL, "Turkey", role="destination"),
        mention(JAIL, "Turkish", role="actor_affiliation"),
    )


def test_a_jail_in_the_countryside_of_hasakah_in_ras_al_ain_is_near_ras_al_ain(gazetteer: Gazetteer) -> None:
    where = _where(gazetteer, JAIL, *_jail_mentions())
    assert where is not None
    assert (where.place_id, where.country, where.admin1, where.precision, where.name) == ("geonames:165509", "SY", "Al-Hasakah", "P2_near", "Ras Al-Ain")
    assert (round(where.lat or 0, 2), round(where.lon or 0, 2), where.radius_km) == (36.85, 40.07, 25.0)
    assert where.p > 0.8
    assert where.phrase.of(JAIL) == "Ras Al-Ain"


def test_where_the_men_head_and_whose_army_it_is_do_not_code_the_place(gazetteer: Gazetteer) -> None:
    others = tuple(m for m in _jail_mentions() if m.role in ("destination", "actor_affiliation"))
    assert _where(gazetteer, JAIL, *others) is None


def test_a_kingdom_is_its_country_without_a_point(gazetteer: Gazetteer) -> None:
    where = _where(gazetteer, JAIL, mention(JAIL, "Kingdom of Saudi Arabia"), type="meeting")
    assert where is not None
    assert (where.country, where.precision, where.lat, where.lon) == ("SA", "P6_country", None, None)
    assert (where.radius_km or 0) > 500


@pytest.mark.parametrize("together", [True, False])
def test_two_countries_are_no_country(gazetteer: Gazetteer, together: bool) -> None:
    mentions = (mention(JAIL, "Syria and Iraq"),) if together else (mention(JAIL, "Syria", nth=1), mention(JAIL, "Iraq"))
    where = _where(gazetteer, JAIL, *mentions, type="aid")
    assert where is not None
    assert (where.name, where.country, where.precision, where.place_id) == ("Syria and Iraq", None, "P7_multi_country_or_sea", None)


def test_several_towns_of_one_country_are_a_fuzzy_place_in_it(gazetteer: Gazetteer) -> None:
    text = "Gangs struck in Guayaquil and Esmeraldas in Ecuador."
    where = _where(gazetteer, text, mention(text, "Guayaquil"), mention(text, "Esmeraldas"))
    assert where is not None
    assert (where.name, where.country, where.precision, where.lat) == ("Guayaquil and Esmeraldas", "EC", "P5_linear_or_fuzzy", None)


def test_a_town_and_its_province_are_one_place(gazetteer: Gazetteer) -> None:
    text = "Troops entered Bama, Borno State, in Nigeria."
    where = _where(gazetteer, text, mention(text, "Bama"), mention(text, "Borno State"))
    assert where is not None
    assert (where.place_id, where.admin1, where.precision) == ("geonames:2347954", "Borno", "P1_point")


@pytest.mark.parametrize(
    ("text", "name", "relation", "kind", "expected"),
    [
        ("Clashes in northern Syria.", "Syria", "north", None, ("SY", "P5_linear_or_fuzzy", False)),
        ("Clashes in northern Syria.", "northern Syria", "in", None, ("SY", "P5_linear_or_fuzzy", False)),
        ("Clashes in Hasakah province, Syria.", "Hasakah", "in", "province", ("SY", "P4_admin1", False)),
        ("Clashes near Mosul, Iraq.", "Mosul", "near", None, ("IQ", "P2_near", True)),
        ("Clashes in Kalat district, Pakistan.", "Kalat", "in", "district", ("PK", "P3_admin2", True)),
        ("Pakistan: police held Kalat, a district in Balochistan.", "Kalat", "in", None, ("PK", "P3_admin2", True)),  # called so elsewhere
        ("A clash in the Philippines on the island of Jolo.", "Jolo", "in", "island", ("PH", "P1_point", True)),
        ("Yemen: a missile hit the city of Marib.", "Marib", "in", "city", ("YE", "P1_point", True)),
        ("India: 12 men fled a jail in Dantewada.", "Dantewada", "in", None, ("IN", "P1_point", True)),  # of a district with a longer name
        ("Iraq: a mine went off close to Mosul.", "Mosul", "in", None, ("IQ", "P2_near", True)),
        ("Iraq: a mine went off at the edge of Kalar district.", "Kalar", "in", "district", ("IQ", "P2_near", True)),
        ("Piracy in the Gulf of Aden.", "Gulf of Aden", "in", None, (None, "P7_multi_country_or_sea", False)),
        ("A riot at Ghweran prison in Syria.", "Ghweran prison", "in", "prison", ("SY", "P1_point", True)),
        ("Syria: a riot at the Qamishli prison.", "Qamishli prison", "in", "prison", ("SY", "P1_point", True)),
    ],
)
def test_words_and_place_give_country_precision_and_point(
    gazetteer: Gazetteer, text: str, name: str, relation: str, kind: str | None, expected: tuple[str | None, str, bool]
) -> None:
    where = _where(gazetteer, text, mention(text, name, relation=relation, kind=kind))
    assert where is not None
    assert (where.country, where.precision, where.lat is not None) == expected


def test_a_name_found_nowhere_keeps_its_name_and_the_country_of_the_report(gazetteer: Gazetteer) -> None:
    text = "In Nigeria, men raided Gidan Wurkum."
    where = _where(gazetteer, text, mention(text, "Gidan Wurkum"))
    assert where is not None
    assert (where.name, where.place_id, where.country, where.precision, where.lat) == ("Gidan Wurkum", None, "NG", "P1_point", None)
    assert "not in gazetteer" in where.rule


def test_a_name_found_nowhere_takes_the_areas_that_the_words_give(gazetteer: Gazetteer) -> None:
    text = "Men raided Gidan Wurkum in Zamfara."
    where = _where(gazetteer, text, mention(text, "Gidan Wurkum"), mention(text, "Zamfara", role="containing_area"))
    assert where is not None
    assert (where.place_id, where.country, where.admin1, where.lat) == (None, "NG", "Zamfara", None)


def test_a_quarter_takes_the_point_of_its_city_with_a_wide_radius(gazetteer: Gazetteer) -> None:
    text = "A bomb went off in Doura in Baghdad."
    where = _where(gazetteer, text, mention(text, "Doura"), mention(text, "Baghdad", role="containing_area"))
    assert where is not None
    assert where.place_id is None and where.lat is not None and (where.radius_km or 0) >= 15


def test_a_village_found_nowhere_takes_the_point_of_its_district_with_a_wider_radius(gazetteer: Gazetteer) -> None:
    text = "Men raided Gidan Wurkum in Chikun Local Government Area, Kaduna, Nigeria."
    where = _where(gazetteer, text, mention(text, "Gidan Wurkum"), mention(text, "Chikun", role="containing_area", kind="lga"))
    assert where is not None
    assert (where.place_id, where.country, where.precision) == (None, "NG", "P1_point") and where.lat is not None
    assert (where.radius_km or 0) >= 25


def test_the_border_of_another_people_is_told_from_the_side_of_the_report(gazetteer: Gazetteer) -> None:
    text = "Lebanon, Lebanon: troops of Lebanon shot two men near the Syrian border."
    where = _where(gazetteer, text, mention(text, "Syrian", relation="near", kind="border"))
    assert where is not None
    assert (where.country, where.place_id, where.precision, where.lat) == ("LB", None, "P5_linear_or_fuzzy", None)


BESIDE = "Gunmen burned Khirbat Sawwaq in Syria. Soldiers had left Tel Tamr before, others Mosul and Raqqa."


@pytest.mark.parametrize(
    ("beside", "about"),
    [
        ({"Tel Tamr": 0.2}, "Tall Tamr"),
        ({"Mosul": 0.3, "Tel Tamr": 0.2}, "Tall Tamr"),  # Mosul is the likelier, but lies in Iraq
        ({"Tel Tamr": 0.2, "Raqqa": 0.3}, "Ar Raqqah"),
        ({"Mosul": 0.3}, None),
        ({"Syria": 0.3}, None),
    ],
)
def test_a_name_found_nowhere_lies_about_the_next_likeliest_place_of_its_country(gazetteer: Gazetteer, beside: dict[str, float], about: str | None) -> None:
    others = [mention(BESIDE, name, role="background", p=p) for name, p in beside.items()]
    where = _where(gazetteer, BESIDE, mention(BESIDE, "Khirbat Sawwaq"), *others)
    assert where is not None and (where.name, where.country, where.precision, where.place_id) == ("Khirbat Sawwaq", "SY", "P1_point", None)
    assert where.radius_km == (50.0 if about else None)
    assert about is None or where.p == 0.4
    assert (where.lat is not None) == (about is not None)
    assert f"somewhere about {about}" in where.rule or about is None


@pytest.mark.parametrize(("beside", "is_sure"), [("Tel Tamr", True), ("Haffa", False)])  # Haffa: several bear the name
def test_a_name_found_nowhere_does_not_lie_about_a_place_that_is_not_sure_itself(gazetteer: Gazetteer, beside: str, is_sure: bool) -> None:
    text = f"Gunmen burned Khirbat Sawwaq in Syria. Soldiers had left {beside} before."
    where = _where(gazetteer, text, mention(text, "Khirbat Sawwaq"), mention(text, beside, role="background", p=0.3))
    assert where is not None and (where.lat is not None) == is_sure


def test_without_a_country_nothing_is_guessed(gazetteer: Gazetteer) -> None:
    text = "Men raided Gidan Wurkum."
    where = _where(gazetteer, text, mention(text, "Gidan Wurkum"))
    assert where is not None
    assert (where.country, where.lat) == (None, None)


def test_the_containing_area_alone_codes_the_account(gazetteer: Gazetteer) -> None:
    text = "A break-out was told from Borno State, Nigeria."
    where = _where(gazetteer, text, mention(text, "Borno State", role="containing_area", kind="state"))
    assert where is not None
    assert (where.admin1, where.precision) == ("Borno", "P4_admin1")


def test_a_transfer_is_placed_at_its_origin(gazetteer: Gazetteer) -> None:
    text = "Buses took 300 men from Hasakah to Baghdad, Iraqi and Syrian officials said."
    mentions = (mention(text, "Hasakah", role="origin"), mention(text, "Baghdad", role="destination"))
    where = _where(gazetteer, text, *mentions, type="transfer")
    assert where is not None and where.country == "SY"
    assert _where(gazetteer, text, *mentions, type="escape") is None


def test_accounts_come_back_in_their_order_and_otherwise_unchanged(gazetteer: Gazetteer) -> None:
    accounts: tuple[Account, ...] = (account("b", _jail_mentions(), JAIL), account("a", (), JAIL))
    resolved = Resolver(gazetteer).resolve_accounts(report(JAIL), accounts)
    assert [a.key for a in resolved] == ["b", "a"]
    assert resolved[1] == accounts[1]
    assert Resolver(gazetteer).resolve_accounts(report(JAIL), ()) == ()


def test_the_room_keeps_the_seams_of_core(gazetteer: Gazetteer) -> None:
    names: PlaceNames = gazetteer
    resolver: PlaceResolver = Resolver(gazetteer)
    assert names.kinds_of("Syria") and resolver is not None


def test_the_prison_of_a_town_is_there_and_no_capital_of_that_name(gazetteer: Gazetteer) -> None:
    text = "Syria: men fled the Sanaa prison of Hasakah. Envoys met in Sanaa, Yemen."
    where = _where(gazetteer, text, mention(text, "Sanaa"), mention(text, "Hasakah", role="containing_area"))
    assert where is not None and (where.place_id, where.country) == ("waqai:al-sinaa-prison", "SY")


COMPASS = "Clashes broke out in North and East Syria. Troops had left Tel Tamr and Raqqa before."


@pytest.mark.parametrize(
    ("beside", "name"),
    [
        ({"Tel Tamr": 0.25}, "Tel Tamr"),
        ({"Tel Tamr": 0.24}, "North"),
        ({"Tel Tamr": 0.25, "Raqqa": 0.4}, "Raqqa"),  # the likelier one
        ({}, "North"),
    ],
)
def test_a_compass_word_that_is_no_name_gives_way_to_a_town_told_beside(gazetteer: Gazetteer, beside: dict[str, float], name: str) -> None:
    others = [mention(COMPASS, town, role="background", p=p) for town, p in beside.items()]
    where = _where(gazetteer, COMPASS, mention(COMPASS, "North"), *others, type="clash")
    assert where is not None and (where.name, where.lat is not None) == (name, name != "North")


def test_a_compass_word_does_not_give_way_to_a_country(gazetteer: Gazetteer) -> None:
    text = "Clashes broke out in North and East Syria. Iraq had sent men before."
    where = _where(gazetteer, text, mention(text, "North"), mention(text, "Iraq", role="background", p=0.4), type="clash")
    assert where is not None and where.name == "North"


def test_a_compass_word_does_not_give_way_to_what_is_found_nowhere(gazetteer: Gazetteer) -> None:
    text = "Clashes broke out in North and East Syria. Troops had left Khirbat Sawwaq before."
    where = _where(gazetteer, text, mention(text, "North"), mention(text, "Khirbat Sawwaq", role="background", p=0.4), type="clash")
    assert where is not None and where.name == "North"
