from __future__ import annotations

import csv
import io

import pytest
from starlette.testclient import TestClient

from desk.forms import page_of, send, text_of
from waqai.flow import now
from waqai.people import add_person
from waqai.store import Store


def rows(client: TestClient, address: str) -> dict[str, list[str]]:
    """The cells of each row, by name."""
    page = page_of(client.get(address))
    return {
        row[0].text_content().split("\n")[0].strip(): [" ".join(cell.text_content().split()) for cell in row[1:6]]
        for row in page.cssselect("table.list tr")[1:]
    }


def test_publishers_are_listed_by_name_each_count_with_its_base(inside: TestClient) -> None:
    found = rows(inside, "/publishers")
    assert list(found) == ["The Daily", "The Herald", "The Lake", "The Wire"]
    assert found["The Herald"] == ["1", "1 of 1", "0 of 1", "1 of 1", "0 of 1"]  # incidents, first, alone, contradicted, revised
    assert found["The Daily"][1] == "0 of 1"
    assert found["The Lake"] == ["2", "–", "2 of 2", "–", "–"]


def test_a_publisher_leads_to_its_incidents(inside: TestClient) -> None:
    link = page_of(inside.get("/publishers?words=herald")).cssselect("td.number a")[0].get("href")
    assert "1 incident" in text_of(page_of(inside.get(link)), "h1")[0]


def test_names_are_found_whatever_their_case_and_nobody_is_said_where_there_is_none(inside: TestClient) -> None:
    assert list(rows(inside, "/publishers?words=hER")) == ["The Herald"]
    assert "Nobody of that name" in inside.get("/publishers?words=zzz").text


def test_data_comes_in_pages_by_name_and_the_file_holds_all(inside: TestClient) -> None:
    names, address = [], "/publishers.json?size=3"
    while address:
        page = inside.get(address).json()
        names += [one["name"] for one in page["publishers"]]
        address = page["next"]
    assert names == ["The Daily", "The Herald", "The Lake", "The Wire"]
    told = list(csv.DictReader(io.StringIO(inside.get("/publishers.csv").text)))
    assert [one["name"] for one in told] == names
    assert (told[1]["first"], told[1]["ordered"]) == ("1", "1")


def test_speakers_are_those_whom_we_may_name(inside: TestClient) -> None:
    assert list(rows(inside, "/publishers?kind=speaker")) == ["The Observatory"]


@pytest.mark.parametrize("address", ["/publishers?order=first", "/publishers?sort=-contradicted", "/publishers?kind=publisher&order=incidents"])
def test_nothing_in_the_address_changes_the_order(inside: TestClient, address: str) -> None:
    assert list(rows(inside, address)) == ["The Daily", "The Herald", "The Lake", "The Wire"]


def test_one_is_marked_unreliable_with_a_reason_and_reliable_after_all(inside: TestClient, store: Store) -> None:
    page = page_of(inside.get("/publishers?words=herald"))
    page = page_of(send(inside, page, "details.mark form", because="prints rumours"))
    (entry,) = store.find_unreliable().values()
    assert (entry.because, entry.by) == ("prints rumours", "person:ana")
    assert text_of(page, ".badge") == ["unreliable"]
    assert inside.get("/publishers.json").json()["publishers"][1]["unreliable"] is True
    assert inside.get("/publishers.json").json()["publishers"][0]["contradicted"] == 0  # what is left out contradicts nobody
    send(inside, page, "details.mark form", because="they mended their ways")
    assert store.find_unreliable() == {}


def test_a_mark_without_a_reason_is_refused_and_says_so(inside: TestClient, store: Store) -> None:
    answer = send(inside, page_of(inside.get("/publishers")), "details.mark form", because=" ")
    assert answer.status_code == 409 and "say why" in answer.text
    assert store.find_unreliable() == {}


def test_a_coder_sees_the_counts_and_may_not_mark(stranger: TestClient, store: Store) -> None:
    add_person("a coder", store, role="coder", password="coder coder coder!", by="person", at=now())
    stranger.post("/login", data={"name": "a coder", "password": "coder coder coder!"})
    stranger.headers["accept"] = "text/html"
    assert page_of(stranger.get("/publishers")).cssselect("details.mark") == []
    assert stranger.post("/publishers/mark", data={"name": "The Herald", "unreliable": "1", "because": "x"}).status_code == 403


def test_counts_follow_the_store(inside: TestClient, store: Store) -> None:
    assert rows(inside, "/publishers")["The Daily"] == ["1", "0 of 1", "0 of 1", "1 of 1", "0 of 1"]
    for card in store.iter_cards(report="herald"):
        store.append(kind="rejected", subject=card.account.id, value={"anchor": card.anchor}, because="", by="person:ana", at=now())
    found = rows(inside, "/publishers")
    assert list(found) == ["The Daily", "The Lake", "The Wire"]
    assert found["The Daily"] == ["1", "–", "1 of 1", "–", "0 of 1"]
