from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clears import account, cleared, figure, involved, report
from factories import make_when, make_where
from waqai.bounds import Cleared
from waqai.codebook import load_actors, load_codebook
from waqai.core import Figure
from waqai.export import Combiner, Making
from waqai.export.crossing import NO_DAY, NO_PLACE, WHY
from waqai.export.shapes import Dropped
from waqai.export.ucdp import NO_DEATHS, NO_FORCE, UcdpShape, is_lethal_force

REGISTER = load_actors()
SOURCES_AND_PLACES = (
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,"
    "latitude,longitude,geom_wkt,priogrid_gid"
)
COUNTRY_AND_DEATHS = (
    "country,country_id,region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
)
DEATHS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low")


def shape() -> UcdpShape:
    return UcdpShape(Making(codebook=load_codebook(), combiner=Combiner(actors=REGISTER)))


def row(record: Cleared) -> dict[str, Any]:
    (found,) = shape().iter_rows(record)
    assert not isinstance(found, Dropped), found
    return dict(zip((column.name for column in shape().columns), found, strict=True))


def fight(*named: tuple[str, str], figures: tuple[Figure, ...] = (figure(12),), type: str = "clash", family: str = "combat", **fields: Any) -> Cleared:
    told = tuple(involved(role, name, actor_id=REGISTER.find_actor(name)) for role, name in named)
    one = account(type=type, family=family, involved=told, attrs=fields.pop("attrs", {}))
    return cleared(one, type=type, family=family, figures=figures, **fields)


def test_the_columns_are_those_of_ged_in_their_order() -> None:
    names = [column.name for column in shape().columns]
    assert len(names) == 49 and names[:6] == ["id", "relid", "year", "active_year", "code_status", "type_of_violence"]
    assert ",".join(names[18:33]) == SOURCES_AND_PLACES
    assert ",".join(names[33:]) == COUNTRY_AND_DEATHS


def test_low_best_and_high_are_told_and_the_deaths_add_up_to_the_best() -> None:
    told = row(fight(figures=(figure(12), figure(3, of_whom="civilians"), figure(15, speaker="the army"))))
    assert {name: told[name] for name in DEATHS} == dict(zip(DEATHS, (0, 0, 3, 9, 12, 15, 12), strict=True))


def test_parts_that_do_not_fit_into_the_best_are_not_told_apart() -> None:
    told = row(fight(figures=(figure(2), figure(9, of_whom="civilians", speaker="the army", report="r2"))))
    assert [told[name] for name in ("deaths_civilians", "deaths_unknown", "best")] == [0, 2, 2]


def test_the_dead_of_a_side_are_told_where_the_figure_names_it() -> None:
    told = row(fight(("initiator", "ISIS"), ("target", "Syrian Arab Army"), figures=(figure(12), figure(5, of_whom="ISIS fighters"))))
    assert (told["side_b"], told["deaths_b"], told["deaths_unknown"]) == ("Islamic State", 5, 7)


def test_vague_words_leave_the_best_empty_and_at_least_leaves_the_high_empty() -> None:
    vague = row(fight(figures=(figure(24, best=None, high=99, kind="vague", expr="dozens"),)))
    assert [vague[name] for name in DEATHS] == [None, None, None, None, None, 99, 24]
    assert row(fight(figures=(figure(12, high=None),)))["high"] is None


def test_a_government_is_side_a_by_its_country_and_the_violence_state_based() -> None:
    told = row(fight(("initiator", "ISIS"), ("target", "Syrian Arab Army")))
    assert (told["side_a"], told["side_b"], told["type_of_violence"]) == ("Government of Syria", "Islamic State", 1)
    assert told["dyad_name"] == "Government of Syria - Islamic State"


@pytest.mark.parametrize(
    ("first", "second", "violence"),
    [("ISIS", "SDF", 2), ("ISIS", "civilians", 3), ("gunmen", "civilians", None), ("ISIS", "villagers", None)],
)
def test_the_kind_of_violence_is_told_where_both_sides_are_known(first: str, second: str, violence: int | None) -> None:
    assert row(fight(("initiator", first), ("target", second)))["type_of_violence"] == violence


def test_who_printed_it_and_whose_figure_it_is_are_two_columns() -> None:
    told = row(fight(figures=(figure(12, speaker="the Interior Ministry"), figure(30, speaker="the army", stance="denies"))))
    assert told["source_article"] == '"The Daily,2021-03-08,Fight at Tel Salam"'
    assert (told["source_office"], told["source_original"], told["number_of_sources"]) == ("The Daily", "the Interior Ministry", 1)


def test_the_place_has_its_precision_its_words_a_point_and_a_cell() -> None:
    told = row(fight())
    wanted = {"where_prec": 1, "where_coordinates": "Tel Salam", "where_description": "Tel Salam", "adm_1": "Hasakah", "country": "Syria"}
    wanted |= {"latitude": 36.5, "longitude": 40.5, "geom_wkt": "POINT (40.5 36.5)", "priogrid_gid": 182602}
    assert {name: told[name] for name in wanted} == wanted


def test_a_province_and_a_rounded_point_on_a_border_have_no_cell() -> None:
    assert row(fight(where=make_where(precision="P4_admin1")))["priogrid_gid"] is None
    assert row(fight(where=make_where(rule="coarsened")))["priogrid_gid"] is None
    assert row(fight(where=make_where(rule="coarsened", lat=36.4, lon=40.4)))["priogrid_gid"] == 181881


def test_days_are_told_with_their_precision() -> None:
    told = row(fight(when=make_when(date(2021, 3, 1), date(2021, 3, 31))))
    assert [told[name] for name in ("year", "date_prec", "date_start", "date_end")] == [2021, 4, date(2021, 3, 1), date(2021, 3, 31)]


def test_what_ucdp_judges_itself_stays_empty() -> None:
    told = row(fight(("initiator", "ISIS"), ("target", "Syrian Arab Army")))
    names = ("relid", "active_year", "code_status", "event_clarity", "conflict_new_id", "conflict_name", "dyad_new_id", "country_id", "region", "gwnoa")
    assert {told[name] for name in names} == {None}


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (fight(figures=()), NO_DEATHS),
        (fight(figures=(figure(0),)), NO_DEATHS),
        (fight(type="escape", family="custody_exit"), NO_FORCE),
        (fight(status="planned"), WHY["status"]),
        (fight(when=None), NO_DAY),
        (fight(where=None), NO_PLACE),
    ],
)
def test_what_has_no_home_is_dropped(record: Cleared, reason: str) -> None:
    (found,) = shape().iter_rows(record)
    assert isinstance(found, Dropped) and found.reason == reason


@pytest.mark.parametrize(
    ("type", "attrs", "lethal"),
    [
        ("death_in_custody", {"cause": "violence"}, True),
        ("death_in_custody", {}, False),  # the text does not say of what
        ("execution", {"judicial": False}, True),
        ("execution", {"judicial": True}, False),
        ("jailbreak", {}, True),
        ("crowd_violence", {}, False),  # a crowd is nobody organised
    ],
)
def test_deaths_count_where_somebody_organised_used_force(type: str, attrs: dict[str, Any], lethal: bool) -> None:
    assert is_lethal_force(type, load_codebook().family_of(type), attrs) is lethal


def test_sources_are_counted_once_for_each_report() -> None:
    told = [account("a1"), account("a2"), account("a3", report=report("r2", publisher="The Herald", published=date(2021, 3, 9), title=None))]
    found = row(cleared(*told, figures=(figure(12),)))
    assert (found["number_of_sources"], found["source_date"], found["source_office"]) == (2, "2021-03-08;2021-03-09", "The Daily; The Herald")
