"""Who tells of an incident, as rows to be summed: each publisher and each speaker whom we may name, and how what they told stands beside what others told.

alone         nobody else of the kind tells of it
first         of the days on which several of the kind tell of it, theirs is the earliest; days do not say who was earlier on one day, so several can be first.
              `ordered`: several of the kind tell of it with a day, and they are one of these: what `first` is counted in
contradicted  a figure of theirs that counts and one of the same group that another speaker gives, and others told, cannot both be true.
              `compared`: there is such a figure of another: what `contradicted` is counted in
revised       a figure of theirs was later replaced by its own speaker with another number. `figures`: they told one: what `revised` is counted in

Told means as the incident's own happening (role main or part), after what persons rejected. A publisher's figures are those in the reports that it printed,
a speaker's those said in his name. Speakers who must not become a group (`codebook.naming`) share one row without a name, in which `many` is their number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from waqai.codebook import FigureStanding, group_figures, sort_out
from waqai.codebook.figures import speaker_key
from waqai.codebook.grade import NOBODY, fold_speaker
from waqai.codebook.naming import may_be_gathered
from waqai.core import ActorNames, Claim, Day, Figure, Incident
from waqai.folding.incidents import Telling, who_counts


@dataclass(slots=True, kw_only=True)
class _Teller:
    """One who tells: on which days, in which reports; grows as tellings are looked at."""

    kind: str
    key: str
    name: str
    days: set[Day] = field(default_factory=set)
    reports: set[str] = field(default_factory=set)
    figures: set[str] = field(default_factory=set)
    """What is to be said of its figures: told, compared, contradicted, revised."""

    @property
    def day(self) -> Day | None:
        return min(self.days, default=None)


def teller_rows(view: Incident, tellings: Sequence[Telling], *, actors: ActorNames | None) -> list[dict[str, Any]]:
    """The rows of an incident; `tellings` are those that the view was folded from."""
    kept = [t for t in tellings if t.review != "rejected"] or tellings
    bearing = [t for t in kept if t.role in ("main", "part")] or who_counts(kept)
    publishers = _publishers(bearing)
    speakers, unnamed = _speakers(bearing, actors)
    for group in group_figures(view.figures).values():
        _look_at_figures(sort_out(group, actors=actors), [*publishers, *speakers], actors)
    rows = [*_rows(publishers, alone=len(publishers) == 1), *_rows(speakers, alone=len(speakers) + unnamed == 1)]
    rows += [_row(_Teller(kind="left_out", key="", name=""), False, ordered=False, first=False, many=unnamed)] if unnamed else []
    return [row | {"incident": view.id} for row in rows]


def claims_on(telling: Telling) -> tuple[Claim, ...]:
    """The claims that tell of the account, without those that only pass on what another of them says."""
    account = telling.account
    said_in = {account.said_by, account.status.said_by}
    told = [claim for claim in telling.claims.values() if account.id in claim.accounts or claim.id in said_in]
    passed_on = {claim.said_by for claim in told}
    return tuple(claim for claim in told if claim.id not in passed_on)


def _publishers(tellings: Iterable[Telling]) -> list[_Teller]:
    found: dict[str, _Teller] = {}
    for telling in tellings:
        for name in telling.publishers:
            day = telling.printed.get(name)
            _note(found, _Teller(kind="publisher", key=name, name=name), telling, day)
    return [found[key] for key in sorted(found)]


def _speakers(tellings: Iterable[Telling], actors: ActorNames | None) -> tuple[list[_Teller], int]:
    """The speakers whom we may name, and how many others speak."""
    found, unnamed = dict[str, _Teller](), set[str]()
    for telling in tellings:
        for name in _names_of_speakers(telling):
            if not may_be_gathered(name, actors=actors):
                unnamed.add(fold_speaker(name))
                continue
            key = (actors.find_actor(name) if actors else None) or fold_speaker(name)
            _note(found, _Teller(kind="speaker", key=key, name=name), telling, telling.published)
    return [found[key] for key in sorted(found)], len(unnamed)


def _names_of_speakers(telling: Telling) -> Iterator[str]:
    """Who says what the account tells: that it happened, and its figures."""
    counted = (telling.claims.get(count.said_by or "") for count in telling.account.counts)
    for claim in dict.fromkeys((*claims_on(telling), *(claim for claim in counted if claim is not None))):
        if claim.speaker_name.casefold() not in NOBODY:
            yield claim.speaker_name


def _note(found: dict[str, _Teller], teller: _Teller, telling: Telling, day: Day | None) -> None:
    kept = found.setdefault(teller.key, teller)
    kept.name = min(kept.name, teller.name)
    kept.reports.add(telling.account.report)
    kept.days |= {day} if day else set()


def _look_at_figures(standing: dict[Figure, FigureStanding], tellers: Sequence[_Teller], actors: ActorNames | None) -> None:
    """Note what is to be said of the figures of each teller, in one group."""
    speaker_of = {figure: speaker_key(figure, actors=actors) for figure in standing}
    counting = [figure for figure, found in standing.items() if found == "counts"]
    stands = {(speaker_of[f], f.low, f.high, f.best) for f, found in standing.items() if found in ("counts", "part")}
    revised = {f for f, found in standing.items() if found == "revised" and (speaker_of[f], f.low, f.high, f.best) not in stands}
    for teller in tellers:
        mine = {f for f in standing if (speaker_of[f] == teller.key if teller.kind == "speaker" else f.report in teller.reports)}
        pairs = {(f.low, _high(f), o.low, _high(o)) for f in counting if f in mine for o in counting if o not in mine and speaker_of[o] != speaker_of[f]}
        teller.figures |= {"told"} if mine else set()
        teller.figures |= {"revised"} if mine & revised else set()
        teller.figures |= {"compared"} if pairs else set()
        teller.figures |= {"contradicted"} if any(high < other or other_high < low for low, high, other, other_high in pairs) else set()


def _high(figure: Figure) -> float:
    return math.inf if figure.high is None else figure.high


def _rows(tellers: Sequence[_Teller], *, alone: bool) -> Iterator[dict[str, Any]]:
    days = [teller.day for teller in tellers if teller.day is not None]
    for teller in tellers:
        ordered = teller.day is not None and len(days) > 1
        yield _row(teller, alone, ordered=ordered, first=ordered and teller.day == min(days))


def _row(teller: _Teller, alone: bool, *, ordered: bool, first: bool, many: int = 1) -> dict[str, Any]:
    told = {"figures": "told", "compared": "compared", "contradicted": "contradicted", "revised": "revised"}
    flags = {column: name in teller.figures for column, name in told.items()}
    named = {"kind": teller.kind, "key": teller.key, "name": teller.name, "many": many}
    return named | {"alone": alone, "ordered": ordered, "first": first} | flags
