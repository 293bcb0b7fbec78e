"""Small stores that grew over days by chance: reports of made-up happenings, linked, moved, corrected, rejected, undone, read anew and erased."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from factories import STAMP, family_of, make_account, make_reading, make_report, make_when, make_where
from scenes import anchor_of
from waqai.core import Account, Card, NotPossible, Report, StoreError
from waqai.store import Store

START = datetime(2021, 3, 29, 22, tzinfo=UTC)
DAYS = 6
BY = "linker 1"
ALIKE = datetime.min.replace(tzinfo=UTC)  # stands for "as the rest"
PLACES = (("SY", "Hasakah"), ("SY", "Aleppo"), ("IQ", "Anbar"), ("IQ", None), (None, None))


def grow(store: Store, *, seed: int, steps: int = 45) -> list[date]:
    """Some steps over a week, a few each day; the days."""
    growth = _Growth(store, Random(seed))
    for step in range(steps):
        growth.at = START + timedelta(hours=step * 24 * DAYS / steps)
        growth.step()
    return [(START + timedelta(days=number)).date() for number in range(-1, DAYS + 3)]


class _Growth:
    """A store as it grows, with the chance that it grows by."""

    def __init__(self, store: Store, chance: Random) -> None:
        self.store, self.chance, self.at = store, chance, START
        self.reports: list[str] = []
        self.incidents: list[str] = []
        self.made = 0

    def step(self) -> None:
        ways: list[tuple[int, Callable[[], None]]] = [
            (6, self.report),
            (3, self.move),
            (3, self.correct),
            (2, self.undo),
            (2, self.say),
            (2, self.read_anew),
            (2, self.copy),
            (2, self.add),
            (1, self.erase),
            (1, self.part),
        ]
        if not self.reports:
            self.report()
            return
        (way,) = self.chance.choices([one for _, one in ways], [weight for weight, _ in ways])
        way()

    def report(self) -> None:
        """A new report with one or two accounts, each opening an incident or joining one."""
        self.made += 1
        words = [f"Happening {self.made} {side} was told." for side in ("one", "two")][: self.chance.choice((1, 1, 2))]
        published = self.chance.choice((None, date(2021, 3, self.chance.randint(1, 28))))
        report = make_report(" ".join(words), id=f"r{self.made}", published=published)
        self.store.add_report(report, at=self.at)
        accounts = [self._account(report, told) for told in words]
        self.store.add_reading(make_reading(report, accounts=accounts), family_of=family_of, at=self.chance.choice((self.at, self.at, None)))
        self.reports.append(report.id)
        for card in self.store.iter_cards(report=report.id):
            self._seat(card)

    def move(self) -> None:
        """An account goes to another incident, or a person or the linker takes it out."""
        card = self._card()
        if card is not None and self.incidents:
            said = {"verdict": self.chance.choice(("same", "same", "different", "unsure")), "by": self.chance.choice((BY, "person:ana"))}
            self._judge(card, self.chance.choice(self.incidents), **said)

    def correct(self) -> None:
        card = self._card()
        if card is None:
            return
        day, country = date(2021, self.chance.choice((2, 3)), 5).isoformat(), self.chance.choice(("SY", "IQ"))
        where = make_where(country=country, admin1="Homs")
        given = self.chance.choice(
            (
                {"facet": "when", "value": {"earliest": day, "latest": day}},
                {"facet": "type", "value": "clash", "family": "combat"},
                {"facet": "status", "value": self.chance.choice(("planned", "occurred"))},
                {"facet": "where", "value": {name: getattr(where, name) for name in _PLACE}},
            )
        )
        self._append("corrected", card, given)

    def say(self) -> None:
        if (card := self._card()) is not None:
            self._append(self.chance.choice(("rejected", "rejected", "accepted")), card, {})

    def undo(self) -> None:
        entries = [one for one in self.store.iter_log() if one.kind in ("judgement", "opened", "corrected", "rejected", "undone")]
        if entries:
            self._try(lambda: self.store.undo(self.chance.choice(entries).id, because="", by="person:ana", at=self.at))

    def read_anew(self) -> None:
        """A newer reader finds another day or place at the same words."""
        report = self.store.get_report(self.chance.choice(self.reports))
        self.made += 1
        stamp = replace(STAMP, version=f"2.{self.made}")
        found = self.store.find_reading(report.id)
        assert found is not None
        words = dict.fromkeys(report.text[account.evidence.start : account.evidence.end] for account in found.accounts)
        accounts = [self._account(report, told, stamp=stamp) for told in words]
        self.store.add_reading(make_reading(report, accounts=accounts, stamp=stamp), family_of=family_of, at=self.at)

    def copy(self) -> None:
        if len(self.reports) > 1:
            one, other = (self.store.get_report(name).sha256 for name in self.chance.sample(self.reports, 2))
            self.store.add_near_copy(one, other, similarity=0.9, at=self.chance.choice((self.at, self.at, None)))

    def add(self) -> None:
        """A person tells of one more happening on the words of a report, and seats it."""
        report = self.store.get_report(self.chance.choice(self.reports))
        self.made += 1
        stamp = replace(STAMP, name="person:ana", version=f"{self.made}")
        account = self._account(report, report.text.split(". ")[0], stamp=stamp)
        said = {"split_from": None, "because": "", "by": "person:ana", "at": self.at, "act": self.store.last_entry() + 1}
        self.store.add_account(make_reading(report, accounts=[account], stamp=stamp), family_of=family_of, **said)  # type: ignore[arg-type]
        for card in self.store.iter_cards(report=report.id):
            if card.account.id == account.id:
                self._seat(card)

    def erase(self) -> None:
        if len(self.reports) > 3:
            name = self.chance.choice(self.reports)
            self.reports.remove(name)
            self.store.erase_report(name, because="asked for", by="person:ana", at=self.at)

    def part(self) -> None:
        """An account stays in its incident, in another role."""
        card = self._card()
        incident = None if card is None else self.store.find_incident_of(card.account.id)
        if card is not None and incident is not None:
            self._judge(card, incident, verdict="same", by=BY, role=self.chance.choice(("part", "background")))

    def _account(self, report: Report, words: str, **fields: object) -> Account:
        country, admin1 = self.chance.choice(PLACES)
        first = date(2021, self.chance.choice((1, 2, 3)), self.chance.randint(1, 28))
        when = self.chance.choice((None, make_when(first), make_when(first), make_when(first, first + timedelta(days=9))))
        where = None if country is None else make_where(country=country, admin1=admin1, place_id=f"test:{admin1}")
        kind, status = self.chance.choice(("escape", "clash", "meeting")), self.chance.choice(("occurred", "occurred", "attempted", "planned"))
        return make_account(report, type=kind, words=words, status=status, when=when, where=where, **fields)  # type: ignore[arg-type]

    def _seat(self, card: Card) -> None:
        if self.incidents and self.chance.random() < 0.5:
            self._judge(card, self.chance.choice(self.incidents), verdict="same", by=BY)
            return
        incident = f"i-{len(self.incidents)}"
        self.store.open_incident(incident, account=card.account.id, anchor=card.anchor, role="main", because="", by=BY, at=self.at)
        self.incidents.append(incident)

    def _judge(self, card: Card, incident: str, *, verdict: str, by: str, role: str = "main") -> None:
        said = {"role": role, "verdict": verdict, "score": 0.9, "because": "", "by": by, "at": self.at}
        self._try(lambda: self.store.judge(card.account.id, "a-other", incident=incident, anchor=card.anchor, **said))  # type: ignore[arg-type]

    def _append(self, kind: str, card: Card, given: dict[str, object]) -> None:
        value = given | {"anchor": anchor_of(card.account, self.store.get_report(card.account.report))}
        self._try(lambda: self.store.append(kind=kind, subject=card.account.id, value=value, because="", by="person:ana", at=self.at))

    def _card(self) -> Card | None:
        cards = list(self.store.iter_cards(report=self.chance.choice(self.reports)))
        return self.chance.choice(cards) if cards else None

    def _try(self, write: Callable[[], object]) -> None:
        """What the store refuses is not written."""
        with suppress(NotPossible, StoreError):
            write()


_PLACE = ("name", "place_id", "lat", "lon", "radius_km", "precision", "admin1", "admin2", "country")


def report_months(store: Store, *, first: date = date(2020, 1, 1), months: int = 30, each: int = 2, late_days: int = 2) -> None:
    """So many escapes in each month, in Syria, one in ten in Iraq; each is reported, read and opened `late_days` after its day."""
    with store.transaction():
        for number in range(months * each):
            month, nth = divmod(number, each)
            day = date(first.year + (first.month - 1 + month) // 12, (first.month - 1 + month) % 12 + 1, 3 + 20 * nth // each)
            tell(store, f"e{number}", day=day, country="IQ" if number % 10 == 9 else "SY", at=_noon(day + timedelta(days=late_days)))


def tell(store: Store, name: str, *, day: date, country: str, at: datetime, incident: str | None = None, kept_at: datetime | None = ALIKE) -> None:
    """A report of one escape, which opens an incident of its own, or this one, or joins it where it is there. `kept_at`: of the reading, `at` unless given."""
    report = make_report(f"Some men escaped, as {name} told.", id=name, published=at.date())
    account = make_account(report, when=make_when(day), where=make_where(country=country))
    store.add_report(report, at=at)
    store.add_reading(make_reading(report, accounts=[account]), family_of=family_of, at=at if kept_at is ALIKE else kept_at)
    said: dict[str, Any] = {"anchor": anchor_of(account, report), "role": "main", "because": "", "by": BY, "at": at}
    if incident is not None and store.find_opening(incident) is not None:
        store.judge(account.id, "a-other", incident=incident, verdict="same", score=0.9, **said)
        return
    store.open_incident(incident or f"i-{name}", account=account.id, **said)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
