"""A webhook call: one POST of JSON, signed as the Standard Webhooks specification has it, to an address of the open internet.

Signed is `ID.TIMESTAMP.BODY` by HMAC-SHA256 (https://www.standardwebhooks.com): who has the key knows that it comes from here, as it is, and when it was sent.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TypeAlias

from waqai import __version__
from waqai.alerts.alert import WEBHOOK, Alert
from waqai.alerts.deliveries import NotDelivered
from waqai.alerts.items import Item
from waqai.alerts.keeping import SECRET
from waqai.core import SettingsError
from waqai.posting.address import HostAddress, LookUp, look_up_host, resolve_address
from waqai.posting.post import PostFailed, Reply, post
from waqai.posting.rule import AddressRule

TIMEOUT_S, MOST_BYTES = 15.0, 65_536
"""All the time a receiver has, and how much of its answer is read."""
GONE = 410
"""By this a receiver says that it wants no more."""
Post: TypeAlias = Callable[[str, bytes, Mapping[str, str]], None]
"""Posts these bytes to an address with these headers. Raises NotDelivered."""


def make_body(alert: Alert, items: Sequence[Item], *, at: datetime) -> bytes:
    """What is posted."""
    told = [
        {
            "id": f"urn:waqai:alert:{alert.id}:{one.number}",
            "kinds": one.kinds,
            "incident": one.incident,
            "title": one.title,
            "changes": one.lines,
            "matches": one.matches,
            "at": one.at.isoformat(),
            "address": one.address,
            "record": one.record,
        }
        for one in items
    ]
    named = {"id": alert.id, "name": alert.name, "matches": alert.matches, "profile": alert.wanted.profile}
    return json.dumps({"type": "alert.news", "timestamp": at.isoformat(), "data": {"alert": named, "news": told}}, ensure_ascii=False).encode(
        "utf-8", "replace"
    )


def make_headers(delivery: str, body: bytes, secret: str, *, at: datetime) -> dict[str, str]:
    """The headers of a call: what it is, and who vouches for it."""
    stamp = str(int(at.timestamp()))
    signed = {"Webhook-Id": delivery, "Webhook-Timestamp": stamp, "Webhook-Signature": sign(delivery, stamp, body, secret)}
    return {"Content-Type": "application/json", "User-Agent": f"waqai/{__version__}"} | signed


def sign(delivery: str, timestamp: str, body: bytes, secret: str) -> str:
    """The signature, "v1," before it.

    >>> sign("msg_1", "1700000000", b"{}", "whsec_c2VjcmV0")
    'v1,A5oIrJxXPB/PkULSoVu0e4khvPiqpF9vljmhkSKg0FI='
    """
    key = base64.b64decode(secret.removeprefix(SECRET))
    digest = hmac.new(key, f"{delivery}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode('ascii')}"


def make_poster(*, allowed_hosts: Collection[str], look_up: LookUp = look_up_host) -> Post:
    """What posts, to addresses of the open internet by https only, and to the hosts (HOST or HOST:PORT) that the settings name by http, too.

    Raises SettingsError for a host that is none.
    """
    return partial(_post_to, rule=AddressRule(ports=None).with_own(allowed_hosts), look_up=look_up)


def _post_to(address: str, body: bytes, headers: Mapping[str, str], *, rule: AddressRule, look_up: LookUp) -> None:
    try:
        to = resolve_address(address, place=WEBHOOK, look_up=look_up)
    except SettingsError as error:
        raise NotDelivered(str(error)) from error
    _check_where(to, rule)
    try:
        reply = post(to, "", body, headers=headers, timeout_s=TIMEOUT_S, most_bytes=MOST_BYTES)
    except PostFailed as error:
        raise NotDelivered(f"{to.host}: {error}") from error
    _check_reply(to, reply)


def _check_where(to: HostAddress, rule: AddressRule) -> None:
    """Raises NotDelivered for where a call could do harm: a machine in this house that believes whoever reaches it."""
    refusal = rule.refusal(to)
    if refusal is not None:
        raise NotDelivered(f"{refusal}: an administrator allows it by `allow_hosts` under [alerts]")
    if not to.secure and not rule.owns(to):
        raise NotDelivered(f"{to.host} is asked by http, where others can read along: use https, or allow the host by `allow_hosts` under [alerts]")


def _check_reply(to: HostAddress, reply: Reply) -> None:
    if 200 <= reply.status < 300:
        return
    why = {GONE: " (it wants no more)"}.get(reply.status, " (redirects are not followed)" if 300 <= reply.status < 400 else "")
    raise NotDelivered(f"{to.host} answered {reply.status}{why}", for_good=reply.status == GONE, wait_s=reply.retry_after_s)
