from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from clears import cleared, figure
from exported import make_making
from sides import held, later, many, row, side
from waqai.codebook import UCDP_LIKE, load_actors, load_codebook
from waqai.comparing import SCHEMES, Asked, Comparison, Held, compare, count_places, take_records, take_rows
from waqai.comparing.comparison import TOO_WIDE
from waqai.comparing.sides import Side


def run(ours: Sequence[Side | Held], theirs: Sequence[Side], **asked: Any) -> Comparison:
    mine = [one if isinstance(one, Held) else Held(side=one) for one in ours]
    return compare(mine, held(*theirs), scheme=SCHEMES["csv"], asked=Asked(**asked))


def reasons(found: Comparison) -> dict[str, str | None]:
    return {one.side.id: one.outside for one in (*found.ours_only, *found.theirs_only)}


@pytest.fixture(scope="module")
def found() -> Comparison:
    """Ten of each, eight in common, one of these by a day apart."""
    ours = many(10, mark="o")
    theirs = [replace(one, id=f"t{one.id}") for one in ours[:8]]
    theirs[3] = replace(theirs[3], first=theirs[3].first.replace(day=theirs[3].first.day + 1), last=theirs[3].last.replace(day=theirs[3].last.day + 1))  # type: ignore[union-attr]
    alone = [side("t-alone-1", later(4), place="Elsewhere", lat=35.1, lon=38.2, admin1="province 9"), side("t-alone-2", later(33), place="Nowhere", lat=36.2)]
    return run(ours, [*theirs, *alone])


def test_what_is_in_both_is_found_and_what_is_in_one_only_too(found: Comparison) -> None:
    assert {(one.ours[0].id, one.theirs[0].id) for one in found.matched} == {(f"o{number}", f"to{number}") for number in range(8)}
    assert [one.side.id for one in found.ours_only] == ["o8", "o9"]
    assert [one.side.id for one in found.theirs_only] == ["t-alone-1", "t-alone-2"]


def test_every_happening_of_both_records_is_counted_once(found: Comparison) -> None:
    ours, theirs = count_places(found)
    assert (ours.all, theirs.all) == (10, 10) and ours.both + ours.perhaps == 8


def test_a_day_that_differs_is_told(found: Comparison) -> None:
    apart = {one.ours[0].id: one.fields[0].apart for one in found.matched}
    assert apart.pop("o3") == 1 and set(apart.values()) == {0}


def test_what_the_other_record_cannot_hold_is_no_miss() -> None:
    ours = [
        side("match"),
        Held(side=side("no deaths", later(3)), outside="no death is told"),
        side("early", date(2019, 1, 1)),
        side("iraq", country="IQ"),
        side("undated", None),
        side("vague", later(-200), later(200)),
    ]
    theirs = [side("t", figures={}), side("later", later(30)), side("turkey", country="TR"), side("long ago", date(1999, 1, 1))]
    assert reasons(run(ours, theirs, countries={"SY", "IQ"})) == {
        "no deaths": "no death is told",
        "early": None,  # theirs goes back to 1999
        "iraq": "in a country of which the other record has nothing",
        "undated": "no day is known",
        "vague": TOO_WIDE,
        "later": None,  # ours goes on for two hundred days, vaguely
        "turkey": "in a country of which the other record has nothing",
        "long ago": "before or after the days of the other record",
    }


def test_what_was_not_asked_for_is_no_miss_and_is_matched_all_the_same() -> None:
    theirs = [side("t"), side("protest", later(2), type="protest", family="unrest", place="Other", keys=()), side("before", later(-3), place="Other", keys=())]
    found = run([side("o")], theirs, families={"combat"}, since=later(-1), until=later(9))
    assert [(one.ours[0].id, one.theirs[0].id) for one in found.matched] == [("o", "t")]
    assert reasons(found) == {"protest": "of a family that was not asked for", "before": "before or after the days of the other record"}


def test_a_record_and_the_row_that_a_dataset_has_of_it_are_one() -> None:
    """Through both ways in: a cleared incident of ours, and a row of UCDP's."""
    scheme, making = SCHEMES["ucdp"], make_making(UCDP_LIKE)
    ours = take_records([cleared(figures=[figure(3), figure(6, speaker="the army")])], scheme, making)
    theirs = take_rows([row("77")], scheme, codebook=load_codebook(), register=load_actors())
    (one,) = compare(ours, theirs, scheme=scheme, asked=Asked()).matched
    assert (one.ours[0].id, one.theirs[0].id, one.match.verdict) == ("i1", "77", "match")
    assert {field.name: field.agrees for field in one.fields} == {"day": True, "place": True, "type": True, "killed": True}


def test_two_empty_records_agree_on_nothing() -> None:
    assert run([], []).matched == () and reasons(run([side("o")], [])) == {"o": None}
