"""Do the figures of one report add up, and was the happening over when it was told? What does not is said to a person, never mended.

The checks are those of the codebook (`checks` in ontology.yaml). A breakdown is told by one speaker as a list ("ten Iraqis and 13 Syrians") or by groups with
capitals; it is held against the totals of the same speaker, else against those that the report gives otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from waqai.codebook.groups import normalise_of_whom
from waqai.core import Account, Count, Day

WHOLE = "people"
LATER = frozenset({"planned", "pledged", "threatened"})
"""Statuses of what may lie after the day on which it is told."""
_LISTED = re.compile(r"\W*(?:and|or|as well as|plus|another|other|\W)*\W*", re.I)
_NAMED = re.compile(r"^(?:\w+ )?[A-Z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A figure as the checks need it: the count, who says it, and its words."""

    count: Count
    speaker: str
    words: str

    @property
    def whom(self) -> str:
        return normalise_of_whom(self.count.of_whom, measure=self.count.measure)


def check_tellings(accounts: Sequence[Account], *, text: str, published: Day | None, name_of: Callable[[str | None], str]) -> tuple[str, ...]:
    """What does not add up in one report's tellings of one happening, each as a sentence. `name_of` gives the speaker of a claim's id, or of none."""
    told = [Told(count=c, speaker=name_of(c.said_by), words=" ".join(c.phrase.of(text).split())) for a in accounts for c in a.counts if c.unit is None]
    found = [*_check_breakdowns(told, text), *_check_custody(told), *_check_days(accounts, published)]
    return tuple(dict.fromkeys(found))


def _check_breakdowns(told: Sequence[Told], text: str) -> Iterator[str]:
    for (measure, speaker), figures in _by_speaker(told).items():
        parts = _named_parts(figures, text) or _bare_parts(figures)
        totals = [t for t in told if t.count.measure == measure and t.whom == WHOLE and t not in parts]
        totals = [t for t in totals if t.speaker == speaker] or totals
        low, high = _sum_counts([t.count for t in parts])
        if parts and totals and not any(_meet(t.count, low, high) for t in totals):
            whole, several = totals[0], " + ".join(_part(t) for t in parts)
            who = "" if whole.speaker == speaker else f", the parts by {speaker}"
            yield f"{measure}: {_number(whole.count)} != {several} = {_bounds(low, high)} (the whole by {whole.speaker}{who})"


def _named_parts(figures: Sequence[Told], text: str) -> tuple[Told, ...]:
    """Groups of people, told as a list or by names with capitals; each group once."""
    parts = tuple({t.whom: t for t in figures if t.whom != WHOLE}.values())
    named = all(_NAMED.match(t.count.of_whom or "") for t in parts)
    return parts if len(parts) > 1 and (named or _is_list(parts, text)) else ()


def _bare_parts(figures: Sequence[Told]) -> tuple[Told, ...]:
    """Two or more figures without a group that together are no more than the speaker's largest: what they are of was not read."""
    bare = [t for t in figures if t.whom == WHOLE]
    whole = max((t.count.low for t in bare), default=0)
    parts = tuple(t for t in bare if t.count.low < whole)
    return parts if len(parts) > 1 and sum(t.count.low for t in parts) <= whole else ()


def _check_custody(told: Sequence[Told]) -> Iterator[str]:
    """Escaped are those recaptured and those at large, and those killed where the speaker counts them too."""
    by_speaker: dict[str, dict[str, Count]] = {}
    for one in told:
        if one.whom == WHOLE or (one.count.measure, one.whom) == ("killed", "prisoner"):
            by_speaker.setdefault(one.speaker, {}).setdefault(one.count.measure, one.count)
    for speaker, given in by_speaker.items():
        if not {"escaped", "recaptured", "at_large"} <= given.keys():
            continue
        escaped, back, out = given["escaped"], given["recaptured"], given["at_large"]
        sums = [[back, out], *([[back, out, given["killed"]]] if "killed" in given else [])]
        if not any(_meet(escaped, *_sum_counts(parts)) for parts in sums):
            yield f"escaped: {_number(escaped)} != {_number(back)} recaptured + {_number(out)} at large ({speaker})"


def _check_days(accounts: Sequence[Account], published: Day | None) -> Iterator[str]:
    for account in accounts:
        when = account.when
        if published is not None and when is not None and when.earliest > published and account.status.value not in LATER:
            told, day = published.isoformat(), when.earliest.isoformat()
            yield f"the {account.type} of {day} lies after the day on which it was told, {told}, and is not said to be planned"


def _by_speaker(told: Sequence[Told]) -> dict[tuple[str, str], tuple[Told, ...]]:
    groups: dict[tuple[str, str], list[Told]] = {}
    for one in told:
        groups.setdefault((one.count.measure, one.speaker), []).append(one)
    return {key: tuple(sorted(group, key=lambda t: t.count.phrase)) for key, group in groups.items()}


def _is_list(parts: Sequence[Told], text: str) -> bool:
    """Whether nothing but commas and "and" stands between the words of one part and the next."""
    spans = [t.count.phrase for t in parts]
    return all(one.end <= other.start and _LISTED.fullmatch(text[one.end : other.start]) is not None for one, other in pairwise(spans))


def _sum_counts(counts: Sequence[Count]) -> tuple[float, float | None]:
    highs = [c.high for c in counts]
    return sum(c.low for c in counts), None if None in highs else sum(h for h in highs if h is not None)


def _meet(whole: Count, low: float, high: float | None) -> bool:
    """Whether the whole and the sum can be one number."""
    return (high is None or whole.low <= high) and (whole.high is None or low <= whole.high)


def _part(told: Told) -> str:
    return _number(told.count) if told.whom == WHOLE else f"{_number(told.count)} {told.count.of_whom}"


def _number(count: Count) -> str:
    return f"{count.best:g}" if count.best is not None else _bounds(count.low, count.high)


def _bounds(low: float, high: float | None) -> str:
    return f"{low:g} or more" if high is None else f"{low:g}" if low == high else f"{low:g} to {high:g}"
