from __future__ import annotations

from datetime import date

from clears import figure
from waqai.bounds.counts import FEW
from waqai.codebook import UCDP_LIKE, load_codebook
from waqai.core import Figure
from waqai.export import Combiner
from waqai.export.tolls import Toll, find_toll

COMBINER = Combiner(rule=UCDP_LIKE, codebook=load_codebook())


def toll(*figures: Figure) -> Toll:
    found = find_toll(figures, COMBINER)
    assert found is not None
    return found


def bounds(*figures: Figure) -> tuple[float | None, float | None, float | None]:
    whole = toll(*figures).whole
    return whole.low, whole.best, whole.high


def test_parts_that_one_speaker_gives_in_one_report_are_added() -> None:
    assert bounds(figure(3, of_whom="soldiers"), figure(9, of_whom="civilians")) == (12, 12, 12)


def test_parts_of_two_speakers_are_not_added_as_they_may_be_the_same_people() -> None:
    assert bounds(figure(3, of_whom="soldiers"), figure(4, of_whom="guards", speaker="the army")) == (3, 3, 4)


def test_parts_of_two_reports_are_not_added() -> None:
    assert bounds(figure(3, of_whom="soldiers"), figure(4, of_whom="guards", report="r2")) == (3, 3, 4)


def test_a_whole_stands_for_its_parts() -> None:
    found = toll(figure(10), figure(3, of_whom="soldiers"))
    assert (found.whole.best, found.groups["soldier"].best) == (10, 3)


def test_a_sum_with_a_vague_or_open_part_is_vague_or_open() -> None:
    vague = figure(24, of_whom="civilians", best=None, high=99, kind="vague", expr="dozens")
    assert bounds(figure(3, of_whom="soldiers"), vague) == (27, None, 102)
    assert bounds(figure(3, of_whom="soldiers"), figure(9, of_whom="civilians", high=None))[2] is None


def test_denied_and_unreliable_figures_wounded_and_families_are_no_toll() -> None:
    assert find_toll([figure(5, stance="denies"), figure(5, unreliable=True), figure(5, "wounded"), figure(5, unit="families")], COMBINER) is None


def test_a_speakers_later_word_stands_for_his_earlier_one() -> None:
    assert bounds(figure(73, said_at=date(2021, 3, 1)), figure(103, report="r2", said_at=date(2021, 3, 2))) == (103, 103, 103)


def test_a_toll_that_rests_on_a_masked_number_says_so() -> None:
    assert toll(figure(1, best=None, high=2, expr=FEW)).masked
    assert not toll(figure(5)).masked
