from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from factories import family_of, make_account, make_report
from waqai.analysis import align_accounts
from waqai.analysis.alignment import pair_best
from waqai.core import Account

REPORT = make_report("Twelve men fled the jail at dawn. Two guards were held. A clash followed near the river and ended at noon.")
FLED, HELD, CLASH = "Twelve men fled the jail at dawn.", "Two guards were held.", "A clash followed near the river and ended at noon."


def told(words: str, type: str = "escape", key: str = "1") -> Account:
    return make_account(REPORT, words=words, type=type, key=key)


def shown(**codings: list[Account]) -> list[dict[str, str]]:
    return [{coder: account.key for coder, account in unit.items()} for unit in align_accounts(codings, family_of=family_of)]


@pytest.mark.parametrize("seed", range(60))
def test_the_pairing_has_the_largest_sum_that_there_is(seed: int) -> None:
    drawn = np.random.default_rng(seed)
    shape = (int(drawn.integers(0, 8)), int(drawn.integers(0, 8)))
    weights = drawn.random(shape) * (drawn.random(shape) < 0.6)
    pairs = pair_best(weights.tolist())
    assert len(set(pairs.values())) == len(pairs)
    rows, columns = linear_sum_assignment(weights, maximize=True)
    assert sum(weights[r][c] for r, c in pairs.items()) == pytest.approx(weights[rows, columns].sum())
    assert all(weights[r][c] > 0 for r, c in pairs.items())


def test_accounts_of_one_family_on_words_that_overlap_are_one_happening() -> None:
    assert shown(ana=[told(FLED, key="a")], bo=[told("men fled", "jailbreak", key="b")]) == [{"ana": "a", "bo": "b"}]


def test_another_family_or_other_words_are_another_happening() -> None:
    assert shown(ana=[told(FLED, key="a")], bo=[told(FLED, "clash", key="b")]) == [{"ana": "a"}, {"bo": "b"}]
    assert shown(ana=[told(FLED, key="a")], bo=[told(HELD, key="b")]) == [{"ana": "a"}, {"bo": "b"}]


def test_each_account_is_in_one_happening_and_the_larger_overlap_wins() -> None:
    ana = [told(FLED, key="a1"), told("the jail at dawn. Two guards were held.", key="a2")]
    bo = [told("fled the jail at dawn. Two guards", key="b1"), told(FLED, key="b2")]
    assert shown(ana=ana, bo=bo) == [{"ana": "a1", "bo": "b2"}, {"ana": "a2", "bo": "b1"}]


def test_on_the_same_words_the_same_type_decides() -> None:
    ana = [told(FLED, "jailbreak", key="a1"), told(FLED, "escape", key="a2")]
    bo = [told(FLED, "escape", key="b1"), told(FLED, "jailbreak", key="b2")]
    assert sorted(map(str, shown(ana=ana, bo=bo))) == ["{'ana': 'a1', 'bo': 'b2'}", "{'ana': 'a2', 'bo': 'b1'}"]


def test_happenings_come_in_the_order_of_the_report_and_do_not_depend_on_who_is_named_first() -> None:
    ana, bo = [told(CLASH, "clash", key="a2"), told(FLED, key="a1")], [told(HELD, "arrest", key="b1"), told(CLASH, "clash", key="b2")]
    assert shown(ana=ana, bo=bo) == shown(bo=bo, ana=ana) == [{"ana": "a1"}, {"bo": "b1"}, {"ana": "a2", "bo": "b2"}]


def test_a_third_coder_joins_where_he_fits_all_before() -> None:
    ana, bo = [told(FLED, key="a")], [told("Twelve men fled", key="b")]
    assert shown(ana=ana, bo=bo, cy=[told("men fled the jail", key="c")]) == [{"ana": "a", "bo": "b", "cy": "c"}]
    assert shown(ana=ana, bo=bo, cy=[told("the jail at dawn.", key="c")]) == [{"ana": "a", "bo": "b"}, {"cy": "c"}]


def test_nothing_coded_is_no_happening() -> None:
    assert shown(ana=[], bo=[]) == [] and shown(ana=[], bo=[told(FLED, key="b")]) == [{"bo": "b"}]
