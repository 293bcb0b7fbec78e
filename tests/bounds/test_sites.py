"""Which words name a facility."""

from __future__ import annotations

import pytest

from waqai.bounds.sites import Sites
from waqai.codebook import ActorRegister
from waqai.places import Gazetteer


@pytest.fixture(scope="module")
def sites(gazetteer: Gazetteer, actors: ActorRegister) -> Sites:
    return Sites(places=gazetteer, actors=actors)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("from Ghweran prison", ["Ghweran prison"]),
        ("from Sarposa Central Prison", ["Sarposa Central Prison"]),
        ("the prison of Umm Qanadil", ["Umm Qanadil"]),
        ("al-Hol camp", ["al-Hol camp"]),
        ("Qamar's police station", ["Qamar's police station"]),
        ("Iraqi prisons and SDF camps", []),
        ("the Central Prison", []),
        ("Prison guards", []),
    ],
)
def test_a_name_before_or_behind_the_word_for_a_facility_is_found(sites: Sites, words: str, found: list[str]) -> None:
    assert [span.of(words) for span in sites.iter_found(words, ())] == found


def test_the_name_of_a_facility_is_found_alone_and_with_an_article(sites: Sites) -> None:
    text = "They fled from al-Sina’a prison in Hasakah. Sina’a was full."
    names = sites.find_names(text, (), known=())
    assert [span.of(text) for span in sites.iter_found(text, names)] == ["al-Sina’a prison", "al-Sina’a", "Sina’a"]


def test_a_town_that_is_told_and_a_province_are_no_names_of_facilities(sites: Sites) -> None:
    assert sites.find_names("Kuje prison and Hasakah jail", ["Qanadil jail"], known=["Kuje"]) == {"qanadil"}
