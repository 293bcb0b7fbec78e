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


def test_facets_count_types_countries_grades_and_statuses_and_nothing_else(site: Path, releases: Path) -> None:
    facets = told_in(site / "data/facets.js")
    assert isinstance(facets, dict) and set(facets) == {"total", "chunks", "families", "types", "countries", "grades", "statuses"}
    rows = rows_of(releases / "internal/data/incidents.csv")
    assert {value[0]: value[-1] for value in facets["types"]} == {name: sum(row["type"] == name for row in rows) for name in {row["type"] for row in rows}}
    assert "Qalat" not in (site / "data/facets.js").read_text(encoding="utf-8")
