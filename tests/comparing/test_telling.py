from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from comparing.test_summing import COMPARISON
from waqai.bounds import INTERNAL, PUBLIC, Profile
from waqai.comparing import SCHEMES, Comparison
from waqai.comparing.sheet import Sheet
from waqai.comparing.telling import About, as_json, write_sheet


def about(profile: Profile = INTERNAL, **fields: Any) -> About:
    given: dict[str, Any] = {"file": "x.csv", "filters": {"country": ("SY",), "words": None}, "last_entry": 7, "dated": datetime(2024, 1, 1, tzinfo=UTC)}
    return About(profile=profile, **given | {"fresh": 0, "terms": 0, "set_aside": 0} | fields)


def of(dataset: Any) -> Comparison:
    return replace(COMPARISON, scheme=SCHEMES[dataset])


def rows(comparison: Comparison, profile: Profile = INTERNAL) -> list[dict[str, str]]:
    file = io.BytesIO()
    write_sheet(comparison, file, about(profile))
    return list(csv.DictReader(io.StringIO(file.getvalue().decode(), newline="")))


def test_each_happening_is_a_row_with_both_sides_in_it() -> None:
    found = rows(of("ucdp"))
    assert [one["found"] for one in found] == ["both"] * 3 + ["perhaps both", "ours only", "outside theirs"] + ["outside ours"] * 3
    told = ("our_id", "their_id", "our_first_day", "their_first_day", "days_apart", "our_killed_best", "their_killed_best", "killed_apart")
    assert [found[0][name] for name in told] == ["a", "A", "2021-03-05", "2021-03-07", "2", "3", "9", "6"]
    assert (found[2]["their_id"], found[2]["their_killed_low"], found[2]["their_last_day"]) == ("C1; C2", "3", "2021-03-06")
    assert [one["because"] for one in found[:5]] == ["same day"] * 4 + [""]
    assert found[1]["our_escaped_low"] == "25" and found[5]["why"] == "no day is known"


@pytest.mark.parametrize("dataset", ["acled", "csv"])
def test_where_theirs_may_not_leave_a_public_file_has_ids_of_theirs_and_nothing_else_of_them(dataset: Any) -> None:
    found = rows(of(dataset), PUBLIC)
    assert {name for name in found[0] if name.startswith("their_")} == {"their_id", "their_line"}
    assert not [name for name in found[0] if name.endswith("_apart")] and {one["because"] for one in found} == {""}
    assert found[0]["their_id"] == "A" and found[0]["our_killed_best"] == "3"
    assert "ids only" in dict(about(PUBLIC).lines(of(dataset)))["values of theirs"]


@pytest.mark.parametrize("dataset", ["acled", "csv"])
def test_no_value_of_theirs_is_in_what_may_not_hold_them_whatever_its_form(dataset: Any) -> None:
    """Their numbers are 500 and 90, and nobody else's."""
    comparison = of(dataset)
    file = io.BytesIO()
    write_sheet(comparison, file, about(PUBLIC))
    plain = json.dumps(as_json(comparison, about(PUBLIC))["rows"])
    assert not [number for number in ("500", "90", "87") if number in file.getvalue().decode() or number in plain]
    assert "500" in json.dumps(as_json(comparison, about(INTERNAL))["rows"])


def test_a_cell_that_a_spreadsheet_would_run_is_guarded() -> None:
    evil = replace(COMPARISON.matched[0].ours[0], place="=HYPERLINK(1)")
    one = replace(COMPARISON.matched[0], ours=(evil,))
    assert rows(replace(COMPARISON, matched=(one,)))[0]["our_place"].startswith("'=")


def test_everything_is_in_the_json_with_counts_that_add_up() -> None:
    plain = as_json(of("ucdp"), about())
    assert json.loads(json.dumps(plain)) == plain and len(plain["rows"]) == 9
    assert sum(plain["ours"].values()) == 6 and plain["theirs_outside"] == {"far": 2, "early": 1}
    assert plain["rows"][0]["their_first_day"] == "2021-03-07" and plain["agreement"][0] == {
        "field": "day",
        "agree": 2,
        "differ": 1,
        "only_ours": 0,
        "only_theirs": 0,
    }


def test_what_is_to_be_known_of_the_file_is_told() -> None:
    told = dict(about(PUBLIC, fresh=2, terms=3, set_aside=4).lines(of("ucdp")))
    assert told["our record"] == "6 incidents, as of entry 7 of its log, 2024-01-01" and told["their record"] == "8 rows of UCDP GED; 4 more could not be read"
    assert told["filters"] == "country (set)" and dict(about().lines(of("ucdp")))["filters"] == "country SY"
    assert told["held back"].startswith("2 incidents of the last 72 hours; 3 incidents that only rows of UCDP GED")
    assert dict(about().lines(of("ucdp")))["profile"] == "internal profile: not to be passed on"


def test_columns_come_in_one_order_and_hold_every_row() -> None:
    sheet = Sheet(COMPARISON, theirs=True)
    assert len(set(sheet.columns)) == len(sheet.columns) and all(set(one) <= set(sheet.columns) for one in sheet.iter_rows())
