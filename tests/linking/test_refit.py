from collections.abc import Sequence

import pytest

from linking.card_maker import HASAKAH, RAQQA, make_report, tell
from waqai.core import Card
from waqai.linking import Move, refit_report


def told(n: int, *, day: str = "2021-07-05", place: dict[str, object] = HASAKAH, facility: str = "Ghweran prison") -> Card:
    texts = (
        "Eleven men broke out of Ghweran prison in Hasakah at dawn, relatives said.",
        "Eleven inmates broke out of the Ghweran jail, Hasakah, at dawn, guards said.",
        "From Ghweran prison in Hasakah eleven broke out at dawn, the director said.",
    )
    report = make_report(texts[n], title="Eleven escape from Ghweran prison", published="2021-07-06")
    return tell(report, "escape", "broke out", day=day, place=place, facility=facility, counts=[("escaped", 11)])


def refit(card: Card, here: str, incidents: dict[str, Sequence[Card]], **more: object) -> tuple[Move, ...]:
    return refit_report([card], {card.account.id: here}, candidates=lambda _: [(i, tuple(m)) for i, m in incidents.items()], **more).moves


def test_news_that_stands_alone_moves_to_the_incident_that_it_fits() -> None:
    one, two, three = (told(n) for n in range(3))
    (move,) = refit(one, "i-alone", {"i-alone": [one], "i-both": [two, three]})
    assert (move.source, move.target, move.accounts) == ("i-alone", "i-both", (one.account.id,))
    assert move.right in (two.account.id, three.account.id) and move.because.startswith("on second thoughts: same facility")


def test_news_that_fits_where_it_is_stays() -> None:
    one, two, three = (told(n) for n in range(3))
    assert refit(one, "i-all", {"i-all": [one, two, three]}) == ()


def test_news_does_not_move_where_it_does_not_fit() -> None:
    one = told(0)
    report = make_report("Two men tunnelled their way out of a camp near Raqqa, elders told an agency.", title="Tunnel under camp", published="2021-03-02")
    other = tell(report, "escape", "tunnelled", day="2021-03-01", place=RAQQA)
    assert refit(one, "i-alone", {"i-alone": [one], "i-other": [other]}) == ()


@pytest.mark.parametrize("word", ["fixed", "apart"])
def test_a_persons_word_holds(word: str) -> None:
    one, two = told(0), told(1)
    more = {"fixed": {one.account.id}} if word == "fixed" else {"apart": {one.account.id: frozenset({"i-both"})}}
    incidents = {"i-alone": [one], "i-both": [two]}
    assert len(refit(one, "i-alone", incidents)) == 1
    assert refit(one, "i-alone", incidents, **more) == ()


def test_of_two_that_fit_alike_the_better_told_one_is_taken() -> None:
    one, two, three = (told(n) for n in range(3))
    (move,) = refit(one, "i-alone", {"i-alone": [one], "i-few": [two], "i-more": [two, three]})
    assert move.target == "i-more"
