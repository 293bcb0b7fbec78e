"""A draft as a person completes or changes it: what the words do not give is said by hand, and marked so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from waqai.codebook.strength import Band
from waqai.core import NotPossible
from waqai.expectations.drafting import AFTER_DAYS, Means, coverage_of
from waqai.expectations.finding import families_of
from waqai.expectations.shapes import DIRECTIONS, ROUTES, Draft, Pattern, Route, Rule

BY_HAND = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a person says of a draft; None leaves it as it is. `what` are types or families of the codebook, `low` and `high` the band."""

    route: str | None = None
    what: tuple[str, ...] = ()
    country: str | None = None
    admin1: str | None = None
    actor: str | None = None
    direction: str | None = None
    since: date | None = None
    until: date | None = None
    days: int | None = None
    low: float | None = None
    high: float | None = None
    speakers: int | None = None
    after: tuple[str, ...] = ()
    silence: str | None = None


def adjust(draft: Draft, given: Given, *, means: Means) -> Draft:
    """The draft with what was given. Raises NotPossible for what the codebook does not know, and for days that cannot be."""
    if given == Given():
        return draft
    if draft.issued is None:
        raise NotPossible(draft.why_not or "its report has no day of publication")
    route: Route = _chosen(given.route, ROUTES, "route") or draft.route  # type: ignore[assignment]
    pattern = _pattern(draft, given, means)
    if not pattern.types and not pattern.families:
        raise NotPossible(f"{draft.why_not or 'it names no happening'}; say what is to come about (--type)")
    if pattern.country is None:
        raise NotPossible(f"{draft.why_not or 'it names no country'}; say in which country (--country)")
    rule = _rule(draft, given, pattern, route, means)
    horizon, words = draft.horizon, draft.horizon_words
    if given.until or given.since or given.days:
        horizon, words = BY_HAND, "as a person set it"
    elif draft.rule is None or draft.rule.route != route:
        horizon, words = "imputed", f"{rule.days} days{'' if route == 'event' else ' after each'}, a default"
    return replace(draft, route=route, rule=rule, band=_band(draft, given), horizon=horizon, horizon_words=words, why_not=None)


# -- inside


def _pattern(draft: Draft, given: Given, means: Means) -> Pattern:
    pattern = draft.rule.pattern if draft.rule is not None else Pattern(country=None)
    if given.what:
        types, families = _sorted_out(given.what, means)
        pattern = replace(pattern, types=types, families=families, type_basis=BY_HAND)
    if given.country is not None:
        pattern = replace(pattern, country=_country(given.country), admin1=None, place_basis=BY_HAND)
    if given.admin1 is not None:
        pattern = replace(pattern, admin1=given.admin1.strip() or None, place_basis=BY_HAND)
    if given.actor is not None:
        pattern = replace(pattern, actor=_actor(given.actor, means.actors.find_actor, means))
    return pattern


def _rule(draft: Draft, given: Given, pattern: Pattern, route: Route, means: Means) -> Rule:
    assert draft.issued is not None
    families = families_of(pattern.types, pattern.families, means.codebook)
    kept = draft.rule if draft.rule is not None and draft.rule.route == route else None
    default = means.table.default_days(draft.words, families=families)[0] if route == "event" else AFTER_DAYS[route]
    days = given.days or (kept.days if kept else default)
    first = given.since or (kept.first if kept else draft.issued + timedelta(days=1))
    last = given.until or (draft.issued + timedelta(days=days) if given.days or kept is None else kept.last)
    condition = _condition(given, pattern, route, kept, means)
    if route != "event":
        first, last = date.min, draft.issued
    elif last < first:
        raise NotPossible(f"the days that count would end ({last}) before they begin ({first})")
    return Rule(
        route=route,
        pattern=pattern,
        direction=_chosen(given.direction, DIRECTIONS, "direction") or (kept.direction if kept else "occurs"),  # type: ignore[arg-type]
        first=first,
        last=last,
        days=(last - draft.issued).days if route == "event" and condition is None else days,
        absence=_chosen(given.silence, ("no", "unresolvable"), "meaning of silence") or (kept.absence if kept else "no"),  # type: ignore[arg-type]
        coverage=kept.coverage if kept else coverage_of(means.table),
        condition=condition,
        same_people=kept is not None and kept.same_people and not given.what,
        speakers=max(1, given.speakers or (kept.speakers if kept else 1)),
    )


def _condition(given: Given, pattern: Pattern, route: str, kept: Rule | None, means: Means) -> Pattern | None:
    if given.after:
        types, families = _sorted_out(given.after, means)
        country = pattern.country if route != "event_study" else None
        return Pattern(types=types, families=families, country=country, type_basis=BY_HAND, place_basis=BY_HAND)
    if kept is not None:
        moved = route == "rate" and kept.condition is not None
        return replace(pattern) if moved else kept.condition
    if route == "event_study":
        raise NotPossible("say what the days are counted from (--after meeting)")
    return pattern if route == "rate" else None


def _band(draft: Draft, given: Given) -> Band:
    if given.low is None and given.high is None:
        return draft.band
    low, high = (draft.band.low if given.low is None else given.low), (draft.band.high if given.high is None else given.high)
    if not 0 < low < high < 1:
        raise NotPossible(f"a band goes from a low to a high probability between 0 and 1, not from {low} to {high}")
    return Band(word=draft.band.word, low=low, high=high, basis=BY_HAND, version=draft.band.version)


def _sorted_out(named: tuple[str, ...], means: Means) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(types, families) of these names. Raises NotPossible for one that is neither."""
    codebook = means.codebook
    for one in named:
        if one not in codebook.types and one not in codebook.families:
            raise NotPossible(f"{one!r} is no type or family of the codebook; `waqai codebook` lists them")
    return tuple(one for one in named if one in codebook.types), tuple(one for one in named if one not in codebook.types)


def _country(letters: str) -> str:
    said = letters.strip().upper()
    if len(said) != 2 or not said.isalpha() or not said.isascii():
        raise NotPossible(f"{letters!r} is no country; write its two letters, as SY")
    return said


def _actor(named: str, find_actor: Callable[[str], str | None], means: Means) -> str | None:
    said = named.strip()
    if not said:
        return None
    found = said if said in means.actors.actors else find_actor(said)
    if found is None:
        raise NotPossible(f"{named!r} is no body of the register of actors; leave it out, or name one of them")
    return found


def _chosen(said: str | None, among: tuple[str, ...], what: str) -> str | None:
    if said is not None and said not in among:
        raise NotPossible(f"there is no {what} {said!r}; there are {', '.join(among)}")
    return said
