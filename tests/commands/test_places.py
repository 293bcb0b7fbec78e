"""`waqai places`: every place that a report names, for people, programs and maps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from command_line import Run

TEXT = (
    "Gunmen attacked a checkpoint in Kirkuk province on Monday, officials in Baghdad said.\n\n"
    "The wounded were taken to Kirkuk. Turkish officials met in Ankara, and residents of Kirkuk spoke of shots on Baghdad Street and near the Qwerty River.\n"
)
EAST_TEXAS = ["The mayor of Palestine met people from Elkhart and Frankston, Texas.", "A fire in Palestine, Texas, near Tyler."]
BARE = "The council of Palestine met people of Elkhart on Monday."


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "post.txt"
    file.write_text(TEXT)
    return file


def by_name(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [mention for mention in value["mentions"] if mention["name"] == name]


@pytest.mark.parametrize("width", [80, 120])
def test_places_are_shown_with_how_often_they_are_named_and_names_without_one_under_them(run: Run, report: Path, width: int) -> None:
    ran = run("places", str(report), width=width)
    assert ran.code == 0 and max(map(len, ran.out.splitlines())) <= width
    known, unknown = ran.out.split("in no gazetteer")
    assert all(words in known for words in ("“Kirkuk” 2×", "Kirkuk, town, Kirkuk, IQ", "Kirkuk, admin1, IQ", "geonames:323786"))
    assert all(words in known for words in ("35.4681, 44.3922", "within 10.2 km", "“Turkish” (its", "Türkiye, country, TR"))
    assert "“Baghdad Street”" in unknown and "bears the name of Baghdad, town" in unknown
    assert "CC BY 4.0" in unknown


def test_what_is_only_somewhere_among_the_places_of_the_text_gets_no_point(run: Run, report: Path) -> None:
    unknown = run("places", str(report)).out.split("in no gazetteer")[1].split("publisher's home")[0]
    assert "“Qwerty River”" in unknown and "nothing beside it says where" in unknown and "35." not in unknown and "33." not in unknown
    (river,) = by_name(json.loads(run("places", str(report), "--format", "json").out), "Qwerty River")
    assert (river["place"], river["holder"], river["p_place"], river["because"]) == (None, None, None, "in no gazetteer")
    assert "lat" not in river and "around" not in river


def test_a_paste_is_read_where_no_file_is_named(run: Run) -> None:
    value = json.loads(run("places", "--format", "json", stdin=TEXT.encode()).out)
    assert value["id"] == "stdin" and value == json.loads(run("places", "-", "--format", "json", stdin=TEXT.encode()).out)


def test_json_has_every_mention_with_its_span_and_the_gazetteer(run: Run, report: Path) -> None:
    value = json.loads(run("places", str(report), "--format", "json").out)
    mentions = value["mentions"]
    assert value["text"] == TEXT and all(TEXT[m["start"] : m["end"]] == m["name"] for m in mentions)
    assert [m["start"] for m in mentions] == sorted(m["start"] for m in mentions)
    assert value["gazetteer"] == json.loads(run("gazetteer", "about", "--format", "json").out)["stamp"] and "GeoNames" in value["attribution"]
    assert [m["place"]["kind"] for m in by_name(value, "Kirkuk")] == ["admin1", "town", "town"]
    assert by_name(value, "Turkish")[0]["people"] and by_name(value, "Baghdad Street")[0]["holder"]["name"] == "Baghdad"
    assert all(0.0 < m["p"] <= 1.0 for m in mentions)


def test_spans_count_code_points_of_the_text_as_handed_in(run: Run) -> None:
    text = "😀 “Two died,” a medic in Ra’s al ‘Ayn said.\r\nThey were buried in Mosul."
    value = json.loads(run("places", "--format", "json", stdin=text.encode()).out)
    assert value["text"] == text and [text[m["start"] : m["end"]] for m in by_name(value, "Mosul")] == ["Mosul"]


def test_json_is_an_array_for_more_reports_also_for_one_set_aside(run: Run, report: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    values = json.loads(run("places", str(report), str(tmp_path / "empty.txt"), "--format", "json").out)
    assert values[0]["id"] == "post" and values[1]["mentions"] == [] and values[1]["notices"][0]["stage"].startswith("intake")


def test_a_notice_beside_a_report_makes_no_array(run: Run) -> None:
    ran = run("places", "--format", "json", stdin="The café in Mosul was shut.".encode("cp1252"))
    assert json.loads(ran.out)["id"] == "stdin" and "note: stdin" in ran.err


def test_geojson_is_a_point_for_every_place_with_how_often_it_is_named(run: Run, report: Path) -> None:
    ran = run("places", str(report), str(report), "--format", "geojson")
    value = json.loads(ran.out)
    assert value["type"] == "FeatureCollection" and "GeoNames" in value["attribution"]
    assert all(feature["type"] == "Feature" and feature["geometry"]["type"] == "Point" for feature in value["features"])
    features = {feature["id"]: feature for feature in value["features"]}
    assert len(features) == len(value["features"])
    (town,) = [f for f in features.values() if (f["properties"]["name"], f["properties"]["kind"]) == ("Kirkuk", "town")]
    assert town["geometry"]["coordinates"] == [44.3922, 35.4681]  # longitude first
    told = town["properties"]
    assert (told["mentions"], told["names"], told["reports"], told["country"]) == (4, {"Kirkuk": 4}, ["post", "post-2"], "IQ")
    assert features["geonames:298795"]["properties"]["people"] == 2
    assert value["without_point"] == 4 and "4 mentions of names without a point are left out" in ran.err


def test_the_publisher_and_its_other_reports_decide_between_namesakes(run: Run, tmp_path: Path) -> None:
    files = []
    for number, text in enumerate([BARE, *EAST_TEXAS]):
        files.append(str(tmp_path / f"{number}.txt"))
        Path(files[-1]).write_text(text)
    first = json.loads(run("places", *files, "--publisher", "Anderson Post", "--format", "json").out)[0]
    assert (first["publisher"], first["home"]["country"], first["home"]["reports"]) == ("Anderson Post", "US", 3)
    assert {m["place"]["admin1"] for m in first["mentions"]} == {"Texas"}
    shown = run("places", *files, "--publisher", "Anderson Post").out
    assert "publisher's home, by the names in 3 reports of it: near 31." in shown and "(Texas, US)" in shown


def test_a_report_without_a_place_is_an_answer_and_no_report_is_exit_status_1(run: Run, tmp_path: Path) -> None:
    ran = run("places", stdin=b"Twelve men fled in the night, and nobody saw them again.")
    assert ran.code == 0 and "No place name was found" in ran.out
    (tmp_path / "empty.txt").write_text("")
    ran = run("places", str(tmp_path / "empty.txt"))
    assert ran.code == 1 and "nothing could be read" in ran.err


def test_a_format_that_is_not_there_is_wrong_usage(run: Run) -> None:
    ran = run("places", "x.txt", "--format", "kml")
    assert ran.code == 2 and "kml" in ran.err
