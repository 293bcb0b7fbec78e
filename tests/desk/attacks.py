"""Attacks on the desk: each is a function that tries one and says whether it got through.

The same function is tried with the guards up (test_hostile) and with them taken out (test_guards_count): an attack that fails without its guard, too, would
prove nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
from lxml import html
from starlette.testclient import TestClient

from desk.conftest import BASE
from desk.ground import EVIL, EVIL_FILE, EVIL_REPORT, PASSWORD, SECRET, Ground, ask_raw
from waqai.desk.app import routes
from waqai.desk.entrance import COOKIE
from waqai.flow import now
from waqai.gates import limits
from waqai.people import add_token
from waqai.store import Store

# -- what is written into pages


def holds_evil(answer: Any) -> bool:
    """Whether a browser would make elements, attributes or scripts of what was sent."""
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return answer.headers.get("x-content-type-options") != "nosniff"
    page = html.fromstring(answer.text or "<p>")
    mine = [script for script in page.iter("script") if script.get("src") is None and script.get("type") not in ("application/json", "text/plain")]
    attributes = [name for one in page.iter() if isinstance(one.tag, str) for name in one.attrib if name.startswith("on") or name == "data-evil"]
    hrefs = [value for one in page.iter() if isinstance(one.tag, str) for name in ("href", "src", "action") if (value := one.get(name))]
    return bool(page.cssselect("x-evil") or mine or attributes) or any(one.strip().lower().startswith(("javascript:", "data:")) for one in hrefs)


def own_pages(client: TestClient) -> Iterator[Any]:
    """Every page of the desk that is about the hostile record, as its owner sees it."""
    found = {
        "report": EVIL_REPORT,
        "incident": "i-evil",
        "run": "none",
        "alert": "al-none",
        "expectation": "x-none",
        "feed": "none",
        "sha256": EVIL_FILE.sha256,
    }
    account = next(iter(client.get("/incidents.json").json()["incidents"]))["accounts"][0]["account"]
    for route in routes():
        if "GET" in route.methods and route.path not in ("/start", "/login"):
            path = route.path_format.format(**found)
            yield client.get(path, params={"one": "i-evil", "other": "i-escape", "name": account, "incident": "i-evil", "account": account})


def stored_words_become_elements(ground: Ground) -> bool:
    client = ground.owner()
    answers = list(own_pages(client))
    assert sum("x-evil" in answer.text for answer in answers) >= 6, "the hostile words are on no page: this attack sees nothing"
    return any(map(holds_evil, answers))


def sent_words_become_elements(ground: Ground) -> bool:
    client, stranger = ground.owner(), ground.stranger()
    answers = [client.get(f"/{EVIL}"), stranger.get(f"/{EVIL}"), stranger.get("/start", params={"token": EVIL})]
    answers += [stranger.post("/login", data={"name": EVIL, "password": EVIL}), client.post("/add", data={"text": "", "title": EVIL, "publisher": EVIL})]
    answers += [client.post("/judge/note", data={"incident": EVIL, "words": EVIL}), client.post(f"/add/columns/{EVIL}", data={EVIL: EVIL})]
    answers += [client.post("/add", data={"text": "x", "title": EVIL, "published": EVIL}), client.post("/review/undo", data={"report": EVIL, "entry": EVIL})]
    for route in routes():
        if "GET" in route.methods and not route.path.startswith(("/start", "/login")):
            path = route.path_format.format(**dict.fromkeys(("report", "incident", "run", "alert", "expectation", "feed", "sha256"), EVIL.replace("/", "%2F")))
            names = [one.alias for inner in (route.dependant, *route.dependant.dependencies) for one in inner.query_params]
            answers += [client.get(path, params={name: EVIL}) for name in names] or [client.get(path)]
    assert sum("x-evil" in answer.text for answer in answers) >= 6, "nothing that was sent comes back: this attack sees nothing"
    return any(map(holds_evil, answers))


def a_reports_address_is_a_script(ground: Ground) -> bool:
    page = html.fromstring(ground.owner().get(f"/reports/{EVIL_REPORT}").text)
    return any((one.get("href") or "").startswith("javascript:") for one in page.iter("a"))


def an_answer_without_the_policy(ground: Ground) -> bool:
    """Of pages, errors of every kind, files, and of what fails by our fault."""
    client, stranger = ground.owner(), ground.stranger()
    answers = [*own_pages(client), client.get("/nowhere"), client.get("/incidents.json", params={"size": "x"}), client.delete("/"), stranger.get("/")]
    answers += [stranger.get("/healthz", headers={"host": "evil.example"}), client.post("/leave", headers={"sec-fetch-site": "cross-site"})]
    answers += [client.post("/judge/note", content=b"x" * 2_000_000), stranger.get("/start"), stranger.get("/login"), client.get("/static/desk.css")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "counts", lambda _store: 1 / 0)
        answers.append(client.get("/"))
    codes = {answer.status_code for answer in answers}
    assert codes >= {200, 400, 401, 403, 404, 405, 413, 422, 500}, f"not every kind of answer was asked for: {codes}"
    policies = [answer.headers.get("content-security-policy", "") for answer in answers]
    return not all("default-src 'self'" in policy or policy == "sandbox; default-src 'none'" for policy in policies)


def another_site_frames_the_desk(ground: Ground) -> bool:
    headers = ground.owner().get("/").headers
    return headers.get("x-frame-options") != "DENY" and "frame-ancestors 'none'" not in headers.get("content-security-policy", "")


# -- who asks, and from where


def another_site_sends_a_form(ground: Ground) -> bool:
    client, before = ground.owner(), ground.store.last_entry()
    for headers in ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "http://evil.example"}, {"origin": "null"}):
        client.post("/judge/note", data={"incident": "i-escape", "words": "sent from elsewhere"}, headers=headers)
    return ground.store.last_entry() != before


def another_name_is_bound_to_this_machine(ground: Ground) -> bool:
    client = ground.owner()
    return any(SECRET in client.get("/incidents", headers={"host": host}).text for host in ("evil.example", "127.0.0.1.evil.example", "localhost@evil.example"))


def a_start_token_is_guessed(ground: Ground) -> bool:
    ground.desk.mint_start_token()
    client = ground.stranger()
    client.get("/start", params={"token": "guess"})
    return SECRET in client.get("/incidents").text


def a_session_is_guessed(ground: Ground) -> bool:
    ground.owner()
    client = ground.stranger()
    client.cookies.set(COOKIE, "guess")
    return SECRET in client.get("/incidents").text


def an_api_token_is_guessed(ground: Ground) -> bool:
    add_token("feed", ground.store, scopes=["read", "internal"], by="person", at=now())
    client = ground.stranger()
    client.headers["authorization"] = "Bearer waqai_guess"
    return SECRET in client.get("/incidents").text


def a_feed_readers_token_reads_a_text(ground: Ground) -> bool:
    """What opens lists in the public profile is shown at a page."""
    client = ground.stranger()
    client.headers["authorization"] = f"Bearer {add_token('feed', ground.store, scopes=['read'], by='person', at=now()).secret}"
    return any(SECRET in client.get(path).text for path in ("/incidents", "/incidents.json?profile=internal", "/reports/daily"))


def a_password_is_guessed_in_a_row(ground: Ground) -> bool:
    client = ground.stranger()
    return all(client.post("/login", data={"name": "a coder", "password": f"guess {n} guess"}).status_code == 403 for n in range(30))


def a_password_is_wrong_and_lets_in(ground: Ground) -> bool:
    return ground.stranger().post("/login", data={"name": "a admin", "password": "not hers at all"}).status_code == 303


def a_stranger_reads_round_the_entrance(ground: Ground) -> bool:
    """By paths that look like open ones."""
    plain = ["/incidents", "//incidents", "/incidents.json", "/incidents.json/", "/openapi.json"]
    paths = [
        *plain,
        *(f"{open}/..{path}" for open in ("/static", "/healthz", "/login", "/start") for path in plain),
        "/static/%2e%2e/incidents",
        "/login?/incidents",
    ]
    return any(SECRET in body or '"paths"' in body for path in paths for _status, body in [ask_raw(ground.app, path)])


def a_role_acts_beyond_itself(ground: Ground) -> bool:
    """A viewer writes a note, a coder merges, a coder takes back what the machine said, a token that reads writes."""
    viewer, coder, before = ground.person("viewer"), ground.person("coder"), ground.store.last_entry()
    reader = ground.stranger()
    reader.headers["authorization"] = f"Bearer {add_token('feed', ground.store, scopes=['read', 'internal'], by='person', at=now()).secret}"
    at = ground.store.last_entry()
    for client in (viewer, reader):
        client.post("/judge/note", data={"incident": "i-escape", "words": "beyond me"})
    coder.post("/judge/lock", data={"incident": "i-escape", "seen": str(at)})
    coder.post("/judge/undo", data={"incident": "i-meeting", "entry": str(first_of(ground.store, "i-meeting")), "seen": str(at)})
    return ground.store.last_entry() > at or at < before


def first_of(store: Store, incident: str) -> int:
    """The machine's entry that opened the incident."""
    return next(entry.id for entry in store.iter_log() if entry.kind == "opened" and entry.value.get("incident", entry.subject) == incident)


def a_script_or_another_site_gets_the_cookie(ground: Ground) -> bool:
    """The flags that a browser goes by, and Secure behind https."""
    cookies = []
    for scheme in ("http", "https"):
        answer = ground.stranger(scheme).get("/start", params={"token": ground.desk.mint_start_token()})
        cookies.append(answer.headers["set-cookie"].lower())
    return not all("httponly" in one and "samesite=strict" in one and "path=/" in one for one in cookies) or "; secure" not in cookies[1]


def a_session_outlives_its_end(ground: Ground) -> bool:
    client = ground.owner()
    value = client.cookies[COOKIE]
    client.post("/leave")
    client.cookies.set(COOKIE, value)
    return client.get("/incidents").status_code == 200


def coming_in_keeps_a_session_that_somebody_set(ground: Ground) -> bool:
    client = ground.stranger()
    client.cookies.set(COOKIE, "set-by-another", domain="127.0.0.1")
    answer = client.get("/start", params={"token": ground.desk.mint_start_token()})
    return "set-by-another" in answer.headers["set-cookie"]


# -- where an address leads


ELSEWHERE = ("//evil.example", "/\\evil.example", "https://evil.example", "../..//evil.example", "x\r\nset-cookie: evil=1", "\\\\evil.example", "@evil.example")


def a_redirect_leads_elsewhere(ground: Ground) -> bool:
    """Whatever is sent as an id or as "next", no answer leads to another host or writes a header of its own."""
    answers = [answer for evil in ELSEWHERE for answer in _ask_to_be_led(ground, evil)]
    led = [answer for answer in answers if "location" in answer.headers]
    assert len(led) > 10, "nothing led anywhere: this attack sees nothing"
    away = [answer for answer in led if urlsplit(urljoin(BASE, answer.headers["location"])).netloc != urlsplit(BASE).netloc]
    return bool(away) or any("evil=1" in answer.headers.get("set-cookie", "") for answer in answers)


def _ask_to_be_led(ground: Ground, evil: str) -> list[Any]:
    client = ground.owner()
    asked = dict.fromkeys(("next", "report", "incident", "name", "words", "after", "back", "redirect"), evil)
    sent = asked | {"name": "a viewer", "password": PASSWORD}
    marked = asked | {"name": "The Daily", "because": "x", "unreliable": "true"}
    came = [ground.stranger().post("/login", params=asked, data=sent), client.get("/start", params=asked | {"token": ground.desk.mint_start_token()})]
    slashes = [client.get(f"/{quote(evil)}/", params=asked), client.get(f"{BASE}//evil.example/{quote(evil)}/"), client.get(f"{BASE}//evil.example/incidents/")]
    return [*came, *slashes, client.post("/publishers/mark", params=asked, data=marked)]


def a_file_beside_ours_is_read(ground: Ground) -> bool:
    """Under /static/ and as a report or incident."""
    application = ground.app
    ways = ("..", "%2e%2e", "..%2f..", "css/../..", "%5c..", "....//..")
    paths = [f"/static/{way}/{file}" for way in ways for file in ("app.py", "desk/app.py", "guard.py")] + [
        f"/static/{up}etc/passwd" for up in ("../" * 12, "/", "//", "%2f")
    ]
    paths += [f"/{room}/{way}/{way}/{way}/{way}/etc/passwd" for room in ("reports", "incidents", "add") for way in ways]
    cookie = ground.owner().cookies[COOKIE]
    found = [body for path in paths for _status, body in [ask_raw(application, path, cookie=cookie)]]
    return any("The desk as one web application" in body or "root:" in body for body in found)


# -- how much is sent


def more_is_sent_than_is_taken(ground: Ground) -> bool:
    """Without a length, and with a false one: how many bytes of a body the desk takes before it answers."""
    cookie = ground.owner().cookies[COOKIE]
    return any(taken_of(ground, cookie, headers) > 2_000_000 for headers in ({}, {"content-length": "10"}))


def taken_of(ground: Ground, cookie: str, headers: dict[str, str], *, path: str = "/judge/note", size: int = 8_000_000) -> int:
    """Bytes that the desk asks for of a file in a form that is `size` long."""
    taken = 0
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'

    async def receive() -> dict[str, Any]:
        nonlocal taken
        part = head if taken == 0 else b"a" * 65_536
        taken += len(part)
        return {"type": "http.request", "body": part, "more_body": taken < size}

    sent = {"content-type": "multipart/form-data; boundary=x"} | headers
    status, _body = ask_raw(ground.app, path, cookie=cookie, method="POST", headers=sent, receive=receive)
    assert status in (400, 404, 409, 413, 422), status
    return taken


def a_body_that_never_comes_is_waited_for(ground: Ground) -> bool:
    """For longer than the desk's patience, which is made short for this."""
    cookie = ground.owner().cookies[COOKIE]

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(1)
        return {"type": "http.disconnect"}

    sent = {"content-type": "application/x-www-form-urlencoded", "content-length": "10"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "PATIENCE_S", 0.1)
        status, _body = ask_raw(ground.app, "/judge/note", cookie=cookie, method="POST", headers=sent, receive=receive)
    return status != 408
