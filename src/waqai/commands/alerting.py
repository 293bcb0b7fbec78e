"""`waqai alert`: saved filters, what they have told, and rounds."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import typer

from waqai.alerts import (
    MailServer,
    Means,
    Round,
    Senders,
    Wanted,
    add_alert,
    check_kinds,
    get_alert,
    list_alerts,
    list_deliveries,
    load_items,
    make_atom,
    make_door,
    make_json_feed,
    make_key,
    make_senders,
    parse_quiet,
    pause_alert,
    remove_alert,
    run_round,
    try_doors,
)
from waqai.alerts.alert import parse_period
from waqai.bounds import Bounds, Profile
from waqai.codebook import UCDP_LIKE, load_actors, load_codebook
from waqai.commands.common import unpacking
from waqai.commands.filter_checks import check_filters
from waqai.commands.history import author
from waqai.commands.opening import open_named_store
from waqai.core import SettingsError, WaqaiError
from waqai.export import Combiner
from waqai.flow import Filters, Settings, Store, find_settings_file, load_settings, now, open_gazetteer
from waqai.operating.logs import begin_logs, tell
from waqai.operating.stopping import stops_in_order
from waqai.terminal.alerts import alert_as_json, print_alert, print_alerts, print_round, print_sent
from waqai.terminal.printing import err, out, print_json, progress_bar

PASSWORD = "WAQAI_SMTP_PASSWORD"
"""The environment variable that the mail server's password comes from."""


def add_alert_command(
    name: str,
    *,
    filters: Mapping[str, Any],
    kinds: Sequence[str],
    webhooks: Sequence[str],
    mails: Sequence[str],
    roll_up: str | None,
    quiet: str | None,
    profile: str,
    from_start: bool,
    by: str | None,
    store: str | None,
) -> int:
    """Exit status 0; a webhook's key alone on standard output. Raises NotPossible, typer.BadParameter."""
    doors = [make_door("webhook", one, roll_up=roll_up) for one in webhooks] + [make_door("mail", one, roll_up=roll_up) for one in mails]
    if roll_up and not doors:
        raise typer.BadParameter("it is for what is sent: name a --webhook or --mail, too", param_hint="--roll-up")
    wanted = Wanted(
        name=name,
        filters=Filters(**check_filters(filters, load_codebook())),
        kinds=check_kinds(kinds),
        doors=tuple(doors),
        profile=profile,
        quiet=parse_quiet(quiet) if quiet else None,
    )
    with open_named_store(store, must_exist=True) as opened:
        alert, key = add_alert(wanted, opened, by=author(by), at=now(), from_start=from_start)
        known = "what is in the store already is told, too" if from_start else "what passes by now is taken as known"
    err.print(f"alert {alert.name} ({alert.id}) tells of {alert.matches}; {known}. `waqai alert run` looks and sends.", soft_wrap=True)
    if mails and not load_settings(find_settings_file()).alerts.mail.host:
        err.print("No server for mail is set yet: name one under [alerts.mail] in the settings, else mail is given up after a day.", soft_wrap=True)
    _show_key(key)
    return 0


def list_alerts_command(*, store: str | None, format: str) -> int:
    """Exit status 0, also when there is none."""
    with open_named_store(store, must_exist=True) as opened:
        found = [(one, list_deliveries(one, opened, most=1)) for one in list_alerts(opened)]
    if format == "text":
        print_alerts(out, found)
    else:
        print_json([alert_as_json(alert, deliveries) for alert, deliveries in found], format)
    return 0


def show_alert_command(name: str, *, store: str | None, format: str) -> int:
    """Exit status 0. Raises UnknownId."""
    with open_named_store(store, must_exist=True) as opened:
        alert = get_alert(name, opened)
        deliveries = list_deliveries(alert, opened)
    if format == "text":
        print_alert(out, alert, deliveries)
    else:
        print_json([alert_as_json(alert, deliveries)], format)
    return 0


def pause_alert_command(name: str, *, pause: bool, store: str | None) -> int:
    """Exit status 0. Raises UnknownId."""
    with open_named_store(store, must_exist=True) as opened:
        alert = pause_alert(name, opened, at=now() if pause else None)
    out.print(f"{alert.name} is paused" if pause else f"{alert.name} goes on with the next round", soft_wrap=True)
    return 0


def remove_alert_command(name: str, *, by: str | None, store: str | None) -> int:
    """Exit status 0. Raises UnknownId."""
    with open_named_store(store, must_exist=True) as opened:
        alert = remove_alert(name, opened, by=author(by), at=now())
    out.print(f"removed: {alert.name}", soft_wrap=True)
    return 0


def alert_key_command(name: str, *, store: str | None) -> int:
    """Exit status 0. Raises UnknownId, NotPossible."""
    with open_named_store(store, must_exist=True) as opened:
        _show_key(make_key(name, opened))
    return 0


def run_alerts_command(names: Sequence[str], *, every: str | None, store: str | None, log: str | None = None) -> int:
    """Exit status 1 where a delivery was given up. Raises UnknownId, SettingsError before anything is sent."""
    period = parse_period(every).total_seconds() if every else 0.0
    settings, is_logged = load_settings(find_settings_file()), begin_logs(log)
    with stops_in_order(), open_named_store(store, must_exist=True) as opened:
        means, senders = _means_of(opened, settings), _senders_of(settings)
        for name in names:
            get_alert(name, opened)
        given_up = _run_all(names, opened, means, senders, is_logged=is_logged)
        while period:
            time.sleep(period)
            try:
                _run_all(names, opened, means, senders, is_logged=is_logged)
            except WaqaiError as error:  # the next round may go better, e.g. where somebody held the store for long
                if is_logged:
                    tell("round of alerts failed", level="error", error=error)
                else:
                    err.print(f"waqai: {error}", soft_wrap=True)
    return 1 if given_up else 0


def test_alert_command(name: str, *, store: str | None) -> int:
    """Exit status 1 where a door did not take it. Raises UnknownId, SettingsError."""
    senders = _senders_of(load_settings(find_settings_file()))
    with open_named_store(store, must_exist=True) as opened:
        alert = get_alert(name, opened)
        sent = list(try_doors(alert, opened, senders, at=now()))
    for one in sent:
        print_sent(out, alert, one)
    if not sent:
        out.print(f"{alert.name} sends nothing: it has feeds only, see `waqai alert feed`", soft_wrap=True)
    return 1 if any(one.error for one in sent) else 0


def alert_feed_command(name: str, *, format: str, store: str | None) -> int:
    """Exit status 0. Raises UnknownId, GazetteerError."""
    settings = load_settings(find_settings_file())
    with open_named_store(store, must_exist=True) as opened:
        alert, desk = get_alert(name, opened), settings.alerts.desk
        items = load_items(alert, opened, _means_of(opened, settings), at=now(), desk=desk)
    make = make_json_feed if format == "json" else make_atom
    address = f"{desk.rstrip('/')}/alerts/{alert.id}.{format}" if desk else f"urn:waqai:alert:{alert.id}"
    sys.stdout.buffer.write(make(alert, items, address=address) + b"\n")
    return 0


# -- inside


def _run_all(names: Sequence[str], store: Store, means: Means, senders: Senders, *, is_logged: bool) -> bool:
    """A round of each of these alerts (of all where none is named), said on the screen or logged; whether anything was given up."""
    began = time.monotonic()
    alerts = [get_alert(name, store) for name in names] if names else list_alerts(store)
    rounds: list[Round] = []
    with progress_bar() as progress:
        for alert in alerts:
            task = progress.add_task(alert.name, total=None)
            rounds.append(run_round(alert, store, means, senders, at=now(), step=lambda done, task=task: progress.advance(task, done)))  # type: ignore[misc]
            progress.remove_task(task)
    tries = [sent for one in rounds for sent in one.sent]
    given_up = sum(sent.error is not None and sent.next_try is None for sent in tries)
    if is_logged:
        done = {"news": sum(one.news for one in rounds), "sent": sum(sent.error is None for sent in tries), "ms": round((time.monotonic() - began) * 1000, 1)}
        tell("round of alerts", alerts=len(rounds), failed=sum(sent.error is not None for sent in tries), given_up=given_up, **done)  # type: ignore[arg-type]
        return given_up > 0
    for one in rounds:
        print_round(out, one)
    if err.is_terminal and not any(one.news or one.sent for one in rounds):
        err.print("nothing new, nothing due" if alerts else "there is no alert; `waqai alert add` makes one")
    return given_up > 0


def _means_of(store: Store, settings: Settings) -> Means:
    """What applies the profiles, and the rule for figures. Raises GazetteerError, CodebookError."""
    with unpacking() as tell:
        places = open_gazetteer(settings, progress=tell)
    actors, codebook = load_actors(), load_codebook()

    @lru_cache(maxsize=3)
    def bounds_of(profile: Profile, at: datetime) -> Bounds:
        return Bounds(profile, places=places, actors=actors, at=at, publishers=store.list_hosts())

    return Means(bounds_of=bounds_of, combiner=Combiner(rule=UCDP_LIKE, codebook=codebook, actors=actors))


def _senders_of(settings: Settings) -> Senders:
    """What sends, as the settings say. Raises SettingsError."""
    part = settings.alerts.mail
    password = os.environ.get(PASSWORD, "")
    if part.host and not part.sender:
        raise SettingsError("alerts.mail.sender is empty: name the address that mails come from")
    if part.security == "none" and part.user and part.host not in ("localhost", "127.0.0.1", "::1"):
        raise SettingsError(f"alerts.mail.security is 'none', so that the password would go to {part.host} for everybody to read: use starttls or ssl")
    if part.user and not password:
        raise SettingsError(f"alerts.mail.user is {part.user!r}, but the environment has no {PASSWORD}")
    named = {name: getattr(part, name) for name in ("host", "port", "security", "sender", "user", "ca_file")}
    return make_senders(MailServer(**named, password=password) if part.host else None, desk=settings.alerts.desk, allow_hosts=settings.alerts.allow_hosts)


def _show_key(key: str | None) -> None:
    if key is not None:
        err.print("Its webhooks are signed with this key, which is shown this once; docs/alerts.md says how to check a signature:", soft_wrap=True)
        sys.stdout.write(f"{key}\n")
