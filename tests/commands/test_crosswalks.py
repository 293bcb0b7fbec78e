"""`waqai export` in the columns of others: whole files, and the list of what has no home there."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from command_line import Run
from scenes import fill
from waqai.store import open_store


@pytest.fixture
def store(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four incidents: an escape told twice, a capture, a meeting and a pledge of aid."""
    path = tmp_path / "s.sqlite"
    with open_store(path) as opened:
        fill(opened)
    monkeypatch.setenv("WAQAI_STORE", str(path))
    return tmp_path


def rows(path: Path) -> list[dict[str, Any]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_acled_columns_are_written_and_what_has_no_home_is_counted_and_listed(run: Run, store: Path) -> None:
    ran = run("export", "--format", "acled", "--profile", "internal", "--out", str(store / "a.csv"), "--dropped", str(store / "d.csv"))
    assert ran.code == 0, ran.err
    found = {row["event_id_cnty"]: row for row in rows(store / "a.csv")}
    assert {id: row["sub_event_type"] for id, row in found.items()} == {"i-escape": "Other", "i-caught": "Arrests"}
    assert found["i-escape"]["notes"].count("“") >= 4 and found["i-escape"]["source"] == "The Herald; The Daily"
    dropped = {row["id"]: (row["type"], row["reason"]) for row in rows(store / "d.csv")}
    assert dropped == {
        "i-aid": ("aid", "the scheme has nothing for this type"),
        "i-meeting": ("meeting", "the reports say too little to choose a code"),
    }
    assert "without a home in acled: 1, the scheme has nothing for this type" in ran.err
    assert "acled-like 1" in (store / "a.csv.about.txt").read_text()


def test_without_deaths_a_file_for_ucdp_has_its_columns_and_no_row(run: Run, store: Path) -> None:
    ran = run("export", "--format", "ucdp", "--profile", "internal", "--out", str(store / "u.csv"))
    assert ran.code == 0, ran.err
    assert rows(store / "u.csv") == [] and (store / "u.csv").read_text().startswith("id,relid,year,")
    assert "without a home in ucdp: 4, no death is told" in ran.err


def test_plover_has_a_row_for_each_telling_that_has_an_actor(run: Run, store: Path) -> None:
    ran = run("export", "--format", "plover", "--profile", "internal", "--out", str(store / "p.csv"))
    assert ran.code == 0, ran.err
    assert rows(store / "p.csv") == []
    assert "plover has no home for escape" in ran.err and "nobody is named who does it" in ran.err


def test_ftm_is_one_entity_on_each_line_and_the_same_bytes_again(run: Run, store: Path) -> None:
    for name in ("1.jsonl", "2.jsonl"):
        assert run("export", "--format", "ftm", "--profile", "internal", "--out", str(store / name)).code == 0
    entities = [json.loads(line) for line in (store / "1.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [one["properties"]["recordId"] for one in entities if one["schema"] == "Event"] == [["i-caught"], ["i-escape"], ["i-meeting"]]
    assert (store / "1.jsonl").read_bytes() == (store / "2.jsonl").read_bytes()


@pytest.mark.parametrize("other", ["a.csv", "a.csv.about.txt"])
def test_the_list_may_not_go_where_the_export_goes(run: Run, store: Path, other: str) -> None:
    ran = run("export", "--format", "acled", "--out", str(store / "a.csv"), "--dropped", str(store / other))
    assert ran.code == 2 and "where the export itself goes" in ran.err and not (store / "a.csv").exists()


def test_a_target_takes_no_other_rule_for_figures(run: Run, store: Path) -> None:
    ran = run("export", "--format", "acled", "--figures", "ucdp-like", "--out", str(store / "a.csv"))
    assert ran.code == 2 and "acled has acled-like" in ran.err
