"""A record as a profile lets it be seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import unquote, urlsplit

from waqai.bounds.cleared import Cleared, ClearedAccount, ClearedClaim, ClearedCount, ClearedIncident, ClearedInvolvement, ClearedReport, HeldBack
from waqai.bounds.counts import FEW, is_small, speaks_of_children, tell_few
from waqai.bounds.names import WITHHELD, NameMask
from waqai.bounds.places import coarsen, is_town, to_admin1
from waqai.bounds.profiles import FRESH_FAMILIES, TENDER_TYPES, Profile
from waqai.bounds.quoting import FACILITY, Quoter
from waqai.bounds.times import is_fresh, to_month
from waqai.core import ActorNames, Claim, Count, Figure, Incident, Involvement, PlaceNames, Report, When, Where, short_hash
from waqai.folding.records import NotToLeave, Record, Told

REVIEWER = "a reviewer"
"""Who corrected a figure, outside the internal profile."""
SOMEWHERE = "[address withheld]"


class Bounds:
    """Applies one profile, as of one instant. May be used by several threads."""

    def __init__(self, profile: Profile, *, places: PlaceNames, actors: ActorNames, at: datetime) -> None:
        """`at`: the instant from which 72 hours are counted back (UTC)."""
        self.profile, self._at, self._names = profile, at, NameMask(places=places, actors=actors)

    def clear(self, record: Record | NotToLeave) -> Cleared | HeldBack:
        """The record with everything changed or left out that the profile does not let be seen; HeldBack where nothing of it may be."""
        if isinstance(record, NotToLeave):
            return HeldBack(incident=record.incident, reason="terms")
        incident = record.incident
        if self.profile.holds_back and record.family in FRESH_FAMILIES and is_fresh(incident.when, since=record.since, at=self._at):
            return HeldBack(incident=incident.id, reason="fresh")
        tender = self._is_tender(incident, record.told)
        quoters = {told.report.sha256: told for told in record.told}
        quoter = {sha: self._quoter(told.report, record.told, tender=tender) for sha, told in quoters.items()}
        accounts = tuple(self._account(told, quoter[told.report.sha256], tender=tender) for told in record.told)
        claims = tuple(claim for told in record.told for claim in self._claims(told, quoter[told.report.sha256]))
        return Cleared(incident=self.clear_incident(incident, tender=tender), family=record.family, accounts=accounts, claims=tuple(dict.fromkeys(claims)))

    def clear_incident(self, incident: Incident, *, tender: bool) -> ClearedIncident:
        """The incident alone; `tender`: it is told by area and month only."""
        if not (self.profile.coarse or self.profile.masks_names):
            return ClearedIncident(incident)
        named = tuple(replace(one, report=self._report_id(one.report)) for one in incident.accounts)
        return ClearedIncident(
            replace(
                incident,
                grade_because=self._names.mask(incident.grade_because),
                when=self._when(incident.when, tender=tender),
                where=self._where(incident.where, tender=tender),
                accounts=named,
                figures=tuple(self._figure(one) for one in incident.figures),
            )
        )

    # -- inside

    def _is_tender(self, incident: Incident, told: Sequence[Told]) -> bool:
        if not self.profile.tender:
            return False
        counted = (*(f.of_whom for f in incident.figures), *(f.expr for f in incident.figures))
        taking_part = (one.name for t in told for one in t.telling.account.involved if one.role in ("victim", "person_held", "target"))
        return incident.type in TENDER_TYPES or any(map(speaks_of_children, (*counted, *taking_part)))

    def _quoter(self, report: Report, told: Sequence[Told], *, tender: bool) -> Quoter:
        accounts = [one.telling.account for one in told if one.report.sha256 == report.sha256]
        return Quoter(report.text, accounts, profile=self.profile, names=self._names, tender=tender)

    def _when(self, when: When | None, *, tender: bool) -> When | None:
        return to_month(when) if when is not None and tender else when

    def _where(self, where: Where | None, *, tender: bool) -> Where | None:
        if where is None or not self.profile.coarse:
            return where
        return to_admin1(where) if tender else coarsen(where)

    def _figure(self, figure: Figure) -> Figure:
        few = self.profile.small_counts and is_small(figure)
        told = tell_few(figure) if few else figure
        of_whom, speaker = self._of_whom(figure.of_whom), self._speaker(figure.speaker)
        by = REVIEWER if figure.corrected_by is not None else None
        return replace(
            told, of_whom=of_whom, speaker=speaker, expr=FEW if few else self._words(figure.expr), report=self._report_id(figure.report), corrected_by=by
        )

    def _of_whom(self, of_whom: str | None) -> str | None:
        return None if of_whom is None else self._words(of_whom)

    def _speaker(self, name: str) -> str:
        return self._names.mask_name(name)

    def _words(self, words: str) -> str:
        return self._names.mask(words)

    def _report_id(self, report: str) -> str:
        """Where ids are files' names, they tell of persons: outside the house a report is called by a hash of its id."""
        return f"r-{short_hash('report', report, length=12)}" if self.profile.masks_names else report

    def _report(self, report: Report, quoter: Quoter) -> ClearedReport:
        title = None if report.title is None else quoter.mask(report.title)
        publisher = None if report.publisher is None else quoter.name(report.publisher)
        return ClearedReport(
            id=self._report_id(report.id),
            publisher=publisher,
            published=report.published,
            title=title,
            url=self._address(report, quoter),
            language=report.language,
            terms=report.terms,
            text_origin=report.text_origin,
        )

    def _address(self, report: Report, quoter: Quoter) -> str | None:
        """The address; its host alone where its path holds a word that is masked elsewhere in the report or its title."""
        if report.url is None or not self.profile.masks_names:
            return report.url
        parts = urlsplit(report.url)
        if not parts.hostname:
            return SOMEWHERE
        said = set(re.findall(r"[^\W_]+", unquote(f"{parts.path} {parts.query} {parts.fragment}").casefold()))
        return f"{parts.scheme}://{parts.hostname}/" if said & quoter.hidden_words(report.title or "") else report.url

    def _account(self, told: Told, quoter: Quoter, *, tender: bool) -> ClearedAccount:
        telling, account = told.telling, told.telling.account
        whole = not (self.profile.masks_names or self.profile.small_counts)
        when, where = account.when, account.where
        return ClearedAccount(
            id=account.id,
            report=self._report(told.report, quoter),
            role=telling.role,
            review=telling.review,
            corrected=telling.corrected,
            type=account.type,
            family=telling.family,
            status=account.status.value,
            attrs=dict(account.attrs),
            background=account.background,
            evidence=quoter.quote(account.evidence),
            start=account.evidence.start if whole else None,
            end=account.evidence.end if whole else None,
            p=account.p,
            when=self._when(when, tender=tender),
            when_words=None if when is None or tender else quoter.quote(when.phrase),
            where=self._where(where, tender=tender),
            where_words=None if where is None or tender else self._place_words(where, quoter),
            involved=tuple(self._involvement(one, quoter) for one in account.involved),
            counts=tuple(self._count(one, words, quoter) for one, words in zip(account.counts, telling.count_words, strict=True)),
            said_by=account.said_by,
        )

    def _place_words(self, where: Where, quoter: Quoter) -> str:
        return FACILITY if self.profile.coarse and not is_town(where) and where.precision in ("P1_point", "P2_near") else quoter.quote(where.phrase)

    def _involvement(self, one: Involvement, quoter: Quoter) -> ClearedInvolvement:
        hidden = one.role == "facility" and self.profile.coarse
        name = quoter.mask(FACILITY if hidden and quoter.names_one(one.name) else one.name) if hidden else quoter.name(one.name)
        words = FACILITY if name == FACILITY else quoter.quote(one.phrase)
        return ClearedInvolvement(role=one.role, name=name, actor_id=one.actor_id, modality=one.modality, words=words, said_by=one.said_by)

    def _count(self, count: Count, words: str, quoter: Quoter) -> ClearedCount:
        few = self.profile.small_counts and is_small(count)
        told = tell_few(count) if few else count
        return ClearedCount(
            measure=count.measure,
            of_whom=None if count.of_whom is None else quoter.mask(count.of_whom),
            unit=count.unit,
            low=told.low,
            best=told.best,
            high=told.high,
            kind=count.kind,
            words=FEW if few else quoter.mask(words),
            few=few,
            said_by=count.said_by,
        )

    def _claims(self, told: Told, quoter: Quoter) -> Iterable[ClearedClaim]:
        about = told.telling.account.id
        chosen = [claim for claim in told.telling.claims.values() if about in claim.accounts or claim.id == told.telling.account.said_by]
        return (self._claim(claim, told, quoter) for claim in chosen)

    def _claim(self, claim: Claim, told: Told, quoter: Quoter) -> ClearedClaim:
        return ClearedClaim(
            id=claim.id,
            report=self._report_id(told.report.id),
            speaker=quoter.name(claim.speaker_name),
            stance=claim.stance,
            cue=claim.cue.of(told.report.text) if WITHHELD not in quoter.quote(claim.cue) else WITHHELD,
            words=quoter.quote(claim.content),
            accounts=claim.accounts,
            said_by=claim.said_by,
        )
