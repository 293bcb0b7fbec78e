from __future__ import annotations

import json
from pathlib import Path

import pytest

from sites.conftest import Build
from sites.pages_of import rows_of


def told_in(file: Path) -> object:
    """What a file of data hands to the scripts."""
    head, _, rest = file.read_text(encoding="utf-8").partition(",")
    assert head == f'waqai.put("{file.stem}"'
    return json.loads(rest.removesuffix(");\n"))


def test_scripts_get_every_incident_once_in_the_order_of_the_list_however_many_files_there_are(
    build: Build, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("waqai.sites.data.CHUNK", 2)
    made = build("internal")
    chunks = [told_in(made / f"data/rows-{n}.js") for n in range(3)]
    assert [len(chunk) for chunk in chunks] == [2, 2, 1]  # type: ignore[arg-type]
    assert [row for chunk in chunks for row in chunk] == told_in(site / "data/rows-0.js")  # type: ignore[attr-defined]
    assert told_in(made / "data/facets.js")["chunks"] == 3  # type: ignore[index]
    words = [text for n in range(3) for text in told_in(made / f"data/words-{n}.js")]  # type: ignore[attr-defined]
    assert [text.split()[0] for text in words] == [row[0] for chunk in chunks for row in chunk]  # type: ignore[attr-defined]


def test_a_row_says_what_the_table_of_incidents_says(site: Path, releases: Path) -> None:
    facets, rows = told_in(site / "data/facets.js"), {row[0]: row for row in told_in(site / "data/rows-0.js")}  # type: ignore[attr-defined]
    for told in rows_of(releases / "internal/data/incidents.csv"):
        row = rows[told["id"]]
        named = [facets[name][at][0] for name, at in zip(("types", "statuses", "grades", "countries"), row[1:5], strict=True)]  # type: ignore[index]
        assert named == [told[name] for name in ("type", "status", "grade", "country")]
        assert row[5:7] == [told["earliest"], told["latest"]] and row[12] == int(told["reports"])
        assert row[8:11] == [float(told[name]) if told[name] else None for name in ("lat", "lon", "radius_km")]


def test_facets_count_types_countries_grades_and_statuses_and_nothing_else(site: Path, releases: Path) -> None:
    facets = told_in(site / "data/facets.js")
    assert isinstance(facets, dict) and set(facets) == {"total", "chunks", "families", "types", "countries", "grades", "statuses"}
    rows = rows_of(releases / "internal/data/incidents.csv")
    assert {value[0]: value[-1] for value in facets["types"]} == {name: sum(row["type"] == name for row in rows) for name in {row["type"] for row in rows}}
    assert "Qalat" not in (site / "data/facets.js").read_text(encoding="utf-8")
