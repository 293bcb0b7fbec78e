"""Words that are no names."""

from __future__ import annotations

from scripts import common_words as script
from waqai.bounds import NameMask
from waqai.bounds.common import common_words, is_common, is_short_form
from waqai.codebook import load_codebook


def test_the_list_of_common_words_is_what_the_script_makes_of_our_texts() -> None:
    assert script.OUT.read_text(encoding="utf-8") == script.make_list()


def test_words_that_are_names_are_not_in_the_list() -> None:
    assert not common_words() & set(script.ALSO_NAMES.split()) and len(common_words()) > 5_000


def test_a_word_made_of_a_common_one_is_common_but_a_trade_is_not() -> None:
    assert is_common("unconfirmed") and is_common("inquiries") is is_common("inquirie") and not is_common("hunter")


def test_capitals_that_can_be_spoken_are_no_short_form() -> None:
    assert [is_short_form(word) for word in ("SOHR", "HTS", "UNHCR", "ALI", "AHMED", "HASSAN")] == [True] * 3 + [False] * 3


def test_what_figures_are_counted_in_is_no_name(mask: NameMask) -> None:
    assert {unit: mask.mask(unit) for unit in load_codebook().units} == {unit: unit for unit in load_codebook().units}
