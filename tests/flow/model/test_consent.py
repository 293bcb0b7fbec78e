"""Reports go to another machine only with two keys, and one of them is somebody's typed word in the store's log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from waqai.core import SettingsError
from waqai.flow import Store, open_named_store
from waqai.flow.model.consent import allow_host, check_may_ask, forbid_host
from waqai.posting.address import HostAddress

REMOTE = HostAddress(secure=True, host="models.test", port=443, path="/v1", addresses=("93.184.216.34",))
MIXED = HostAddress(secure=True, host="models.test", port=443, path="/v1", addresses=("127.0.0.1", "93.184.216.34"))
LOCAL = HostAddress(secure=False, host="localhost", port=8080, path="/v1", addresses=("127.0.0.1", "::1"))


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "store.sqlite")


@pytest.fixture
def store(path: str) -> Iterator[Store]:
    with open_named_store(path, must_exist=False) as opened:
        yield opened


def test_this_machine_needs_no_key(path: str) -> None:
    check_may_ask(LOCAL, allow_remote=False, store=path)


@pytest.mark.parametrize("address", [REMOTE, MIXED])
def test_another_machine_needs_both_keys(store: Store, path: str, address: HostAddress) -> None:
    with pytest.raises(SettingsError, match="waqai reader allow-remote"):
        check_may_ask(address, allow_remote=True, store=path)
    allow_host("models.test", store)
    with pytest.raises(SettingsError, match="allow_remote = true"):
        check_may_ask(address, allow_remote=False, store=path)
    check_may_ask(address, allow_remote=True, store=path)


def test_the_word_holds_for_that_host_and_that_store_only(store: Store, path: str, tmp_path: Path) -> None:
    allow_host("models.test", store)
    other = HostAddress(secure=True, host="other.test", port=443, path="/v1", addresses=("93.184.216.34",))
    for address, place in ((other, path), (REMOTE, str(tmp_path / "another.sqlite"))):
        with pytest.raises(SettingsError, match="nobody has allowed"):
            check_may_ask(address, allow_remote=True, store=place)


def test_texts_do_not_travel_in_the_clear(store: Store, path: str) -> None:
    allow_host("models.test", store)
    plain = HostAddress(secure=False, host="models.test", port=80, path="/v1", addresses=("93.184.216.34",))
    with pytest.raises(SettingsError, match="https://"):
        check_may_ask(plain, allow_remote=True, store=path)


def test_the_word_is_an_entry_of_the_log_and_can_be_taken_back(store: Store, path: str) -> None:
    entry = allow_host("models.test", store)
    assert entry is not None and allow_host("models.test", store) is None
    assert forbid_host("models.test", store) == 1 and forbid_host("models.test", store) == 0
    with pytest.raises(SettingsError, match="nobody has allowed"):
        check_may_ask(REMOTE, allow_remote=True, store=path)
    assert allow_host("models.test", store) is not None
    check_may_ask(REMOTE, allow_remote=True, store=path)
    assert [e.kind for e in store.iter_log()] == ["allowed_remote", "undone", "allowed_remote"] and store.verify().holds
    store.rebuild()
