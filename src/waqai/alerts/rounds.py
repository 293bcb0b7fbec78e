"""One round: look for news, make deliveries of what is due, try those whose time has come. Whoever runs it, and however many at once, nothing is sent twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from waqai.alerts.alert import Alert, Door
from waqai.alerts.deliveries import Delivery, NotDelivered, find_to_try, hold, make_deliveries, note_failed, note_sent
from waqai.alerts.items import Item, load_items
from waqai.alerts.keeping import find_key, get_alert
from waqai.alerts.looking import Means, look, note_looked
from waqai.alerts.mail import IN_A_MAIL, MailServer, SendMail, make_digest, make_sender
from waqai.alerts.webhook import Post, make_body, make_headers, make_poster
from waqai.core import UnknownId
from waqai.store import Store

MOST_CALLS = 1_000
"""So many deliveries of one alert in a round; the rest comes with the next."""
TEST = "msg_test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Senders:
    """What sends: webhooks, and mails from `sender` (None: no server for mail is set). `desk` is the address at which receivers reach the desk, or ""."""

    post: Post
    mail: SendMail | None = None
    sender: str = ""
    desk: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of one try: `error` is None where it was taken; then `next_try` says when there is another one, None where it was given up."""

    door: Door
    news: int
    error: str | None = None
    next_try: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What a round did for one alert: how much was news, and each try."""

    alert: Alert
    news: int
    sent: tuple[Sent, ...] = ()


def make_senders(server: MailServer | None, *, desk: str, allow_hosts: tuple[str, ...]) -> Senders:
    """What sends over the network, as the settings say."""
    poster = make_poster(allowed_hosts=allow_hosts)
    return Senders(post=poster, mail=None if server is None else make_sender(server), sender="" if server is None else server.sender, desk=desk)


def run_round(alert: Alert, store: Store, means: Means, senders: Senders, *, at: datetime, step: Callable[[int], None] = lambda done: None) -> Round:
    """One round of one alert; nothing where it is paused."""
    if alert.paused_at is not None:
        return Round(alert=alert, news=0)
    news = note_looked(alert, look(alert, store, means, at=at, step=step), store, at=at)
    try:
        now = get_alert(alert.id, store)
    except UnknownId:  # removed meanwhile
        return Round(alert=alert, news=news)
    return Round(alert=now, news=news, sent=tuple(_send_due(now, store, means, senders, at=at)))


def try_doors(alert: Alert, store: Store, senders: Senders, *, at: datetime) -> Iterator[Sent]:
    """Send a test through each door, whatever the hour; nothing of the store is in it."""
    told = "This is a test: nothing happened. What is news comes like this."
    item = Item(
        number=0,
        incident="test",
        kinds=("new",),
        title="test: this door is open",
        lines=(told,),
        matches=alert.matches,
        at=at,
        address=senders.desk or "urn:waqai:test",
        record=None,
    )
    for door in alert.wanted.doors:
        try:
            _send(alert, door, (item,), 0, f"{TEST}_{int(at.timestamp())}", store, senders, at=at)
        except NotDelivered as error:
            yield Sent(door=door, news=1, error=str(error))
        else:
            yield Sent(door=door, news=1)


# -- inside


def _send_due(alert: Alert, store: Store, means: Means, senders: Senders, *, at: datetime) -> Iterator[Sent]:
    """Make and try deliveries until none is due: a webhook that takes every call gets all the news in one round."""
    doors = {door.key: door for door in alert.wanted.doors}
    load = lru_cache(maxsize=2)(lambda first, last: load_items(alert, store, means, at=at, desk=senders.desk, first=first, last=last, newest=False))
    for _turn in range(MOST_CALLS):
        make_deliveries(alert, store, at=at)
        due = find_to_try(alert, store, at=at)
        if not due:
            return
        for delivery in due:
            if hold(delivery, store, at=at):
                yield _try(alert, doors[delivery.door], delivery, load(delivery.first, delivery.last), store, senders, at=at)


def _try(alert: Alert, door: Door, delivery: Delivery, news: tuple[Item, ...], store: Store, senders: Senders, *, at: datetime) -> Sent:
    items = news[:IN_A_MAIL] if door.kind == "mail" else news
    more = max(0, delivery.last - delivery.first + 1 - IN_A_MAIL) if door.kind == "mail" else 0
    try:
        if items:  # else all of it was erased or is held back by now
            _send(alert, door, items, more, delivery.id, store, senders, at=at)
    except NotDelivered as error:
        return Sent(door=door, news=len(items), error=str(error), next_try=note_failed(delivery, error, store, at=at))
    note_sent(delivery, store, at=at)
    return Sent(door=door, news=len(items) + more)


def _send(alert: Alert, door: Door, items: tuple[Item, ...], more: int, delivery: str, store: Store, senders: Senders, *, at: datetime) -> None:
    """Raises NotDelivered."""
    if door.kind == "mail":
        if senders.mail is None:
            raise NotDelivered("no server for mail is set: name one under [alerts.mail] in the settings")
        named = {"to": door.address, "sender": senders.sender, "delivery": delivery, "desk": senders.desk}
        senders.mail(make_digest(alert, items, more=more, at=at, **named))
        return
    secret = find_key(alert.id, store)
    if secret is None:
        raise NotDelivered(f"the key is not in this store, as backups have none: `waqai alert key {alert.id}` makes another one")
    body = make_body(alert, items, at=at)
    senders.post(door.address, body, make_headers(delivery, body, secret, at=at))
