"""Small real nouns for tests: every argument has a default, spans are given as the words they stand on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from waqai.core import (
    Account,
    Claim,
    Count,
    Involvement,
    Notice,
    ReaderStamp,
    Reading,
    Report,
    Span,
    Status,
    When,
    Where,
    account_id,
    claim_id,
    text_sha256,
)

STAMP = ReaderStamp(name="factory", version="1", settings_hash="0" * 16)
TEXT = (
    "The Observatory said on Monday that 12 prisoners escaped from Qalat prison in Tel Salam on 5 March 2021. "
    "Guards of the Northern Council caught two of them near the river, local sources reported."
)
FAMILIES = {
    "escape": "custody_exit",
    "jailbreak": "custody_exit",
    "release": "custody_exit",
    "recapture": "custody_entry",
    "arrest": "custody_entry",
    "prison_riot": "custody_inside",
    "clash": "combat",
    "air_strike": "remote_violence",
    "protest": "unrest",
    "meeting": "diplomacy",
    "aid": "policy_and_aid",
}


def family_of(type: str) -> str:
    """The family of the types that the factories use."""
    return FAMILIES[type]


def span_of(words: str, text: str) -> Span:
    """Where the words first stand in the text. Raises ValueError when they do not."""
    start = text.index(words)
    return Span(start, start + len(words))


def make_report(text: str = TEXT, *, id: str = "r1", published: date | None = date(2021, 3, 8), publisher: str | None = "The Daily", **fields: Any) -> Report:
    """A report of this text, with the right hash."""
    return Report(id=id, text=text, sha256=text_sha256(text), published=published, publisher=publisher, **fields)


def make_when(earliest: date, latest: date | None = None, *, basis: str = "explicit", phrase: Span | None = None, p: float = 0.9) -> When:
    """A day, or the days from `earliest` to `latest`."""
    return When(earliest=earliest, latest=latest or earliest, basis=basis, phrase=phrase or Span(0, 3), p=p, rule="test")


def make_where(name: str = "Tel Salam", *, place_id: str | None = "test:tel-salam", lat: float | None = 36.5, lon: float | None = 40.5, **fields: Any) -> Where:
    """A named town with a point, in a made-up province of Syria."""
    given: dict[str, Any] = {"radius_km": 5.0, "precision": "P1_point", "admin1": "Hasakah", "admin2": None, "country": "SY"}
    given |= {"phrase": Span(0, 3), "p": 0.9, "rule": "test"} | fields
    return Where(name=name, place_id=place_id, lat=lat, lon=lon, **given)


def make_involved(role: str, name: str, *, phrase: Span | None = None, **fields: Any) -> Involvement:
    """Somebody in a role."""
    return Involvement(role=role, name=name, phrase=phrase or Span(0, 3), p=0.9, rule="test", **fields)


def make_count(
    low: float,
    *,
    report: Report,
    words: str,
    measure: str = "escaped",
    of_whom: str | None = "prisoners",
    high: float | None = None,
    kind: str = "exact",
    **fields: Any,
) -> Count:
    """A figure that stands on these words of the report; `high` and `best` are the number itself unless given."""
    phrase = span_of(words, report.text)
    given = {"best": low, "p": 0.9, "rule": "test"} | fields
    return Count(measure=measure, of_whom=of_whom, low=low, high=low if high is None else high, kind=kind, phrase=phrase, **given)


def make_account(
    report: Report | None = None,
    *,
    type: str = "escape",
    words: str | None = None,
    status: str = "occurred",
    key: str = "1",
    stamp: ReaderStamp = STAMP,
    when: When | None = None,
    where: Where | None = None,
    counts: Sequence[Count] = (),
    involved: Sequence[Involvement] = (),
    attrs: Mapping[str, str | bool] | None = None,
    **fields: Any,
) -> Account:
    """An account of the report that stands on these words (without any: on the whole text)."""
    told = report or make_report()
    evidence = span_of(words or told.text, told.text)
    return Account(
        id=account_id(report_sha256=told.sha256, reader=stamp, evidence=evidence, type=type),
        key=key,
        report=told.id,
        type=type,
        status=Status(value=status, phrase=evidence, p=0.9, rule="test"),
        evidence=evidence,
        p=0.8,
        rule="test",
        when=when,
        where=where,
        attrs=attrs or {},
        counts=tuple(counts),
        involved=tuple(involved),
        **fields,
    )


def make_claim(
    report: Report | None = None,
    *,
    speaker: str = "The Observatory",
    cue: str = "said",
    content: str | None = None,
    stance: str = "reports",
    accounts: Sequence[str] = (),
    stamp: ReaderStamp = STAMP,
    **fields: Any,
) -> Claim:
    """A claim of the report; speaker, cue and content are words of its text (a speaker who is not in it has no span; no content: the cue's own span)."""
    told = report or make_report()
    cue_span = span_of(cue, told.text)
    content_span = span_of(content, told.text) if content else cue_span
    given = {
        "id": claim_id(report_sha256=told.sha256, reader=stamp, cue=cue_span, content=content_span),
        "speaker": span_of(speaker, told.text) if speaker in told.text else None,
        "p": 0.9,
        "rule": "test",
    }
    return Claim(report=told.id, speaker_name=speaker, cue=cue_span, stance=stance, content=content_span, accounts=tuple(accounts), **(given | fields))


def make_reading(
    report: Report | None = None,
    *,
    accounts: Sequence[Account] = (),
    claims: Sequence[Claim] = (),
    notices: Sequence[Notice] = (),
    stamp: ReaderStamp = STAMP,
) -> Reading:
    """A reading of the report by this reader."""
    told = report or make_report()
    return Reading(report=told.id, report_sha256=told.sha256, reader=stamp, claims=tuple(claims), accounts=tuple(accounts), notices=tuple(notices))
