"""Holm's step-down against its definition, worked out slowly."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from waqai.patterns.holm import holm_adjusted

P_VALUES = st.lists(st.floats(min_value=0.001, max_value=1), max_size=8)


@given(P_VALUES, st.sampled_from([0.01, 0.05, 0.2]))
def test_those_at_most_the_level_are_the_ones_that_stepping_down_rejects(p_values: list[float], level: float) -> None:
    rejected = set()
    for i, place in enumerate(sorted(range(len(p_values)), key=lambda j: p_values[j])):
        if p_values[place] * (len(p_values) - i) > level:
            break
        rejected.add(place)
    assert {i for i, p in enumerate(holm_adjusted(p_values)) if p <= level} == rejected


def test_of_no_true_effects_five_percent_of_families_claim_one() -> None:
    families = np.random.default_rng(3).uniform(size=(2_000, 10))
    claims = [min(holm_adjusted([float(p) for p in row])) <= 0.05 for row in families]
    assert 0.035 < np.mean(claims) < 0.065
