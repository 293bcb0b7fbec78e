"""Tellings in the columns of POLECAT's weekly files (40 columns, types and modes by PLOVER's manual of 2024-02-04), as far as they can be known.

A row is one report's telling, as in POLECAT, whose unit is actor, event and recipient in a text. Tellings that a person rejected and background are left out.
Sectors are given where the kind of the actor settles them; whether an armed group is rebel or paramilitary is for PLOVER's coders. Never known: intensity,
contexts, Correlates of War codes, titles, Wikipedia ids, the names and places of the whole story, and a feature type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from waqai.bounds import Cleared, ClearedAccount
from waqai.codebook import Code
from waqai.core import Where
from waqai.export.crossing import NO_DAY, code_of_account
from waqai.export.geography import alpha3
from waqai.export.parties import Party, find_sides
from waqai.export.shapes import Column, Dropped, Kind, Making, Row, Value

_IN_ORDER = (
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|Primary Actor Sector|"
    "Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|Recipient Country|Recipient COW|Primary Recipient Sector|"
    "Recipient Sectors|Recipient Title|Recipient Name Raw|Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|Longitude|"
    "GeoNames ID|Raw Placename|Feature Type|Source|Publication Date|Story People|Story Organizations|Story Locations|Language|Version"
)
_NAMES = tuple(_IN_ORDER.split("|"))
_TITLES: Mapping[str, tuple[Kind, str, str | None]] = {
    "Event ID": ("text", "our id of the telling", "#event+id"),
    "Event Date": ("day", "first day of the span", "#date+occurred"),
    "Event Type": ("text", "by the crosswalk", "#event+type"),
    "Event Mode": ("text", "by the crosswalk", "#event+mode"),
    "Quad Code": ("text", "of the event type", "#event+class"),
    "Actor Name": ("text", "who initiates: names of the register", "#group+name+first"),
    "Actor Country": ("text", "three letters, or IGO or NGO", "#group+country+first"),
    "Primary Actor Sector": ("text", "where the kind settles it", "#group+type+first"),
    "Actor Name Raw": ("text", "the report's words", "#group+words+first"),
    "Recipient Name": ("text", "target or victim: names of the register", "#group+name+second"),
    "Recipient Country": ("text", "three letters, or IGO or NGO", "#group+country+second"),
    "Primary Recipient Sector": ("text", "where the kind settles it", "#group+type+second"),
    "Recipient Name Raw": ("text", "the report's words", "#group+words+second"),
    "Placename": ("text", "name of the place", "#loc+name"),
    "District": ("text", "second-level area", "#adm2+name"),
    "Province": ("text", "first-level area", "#adm1+name"),
    "Country": ("text", "three letters", "#country+code+iso3"),
    "Latitude": ("number", "degrees", "#geo+lat"),
    "Longitude": ("number", "degrees", "#geo+lon"),
    "GeoNames ID": ("integer", "of the place, where it is GeoNames's", "#loc+id+geonames"),
    "Raw Placename": ("text", "the report's words", "#loc+words"),
    "Source": ("text", "publisher", "#meta+source"),
    "Publication Date": ("day", "of the report", "#meta+date"),
    "Language": ("text", "of the report", "#meta+lang"),
}
QUADS: Mapping[str, str] = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "VERBAL COOPERATION"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "MATERIAL COOPERATION"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "VERBAL CONFLICT"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "MATERIAL CONFLICT"),
}
SECTORS: Mapping[str, str] = {"state": "GOV", "state_force": "MIL", "criminal_group": "CRM", "media": "JRN"}
ABROAD: Mapping[str, str] = {"un_body": "IGO", "intergovernmental": "IGO", "ngo": "NGO"}
"""What stands in place of a country of bodies that have none."""
NO_ACTOR = "nobody is named who does it"
_GEONAMES = "geonames:"


class PloverShape:
    """One row for each telling that PLOVER has an event type, a day and an actor for."""

    name = "plover"
    columns = tuple(
        Column(name=n, kind=_TITLES[n][0], title=_TITLES[n][1], hxl=_TITLES[n][2]) if n in _TITLES else Column(name=n, kind="text", title="empty")
        for n in _NAMES
    )
    needs_accounts = True

    def __init__(self, making: Making) -> None:
        self._codebook, self._register = making.codebook, making.register

    def iter_rows(self, cleared: Cleared) -> Iterator[Row | Dropped]:
        for account in cleared.accounts:
            if account.review != "rejected" and account.role != "background":
                yield self._row(account)

    def _row(self, account: ClearedAccount) -> Row | Dropped:
        code = code_of_account("plover", account, self._codebook)
        if isinstance(code, Dropped):
            return replace(code, detail=f"account {account.id}: {code.detail}")
        sides = find_sides([account], type=account.type, register=self._register)
        if account.when is None:
            return Dropped(NO_DAY, f"account {account.id}: Event Date cannot be empty in POLECAT")
        if not sides.first:
            return Dropped(NO_ACTOR, f"account {account.id}: PLOVER codes events with an actor")
        known = _event(account, code) | _party("Actor", sides.first) | _party("Recipient", sides.second) | _place(account) | _report(account)
        return tuple(known.get(name) for name in _NAMES)


def _event(account: ClearedAccount, code: Code) -> dict[str, Value]:
    day = None if account.when is None else account.when.earliest
    return {"Event ID": account.id, "Event Date": day, "Event Type": code.code, "Event Mode": code.mode, "Quad Code": QUADS.get(code.code)}


def _party(side: str, parties: Sequence[Party]) -> dict[str, Value]:
    """The columns of one side; several are joined, as PLOVER makes one list of them. `Name` holds those that the register knows."""
    countries = dict.fromkeys(code for code in map(_country, parties) if code)
    sectors = dict.fromkeys(SECTORS[p.kind] for p in parties if p.kind is not None and p.kind in SECTORS)
    return {
        f"{side} Name": "; ".join(p.name for p in parties if p.actor_id) or None,
        f"{side} Country": "; ".join(countries) or None,
        f"Primary {side} Sector": next(iter(sectors), None),
        f"{side} Name Raw": "; ".join(p.words for p in parties) or None,
    }


def _country(party: Party) -> str | None:
    return ABROAD.get(party.kind or "") or alpha3(party.country)


def _place(account: ClearedAccount) -> dict[str, Value]:
    where = account.where
    if where is None:
        return {}
    names: dict[str, Value] = {"Placename": where.name or None, "District": where.admin2, "Province": where.admin1, "Country": alpha3(where.country)}
    return names | {"Latitude": where.lat, "Longitude": where.lon, "GeoNames ID": _geonames(where), "Raw Placename": account.where_words}


def _geonames(where: Where) -> int | None:
    number = (where.place_id or "").removeprefix(_GEONAMES)
    return int(number) if where.place_id and where.place_id.startswith(_GEONAMES) and number.isdigit() else None


def _report(account: ClearedAccount) -> dict[str, Value]:
    return {"Source": account.report.publisher, "Publication Date": account.report.published, "Language": account.report.language}
