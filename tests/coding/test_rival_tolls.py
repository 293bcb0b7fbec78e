"""Tolls set against one that an account has."""

from __future__ import annotations

import pytest

from coding.conftest import SceneOf
from factories import make_account, make_claim, make_count
from waqai.coding.rival_tolls import with_rival_tolls
from waqai.core import Claim, Report
from waqai.reading.accounts import SaidBy

RAID = "Gunmen attacked a market in Kano on Friday. Six traders were killed, the police said."


def claim_of(report: Report, speaker: str, content: str) -> Claim:
    return make_claim(report, speaker=speaker, cue="settled on" if "settled on" in report.text and speaker == "the mayor" else "said", content=content)


@pytest.mark.parametrize(
    ("more", "speaker", "content", "found"),
    [
        (" Nine traders died, the mayor said.", "the mayor", "Nine traders died", 9),
        (" Nine traders, the mayor said.", "the mayor", "Nine traders", 9),  # all that is said is the number
        (" At last the mayor settled on nine in a statement.", "the mayor", "nine in a statement", 9),
        (" Nine traders fled, the mayor said.", "the mayor", "Nine traders fled", None),  # something else
        (" Nine traders died, the police said.", "the police", "Nine traders died", None),  # who gave the first one, too
        (" Nine traders died in a year, the mayor said.", "the mayor", "Nine traders died in a year", None),  # of other raids
        (" Two of them were guards, the mayor said.", "the mayor", "Two of them were guards", None),  # a part
    ],
)
def test_who_sets_a_toll_against_one_told_before_is_kept(scene_of: SceneOf, more: str, speaker: str, content: str, found: int | None) -> None:
    scene = scene_of(RAID + more)
    said = SaidBy([claim_of(scene.report, "the police", "Six traders were killed"), claim_of(scene.report, speaker, content)])
    count = make_count(6, report=scene.report, words="Six traders", measure="killed")
    raid = make_account(scene.report, type="attack_on_civilians", words="attacked", counts=[count])
    (account,) = with_rival_tolls(scene, [raid], said=said)
    assert [(c.measure, c.best) for c in account.counts] == [("killed", 6), *([("killed", found)] if found is not None else [])]


def test_of_two_happenings_nothing_says_whose_toll_it_is(scene_of: SceneOf) -> None:
    scene = scene_of(RAID + " Nine traders died, the mayor said. Others bombed a road.")
    said = SaidBy([claim_of(scene.report, "the mayor", "Nine traders died")])
    count = make_count(6, report=scene.report, words="Six traders", measure="killed")
    accounts = (
        make_account(scene.report, type="attack_on_civilians", words="attacked", counts=[count]),
        make_account(scene.report, type="bombing", words="bombed", key="1"),
    )
    assert with_rival_tolls(scene, accounts, said=said) == accounts
