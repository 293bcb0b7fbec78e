from __future__ import annotations

import pytest

from clears import account, cleared, figure, involved
from exported import make_making
from sides import row
from waqai.codebook import UCDP_LIKE, load_actors, load_codebook
from waqai.comparing.sides import Range, Side, fold_area, fold_place, side_of_record, side_of_row
from waqai.core import Figure
from waqai.imports import RowFigure, RowPlace

REGISTER = load_actors()


def of_row(**fields: object) -> Side:
    return side_of_row(row(**fields), codebook=load_codebook(), register=REGISTER, code_column="type_of_violence", stand_in="detention")


def of_record(*figures: Figure, **fields: object) -> Side:
    one = account(involved=(involved("initiator", "IS"), involved("target", "the Turkish army", actor_id=REGISTER.find_actor("Turkish army"))))
    return side_of_record(cleared(one, figures=figures, **fields), making=make_making(UCDP_LIKE), code="2")


def test_a_row_and_a_record_of_one_fight_are_alike_where_both_tell_it() -> None:
    theirs, ours = of_row(), of_record(figure(3), figure(5, speaker="the army"))
    assert (theirs.type, theirs.family, theirs.code) == (ours.type, ours.family, ours.code) == ("clash", "combat", "2")
    assert (theirs.first, theirs.last, theirs.country) == (ours.first, ours.last, ours.country)
    assert str(theirs.figures["killed"]) == str(ours.figures["killed"]) == "3–5"
    assert set(theirs.keys) & set(ours.keys) == {REGISTER.find_actor("Islamic State")}


def test_of_a_row_the_whole_counts_and_not_a_larger_part() -> None:
    parts = (RowFigure(measure="killed", of_whom="civilians", low=9, high=9), RowFigure(measure="killed", low=5, high=7, best=6))
    assert of_row(figures=parts).figures == {"killed": Range(low=5, high=7, best=6)}
    assert of_row(figures=(parts[0], RowFigure(measure="killed", of_whom="soldiers", low=2, high=2))).figures["killed"].low == 9


def test_a_row_with_the_stand_in_has_a_code_and_no_type() -> None:
    found = of_row(type="detention", cells={"type_of_violence": "Other"})
    assert (found.type, found.family, found.code) == (None, None, "Other")


def test_a_point_without_a_radius_gets_one_and_no_point_gets_none() -> None:
    assert of_row(place=RowPlace(lat=1.0, lon=2.0)).radius_km == 2.0
    assert of_row(place=RowPlace(name="x", radius_km=5.0)).radius_km is None


def test_whom_a_report_only_suspects_and_whom_the_bounds_withheld_are_no_parties() -> None:
    one = account(involved=(involved("initiator", "IS", modality="suspected"), involved("victim", "[name withheld]"), involved("target", "villagers")))
    assert side_of_record(cleared(one), making=make_making(UCDP_LIKE), code=None).parties == ("villagers",)


def test_what_a_rejected_account_names_is_not_compared() -> None:
    told, rejected = account("a1", involved=(involved("target", "villagers"),)), account("a2", review="rejected", involved=(involved("target", "the Moon"),))
    assert side_of_record(cleared(told, rejected), making=make_making(UCDP_LIKE), code=None).parties == ("villagers",)


def test_an_incident_without_day_and_place_is_a_side_without_them() -> None:
    found = of_record(when=None, where=None)
    assert (found.days, found.lat, found.radius_km, found.country) == (None, None, None, None)


@pytest.mark.parametrize(
    ("one", "other", "gap"),
    [
        (Range(low=3, high=5), Range(low=5, high=9), 0),
        (Range(low=3, high=5), Range(low=9, high=9), 4),
        (Range(low=9, high=9), Range(low=3, high=5), 4),
        (Range(low=20, high=None, best=20), Range(low=374, high=374), 354),  # "at least 20" and 374 do not contradict, and are worth a look
        (Range(low=20, high=None), Range(low=12, high=20), 0),
    ],
)
def test_how_far_two_figures_are_apart(one: Range, other: Range, gap: float) -> None:
    assert one.gap(other) == other.gap(one) == gap


@pytest.mark.parametrize(("one", "other"), [("Al-Ḥasakah Governorate", "al hasakah"), ("Kandahār Province", "Kandahar"), ("Nangarhār", "Nangarhar state")])
def test_provinces_are_one_however_they_are_written(one: str, other: str) -> None:
    assert fold_area(one) == fold_area(other) is not None


def test_a_place_that_is_called_by_its_kind_alone_keeps_it() -> None:
    assert (fold_place("The Camp"), fold_place("Roj camp"), fold_place(None)) == ("the camp", "roj", None)
