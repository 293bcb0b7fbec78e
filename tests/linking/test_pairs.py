import pytest
from hypothesis import given
from hypothesis import strategies as st

from linking.card_maker import FAMILIES, HASAKAH, RAQQA, days_later, make_report, tell
from waqai.linking import score_pair
from waqai.linking.fits import JOIN, UNSURE
from waqai.linking.pairs import APART, load_weights

ONE = make_report("Inmates escaped from Ghweran prison in Hasakah on Sunday.", title="Inmates escape in Hasakah", published="2020-03-30")
TWO = make_report("Prisoners got away from the Ghwayran jail, Hasakah, by night.", title="Prisoners get away in Hasakah", published="2020-03-30")
days = st.one_of(st.none(), st.integers(0, 500).map(lambda n: days_later("2020-03-29", n)))
places = st.sampled_from([None, HASAKAH, RAQQA, HASAKAH | {"precision": "P4_admin1"}])
kinds = st.sampled_from(sorted(FAMILIES))


def test_the_reason_reads_as_a_sentence() -> None:
    a = tell(ONE, "escape", "escaped", day="2020-03-29", place=HASAKAH, facility="Ghweran prison", counts=[("escaped", 25)])
    b = tell(TWO, "escape", "got away", day="2020-03-29", place=HASAKAH, facility="Ghwayran jail", counts=[("escaped", 37)])
    found = score_pair(a, b)
    assert found.because.startswith("same facility, same place, same day, both an escape, 25 against 37 escaped")
    assert found.score > 0.9


def test_what_speaks_against_is_named_last() -> None:
    a = tell(ONE, "escape", "escaped", day="2020-03-29", place=HASAKAH)
    b = tell(TWO, "escape", "got away", day="2020-05-02", place=HASAKAH)
    found = score_pair(a, b)
    assert "; against it: 34 days apart" in found.because and found.score < 0.3


@pytest.mark.parametrize(("printed", "said"), [("2020-04-06", False), ("2020-06-06", True)])
def test_days_between_two_publications_are_a_reason_in_words_only_where_they_are_many(printed: str, said: bool) -> None:
    later = make_report(TWO.text, title=TWO.title or "", published=printed)
    found = score_pair(tell(ONE, "escape", "escaped", place=HASAKAH), tell(later, "escape", "got away", place=HASAKAH))
    assert ("published 68 days apart" in found.because) is said and ("days apart" in found.because) is said


def test_a_release_of_the_same_day_and_place_is_no_escape() -> None:
    a = tell(ONE, "escape", "escaped", day="2020-03-29", place=HASAKAH)
    other = make_report("The administration let 80 women of the camp go home to their villages.", title="80 women go home", published="2020-03-30")
    b = tell(other, "release", "let", day="2020-03-29", place=HASAKAH)
    assert score_pair(a, b).score < 0.3


def test_a_place_that_is_hardly_sure_does_not_keep_two_tellings_apart() -> None:
    a = tell(ONE, "escape", "escaped", day="2020-03-29", place=HASAKAH)
    sure, unsure = (tell(TWO, "escape", "got away", day="2020-03-29", place=RAQQA | {"p": p}) for p in (0.9, 0.2))
    assert score_pair(a, sure).score < 0.5 < score_pair(a, unsure).score


@pytest.mark.parametrize(("day", "place", "is_capped"), [("2020-04-01", RAQQA, True), ("2020-03-30", RAQQA, False), ("2020-04-01", HASAKAH, False)])
def test_what_is_far_away_and_days_later_is_not_one_however_alike_the_words(day: str, place: dict[str, object], is_capped: bool) -> None:
    words = "{} prisoners escaped from the jail of the town, the monitors said. Two guards were killed, and the prisoners fled north that night."
    one = make_report(words.format("Four"), title="", published=days_later("2020-03-29", 1))
    other = make_report(words.format("Thirty"), title="", published=days_later(day, 1))
    a = tell(one, "escape", "escaped", day="2020-03-29", place=HASAKAH, counts=[("escaped", 4)])
    found = score_pair(a, tell(other, "escape", "escaped", day=day, place=place, counts=[("escaped", 30)]))
    assert (found.score == APART) is is_capped and UNSURE < APART < JOIN
    assert is_capped or found.score > JOIN


def test_each_reason_is_kept_with_its_weight() -> None:
    found = score_pair(tell(ONE, "escape", "escaped", place=HASAKAH), tell(TWO, "escape", "got away", place=HASAKAH))
    assert {r.words: r.weight for r in found.reasons}["same place"] == load_weights()["custody"]["place same place"]


@given(days, days, places, places, kinds, kinds)
def test_scores_lie_between_0_and_1_and_do_not_depend_on_the_side(day_a, day_b, place_a, place_b, kind_a, kind_b) -> None:
    a, b = tell(ONE, kind_a, "escaped", day=day_a, place=place_a), tell(TWO, kind_b, "got away", day=day_b, place=place_b)
    assert 0 <= score_pair(a, b).score <= 1
    assert score_pair(a, b).score == score_pair(b, a).score
