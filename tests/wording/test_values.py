from __future__ import annotations

from factories import make_where
from waqai.core import PlaceCandidate, Where
from waqai.wording import describe_candidates


def candidate(name: str, p: float, *, admin1: str | None = "North", country: str | None = "SY") -> PlaceCandidate:
    return PlaceCandidate(place_id=f"test:{name}", name=name, country=country, admin1=admin1, p=p)


def where(*candidates: PlaceCandidate, **fields: object) -> Where:
    return make_where(candidates=candidates, **fields)


def test_other_places_are_named_only_where_the_choice_was_doubtful() -> None:
    sure, doubtful, other = candidate("Salam", 0.9), candidate("Salam", 0.6), candidate("Salam", 0.3, admin1=None, country="TR")
    assert describe_candidates(where(sure, other)) == ""
    assert describe_candidates(where(doubtful, other)) == "or: Salam, TR (0.30)"


def test_the_province_of_a_seat_is_no_other_place() -> None:
    town, province = candidate("Salam", 0.6, admin1="Salam"), candidate("Salam", 0.5, admin1=None)
    assert describe_candidates(where(town, province)) == ""
    assert describe_candidates(where(town, candidate("Salam", 0.5, admin1="South"))) == "or: Salam, South, SY (0.50)"


def test_what_was_ruled_out_is_said_to_be_not_taken() -> None:
    none = where(candidate("Salam", 0.0, country="US"), place_id=None, rule="not in gazetteer; its namesakes lie elsewhere")
    assert none.is_no_match and describe_candidates(none) == "not taken: Salam, North, US"


def test_nothing_is_said_of_a_place_that_was_not_told_or_kept_without_candidates() -> None:
    assert describe_candidates(None) == describe_candidates(where()) == ""
