"""The clock can be fixed, and says when it is fixed wrongly."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from waqai.core import SettingsError
from waqai.flow import now


def test_waqai_now_fixes_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_NOW", "2024-02-29T12:00:00+02:00")
    assert now() == datetime(2024, 2, 29, 10, tzinfo=UTC)


def test_without_it_the_instant_is_in_utc_and_without_fractions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAQAI_NOW", raising=False)
    assert now().tzinfo is UTC and now().microsecond == 0


def test_a_wrong_instant_is_an_error_that_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_NOW", "yesterday")
    with pytest.raises(SettingsError, match="'yesterday'"):
        now()
