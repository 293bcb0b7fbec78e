from __future__ import annotations

import logging
import sys
from dataclasses import replace

import pytest

from sides import killed, later, many, side
from waqai.comparing import matching
from waqai.comparing.matching import match_sides, require_parts
from waqai.core import MissingPart


def test_the_same_happenings_are_found_and_each_pair_says_why() -> None:
    ours, theirs = many(30, mark="o"), [replace(one, id=f"t{one.id}") for one in reversed(many(30, mark="o"))]
    pairs = match_sides(ours, theirs)
    best = {pair.ours: pair for pair in reversed(pairs)}
    assert {theirs[pair.theirs].id for pair in best.values()} == {f"t{one.id}" for one in ours}
    assert all(theirs[pair.theirs].id == f"t{ours[number].id}" and pair.probability > 0.99 for number, pair in best.items())
    assert best[0].because == ("same day", "place of the same name", "same type", "same number killed", "the same parties")


def test_the_closer_a_row_the_weightier_its_pair() -> None:
    theirs = [
        side("same"),
        side("next day", later(1)),
        side("three days", later(3)),
        side("another town", place="Far Hill", lat=36.9),
        side("others died", figures=killed(40)),
        side("another act", type="protest", family="unrest"),
    ]
    pairs = {theirs[pair.theirs].id: pair.weight for pair in match_sides([side("o")], theirs)}
    assert max(pairs, key=pairs.__getitem__) == "same" and pairs["next day"] > pairs["three days"] and len(pairs) == len(theirs)


def test_what_neither_tells_speaks_neither_for_nor_against() -> None:
    bare = {"figures": {}, "keys": (), "parties": ()}
    (pair,) = match_sides([side("o")], [side("t", **bare)])
    assert pair.because == ("same day", "place of the same name", "same type")


def test_the_same_two_records_give_the_same_answer() -> None:
    ours, theirs = many(20, mark="o"), many(20, mark="t", step_days=8)
    assert match_sides(ours, theirs) == match_sides(ours, theirs) != []


def test_without_rows_there_is_nothing_to_do() -> None:
    assert match_sides([], [side("t")]) == match_sides([side("o")], []) == []


def test_nothing_of_splink_is_said_and_its_charts_are_not_loaded(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    match_sides(many(34, mark="o"), many(34, mark="t"))  # so many that chances are measured, of which Splink has much to say
    assert capfd.readouterr() == ("", "") and caplog.records == [] and "altair" not in sys.modules
    assert logging.getLogger("splink").level == logging.NOTSET


def test_the_database_reaches_no_file_and_no_network() -> None:
    import duckdb

    with matching._linking() as linking, pytest.raises(duckdb.Error, match="disabled"):
        linking._api.duckdb_con.execute("select * from read_csv('/etc/hostname')").fetchall()


def test_where_splink_is_not_installed_it_is_said_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "find_spec", lambda name: None if name == "splink" else object())
    with pytest.raises(MissingPart, match=r"needs splink, not in the default install; `pip install 'waqai\[compare\]'`"):
        require_parts()
