from itertools import product

import pytest

from linking.card_maker import HASAKAH, RAQQA, make_count, make_report, tell
from waqai.linking import make_telling
from waqai.linking.compare import Features, compare_tellings, find_nearest
from waqai.linking.days import compare_weekdays
from waqai.linking.evidence import HELD_KNOTS, KIND_KNOTS, iter_evidence, share_out
from waqai.linking.pairs import TABLES, load_weights, score_tellings, table_of

ONE = make_report("Inmates escaped from a prison in Hasakah on Friday; Aziz Karim of Tel Brak led them.", title="Inmates escape", published="2020-03-30")
TWO = make_report("Guards said that Aziz Karim of Tel Brak got away from the jail on Friday by night.", title="Karim escapes", published="2020-04-20")


def features(**more: object) -> Features:
    return compare_tellings(make_telling(tell(ONE, "escape", "escaped", place=HASAKAH)), make_telling(tell(TWO, "escape", "got away", **more)))


@pytest.mark.parametrize("table", TABLES)
def test_every_weight_is_that_of_a_piece_of_evidence(table: str) -> None:
    """A misspelt name in the file would weigh nothing and say nothing."""
    known = {f"kinds {knot:g}" for knot in KIND_KNOTS} | {f"held {knot:g}" for knot in HELD_KNOTS} | {"start", "text", "text root", "title", "names", "actors"}
    known |= {f"facility {s}" for s in ("same", "different", "unknown")} | {f"weekday {s}" for s in ("same", "other")} | {"again"}
    known |= {f"{what} {s}" for what in ("month day", "means") for s in ("same", "other")}
    known |= {f"press {s}" for s in (0, 1, 3, 7, 14, 45, 120, "later", "unknown")}
    known |= {f"figures {s}" for s in ("equal", "telling", "close", "near", "apart", "far", "none", "fivefold", "flights")}
    states = ("same place", "near", "within", "same region", "same country", "far", "other country", "unknown")
    known |= {f"place {s}" for s in states}
    times = ("same day", "days apart", "a week apart", "a fortnight apart", "weeks apart", "months apart", "same period")
    known |= {f"time {s}" for s in (*times, "after press", "fresh", "late", "stale", "unknown")}
    assert set(load_weights()[table]) <= known


def test_a_pair_is_scored_by_the_table_of_its_kind() -> None:
    arrest = compare_tellings(make_telling(tell(ONE, "arrest", "escaped")), make_telling(tell(TWO, "arrest", "got away")))
    told = compare_tellings(make_telling(tell(ONE, "escape", "escaped")), make_telling(tell(TWO, "escape", "got away"), news=False))
    assert (table_of(features()), table_of(told)) == ("custody", "told")
    assert table_of(arrest) == "custody"  # the headlines speak of an escape
    plain = make_report("Police held a man in Hasakah.", title="Man held")
    assert table_of(compare_tellings(make_telling(tell(plain, "arrest", "held")), make_telling(tell(TWO, "arrest", "got away")))) == "news"


def test_reports_far_apart_in_time_of_printing_give_their_days() -> None:
    assert features().press == 21
    assert "press 45" in {e.name for e in iter_evidence(features())}


@pytest.mark.parametrize(("day", "agree"), [("2020-03-27", True), ("2020-03-29", False), (("2020-03-01", "2020-03-31"), None)])
def test_a_weekday_that_is_named_is_held_against_a_day(day: str | tuple[str, str], agree: bool | None) -> None:
    undated, dated = make_telling(tell(ONE, "escape", "escaped")), make_telling(tell(TWO, "escape", "got away", day=day))
    assert compare_weekdays(undated, dated) is agree is compare_weekdays(dated, undated)


def test_names_that_both_use_speak_for_a_pair() -> None:
    assert features().names > 0.3
    other = make_report("Guards said that a man got away from the jail by night.", title="One escapes")
    assert compare_tellings(make_telling(tell(ONE, "escape", "escaped")), make_telling(tell(other, "escape", "got away"))).names == 0


@pytest.mark.parametrize(
    ("a", "b", "state"), [((25,), (25,), "none"), ((100,), (110,), "close"), ((25,), (37,), "near"), ((25,), (60, 100), "apart"), ((4,), (90,), "far")]
)
def test_the_nearest_figures_count(a: tuple[float, ...], b: tuple[float, ...], state: str) -> None:
    assert find_nearest(tuple(make_count("escaped", n) for n in a), tuple(make_count("escaped", n) for n in b)) == state


def test_a_share_lies_between_two_knots() -> None:
    for value, knots in product((0.0, 0.05, 0.2, 0.95, 1.0), (KIND_KNOTS, HELD_KNOTS)):
        shares = share_out(value, knots)
        assert sum(share for _, share in shares) == pytest.approx(1.0)
        assert sum(knot * share for knot, share in shares) == pytest.approx(min(max(value, knots[0]), knots[-1]))


def test_distance_counts_as_far_as_both_places_are_sure() -> None:
    scores = [
        score_tellings(make_telling(tell(ONE, "escape", "escaped", place=HASAKAH)), make_telling(tell(TWO, "escape", "got away", place=RAQQA | {"p": p}))).score
        for p in (0.2, 0.4, 0.7, 0.9)
    ]
    assert scores == sorted(scores, reverse=True) and scores[2] == scores[3]
