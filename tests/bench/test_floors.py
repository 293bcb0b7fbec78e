from __future__ import annotations

import pytest

from bench.figures import Figure, Measured
from bench.floors import Floor, find_falls, lowered, raised

CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n### Added\n- a thing\n\n## [0.1.0]\n- old\n"


def measured(value: float, *, better: str = "higher", digest: str = "d1", noise: float = 0.0) -> Measured:
    figure = Figure("type", value, "F1", None, 10, better="lower" if better == "lower" else "higher", noise=noise)
    return Measured(bench="gold", figure=figure, day="2026-01-02", digest=digest)


FLOORS = {"gold/type": Floor(value=0.5, digest="d1", day="2026-01-01")}


@pytest.mark.parametrize(
    ("one", "falls"),
    [
        (measured(0.5), 0),
        (measured(0.49), 1),
        (measured(0.49, noise=0.02), 0),  # within its noise
        (measured(0.51, better="lower"), 1),  # for a time, more is worse
        (measured(0.9, digest="d2"), 1),  # other data: the floor says nothing about it
    ],
)
def test_a_figure_falls_when_it_is_worse_than_its_floor_on_the_same_data(one: Measured, falls: int) -> None:
    assert len(find_falls([one], FLOORS)) == falls


def test_a_figure_without_a_floor_cannot_fall() -> None:
    assert find_falls([measured(0.0)], {}) == []


@pytest.mark.parametrize(("value", "floor"), [(0.7, 0.7), (0.3, 0.5)])
def test_pinning_raises_a_floor_and_never_lowers_it(value: float, floor: float) -> None:
    assert raised([measured(value)], FLOORS)["gold/type"].value == floor


def test_pinning_does_not_move_a_floor_to_other_data() -> None:
    assert raised([measured(0.9, digest="d2")], FLOORS) == FLOORS


def test_a_floor_falls_only_with_a_reason() -> None:
    with pytest.raises(ValueError, match="needs a --reason"):
        lowered(measured(0.3), FLOORS, reason="  ", changelog=CHANGELOG)


def test_a_lowered_floor_leaves_its_reason_in_the_unreleased_section() -> None:
    floors, changelog = lowered(measured(0.3), FLOORS, reason="the gold set was recoded", changelog=CHANGELOG)
    again = lowered(measured(0.2), floors, reason="once more", changelog=changelog)[1]
    unreleased = again.split("## [0.1.0]")[0]
    assert floors["gold/type"].value == 0.3
    assert "`gold/type`: 0.5 to 0.3 (data d1, 2026-01-02): the gold set was recoded" in unreleased and "0.3 to 0.2" in unreleased
    assert again.count("### Floors lowered") == 1 and again.endswith("\n## [0.1.0]\n- old\n")
