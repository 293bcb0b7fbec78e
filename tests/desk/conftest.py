"""A desk over the made-up news of `scenes`, asked without a network; `stranger` is a browser that nobody let in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

import scenes
from waqai.codebook import load_actors
from waqai.desk import Desk, make_app, make_desk
from waqai.flow import shipped_settings
from waqai.store import Store, open_store

BASE = "http://127.0.0.1:8765"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed quickly; tests/people has those that are not."""
    monkeypatch.setattr("waqai.people.passwords.HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The whole scene."""
    with open_store(tmp_path / "store.sqlite", actors=load_actors()) as opened:
        scenes.fill(opened)
        yield opened


@pytest.fixture
def desk(store: Store) -> Desk:
    return make_desk(store, shipped_settings(), owner_name="ana")


@pytest.fixture
def stranger(desk: Desk) -> Iterator[TestClient]:
    with TestClient(make_app(desk), base_url=BASE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def inside(desk: Desk, stranger: TestClient) -> TestClient:
    """A browser that came in by the start address, and asks for pages."""
    stranger.headers["accept"] = "text/html"
    assert stranger.get("/start", params={"token": desk.mint_start_token()}).status_code == 303
    return stranger
