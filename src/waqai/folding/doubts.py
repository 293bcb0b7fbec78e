"""How sure the reader was of an account, how much hangs on it, and so how soon a person should look at it: pure functions.

doubt   how many of the account's fields are expected to be wrong: its type, its status, day, place, everybody in a role, every figure. Where the report tells
        of no such happening, all that the account says is wrong with it; so a wrong account costs as many wrong fields as it has, and no cost is made up. The
        `p` of an account is how often one read like it is coded with that type, that of a figure how often it is the coded account's, both calibrated on gold
        reports that the reader had not seen (scripts/training/calibrating.py); the others are given that the account is right. What a person gave or accepted
        is not doubted. What a reader passed over has no probability, and is not counted.
stake   how many things of the incident hang on the account. One each for: the account itself; that the incident happened, its type, status, day and place, low
        and high of each group of figures, if the account tells what is held; a figure of its own that meets no other's; a contested grade; a near miss that
        waits for a person. What k wires tell alike hangs on each by one k-th: eight copies are one wire, and one of three that agree can be wrong
        without harm. An account that does not count (told as background beside news) holds nothing but itself
rank    doubt times stake: expected wrong fields, weighed by what would be wrong with them
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from waqai.codebook import group_figures
from waqai.codebook.figures import sort_out
from waqai.core import ADDED, CORRECTED, Account, Count, Figure, Incident, Involvement, Status, When, Where
from waqai.folding.incidents import Telling, who_counts

VerdictOn: TypeAlias = Literal["none", "accepted", "rejected", "corrected", "added"]
"""What persons said of an account; "corrected": in a field or more, and nobody said that the rest is right."""
WAITING: tuple[VerdictOn, ...] = ("none", "corrected")
HoldName: TypeAlias = Literal["itself", "told", "type", "status", "when", "where", "low", "high", "against", "contested", "unsure"]


class Field(NamedTuple):
    """A field of an account (type, status, when, where, actor, count), its value, and how probably it is wrong."""

    name: str
    value: str | Status | When | Where | Involvement | Count
    wrong: float


class Hold(NamedTuple):
    """Something that hangs on an account, and how much of it: `share` is one by the number of wires that tell the same.

    `figure` is the account's own, `other` the one that it stands against.
    """

    name: HoldName
    share: float = 1.0
    figure: Figure | None = None
    other: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """An account of an incident with what is doubtful of it and what hangs on it."""

    telling: Telling
    verdict: VerdictOn
    fields: tuple[Field, ...]
    holds: tuple[Hold, ...]

    @property
    def doubt(self) -> float:
        return round(sum(field.wrong for field in self.fields), 4)

    @property
    def stake(self) -> float:
        return round(sum(hold.share for hold in self.holds), 4)

    @property
    def rank(self) -> float:
        return round(self.doubt * self.stake, 4)


def weigh_accounts(view: Incident, tellings: Sequence[Telling]) -> tuple[Weighed, ...]:
    """Every account of an incident, weighed; `tellings` are those that the view was folded from, in their order."""
    kept = [t for t in tellings if t.review != "rejected"] or list(tellings)
    counting = who_counts(kept)
    wires = _wires_behind(view, counting)
    figures = _weigh_figures(view.figures, {t.account.report: t.wire for t in tellings})
    counts = {t.account.id for t in counting}
    bearing = {t.account.id for t in kept if t.role in ("main", "part")} or counts
    return tuple(
        Weighed(
            telling=telling,
            verdict=verdict_on(telling),
            fields=tuple(iter_doubtful(telling)),
            holds=tuple(
                _iter_holds(
                    telling,
                    view,
                    wires if telling.account.id in counts else {},
                    figures.get(telling.account.report, ()) if telling.account.id in bearing else (),
                )
            ),
        )
        for telling in tellings
    )


def verdict_on(telling: Telling) -> VerdictOn:
    """What persons said of the account as a whole."""
    if telling.review is not None:
        return telling.review
    return "added" if telling.account.rule.startswith(ADDED) else "corrected" if telling.corrected else "none"


def iter_doubtful(telling: Telling) -> Iterator[Field]:
    """The fields that can be wrong, each with its chance; none where a person accepted, rejected or added the account."""
    if verdict_on(telling) not in WAITING:
        return
    account = telling.account
    if account.p < 1.0:
        yield Field("type", account.type, 1.0 - account.p)
    for name, facet in _iter_facets(account):
        p = min(account.p, facet.p) if name == "count" else account.p * facet.p
        if p < 1.0 and not facet.rule.startswith(CORRECTED):
            yield Field(name, facet, 1.0 - p)


def _iter_facets(account: Account) -> Iterator[tuple[str, Status | When | Where | Involvement | Count]]:
    yield "status", account.status
    if account.when is not None:
        yield "when", account.when
    if account.where is not None:
        yield "where", account.where
    yield from (("actor", involved) for involved in account.involved)
    yield from (("count", count) for count in account.counts)


def _wires_behind(view: Incident, counting: Sequence[Telling]) -> dict[HoldName, int]:
    """How many wires tell what is held, by its name."""
    found: dict[HoldName, set[str]] = {}
    for telling in counting:
        for name in _told_alike(telling, view):
            found.setdefault(name, set()).add(telling.wire)
    return {name: len(wires) for name, wires in found.items()}


def _told_alike(telling: Telling, view: Incident) -> Iterator[HoldName]:
    """What the account tells as the view has it."""
    account = telling.account
    yield "told"
    if account.type == view.type:
        yield "type"
    if account.status.value == view.status:
        yield "status"
    if account.when and view.when and (account.when.earliest, account.when.latest) == (view.when.earliest, view.when.latest):
        yield "when"
    if account.where and view.where and (account.where.place_id, account.where.name) == (view.where.place_id, view.where.name):
        yield "where"


def _iter_holds(telling: Telling, view: Incident, wires: Mapping[HoldName, int], figures: Iterable[Hold]) -> Iterator[Hold]:
    yield Hold("itself")
    if wires:
        yield from (Hold(name, 1 / wires[name]) for name in _told_alike(telling, view))
    yield from (hold for hold in figures if hold.figure is not None and _is_of(hold.figure, telling))
    if wires and view.grade == "contested":
        yield Hold("contested")
    if telling.unsure is not None:
        yield Hold("unsure")


def _is_of(figure: Figure, telling: Telling) -> bool:
    """Whether the figure, of the same report, is one of the account's: by its words and bounds."""
    mine = zip(telling.account.counts, telling.count_words, strict=True)
    told = (figure.measure, figure.of_whom, figure.low, figure.high, figure.expr)
    return any(told == (c.measure, c.of_whom, c.low, c.high, words) for c, words in mine)


def _weigh_figures(figures: Iterable[Figure], wire_of: Mapping[str, str]) -> dict[str, list[Hold]]:
    """What hangs on the figures of each report."""
    found: dict[str, list[Hold]] = {}
    for group in group_figures(figures).values():
        counting = [figure for figure, standing in sort_out(group).items() if standing == "counts"]
        for hold in (*_iter_bounds(counting, wire_of), *_iter_against(counting, wire_of)):
            assert hold.figure is not None
            found.setdefault(hold.figure.report, []).append(hold)
    return found


def _iter_bounds(figures: Sequence[Figure], wire_of: Mapping[str, str]) -> Iterator[Hold]:
    """Low and high of a group, with those who give them."""
    if not figures:
        return
    low, high = min(f.low for f in figures), max(map(_high, figures))
    lowest, highest = [f for f in figures if f.low == low], [f for f in figures if _high(f) == high]
    for name, givers in (("low", lowest), ("high", highest)):
        share = 1 / len({wire_of[f.report] for f in givers})
        yield from (Hold("low" if name == "low" else "high", share, figure) for figure in givers)


def _iter_against(figures: Sequence[Figure], wire_of: Mapping[str, str]) -> Iterator[Hold]:
    """Figures that meet none that another wire gives, each with the nearest of those."""
    for figure in figures:
        others = [f for f in figures if wire_of[f.report] != wire_of[figure.report]]
        if others and not any(f.low <= _high(figure) and figure.low <= _high(f) for f in others):
            yield Hold("against", 1.0, figure, min(others, key=lambda f: (abs(f.low - figure.low), f.low, f.report)))


def _high(figure: Figure) -> float:
    return math.inf if figure.high is None else figure.high
