"""Feeds at the desk: an address is watched, paused, removed; what failed and what was set aside stands there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from desk.forms import page_of, send
from factories import make_report
from waqai.flow import now
from waqai.people import add_person
from waqai.store import Store
from waqai.watching import Feed, add_feed, get_feed, list_feeds
from waqai.watching.feed import Found
from waqai.watching.items import find_due, note_failed, note_found, note_kept
from waqai.watching.keeping import note_failure

ADDRESS = "https://news.example/rss.xml"
WHY = "the server <b>answered</b> 503"


def made(store: Store) -> Feed:
    return add_feed(ADDRESS, store, name="Valley News", every=timedelta(minutes=30), by="person:ana", at=now())


def test_an_address_is_watched_by_the_form(inside: TestClient, store: Store) -> None:
    answer = send(inside, page_of(inside.get("/feeds")), "form[action='/feeds/add']", address=ADDRESS, name="Valley News", publisher=" ", every="6h")
    assert "Watched from the next round on" in answer.text
    (feed,) = list_feeds(store)
    assert (feed.address, feed.name, feed.publisher, feed.every_s, feed.kind) == (ADDRESS, "Valley News", None, 21_600, "auto")


@pytest.mark.parametrize("address", ["/etc", "file:///etc/passwd", "https://ana:secret@news.example/", "https://"])
def test_a_folder_and_what_is_no_address_are_refused_and_stay_in_the_form(inside: TestClient, store: Store, address: str) -> None:
    answer = inside.post("/feeds/add", data={"address": address, "name": "kept"})
    assert answer.status_code == 409 and 'value="kept"' in answer.text and 'role="alert"' in answer.text
    assert list_feeds(store) == ()


def test_what_failed_and_what_was_set_aside_is_told_and_escaped(inside: TestClient, store: Store) -> None:
    feed = made(store)
    note_failure(feed, WHY, store, wait_s=None, at=now())
    note_found(feed.id, [Found(key="k", address="javascript:alert(1)", title="<i>Escape</i>")], store, at=now())
    (item,) = find_due([feed.id], store, at=now(), most=9)
    note_failed(item, WHY, store, for_good=True, at=now())
    for path in ("/feeds", f"/feeds/{feed.id}"):
        page = inside.get(path)
        assert page.status_code == 200 and WHY in page_of(page).text_content() and "<b>answered" not in page.text and "javascript:" not in page.text
    assert "<i>Escape</i>" in page_of(inside.get(f"/feeds/{feed.id}")).text_content()


def test_reports_that_a_feed_brought_are_linked_and_found_by_one_question(inside: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    feed, reports = made(store), [make_report(f"Report {n}.", id=f"r-{n}") for n in range(4)]
    for report in reports[:3]:  # the fourth was erased meanwhile
        store.add_report(report)
    note_found(feed.id, [Found(key=report.id, address=f"https://news.example/{report.id}") for report in reports], store, at=now())
    for item in find_due([feed.id], store, at=now(), most=9):
        note_kept(item, next(report.sha256 for report in reports if report.id == item.key), store, at=now())
    monkeypatch.setattr(Store, "find_report", lambda *_: pytest.fail("asked for one report"))
    page = page_of(inside.get(f"/feeds/{feed.id}"))
    assert sorted(a.get("href") for a in page.cssselect("a[href^='/reports/']")) == ["/reports/r-0", "/reports/r-1", "/reports/r-2"]
    assert "kept" in page.text_content()


def test_a_feed_is_paused_goes_on_is_tried_again_and_removed(inside: TestClient, store: Store) -> None:
    feed = made(store)
    for act, is_paused in (("pause", True), ("resume", False)):
        send(inside, page_of(inside.get("/feeds")), f"form[action='/feeds/{act}']")
        assert (get_feed(feed.id, store).paused_at is not None) is is_paused
    assert inside.post("/feeds/retry", data={"feed": feed.id}).status_code == 303
    assert inside.post("/feeds/other", data={"feed": feed.id}).status_code == 409
    send(inside, page_of(inside.get("/feeds")), "form[action='/feeds/remove']")
    assert list_feeds(store) == () and inside.get(f"/feeds/{feed.id}").status_code == 404


def test_a_coder_sees_feeds_and_changes_none(inside: TestClient, store: Store) -> None:
    feed = made(store)
    add_person("cora", store, role="coder", password="correct horse battery", by="person", at=now())
    inside.post("/leave")
    inside.post("/login", data={"name": "cora", "password": "correct horse battery"})
    page = inside.get("/feeds")
    assert page.status_code == 200 and "Valley News" in page.text and '<form method="post" action="/feeds' not in page.text
    assert [inside.post(f"/feeds/{act}", data={"feed": feed.id, "address": ADDRESS}).status_code for act in ("add", "pause", "remove")] == [403] * 3
