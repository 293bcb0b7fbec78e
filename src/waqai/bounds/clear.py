"""A record as a profile lets it be seen."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from waqai.bounds.cleared import Cleared, ClearedIncident, HeldBack, Quoted
from waqai.bounds.counts import FEW, is_small, speaks_of_children, tell_few
from waqai.bounds.names import NameMask
from waqai.bounds.profiles import FRESH_FAMILIES, Profile
from waqai.bounds.publishers import Publishers
from waqai.bounds.quoting import Quoter
from waqai.bounds.sites import Sites
from waqai.bounds.telling import ClearedTelling, clear_report_id, clear_when, clear_where
from waqai.bounds.terms import forbids_passing_on
from waqai.bounds.times import is_fresh
from waqai.codebook.tender import TENDER_TYPES
from waqai.core import Account, ActorNames, Figure, Incident, PlaceNames, Report, Span
from waqai.folding.records import NotToLeave, Record, Told

REVIEWER = "a reviewer"
"""Who corrected a figure, outside the internal profile."""
_SAYERS = re.compile(r"(; | against |: |accepted by |, the (?:custodian|party held responsible)$)")
"""What stands between the names in a grade's derivation (codebook/grade.py)."""
_REPORT = "report "


class Bounds:
    """Applies one profile, as of one instant. May be used by several threads."""

    def __init__(
        self, profile: Profile, *, places: PlaceNames, actors: ActorNames, at: datetime, publishers: Mapping[str, Collection[str]] | None = None
    ) -> None:
        """`at`: the instant from which 72 hours are counted back (UTC). `publishers`: the store's, with the hosts of their addresses (`store.list_hosts`);
        one that is not among them may be taken for a person where it speaks."""
        self.profile, self._at = profile, at
        self._names, self._sites = NameMask(places=places, actors=actors), Sites(places=places, actors=actors)
        self._publishers = Publishers(publishers or {})
        self._plain = self._quoter("", (), tender=False)
        self._words = lru_cache(maxsize=32_768)(self._plain.mask)
        self._speaker = lru_cache(maxsize=8192)(self._name_speaker)

    def clear(self, record: Record | NotToLeave) -> Cleared | HeldBack:
        """The record with everything changed or left out that the profile does not let be seen; HeldBack where nothing of it may be."""
        if isinstance(record, NotToLeave):
            return HeldBack(incident=record.incident, reason="terms")
        incident = record.incident
        if self.profile.holds_back and record.family in FRESH_FAMILIES and is_fresh(incident.when, since=record.since, at=self._at):
            return HeldBack(incident=incident.id, reason="fresh")
        tender = self._is_tender(record)
        cleared = {sha: self._telling(record.told, sha, tender=tender) for sha in dict.fromkeys(told.report.sha256 for told in record.told)}
        claims = (claim for told in record.told for claim in cleared[told.report.sha256].iter_claims(told))
        return Cleared(
            incident=self.clear_incident(incident, tender=tender),
            family=record.family,
            accounts=tuple(cleared[told.report.sha256].account(told) for told in record.told),
            claims=tuple(dict.fromkeys(claims)),
        )

    def quote_report(self, report: Report, accounts: Collection[Account], span: Span, *, types: Collection[str], families: Collection[str]) -> Quoted | None:
        """What quotes these words of a report, which are about happenings of these types and families.

        None where nothing of it may be seen: its terms forbid it, it is fresh, or it is about what is told by area and month only.
        """
        fresh = self.profile.holds_back and not FRESH_FAMILIES.isdisjoint(families) and is_fresh(None, since=report.published, at=self._at)
        told = (*types, *(account.type for account in accounts))
        tender = self.profile.tender and (not TENDER_TYPES.isdisjoint(told) or speaks_of_children(span.of(report.text)))
        if forbids_passing_on(report.terms) or fresh or tender:
            return None
        quoter = Quoter(report.text, accounts, profile=self.profile, names=self._names, sites=self._sites, tender=False)
        return Quoted(report=clear_report_id(report.id, profile=self.profile), words=quoter.quote(span), name=quoter.name)

    def clear_incident(self, incident: Incident, *, tender: bool) -> ClearedIncident:
        """The incident alone; `tender`: it is told by area and month only."""
        if not (self.profile.coarse or self.profile.masks_names):
            return ClearedIncident(incident)
        return ClearedIncident(
            replace(
                incident,
                grade_because=self._because(incident),
                when=clear_when(incident.when, profile=self.profile, tender=tender),
                where=clear_where(incident.where, profile=self.profile, tender=tender),
                accounts=tuple(replace(one, report=clear_report_id(one.report, profile=self.profile)) for one in incident.accounts),
                figures=tuple(self._figure(one, tender=tender) for one in incident.figures),
            )
        )

    # -- inside

    def _is_tender(self, record: Record) -> bool:
        if not self.profile.tender:
            return False
        incident, told = record.incident, record.told
        accounts = [one.telling.account for one in told]
        if not TENDER_TYPES.isdisjoint((incident.type, *record.hints, *(account.type for account in accounts))):
            return True
        counted = (*(f.of_whom for f in incident.figures), *(f.expr for f in incident.figures), *(c.of_whom for a in accounts for c in a.counts), *record.hints)
        taking_part = (words for t in told for one in t.telling.account.involved for words in (one.name, one.phrase.of(t.report.text)))
        return any(map(speaks_of_children, (*counted, *taking_part)))

    def _telling(self, told: Sequence[Told], sha256: str, *, tender: bool) -> ClearedTelling:
        of_it = [one for one in told if one.report.sha256 == sha256]
        quoter = self._quoter(of_it[0].report.text, of_it, tender=tender)
        return ClearedTelling(quoter, profile=self.profile, tender=tender)

    def _quoter(self, text: str, told: Sequence[Told], *, tender: bool) -> Quoter:
        accounts = [one.telling.account for one in told]
        return Quoter(text, accounts, profile=self.profile, names=self._names, sites=self._sites, tender=tender)

    def _figure(self, figure: Figure, *, tender: bool) -> Figure:
        few = self.profile.small_counts and is_small(figure)
        return replace(
            tell_few(figure) if few else figure,
            of_whom=None if figure.of_whom is None else self._words(figure.of_whom),
            unit=None if figure.unit is None else self._words(figure.unit),
            expr=FEW if few else self._words(figure.expr),
            speaker=self._speaker(figure.speaker),
            report=clear_report_id(figure.report, profile=self.profile),
            said_at=None if tender and self.profile.tender else figure.said_at,
            corrected_by=None if figure.corrected_by is None else REVIEWER,
        )

    def _name_speaker(self, name: str) -> str:
        return name if self._publishers.holds(name) else self._plain.name(name)

    def _because(self, incident: Incident) -> str:
        """The derivation of the grade, its speakers one by one; a report that is called by its id is called as elsewhere in the record."""
        ids = {f"{_REPORT}{one.report}": clear_report_id(one.report, profile=self.profile) for one in incident.accounts}
        parts = _SAYERS.split(incident.grade_because)
        return "".join(f"{_REPORT}{ids[part]}" if part in ids else part if _SAYERS.fullmatch(part) else self._speaker(part) for part in parts)
