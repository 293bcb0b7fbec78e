"""One report's part of a record, as a profile lets it be seen: its accounts, its claims, and the report that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from waqai.bounds.cleared import ClearedAccount, ClearedClaim, ClearedCount, ClearedInvolvement, ClearedReport
from waqai.bounds.common import is_common, is_known_word
from waqai.bounds.counts import FEW, is_small, tell_few
from waqai.bounds.places import coarsen, is_town, to_admin1
from waqai.bounds.profiles import Profile
from waqai.bounds.publishers import is_outlet
from waqai.bounds.quoting import FACILITY, Quoter
from waqai.bounds.rows import WITHHELD
from waqai.bounds.times import to_month
from waqai.core import ADDED, CORRECTED, AttrValue, Claim, Count, Involvement, Report, When, Where, host_of, short_hash
from waqai.folding.records import Told

SOMEWHERE = "[address withheld]"
_CODE = re.compile(r"[a-z0-9_]*")
_LETTERS = re.compile(r"[^\W\d_]+")
_LICENCE = re.compile(r"(?i)(?:cc|creative commons|public domain|open (?:government|data|database)|odbl|ogl|mit|all rights reserved)\b[\w .,/()-]*")
SHORT = 3
"""Letters of a word of an address that tell nothing."""


class ClearedTelling:
    """Clears what one report tells of one incident."""

    def __init__(self, quoter: Quoter, *, profile: Profile, tender: bool) -> None:
        self._quoter, self._profile, self._tender = quoter, profile, tender and profile.tender
        self._report: ClearedReport | None = None

    def account(self, told: Told) -> ClearedAccount:
        """An account with its report and its words."""
        telling, account = told.telling, told.telling.account
        whole, quoter = not (self._profile.masks_names or self._profile.small_counts), self._quoter
        when, where = account.when, account.where
        return ClearedAccount(
            id=account.id,
            report=self.report(told.report),
            role=telling.role,
            review=telling.review,
            corrected=telling.corrected,
            type=account.type,
            family=telling.family,
            status=account.status.value,
            attrs={name: self._attr(value) for name, value in account.attrs.items()},
            background=account.background,
            evidence=quoter.quote(account.evidence),
            start=account.evidence.start if whole else None,
            end=account.evidence.end if whole else None,
            p=account.p,
            when=clear_when(when, profile=self._profile, tender=self._tender),
            when_words=None if when is None or self._tender else quoter.quote(when.phrase),
            where=clear_where(where, profile=self._profile, tender=self._tender),
            where_words=None if where is None or self._tender else self._place_words(where),
            involved=tuple(map(self._involvement, account.involved)),
            counts=tuple(self._count(one, words) for one, words in zip(account.counts, telling.count_words, strict=True)),
            said_by=account.said_by,
        )

    def iter_claims(self, told: Told) -> Iterator[ClearedClaim]:
        """The claims that an account is told in."""
        about = told.telling.account
        for claim in told.telling.claims.values():
            if about.id in claim.accounts or claim.id == about.said_by:
                yield self._claim(claim, told.report)

    def report(self, report: Report) -> ClearedReport:
        """The report without its text; made once, as all accounts of the telling stand in it."""
        self._report = self._report or self._make_report(report)
        return self._report

    # -- inside

    def _make_report(self, report: Report) -> ClearedReport:
        profile, host = self._profile, host_of(report.url)
        title = None if report.title is None else self._quoter.title(report.title)
        return ClearedReport(
            id=clear_report_id(report.id, profile=profile),
            publisher=None if report.publisher is None else self._publisher(report.publisher, [host] if host else []),
            published=None if self._tender else report.published,
            title=title,
            url=self._address(report, title or ""),
            language=report.language,
            terms=report.terms if report.terms is None or _LICENCE.fullmatch(report.terms) else self._quoter.mask(report.terms),
            text_origin=report.text_origin,
        )

    def _publisher(self, name: str, hosts: Sequence[str]) -> str:
        return name if is_outlet(name, hosts) else self._quoter.name(name)

    def _address(self, report: Report, title: str) -> str | None:
        """The address; its host alone where its path holds a word that is neither common nor shown in the report, or where days are not told."""
        if report.url is None or not self._profile.masks_names:
            return report.url
        host = host_of(report.url)
        if host is None or self._quoter.hides(word for word in self._quoter.words if len(word) > SHORT and word in host):
            return SOMEWHERE
        parts = urlsplit(report.url)
        said = set(_LETTERS.findall(unquote(f"{parts.path} {parts.query} {parts.fragment}").casefold())) - set(_LETTERS.findall(title.casefold()))
        odd = {word for word in said if len(word) >= SHORT and not is_common(word) and not is_known_word(word)}
        plain = odd <= self._quoter.words and not self._quoter.hides(odd)
        return report.url if plain and not self._tender and parts.username is None else f"{parts.scheme}://{host}/"

    def _attr(self, value: AttrValue) -> AttrValue:
        """An attribute's value: one of the codebook's, which are written small; anything else might be anybody's words."""
        kept = isinstance(value, bool) or not self._profile.masks_names or _CODE.fullmatch(value)
        return value if kept else WITHHELD

    def _place_words(self, where: Where) -> str:
        hidden = self._profile.coarse and not is_town(where) and where.precision in ("P1_point", "P2_near")
        return FACILITY if hidden else self._quoter.quote(where.phrase)

    def _involvement(self, one: Involvement) -> ClearedInvolvement:
        hidden = one.role == "facility" and self._profile.coarse and self._quoter.names_one(one.name)
        name = FACILITY if hidden else self._quoter.name(one.name)
        return ClearedInvolvement(
            role=one.role,
            name=self._quoter.mask_few(name),
            actor_id=one.actor_id,
            modality=one.modality,
            words=FACILITY if hidden else self._quoter.quote(one.phrase),
            said_by=one.said_by,
        )

    def _count(self, count: Count, words: str) -> ClearedCount:
        few = self._profile.small_counts and is_small(count)
        told = tell_few(count) if few else count
        return ClearedCount(
            measure=count.measure,
            of_whom=None if count.of_whom is None else self._quoter.mask(count.of_whom),
            unit=None if count.unit is None else self._quoter.mask(count.unit),
            low=told.low,
            best=told.best,
            high=told.high,
            kind=count.kind,
            words=FEW if few else self._quoter.mask(words),
            few=few,
            said_by=count.said_by,
        )

    def _claim(self, claim: Claim, report: Report) -> ClearedClaim:
        name = claim.speaker_name
        printed = name == report.publisher and is_outlet(name, [host] if (host := host_of(report.url)) else [])
        return ClearedClaim(
            id=claim.id,
            report=clear_report_id(report.id, profile=self._profile),
            speaker=name if printed else self._quoter.name(name),
            stance=claim.stance,
            cue=self._quoter.quote(claim.cue),
            words=self._quoter.quote(claim.content),
            accounts=claim.accounts,
            said_by=claim.said_by,
        )


@lru_cache(maxsize=65_536)
def clear_report_id(report: str, *, profile: Profile) -> str:
    """Where ids are files' names, they tell of persons: outside the house a report is called by a hash of its id."""
    return f"r-{short_hash('report', report, length=12)}" if profile.masks_names else report


def clear_when(when: When | None, *, profile: Profile, tender: bool) -> When | None:
    """The days, or their months; not who corrected them."""
    if when is not None and tender:
        return to_month(when)
    given = when is not None and profile.masks_names and when.rule.startswith((ADDED, CORRECTED))
    return replace(when, rule="given by a person") if when is not None and given else when


def clear_where(where: Where | None, *, profile: Profile, tender: bool) -> Where | None:
    """The place as coarse as the profile wants it."""
    if where is None or not profile.coarse:
        return where
    return to_admin1(where) if tender else coarsen(where)
