from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linking.card_maker import FAMILIES, HASAKAH, RAQQA, RAS_AL_AIN, days_later, make_report, tell
from linking.outlines import outline_of
from waqai.core import Card, LinkRole, Report
from waqai.linking import make_imprint
from waqai.linking.bounds import LAST_STAGE, NOBODY, Bounds, _limits_of
from waqai.linking.fits import ONLY_TOLD, fit_incident
from waqai.linking.pairs import load_weights
from waqai.linking.tellings import Telling, make_telling

TOLD = (
    "Inmates escaped from Ghweran prison in Hasakah on Sunday. Willie Lay said gunmen came.",
    "Prisoners got away from the Ghwayran jail, Hasakah, by night. Again they escaped.",
    "Talks were held in Rome on Friday, an official of Kuje said, and gunmen escaped.",
    "Inmates escaped from Ghweran prison in Hasakah, said Willie Lay on Sunday.",
    "Prisoners dug their way out of Ghweran prison, Hasakah, on March 30.",
    "Gunmen blew a wall of the Ghwayran jail open on April 2; it resembles the break of March 30.",
)
TITLES = ("", "Inmates escape in Hasakah", "Riot again at Ghweran prison", "Talks in Rome")
ID, PRISON = {"place_id": "g:1"}, {"place_id": "waqai:al-sinaa-prison"}  # a place named like its town, and known for a prison by its id alone
PLACES = (
    None,
    HASAKAH,
    HASAKAH | ID,
    RAQQA,
    RAS_AL_AIN,
    HASAKAH | {"precision": "P4_admin1", "lat": None, "lon": None},
    RAQQA | {"country": "IQ", "p": 0.3},
    HASAKAH | PRISON,
    RAQQA | PRISON,
)
ROLES: tuple[LinkRole, ...] = ("main", "part", "follow_up", "background")
roles = st.sampled_from(ROLES)
figures = st.lists(st.tuples(st.sampled_from(["escaped", "killed"]), st.sampled_from([0.0, 3.0, 25.0, 27.0, 384.0])), max_size=2)


@st.composite
def reports(draw: st.DrawFn, number: int) -> tuple[Report, tuple[Card, ...]]:
    """A report with up to three accounts."""
    published = draw(st.none() | st.integers(0, 200).map(lambda n: days_later("2020-03-29", n)))
    report = make_report(draw(st.sampled_from(TOLD)) + " " * number, title=draw(st.sampled_from(TITLES)), published=published)
    return report, tuple(_draw_account(draw, report, order) for order in range(draw(st.integers(1, 3))))


def _draw_account(draw: st.DrawFn, report: Report, order: int) -> Card:
    day = draw(st.none() | (st.integers(0, 12) | st.integers(0, 60)).map(lambda n: days_later("2020-03-29", n)))
    month = day is not None and draw(st.booleans())
    return tell(
        report,
        draw(st.sampled_from(sorted(FAMILIES))),
        draw(st.sampled_from(report.text.split()[:3])),
        order=order,
        day=(day, days_later(day, 20)) if month and day else day,
        place=draw(st.sampled_from(PLACES)),
        facility=draw(st.sampled_from([None, "Ghweran prison", "Ghwayran jail", "Kuje camp"])),
        counts=draw(figures),
        background=draw(st.booleans()),
        initiator=draw(st.sampled_from([None, "Willie Lay"])),
    )


@st.composite
def incidents(draw: st.DrawFn) -> list[tuple[Report, Card, LinkRole]]:
    """Accounts of up to three reports in an incident."""
    told = [draw(reports(number)) for number in range(1, draw(st.integers(1, 3)) + 1)]
    return [(report, card, draw(roles)) for report, cards in told for card in cards]


@settings(max_examples=200, deadline=None)
@given(reports(0), st.booleans(), incidents())
def test_no_fit_is_better_than_any_of_its_bounds(own: tuple[Report, tuple[Card, ...]], news: bool, seated: list[tuple[Report, Card, LinkRole]]) -> None:
    _, (main, *parts) = own
    telling = make_telling(main, parts=parts, news=news)
    fit = fit_incident(telling, "i", [replace(card, role=role) for _, card, role in seated])
    bounds = Bounds(telling, {"i": [outline_of(card, role, imprint=make_imprint(other)) for other, card, role in seated]}, only_told=ONLY_TOLD)
    found = [bounds.bound("i", stage=stage) for stage in range(LAST_STAGE + 1)]
    least = NOBODY if fit is None else fit.score
    assert all(bound >= least for bound in found), (least, found, fit and (fit.best.features, fit.best.weight))


def _telling(**account: object) -> Telling:
    report = make_report(TOLD[0], title=TITLES[1], published="2020-03-30")
    return make_telling(tell(report, "escape", "escaped", **({"day": "2020-03-29", "place": HASAKAH} | account)))  # type: ignore[arg-type]


def _bound(telling: Telling, other: Report, card: Card, *, stage: int, imprint: bool = True) -> float:
    outline = outline_of(card, "main", imprint=make_imprint(other) if imprint else None)
    return Bounds(telling, {"i": [outline]}, only_told=ONLY_TOLD).bound("i", stage=stage)


def test_what_is_far_in_time_place_and_words_is_hopeless_from_its_columns() -> None:
    other = make_report(TOLD[2], title=TITLES[3], published="2021-03-30")
    assert _bound(_telling(), other, tell(other, "meeting", "Talks", day="2021-03-29", place=RAQQA), stage=0) < 0.01


def test_each_look_knows_more_than_the_one_before() -> None:
    other = make_report(TOLD[1], published="2020-03-30")
    card = tell(
        other,
        "escape",
        "got away",
        day="2020-04-20",
        place=HASAKAH | {"precision": "P5_country_part", "admin1": "Raqqa"},
        facility="Kuje camp",
        counts=[("escaped", 384)],
    )
    telling = _telling(facility="Ghweran prison", counts=[("escaped", 25)])
    columns, facets = (_bound(telling, other, card, stage=stage) for stage in range(LAST_STAGE + 1))
    assert columns > facets


def test_a_house_that_bears_no_such_name_is_not_taken_for_the_same() -> None:
    other = make_report(TOLD[1], published="2020-03-30")

    def bound(facility: str) -> float:
        return _bound(_telling(facility="Ghweran prison"), other, tell(other, "escape", "got away", day="2020-04-20", facility=facility), stage=LAST_STAGE)

    assert bound("Ghwayran jail") > bound("Kuje camp") == bound("the prison")


def test_a_bound_is_rounded_as_a_score_is_so_that_what_comes_to_nothing_is_nothing() -> None:
    other = make_report(TOLD[2], title=TITLES[3], published="2021-03-30")
    assert _bound(_telling(), other, tell(other, "meeting", "Talks", day="2021-03-29", place=RAQQA), stage=LAST_STAGE) == 0.0


def test_without_an_imprint_everything_is_possible() -> None:
    other = make_report(TOLD[2], published="2021-03-30")
    card = tell(other, "meeting", "Talks", day="2021-03-29", place=RAQQA)
    assert all(_bound(_telling(), other, card, stage=stage, imprint=False) >= 1.0 for stage in range(LAST_STAGE + 1))


def test_the_report_itself_is_no_company() -> None:
    telling = _telling()
    report = make_report(TOLD[0], title=TITLES[1], published="2020-03-30")
    assert _bound(telling, report, telling.lead, stage=0) == NOBODY


MONTH_DAY = {"day": None, "place": HASAKAH, "facility": "Ghweran prison", "counts": [("escaped", 384)]}


@pytest.mark.parametrize(
    ("own", "parts", "other", "role"),
    [
        # a siege: the end that the telling tells is the day of the other
        ({"day": "2020-03-21"}, [("clash", {"day": "2020-03-29"})], ("escape", {"day": "2020-03-29", "place": HASAKAH}), "main"),
        # the blast of the telling lies in the prison of the other, whatever the two call it
        ({"facility": "Alaya prison"}, [("bombing", {"place": HASAKAH | PRISON})], ("escape", {"place": HASAKAH | PRISON, "facility": "Kuje prison"}), "main"),
        # the other tells of no break, but of the fight for a prison
        ({}, [], ("clash", {"place": HASAKAH | PRISON, "day": "2020-03-29"}), "main"),
        ({}, [], ("raid", {"place": HASAKAH | PRISON, "day": "2020-03-29"}), "background"),
        # a day without its year
        (MONTH_DAY, [], ("escape", MONTH_DAY), "main"),
    ],
)
@pytest.mark.parametrize("text", [TOLD[4], TOLD[5]])  # dug out, blown open: the same means as the telling's, or others
def test_what_brings_two_tellings_together_is_within_their_bounds(
    own: dict[str, object], parts: list[tuple[str, dict[str, object]]], other: tuple[str, dict[str, object]], role: LinkRole, text: str
) -> None:
    report = make_report(TOLD[4] + " So guards said.", title="Out by night", published="2020-03-31" if own is not MONTH_DAY else None)
    main = tell(report, "escape", "Prisoners", **({"day": "2020-03-29", "place": HASAKAH} | own))  # type: ignore[arg-type]
    telling = make_telling(main, parts=[tell(report, kind, "way", order=n, **facts) for n, (kind, facts) in enumerate(parts, 1)])  # type: ignore[arg-type]
    near = make_report(text, title="Out by night", published="2020-03-31" if own is not MONTH_DAY else None)
    kind, facts = other
    card = tell(near, kind, text.split()[0], **facts)  # type: ignore[arg-type]
    fit = fit_incident(telling, "i", [replace(card, role=role)])
    bounds = Bounds(telling, {"i": [outline_of(card, role, imprint=make_imprint(near))]}, only_told=ONLY_TOLD)
    assert fit is not None and all(bounds.bound("i", stage=stage) >= fit.score for stage in range(LAST_STAGE + 1))


@pytest.mark.parametrize("stage", range(LAST_STAGE + 1))
def test_a_part_that_lies_in_the_others_prison_may_make_the_two_one(stage: int) -> None:
    report = make_report(TOLD[0], title=TITLES[1], published="2020-03-30")
    other = make_report(TOLD[1], published="2020-03-30")
    escape = tell(report, "escape", "escaped", day="2020-03-29", place=RAQQA)
    there = tell(other, "escape", "got away", day="2020-04-20", place=HASAKAH | PRISON)

    def bound(place: dict[str, object]) -> float:
        part = tell(report, "bombing", "gunmen", order=1, place=place)
        return _bound(make_telling(escape, parts=[part]), other, there, stage=stage)

    assert bound(HASAKAH | PRISON) > bound(HASAKAH)


def test_a_fight_for_a_prison_is_bound_by_the_weights_of_custody() -> None:
    other = make_report(TOLD[2], published="2020-03-30")

    def bound(place_id: str) -> float:
        return _bound(_telling(), other, tell(other, "clash", "Talks", day="2020-04-20", place=HASAKAH | {"place_id": place_id}), stage=0)

    assert bound("waqai:al-sinaa-prison") != bound("geonames:1")


@pytest.mark.parametrize("name", ["means same", "means other", "month day same", "month day other", "weekday same", "weekday other"])
def test_a_bound_leaves_room_for_what_only_the_words_of_two_undated_news_tell(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    other = make_report(TOLD[1], published="2020-08-30")
    there = tell(other, "escape", "got away", place=RAQQA)
    telling = _telling(day=None)
    usual = _bound(telling, other, there, stage=0)
    weights = {table: dict(known) | {name: 3.0} for table, known in load_weights().items()}
    monkeypatch.setattr("waqai.linking.bounds.load_weights", lambda: weights)
    _limits_of.cache_clear()
    try:
        assert _bound(telling, other, there, stage=0) > usual
    finally:
        _limits_of.cache_clear()
