from __future__ import annotations

from typing import Any

import pytest

from clears import cleared, figure
from exported import make_making
from waqai.bounds import INTERNAL, PARTNER, PUBLIC
from waqai.codebook import UCDP_LIKE, load_codebook
from waqai.codebook.homes import load_homes
from waqai.comparing.schemes import SCHEMES, Holding


def ask(dataset: Any, *figures: Any, **fields: Any) -> tuple[str | None, str | None]:
    return Holding(SCHEMES[dataset], make_making(UCDP_LIKE)).ask(cleared(figures=figures, **fields))


def test_an_escape_without_deaths_is_outside_ucdp_and_acled_has_a_class_for_it() -> None:
    escape = {"type": "escape", "family": "custody_exit"}
    assert ask("ucdp", figure(25, "escaped"), **escape) == (None, "no death is told")
    assert ask("acled", figure(25, "escaped"), **escape) == ("Other", None)
    assert ask("polecat", **escape)[1] == "the scheme has nothing for this type"


def test_a_fight_with_deaths_has_a_home_in_ucdp_and_its_code_in_acled() -> None:
    assert ask("ucdp", figure(3))[1] is None
    assert ask("acled", figure(3)) == ("Armed clash", None)


def test_what_has_no_day_has_no_home_where_days_are_needed() -> None:
    assert ask("acled", when=None)[1] == "no day is known"


def test_a_table_of_our_own_columns_holds_everything() -> None:
    assert ask("csv", when=None, where=None, type="aid", family="policy_and_aid") == (None, None)


@pytest.mark.parametrize("name", SCHEMES)
def test_no_code_of_a_dataset_stands_for_its_stand_in(name: Any) -> None:
    scheme, homes = SCHEMES[name], load_homes(load_codebook())
    held = {} if scheme.target is None else homes._homes.get(scheme.target, {})
    assert scheme.stand_in is None or (held and scheme.stand_in not in {home.type for home in held.values()})


@pytest.mark.parametrize(
    ("name", "public", "why"),
    [
        ("acled", False, "its terms forbid it"),
        ("ucdp", True, "CC BY"),
        ("polecat", True, "CC0"),
        ("csv", False, "whose it is and what is in it passed no bounds"),
    ],
)
def test_whose_values_may_leave(name: Any, public: bool, why: str) -> None:
    scheme = SCHEMES[name]
    assert (scheme.may_leave(PUBLIC), scheme.may_leave(PARTNER), scheme.may_leave(INTERNAL)) == (public, public, True), why
