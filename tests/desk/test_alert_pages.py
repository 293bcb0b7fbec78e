"""Alerts at the desk: a filter is watched, ended, and read as a feed by who may."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from alerted import AT, BOX, HOOK, MEANS, Receivers
from desk.forms import page_of, send
from waqai.alerts import Alert, Wanted, add_alert, list_alerts, make_door, run_round
from waqai.alerts.deliveries import NotDelivered
from waqai.flow import now
from waqai.people import add_person, add_token
from waqai.store import Filters, Store


def made(store: Store, *, profile: str = "public", name: str = "all", hook: bool = False) -> Alert:
    """An alert on all that is in the store, after a round."""
    doors = (make_door("webhook", HOOK),) if hook else ()
    alert, _key = add_alert(Wanted(name=name, profile=profile, doors=doors), store, by="person:ana", at=now(), from_start=True)
    return run_round(alert, store, MEANS, Receivers(fails=NotDelivered("<b>timed out</b>")).senders, at=AT).alert


def bearer(store: Store, *scopes: str) -> dict[str, str]:
    return {"authorization": f"Bearer {add_token('reader', store, scopes=scopes, by='person', at=now()).secret}"}


def test_the_list_of_incidents_leads_to_a_form_that_watches_its_filter(inside: TestClient, store: Store) -> None:
    page = inside.get("/incidents?type=escape&country=SY").text
    (address,) = re.findall(r'href="(/alerts\?[^"#]+)#new"', page)
    form = page_of(inside.get(address.replace("&amp;", "&")))
    assert "Watch: type=escape, country=SY" in form.text_content()
    answer = send(inside, form, "form[action^='/alerts/add']", name="Escapes", mail=BOX, quiet="22:00-07:00 Europe/Paris", roll_up="1w")
    assert "What passes by now is taken as known" in answer.text
    (alert,) = list_alerts(store)
    assert alert.wanted == Wanted(
        name="Escapes",
        filters=Filters(type=("escape",), country=("SY",)),
        doors=(make_door("mail", BOX, roll_up="1w"),),
        quiet=alert.wanted.quiet,
        kinds=alert.wanted.kinds,  # the form is sent with one box of each name, as this test sends forms
    )
    assert (alert.made_by, str(alert.wanted.quiet)) == ("person:ana", "22:00-07:00 Europe/Paris")
    shown = inside.get("/alerts").text
    assert f"/alerts/{alert.id}.atom" in shown and "type=escape, country=SY" in shown and BOX in shown and "not looked yet" in shown


def test_the_key_of_a_webhook_is_shown_once(inside: TestClient, store: Store) -> None:
    answer = inside.post("/alerts/add", data={"name": "hook", "kind": ["new"], "webhook": HOOK})
    assert answer.status_code == 200 and (key := re.search(r"whsec_[A-Za-z0-9+/=]+", answer.text))
    page = inside.get("/alerts").text
    assert key[0] not in page and "t0psecret" not in page and "hooks.example" in page
    assert list_alerts(store)[0].wanted.kinds == ("new",)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": ""}, "no name for an alert"),
        ({"mail": "ana"}, "no mail address"),
        ({"webhook": "ftp://x"}, "http or https"),
        ({"quiet": "at night"}, "no quiet hours"),
        ({"kind": ["rumours"]}, "no kind of news"),
        ({"mail": BOX, "roll_up": "soon"}, "no length of time"),
    ],
)
def test_what_is_refused_is_said_above_the_form_which_keeps_what_was_typed(inside: TestClient, store: Store, given: dict[str, Any], said: str) -> None:
    answer = inside.post("/alerts/add?type=escape", data={"name": "mine & yours", **given})
    assert answer.status_code == 409 and said in page_of(answer).text_content() and list_alerts(store) == ()
    assert "name" in given or "mine &amp; yours" in answer.text
    assert 'action="/alerts/add?type=escape"' in answer.text


def test_an_alert_is_paused_goes_on_and_is_removed(inside: TestClient, store: Store) -> None:
    made(store)
    for act, done in (("pause", "paused"), ("resume", "goes on"), ("remove", "Removed")):
        answer = send(inside, page_of(inside.get("/alerts")), f"form[action='/alerts/{act}']")
        assert done in answer.text
    assert list_alerts(store) == ()
    assert inside.post("/alerts/remove", data={"alert": "al-none"}).status_code == 404


def test_what_failed_is_shown_and_never_run(inside: TestClient, store: Store) -> None:
    made(store, name="<script>alert(1)</script>", hook=True)
    page = inside.get("/alerts").text
    assert "&lt;b&gt;timed out&lt;/b&gt;" in page and "<script>alert" not in page and "next try on 2021-04-01 12:01 UTC" in page


def test_a_viewer_sees_alerts_and_changes_none(stranger: TestClient, store: Store) -> None:
    alert = made(store)
    add_person("vera", store, role="viewer", password="vera comes in by this", by="person", at=now())
    stranger.post("/login", data={"name": "vera", "password": "vera comes in by this"})
    page = stranger.get("/alerts", headers={"accept": "text/html"})
    assert page.status_code == 200 and "/alerts/add" not in page.text and "/alerts/pause" not in page.text
    for act in ("add", "pause", "resume", "remove"):
        assert stranger.post(f"/alerts/{act}", data={"alert": alert.id, "name": "x"}).status_code == 403
    assert stranger.get(f"/alerts/{alert.id}.atom").status_code == 200


def test_a_form_of_another_site_is_turned_away(inside: TestClient, store: Store) -> None:
    assert inside.post("/alerts/add", data={"name": "x"}, headers={"origin": "https://evil.example"}).status_code == 403
    assert list_alerts(store) == ()


@pytest.mark.parametrize(("ending", "kind"), [("atom", "application/atom+xml"), ("json", "application/json")])
def test_a_feed_is_not_sent_again_to_who_has_it(inside: TestClient, store: Store, ending: str, kind: str) -> None:
    alert = made(store)
    first = inside.get(f"/alerts/{alert.id}.{ending}")
    assert first.status_code == 200 and first.headers["content-type"].startswith(kind) and "new: " in first.text
    again = inside.get(f"/alerts/{alert.id}.{ending}", headers={"if-none-match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert inside.get(f"/alerts/{alert.id}.{ending}", headers={"if-none-match": '"other"'}).status_code == 200


def test_a_stranger_s_token_reads_public_feeds_and_no_other(stranger: TestClient, store: Store) -> None:
    public, internal = made(store), made(store, profile="internal", name="ours")
    outside, insider = bearer(store, "read"), bearer(store, "read", "internal")
    for ending in ("atom", "json"):
        assert stranger.get(f"/alerts/{public.id}.{ending}", headers=outside).status_code == 200
        assert stranger.get(f"/alerts/{internal.id}.{ending}", headers=outside).status_code == 403
        assert stranger.get(f"/alerts/{internal.id}.{ending}", headers=insider).status_code == 200
    assert stranger.get("/alerts", headers=outside).status_code == 403
    assert "Qalat" not in stranger.get(f"/alerts/{public.id}.json", headers=outside).text
    assert stranger.get("/alerts/al-none.atom", headers=insider).status_code == 404
