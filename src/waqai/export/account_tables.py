"""The tables of accounts and of claims, in long form: one row for each, with the words."""

from __future__ import annotations

import json
from collections.abc import Iterator

from waqai.bounds import Cleared, ClearedAccount, ClearedCount, ClearedInvolvement
from waqai.bounds.counts import FEW
from waqai.export.incident_table import WHEN, WHERE, Precisions
from waqai.export.shapes import Column, Making, Row

_OF = (
    Column(name="id", kind="text", title="id of the account", hxl="#activity+id"),
    Column(name="incident", kind="text", title="id of the incident that it belongs to", hxl="#event+id"),
)
_REPORT = (
    Column(name="report", kind="text", title="id of the report; outside the internal profile made from the one it came in with", hxl="#meta+report+id"),
    Column(name="publisher", kind="text", title="who published the report", hxl="#meta+source+name"),
    Column(name="published", kind="day", title="day of publication", hxl="#date+reported"),
    Column(name="report_title", kind="text", title="title of the report", hxl="#meta+report+name"),
    Column(name="url", kind="text", title="address of the report", hxl="#meta+url"),
    Column(name="language", kind="text", title="language of the report", hxl="#meta+lang"),
    Column(name="terms", kind="text", title="terms under which the report came in", hxl="#meta+license"),
    Column(name="text_origin", kind="text", title="whose wording it is: the outlet's own only where it says original", hxl="#meta+origin"),
)
_TOLD = (
    Column(name="role", kind="text", title="main, part, follow_up or background of the incident", hxl="#meta+role"),
    Column(name="review", kind="text", title="what a person said of the account: accepted or rejected", hxl="#meta+review"),
    Column(name="corrected", kind="truth", title="whether a person corrected a field of it", hxl="#meta+corrected"),
    Column(name="type", kind="text", title="type of happening that it tells", hxl="#event+type"),
    Column(name="family", kind="text", title="family of the type", hxl="#event+type+family"),
    Column(name="status", kind="text", title="what the world did, by this report", hxl="#status"),
    Column(name="background", kind="truth", title="whether it is told as earlier context", hxl="#meta+background"),
    Column(name="attrs", kind="text", title="properties by our codebook, as JSON", hxl="#event+attributes"),
    Column(name="evidence", kind="text", title="the words that tell it", hxl="#description+quote"),
    Column(name="start", kind="integer", title="where they begin in the report's text; internal profile only", hxl="#meta+start"),
    Column(name="end", kind="integer", title="where they end; internal profile only", hxl="#meta+end"),
    Column(name="p", kind="number", title="how sure the reader is of the account, 0 to 1", hxl="#meta+confidence"),
)
_WORDS = (
    Column(name="when_words", kind="text", title="the words of the day", hxl="#description+quote+date"),
    Column(name="where_words", kind="text", title="the words of the place", hxl="#description+quote+loc"),
    Column(name="involved", kind="text", title="who takes part, by role", hxl="#description+actors"),
    Column(name="counts", kind="text", title="what is counted, with the words", hxl="#description+affected"),
    Column(name="said_by", kind="text", title="id of the claim that it is told in; empty: the report's own voice", hxl="#meta+claim+id"),
)
_CLAIM = (
    Column(name="id", kind="text", title="id of the claim", hxl="#meta+claim+id"),
    Column(name="incident", kind="text", title="id of the incident", hxl="#event+id"),
    Column(name="report", kind="text", title="id of the report", hxl="#meta+report+id"),
    Column(name="speaker", kind="text", title="who says it", hxl="#meta+source+name"),
    Column(name="stance", kind="text", title="what the speaker commits to", hxl="#meta+stance"),
    Column(name="cue", kind="text", title="the word that attributes it", hxl="#meta+cue"),
    Column(name="words", kind="text", title="what is said", hxl="#description+quote"),
    Column(name="accounts", kind="text", title="ids of the accounts that it tells of, with blanks between", hxl="#activity+id+list"),
    Column(name="said_by", kind="text", title="id of the claim that it is nested in", hxl="#meta+claim+id+outer"),
)


class AccountShape:
    """One row for each account of an incident."""

    name = "accounts"
    needs_accounts = True
    columns = (*_OF, *_REPORT, *_TOLD, *WHEN, *WHERE, *_WORDS)

    def __init__(self, making: Making) -> None:
        self._precisions = Precisions(making)

    def iter_rows(self, cleared: Cleared) -> Iterator[Row]:
        return (self._row(cleared.incident.id, one) for one in cleared.accounts)

    def _row(self, incident: str, one: ClearedAccount) -> Row:
        report = one.report
        origin = (report.id, report.publisher, report.published, report.title, report.url, report.language, report.terms, report.text_origin)
        attrs = json.dumps(dict(one.attrs), ensure_ascii=False, sort_keys=True) if one.attrs else None
        told = (one.role, one.review, one.corrected, one.type, one.family, one.status, one.background, attrs, one.evidence, one.start, one.end, round(one.p, 3))
        involved = "; ".join(map(_describe_involved, one.involved)) or None
        counts = "; ".join(map(_describe_count, one.counts)) or None
        where = (*self._precisions.when(one.when), *self._precisions.where(one.where))
        return (one.id, incident, *origin, *told, *where, one.when_words, one.where_words, involved, counts, one.said_by)


class ClaimShape:
    """One row for each claim about an incident's accounts."""

    name = "claims"
    needs_accounts = True
    columns = _CLAIM

    def __init__(self, making: Making) -> None:
        """Nothing of the making is needed."""

    def iter_rows(self, cleared: Cleared) -> Iterator[Row]:
        for one in cleared.claims:
            yield (one.id, cleared.incident.id, one.report, one.speaker, one.stance, one.cue, one.words, " ".join(one.accounts) or None, one.said_by)


def _describe_involved(one: ClearedInvolvement) -> str:
    """As "custodian: the Northern Council (suspected)"."""
    return f"{one.role}: {one.name}{f' ({one.modality})' if one.modality else ''}"


def _describe_count(one: ClearedCount) -> str:
    """As "escaped 12 prisoners (“12 prisoners”)"."""
    number = FEW if one.few else _describe_bounds(one)
    counted = " ".join(part for part in (one.unit, one.of_whom) if part)
    return f"{one.measure} {number}{f' {counted}' if counted else ''} (“{' '.join(one.words.split())}”)"


def _describe_bounds(one: ClearedCount) -> str:
    if one.best is not None and one.low == one.best == one.high:
        return f"{one.best:g}"
    high = "" if one.high is None else f"–{one.high:g}"
    return f"{one.low:g}{high or ' or more'}"
