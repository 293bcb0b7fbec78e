"""A digest by mail: what is new and what changed, as text and as HTML, sent over SMTP with TLS."""

from __future__ import annotations

import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from typing import Literal, TypeAlias

from waqai.alerts.alert import Alert
from waqai.alerts.deliveries import NotDelivered
from waqai.alerts.items import Item
from waqai.posting.address import HostAddress, LookUp, is_odd_number, look_up_host
from waqai.posting.connecting import PostFailed, connect
from waqai.posting.rule import MAIL_RULE
from waqai.wording import _, ngettext

IN_A_MAIL = 50
"""So many pieces of news are told in one mail; of more, how many there are, and where to look."""
TIMEOUT_S = 30.0
Security: TypeAlias = Literal["starttls", "ssl", "none"]
SendMail: TypeAlias = Callable[[EmailMessage], None]
"""Hands a mail to a server. Raises NotDelivered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """The server that takes mail, and how; `sender` is where mail comes from. `ca_file`: whose word on certificates is believed, "" for the system's."""

    host: str
    port: int
    security: Security
    sender: str
    user: str = ""
    password: str = ""
    ca_file: str = ""


def make_digest(alert: Alert, items: Sequence[Item], *, more: int, to: str, sender: str, delivery: str, at: datetime, desk: str) -> EmailMessage:
    """One mail; `more` is how much news there is beside the items. The same delivery has the same Message-ID, so that a mail that came twice is one."""
    mail = EmailMessage(policy=SMTP)
    domain = Address(addr_spec=sender).domain
    mail["From"] = Address(display_name="waqai", addr_spec=sender)
    mail["To"] = Address(addr_spec=to)
    mail["Subject"] = _subject(alert, items, more)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{delivery}.{alert.id}@{domain}>"
    mail["List-Id"] = f"<{alert.id}.alerts.{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["Precedence"] = "bulk"
    mail.set_content("\n".join(_iter_text(alert, items, more, desk)) + "\n")
    mail.add_alternative("\n".join(_iter_html(alert, items, more, desk)), subtype="html")
    return mail


def make_sender(server: MailServer, *, look_up: LookUp = look_up_host) -> SendMail:
    """What hands mails to this server."""

    def send(mail: EmailMessage) -> None:
        try:
            with _connect(server, look_up) as connection:
                if server.user:
                    connection.login(server.user, server.password)
                connection.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            (code, said), *_rest = error.recipients.values()
            raise NotDelivered(f"{server.host} takes no mail for this address: {code} {_decoded(said)}", for_good=code >= 500) from error
        except smtplib.SMTPResponseException as error:
            raise NotDelivered(f"{server.host} says {error.smtp_code} {_decoded(error.smtp_error)}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotDelivered(f"{server.host}: {error}") from error

    return send


# -- inside


def _connect(server: MailServer, look_up: LookUp) -> smtplib.SMTP:
    """A connection, under TLS unless the settings say "none", to the address that was looked up and checked."""
    to = _find_server(server, look_up)
    context = ssl.create_default_context(cafile=server.ca_file or None)
    if server.security == "ssl":
        return _PinnedTls(to, context)
    connection = _Pinned(to)
    if server.security == "starttls":
        try:
            connection.starttls(context=context)
        except (smtplib.SMTPException, OSError):
            connection.close()
            raise
    return connection


def _find_server(server: MailServer, look_up: LookUp) -> HostAddress:
    """Where the server is. Raises NotDelivered for a host that is not found, or stands where no mail server does."""
    host = server.host.lower()
    try:
        addresses = () if is_odd_number(host) else tuple(look_up(host, server.port))
    except (OSError, UnicodeError) as error:
        raise NotDelivered(f"{server.host}: {error}") from error
    to = HostAddress(secure=server.security == "ssl", host=host, port=server.port, path="", addresses=addresses)
    if MAIL_RULE.refusal(to) is not None:
        raise NotDelivered(f"{server.host} ({', '.join(addresses) or 'no address'}) is nowhere that takes mail: check `host` under [alerts.mail]")
    return to


class _Pinned(smtplib.SMTP):
    """As in the standard library, on a connection to an address that was checked; the certificate has to be the host's."""

    def __init__(self, to: HostAddress) -> None:
        self._to = to
        super().__init__(to.host, to.port, timeout=TIMEOUT_S)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        try:
            return connect(self._to, time.monotonic() + TIMEOUT_S)[0]
        except PostFailed as error:
            raise OSError(str(error)) from error


class _PinnedTls(_Pinned):
    """As before, under TLS from the start."""

    def __init__(self, to: HostAddress, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(to)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self._context.wrap_socket(super()._get_socket(host, port, timeout), server_hostname=self._to.host)


def _subject(alert: Alert, items: Sequence[Item], more: int) -> str:
    return " ".join(f"waqai: {alert.name}: {_tally(items, more)}".split())


def _tally(items: Sequence[Item], more: int) -> str:
    """How much of what: of the items by kind, of the rest the number."""
    new = sum("new" in one.kinds for one in items)
    withdrawn = sum("withdrawn" in one.kinds for one in items)
    changed = len(items) - new - withdrawn
    counted = ((new, _("{n} new")), (changed, _("{n} changed")), (withdrawn, _("{n} withdrawn")), (more, _("and {n} more")))
    return ", ".join(words.format(n=n) for n, words in counted if n)


def _iter_text(alert: Alert, items: Sequence[Item], more: int, desk: str) -> Iterator[str]:
    yield _tally(items, more)
    yield _("Filter: {filter}").format(filter=alert.matches)
    for one in items:
        yield ""
        yield one.title
        yield from (f"  {line}" for line in one.lines)
        yield f"  {one.address}"
    yield from ("", *_closing(alert, more, desk))


def _iter_html(alert: Alert, items: Sequence[Item], more: int, desk: str) -> Iterator[str]:
    yield f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(alert.name)}</title></head><body>'
    yield f"<p>{escape(_tally(items, more))}<br>{escape(_('Filter: {filter}').format(filter=alert.matches))}</p>"
    for one in items:
        title = f'<a href="{escape(one.address)}">{escape(one.title)}</a>' if one.address.startswith("http") else escape(one.title)
        lines = "".join(f"<li>{escape(line)}</li>" for line in one.lines)
        yield f"<h3>{title}</h3><ul>{lines}</ul>"
    yield f"<p>{'<br>'.join(escape(line) for line in _closing(alert, more, desk))}</p></body></html>"


def _closing(alert: Alert, more: int, desk: str) -> tuple[str, ...]:
    where = f"{desk.rstrip('/')}/alerts" if desk else f"`waqai alert feed {alert.id}`"
    rest = (ngettext("And {n} more: see {where}", "And {n} more: see {where}", more).format(n=more, where=where),) if more else ()
    said = _("You get this because the alert “{name}” names your address. Who runs it ends it: {where}").format(name=alert.name, where=where)
    return (*rest, said)


def _decoded(said: bytes | str) -> str:
    return " ".join((said.decode("utf-8", "replace") if isinstance(said, bytes) else said).split())[:200]
