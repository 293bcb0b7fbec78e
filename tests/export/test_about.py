"""What is to be known of a file that leaves."""

from __future__ import annotations

from datetime import date

from exported import make_about
from waqai.bounds import INTERNAL
from waqai.export import ATTRIBUTION, NOT_ON
from waqai.export.about import MOST_TERMS
from waqai.export.tally import Tally

TOLD = {"type": ("escape",), "since": date(2021, 1, 1), "actor": ("Karim Aziz",), "words": "Karim", "tag": (), "until": None}


def test_it_says_for_whom_from_which_state_and_whose_data() -> None:
    lines = dict(make_about().lines())
    assert (lines["profile"], lines["store"]) == ("public", "as of entry 7 of its log, 2024-01-01")
    assert (lines["places"], lines["terms of reports"]) == (ATTRIBUTION, "CC BY 4.0")
    assert lines["codebook"].startswith("1.0.0 (") and lines["figures"].startswith("low, best and high by ucdp-like 1")


def test_a_file_of_the_internal_profile_says_that_it_is_not_to_be_passed_on() -> None:
    assert dict(make_about(profile=INTERNAL).lines())["profile"] == NOT_ON == "internal profile: not to be passed on"


def test_filters_that_may_name_somebody_are_told_inside_only() -> None:
    assert dict(make_about(filters=TOLD).lines())["filters"] == "type escape; since 2021-01; actor (set); words (set)"
    assert "Karim" not in make_about(filters=TOLD).text()
    assert dict(make_about(filters=TOLD, profile=INTERNAL).lines())["filters"] == "type escape; since 2021-01-01; actor Karim Aziz; words Karim"


def test_what_is_missing_is_counted() -> None:
    tally = Tally()
    tally.held_back["fresh"] = 4
    tally.dropped["acled", "no such type there"] = 2
    text = make_about(tally).text()
    assert "held back: 4 incidents: custody, security operations and combat of the last 72 hours\n" in text
    assert "without a home: 2 in acled: no such type there\n" in text
    assert "held back: nothing\n" in make_about().text()


def test_an_empty_log_and_many_terms_have_their_words() -> None:
    lines = list(make_about(dated=None, last_entry=0, terms=[f"terms {n:03}" for n in range(MOST_TERMS + 3)]).lines())
    assert ("store", "nothing is in its log") in lines
    assert any(value.startswith("and 3 more") for name, value in lines if name == "terms of reports")
