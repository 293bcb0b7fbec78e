from __future__ import annotations

from waqai.places import Gazetteer
from waqai.places.rank import Context, make_area, probability, rank_candidates


def test_the_area_that_the_words_give_outweighs_size(gazetteer: Gazetteer) -> None:
    candidates = gazetteer.find("Tripoli")
    area = make_area(gazetteer.find("Lebanon"))
    assert rank_candidates("Tripoli", candidates, level=None, context=Context())[0][1].country == "LY"
    assert rank_candidates("Tripoli", candidates, level=None, context=Context(areas=(area,)))[0][1].country == "LB"


def test_the_countries_of_the_report_decide_between_namesakes(gazetteer: Gazetteer) -> None:
    candidates = gazetteer.find("Tripoli")
    assert rank_candidates("Tripoli", candidates, level=None, context=Context(countries={"LB": 0.8}))[0][1].country == "LB"


def test_neighbours_decide_when_nothing_else_does(gazetteer: Gazetteer) -> None:
    candidates = [p for p in gazetteer.find("Springfield", ("US",)) if p.kind == "town" and 4.6 < p.weight < 5.3]
    for place in candidates:
        assert place.lat is not None and place.lon is not None
    near = candidates[-1]
    ranked = rank_candidates("Springfield", candidates, level=None, context=Context(points=((near.lat or 0.0, near.lon or 0.0),)))
    plain = rank_candidates("Springfield", candidates, level=None, context=Context())
    assert {p.id: s for s, p in ranked}[near.id] > {p.id: s for s, p in plain}[near.id]


def test_the_surer_name_has_the_higher_probability(gazetteer: Gazetteer) -> None:
    context = Context(countries={"SY": 1.0})
    sure = probability(rank_candidates("Aleppo", gazetteer.find("Aleppo"), level=None, context=context))
    unsure = probability(rank_candidates("Springfield", gazetteer.find("Springfield"), level=None, context=Context()))
    assert 0 < unsure < sure <= 0.98
    assert probability([]) == 0.0


def test_several_countries_beside_a_name_speak_once_against_a_place_of_none_of_them(gazetteer: Gazetteer) -> None:
    (tehran,) = [p for p in gazetteer.find("Tehran") if p.id == "geonames:112931"]
    areas = tuple(make_area(gazetteer.find(name)) for name in ("Turkey", "Russia"))
    (one,), (two,) = (rank_candidates("Tehran", [tehran], level=None, context=Context(areas=told)) for told in (areas[:1], areas))
    assert one[0] == two[0] > 0
