"""The queue's page: doubtful first, or the surest first to be accepted together."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from desk.forms import page_of, send, text_of
from waqai.reviewing import count_queue, iter_queue
from waqai.store import Store


def test_the_surest_are_listed_first_and_only_near_certain_ones_are_ticked(inside: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    surest = list(iter_queue(store, order="surest"))
    limit = surest[2].doubt
    monkeypatch.setattr("waqai.desk.queue_pages.SURE", limit)
    page = page_of(inside.get("/queue?sure=1"))
    boxes = page.cssselect("input[name=account]")
    assert [box.get("value") for box in boxes] == [one.account for one in surest]
    assert [box.get("checked") is not None for box in boxes] == [one.doubt < limit for one in surest]
    assert "near-certain" in " ".join(text_of(page, ".queue p.dim"))


def test_where_none_is_near_certain_nothing_is_ticked_and_the_page_says_so(inside: TestClient) -> None:
    page = page_of(inside.get("/queue?sure=1"))
    assert not page.cssselect("input[name=account][checked]") and "None is near-certain" in " ".join(text_of(page, ".queue p.dim"))


def test_those_ticked_are_accepted_in_one_act(inside: TestClient, store: Store) -> None:
    before, chosen = count_queue(store), [one.account for one in iter_queue(store, order="surest")][1:3]
    send(inside, page_of(inside.get("/queue?sure=1")), "form[action='/queue/accept']", account=chosen)
    assert count_queue(store) == before - 2
    said = [entry for entry in store.iter_log() if entry.kind == "accepted"]
    assert {entry.subject for entry in said} == set(chosen) and {entry.because for entry in said} == {"looked through in the queue, the surest first"}


def test_the_file_of_the_queue_has_the_order_of_its_page(inside: TestClient, store: Store) -> None:
    for query, order in (("", "rank"), ("?sure=1", "surest")):
        found = inside.get(f"/queue.json{query}", headers={"accept": "application/json"}).json()["waiting"]
        assert [one["account"] for one in found] == [one.account for one in iter_queue(store, order=order)]  # type: ignore[arg-type]
