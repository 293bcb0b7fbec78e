from __future__ import annotations

from bench.spellings import COUNTRIES, load_spellings
from waqai.places.names import fold


def test_every_place_has_a_point_a_country_and_spellings_of_its_own() -> None:
    entries = load_spellings()
    assert len({entry["place"] for entry in entries}) == len(entries) == 22
    assert all(entry["country"] in COUNTRIES and len(entry["point"]) == 2 for entry in entries)
    assert sum(len(entry["spellings"]) for entry in entries) >= 138
    assert all(len(set(entry["spellings"])) == len(entry["spellings"]) and all(map(fold, entry["spellings"])) for entry in entries)
