from __future__ import annotations

import pytest

from waqai.places import Gazetteer


@pytest.mark.parametrize(
    ("name", "kind"), [("Hasakah", "town"), ("Hasakah Governorate", "admin1"), ("Raqqa", "town"), ("Borno", "admin1"), ("Minsk", "town"), ("Iraq", "country")]
)
def test_a_bare_name_means_the_seat_and_a_kind_word_the_province(gazetteer: Gazetteer, name: str, kind: str) -> None:
    assert gazetteer.find(name)[0].kind == kind
