from __future__ import annotations

from places.mentions import account, mention, report
from waqai.core import NO_MATCH, Where, from_plain, to_plain
from waqai.places import Gazetteer, Resolver
from waqai.places.considered import keep_candidates

BAMA = "Troops entered Bama in Nigeria's Borno State on Sunday."
UNKNOWN = "Troops entered Qamarabad Sufla in Syria on Sunday."


def where_of(gazetteer: Gazetteer, text: str, name: str, **more: str) -> Where:
    (placed,) = Resolver(gazetteer).resolve_accounts(report(text), (account("a", (mention(text, name, **more),), text),))  # type: ignore[arg-type]
    assert placed.where is not None
    return placed.where


def test_the_place_taken_comes_first_then_at_most_two_others_less_probable(gazetteer: Gazetteer) -> None:
    where = where_of(gazetteer, "A bomb went off in Tripoli on Sunday.", "Tripoli")
    assert 2 <= len(where.candidates) <= 3
    assert where.candidates[0].place_id == where.place_id
    shares = [one.p for one in where.candidates]
    assert shares == sorted(shares, reverse=True) and {"LY", "LB"} <= {one.country for one in where.candidates}


def test_a_place_says_which_gazetteer_was_looked_into(gazetteer: Gazetteer) -> None:
    where = where_of(gazetteer, BAMA, "Bama")
    assert where.gazetteer == gazetteer.stamp and not where.is_no_match


def test_a_name_that_no_place_bears_is_a_no_match_without_candidates(gazetteer: Gazetteer) -> None:
    where = where_of(gazetteer, UNKNOWN, "Qamarabad Sufla")
    assert where.is_no_match and where.rule.startswith(NO_MATCH) and where.candidates == () and where.gazetteer == gazetteer.stamp


def test_a_name_whose_places_lie_elsewhere_keeps_them_as_ruled_out(gazetteer: Gazetteer) -> None:
    where = where_of(gazetteer, "Troops in Syria entered Twickenham on Sunday, the Syrian army said. Syria has seen fighting.", "Twickenham")
    assert where.is_no_match and where.place_id is None
    assert where.candidates and {one.p for one in where.candidates} == {0.0}


def test_words_that_are_no_name_are_looked_up_only_where_other_words_hold_them(gazetteer: Gazetteer) -> None:
    alone = where_of(gazetteer, "Troops moved in the northwest on Sunday.", "the northwest")
    held = where_of(gazetteer, "Troops moved in the northwest of Syria on Sunday.", "the northwest")
    assert (alone.gazetteer, held.gazetteer) == (None, gazetteer.stamp) and not (alone.is_no_match or held.is_no_match)


def test_a_list_of_places_is_no_failed_look_up(gazetteer: Gazetteer) -> None:
    text = "Clashes broke out in Syria and Iraq."
    where = where_of(gazetteer, text, "Syria and Iraq")
    assert where.place_id is None and not where.is_no_match and where.gazetteer == gazetteer.stamp


def test_a_place_with_its_candidates_travels_as_plain_values_and_an_older_one_is_read(gazetteer: Gazetteer) -> None:
    where = where_of(gazetteer, BAMA, "Bama")
    plain = to_plain(where)
    assert from_plain(Where, plain) == where
    older = {key: value for key, value in plain.items() if key not in ("gazetteer", "candidates")}
    assert from_plain(Where, older).candidates == () and from_plain(Where, older).gazetteer is None


def test_a_seat_that_is_taken_before_its_province_is_no_less_probable(gazetteer: Gazetteer) -> None:
    province, town = gazetteer.get("geonames:173813"), gazetteer.get("geonames:173811")
    first, second = keep_candidates(town, 0.9, [(6.0, province), (5.0, town)])
    assert (first.place_id, first.p, second.p) == (town.id, 0.9, 0.9)
