"""A claim as a draft of an entry: pattern, horizon, band and rule where its words give them, else the reason why it is not resolvable as it was said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from waqai.codebook import ActorRegister, Codebook
from waqai.codebook.grade import COMMITTING, NOT_YET
from waqai.codebook.naming import may_be_gathered
from waqai.codebook.strength import Strength, find_words
from waqai.core import Account, Claim, Report, Span
from waqai.expectations.finding import (
    Happening,
    families_of,
    find_acting,
    find_coming,
    find_condition,
    find_country,
    find_direction,
    find_happening,
    find_route,
)
from waqai.expectations.shapes import Coverage, Direction, Draft, Pattern, Route, Rule

LONGEST_HORIZON = 730
"""Days: what lies farther off is not resolved in anybody's time."""
CONDITION_DAYS = 180
"""For so many days a condition without a day may be met."""
AFTER_DAYS = {"rate": 90, "event_study": 7}
"""How long after each reference day is looked, where the words do not say (anchors/patterns.md §6: 90 days for "repeat the attempt"; a week for "days")."""
_WITHIN = re.compile(r"\bwithin\s+(?:the\s+next\s+)?(?:(\d{1,3})|a|an|one)\s+(hour|day|week|month)s?\b", re.IGNORECASE)
_UNIT_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30}


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a draft is made with."""

    table: Strength
    codebook: Codebook
    actors: ActorRegister


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What else the report tells: `country` and `types` of its main incident, where it has one (context, marked so); `accounts` that the claim tells of."""

    accounts: tuple[Account, ...] = ()
    country: str | None = None
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days that words of a claim name, both included; `until`: a bound ("by July"), which begins on the day after the claim."""

    first: date
    last: date
    words: str
    until: bool = False


def draft_claim(claim: Claim, report: Report, told: Told, *, period: Period | None, means: Means) -> Draft:
    """What the claim comes to."""
    return draft_words(claim.content, report, told, period=period, means=means, claim=claim)


def draft_words(
    span: Span, report: Report, told: Told, *, period: Period | None, means: Means, claim: Claim | None = None, route: Route | None = None
) -> Draft:
    """What words of the report come to; without a claim they are in the report's own voice, and a person says so by naming them."""
    words = " ".join(span.of(report.text).split())
    stance = claim.stance if claim is not None else "assesses"
    speaker = claim.speaker_name if claim is not None else report.publisher or "the report"
    meant = route or find_route(words, means.table, looks_ahead=stance in COMMITTING)
    draft = Draft(
        report=report.id,
        report_sha256=report.sha256,
        span=span,
        words=words,
        speaker=speaker,
        speaker_kind="public" if claim is None or may_be_gathered(speaker, actors=means.actors) else "private",
        stance=stance,
        claim=claim.id if claim is not None else None,
        issued=report.published,
        band=means.table.find_band(words, stance=stance, language=(report.language or "en")[:2]),
        route=meant,
    )
    return _with_rule(draft, told, period, means)


def find_within(words: str, *, issued: date) -> Period | None:
    """The days of "within 48 hours", "within two weeks" where a number is written in digits, or "a", "one".

    >>> find_within("an attack within 48 hours", issued=date(2023, 6, 20)).last
    datetime.date(2023, 6, 22)
    """
    found = _WITHIN.search(words)
    if found is None:
        return None
    days = max(1, round(int(found[1] or 1) * _UNIT_DAYS[found[2].lower()]))
    return Period(first=issued + timedelta(days=1), last=issued + timedelta(days=days), words=found[0], until=True)


# -- inside


def _with_rule(draft: Draft, told: Told, period: Period | None, means: Means) -> Draft:
    if draft.issued is None:
        return replace(draft, why_not="its report has no day of publication, so that nobody knows from when on to look")
    conditional = find_condition(draft.words, means.table) if draft.route == "event" else None
    said = conditional[1] if conditional else draft.words
    happening, type_basis = _happening(said, told, draft.route, means)
    if happening is None:
        return replace(
            draft,
            condition_words=conditional[0] if conditional else None,
            why_not="its words name nothing to come about that incidents are coded by",
        )
    notes = [happening.seldom_seen] if happening.seldom_seen else []
    pattern = _pattern(said, happening, type_basis, told, means, whole=draft.words)
    if pattern.country is None:
        return replace(draft, notes=tuple(notes), why_not="neither its words nor its report say in which one country it is to be")
    if pattern.type_basis == "context":
        notes.append(f"what it is about is taken from what its report tells ({', '.join(pattern.types)}): the claim's own words name no happening")
    if pattern.place_basis == "context":
        notes.append(f"the country is that of what its report tells ({pattern.country}): the claim's own words name none")
    condition = None
    if conditional is not None and find_words(conditional[0], means.table.raw.not_met) is not None:
        why_not = f"it is to be where something else does not come about (“{conditional[0]}”): nobody could tell on which day it did not"
        return replace(draft, condition_words=conditional[0], notes=tuple(notes), why_not=why_not)
    if conditional is not None:
        condition = _condition_pattern(conditional[0], pattern, means)
        if condition is None:
            return replace(
                draft,
                condition_words=conditional[0],
                notes=tuple(notes),
                why_not="its condition names no happening: nobody could tell whether it was met",
            )
    if draft.route != "event":
        return _routed(draft, pattern, told, notes, means)
    return _event(draft, pattern, condition, happening, period, tuple(notes), conditional[0] if conditional else None, means)


def _event(
    draft: Draft,
    pattern: Pattern,
    condition: Pattern | None,
    happening: Happening,
    period: Period | None,
    notes: tuple[str, ...],
    condition_words: str | None,
    means: Means,
) -> Draft:
    assert draft.issued is not None
    families = families_of(pattern.types, pattern.families, means.codebook)
    default, named = means.table.default_days(draft.words, families=families)
    horizon, horizon_words = "imputed", f"{default} days, the default of the class {named!r}"
    first, last = draft.issued + timedelta(days=1), draft.issued + timedelta(days=default)
    if period is not None and period.last > draft.issued:
        first = first if period.until else max(first, period.first)
        last, horizon, horizon_words = period.last, "explicit", period.words
    issued, draft = draft.issued, replace(draft, horizon=horizon, horizon_words=horizon_words, condition_words=condition_words, notes=notes)
    if (last - issued).days > LONGEST_HORIZON:
        return replace(draft, why_not=f"its horizon ends on {last}, more than two years on")
    days = (last - issued).days
    if condition is not None:
        first, last = issued + timedelta(days=1), issued + timedelta(days=CONDITION_DAYS)
    rule = Rule(
        route="event",
        pattern=pattern,
        direction=_direction(draft, means),
        first=first,
        last=last,
        days=days,
        absence="unresolvable" if happening.seldom_seen else "no",
        coverage=coverage_of(means.table),
        condition=condition,
        same_people=happening.seldom_seen is not None,
    )
    return replace(draft, rule=rule)


def _routed(draft: Draft, pattern: Pattern, told: Told, notes: Sequence[str], means: Means) -> Draft:
    """A question about many incidents: after each reference, is there another? Its window is all that came before the claim."""
    assert draft.issued is not None
    reference = pattern
    if draft.route == "event_study":
        found = find_happening(_behind_after(draft.words, means.table), means.table)
        if found is None:
            return replace(draft, notes=tuple(notes), why_not="what the days are counted from is no happening that incidents are coded by")
        reference = Pattern(types=found.types, families=found.families, place_basis="words")
    days = AFTER_DAYS[draft.route]
    rule = Rule(
        route=draft.route,
        pattern=pattern,
        direction="more" if draft.route == "event_study" else "occurs",
        first=date.min,
        last=draft.issued,
        days=days,
        absence="unresolvable",
        coverage=coverage_of(means.table),
        condition=reference,
    )
    return replace(draft, rule=rule, horizon="imputed", horizon_words=f"{days} days after each", notes=tuple(notes))


def coverage_of(table: Strength) -> Coverage:
    """What the table asks of the record before silence is a "no"."""
    raw = table.raw.coverage
    return Coverage(reports=raw.reports, of_family=raw.of_family, publishers=raw.publishers, lag_days=raw.lag_days)


def _happening(words: str, told: Told, route: Route, means: Means) -> tuple[Happening | None, str]:
    """What is to come about, and where that is said: the account that the reader coded of the claim, its words, else (of many incidents) its report."""
    types = tuple(dict.fromkeys(account.type for account in told.accounts if account.status.value in NOT_YET))
    if types and route == "event":
        return Happening(types=types, families=()), "account"
    if route == "event":
        return find_coming(words, means.table), "words"
    found = find_happening(words.partition(_after_words(words, means.table))[0] if route == "event_study" else words, means.table)
    if found is not None or not told.types:
        return found, "words"
    return Happening(types=told.types, families=()), "context"


def _pattern(words: str, happening: Happening, type_basis: str, told: Told, means: Means, *, whole: str) -> Pattern:
    wheres = [account.where for account in told.accounts if account.where is not None and account.where.country]
    country, basis, admin1 = find_country(words, means.actors) or find_country(whole, means.actors), "words", None
    if country is None and len({where.country for where in wheres}) == 1:
        country, basis = wheres[0].country, "account"
        provinces = {where.admin1 for where in wheres}
        admin1 = provinces.pop() if len(provinces) == 1 else None
    if country is None:
        country, basis = told.country, "context"
    acting = [one.actor_id for account in told.accounts for one in account.involved if one.role == "initiator" and one.actor_id]
    actor = acting[0] if len(set(acting)) == 1 else find_acting(words, means.actors)
    return Pattern(types=happening.types, families=happening.families, actor=actor, country=country, admin1=admin1, type_basis=type_basis, place_basis=basis)


def _condition_pattern(words: str, pattern: Pattern, means: Means) -> Pattern | None:
    found = find_happening(words, means.table)
    if found is None:
        return None
    country = find_country(words, means.actors)
    return Pattern(
        types=found.types,
        families=found.families,
        actor=find_acting(words, means.actors),
        country=country or pattern.country,
        place_basis="words" if country else pattern.place_basis,
    )


def _direction(draft: Draft, means: Means) -> Direction:
    """Of what is to come, not of its condition: "if they will not talk, attacks will follow"."""
    conditional = find_condition(draft.words, means.table)
    return find_direction(conditional[1] if conditional else draft.words, means.table)


def _after_words(words: str, table: Strength) -> str:
    """The words of the table behind which the reference stands, as they stand in the claim; its end where there is none."""
    lower = words.casefold()
    found = [one for one in table.raw.after if one in lower]
    if not found:
        return "\0"
    first = min(found, key=lambda one: (lower.index(one), -len(one)))
    at = lower.index(first)
    return words[at : at + len(first)]


def _behind_after(words: str, table: Strength) -> str:
    return words.partition(_after_words(words, table))[2]
