"""Small stores of many made-up incidents, and what persons and machines may do to them, drawn by chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from factories import STAMP, family_of, make_account, make_claim, make_involved, make_reading, make_report, make_when, make_where
from scenes import anchor_of
from waqai.codebook import Actor, ActorRegister
from waqai.core import Account, Report, WaqaiError, When, Where, to_plain
from waqai.store import Store

AT = datetime(2024, 1, 1, tzinfo=UTC)
TYPES = ("escape", "jailbreak", "recapture", "clash", "air_strike", "aid")
STATUSES = ("occurred", "attempted", "planned")
PUBLISHERS = ("The Daily", "The Herald", "Lake Post", None)
ACTORS = ("north-council", "river-guard", "lake-union", "lone-wolf")
WORDS = ("river", "market", "bridge", "harbour", "Straße")
REGISTER = ActorRegister(
    [Actor(id=id, name=id.replace("-", " ").title(), kind="armed_group") for id in ACTORS[:3]],  # "lone-wolf" is in no register: perhaps a person
    kinds={"armed_group": "a group"},
)
PLACES: tuple[dict[str, Any] | None, ...] = (
    {"name": "Tel Salam", "lat": 36.5, "lon": 40.5},
    {"name": "Tel Nur", "lat": 36.51, "lon": 40.52},
    {"name": "Aleppo", "lat": 36.2, "lon": 37.1, "admin1": "Aleppo", "radius_km": 12.0},
    {"name": "Aleppo, Pa.", "lat": 40.5, "lon": -80.1, "admin1": "Aleppo", "country": "US"},
    {"name": "Suva", "lat": -18.1, "lon": 178.4, "admin1": "Central", "country": "FJ"},
    {"name": "Apia", "lat": -13.8, "lon": -171.8, "admin1": "Tuamasaga", "country": "WS"},
    {"name": "Hasakah", "lat": None, "lon": None, "precision": "P4_admin1", "radius_km": None},
    {"name": "the steppe", "lat": 45.0, "lon": 65.0, "admin1": "Nowhere", "country": None},
    None,
)


class Crowd:
    """A store that is filled and changed by chance. Mutable: it remembers what it wrote."""

    def __init__(self, store: Store, seed: int, *, days: int = 900) -> None:
        self.store, self.random, self.days = store, Random(seed), days
        self.incidents: list[str] = []
        self.told: list[tuple[Report, Account]] = []
        self.acts: tuple[Callable[[], object], ...] = (
            *(self.tell, self.tell, self.judge, self.correct, self.correct, self.reject, self.undo, self.undo),
            *(self.read_again, self.arrive, self.copy, self.mark, self.erase, self.lock_away),
        )

    def tell(self) -> None:
        """One report more, of a new incident or a known one."""
        nth, random = len(self.told), self.random
        text = f"Number {nth}: guards at the {random.choice(WORDS)} near the {random.choice(WORDS)} told of it, the Observatory said."
        report = make_report(text, id=f"r{nth:03}", publisher=random.choice(PUBLISHERS), published=self.day(), title=f"News {nth}")
        account = self.account(report)
        claim = make_claim(report, speaker="the Observatory", accounts=[account.id])
        self.store.add_report(report, at=AT)
        self.store.add_reading(make_reading(report, accounts=[account], claims=[claim]), family_of=family_of, at=AT)
        said: dict[str, Any] = {"because": "", "by": "linker 1", "at": AT}
        if not self.incidents or random.random() < 0.6:
            self.incidents.append(f"i-{random.randrange(36**4):06}")
            self.store.open_incident(self.incidents[-1], account=account.id, anchor=anchor_of(account, report), role="main", **said)
        else:
            self.join(report, account, self.random.choice(self.incidents), by="linker 1")
        self.told.append((report, account))

    def account(self, report: Report, **fields: Any) -> Account:
        random, place = self.random, self.random.choice(PLACES)
        day = None if random.random() < 0.15 else self.day()
        involved = [make_involved("initiator", id.replace("-", " "), actor_id=id) for id in random.sample(ACTORS, random.choice((0, 1, 2)))]
        given: dict[str, Any] = {"type": random.choice(TYPES), "status": random.choice(STATUSES), "involved": involved}
        given |= {"when": day and self.when(day), "where": place and make_where(place_id=f"test:{place['name']}", **place)}
        return make_account(report, **(given | fields))

    def day(self) -> date:
        return date(2021, 1, 5) + timedelta(days=self.random.randrange(self.days))

    def when(self, day: date) -> When:
        return make_when(day, day + timedelta(days=self.random.choice((0, 0, 0, 3, 40))))

    def join(self, report: Report, account: Account, incident: str, *, by: str, verdict: Any = "same") -> None:
        said = {"verdict": verdict, "score": 0.9, "because": "", "by": by, "at": AT}
        self.store.judge(account.id, "a-other", incident=incident, anchor=anchor_of(account, report), role=self.random.choice(("main", "background")), **said)

    def judge(self) -> None:
        report, account = self.random.choice(self.told)
        self.join(report, account, self.random.choice(self.incidents), by="person:ana", verdict=self.random.choice(("same", "same", "different")))

    def correct(self) -> None:
        report, account = self.random.choice(self.told)
        other = self.account(report)
        changes: list[dict[str, Any]] = [
            {"facet": "status", "value": self.random.choice(STATUSES)},
            {"facet": "when", "value": {"earliest": self.day().isoformat(), "latest": "2024-01-01"}},
            {"facet": "when", "value": None},
            {"facet": "where", "value": None if other.where is None else _without_words(other.where)},
            {"facet": "type", "value": other.type, "family": family_of(other.type)},
            {"facet": "actor", "role": "responder", "at": None, "value": {"name": "x", "actor_id": self.random.choice(ACTORS)}},
        ]
        self.say("corrected", account, self.random.choice(changes) | {"anchor": anchor_of(account, report)})

    def reject(self) -> None:
        report, account = self.random.choice(self.told)
        self.say(self.random.choice(("rejected", "rejected", "accepted")), account, {"anchor": anchor_of(account, report)})

    def lock_away(self) -> None:
        incident = self.random.choice(self.incidents)
        self.store.append(kind="locked", subject=incident, value={"incident": incident}, because="", by="person:ana", at=AT)

    def say(self, kind: str, account: Account, value: dict[str, Any]) -> None:
        self.store.append(kind=kind, subject=account.id, value=value, because="it says so", by="person:ana", at=AT)

    def undo(self) -> None:
        self.store.undo(self.random.randint(1, self.store.last_entry()), because="", by="person:ana", at=AT)

    def read_again(self) -> None:
        """A newer reading on the same words, of the same type or of another."""
        report, account = self.random.choice(self.told)
        stamp = replace(STAMP, version=f"{self.random.randrange(10**6)}")
        newer = self.account(report, type=self.random.choice((account.type, "meeting")), stamp=stamp)
        self.store.add_reading(make_reading(report, accounts=[newer], stamp=stamp), family_of=family_of, at=AT)

    def arrive(self) -> None:
        report, _ = self.random.choice(self.told)
        self.store.add_report(replace(report, id=f"{report.id}-again", publisher="The Echo"), at=AT)

    def copy(self) -> None:
        one, other = (report for report, _ in self.random.sample(self.told, 2))
        self.store.add_near_copy(one.sha256, other.sha256, similarity=0.8, at=AT)

    def mark(self) -> None:
        self.store.mark_voice(self.random.choice(("The Daily", "the Observatory")), unreliable=self.random.random() < 0.7, because="", by="person:ana", at=AT)

    def erase(self) -> None:
        self.store.erase_report(self.random.choice(self.told)[0].id, because="asked to", by="person:ana", at=AT)

    def act(self) -> str:
        """Do something that is possible; what it was."""
        while True:
            act = self.random.choice(self.acts)
            try:
                act()
            except (WaqaiError, KeyError):  # undone before, erased, locked, told apart: somebody else's rule
                continue
            return act.__name__


def _without_words(where: Where) -> dict[str, Any]:
    said = ("phrase", "p", "rule", "said_by")
    return {name: value for name, value in to_plain(where).items() if name not in said}


def crowd(store: Store, seed: int, *, reports: int = 40, **fields: Any) -> Crowd:
    """A store with so many reports."""
    made = Crowd(store, seed, **fields)
    with store.transaction():
        for _ in range(reports):
            made.tell()
    return made
