from collections.abc import Sequence
from dataclasses import replace

import pytest

from linking.card_maker import HASAKAH, RAQQA, make_report, tell
from waqai.core import Card, Span
from waqai.linking import Move, refit_report, roles_of_report


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


@pytest.mark.parametrize(("here", "there"), [(1, 2), (2, 1)])
def test_news_that_would_fit_as_well_elsewhere_stays(here: int, there: int) -> None:
    one = told(0)
    assert refit(one, "i-here", {"i-here": [one, told(here)], "i-there": [told(there)]}) == ()


def many(first: int, last: int) -> list[Card]:
    """Tellings of other reports in much the same words."""
    plain = told(1)
    return [replace(plain, anchor=replace(plain.anchor, report_sha256=f"{n:064}"), account=replace(plain.account, id=f"a-{n}")) for n in range(first, last)]


def test_news_moves_to_where_more_reports_tell_of_it_up_to_five() -> None:
    one = told(0)
    (move,) = refit(one, "i-few", {"i-few": [one, *many(0, 1)], "i-more": many(1, 4)})
    assert move.target == "i-more"
    assert refit(one, "i-five", {"i-five": [one, *many(0, 5)], "i-more": many(5, 14)}) == ()


NEARBY = HASAKAH | {"lat": 36.6}


def twice(*, day: str = "2021-07-05", place: dict[str, object] = HASAKAH, told_as: str = "background") -> tuple[Card, Card]:
    """One report that tells of the break as its news and, in other words, once more below."""
    text = "Eleven men broke out of Ghweran prison in Hasakah at dawn. Elders spoke of the escape of eleven from the jail."
    report = make_report(text, title="Eleven escape from Ghweran prison", published="2021-07-06")
    news = tell(report, "escape", "broke out", day="2021-07-05", place=HASAKAH, facility="Ghweran prison", counts=[("escaped", 11)])
    return news, tell(report, "escape", "the escape of eleven", order=1, day=day, place=place, background=told_as == "background")


@pytest.mark.parametrize(
    ("again", "meets"),
    [
        ({"place": NEARBY}, True),  # one happening, told twice
        ({"place": NEARBY, "day": "2021-07-06"}, True),  # a day later, as it was announced
        ({"day": "2021-07-12"}, False),  # another break, a week later
        ({"place": RAQQA}, False),  # another break, elsewhere
    ],
)
def test_news_joins_an_incident_where_its_report_tells_of_it_once_more_and_no_other(
    again: dict[str, object], meets: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However well it fits the other; what the report tells of the very place and day is part of the news."""
    monkeypatch.setattr("waqai.linking.refit.SURE_IN_CUSTODY", 1.1)
    news, below = twice(**again)  # type: ignore[arg-type]
    seats = {news.account.id: "i-alone", below.account.id: "i-both"}
    incidents = (("i-alone", (news,)), ("i-both", (below, told(1), told(2))))
    moves = refit_report([news, below], seats, candidates=lambda card: incidents if card is news else ()).moves
    assert [move.target for move in moves] == (["i-both"] if meets else [])


def test_two_news_of_a_round_up_never_meet() -> None:
    report = make_report(
        "Eleven men broke out of Ghweran prison in Hasakah at dawn. At noon eleven fled from Alaya prison there. A bomb hit Raqqa.",
        title="FACTBOX: incidents of July 5",
        published="2021-07-06",
    )
    said: dict[str, object] = {"day": "2021-07-05", "counts": [("escaped", 11)]}
    one = tell(report, "escape", "broke out", place=HASAKAH, facility="Ghweran prison", **said)  # type: ignore[arg-type]
    near = HASAKAH | {"name": "Alaya", "lat": 36.6}
    other = tell(report, "escape", "fled", order=1, place=near, facility="Alaya prison", **said)  # type: ignore[arg-type]
    seats = {one.account.id: "i-alone", other.account.id: "i-both"}
    incidents = (("i-alone", (one,)), ("i-both", (other, told(1), told(2))))
    assert roles_of_report([one, other]) == {one.account.id: "main", other.account.id: "main"}
    assert refit_report([one, other], seats, candidates=lambda card: incidents if card is one else ()).moves == ()


def test_a_mention_stays_where_it_stands_beside_the_news_of_another_report() -> None:
    """It was put there by what was known then, and there is news that it is held against."""
    news, mention = may_and_march()
    seats = {news.account.id: "i-may", mention.account.id: "i-far"}
    march = ("i-march", (told(1, day="2021-03-29"), told(2, day="2021-03-29")))
    far = replace(told(0, day="2021-02-20"), role="main")
    for there, moves in (((mention,), 1), ((mention, far), 0)):
        known = (("i-may", (news,)), ("i-far", there), march)
        assert len(refit_report([news, mention], seats, candidates=lambda _, known=known: known).moves) == moves  # type: ignore[misc]


def may_and_march() -> tuple[Card, Card]:
    report = make_report(
        "Twenty fled from a camp near Raqqa on May 3. In March eleven broke out of Ghweran prison in Hasakah at dawn.",
        title="Twenty flee camp near Raqqa",
        published="2021-05-04",
    )
    news = tell(report, "escape", "fled", day="2021-05-03", place=RAQQA, counts=[("escaped", 20)])
    mention = tell(report, "escape", "broke out", order=1, day="2021-03-29", place=HASAKAH, facility="Ghweran prison", background=True)
    return news, mention


def test_two_tellings_of_one_report_do_not_both_move_into_the_incident_that_fits_both() -> None:
    news, mention = may_and_march()
    when = mention.account.when
    assert when is not None
    like = replace(mention, account=replace(mention.account, id="a-like", when=replace(when, phrase=Span(0, 4))), order=2)  # told of that day in other words
    cards = (news, mention, like)
    seats = {news.account.id: "i-may", mention.account.id: "i-one", like.account.id: "i-two"}
    known = (("i-may", (news,)), ("i-one", (mention,)), ("i-two", (like,)), ("i-march", (told(1, day="2021-03-29"), told(2, day="2021-03-29"))))
    moves = refit_report(cards, seats, candidates=lambda _: known).moves
    assert [move.target for move in moves] == ["i-march"]


def with_part() -> tuple[Card, Card]:
    report = make_report("Eleven men broke out of Ghweran prison in Hasakah at dawn. Guards fought back.", title="Eleven escape", published="2021-07-06")
    news = tell(report, "escape", "broke out", day="2021-07-05", place=HASAKAH, facility="Ghweran prison", counts=[("escaped", 11)])
    return news, tell(report, "clash", "fought back", order=1, relations=[("part_of", news)])


@pytest.mark.parametrize(
    ("seat", "fixed", "moved"),
    [
        ("i-alone", "nobody", 2),  # the part moves with its news
        ("i-other", "nobody", 0),  # somebody took them apart
        ("i-alone", "part", 0),  # a person seated the part
        ("i-alone", "news", 0),  # a person seated the news
    ],
)
def test_a_telling_moves_whole_or_not_at_all(seat: str, fixed: str, moved: int) -> None:
    news, part = with_part()
    seats = {news.account.id: "i-alone", part.account.id: seat}
    known = (("i-alone", (news, part)), ("i-both", (told(1), told(2))))
    held = {"news": {news.account.id}, "part": {part.account.id}, "nobody": set[str]()}[fixed]
    moves = refit_report([news, part], seats, candidates=lambda _: known, fixed=held).moves
    assert sum(len(move.accounts) for move in moves) == moved


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


@pytest.mark.parametrize(("few", "more"), [("i-a", "i-b"), ("i-b", "i-a")])
def test_of_two_that_fit_alike_the_better_told_one_is_taken(few: str, more: str) -> None:
    one, two, three = (told(n) for n in range(3))
    (move,) = refit(one, "i-alone", {"i-alone": [one], few: [two], more: [two, three]})
    assert move.target == more


def shot_and_mentioned(type: str, mentioned: dict[str, object]) -> tuple[Card, Card, list[Card]]:
    """A report whose news, dated a week late, is the very story of three others that it also mentions."""
    text = "Samir Barakat was shot dead at the Qandil bakery in Tel Salam, Mayor Idris Nour said. The mayor said Barakat had been killed on July 5."
    report = make_report(text, title="Grocer Samir Barakat shot dead at Qandil bakery", published="2021-07-07")
    news = tell(report, type, "shot dead", day="2021-07-08", place=HASAKAH, counts=[("killed", 1)])
    mention = tell(report, **({"type": type, "words": "killed on July 5", "order": 1, "place": HASAKAH, "background": True} | mentioned))  # type: ignore[arg-type]
    others = []
    for words in ("outside", "beside", "behind"):
        text = f"Gunmen shot Samir Barakat dead {words} the Qandil bakery in Tel Salam, said Mayor Idris Nour."
        other = make_report(text, title="Grocer Samir Barakat shot dead at Qandil bakery", published="2021-07-06")
        others.append(replace(tell(other, type, "shot", day="2021-07-05", place=HASAKAH, counts=[("killed", 1)]), role="main"))
    return news, mention, others


DATED = {"day": "2021-07-05"}


@pytest.mark.parametrize(
    ("type", "mentioned", "bars"),
    [
        ("attack_on_civilians", DATED, "SURE"),
        ("escape", DATED, "SURE_IN_CUSTODY"),  # "a second break from the same prison" mentions the first
        ("escape", {"type": "arrest"}, "SURE"),  # what is told beside a break, without a day of its own, is no other break
    ],
)
@pytest.mark.parametrize("surely", [True, False])
def test_news_that_surely_is_what_its_report_mentions_joins_it_and_a_break_must_be_surer_to_join_one(
    type: str, mentioned: dict[str, object], bars: str, surely: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for threshold in ("SURE", "SURE_IN_CUSTODY"):
        monkeypatch.setattr(f"waqai.linking.refit.{threshold}", 0.97 if (threshold == bars) == surely else 1.1)
    news, mention, others = shot_and_mentioned(type, mentioned)
    seats = {news.account.id: "i-late", mention.account.id: "i-shot"}
    known = (("i-late", (replace(news, role="main"),)), ("i-shot", (replace(mention, role="background"), *others)))
    thoughts = refit_report([news, mention], seats, candidates=lambda card: known if card.account.id == news.account.id else ())
    assert [move.target for move in thoughts.moves] == (["i-shot"] if surely else [])


def test_incidents_that_a_telling_fits_beside_its_own_are_named_for_a_look_at_both() -> None:
    one, other = told(0), told(1)
    here = replace(one, role="main")
    thoughts = refit_report(
        [one], {one.account.id: "i-here"}, candidates=lambda _: [("i-here", (here, replace(told(2), role="main"))), ("i-there", (replace(other, role="main"),))]
    )
    assert thoughts.near == {("i-here", "i-there")} and thoughts.moves == ()
