"""Words that stand before, behind or at the end of place names."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


IN = _words("in at near from around outside inside throughout across into toward towards through between beyond via within")
OF = _words("of to for on and the")
TITLES = _words(
    "mr mrs ms dr president minister sheikh general colonel maj capt gen lt lieutenant sgt sergeant secretary ambassador sen senator rep representative"
    " gov governor judge king queen prince imam pope professor prof coach chief officer deputy detective attorney mayor councilman councilwoman commissioner"
    " sheriff rev reverend pastor father sister director chairman chairwoman justice miss sir lord lady dame captain major"
)
ROADS = _words(
    "street st road rd avenue ave drive dr lane ln boulevard blvd highway hwy parkway pkwy court ct circle trail way pike freeway bypass terrace turnpike"
)
WATERS = _words(
    "river creek lake bay valley mountain mountains mount island islands hills ridge beach falls forest wilderness canyon sea ocean peninsula pond reservoir"
)
AREAS = _words("county counties parish township twp province district region state co territory governorate prefecture oblast")
SITES = _words(
    "park airport stadium hospital university college school center centre bridge dam refuge preserve cemetery church mall arena plaza square zoo museum hall"
)
BEFORE_OR_BEHIND = _words(
    "city town village hamlet district province state region area county counties island islands governorate prefecture territory suburb neighborhood"
    " neighbourhood slum capital municipality parish camp camps port resident residents native border coast countryside mayor police officials streets roads"
)
"""Words for a kind of place, or for who lives and serves there: "the village of Koton", "Koton residents"."""
BODIES = _words(
    "police department council association committee commission court board company inc corp corporation co. group bank party army ministry agency authority"
    " club team league union institute society foundation services service system schools press news times herald post high elementary middle community medical"
    " fire manager city public national american international federal regional district sheriff chamber"
)
