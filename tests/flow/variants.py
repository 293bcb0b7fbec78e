"""Forty variants of the twin, the same on every run: other prison, town, monitor, count, weekday and date, verb, custodian, speaker, order of sentences.

A variant knows what a reader should find in it, because its template put it there. `WRONG_WEEKDAY` of them name a weekday that the day was not;
`UNPUBLISHED` come without a day of publication.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from flow.variant_words import (
    AID,
    AMOUNTS,
    BELONGING,
    BODIES,
    CUSTODY,
    EXPERTS,
    FACILITIES,
    FIGURES,
    FUGITIVES,
    GOALS,
    HABITS,
    HEADLINES,
    HOSTS,
    JUDGEMENTS,
    MEETINGS,
    MINISTERS,
    MONITORS,
    NAMED_FACILITIES,
    OFFICIALS,
    OPENINGS,
    PEOPLE,
    SUBHEADS,
    TOWNS,
    VERBS,
    Figure,
    Goal,
    Money,
    Monitor,
    Official,
    Town,
    Verb,
)

NUMBER = 40
WRONG_WEEKDAY = frozenset({3, 9, 15, 22, 28, 36})
UNPUBLISHED = frozenset({6, 13, 25, 33})
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DIRECTIONS = ("northern", "southern", "eastern", "western")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How the lead is put together. `basis` is that of the escape's date; `stance` follows from the cue."""

    words: str
    basis: str
    stance: str
    verb: str = "past"


_PROXY, _OWN = "announcement_date_as_proxy", "explicit"
SHAPES = (
    Shape(words="{Monitor} announced on {day}, that {who} {got} {out} {prison}.", basis=_PROXY, stance="reports"),
    Shape(words="On {day}, {who} {got} {out} {prison}, {monitor} said.", basis=_OWN, stance="reports"),
    Shape(words="{Who} {got} {out} {prison} on {day}, according to {monitor}.", basis=_OWN, stance="reports"),
    Shape(words="According to {monitor}, {who} {got} {out} {prison} on {day}.", basis=_OWN, stance="reports"),
    Shape(words="{Who} were reported to have {got} {out} {prison}, {monitor} said on {day}.", basis=_PROXY, stance="reports", verb="participle"),
    Shape(words="{Who} have {got} {out} {prison}, {monitor} confirmed on {day}.", basis=_PROXY, stance="confirms", verb="participle"),
    Shape(words="{Monitor} said in a statement issued on {day} that {who} had {got} {out} {prison}.", basis=_PROXY, stance="reports", verb="participle"),
    Shape(words="{Monitor} confirmed that {who} {got} {out} {prison} on {day}.", basis=_OWN, stance="confirms"),
    Shape(words="In a statement on {day}, {monitor} stated that {who} had {got} {out} {prison}.", basis=_PROXY, stance="reports", verb="participle"),
    Shape(words="“{Who} {got} {out} {prison},” {monitor} said on {day}.", basis=_PROXY, stance="reports"),
    Shape(words="{Monitor} reported on {day} that {who} {got} {out} {prison}.", basis=_PROXY, stance="reports"),
    Shape(words="{Who} were reported by {monitor} on {day} to have {got} {out} {prison}.", basis=_PROXY, stance="reports", verb="participle"),
)
PRISON_FIRST = Shape(words="{Monitor} reported on {day} that {who} had {got} {out} it.", basis=_PROXY, stance="reports", verb="participle")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A text, the day it was published, and what its template put into it. `day` is the escape's date, None where the text allows none; words are as printed."""

    number: int
    text: str
    published: date | None
    day: date | None
    basis: str
    weekday: str
    figure: Figure
    people: str
    group: str | None
    facility: str
    custodian: str
    town: Town
    precision: str
    monitor: Monitor
    stance: str
    goal: Goal
    goal_words: str
    host: str
    met_on: date | None
    official: Official
    amount: Money
    expert: str
    idle: tuple[str, ...] = field(default=())

    @property
    def false_weekday(self) -> bool:
        return self.number in WRONG_WEEKDAY


def make_variants() -> tuple[Variant, ...]:
    """All of them, in order of their numbers."""
    decks = Decks(Random("waqai variants 1"))
    return tuple(_make(number, decks) for number in range(NUMBER))


class Decks:
    """Options dealt like cards, so that each comes up before any comes twice. `deal` changes the deck."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._left: dict[object, list[object]] = {}

    def deal(self, options: Sequence[T]) -> T:
        key = tuple(options)
        if not self._left.get(key):
            self._left[key] = self.random.sample(list(options), len(options))
        return self._left[key].pop()  # type: ignore[return-value]


def _make(number: int, decks: Decks) -> Variant:
    town, verb, figure, people = decks.deal(TOWNS), decks.deal(VERBS), decks.deal(FIGURES), decks.deal(PEOPLE)
    monitor = decks.deal([m for m in MONITORS if not m.countries or town.country in m.countries])
    group = decks.deal(town.groups)
    belonging = decks.deal(BELONGING).format(group=group)
    told, shown, published, opened = _days(number, decks.random)
    style = _style(number, decks)
    printed = _print_day(told, style, weekday=WEEKDAYS[shown])
    met_on = told - timedelta(days=decks.random.randint(5, 12))
    custodian = decks.deal(town.custodians)
    prison_first = number % 9 == 4
    shape = PRISON_FIRST if prison_first else decks.deal(SHAPES)
    prison, noun, facility, precision, where = _prison(decks, town, seedlike=number % 3 == 0, named=number % 4 == 1)
    run = decks.deal(CUSTODY).format(this=decks.deal(("This", "The")) + " " + noun, custodian=custodian) + where
    official, amount, host = decks.deal(OFFICIALS), decks.deal(AMOUNTS), decks.deal(HOSTS)
    goal, goal_words, expert = decks.deal(GOALS), decks.deal(town.goals), decks.deal(EXPERTS)
    judgement = decks.deal(JUDGEMENTS).format(expert=expert, group=group) + "."
    habit = decks.deal(HABITS)
    headline = decks.deal(HEADLINES).format(group=group) if number % 5 else None
    got = verb.past if shape.verb == "past" else verb.participle
    who = f"{figure.words} {people}{belonging}"
    lead = shape.words.format(
        Monitor=_capital(monitor.words), monitor=monitor.words, day=printed, who=who, Who=_capital(who), got=got, out=verb.before, prison=prison
    )
    heading_for = goal.words.format(fugitives=decks.deal(FUGITIVES), goal=goal_words)
    if prison_first:
        body = f"{_capital(prison)} {run.split(' ', 2)[2]}. {lead} {_capital(heading_for)}."
    elif number % 2:
        body = f"{lead} {run}, and {heading_for}."
    else:
        body = f"{lead} {run}. {_capital(heading_for)}."
    meeting = decks.deal(MEETINGS).words.format(
        ministers=decks.deal(MINISTERS), body=decks.deal(BODIES), host=host[0], day=_print_day(met_on, style & {"british", "year"}, weekday="")
    )
    aid = decks.deal(AID).format(official=official.words, their=official.possessive, amount=amount.words)
    opening = decks.deal(OPENINGS).format(group=group, year=opened)
    paragraphs = [headline, opening if number % 4 != 3 or published is None else None, body, f"{meeting} {aid}", decks.deal(SUBHEADS) if number % 3 else None, f"{judgement} {habit}"]
    return Variant(
        number=number,
        text=_lay_out([p for p in paragraphs if p], number),
        published=published,
        day=told if number not in WRONG_WEEKDAY else None,
        basis=shape.basis,
        weekday=WEEKDAYS[shown],
        figure=figure,
        people=people,
        group=group.removeprefix("the ") if belonging else None,
        facility=facility,
        custodian=_bare(custodian),
        town=town,
        precision=precision,
        monitor=monitor,
        stance=shape.stance,
        goal=goal,
        goal_words=goal_words,
        host=host[1],
        met_on=met_on,
        official=official,
        amount=amount,
        expert=expert.split(",")[0],
        idle=tuple(t for t in (headline, judgement, habit) if t),
    )


def _days(number: int, random: Random) -> tuple[date, int, date | None, int]:
    """The day told, the weekday shown (0 Monday), the day of publication, and the year of the opening sentence."""
    told = date(2016, 1, 10) + timedelta(days=random.randrange(9 * 365))
    shown = random.choice(_false_weekdays(told)) if number in WRONG_WEEKDAY else told.weekday()
    published = None if number in UNPUBLISHED else told + timedelta(days=random.randint(0, 13))
    return told, shown, published, told.year - (2 if published is None else random.randint(3, 8))


def _false_weekdays(day: date) -> list[int]:
    """Those that this day of the month had neither in its year nor in the years beside it, which a reader may rightly try."""
    true = {(day + timedelta(days=shift)).weekday() for shift in (-366, -365, 0, 365, 366)}
    return [w for w in range(7) if w not in true]


def _style(number: int, decks: Decks) -> frozenset[str]:
    """Whether the weekday and the year are printed, and whether the day comes before the month."""
    style = {decks.deal(("british", "american"))}
    if number in WRONG_WEEKDAY | UNPUBLISHED or number % 5 != 2:
        style.add("weekday")
    if number == min(UNPUBLISHED) or (number not in UNPUBLISHED and number % 6 == 5):
        style.add("year")
    return frozenset(style)


def _print_day(day: date, style: frozenset[str], *, weekday: str) -> str:
    """The day in words: "Sunday, June 18", "18 June 2023"; `style` holds any of "british", "weekday", "year"."""
    month = day.strftime("%B")
    if "british" in style:
        words = f"{day.day} {month}" + (f" {day.year}" if "year" in style else "")
        return f"{weekday} {words}" if "weekday" in style else words
    words = f"{month} {day.day}" + (f", {day.year}" if "year" in style else "")
    return f"{weekday}, {words}" if "weekday" in style else words


def _prison(decks: Decks, town: Town, *, seedlike: bool, named: bool) -> tuple[str, str, str, str, str]:
    """The prison's words, its bare noun, the words expected of the facility, the precision, and what the custody sentence adds on the place."""
    if seedlike:
        noun, side = decks.deal(FACILITIES), decks.deal(DIRECTIONS)
        words = f"a {noun} in the countryside of {town.area} in {decks.deal(DIRECTIONS)} {town.country_name}"
        return words, noun.split()[-1], noun, "P2_near", f" in the city {town.name} in {side} {town.area_full}"
    if named:
        name = decks.deal(NAMED_FACILITIES).format(town=town.name)
        noun = "centre" if "centre" in name else "prison"
        return f"{name} in {town.area_full}, {town.country_name}", noun, name.removeprefix("the ").split(" in ")[0].split(" near ")[0], _near(name), ""
    noun = decks.deal(FACILITIES)
    at = decks.deal(("in", "on the outskirts of", "near", "in the town of"))
    words = f"a {noun} {at} {town.name} in {town.area_full}, {town.country_name}"
    return words, noun.split()[-1], noun, _near(at), ""


def _near(words: str) -> str:
    return "P2_near" if "near" in words or "outskirts" in words else "P1_point"


def _bare(name: str) -> str:
    return name.removeprefix("the ").removeprefix("so-called ")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lay_out(paragraphs: Sequence[str], number: int) -> str:
    """Paragraphs as lines broken at 76 characters without blank lines between, or each on a line of its own with a blank line between."""
    if number % 2 == 0:
        return "\n".join(textwrap.fill(p, 76, break_on_hyphens=False) for p in paragraphs)
    return "\n\n".join(paragraphs)
