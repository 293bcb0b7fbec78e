"""The places of reports for programs: every mention with its span, or a point for every place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from waqai.core import Notice, Report
from waqai.export import ATTRIBUTION
from waqai.flow import Gazetteer, Home, NamedPlace, Place, Placed, ReportPlaces, count_names, group_places, probability

_PLACE = ("id", "name", "kind", "facility", "admin1", "admin2", "country", "lat", "lon", "radius_km")


def places_as_json(one: ReportPlaces, gazetteer: Gazetteer) -> dict[str, Any]:
    """A report with all its mentions, spans as [start, end) code points of `text`."""
    report = one.report
    return {
        "id": report.id,
        "url": report.url,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published.isoformat() if report.published else None,
        "sha256": report.sha256,
        "gazetteer": gazetteer.stamp,
        "attribution": ATTRIBUTION,
        "home": _home(one.home, one.home_reports),
        "text": report.text,
        "mentions": [_mention(placed, report.text) for placed in one.placed],
        "notices": [_notice(notice) for notice in one.notices],
    }


def set_aside_as_json(notice: Notice) -> dict[str, Any]:
    """A report that could not be read: no mentions, and why."""
    return {"id": notice.record, "text": None, "mentions": [], "notices": [_notice(notice)]}


def _mention(placed: Placed, text: str) -> dict[str, Any]:
    """A name and what it means. Without a row `place` is None, and `holder` what it bears the name of or stands beside, if anything.

    `p` is that the words name a place and, where one is given, this one; `p_name` and `p_place` are its two halves.
    """
    mention, located = placed.mention, placed.located
    return {
        "name": mention.phrase.of(text),
        "start": mention.phrase.start,
        "end": mention.phrase.end,
        "people": mention.people,
        "road": mention.road,
        "p": probability(placed),
        "p_name": mention.p,
        "p_place": located.p if located.place is not None else None,
        "because": located.because if located.place is not None or located.holder is not None else "in no gazetteer",
        "place": _place(located.place),
        "holder": _place(located.holder),
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    return {**{key: getattr(place, key) for key in _PLACE}, "countries": list(place.countries)} if place is not None else None


def _home(home: Home | None, reports: int) -> dict[str, Any] | None:
    if home is None:
        return None
    return {"lat": round(home.lat, 2), "lon": round(home.lon, 2), "country": home.country, "admin1_id": home.admin1_id, "p": home.p, "reports": reports}


def _notice(notice: Notice) -> dict[str, str]:
    return {"stage": notice.stage, "reason": notice.reason}


def places_as_geojson(read: Sequence[ReportPlaces], gazetteer: Gazetteer) -> dict[str, Any]:
    """The places of all reports as a FeatureCollection of points (RFC 7946, longitude first), in the order in which each is first named.

    What has no point of its own is no feature; `without_point` counts the mentions left out.
    """
    named: dict[str, list[tuple[Report, NamedPlace]]] = defaultdict(list)
    for one in read:
        for group in group_places(one.placed):
            if group.place is not None and group.place.lat is not None and group.place.lon is not None:
                named[group.place.id].append((one.report, group))
    shown = sum(len(group.placed) for pairs in named.values() for _, group in pairs)
    return {
        "type": "FeatureCollection",
        "attribution": ATTRIBUTION,
        "gazetteer": gazetteer.stamp,
        "without_point": sum(len(one.placed) for one in read) - shown,
        "features": [_feature(pairs) for pairs in named.values()],
    }


def _feature(pairs: Sequence[tuple[Report, NamedPlace]]) -> dict[str, Any]:
    """A place with how often it is named, of these by its people ("Syrian"), in which words and which reports; `p` of the surest mention."""
    place = _place(pairs[0][1].place) or {}
    names: Counter[str] = Counter()
    for report, group in pairs:
        names.update(dict(count_names(group.placed, report.text)))
    return {
        "type": "Feature",
        "id": place["id"],
        "geometry": {"type": "Point", "coordinates": [place["lon"], place["lat"]]},
        "properties": {
            **{key: place[key] for key in ("name", "kind", "facility", "admin1", "country", "radius_km")},
            "mentions": sum(len(group.placed) for _, group in pairs),
            "people": sum(placed.mention.people for _, group in pairs for placed in group.placed),
            "names": dict(names.most_common()),
            "p": max(group.p for _, group in pairs),
            "reports": [report.id for report, _ in pairs],
        },
    }
