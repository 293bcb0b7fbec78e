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
from typing import NamedTuple, TypeVar

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
    Shape(words="On {day}, {monitor} announced that {who} had {got} {out} {prison}.", basis=_PROXY, stance="reports", verb="participle"),
    Shape(words="{Who} {got} {out} {prison}, said {monitor} on {day}.", basis=_PROXY, stance="reports"),
    Shape(words="At dawn on {day}, {who} {got} {out} {prison}, {monitor} reported.", basis=_OWN, stance="reports"),
    Shape(words="It was announced on {day} by {monitor} that {who} had {got} {out} {prison}.", basis=_PROXY, stance="reports", verb="participle"),
    Shape(words="As {monitor} reported on {day}, {who} {got} {out} {prison}.", basis=_PROXY, stance="reports"),
    Shape(words="{Monitor} has confirmed that {who} {got} {out} {prison} on {day}.", basis=_OWN, stance="confirms"),
    Shape(words="{Monitor} revealed on {day} that {who} had {got} {out} {prison}.", basis=_PROXY, stance="reveals", verb="participle"),
    Shape(words="“On {day}, {who} {got} {out} {prison},” {monitor} said.", basis=_OWN, stance="reports"),
    Shape(words="{Who} {got} {out} {prison} in the early hours of {day}, {monitor} said.", basis=_OWN, stance="reports"),
    Shape(words="{Monitor} told reporters on {day} that {who} had {got} {out} {prison}.", basis=_PROXY, stance="reports", verb="participle"),
)
PRISON_FIRST = Shape(words="{Monitor} reported on {day} that {who} had {got} {out} it.", basis=_PROXY, stance="reports", verb="participle")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A text, the day it was published, and what its template put into it. `day` is the escape's, None where the text allows none; words as printed."""

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


def make_variants(shuffle: str = "1") -> tuple[Variant, ...]:
    """All of them, in order of their numbers; another `shuffle` deals other forty."""
    decks = Decks(Random(f"waqai variants {shuffle}"))
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


class Days(NamedTuple):
    """The day told, the weekday printed, the day of publication, the meeting's day, the year of the opening, and how days are printed."""

    told: date
    weekday: str
    published: date | None
    met_on: date
    opened: int
    style: frozenset[str]

    @property
    def words(self) -> str:
        return _print_day(self.told, self.style, weekday=self.weekday)

    @property
    def met_words(self) -> str:
        return _print_day(self.met_on, self.style & {"british", "year"}, weekday="")


class Prison(NamedTuple):
    """The prison as printed, its bare noun, the words expected of the facility, the place's precision, and what the sentence on its custodian adds."""

    words: str
    noun: str
    facility: str
    precision: str
    where: str


def _make(number: int, decks: Decks) -> Variant:
    town, figure, people = decks.deal(TOWNS), decks.deal(FIGURES), decks.deal(PEOPLE)
    group, belonging, custodian = decks.deal(town.groups), decks.deal(BELONGING), decks.deal(town.custodians)
    monitor = decks.deal([m for m in MONITORS if not m.countries or town.country in m.countries])
    days, prison = _days(number, decks), _prison(number, decks, town)
    shape = PRISON_FIRST if number % 9 == 4 else decks.deal(SHAPES)
    goal, goal_words = decks.deal(GOALS), decks.deal(town.goals)
    lead = _lead(decks, shape, who=f"{figure.words} {people}{_belonging(belonging, group)}", monitor=monitor, days=days, prison=prison)
    heading_for = goal.words.format(fugitives=decks.deal(FUGITIVES), goal=goal_words)
    news = _news(number, decks, lead=lead, heading_for=heading_for, custodian=custodian, prison=prison, prison_first=shape is PRISON_FIRST)
    official, amount, (host, host_code), expert = decks.deal(OFFICIALS), decks.deal(AMOUNTS), decks.deal(HOSTS), decks.deal(EXPERTS)
    met = decks.deal(MEETINGS).format(ministers=decks.deal(MINISTERS), body=decks.deal(BODIES), host=host, day=days.met_words)
    their = official.possessive
    aid = decks.deal(AID).format(official=official.words, their=their, their_country=f"{_capital(their)} country", amount=amount.words)
    judgement, habit = decks.deal(JUDGEMENTS).format(expert=expert, group=group) + ".", decks.deal(HABITS)
    headline = decks.deal(HEADLINES).format(group=group) if number % 5 else None
    opening = decks.deal(OPENINGS).format(group=group, year=days.opened) if number % 4 != 3 or days.published is None else None
    subhead = decks.deal(SUBHEADS) if number % 3 else None
    return Variant(
        number=number,
        text=_lay_out([p for p in (headline, opening, news, f"{met} {aid}", subhead, f"{judgement} {habit}") if p], number),
        published=days.published,
        day=None if number in WRONG_WEEKDAY else days.told,
        basis=shape.basis,
        weekday=days.weekday,
        figure=figure,
        people=people,
        group=_bare(group) if belonging else None,
        facility=prison.facility,
        custodian=_bare(custodian),
        town=town,
        precision=prison.precision,
        monitor=monitor,
        stance=shape.stance,
        goal=goal,
        goal_words=goal_words,
        host=host_code,
        met_on=days.met_on,
        official=official,
        amount=amount,
        expert=expert.split(",")[0],
        idle=tuple(t for t in (headline, judgement, habit) if t),
    )


def _belonging(words: str, group: str) -> str:
    return words.format(group=_bare(group) if "fighters" in words else group)


def _lead(decks: Decks, shape: Shape, *, who: str, monitor: Monitor, days: Days, prison: Prison) -> str:
    """The sentence that tells the escape."""
    verb = decks.deal(VERBS)
    got = verb.past if shape.verb == "past" else verb.participle
    slots = {"who": who, "Who": _capital(who), "monitor": monitor.words, "Monitor": _capital(monitor.words)}
    return shape.words.format(**slots, day=days.words, got=got, out=verb.before, prison=prison.words)


def _news(number: int, decks: Decks, *, lead: str, heading_for: str, custodian: str, prison: Prison, prison_first: bool) -> str:
    """The escape, who runs the prison, and where the escaped may go, as one paragraph."""
    run = decks.deal(CUSTODY).format(this="", custodian=custodian).strip() + prison.where
    if prison_first:
        return f"{_capital(prison.words)} {run}. {lead} {_capital(heading_for)}."
    this = decks.deal(("This", "The"))
    if number % 2:
        return f"{lead} {this} {prison.noun} {run}, and {heading_for}."
    return f"{lead} {this} {prison.noun} {run}. {_capital(heading_for)}."


def _days(number: int, decks: Decks) -> Days:
    random = decks.random
    told = date(2016, 1, 10) + timedelta(days=random.randrange(9 * 365))
    weekday = random.choice(_false_weekdays(told)) if number in WRONG_WEEKDAY else told.weekday()
    published = None if number in UNPUBLISHED else told + timedelta(days=random.randint(0, 13))
    opened = told.year - (2 if published is None else random.randint(3, 8))
    return Days(told, WEEKDAYS[weekday], published, told - timedelta(days=random.randint(5, 12)), opened, _style(number, decks))


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


def _prison(number: int, decks: Decks, town: Town) -> Prison:
    """As in the twin (an area's countryside, the town only with the custodian), with a name of its own, or with its town beside it."""
    if number % 3 == 0:
        noun, side = decks.deal(FACILITIES), decks.deal(DIRECTIONS)
        words = f"{_article(noun)} {noun} in the countryside of {town.area} in {decks.deal(DIRECTIONS)} {_bare(town.country_name)}"
        return Prison(words, noun.split()[-1], noun, "P2_near", f" in the city {town.name} in {side} {town.area_full}")
    if number % 4 == 1:
        name = decks.deal(NAMED_FACILITIES).format(town=town.name)
        bare = _bare(name).split(" in ")[0].split(" near ")[0]
        return Prison(f"{name} in {town.area_full}, {town.country_name}", bare.split()[-1], bare, _near(name), "")
    noun, at = decks.deal(FACILITIES), decks.deal(("in", "on the outskirts of", "near", "in the town of"))
    return Prison(f"{_article(noun)} {noun} {at} {town.name} in {town.area_full}, {town.country_name}", noun.split()[-1], noun, _near(at), "")


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"


def _near(words: str) -> str:
    return "P2_near" if "near" in words or "outskirts" in words else "P1_point"


def _bare(name: str) -> str:
    return name.removeprefix("the ").removeprefix("so-called ")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lay_out(paragraphs: Sequence[str], number: int) -> str:
    """Lines broken at 76 or 60 characters, without or with blank lines between paragraphs, or each paragraph on a line of its own, without or with them."""
    width, between = (76, "\n") if number % 4 == 0 else (60, "\n\n") if number % 4 == 2 else (None, "\n" if number % 4 == 3 else "\n\n")
    return between.join(p if width is None else textwrap.fill(p, width, break_on_hyphens=False) for p in paragraphs)
