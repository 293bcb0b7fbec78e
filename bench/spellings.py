"""Places of Syria and Iraq in the spellings that reports use: Latin, Arabic, Kurdish, Turkish. The list is ours, from general knowledge."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from waqai.places import Gazetteer, distance_km

LIST = Path(__file__).parent / "spellings.json"
COUNTRIES = ("SY", "IQ", "TR")
NEAR_KM = 25.0


def load_spellings() -> list[dict[str, Any]]:
    """Each place with its country, point and spellings."""
    return list(json.loads(LIST.read_text(encoding="utf-8")))


def find_misses(gazetteer: Gazetteer) -> list[tuple[str, str]]:
    """(place, spelling) where the first place that a desk with Syria, Iraq and Turkey finds lies elsewhere, or none is found."""
    misses = []
    for entry in load_spellings():
        for spelling in entry["spellings"]:
            first = next(iter(gazetteer.find(spelling, COUNTRIES)), None)
            if first is None or first.lat is None or first.lon is None or distance_km((first.lat, first.lon), tuple(entry["point"])) > NEAR_KM:
                misses.append((entry["place"], spelling))
    return misses


def count_hits(gazetteer: Gazetteer) -> tuple[int, int]:
    """How many spellings are found at their place, and how many there are."""
    total = sum(len(entry["spellings"]) for entry in load_spellings())
    return total - len(find_misses(gazetteer)), total
