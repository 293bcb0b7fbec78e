"""Where a name lies that the gazetteer does not hold: in the town, district or province that the words give it, else in the country of the report.

It takes the point of the town or district that holds it, or that it is said to be near, with a radius that says how little is known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from waqai.core import PlaceMention, Span, Where
from waqai.places.considered import keep_candidates
from waqai.places.holders import holder_earlier, holders_beside, lies_within_town
from waqai.places.kinds import Level
from waqai.places.place import FINENESS, Place
from waqai.places.precision import NEAR_KM, P2, P5, P7, has_point, precision_of
from waqai.places.sense import SURE, Sense, Senses
from waqai.places.words_beside import words_around

NO_NAME, OF_THE_REPORT = "no name", "; country of the report"
UNPLACED_P = 0.2
HOLDER_KM = 15.0  # how far a quarter or site may lie from the point of the town that holds it
QUARTERED = 5.0  # log10 of 100,000: what is called a district of a town this large is a quarter of it
_POINTED = ("town", "facility", "admin2")
_HOLDING = {"town": 0, "facility": 0, "admin2": 1, "admin1": 2}
_TOWN_REACH = 600  # characters
_MOST_MENTIONS = 20
_SURE_BESIDE = 0.5
ABOUT, ABOUT_KM = "somewhere about", 50.0  # of such points on data/gold two in three lie within 50 km of the coder's


def where_of_unknown(mention: PlaceMention, sense: Sense, senses: Senses, *, beside: Sequence[PlaceMention] = ()) -> Where:
    """A name without a row: what the words around it tell of its country and areas, and the point of the town that holds it.

    Where they give no town, it lies somewhere about the likeliest of the places that are told `beside` it, within the area that they do give.
    """
    told = min(sense.areas, key=lambda place: FINENESS[place.kind], default=None)
    holder, is_near = _find_holder(mention, senses) or (told, False)
    how = "near" if is_near else "in"
    if (holder is None or not _is_pointed(holder)) and (town := _town_before(mention, senses)) is not None:
        holder, how = town, "by the town named before it,"
    precision = P5 if sense.because == NO_NAME else _precision(mention, None if is_near else holder, senses)
    if (holder is None or not _is_pointed(holder)) and has_point(precision) and (about := _place_about(beside, holder, senses)) is not None:
        holder, how = about, ABOUT
    if holder is not None:
        return _held(mention, sense, holder, precision, how=how)
    code, share = senses.main_country if precision != P7 else (None, 0.0)
    return Where(
        name=mention.name,
        place_id=None,
        lat=None,
        lon=None,
        radius_km=None,
        precision=precision,
        admin1=None,
        admin2=None,
        country=code,
        phrase=mention.phrase,
        p=round(mention.p * max(UNPLACED_P, 0.8 * share), 3),
        rule=sense.because + (OF_THE_REPORT if code else ""),
        said_by=mention.said_by,
        candidates=keep_candidates(None, 0.0, sense.ranked),
    )


def _precision(mention: PlaceMention, holder: Place | None, senses: Senses) -> str:
    level: Level | None = senses.calling.coded_level(mention)
    if level == "admin2" and holder is not None and holder.kind == "town" and holder.weight >= QUARTERED:
        level = "town"  # "the Doura district of Baghdad": a quarter
    if level == "admin1" and senses.text[mention.phrase.end :].lstrip().startswith("region"):
        level = None  # "the Koton region", of a name that no province bears: any place
    return precision_of(None, level=level, relation=senses.calling.relation(mention, None), words=words_around(mention, senses.text))


def _held(mention: PlaceMention, sense: Sense, holder: Place, precision: str, *, how: str) -> Where:
    """A place without a row in one that has one: it takes the point of its town, or of its district, which may lie farther."""
    pointed = _is_pointed(holder) and has_point(precision)
    how = "near" if precision == P2 and how != ABOUT else how
    reach_km = ABOUT_KM if how == ABOUT else NEAR_KM if how == "near" or holder.kind == "admin2" else HOLDER_KM
    return Where(
        name=mention.name,
        place_id=None,
        lat=holder.lat if pointed else None,
        lon=holder.lon if pointed else None,
        radius_km=max(reach_km, holder.radius_km or 0.0) if pointed else None,
        precision=precision,
        admin1=holder.name if holder.kind == "admin1" else holder.admin1,
        admin2=holder.name if holder.kind == "admin2" else holder.admin2,
        country=holder.country,
        phrase=mention.phrase,
        p=round(mention.p * (0.6 if how != ABOUT else 0.4), 3),
        rule=f"{sense.because}; {how} {holder.name}" + (", whose point it takes" if pointed else ""),
        said_by=mention.said_by,
        candidates=keep_candidates(None, 0.0, sense.ranked),
    )


def _is_pointed(place: Place) -> bool:
    return place.kind in _POINTED and place.lat is not None


def _place_about(beside: Sequence[PlaceMention], holder: Place | None, senses: Senses) -> Place | None:
    """The likeliest of these that has a point and lies in the holder (None: in the country of the report)."""
    code, _ = senses.main_country
    for mention in sorted(beside, key=lambda m: -m.p):
        sense = senses.resolve(mention)
        place = sense.place
        if place is None or not _is_pointed(place) or sense.p < _SURE_BESIDE:
            continue
        if place.country == code if holder is None else holder.id in (place.admin1_id, place.admin2_id):
            return place
    return None


def _find_holder(mention: PlaceMention, senses: Senses) -> tuple[Place, bool] | None:
    """The town, district or province that the words put a name in, and whether they put it near rather than in; None when they give none.

    The words beside this mention come first, then those beside the name anywhere in the text, then what the sentence named before it.
    """
    found = islice(re.finditer(rf"(?<!\w){re.escape(mention.name)}(?!\w)", senses.text), _MOST_MENTIONS)
    phrases = (mention.phrase, *(Span(*m.span()) for m in found))
    beside = [(place, named.is_near) for phrase in phrases for named in holders_beside(senses.text, phrase) if (place := _holding(named.name, senses))]
    best = min(beside, key=lambda pair: _HOLDING[pair[0].kind], default=None)
    if best is not None and best[0].kind != "admin1":
        return best
    earlier = holder_earlier(senses.text, mention.phrase)
    place = _holding(earlier, senses) if earlier is not None else None
    return (place, False) if place is not None else best


def _holding(name: str, senses: Senses) -> Place | None:
    """What the name of a holder means, if that is of a kind that holds places, in a country of the report."""
    place = senses.resolve_name(name).place
    if place is None or place.kind not in _HOLDING:
        return None
    return place if not senses.countries or set(place.countries) & set(senses.countries) else None


def _town_before(mention: PlaceMention, senses: Senses) -> Place | None:
    """The town named last before a site or quarter, not far from it: "Nasiriyah ... at the city's Haboubi Square"; None for anything else."""
    if not lies_within_town(mention, senses.text):
        return None
    found = (senses.resolve(m) for m in senses.mentions_before(mention.phrase.start, reach=_TOWN_REACH))
    return next((s.place for s in found if s.place is not None and s.place.kind == "town" and s.p >= SURE), None)
