"""Names in full: states' abbreviations, the adjectives of regions, a few letters that all news knows."""

from __future__ import annotations

from waqai.core import Span
from waqai.places.context import AP_STATES, POSTAL
from waqai.places.names import tidy

_LONG = {
    "EU": "European Union",
    "USSR": "Soviet Union",
    "DC": "District of Columbia",
    "NSW": "New South Wales",
    "BC": "British Columbia",
    "NYC": "New York City",
}
_REGION_OF = {
    "European": "Europe",
    "African": "Africa",
    "Asian": "Asia",
    "South Ossetian": "South Ossetia",
    "North Ossetian": "North Ossetia",
    "North American": "North America",
    "South American": "South America",
    "Latin American": "Latin America",
    "Middle Eastern": "Middle East",
}
REGIONS = frozenset(_REGION_OF.values())
"""Regions that an adjective may stand for."""
_AP = {pair.split("=")[0].replace(".", ""): pair.split("=")[1] for pair in AP_STATES.split("|")}


def written_name(text: str, span: Span) -> str:
    """The name of a mention as the gazetteer may hold it: states' abbreviations written out.

    >>> written_name("in Tyler, Tex., on", Span(10, 14)), written_name("the EU", Span(4, 6)), written_name("in L.A. now", Span(3, 7))
    ('Texas', 'European Union', 'L.A.')
    """
    name = " ".join(span.of(text).split())
    if len(name) == 2 and name.isupper() and name.lower() in POSTAL and text[: span.start].rstrip().endswith((",", "(")):
        return POSTAL[name.lower()]
    return long_name(name + "." if text[span.end : span.end + 1] == "." else name)


def long_name(name: str) -> str:
    """The name in full, where it is an abbreviation or adjective that the gazetteer does not hold.

    >>> long_name("Tex."), long_name("EU"), long_name("European"), long_name("Koton")
    ('Texas', 'European Union', 'Europe', 'Koton')
    """
    bare = name.replace(".", "").replace(" ", "")
    if "." in name and bare in _AP:
        return _AP[bare]
    if bare in _LONG:
        return _LONG[bare]
    text = tidy(name)
    return _REGION_OF.get(text) or _REGION_OF.get(text.removesuffix("s")) or (text[:-1] if text[-1:] == "." and text[-2:-1].islower() else text)
