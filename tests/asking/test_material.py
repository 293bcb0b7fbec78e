"""A report is laid out with its own offsets, and what is set aside is noted shortly."""

from __future__ import annotations

from asking.answers import material_of
from waqai.asking.material import shown

WRAPPED = "Nine\u00a0inmates fled\r\nfrom \u201cCamp 7\u201d on\r\nSunday, March 7.\n"


def test_numbers_dates_and_quotations_have_the_offsets_of_the_report() -> None:
    material = material_of(WRAPPED)
    assert [q.phrase.of(WRAPPED) for q in material.quantities] == ["Nine\u00a0inmates"]
    assert [p.span.of(WRAPPED) for p in material.phrases] == ["Sunday, March 7"]
    span = material.find('fled from "Camp 7"', what="test")
    assert span is not None and span.of(WRAPPED) == "fled\r\nfrom \u201cCamp 7\u201d"


def test_words_that_are_not_found_are_named_in_a_notice() -> None:
    material = material_of(WRAPPED)
    assert material.find("ten inmates", what="count") is None
    assert [n.reason for n in material.notices] == ["set aside: count 'ten inmates': its words are not in the report"]


def test_long_words_are_cut_in_a_notice() -> None:
    assert len(shown("x" * 5_000)) < 100 and "\n" not in shown("a\n\nb")
