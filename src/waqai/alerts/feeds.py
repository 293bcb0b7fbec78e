"""An alert's news as a feed that readers and programs fetch: Atom (RFC 4287) and JSON Feed 1.1. The same store gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from waqai.alerts.alert import Alert
from waqai.alerts.items import Item
from waqai.export.atom import FeedEntry, make_feed
from waqai.wording import _

JSON_FEED = "https://jsonfeed.org/version/1.1"


def make_atom(alert: Alert, items: Sequence[Item], *, address: str) -> bytes:
    """The feed as XML; `address` is where it is fetched."""
    entries = [FeedEntry(id=_urn(alert, one), title=one.title, summary=one.summary, address=one.address, changed=one.at) for one in items]
    return make_feed(entries, id=f"urn:waqai:alert:{alert.id}", title=_title(alert), address=address, author="waqai", changed=alert.made_at)


def make_json_feed(alert: Alert, items: Sequence[Item], *, address: str) -> bytes:
    """The feed as JSON. What is waqai's own stands under `_waqai`, as the format asks of additions."""
    told: dict[str, Any] = {"version": JSON_FEED, "title": _title(alert), "description": _("Matches: {filter}").format(filter=alert.matches)}
    told |= {"feed_url": address} if address.startswith("http") else {}
    told |= {"authors": [{"name": "waqai"}], "items": [_as_json(alert, one) for one in items]}
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _as_json(alert: Alert, item: Item) -> dict[str, Any]:
    own = {"kinds": item.kinds, "incident": item.incident, "changes": item.lines, "matches": item.matches, "record": item.record}
    address = {"url": item.address} if item.address.startswith("http") else {}
    said = {"id": _urn(alert, item), **address, "title": item.title, "content_text": item.summary, "date_published": item.at.isoformat()}
    return said | {"_waqai": own}


def _title(alert: Alert) -> str:
    return f"waqai: {alert.name}"


def _urn(alert: Alert, item: Item) -> str:
    return f"urn:waqai:alert:{alert.id}:{item.number}"
