from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clears import account, claim, cleared, figure, involved
from factories import make_when, make_where
from waqai.bounds import Cleared
from waqai.bounds.counts import FEW
from waqai.codebook import load_actors, load_codebook
from waqai.export import Combiner, Making
from waqai.export.acled import AcledShape, interaction_of, middle_of
from waqai.export.crossing import NO_DAY, NO_PLACE
from waqai.export.shapes import Dropped

REGISTER = load_actors()
COLUMNS = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction"
    " civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
)


def shape() -> AcledShape:
    return AcledShape(Making(codebook=load_codebook(), combiner=Combiner(actors=REGISTER)))


def row(record: Cleared) -> dict[str, Any]:
    (found,) = shape().iter_rows(record)
    assert not isinstance(found, Dropped), found
    return dict(zip((column.name for column in shape().columns), found, strict=True))


def fight(*named: tuple[str, str], type: str = "clash", family: str = "combat", **fields: Any) -> Cleared:
    told = tuple(involved(role, name, actor_id=REGISTER.find_actor(name)) for role, name in named)
    return cleared(account(type=type, family=family, involved=told, attrs=fields.pop("attrs", {})), type=type, family=family, **fields)


def test_the_columns_are_acleds_in_their_order() -> None:
    assert " ".join(column.name for column in shape().columns) == COLUMNS


def test_a_clash_says_what_when_where_and_who() -> None:
    record = fight(("initiator", "ISIS"), ("target", "Syrian Arab Army"), figures=[figure(12), figure(9, speaker="the army")])
    found = row(record)
    wanted = {"event_id_cnty": "i1", "event_date": date(2021, 3, 5), "year": 2021, "time_precision": 1, "disorder_type": "Political violence"}
    wanted |= {"event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "Islamic State", "inter1": None, "inter2": "State forces", "iso": 760}
    wanted |= {"country": "Syria", "admin1": "Hasakah", "location": "Tel Salam", "latitude": 36.5, "longitude": 40.5, "geo_precision": 1, "fatalities": 9}
    assert {name: found[name] for name in wanted} == wanted


def test_what_acled_alone_knows_stays_empty() -> None:
    found = row(fight(("initiator", "ISIS")))
    assert [found[name] for name in ("region", "source_scale", "timestamp", "admin3", "tags", "interaction")] == [None] * 6


@pytest.mark.parametrize(
    ("latest", "middle", "precision"),
    [(date(2021, 3, 5), date(2021, 3, 5), 1), (date(2021, 3, 10), date(2021, 3, 7), 2), (date(2021, 4, 3), date(2021, 3, 19), 3)],
)
def test_a_span_is_dated_by_its_middle_with_its_precision(latest: date, middle: date, precision: int) -> None:
    when = make_when(date(2021, 3, 5), latest)
    assert middle_of(when) == middle
    assert (row(fight(when=when))["event_date"], row(fight(when=when))["time_precision"]) == (middle, precision)


def test_nobody_said_to_be_dead_is_nought_and_a_masked_number_is_empty() -> None:
    assert row(fight())["fatalities"] == 0
    assert row(fight(figures=[figure(1, best=None, high=2, expr=FEW)]))["fatalities"] is None


def test_forces_of_another_country_and_of_many_are_external() -> None:
    at_home, abroad = row(fight(("initiator", "Syrian Arab Army"))), row(fight(("initiator", "Turkish Armed Forces")))
    assert (at_home["inter1"], at_home["interaction"]) == ("State forces", "State forces only")
    assert abroad["inter1"] == "External/Other forces"


def test_civilians_are_civilians_of_the_country_only_where_the_words_say_so() -> None:
    attack = {"type": "attack_on_civilians", "family": "violence_on_civilians"}
    said = row(fight(("initiator", "Syrian Arab Army"), ("victim", "civilians"), **attack))
    unsaid = row(fight(("initiator", "Syrian Arab Army"), ("victim", "villagers"), **attack))
    assert (said["actor2"], said["inter2"], said["interaction"]) == ("Civilians (Syria)", "Civilians", "State forces-Civilians")
    assert (unsaid["actor2"], unsaid["inter2"], unsaid["interaction"]) == ("villagers", None, None)
    assert said["civilian_targeting"] == unsaid["civilian_targeting"] == "Civilian targeting"


def test_an_air_strike_targets_civilians_where_the_record_says_so() -> None:
    strike = {"type": "air_strike", "family": "remote_violence"}
    assert row(fight(("target", "civilians"), **strike))["civilian_targeting"] == "Civilian targeting"
    assert row(fight(("target", "ISIS"), **strike))["civilian_targeting"] is None


def test_the_crowd_is_the_first_actor_of_a_protest_and_whoever_called_it_stands_beside() -> None:
    record = fight(("initiator", "teachers"), type="protest", family="unrest", figures=[figure(300, "participants", expr="some 300 teachers")])
    found = row(record)
    assert (found["actor1"], found["assoc_actor_1"], found["interaction"]) == ("Protesters (Syria)", "teachers", "Protesters only")
    assert found["tags"] == "crowd size=some 300 teachers"


def test_protesters_are_the_second_actor_where_excessive_force_is_used_on_them() -> None:
    found = row(fight(("initiator", "Syrian Arab Army"), type="protest_repression", family="unrest", attrs={"weapon": "firearms"}))
    assert (found["actor1"], found["actor2"], found["interaction"]) == ("Syrian Arab Army", "Protesters (Syria)", "State forces-Protesters")


def test_notes_are_the_words_of_the_record() -> None:
    record = cleared(account(), claims=[claim("they fought for two hours")])
    assert "police (reports): “they fought for two hours”" in row(record)["notes"]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (fight(type="policy", family="policy_and_aid"), "the scheme has nothing for this type"),
        (fight(when=None), NO_DAY),
        (fight(where=None), NO_PLACE),
        (fight(where=make_where("Syria", precision="P6_country", admin1=None)), NO_PLACE),
    ],
)
def test_what_has_no_home_is_dropped(record: Cleared, reason: str) -> None:
    (found,) = shape().iter_rows(record)
    assert isinstance(found, Dropped) and found.reason == reason


def test_an_interaction_is_told_only_where_both_kinds_are_known() -> None:
    assert interaction_of(None, "Civilians", alone=False) is None
    assert interaction_of("State forces", None, alone=False) is None


def test_who_steps_in_at_a_protest_stands_second_and_the_crowd_first() -> None:
    found = row(fight(("initiator", "Syrian Arab Army"), ("victim", "teachers"), type="protest_repression", family="unrest"))
    wanted = {"sub_event_type": "Protest with intervention", "actor1": "Protesters (Syria)", "assoc_actor_1": "teachers", "actor2": "Syrian Arab Army"}
    assert {name: found[name] for name in wanted} == wanted
