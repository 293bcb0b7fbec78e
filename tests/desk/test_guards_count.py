"""Every guard counts: with it taken out, the attack that it stands before gets through."""

from __future__ import annotations

import pytest

from desk.ground import Ground, fill_hostile
from desk.guards import GUARDS, StandsBefore
from waqai.desk import Desk


@pytest.mark.parametrize("stands", GUARDS, ids=lambda stands: stands.guard.replace(" ", "-"))
def test_without_its_guard_an_attack_gets_through(desk: Desk, monkeypatch: pytest.MonkeyPatch, stands: StandsBefore) -> None:
    fill_hostile(desk.store)
    stands.take_out(monkeypatch)
    assert stands.attack(Ground(desk=desk))
