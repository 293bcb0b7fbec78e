"""The numbers of a report and its single persons."""

from __future__ import annotations

import pytest

from coding.conftest import SceneOf
from waqai.coding.figures import find_figures


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("A mine killed both soldiers.", [2]),
        ("Both local and foreign soldiers are kept in the camp.", []),  # two kinds, not two men
    ],
)
def test_both_are_two_unless_they_are_kinds(scene_of: SceneOf, text: str, numbers: list[int]) -> None:
    assert [figure.best for figure in find_figures(scene_of(text))] == numbers
