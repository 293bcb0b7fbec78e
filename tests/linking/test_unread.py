from __future__ import annotations

from linking.card_maker import HASAKAH, RAQQA, make_report, tell
from linking.outlines import unread
from waqai.core import Card, LinkRole, Report
from waqai.linking import link_report
from waqai.linking.bounds import LAST_STAGE, Bounds
from waqai.linking.fits import UNSURE, rank_fitting, rank_incidents
from waqai.linking.tellings import make_telling

OWN = make_report("Inmates escaped from Ghweran prison in Hasakah on Sunday.", title="Inmates escape in Hasakah", published="2020-03-30")
CARD = tell(OWN, "escape", "escaped", day="2020-03-29", place=HASAKAH)
Seated = tuple[Report, Card, LinkRole]


def _news(text: str, type: str, words: str, *, day: str, place: dict[str, object]) -> Seated:
    report = make_report(text, title=text[:20], published=day)
    return report, tell(report, type, words, day=day, place=place), "main"


SAME = _news("Inmates escaped from Ghweran prison in Hasakah, officials said.", "escape", "escaped", day="2020-03-29", place=HASAKAH)
LIKE = _news("Prisoners of the jail in Hasakah got away, it was said later.", "escape", "got away", day="2020-04-20", place=HASAKAH)
FAR = _news("Talks were held in Raqqa by an envoy.", "meeting", "held", day="2022-01-05", place=RAQQA)
FARTHER = _news("Shells fell on Raqqa in the night.", "shelling", "fell", day="2022-05-05", place=RAQQA)


def _offer(*seated: Seated) -> tuple[list[tuple[str, object]], list[str]]:
    """Incidents i0, i1 … with one account each, and the list that fills with those that are read."""
    read: list[str] = []
    offered = [(f"i{n}", unread([one], on_load=lambda name=f"i{n}": read.append(name))) for n, one in enumerate(seated)]  # type: ignore[misc]
    return offered, read  # type: ignore[return-value]


def test_only_what_could_be_joined_is_read() -> None:
    offered, read = _offer(FAR, SAME, FARTHER, LIKE)
    (link,) = link_report([CARD], candidates=lambda _: offered)  # type: ignore[arg-type,return-value]
    assert link.incident == "i1" and read == ["i1"]


def test_where_nothing_can_be_joined_the_nearest_is_found_and_what_is_farther_is_not_read() -> None:
    offered, read = _offer(FAR, FARTHER, LIKE)
    (link,) = link_report([CARD], candidates=lambda _: offered)  # type: ignore[arg-type,return-value]
    assert link.opened and link.nearest == "i2" and read == ["i2"]


def test_the_nearest_of_those_that_cannot_be_joined_is_read_while_rivals_could_take_all_others() -> None:
    offered, read = _offer(FAR, SAME, LIKE)
    fits = rank_incidents(make_telling(CARD), offered, rivals=1)  # type: ignore[arg-type]
    assert [fit.incident for fit in fits] == ["i1", "i2"] and read == ["i1", "i2"]


def test_of_incidents_none_of_which_a_person_would_look_at_one_is_read() -> None:
    near = [_news(f"Shells fell on Hasakah {n} times.", "shelling", "fell", day="2021-05-05", place=HASAKAH) for n in range(3)]
    offered, read = _offer(*near)
    bounds = Bounds(make_telling(CARD), {incident: members.outlines for incident, members in offered}, only_told=0.3)  # type: ignore[attr-defined]
    assert all(0.001 < bounds.bound(f"i{n}", stage=LAST_STAGE) < UNSURE for n in range(3))
    fits = rank_incidents(make_telling(CARD), offered)  # type: ignore[arg-type]
    assert len(read) == len(fits) == 1


def test_of_incidents_that_all_come_to_nothing_the_one_that_would_be_named_is_read_alone() -> None:
    offered, read = _offer(FARTHER, FARTHER, FAR, FARTHER)
    known = [(incident, tuple(members)) for incident, members in _offer(FARTHER, FARTHER, FAR, FARTHER)[0]]  # type: ignore[call-overload]
    fits = rank_incidents(make_telling(CARD), offered, rivals=0)  # type: ignore[arg-type]
    assert [fit.incident for fit in fits] == read == ["i0"]
    assert rank_incidents(make_telling(CARD), known)[0] == fits[0]


def test_unread_incidents_give_the_links_that_read_ones_give() -> None:
    everyone = [FAR, SAME, FARTHER, LIKE]
    for some in ([FAR], [LIKE, FAR], [FARTHER, LIKE, SAME], everyone, everyone[::-1]):
        offered, _ = _offer(*some)
        known = [(incident, tuple(members)) for incident, members in _offer(*some)[0]]  # type: ignore[call-overload]
        assert link_report([CARD], candidates=lambda _, o=offered: o) == link_report([CARD], candidates=lambda _, k=known: k)  # type: ignore[misc]


def test_cards_are_loaded_once_and_say_how_many_they_are_before() -> None:
    (one, _), read = _offer(SAME, LIKE)
    members = one[1]
    assert len(members) == 1 and read == []  # type: ignore[arg-type]
    assert list(members) == list(members) and read == ["i0"]  # type: ignore[call-overload]


def test_all_that_fit_well_enough_are_read_and_what_cannot_is_not() -> None:
    read_before = [(incident, tuple(members)) for incident, members in _offer(FAR, LIKE, FARTHER, SAME)[0]]  # type: ignore[arg-type]
    whole = rank_fitting(make_telling(CARD), read_before, least=0.0)  # type: ignore[arg-type]
    assert [fit.incident for fit in whole][:2] == ["i3", "i1"] and whole[1].score < whole[0].score
    for least in (whole[0].score, whole[1].score, 1.1):
        offered, read = _offer(FAR, LIKE, FARTHER, SAME)
        fits = rank_fitting(make_telling(CARD), offered, least=least)  # type: ignore[arg-type]
        wanted = [(fit.incident, fit.score) for fit in whole if fit.score >= least]
        assert [(fit.incident, fit.score) for fit in fits if fit.score >= least] == wanted
        assert "i0" not in read and (read == [] or least < 1.1)
