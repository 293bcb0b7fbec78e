"""Reports are added at the desk: pasted, as files, as tables whose columns are asked for once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from desk.forms import page_of, text_of
from fetching.hostile import Site, gives, serving
from waqai.desk import Desk
from waqai.flow import now
from waqai.people import add_token
from waqai.store import Store

TEXT = "Twelve prisoners escaped from the central jail of Raqqa on 5 March 2021, the Syrian Observatory for Human Rights said. Two guards were killed."
TABLE = "Notes,Event date,Source\n" + '"Gunmen freed 40 inmates from a prison in Raqqa on 7 May 2021.",2021-05-08,The Lake\n,2021-05-09,The Lake\n'


@pytest.fixture
def ended(desk: Desk) -> Iterator[None]:
    """Runs end before their store is closed."""
    yield
    desk.close()


def wait_for(client: TestClient, address: str, *, seconds: float = 60) -> Any:
    """The run's page once the run is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        page = page_of(client.get(address))
        if not page.cssselect("progress"):
            return page
        time.sleep(0.1)
    raise AssertionError(f"{address} goes on")


@pytest.mark.usefixtures("ended")
def test_a_pasted_text_is_read_linked_and_kept(inside: TestClient, store: Store) -> None:
    before = store.counts().reports
    answer = inside.post("/add", data={"text": TEXT, "title": "Escape in Raqqa", "publisher": "The Lake", "published": "2021-03-06"})
    page = wait_for(inside, answer.headers["location"])
    assert "1 new report" in text_of(page, "[role=status]")[0]
    assert store.counts().reports == before + 1
    (report,) = [one for one in store.iter_reports() if one.title == "Escape in Raqqa"]
    assert (report.text, report.publisher, str(report.published)) == (TEXT, "The Lake", "2021-03-06")
    reading = store.find_reading(report.id)
    assert reading is not None and reading.accounts


@pytest.mark.usefixtures("ended")
def test_files_are_read_and_what_is_set_aside_says_why(inside: TestClient, store: Store) -> None:
    files = [("files", ("../../etc/one.txt", TEXT.encode(), "text/plain")), ("files", ("empty.txt", b"", "text/plain")), ("files", ("x.exe", b"MZ\0", "x/y"))]
    page = wait_for(inside, inside.post("/add", files=files).headers["location"])
    assert store.find_report("one") is not None
    aside = " ".join(text_of(page, ".runs li"))
    assert "empty" in aside and "x.exe" in aside


@pytest.mark.usefixtures("ended")
def test_the_columns_of_a_table_are_asked_for_once_and_kept(inside: TestClient, store: Store) -> None:
    files = [("files", ("events.csv", TABLE.encode(), "text/csv"))]
    asked = page_of(inside.post("/add", files=files))
    (form,) = asked.cssselect("form[action^='/add/columns/']")
    assert "Gunmen freed 40 inmates" in form.text_content()
    chosen = {"0.text": "Notes", "0.published": "Event date", "0.publisher": "Source"}
    page = wait_for(inside, inside.post(form.get("action"), data=chosen).headers["location"])
    assert "1 new report" in text_of(page, "[role=status]")[0]
    assert store.find_columns(["Source", "Notes", "event DATE"]) is not None
    again = inside.post("/add", files=files)  # nothing is asked the second time
    assert again.status_code == 303
    wait_for(inside, again.headers["location"])


def test_nothing_is_added_without_words(inside: TestClient, store: Store) -> None:
    answer = inside.post("/add", data={"text": "  \n", "title": "x"})
    assert answer.status_code == 409
    assert "there is nothing to add" in text_of(page_of(answer), ".failed")[0]
    assert "no day" in text_of(page_of(inside.post("/add", data={"text": TEXT, "published": "soon"})), "p")[0]
    assert inside.get("/add/none").status_code == 404
    assert inside.post("/add/columns/guessed", data={"0.text": "x"}).status_code == 404


# -- pages by their address


@pytest.fixture
def site(desk: Desk) -> Iterator[Site]:
    """A site that this desk may fetch from, as a host of its own."""
    article = f"<html><body><article><h1>Escape</h1><p>{TEXT}</p><p>{TEXT} They fled north.</p></article></body></html>"
    with serving({"/news/flight": gives(article.encode()), "/closed": gives(article.encode())}, robots=gives(b"User-agent: *\nDisallow: /closed")) as opened:
        intake = desk.settings.intake.model_copy(update={"allow_hosts": (f"127.0.0.1:{opened.port}",)})
        desk.settings = desk.settings.model_copy(update={"intake": intake})
        yield opened


@pytest.mark.usefixtures("ended")
@pytest.mark.parametrize("field", ["page", "url"])
def test_a_page_is_fetched_by_its_address(inside: TestClient, store: Store, site: Site, field: str) -> None:
    answer = inside.post("/add", data={field: f" {site.at('/news/flight')} ", "publisher": "The Lake"})
    page = wait_for(inside, answer.headers["location"])
    assert "1 new report" in text_of(page, "[role=status]")[0]
    report = store.find_report("flight")
    assert report is not None and (report.url, report.publisher) == (site.at("/news/flight"), "The Lake") and report.fetched_at is not None
    assert site.paths == ["/robots.txt", "/news/flight"]


@pytest.mark.usefixtures("ended")
def test_the_address_of_a_pasted_text_is_where_it_stood_and_is_not_fetched(inside: TestClient, site: Site) -> None:
    wait_for(inside, inside.post("/add", data={"text": TEXT, "url": site.at("/news/flight")}).headers["location"])
    assert site.seen == []


@pytest.mark.usefixtures("ended")
@pytest.mark.parametrize(
    ("path", "said"), [("/closed", "robots.txt"), ("/none", "404"), ("http://169.254.169.254/", "open internet"), ("http://127.0.0.1:22/", "open internet")]
)
def test_a_page_that_may_not_be_fetched_says_why(inside: TestClient, site: Site, path: str, said: str) -> None:
    address = path if "://" in path else site.at(path)
    page = wait_for(inside, inside.post("/add", data={"page": address}).headers["location"])
    assert said in " ".join(text_of(page, ".runs li")) and "/closed" not in site.paths


def test_what_is_no_address_is_said_at_once(inside: TestClient) -> None:
    answer = inside.post("/add", data={"page": "javascript:alert(1)", "title": "kept"})
    assert answer.status_code == 409 and "only http:// and https://" in text_of(page_of(answer), ".failed")[0]
    assert page_of(answer).cssselect("#page")[0].get("value") == "javascript:alert(1)"


def test_only_who_may_add_reports_makes_the_desk_fetch(stranger: TestClient, store: Store, site: Site) -> None:
    assert stranger.post("/add", data={"page": site.at("/news/flight")}).status_code in (401, 403)
    token = add_token("reader", store, scopes=["read", "internal", "note", "export"], by="person", at=now())
    answer = stranger.post("/add", data={"page": site.at("/news/flight")}, headers={"authorization": f"Bearer {token.secret}"})
    assert answer.status_code == 403 and site.seen == []
