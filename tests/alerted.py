"""A scene that goes on, for the tests of alerts: an escape that more reports tell of, and what applies a profile without a gazetteer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import scenes
from exported import Nowhere
from waqai.alerts import Alert, Means, Round, Senders, Wanted, add_alert, get_alert, make_door, run_round
from waqai.alerts.deliveries import NotDelivered
from waqai.bounds import Bounds
from waqai.codebook import UCDP_LIKE, load_actors, load_codebook
from waqai.export import Combiner
from waqai.store import Filters, Store

AT = datetime(2021, 4, 1, 12, tzinfo=UTC)
"""Weeks after all that happened."""
HOUR = timedelta(hours=1)
ESCAPES = Filters(type=("escape",), country=("SY",))
HOOK, BOX = "https://hooks.example/waqai?token=t0psecret", "desk@example.org"
MEANS = Means(
    bounds_of=lambda profile, at: Bounds(profile, places=Nowhere(), actors=load_actors(), at=at),
    combiner=Combiner(rule=UCDP_LIKE, codebook=load_codebook(), actors=load_actors()),
)


@dataclass
class Receivers:
    """Where webhooks and mails arrive, without a network; `fails` is said instead while it is set."""

    calls: list[tuple[str, bytes, Mapping[str, str]]] = field(default_factory=list)
    mails: list[EmailMessage] = field(default_factory=list)
    fails: NotDelivered | None = None

    @property
    def senders(self) -> Senders:
        return Senders(post=self._post, mail=self._mail, sender="waqai@example.org", desk="https://desk.example")

    def _post(self, address: str, body: bytes, headers: Mapping[str, str]) -> None:
        if self.fails is not None:
            raise self.fails
        self.calls.append((address, body, headers))

    def _mail(self, mail: EmailMessage) -> None:
        if self.fails is not None:
            raise self.fails
        self.mails.append(mail)


def begin(store: Store) -> None:
    """One report tells that 12 escaped."""
    with store.transaction():
        scenes.add(store, "daily")
        (daily,) = store.iter_cards(report="daily")
        scenes.open_by(store, daily, "i-escape")


def go_on(store: Store) -> None:
    """Another one tells of at least 15, and of two who were hurt."""
    with store.transaction():
        scenes.add(store, "herald")
        escape, clash = store.iter_cards(report="herald")
        scenes.join(store, escape, "i-escape", right="a-other")
        scenes.join(store, clash, "i-escape", right=escape.account.id, role="part")


def catch(store: Store) -> None:
    """A third one tells that two of them were caught: an incident of its own."""
    with store.transaction():
        scenes.add(store, "wire")
        (caught,) = store.iter_cards(report="wire")
        scenes.open_by(store, caught, "i-caught")


def watch(store: Store, *doors: str, from_start: bool = False, at: datetime = AT, roll_up: str | None = None, **wanted: object) -> Alert:
    """An alert on escapes in Syria; a door with "@" and without "://" is mail."""
    made = tuple(make_door("webhook" if "://" in one else "mail", one, roll_up=roll_up) for one in doors)
    given = replace(Wanted(name="escapes", filters=ESCAPES, doors=made), **wanted)  # type: ignore[arg-type]
    return add_alert(given, store, by="person:ana", at=at, from_start=from_start)[0]


def run(alert: Alert, store: Store, receivers: Receivers | None = None, *, at: datetime = AT) -> Round:
    """A round of the alert as it is now."""
    return run_round(get_alert(alert.id, store), store, MEANS, (receivers or Receivers()).senders, at=at)
