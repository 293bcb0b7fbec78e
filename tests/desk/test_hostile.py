"""What the desk withstands: each attack of `attacks`, over a store that is hostile itself."""

from __future__ import annotations

import pytest

from desk.ground import Ground, fill_hostile
from desk.guards import GUARDS, UNGUARDED
from waqai.desk import Desk


@pytest.fixture
def ground(desk: Desk) -> Ground:
    fill_hostile(desk.store)
    return Ground(desk=desk)


@pytest.mark.parametrize("attack", dict.fromkeys([*(guard.attack for guard in GUARDS), *UNGUARDED]), ids=lambda attack: attack.__name__)
def test_an_attack_does_not_get_through(ground: Ground, attack: object) -> None:
    assert not attack(ground)  # type: ignore[operator]
