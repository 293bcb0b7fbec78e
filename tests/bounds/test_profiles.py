"""Three profiles."""

from __future__ import annotations

import pytest

from waqai.bounds import INTERNAL, PARTNER, PUBLIC, get_profile
from waqai.core import SettingsError


def test_a_profile_is_got_by_its_name() -> None:
    assert [get_profile(name) for name in ("public", "partner", "internal")] == [PUBLIC, PARTNER, INTERNAL]
    with pytest.raises(SettingsError, match="no profile 'secret'; known: public, partner, internal"):
        get_profile("secret")
