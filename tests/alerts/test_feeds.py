"""Feeds: stable ids, the same bytes for the same store, and a form that readers take."""

from __future__ import annotations

import json
from datetime import datetime
from xml.etree import ElementTree

from alerted import AT, HOUR, MEANS, begin, go_on, run, watch
from waqai.alerts import Alert, get_alert, load_items, make_atom, make_json_feed
from waqai.export.atom import ATOM
from waqai.store import Store

HERE = "https://desk.example/alerts/a.atom"


def feeds(alert: Alert, store: Store, *, at: datetime = AT) -> tuple[ElementTree.Element, dict[str, object]]:
    items = load_items(get_alert(alert.id, store), store, MEANS, at=at, desk="https://desk.example/")
    return ElementTree.fromstring(make_atom(alert, items, address=HERE)), json.loads(make_json_feed(alert, items, address=HERE))


def test_both_feeds_tell_the_newest_first_with_ids_that_stay(store: Store) -> None:
    begin(store)
    alert = watch(store, from_start=True)
    run(alert, store)
    first, _json = feeds(alert, store)
    go_on(store)
    run(alert, store, at=AT + HOUR)
    atom, told = feeds(alert, store, at=AT + 2 * HOUR)
    ids = [one.text for one in atom.iterfind(f"{{{ATOM}}}entry/{{{ATOM}}}id")]
    assert ids == [f"urn:waqai:alert:{alert.id}:2", f"urn:waqai:alert:{alert.id}:1"] == [one["id"] for one in told["items"]]  # type: ignore[attr-defined]
    assert [one.text for one in first.iterfind(f"{{{ATOM}}}entry/{{{ATOM}}}id")] == ids[1:]
    assert atom.findtext(f"{{{ATOM}}}updated") == (AT + HOUR).isoformat(), "when it was seen, not when it is asked for"
    assert atom.findtext(f"{{{ATOM}}}id") == f"urn:waqai:alert:{alert.id}"
    assert [one.get("href") for one in atom.iterfind(f"{{{ATOM}}}entry/{{{ATOM}}}link")] == ["https://desk.example/incidents/i-escape"] * 2


def test_the_same_store_gives_the_same_bytes_at_any_hour(store: Store) -> None:
    begin(store)
    alert = watch(store, from_start=True)
    run(alert, store)
    one, other = (load_items(get_alert(alert.id, store), store, MEANS, at=at, desk="") for at in (AT, AT + 1000 * HOUR))
    assert make_atom(alert, one, address=HERE) == make_atom(alert, other, address=HERE)


def test_the_json_feed_has_what_the_format_asks_for(store: Store) -> None:
    begin(store)
    alert = watch(store, from_start=True)
    run(alert, store)
    _atom, told = feeds(alert, store)
    assert told["version"] == "https://jsonfeed.org/version/1.1" and told["title"] == "waqai: escapes" and told["feed_url"] == HERE
    (item,) = told["items"]  # type: ignore[misc]
    assert item["content_text"].startswith("escaped: 12; grade weak") and item["url"] == "https://desk.example/incidents/i-escape"  # type: ignore[index]
    assert item["_waqai"]["record"]["id"] == "i-escape" and item["date_published"] == AT.isoformat()  # type: ignore[index]


def test_a_feed_without_news_is_a_feed(store: Store) -> None:
    atom, told = feeds(watch(store), store)
    assert atom.findtext(f"{{{ATOM}}}updated") == AT.isoformat() and told["items"] == []


def test_where_no_desk_is_told_a_record_is_named_by_its_id(store: Store) -> None:
    begin(store)
    alert = watch(store, from_start=True)
    run(alert, store)
    (item,) = load_items(get_alert(alert.id, store), store, MEANS, at=AT, desk="")
    assert item.address == "urn:waqai:i-escape" and "url" not in json.loads(make_json_feed(alert, (item,), address="urn:x"))["items"][0]
