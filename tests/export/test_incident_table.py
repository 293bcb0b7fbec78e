"""Rows of the table of incidents."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from exported import clear, make_figure, make_incident, make_making
from factories import make_when, make_where
from waqai.bounds import PUBLIC, Profile
from waqai.bounds.profiles import INTERNAL
from waqai.codebook import ACLED_LIKE, load_codebook
from waqai.core import Incident, LinkedAccount
from waqai.export.incident_table import IncidentShape


def _row(incident: Incident, *, rule: Any = None, profile: Profile = INTERNAL) -> dict[str, Any]:
    shape = IncidentShape(make_making(rule))
    ((*cells,),) = shape.iter_rows(clear(incident, profile=profile))
    return dict(zip([column.name for column in shape.columns], cells, strict=True))


def test_a_row_says_what_when_where_and_how_well_it_is_supported() -> None:
    row = _row(make_incident(speakers=3))
    assert (row["id"], row["type"], row["family"], row["status"], row["grade"]) == ("i-1", "escape", "custody_exit", "occurred", "weak")
    assert (row["earliest"], row["latest"], row["place"], row["lat"], row["lon"], row["radius_km"]) == (date(2021, 3, 5),) * 2 + ("Tel Salam", 36.5, 40.5, 5.0)
    assert (row["speakers"], row["reports"], row["grade_because"]) == (3, 1, "one speaker, in 1 report: police")


@pytest.mark.parametrize(
    ("when", "codes"),
    [
        (make_when(date(2021, 3, 5)), ("T1_day", 1, 1)),
        (make_when(date(2021, 3, 5), date(2021, 3, 8)), ("T2_span_2_6_days", 2, 2)),
        (make_when(date(2021, 3, 1), date(2021, 3, 31)), ("T4_month", 4, 3)),
        (None, ("T0_unknown", None, None)),
    ],
)
def test_precision_of_days_is_given_in_ours_ucdps_and_acleds_codes(when: Any, codes: tuple[Any, ...]) -> None:
    row = _row(make_incident(when=when))
    assert (row["time_precision"], row["date_prec"], row["acled_time_precision"]) == codes


@pytest.mark.parametrize(
    ("where", "codes"),
    [
        (make_where(), ("P1_point", 1, 1)),
        (make_where(precision="P4_admin1", lat=None, lon=None), ("P4_admin1", 4, 3)),
        (make_where(precision="P6_country", lat=None, lon=None), ("P6_country", 6, None)),
        (None, (None, None, None)),
    ],
)
def test_precision_of_places_is_given_in_ours_ucdps_and_acleds_codes(where: Any, codes: tuple[Any, ...]) -> None:
    row = _row(make_incident(where=where))
    assert (row["precision"], row["where_prec"], row["acled_geo_precision"]) == codes


def test_competing_figures_are_combined_by_the_rule_that_is_named_else_as_ucdp_does() -> None:
    figures = (make_figure(15), make_figure(20, speaker="the Observatory"))
    row, other = _row(make_incident(figures=figures)), _row(make_incident(figures=figures), rule=ACLED_LIKE)
    assert (row["escaped_low"], row["escaped_best"], row["escaped_high"], row["figures_rule"]) == (15, 15, 20, "ucdp-like 1")
    assert (other["escaped_low"], other["escaped_best"], other["escaped_high"], other["figures_rule"]) == (15, 15, 15, "acled-like 1")
    assert {row[f"killed_{bound}"] for bound in ("low", "best", "high")} == {None}


def test_of_several_groups_the_largest_is_given_and_named_and_none_are_added() -> None:
    figures = (make_figure(3, measure="killed", of_whom="guards"), make_figure(12, measure="killed", of_whom="soldiers"), make_figure(2, measure="wounded"))
    row = _row(make_incident(figures=figures))
    assert (row["killed_best"], row["wounded_best"], row["figures_of"]) == (12, 2, "killed: soldier")


def test_of_equal_groups_everybody_is_given() -> None:
    row = _row(make_incident(figures=(make_figure(5, measure="killed", of_whom="civilians"), make_figure(5, measure="killed"))))
    assert (row["killed_best"], row["figures_of"]) == (5, None)


def test_an_open_figure_has_no_high() -> None:
    row = _row(make_incident(figures=(make_figure(15, high=None, best=15, kind="at_least"),)))
    assert (row["escaped_low"], row["escaped_high"]) == (15, None)


@pytest.mark.parametrize(
    "figure", [make_figure(300, measure="displaced", unit="families"), make_figure(4, measure="strikes"), make_figure(9, measure="amount")]
)
def test_what_counts_no_persons_is_in_no_column(figure: Any) -> None:
    row = _row(make_incident(figures=(figure,)))
    assert not [name for name, value in row.items() if name.endswith(("_low", "_best", "_high")) and value is not None]
    assert row["figures_rule"] is None


def test_a_figure_that_does_not_count_is_not_given() -> None:
    assert _row(make_incident(figures=(make_figure(15, stance="denies"),)))["escaped_low"] is None


def test_one_or_two_persons_are_told_as_at_most_two_outside() -> None:
    row = _row(make_incident(figures=(make_figure(2, measure="killed"),)), profile=PUBLIC)
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (1, None, 2)


def test_reports_whose_account_a_person_rejected_do_not_count() -> None:
    accounts = [LinkedAccount(report=f"r{n}", account=f"a-{n}", role="main", review="rejected" if n == 3 else None) for n in (1, 1, 2, 3)]
    assert _row(make_incident(accounts=tuple(accounts)))["reports"] == 2


def test_every_measure_of_persons_has_its_columns() -> None:
    names = [column.name for column in IncidentShape(make_making()).columns]
    assert len(names) == len(set(names))
    assert [f"{one}_best" for one in load_codebook().measures if one not in ("strikes", "amount")] == [name for name in names if name.endswith("_best")]


def test_hashtags_are_as_hxl_writes_them() -> None:
    tags = [column.hxl for column in IncidentShape(make_making()).columns]
    assert all(tag is not None and tag.startswith("#") and tag == tag.lower() and " " not in tag for tag in tags)
    assert {"#date+start", "#date+end", "#geo+lat", "#geo+lon", "#affected+killed", "#country+code+v_iso2", "#adm1+name"} <= set(tags)
