"""Colours that people with a colour-blind eye can tell apart, for each family of types and for speakers: Okabe and Ito (2008), with Paul Tol's for the rest."""

from __future__ import annotations

from collections.abc import Mapping

FAMILIES: Mapping[str, str] = {
    "custody_exit": "#d55e00",
    "custody_entry": "#e69f00",
    "custody_inside": "#cc79a7",
    "combat": "#882255",
    "remote_violence": "#661100",
    "violence_on_civilians": "#aa4499",
    "security_ops": "#6f7378",
    "unrest": "#332288",
    "armed_group": "#999933",
    "diplomacy": "#0072b2",
    "policy_and_aid": "#56b4e9",
    "population": "#009e73",
}
SEVERAL = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#332288", "#6f7378")
"""For things that are told apart by number, in this order; beyond them marks differ by shape no more, but by their label."""
INK, FAINT, GRID = "#222222", "#5b6167", "#d9dcdf"
SEA, LAND, BORDER, INNER = "#e4edf3", "#fbfaf6", "#8a8f94", "#cdd1d4"


def colour_of(family: str) -> str:
    """The family's colour; one that an installation added has that of security operations, as all that has none of its own."""
    return FAMILIES.get(family, "#6f7378")
