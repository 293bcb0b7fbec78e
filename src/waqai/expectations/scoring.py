"""Scores of resolved expectations, as intervals over their bands, beside the base rate; calibration by strength word; nothing where there is too little.

Brier score (p - y)² (Brier 1950) and logarithmic score -ln p of what came true (Good 1952), p held within CLIPPED. Words are no number: each score is the
lowest and the highest that the band allows, and no score in between is claimed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from waqai.expectations.register import Registered
from waqai.expectations.resolving import rests_on_incidents
from waqai.expectations.seeking import BaseRate
from waqai.expectations.shapes import Frozen

CLIPPED = (0.01, 0.99)
"""Probabilities of the logarithmic score are held within these: one word that was wrong outweighs no more than a hundred that were right."""
FEWEST_OF_SPEAKER = 10
"""Under so many resolved expectations a speaker gets no score."""
FEWEST_WINDOWS = 3
"""Under so many windows that the record covers there is no base rate."""
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """From `low` to `high`, both included."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """An entry with its scores: over its band, and of the base rate (None: too few windows to tell one)."""

    id: str
    came_true: bool
    brier: Interval
    log: Interval
    base: BaseRate
    base_brier: float | None
    base_log: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Means over entries. `n` entries in `clusters` (those about one thing count together there); the base's means are over the `with_base` that have one, and
    `brier_beside_base` is the band's over the same ones."""

    n: int
    clusters: int
    brier: Interval | None
    log: Interval | None
    with_base: int
    base_brier: float | None
    base_log: float | None
    brier_beside_base: Interval | None

    @property
    def verdict(self) -> str:
        """Against the base rate, in words."""
        if self.base_brier is None or self.brier_beside_base is None:
            return "no base rate to be held against"
        if self.brier_beside_base.high < self.base_brier:
            return "better than the base rate, wherever in their bands the words lie"
        if self.brier_beside_base.low > self.base_brier:
            return "worse than the base rate, wherever in their bands the words lie"
        return "it depends on where in their bands the words lie whether this beats the base rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A strength word: `n` entries in `clusters`, `yes` of them came true; `share` is the 95 % interval of that share (Wilson 1927), beside the band."""

    word: str
    n: int
    clusters: int
    yes: int
    share: Interval
    band: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerScore:
    """A body or public office, with its scores once FEWEST_OF_SPEAKER of its expectations are resolved. `shown` says why there are none before."""

    speaker: str
    n: int
    summary: Summary | None
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """All that there is to say. `states` counts every entry of the register by state; `late` of them are marked so; `private` speakers are in no list."""

    registered: int
    states: Mapping[str, int]
    late: int
    routed: int
    scored: tuple[Scored, ...]
    summary: Summary
    words: tuple[Calibration, ...]
    speakers: tuple[SpeakerScore, ...]
    private: int
    cited: int
    resolved: int
    """Of `resolved` entries (yes, no) `cited` cite incidents or say why none is needed."""


def score_all(entries: Sequence[Registered], *, base_of: Callable[[Frozen], BaseRate], key_of: Callable[[str], str] = str.casefold) -> Scores:
    """Scores of these entries of a register. `base_of` gives an entry's base rate, `key_of` what two names of one speaker share."""
    counted = [one for one in entries if one.is_scored]
    clusters = cluster(counted)
    scored = {one.id: score_one(one, base_of(one.frozen)) for one in counted}
    resolved = [one for one in entries if one.state in ("yes", "no") and one.resolution is not None]
    return Scores(
        registered=len(entries),
        states=_count(one.state for one in entries),
        late=sum(one.frozen.late for one in entries),
        routed=sum(one.frozen.rule.route != "event" for one in entries),
        scored=tuple(scored.values()),
        summary=summarise([scored[one.id] for one in counted], clusters=len(set(clusters.values()))),
        words=tuple(_calibrate(counted, clusters)),
        speakers=tuple(_by_speaker(counted, scored, clusters, key_of)),
        private=sum(one.frozen.speaker_kind != "public" for one in counted),
        cited=sum(_is_grounded(one) for one in resolved),
        resolved=len(resolved),
    )


def score_one(one: Registered, base: BaseRate) -> Scored:
    """The scores of an entry that came out as yes or no."""
    assert one.resolution is not None
    came_true, band = one.resolution.outcome == "yes", one.frozen.band
    share = _base_share(one.frozen, base)
    return Scored(
        id=one.id,
        came_true=came_true,
        brier=score_band(brier, band.low, band.high, came_true=came_true),
        log=score_band(log_score, band.low, band.high, came_true=came_true),
        base=base,
        base_brier=None if share is None else brier(share, came_true=came_true),
        base_log=None if share is None else log_score(share, came_true=came_true),
    )


def brier(p: float, *, came_true: bool) -> float:
    """(p - y)²: 0 is best, 1 worst, 0.25 what "fifty-fifty" always gets.

    >>> brier(0.75, came_true=True)
    0.0625
    """
    return (p - came_true) ** 2


def log_score(p: float, *, came_true: bool) -> float:
    """-ln of the probability of what came true, in nats, p held within CLIPPED: 0 is best.

    >>> round(log_score(1.0, came_true=False), 3)
    4.605
    """
    held = min(max(p, CLIPPED[0]), CLIPPED[1])
    return -math.log(held if came_true else 1 - held)


def score_band(score: Callable[..., float], low: float, high: float, *, came_true: bool) -> Interval:
    """The lowest and the highest score that a probability of the band gets; both scores grow with the distance from what came true.

    >>> score_band(brier, 0.65, 0.85, came_true=True)
    Interval(low=0.0225, high=0.1225)
    """
    ends = sorted(round(score(p, came_true=came_true), 10) for p in (low, high))
    return Interval(low=ends[0], high=ends[1])


def summarise(scored: Sequence[Scored], *, clusters: int) -> Summary:
    """Means: of the low ends and of the high ends of the intervals."""
    based = [one for one in scored if one.base_brier is not None]
    return Summary(
        n=len(scored),
        clusters=clusters,
        brier=_mean_interval([one.brier for one in scored]),
        log=_mean_interval([one.log for one in scored]),
        with_base=len(based),
        base_brier=_mean([one.base_brier for one in based if one.base_brier is not None]),
        base_log=_mean([one.base_log for one in based if one.base_log is not None]),
        brier_beside_base=_mean_interval([one.brier for one in based]),
    )


def wilson(yes: int, n: int) -> Interval:
    """The 95 % score interval of a share (Wilson 1927, eq. 3; Brown, Cai and DasGupta 2001).

    >>> wilson(0, 3)
    Interval(low=0.0, high=0.5615)
    """
    if n == 0:
        return Interval(low=0.0, high=1.0)
    share, z = yes / n, _Z**2 / n
    middle, half = share + z / 2, _Z * math.sqrt(share * (1 - share) / n + z / (4 * n))
    return Interval(low=max(0.0, round((middle - half) / (1 + z), 4)), high=min(1.0, round((middle + half) / (1 + z), 4)))


def cluster(entries: Sequence[Registered]) -> dict[str, int]:
    """The number of each entry's cluster, by id: entries that cite one incident, or ask for the same types in the same country with days in common, stand or
    fall together and are one observation rather than many."""
    leaders = list(range(len(entries)))

    def lead(n: int) -> int:
        while leaders[n] != n:
            n = leaders[n]
        return n

    for n, one in enumerate(entries):
        for m in range(n):
            if _go_together(one, entries[m]):
                leaders[lead(n)] = lead(m)
    return {one.id: lead(n) for n, one in enumerate(entries)}


# -- inside


def _is_grounded(one: Registered) -> bool:
    """Whether it cites incidents, or says why none is needed where it rests on none."""
    assert one.resolution is not None
    said = one.resolution
    return bool(said.cited) or (not rests_on_incidents(one.frozen.rule, said.outcome) and bool(said.why))


def _go_together(one: Registered, other: Registered) -> bool:
    cited = [{cited.incident for cited in each.resolution.cited} if each.resolution else set() for each in (one, other)]
    if cited[0] & cited[1]:
        return True
    mine, theirs = one.frozen.rule, other.frozen.rule
    if mine.pattern.country != theirs.pattern.country or not _share(mine.pattern.types, theirs.pattern.types, mine.pattern.families, theirs.pattern.families):
        return False
    return mine.first <= _end(theirs) and theirs.first <= _end(mine)


def _share(types: Sequence[str], others: Sequence[str], families: Sequence[str], other_families: Sequence[str]) -> bool:
    return bool(set(types) & set(others) or set(families) & set(other_families))


def _end(rule: object) -> date:
    last, days = rule.last, rule.days if rule.condition is not None else 0  # type: ignore[attr-defined]
    end: date = last + timedelta(days=days)
    return end


def _base_share(frozen: Frozen, base: BaseRate) -> float | None:
    """How often the statement would have been true before: of "it will not be" the share of windows without."""
    if base.windows < FEWEST_WINDOWS or base.share is None or frozen.rule.direction in ("more", "fewer"):
        return None
    return 1 - base.share if frozen.rule.direction == "does_not" else base.share


def _calibrate(counted: Sequence[Registered], clusters: Mapping[str, int]) -> Iterable[Calibration]:
    by_word: dict[tuple[str, float, float], list[Registered]] = {}
    for one in counted:
        band = one.frozen.band
        by_word.setdefault((band.word, band.low, band.high), []).append(one)
    for (word, low, high), some in sorted(by_word.items(), key=lambda item: (-item[0][1], item[0])):
        yes = sum(one.state == "yes" for one in some)
        groups = len({clusters[one.id] for one in some})
        yield Calibration(word=word, n=len(some), clusters=groups, yes=yes, share=wilson(yes, len(some)), band=Interval(low=low, high=high))


def _by_speaker(
    counted: Sequence[Registered], scored: Mapping[str, Scored], clusters: Mapping[str, int], key_of: Callable[[str], str]
) -> Iterable[SpeakerScore]:
    """Bodies and public offices by name; nobody else is listed."""
    found: dict[str, list[Registered]] = {}
    for one in counted:
        if one.frozen.speaker_kind == "public":
            found.setdefault(key_of(one.frozen.speaker), []).append(one)
    for some in sorted(found.values(), key=lambda some: some[0].frozen.speaker.casefold()):
        enough = len(some) >= FEWEST_OF_SPEAKER
        summary = summarise([scored[one.id] for one in some], clusters=len({clusters[one.id] for one in some})) if enough else None
        shown = "" if enough else f"no score: {len(some)} resolved, {FEWEST_OF_SPEAKER} are needed"
        yield SpeakerScore(speaker=some[0].frozen.speaker, n=len(some), summary=summary, shown=shown)


def _count(states: Iterable[str]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for state in states:
        counted[state] = counted.get(state, 0) + 1
    return dict(sorted(counted.items()))


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _mean_interval(intervals: Sequence[Interval]) -> Interval | None:
    lows, highs = _mean([one.low for one in intervals]), _mean([one.high for one in intervals])
    return None if lows is None or highs is None else Interval(low=lows, high=highs)
