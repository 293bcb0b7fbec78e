from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from threading import Thread
from unittest.mock import Mock

import pytest

from crowds import crowd
from waqai.core import StoreError
from waqai.desk import Desk, house, keep_warm, make_desk
from waqai.flow import shipped_settings
from waqai.store import Store, open_store
from waqai.store.changes import last_change


@pytest.fixture
def desk(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(house, "gc", Mock())  # the tests' own collector goes on as it does
    monkeypatch.setattr(house, "FOLLOWED_EVERY_S", 0.02)
    desk = make_desk(store, shipped_settings(), owner_name="ana")
    yield desk
    desk.close()


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def follows(desk: Desk) -> bool:
    """Whether what lists are answered from is of the store's last change."""
    seen = desk.browser._seen
    with desk.store.committed() as connection:
        return seen is not None and seen.picture.number == last_change(connection)


def test_a_desk_follows_its_store_until_it_closes(desk: Desk) -> None:
    thread = Thread(target=keep_warm, args=[desk])
    thread.start()
    until(lambda: follows(desk))
    assert desk.browser._seen is not None
    before = len(desk.browser._seen.picture)
    crowd(desk.store, 1, reports=5)
    until(lambda: follows(desk))
    assert len(desk.browser._seen.picture) > before
    desk.close()
    thread.join(5)
    assert not thread.is_alive()


def test_a_database_that_is_away_for_a_time_is_followed_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    away, warm_up = [StoreError("the database is away")] * 3, desk.browser.warm_up

    def warm() -> None:
        if away:
            raise away.pop()
        warm_up()

    monkeypatch.setattr(desk.browser, "warm_up", warm)
    thread = Thread(target=keep_warm, args=[desk])
    thread.start()
    until(lambda: follows(desk))
    desk.close()
    thread.join(5)
    assert not away and not thread.is_alive()


def test_what_reads_for_a_desk_opens_the_same_store_again(new_address: Callable[[str], str]) -> None:
    address, settings = new_address("postgresql"), shipped_settings()
    rules = settings.model_copy(update={"reader": settings.reader.model_copy(update={"name": "rules"})})
    with open_store(address) as opened:
        desk = make_desk(opened, rules)
        assert "***" in opened.address and desk.chain.ground.store == address
        open_store(desk.chain.ground.store, must_exist=True).close()
        desk.close()
