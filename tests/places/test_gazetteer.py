from __future__ import annotations

import hashlib
import json
import pickle
import time

import pytest

from waqai.core import GazetteerError
from waqai.places import DATA, Gazetteer

# Spellings as reports have them, the country that the report speaks of, and the place that is meant.
SPELLINGS = [
    *(
        (name, "SY", "geonames:165509")
        for name in ("Ras Al-Ain", "Ras al-Ayn", "Ras el Ain", "Râs el Aïn", "Serê Kaniyê", "Sere Kaniye", "رأس العين", "Rass al-Ain")
    ),
    *((name, "SY", "geonames:173811") for name in ("Hasakah", "al-Hasakah", "Hassakeh", "Hasaka", "Hesekê", "Al-Hassakah", "الحسكة")),
    *((name, "SY", "geonames:173813") for name in ("Hasakah Governorate", "Hassakeh province", "al-Hasakah governorate", "Hasaka province")),
    *((name, "SY", "geonames:173377") for name in ("Qamishli", "Al-Qamishli", "Qamishlo", "Kamishly", "القامشلي")),
    *((name, "SY", "geonames:163750") for name in ("Tell Abyad", "Tal Abyad", "Tel Abyad", "Girê Spî", "Gire Spi", "تل أبيض")),
    *((name, "SY", "geonames:172837") for name in ("Shaddadi", "al-Shaddadi", "Shadadi", "Şeddadê", "Ash Shaddadah")),
    *((name, "SY", "geonames:173797") for name in ("al-Hol", "al-Hawl", "Hole")),
    *((name, "SY", "geonames:170794") for name in ("Deir ez-Zor", "Deir Ezzor", "Deir al-Zor", "Dayr az-Zawr", "دير الزور")),
    *((name, "SY", "geonames:172955") for name in ("Raqqa", "al-Raqqa", "Ar-Raqqah", "الرقة")),
    *((name, "SY", "geonames:172256") for name in ("Kobani", "Kobane", "Ayn al-Arab", "Ain al-Arab")),
    *((name, "SY", "geonames:173530") for name in ("Derik", "al-Malikiyah", "Dêrik")),
    *((name, "SY", "waqai:al-sinaa-prison") for name in ("Ghweran prison", "Ghwayran prison", "al-Sinaa prison", "al-Sina’a Prison", "Ghuwayran Prison")),
    *((name, "SY", "waqai:roj-camp") for name in ("Roj camp", "al-Roj camp", "Camp Roj")),
    ("Baghuz", "SY", "waqai:baghuz"),
    ("al-Hol camp", "SY", "waqai:al-hol-camp"),
    *((name, "IQ", "geonames:99072") for name in ("Mosul", "Al-Mawsil", "الموصل")),
    *((name, "IQ", "geonames:98463") for name in ("Sulaymaniyah", "Sulaimani", "Slemani", "Sulaimaniyah")),
    *((name, "IQ", "geonames:96994") for name in ("Duhok", "Dohuk", "Dahuk")),
    *((name, "IQ", "geonames:448149") for name in ("Sinjar", "Shingal", "Şengal")),
    *((name, "IQ", "geonames:92877") for name in ("Nineveh province", "Ninewa governorate", "Ninawa province")),
    ("Abu Ghraib prison", "IQ", "waqai:abu-ghraib-prison"),
    ("Taji prison", "IQ", "waqai:taji-prison"),
    ("Badush prison", "IQ", "waqai:badush-prison"),
    *((name, "NG", "waqai:kuje-prison") for name in ("Kuje prison", "Kuje Correctional Centre")),
    ("Maiduguri", "NG", "geonames:2331447"),
    *((name, "AF", "geonames:1138336") for name in ("Kandahar", "Qandahar")),
    *((name, "AF", "waqai:sarposa-prison") for name in ("Sarposa prison", "Saraposa prison", "Kandahar prison")),
    *((name, "LY", "geonames:88319") for name in ("Benghazi", "Banghazi", "بنغازي")),
    *((name, "LY", "waqai:kuifiya-prison") for name in ("Al-Kuifiya prison", "Koyfiya prison", "Kuayfia Prison")),
    *((name, "LY", "geonames:2214846") for name in ("Misrata", "Misratah", "Misurata")),
]


@pytest.mark.parametrize(("name", "country", "place_id"), SPELLINGS)
def test_a_spelling_leads_to_its_place(gazetteer: Gazetteer, name: str, country: str, place_id: str) -> None:
    found = gazetteer.find(name, (country,))
    assert place_id in [p.id for p in found[:3]]


def test_the_list_of_spellings_is_long_enough_to_mean_something() -> None:
    assert len(SPELLINGS) >= 60
    assert {country for _, country, _ in SPELLINGS} == {"SY", "IQ", "NG", "AF", "LY"}


def test_the_country_that_is_asked_for_comes_first(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Tripoli", ("LB",))[0].country == "LB"
    assert gazetteer.find("Tripoli", ("LY",))[0].country == "LY"


@pytest.mark.parametrize(
    "name", ["Of", "Police", "Sunday", "us", "ISIS", "SDF", "UN", "Northern", "the north", "Will", "Border", "", "!!!", "prison", "Mohammed", "x" * 500]
)
def test_common_words_are_no_places(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.kinds_of(name) == frozenset()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Syria", "country"),
        ("US", "country"),
        ("U.S.", "country"),
        ("the UAE", "country"),
        ("DRC", "country"),
        ("Kingdom of Saudi Arabia", "country"),
        ("Turkish", "demonym"),
        ("Iraqis", "demonym"),
        ("Hasakah Governorate", "admin1"),
        ("Ras Al-Ain", "town"),
        ("Syria's", "country"),
        ("Ghweran prison", "facility"),
        ("West Africa", "region"),
        ("سوريا", "country"),
    ],
)
def test_kinds_of_tells_what_a_name_can_be(gazetteer: Gazetteer, name: str, kind: str) -> None:
    assert kind in gazetteer.kinds_of(name)


def test_a_town_named_like_a_word_is_still_found_when_asked_for(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Of", ("TR",))[0].country == "TR"


def test_a_place_is_had_by_its_id(gazetteer: Gazetteer) -> None:
    place = gazetteer.get("geonames:165509")
    assert (place.country, place.admin1, place.lat, place.lon) == ("SY", "Al-Hasakah", 36.8503, 40.0706)  # rounded to 0.0001 degree
    assert gazetteer.get("waqai:roj-camp").admin1 == "Al-Hasakah"


@pytest.mark.parametrize("place_id", ["geonames:1", "waqai:nowhere", "165509", "geonames:x", ""])
def test_an_id_that_is_none_raises(gazetteer: Gazetteer, place_id: str) -> None:
    with pytest.raises(GazetteerError, match="no place"):
        gazetteer.get(place_id)


def test_a_gazetteer_can_be_sent_to_another_process(gazetteer: Gazetteer) -> None:
    assert pickle.loads(pickle.dumps(gazetteer)).get("geonames:165509") == gazetteer.get("geonames:165509")


def test_the_shipped_file_is_the_one_its_provenance_names() -> None:
    provenance = json.loads(DATA.with_suffix(".json").read_text(encoding="utf-8"))
    data = DATA.read_bytes()
    assert hashlib.sha256(data).hexdigest() == provenance["sha256"]
    assert len(data) <= 15_000_000
    assert "GeoNames" in provenance["attribution"] and provenance["licence"] == "CC BY 4.0"


def test_a_thousand_new_names_are_looked_up_in_a_second_of_processor_time(gazetteer: Gazetteer) -> None:
    names = [f"{name} {n}" for n in range(10) for name, _, _ in SPELLINGS[:100]]
    start = time.process_time()
    for name in names:
        gazetteer.kinds_of(name)
    assert time.process_time() - start < 1.0


def test_named_gives_exact_names_and_abbreviations_in_capitals_only(gazetteer: Gazetteer) -> None:
    assert "geonames:98182" in {place.id for place in gazetteer.named("Baghdad")}
    assert {place.country for place in gazetteer.named("U.K.")} == {"GB"}
    assert all(place.match != "abbreviation" for place in gazetteer.named("uk"))
    assert gazetteer.named("Bagdhad-on-Sea") == ()
