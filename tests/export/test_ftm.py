"""Checked against the properties that followthemoney 4.11.2 has, and against the package itself where it is there (`pip install waqai[ftm]`)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from clears import account, cleared, figure, involved, report
from factories import make_where
from waqai.bounds import Cleared
from waqai.codebook import load_actors, load_codebook
from waqai.export import Combiner, Making
from waqai.export.ftm import FtmLines, event_id
from waqai.export.shapes import Dropped

REGISTER = load_actors()
ISIS, SDF = (involved(role, name, actor_id=REGISTER.find_actor(name)) for role, name in (("initiator", "ISIS"), ("target", "SDF")))
ARMY = involved("target", "army", actor_id=REGISTER.find_actor("Syrian Arab Army"))
PROPERTIES = {
    "Event": "name summary description startDate endDate location country addressEntity involved proof recordId",
    "Address": "full region state country latitude longitude",
    "Organization": "name alias country wikidataId",
    "PublicBody": "name alias country wikidataId",
    "Article": "title publisher publishedAt sourceUrl",
    "Documentation": "document entity role",
}
LINKS = {"addressEntity": {"Address"}, "involved": {"Organization", "PublicBody"}, "proof": {"Article"}, "document": {"Article"}, "entity": {"Event"}}
ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?")


def objects(*records: Cleared, lines: FtmLines | None = None) -> list[Mapping[str, Any] | Dropped]:
    used = lines or FtmLines(Making(codebook=load_codebook(), combiner=Combiner(actors=REGISTER)))
    return [one for record in records for one in used.iter_objects(record)]


def entities(*records: Cleared) -> list[Mapping[str, Any]]:
    found = objects(*records)
    assert not [one for one in found if isinstance(one, Dropped)]
    return [one for one in found if not isinstance(one, Dropped)]


def some() -> list[Mapping[str, Any]]:
    second = report("r2", publisher=None, published=None, title=None, url="not an address")
    told = [account("a1", involved=(ISIS, SDF, ARMY)), account("a2", report=second, where=None)]
    return entities(
        cleared(*told, figures=[figure(12, expr="12 people")]), cleared(account(involved=(ISIS,)), id="i2", when=None, where=make_where(lat=None, lon=None))
    )


def of(schema: str, found: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [one for one in found if one["schema"] == schema]


def test_every_entity_has_the_properties_of_its_schema_as_lists_of_texts() -> None:
    for one in some():
        assert set(one) == {"id", "schema", "properties"} and ID.fullmatch(one["id"])
        assert set(one["properties"]) <= set(PROPERTIES[one["schema"]].split()), one["schema"]
        assert all(values and all(isinstance(value, str) and value for value in values) for values in one["properties"].values())


def test_every_link_leads_to_an_entity_of_the_right_schema_that_is_there() -> None:
    found = some()
    schemata = {one["id"]: one["schema"] for one in found}
    links = [(name, to) for one in found for name, ends in one["properties"].items() if name in LINKS for to in ends]
    assert {name for name, _ in links} == set(LINKS)
    assert all(schemata[to] in LINKS[name] for name, to in links)


def test_an_event_says_what_where_and_when_in_the_words_of_the_record() -> None:
    event = of("Event", some())[0]["properties"]
    assert event["name"] == ["clash, Tel Salam, 2021-03-05"]
    assert (event["startDate"], event["endDate"], event["country"], event["recordId"]) == (["2021-03-05"], ["2021-03-05"], ["sy"], ["i1"])
    assert "killed: “12 people”, police" in event["description"][0]


def test_bodies_of_a_state_are_public_and_stand_once_in_a_file() -> None:
    found = some()
    assert [one["properties"]["name"] for one in of("PublicBody", found)] == [["Syrian Arab Army"]]
    assert sorted(one["properties"]["name"][0] for one in of("Organization", found)) == ["Islamic State", "Syrian Democratic Forces"]


def test_nobody_is_a_person_and_groups_without_a_name_are_no_entities() -> None:
    told = (involved("person_held", "prisoners"), involved("initiator", "[name withheld]"))
    found = entities(cleared(account(involved=told)))
    assert {one["schema"] for one in found} == {"Address", "Event", "Article", "Documentation"}


def test_bodies_that_are_only_belonged_to_or_suspected_and_those_of_rejected_tellings_are_not_involved() -> None:
    belonged = involved("affiliation", "ISIS", actor_id="islamic-state")
    suspected = involved("initiator", "SDF", actor_id=SDF.actor_id, modality="suspected")
    found = entities(cleared(account("a1", involved=(belonged, suspected)), account("a2", involved=(ARMY,), review="rejected")))
    assert "involved" not in of("Event", found)[0]["properties"]


def test_an_article_tells_what_is_known_of_the_report_and_no_address_that_is_none() -> None:
    articles = of("Article", some())
    assert articles[0]["properties"]["sourceUrl"] == ["https://daily.example/1"]
    assert [one["properties"] for one in articles if "title" not in one["properties"]] == [{}]


def test_ids_are_the_same_in_every_file_and_differ_for_different_things() -> None:
    first, again = some(), some()
    assert json.dumps(first) == json.dumps(again)
    assert len({one["id"] for one in of("Event", first)}) == 2 and of("Event", first)[0]["id"] == event_id("i1")
    assert len({one["id"] for one in of("Documentation", first)}) == 3


def test_what_did_not_come_about_is_dropped() -> None:
    (found,) = objects(cleared(status="planned"))
    assert isinstance(found, Dropped)


def test_the_package_takes_every_entity_as_it_is() -> None:
    model = pytest.importorskip("followthemoney", reason="only with the extra ftm").model
    for one in some():
        proxy = model.get_proxy(one, cleaned=False)
        proxy.schema.validate(one)
        kept = {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()}
        assert kept == {name: sorted(values) for name, values in one["properties"].items()}, one["schema"]


def test_the_properties_that_we_fill_are_in_the_package() -> None:
    model = pytest.importorskip("followthemoney", reason="only with the extra ftm").model
    for schema, names in PROPERTIES.items():
        assert set(names.split()) <= set(model.get(schema).properties), schema
