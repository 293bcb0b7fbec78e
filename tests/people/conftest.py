"""A store with people on each engine. Passwords are hashed quickly, but for tests marked `real_hashes`."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher

from waqai.people import Person, add_person
from waqai.store import Store

AT = datetime(2026, 3, 9, 12, tzinfo=UTC)
PASSWORD = "correct horse battery"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def quick_hashes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.get_closest_marker("real_hashes") is None:
        monkeypatch.setattr("waqai.people.passwords.HASHER", QUICK)


def add(store: Store, name: str = "ana", role: str = "admin") -> Person:
    """A person with the password of all."""
    return add_person(name, store, role=role, password=PASSWORD, by="person", at=AT)
