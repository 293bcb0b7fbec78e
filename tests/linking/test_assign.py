from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linking.card_maker import HASAKAH, RAQQA, RAS_AL_AIN, Desk, make_report, tell
from waqai.core import Card
from waqai.linking import JOIN, UNSURE, link_report, mint_incident_id


def march_riot(*, published: str = "2020-03-30", n: int = 0) -> Card:
    texts = (
        "Detainees of the group tore down walls in Ghweran prison in Hasakah on Sunday night and took the ground floor. Guards lost the yard. Four got out.",
        "Inmates rose in Hasakah's Ghweran jail late on Sunday, the director said; the ground floor was theirs, walls and cameras were broken, none fled.",
    )
    report = make_report(texts[n], title=("Detainees take a floor of Hasakah jail", "Riot in Ghweran prison, director says")[n], published=published)
    words = ("tore down walls", "rose")[n]
    return tell(report, "prison_riot", words, day="2020-03-29", place=HASAKAH, facility="Ghweran prison", counts=[("escaped", (4, 0)[n])])


def may_riot() -> tuple[Card, Card]:
    text = (
        "Men of the group who had seized Ghweran prison in Hasakah agreed to stand down on Sunday after talks with the coalition, a spokesman said. "
        "It had begun on Saturday. The same building saw a two-day riot in late March, when four broke out."
    )
    report = make_report(text, title="Talks end second riot in Hasakah prison", published="2020-05-03")
    news = tell(report, "prison_riot", "seized", day=("2020-05-02", "2020-05-03"), place=HASAKAH, facility="Ghweran prison")
    earlier = tell(report, "prison_riot", "two-day riot", order=1, day=("2020-03-21", "2020-03-31"), place=HASAKAH, background=True)
    return news, earlier


def test_two_riots_in_one_prison_stay_apart_and_the_retold_one_finds_its_incident() -> None:
    desk = Desk()
    (first,) = desk.add(march_riot())
    (second,) = desk.add(march_riot(n=1))
    news, earlier = desk.add(*may_riot())
    assert second.incident == first.incident
    assert news.opened and news.incident != first.incident and news.role == "main"
    assert earlier.incident == first.incident and earlier.role == "background"


def test_an_incident_that_a_person_told_apart_is_no_candidate_for_the_account_nor_for_its_telling() -> None:
    first, second = march_riot(), march_riot(n=1)
    (opened,) = link_report([first], candidates=lambda _: [])
    near = [(opened.incident, (first,))]
    (joined,) = link_report([second], candidates=lambda _: near)
    (apart,) = link_report([second], candidates=lambda _: near, apart={second.account.id: frozenset({opened.incident})})
    assert joined.incident == opened.incident and apart.opened and apart.nearest is None


def test_riots_stay_apart_when_the_later_one_is_read_first_and_the_retold_one_finds_its_news_later() -> None:
    desk = Desk()
    news, earlier = desk.add(*may_riot())
    (march,) = desk.add(march_riot())
    assert len({news.incident, earlier.incident, march.incident}) == 3
    (move,) = desk.settle(may_riot(), [march_riot()])
    assert (move.accounts, move.source, move.target) == ((earlier.account,), earlier.incident, march.incident)
    assert move.because.startswith("on second thoughts: same place")
    assert desk.settle(may_riot(), [march_riot()]) == ()


def ras_al_ain(n: int) -> Card:
    texts = (
        "Twenty-five prisoners of different nationalities escaped on Sunday, June 18 from a prison of the military police in Ras al-Ain, the monitor said.",
        "Nearly 37 prisoners were let go for money from the military police jail in Ras al-Ain on Friday, activists told the monitor; an alert was declared.",
    )
    report = make_report(texts[n], title=("25 prisoners escape in Ras al-Ain", "Alert in Ras al-Ain over 37 who fled jail")[n], published="2023-06-19")
    day = ("2023-06-18", "2023-06-16")[n]
    return tell(report, "escape", ("escaped", "let go")[n], day=day, place=RAS_AL_AIN, counts=[("escaped", (25, 37)[n])])


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_25_and_37_escapees_two_days_apart_are_one_escape(order: tuple[int, int]) -> None:
    desk = Desk()
    (first,), (second,) = (desk.add(ras_al_ain(n)) for n in order)
    assert second.incident == first.incident and second.verdict == "same"
    assert "against" in second.because and "escaped" in second.because and "both an escape" in second.because


def test_an_escape_that_is_claimed_and_then_denied_is_one_incident() -> None:
    desk = Desk()
    claimed = make_report(
        "More than 30 fighters fled the central prison of Raqqa early on Sunday, a daily wrote, citing local sources; checkpoints went up.",
        title="Over 30 prisoners flee Raqqa central prison",
        published="2022-06-19",
    )
    denied = make_report(
        "There was no escape from the central prison of Raqqa on Sunday, the authorities said; roads were closed for a check and checkpoints went up.",
        title="No breakout at Raqqa central prison, authorities insist",
        published="2022-06-19",
    )
    (first,) = desk.add(tell(claimed, "escape", "fled", day="2022-06-19", place=RAQQA, facility="central prison of Raqqa", counts=[("escaped", 30)]))
    (second,) = desk.add(tell(denied, "escape", "escape", day="2022-06-19", place=RAQQA, facility="central prison of Raqqa", status="denied_only"))
    assert second.incident == first.incident


def test_a_recapture_with_a_day_of_its_own_is_its_own_incident_told_as_follow_up() -> None:
    report = make_report(
        "Forty men escaped from the prison in Raqqa on June 1 through a tunnel. Patrols caught three of them in a village near Hasakah on June 9.",
        title="Forty escape from Raqqa prison by tunnel",
        published="2022-06-10",
    )
    escape = tell(report, "escape", "escaped", day="2022-06-01", place=RAQQA, counts=[("escaped", 40)])
    caught = tell(report, "recapture", "caught", order=1, day="2022-06-09", place=HASAKAH, counts=[("recaptured", 3)], relations=[("recaptures", escape)])
    first, second = Desk().add(escape, caught)
    assert (first.role, second.role) == ("main", "follow_up")
    assert second.opened and second.incident != first.incident


def test_a_recapture_without_day_or_place_is_a_figure_of_the_break() -> None:
    report = make_report(
        "Forty men escaped from the prison in Raqqa on June 1. So far 12 have been caught.", title="12 of 40 Raqqa escapees caught", published="2022-06-02"
    )
    escape = tell(report, "escape", "escaped", day="2022-06-01", place=RAQQA, counts=[("escaped", 40)])
    caught = tell(report, "recapture", "caught", order=1, counts=[("recaptured", 12)], relations=[("recaptures", escape)])
    first, second = Desk().add(escape, caught)
    assert (first.role, second.role) == ("main", "part") and second.incident == first.incident


def round_up() -> list[Card]:
    text = "A bomb hit Mosul. Gunmen shot a judge in Kirkuk. A mortar fell on Baquba. A car blew up in Ramadi."
    report = make_report(text, title="FACTBOX: incidents of December 29", published="2010-12-29")
    towns = {"Mosul": (36.34, 43.13, "Nineveh"), "Kirkuk": (35.47, 44.39, "Kirkuk"), "Baquba": (33.75, 44.64, "Diyala"), "Ramadi": (33.42, 43.31, "Anbar")}
    kinds = {"hit": "bombing", "shot": "attack_on_civilians", "fell": "shelling", "blew up": "suicide_attack"}
    return [
        tell(
            report,
            kind,
            words,
            order=n,
            day="2010-12-29",
            place={"name": town, "lat": lat, "lon": lon, "admin1": admin1, "country": "IQ", "precision": "P1_point"},
        )
        for n, ((town, (lat, lon, admin1)), (words, kind)) in enumerate(zip(towns.items(), kinds.items(), strict=True))
    ]


def test_a_round_up_opens_an_incident_for_each_of_its_news() -> None:
    links = Desk().add(*round_up())
    assert [link.role for link in links] == ["main"] * 4
    assert len({link.incident for link in links}) == 4 and all(link.opened for link in links)


def test_same_city_and_day_in_two_prisons_are_two_incidents() -> None:
    desk = Desk()
    one = make_report("Eleven men broke out of Alaya prison in Hasakah at dawn, relatives said.", title="Eleven out of Alaya prison", published="2021-07-06")
    two = make_report("A dozen minors ran from Ghweran jail in Hasakah at noon, guards said.", title="Minors run from Ghweran", published="2021-07-06")
    desk.add(tell(one, "escape", "broke out", day="2021-07-05", place=HASAKAH, facility="Alaya prison", counts=[("escaped", 11)]))
    (second,) = desk.add(tell(two, "escape", "ran", day="2021-07-05", place=HASAKAH, facility="Ghweran jail", counts=[("escaped", 12)]))
    assert second.opened and "different facilities" in second.because


def test_parts_follow_their_main_account() -> None:
    desk = Desk()
    report = make_report("A bomber blew up the gate. Gunmen stormed the jail in Hasakah on Jan. 20. Guards fought back.", published="2022-01-22")
    storm = tell(report, "jailbreak", "stormed", order=1, day="2022-01-20", place=HASAKAH)
    blast = tell(report, "suicide_attack", "blew up", order=0, relations=[("part_of", storm)])
    fight = tell(report, "clash", "fought back", order=2, relations=[("part_of", blast)])
    links = desk.add(blast, storm, fight)
    assert [link.role for link in links] == ["part", "main", "part"]
    assert len({link.incident for link in links}) == 1 and [link.opened for link in links] == [False, True, False]


def test_a_fit_between_the_thresholds_opens_and_is_marked_unsure() -> None:
    desk = Desk()
    one = make_report(
        "Eleven men broke out of a prison in Hasakah on Monday, relatives said; a tunnel was found.", title="Eleven out of prison", published=None
    )
    two = make_report(
        "Men dug a way out under the walls of a prison on Monday, elders told an agency; a tunnel led far beneath a mill and a brook.",
        title="Men flee by night",
    )
    (first,) = desk.add(tell(one, "escape", "broke out", place=HASAKAH))
    (second,) = desk.add(tell(two, "escape", "dug", place=HASAKAH))
    assert UNSURE <= second.score < JOIN
    assert second.opened and second.verdict == "unsure" and second.nearest == first.incident and second.right == first.account


def test_two_tellings_of_one_report_never_meet_in_one_incident() -> None:
    desk = Desk()
    desk.add(march_riot())
    news, earlier = may_riot()
    undated = replace(news, account=replace(news.account, when=None))
    links = desk.add(undated, earlier)
    assert links[0].incident != links[1].incident
    assert links[1].incident == desk.links[0].incident  # the dated one takes it, the undated one has to look elsewhere
    assert links[0].verdict == "different" and links[0].nearest is None


def test_a_report_read_again_is_not_compared_with_itself() -> None:
    card = march_riot()
    (link,) = link_report([card], candidates=lambda _: [("i-old", (card,))])
    assert link.opened and link.nearest is None


def test_incident_ids_come_from_the_words_and_repeat() -> None:
    assert mint_incident_id(march_riot()) == mint_incident_id(march_riot()) != mint_incident_id(march_riot(n=1))
    assert mint_incident_id(march_riot()).startswith("i-") and len(mint_incident_id(march_riot())) == 12


def test_cards_of_two_reports_at_once_are_refused() -> None:
    with pytest.raises(ValueError, match="one report, not of 2"):
        link_report([march_riot(), march_riot(n=1)], candidates=lambda _: ())


def test_a_mint_that_repeats_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="under one id 'i-same'"):
        link_report(round_up(), candidates=lambda _: (), mint=lambda _: "i-same")


def test_no_cards_give_no_links() -> None:
    assert link_report([], candidates=lambda _: ()) == ()


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(5)))
def test_the_order_in_which_candidates_come_does_not_matter(order: list[int]) -> None:
    known = [("i-a", (march_riot(),)), ("i-b", (ras_al_ain(0),)), ("i-c", (may_riot()[0],)), ("i-d", (march_riot(n=1),)), ("i-e", (round_up()[0],))]
    cards = may_riot()
    links = link_report(cards, candidates=lambda _: [known[n] for n in order])
    assert links == link_report(cards, candidates=lambda _: known)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["part_of", "follows_up", "recaptures"]), st.integers(0, 5), st.integers(0, 5), st.booleans()), max_size=14))
def test_every_account_gets_one_link_whatever_its_relations(edges: list[tuple[str, int, int, bool]]) -> None:
    report = make_report("They escaped. They fought. They were caught. They were held. They met. They rioted.", title="They escaped")
    words = (("escape", "escaped"), ("clash", "fought"), ("recapture", "caught"), ("detention", "held"), ("meeting", "met"), ("prison_riot", "rioted"))
    plain = [tell(report, kind, word, order=n) for n, (kind, word) in enumerate(words)]
    cards = [
        tell(
            report,
            kind,
            word,
            order=n,
            relations=[(relation, plain[b]) for relation, a, b, _ in edges if a == n],
            background=any(back for _, a, _, back in edges if a == n),
        )
        for n, (kind, word) in enumerate(words)
    ]
    links = link_report(cards, candidates=lambda _: ())
    assert [link.account for link in links] == [c.account.id for c in cards]
    assert sum(link.role == "main" for link in links) == 1
