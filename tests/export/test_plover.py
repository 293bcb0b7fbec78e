from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clears import account, cleared, involved
from factories import make_when, make_where
from waqai.bounds import ClearedAccount
from waqai.codebook import load_actors, load_codebook
from waqai.export import Combiner, Making
from waqai.export.crossing import NO_DAY, WHY
from waqai.export.plover import NO_ACTOR, QUADS, PloverShape
from waqai.export.shapes import Dropped

REGISTER = load_actors()
ISIS = involved("initiator", "ISIS militants", actor_id="islamic-state")


def shape() -> PloverShape:
    return PloverShape(Making(codebook=load_codebook(), combiner=Combiner(actors=REGISTER)))


def rows(*told: ClearedAccount) -> list[dict[str, Any] | Dropped]:
    names = [column.name for column in shape().columns]
    return [one if isinstance(one, Dropped) else dict(zip(names, one, strict=True)) for one in shape().iter_rows(cleared(*told))]


def row(told: ClearedAccount) -> dict[str, Any]:
    (found,) = rows(told)
    assert isinstance(found, dict), found
    return found


def test_the_columns_are_those_of_polecats_weekly_files_in_their_order() -> None:
    names = [column.name for column in shape().columns]
    assert len(names) == 40 and names[:8] == ["Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name"]
    assert names[23:31] == ["Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID"]
    assert names[-7:] == ["Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version"]


def test_a_telling_says_who_did_what_to_whom() -> None:
    army = involved("target", "Syrian army", actor_id=REGISTER.find_actor("Syrian Arab Army"))
    found = row(account(type="air_strike", attrs={"weapon": "drone"}, involved=(ISIS, army)))
    wanted = {"Event ID": "a1", "Event Date": date(2021, 3, 5), "Event Type": "ASSAULT", "Event Mode": "drone", "Quad Code": "MATERIAL CONFLICT"}
    wanted |= {"Actor Name": "Islamic State", "Actor Name Raw": "ISIS militants", "Primary Actor Sector": None, "Actor Country": None}
    wanted |= {"Recipient Name": "Syrian Arab Army", "Recipient Country": "SYR", "Primary Recipient Sector": "MIL", "Recipient Name Raw": "Syrian army"}
    wanted |= {"Source": "The Daily", "Publication Date": date(2021, 3, 8), "Language": "en", "Country": "SYR", "Raw Placename": "Tel Salam"}
    assert {name: found[name] for name in wanted} == wanted


def test_a_span_is_dated_by_its_first_day() -> None:
    assert row(account(involved=(ISIS,), when=make_when(date(2021, 3, 1), date(2021, 3, 9))))["Event Date"] == date(2021, 3, 1)


def test_names_that_the_register_does_not_know_are_raw_only() -> None:
    found = row(account(involved=(involved("initiator", "gunmen"),)))
    assert (found["Actor Name"], found["Actor Name Raw"]) == (None, "gunmen")


def test_bodies_of_no_country_have_plovers_code_in_its_place() -> None:
    body = next(actor for actor in REGISTER.actors.values() if actor.kind == "un_body")
    found = row(account(type="statement", attrs={"act": "condemn"}, involved=(involved("initiator", body.name, actor_id=body.id),)))
    assert (found["Actor Country"], found["Event Type"], found["Quad Code"]) == ("IGO", "ACCUSE", "VERBAL CONFLICT")


def test_only_a_place_of_geonames_has_its_number() -> None:
    known = account(involved=(ISIS,), where=make_where(place_id="geonames:172134"))
    assert (row(known)["GeoNames ID"], row(account(involved=(ISIS,)))["GeoNames ID"]) == (172134, None)


def test_every_report_is_a_row_but_rejected_tellings_and_background() -> None:
    told = [account("a1", involved=(ISIS,)), account("a2", involved=(ISIS,)), account("a3", review="rejected"), account("a4", role="background")]
    assert [one["Event ID"] for one in rows(*told) if isinstance(one, dict)] == ["a1", "a2"]
    assert len(rows(*told)) == 2


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (account(type="escape", involved=(ISIS,)), WHY["no_home"]),
        (account(involved=()), NO_ACTOR),
        (account(involved=(ISIS,), when=None), NO_DAY),
    ],
)
def test_what_has_no_home_is_dropped_and_names_the_telling(told: ClearedAccount, reason: str) -> None:
    (found,) = rows(told)
    assert isinstance(found, Dropped) and found.reason == reason and "a1" in found.detail


def test_every_event_type_of_plover_is_in_one_quad() -> None:
    assert set(QUADS) == set(load_codebook().targets["plover"].codes)
