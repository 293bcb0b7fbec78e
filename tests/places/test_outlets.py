from __future__ import annotations

import pytest

from waqai.places import Gazetteer, distance_km, find_home
from waqai.places.outlets import outlet_names

EAST_TEXAS = [{"Palestine", "Anderson County", "Elkhart", "Texas"}, {"Palestine", "Neches", "Frankston"}, {"Palestine", "Tyler", "Texas", "Houston"}]


def test_names_that_lie_together_tell_the_home(gazetteer: Gazetteer) -> None:
    home = find_home(EAST_TEXAS, gazetteer)
    assert home is not None and home.country == "US" and gazetteer.get(home.admin1_id or "").name == "Texas"
    assert distance_km((home.lat, home.lon), (31.76, -95.63)) < 120


def test_the_domain_helps_where_names_are_few(gazetteer: Gazetteer) -> None:
    home = find_home([{"Tulsa County", "Broken Arrow"}], gazetteer, outlet="www.tulsaworld.com")
    alone = find_home([{"Tulsa County", "Broken Arrow"}], gazetteer)
    assert home is not None and (alone is None or home.p >= alone.p)
    assert distance_km((home.lat, home.lon), (36.15, -95.99)) < 120


def test_names_from_everywhere_tell_no_home(gazetteer: Gazetteer) -> None:
    assert find_home([], gazetteer) is None
    home = find_home([{"Mosul", "Lagos"}, {"Lima", "Osaka"}], gazetteer)
    assert home is None or home.p < 0.5


def test_one_report_alone_is_half_as_sure(gazetteer: Gazetteer) -> None:
    one, three = find_home(EAST_TEXAS[:1], gazetteer), find_home(EAST_TEXAS[:1] * 3, gazetteer)
    assert one is not None and three is not None and one.p < three.p


@pytest.mark.parametrize(
    ("outlet", "name"),
    [
        ("St. Louis Post-Dispatch", "St. Louis"),  # a full stop makes no address
        ("https://www.tulsaworld.com/a/b", "tulsa"),
        ("news.koton-herald.co.uk", "koton"),
        ("The Mosul Eye", "Mosul"),
    ],
)
def test_a_publisher_may_bear_the_name_of_its_town(outlet: str, name: str) -> None:
    assert name in outlet_names(outlet)


def test_an_outlet_without_a_name_names_nothing() -> None:
    assert outlet_names("") == outlet_names("www.news.com") == ()


def test_a_national_domain_votes_for_its_country(gazetteer: Gazetteer) -> None:
    names = [{"Tripoli", "Saida", "Zahle"}]
    home = find_home(names, gazetteer, outlet="dailykoton.com.lb")
    assert home is not None and home.country == "LB"
