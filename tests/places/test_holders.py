"""What the words around a name put it in or near."""

from __future__ import annotations

import pytest

from places.mentions import account, mention, report
from waqai.core import Span
from waqai.places import Gazetteer, Resolver
from waqai.places.holders import holder_earlier, holders_beside


@pytest.mark.parametrize(
    ("text", "name", "holders"),
    [
        ("in Jadid Sahwa, a town in the eastern Deir ez-Zor countryside, gunmen", "Jadid Sahwa", [("Deir ez-Zor", False)]),
        ("in Sahwa village, west of Tel Tamr, which", "Sahwa", [("Tel Tamr", True)]),
        ("in Sahwa village in the western countryside of Kobani.", "Sahwa", [("Kobani", False)]),
        ("Worst was Sahwa, near Mosul. Gunmen", "Sahwa", [("Mosul", True)]),
        ("in Sahwa, which lies 30 km (20 miles) to the southeast of Baghdad, a judge", "Sahwa", [("Baghdad", True)]),
        ("a village, Sahwa, a village of Mindat township, and", "Sahwa", [("Mindat", False)]),
        ("in Baghdad's Sahwa district, police said", "Sahwa", [("Baghdad", False)]),
        ("in Sahwa, a village of Jendires district in the Afrin countryside, they", "Sahwa", [("Jendires", False), ("Afrin", False)]),
        (
            "in Sahwa in the Gwari Local Government Area, which is in the state of Kaduna, when",
            "Sahwa",
            [("Gwari Local Government Area", False), ("Kaduna state", False)],
        ),
        ("in Sahwa LGA, Niger state.", "Sahwa", [("Niger state", False)]),
        ("in Sahwa, southern Baghdad, a car", "Sahwa", [("Baghdad", False)]),
        ("Sahwa lies near the town of Kifri.", "Sahwa", [("Kifri", True)]),
        ("at Sahwa, a village that falls under Kifri.", "Sahwa", [("Kifri", False)]),
        ("The villages, Sahwa and Umm Sahwa in the Gwari district of Kaduna state, fell", "Sahwa", [("Gwari", False), ("Kaduna state", False)]),
        ("Moscow's bombing of Sahwa killed nine", "Sahwa", []),  # whose act it was, not where
        ("clashes in Sahwa in May hurt two", "Sahwa", []),
        ("shelled Sahwa district, Hassan said", "Sahwa", []),
        ("in Sahwa, outside Damascus's control, two", "Sahwa", []),
        ("in Sahwa in " + "town " * 26 + "x.", "Sahwa", []),  # in no time, too
        ("in Sahwa on Friday. In Mosul two men", "Sahwa", []),
        ("in Sahwa and three towns of the plain", "Sahwa", []),
    ],
)
def test_the_words_behind_and_before_a_name_give_its_holders(text: str, name: str, holders: list[tuple[str, bool]]) -> None:
    at = text.index(name)
    assert [(h.name, h.is_near) for h in holders_beside(text, Span(at, at + len(name)))] == holders


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("16 were shot in Gwari district as bandits stormed the village of Sahwa", "Gwari district"),
        ("It was in the city of Kifri, in a province of the east, that a bomb blew up in Sahwa district", "Kifri city"),
        ("They came from Kifri, where men shot at Sahwa", None),  # not said to be a city or district
        ("It was in Kifri city. Men shot at Sahwa", None),
    ],
)
def test_the_city_or_district_named_before_in_the_sentence_holds_a_name(text: str, holder: str | None) -> None:
    at = text.index("Sahwa")
    assert holder_earlier(text, Span(at, at + 5)) == holder


def test_a_village_that_no_gazetteer_holds_takes_the_point_of_the_town_it_lies_near(gazetteer: Gazetteer) -> None:
    text = "A mine went off in Khirbat Sawwaq, west of Tel Tamr, in Syria."
    (placed,) = Resolver(gazetteer).resolve_accounts(report(text), (account("1", (mention(text, "Khirbat Sawwaq"),), text),))
    where = placed.where
    assert where is not None
    assert (where.place_id, where.country, where.precision) == (None, "SY", "P1_point")
    assert where.lat == pytest.approx(36.66, abs=0.05)
    assert where.radius_km is not None and where.radius_km >= 25
    assert "near Tall Tamr, whose point it takes" in where.rule


@pytest.mark.parametrize(("site", "town"), [("Haboubi Square", "by the town named before it, Nasiriyah"), ("Khirbat Sawwaq", None)])
def test_a_site_of_a_town_takes_the_point_of_the_town_named_before_it(gazetteer: Gazetteer, site: str, town: str | None) -> None:
    text = f"Protesters filled Nasiriyah in Iraq. To break up the crowd at {site}, security forces shot into the air."
    both = (account("1", (mention(text, "Nasiriyah"),), text), account("2", (mention(text, site),), text))
    where = Resolver(gazetteer).resolve_accounts(report(text), both)[1].where
    assert where is not None
    assert (where.country, where.lat is not None) == ("IQ", town is not None)
    assert town is None or town in where.rule
