from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from imports.tables import POLECAT, fail_one, read_one


def test_a_row_says_what_when_where_and_who(tmp_path: Path) -> None:
    row = read_one(tmp_path, POLECAT)
    assert (row.dataset, row.id, row.type, row.attrs, row.earliest) == ("polecat", "P-1", "attack_on_civilians", {"weapon": "firearms"}, date(2023, 6, 18))
    assert (row.place.country, row.place.place_id, row.place.precision) == ("SY", "geonames:165509", "P1_point")
    assert [(p.role, p.name, p.words) for p in row.parties] == [("initiator", "Islamic State", "IS fighters"), ("victim", "farm workers", "farm workers")]
    assert (row.publishers, row.published) == (("Desk of Tests",), date(2023, 6, 19))


@pytest.mark.parametrize(
    ("code", "mode", "sector", "raw", "type"),
    [
        ("ASSAULT", "firearms", "MIL", "troops", "clash"),
        ("ASSAULT", "aerial", "CVL", "farm workers", "air_strike"),
        ("ASSAULT", "", "CVL", "farm workers", "attack_on_civilians"),
        ("ASSAULT", "", "", "Syrian Democratic Forces", "clash"),  # by the register
        ("ASSAULT", "", "", "12 civilians", "attack_on_civilians"),
        ("RETREAT", "release", "", "", "release"),
        ("RETREAT", "return; release", "", "", "release"),  # the first mode that has a home
        ("MOBILIZE", "troops", "", "", "deployment"),
        ("consult", "third_party", "", "", "meeting"),
    ],
)
def test_the_type_is_of_code_mode_and_whom_it_is_against(code: str, mode: str, sector: str, raw: str, type: str, tmp_path: Path) -> None:
    changes = {"Event Type": code, "Event Mode": mode, "Primary Recipient Sector": sector, "Recipient Name Raw": raw}
    assert read_one(tmp_path, POLECAT | changes).type == type


@pytest.mark.parametrize(("code", "mode"), [("ASSAULT", ""), ("COOPERATE", ""), ("RETREAT", "withdraw"), ("PROTEST", ""), ("DANCE", "")])
def test_what_has_no_type_of_ours_is_set_aside(code: str, mode: str, tmp_path: Path) -> None:
    error = fail_one(tmp_path, POLECAT | {"Event Type": code, "Event Mode": mode, "Primary Recipient Sector": "", "Recipient Name Raw": "a group"})
    assert (error.column, error.why.startswith("no type of ours")) == ("Event Type", True)


def test_a_place_is_as_exact_as_the_level_that_bears_its_name(tmp_path: Path) -> None:
    province = read_one(tmp_path, POLECAT | {"Placename": "Hasakah", "City": "", "District": ""})
    assert (province.place.precision, province.place.radius_km) == ("P4_admin1", 150.0)
    country = read_one(tmp_path, POLECAT | dict.fromkeys(("Placename", "City", "District", "Province", "Latitude", "Longitude"), ""))
    assert (country.place.precision, country.place.name, country.place.lat) == ("P6_country", "SYR", None)
