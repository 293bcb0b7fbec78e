"""Which of GeoNames' feature codes are taken from its dumps, and as what.

All populated places but those that are history (PPLH, PPLCH); first- and second-order areas (what is below has its seat's name, and a report that says
"subdistrict" finds that); facilities that reports of incidents name; and large landscapes. Single mountains, streams and wadis stay out: there are hundreds
of thousands, they share their names with villages, and a region is never held to lie elsewhere than where the report is set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Feature:
    """The gazetteer's kind, for a facility its word, and what a place of this code weighs (log10 of people) when its population is not told."""

    kind: str
    facility: str
    weight: float


_TOWNS = {"PPLC": 5.5, "PPLG": 5.0, "PPLA": 5.0, "PPLA2": 4.3, "PPLA3": 3.7, "PPLA4": 3.3, "PPLA5": 3.0, "PPL": 2.5, "PPLS": 2.5, "PPLX": 2.5, "PPLR": 2.3}
_HAMLETS = ("PPLL", "PPLF", "PPLQ", "PPLW", "STLMT")
_FACILITIES = {
    "prison": "S.PRN",
    "camp": "S.CMPRF",
    "base": "L.MILB L.NVB S.AIRB S.INSM",
    "airport": "S.AIRP S.AIRF",
    "hospital": "S.HSP",
    "crossing": "S.PSTB S.PSTC",
    "police post": "S.PP",
    "dam": "S.DAM",
    "refinery": "S.OILR",
}
_REGIONS = "L.RGN T.MTS T.DSRT T.ISL T.ISLS H.LK H.RSV"

FEATURES: Mapping[str, Feature] = {
    **{f"P.{code}": Feature("town", "", weight) for code, weight in _TOWNS.items()},
    **{f"P.{code}": Feature("town", "", 2.0) for code in _HAMLETS},
    "A.ADM1": Feature("admin1", "", 4.3),
    "A.ADM2": Feature("admin2", "", 3.5),
    **{code: Feature("facility", facility, 2.5) for facility, codes in _FACILITIES.items() for code in codes.split()},
    **{code: Feature("region", "", 1.0) for code in _REGIONS.split()},
}
