"""Incidents as an Atom feed (RFC 4287), for whoever follows a filter in a feed reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as xml

ATOM = "http://www.w3.org/2005/Atom"


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
    feed = xml.Element("feed", xmlns=ATOM)
    _add(feed, "id", id)
    _add(feed, "title", title)
    _add(feed, "updated", max((entry.changed for entry in listed), default=changed).isoformat())
    _add(xml.SubElement(feed, "author"), "name", author)
    xml.SubElement(feed, "link", rel="self", href=address)
    for entry in listed:
        one = xml.SubElement(feed, "entry")
        _add(one, "id", entry.id)
        _add(one, "title", entry.title)
        _add(one, "updated", entry.changed.isoformat())
        xml.SubElement(one, "link", rel="alternate", href=entry.address)
        _add(one, "summary", entry.summary)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + xml.tostring(feed, encoding="utf-8")


def _add(parent: xml.Element, name: str, text: str) -> None:
    xml.SubElement(parent, name).text = "".join(char for char in text if char in "\t\n\r" or char >= " " and not "\ud800" <= char <= "\udfff" and char not in "\ufffe\uffff")
