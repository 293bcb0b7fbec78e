"""How well places resolve when their names are given: `python -m bench.places_gold GOLD_FOLDER [--show]`.

Each coded place of gold format 1 becomes one event-place mention with nothing but its name and its words; the resolver sees the report's text. Printed: the
share with the right country, within 25 km where the gold has a point, with the same code of precision (the first letter and digit), and the share found at all.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figures import Figure
from bench.gold import GOLD
from waqai.core import Account, PlaceMention, Report, Span, Status, Where, text_sha256
from waqai.places import Gazetteer, Resolver, distance_km


def gold_accounts(record: dict[str, Any]) -> tuple[list[dict[str, Any]], tuple[Account, ...]]:
    """The coded accounts that have a place, and the same as accounts with one mention each."""
    coded = [a for a in record["accounts"] if a["place"]]
    accounts = []
    for coding in coded:
        span = Span(*coding["evidence"])
        mention = PlaceMention(name=coding["place"]["name"], phrase=Span(*coding["place"]["evidence"]), role="event_place")
        status = Status(value="occurred", phrase=span, p=1.0, rule="gold")
        accounts.append(
            Account(
                id=coding["key"],
                key=coding["key"],
                report="r",
                type=coding["type"],
                status=status,
                evidence=span,
                p=1.0,
                rule="gold",
                place_mentions=(mention,),
            )
        )
    return coded, tuple(accounts)


def judge(place: dict[str, Any], where: Where | None, text: str, score: Counter[str], *, show: bool, report: str) -> None:
    """Count one place. A gold place without a point is not judged by distance."""
    score["n"] += 1
    score["found"] += where is not None and (where.place_id is not None or where.precision[:2] in ("P5", "P7"))
    country = where.country if where else None
    score["country"] += country == place["country"]
    score["precision"] += where is not None and where.precision[:2] == str(place["precision"])[:2]
    wrong = "" if country == place["country"] else "COUNTRY"
    if place["lat"] is not None:
        score["points"] += 1
        point = (where.lat, where.lon) if where is not None and where.lat is not None and where.lon is not None else None
        score["placed"] += point is not None
        near = point is not None and distance_km(point, (place["lat"], place["lon"])) <= 25
        score["near"] += near
        wrong += "" if near else " POINT"
    if show and (wrong or where is None or where.precision[:2] != str(place["precision"])[:2]):
        got = f"{where.place_id} {where.country} {where.lat} {where.lon} {where.precision} p={where.p} ({where.rule})" if where else None
        want = f"{place['country']} {place['lat']} {place['lon']} {place['precision']}"
        print(f"{report} {wrong or 'PRECISION'}: {place['name']!r} in {text[slice(*place['evidence'])]!r}: want {want}; got {got}")


def count(folder: Path, *, show: bool = False) -> Counter[str]:
    """The coded places of all reports, each placed with the report's others at hand."""
    resolver, score = Resolver(Gazetteer.open()), Counter[str]()
    for path in sorted(folder.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        text = record["text"]
        report = Report(id=record["id"], text=text, sha256=text_sha256(text), title=record["title"], language=record["language"])
        coded, accounts = gold_accounts(record)
        for coding, account in zip(coded, resolver.resolve_accounts(report, accounts), strict=True):
            judge(coding["place"], account.where, text, score, show=show, report=record["id"])
    return score


def measure_places() -> Iterator[Figure]:
    """The coded places, when their words are given."""
    score = count(GOLD / "reports")
    for name, key, of in (("in their country", "country", "n"), ("with the coded precision", "precision", "n"), ("within 25 km", "near", "points")):
        yield Figure(f"coded places {name}", score[key] / score[of], "share", None, score[of])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="print every difference")
    options = parser.parse_args()
    score = count(options.folder, show=options.show)
    for name, of in (("found", "n"), ("country", "n"), ("precision", "n"), ("near", "points"), ("placed", "points")):
        print(f"{name:10} {score[name] / max(1, score[of]):.3f}  ({score[name]} of {score[of]})")


if __name__ == "__main__":
    main()
