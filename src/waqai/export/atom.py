"""Incidents as an Atom feed (RFC 4287), for whoever follows a filter in a feed reader."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One incident in a feed: `address` leads to its page, `changed` is when the log last said something of it."""

    id: str
    title: str
    summary: str
    address: str
    changed: datetime


def make_feed(entries: Iterable[FeedEntry], *, id: str, title: str, address: str, author: str, changed: datetime) -> bytes:
    """The feed as XML. `id` is that of the filter and stays the same; `changed` is for a feed without entries.

    Characters that XML cannot hold are left out.
    """
    listed = tuple(entries)
    feed = Element("feed", xmlns=ATOM)
    _add(feed, "id", id)
    _add(feed, "title", title)
    _add(feed, "updated", max((entry.changed for entry in listed), default=changed).isoformat())
    _add(SubElement(feed, "author"), "name", author)
    SubElement(feed, "link", rel="self", href=address)
    for entry in listed:
        one = SubElement(feed, "entry")
        _add(one, "id", entry.id)
        _add(one, "title", entry.title)
        _add(one, "updated", entry.changed.isoformat())
        SubElement(one, "link", rel="alternate", href=entry.address)
        _add(one, "summary", entry.summary)
    whole: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return whole


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _NOT_XML.sub("", text)
