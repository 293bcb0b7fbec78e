from dataclasses import replace

from linking.card_maker import HASAKAH, RAQQA, make_report, tell
from waqai.core import Card, Span
from waqai.linking import roles_of_report, sort_report

STORMED = make_report(
    "Gunmen stormed the prison in Hasakah on Thursday and fought the guards. About 4,000 men were held there. Police searched houses on Monday. "
    "Elsewhere a bomb went off in Raqqa. In 2020 inmates rioted in it. Envoys met.",
    title="Gunmen storm prison in Hasakah",
    published="2022-01-25",
)


def stormed(**other: object):
    return tell(STORMED, "jailbreak", "stormed", day="2022-01-20", place=HASAKAH, **other)


def test_no_accounts_have_no_roles() -> None:
    assert roles_of_report([]) == {}


def test_the_headline_picks_the_news() -> None:
    bomb = tell(STORMED, "bombing", "went off", order=0, day="2022-01-24", place=RAQQA)
    storm = tell(STORMED, "jailbreak", "stormed", order=1, day="2022-01-20", place=HASAKAH)
    assert roles_of_report([bomb, storm]) == {bomb.account.id: "background", storm.account.id: "main"}


def test_an_act_without_day_or_place_of_its_own_is_a_part() -> None:
    fight = tell(STORMED, "clash", "fought", order=1)
    assert roles_of_report([stormed(), fight])[fight.account.id] == "part"


def test_people_held_in_the_stormed_prison_are_told_as_part_of_it() -> None:
    held = tell(STORMED, "detention", "held", order=1, place=HASAKAH, background=True, counts=[("held", 4000)])
    roles = sort_report([stormed(), held])
    assert roles.roles[held.account.id] == "part" and "held where" in roles.because[held.account.id]


def test_a_search_days_later_is_a_follow_up() -> None:
    search = tell(STORMED, "raid", "searched", order=1, day="2022-01-24", place=HASAKAH)
    assert roles_of_report([stormed(), search])[search.account.id] == "follow_up"


def test_an_answering_act_without_a_day_is_a_follow_up_too() -> None:
    search = tell(STORMED, "raid", "searched", order=1)
    assert roles_of_report([stormed(), search])[search.account.id] == "follow_up"


def test_what_the_reader_calls_background_stays_background() -> None:
    riot = tell(STORMED, "prison_riot", "rioted", order=1, day=("2020-01-01", "2020-12-31"), place=HASAKAH, background=True)
    assert roles_of_report([stormed(), riot])[riot.account.id] == "background"


def test_a_meeting_beside_an_attack_is_told_beside_it() -> None:
    met = tell(STORMED, "meeting", "met", order=1)
    assert roles_of_report([stormed(), met])[met.account.id] == "background"


def test_the_earlier_act_that_the_news_continues_is_a_follow_up_of_its_incident() -> None:
    report = make_report(
        "Three fugitives were caught on Feb. 3 near Raqqa. Hundreds had escaped from the prison in Hasakah on Jan. 20.",
        title="Three fugitives caught near Raqqa",
        published="2022-02-04",
    )
    escape = tell(report, "escape", "escaped", order=1, day="2022-01-20", place=HASAKAH)
    caught = tell(report, "recapture", "caught", order=0, day="2022-02-03", place=RAQQA, relations=[("recaptures", escape)])
    assert roles_of_report([caught, escape]) == {caught.account.id: "main", escape.account.id: "follow_up"}


def test_old_acts_are_not_the_news_even_when_the_headline_names_them() -> None:
    report = make_report(
        "The group showed a film of the raid on the jail in Raqqa of April 15. Police arrested a guard there on Tuesday.",
        title="Guard arrested over raid on jail in Raqqa",
        published="2012-05-16",
    )
    raid = tell(report, "jailbreak", "raid", order=0, day="2012-04-15", place=RAQQA)
    arrest = tell(report, "arrest", "arrested", order=1, day="2012-05-15", place=RAQQA)
    assert roles_of_report([raid, arrest])[arrest.account.id] == "main"


def test_parts_of_what_is_told_as_context_go_with_it() -> None:
    siege = tell(STORMED, "prison_riot", "rioted", order=1, day="2020-03-29", place=HASAKAH, background=True)
    bomb = tell(STORMED, "bombing", "went off", order=2, relations=[("part_of", siege)], background=True)
    roles = sort_report([stormed(), siege, bomb])
    assert roles.roles[bomb.account.id] == "part" and roles.main_of[bomb.account.id] == siege.account.id


def test_news_is_no_part_of_a_running_campaign_told_as_context() -> None:
    campaign = tell(STORMED, "clash", "fought", order=1, place=HASAKAH, background=True)
    news = stormed(relations=[("part_of", campaign)])
    assert roles_of_report([news, campaign])[news.account.id] == "main"


def test_a_report_with_context_only_still_has_its_main_account() -> None:
    roles = roles_of_report([stormed(background=True), tell(STORMED, "prison_riot", "rioted", order=1, background=True)])
    assert sorted(roles.values()) == ["background", "main"]


def _passing(*, riot_day: str, place: dict[str, object] = HASAKAH) -> list[Card]:
    report = make_report(
        "Envoys met in Raqqa on May 4. In January 2020 a bomb hit the prison in Hasakah and inmates rioted. 700 boys were held in it.",
        title="Envoys meet in Raqqa",
        published="2022-05-05",
    )
    met = tell(report, "raid", "met", order=0, day="2022-05-04", place=RAQQA)
    bomb = tell(report, "bombing", "bomb", order=1, day=("2020-01-01", "2020-01-31"), place=HASAKAH, background=True)
    riot = tell(report, "prison_riot", "rioted", order=2, day=riot_day, place=place, background=True)
    held = tell(report, "detention", "held", order=3, place=HASAKAH, background=True)
    when = bomb.account.when
    assert when is not None and riot.account.when is not None
    return [met, bomb, replace(riot, account=replace(riot.account, when=replace(riot.account.when, phrase=when.phrase))), held]


def test_what_the_same_words_date_in_one_place_is_one_telling_with_the_riot_at_its_head() -> None:
    met, bomb, riot, held = cards = _passing(riot_day="2020-01-20")
    report = sort_report(cards)
    assert report.roles == {met.account.id: "main", bomb.account.id: "part", riot.account.id: "background", held.account.id: "part"}
    assert report.main_of == {bomb.account.id: riot.account.id, held.account.id: riot.account.id}
    assert "same days and place" in report.because[bomb.account.id]


def test_mentions_of_two_places_or_in_other_words_are_two() -> None:
    met, bomb, riot, _ = _passing(riot_day="2020-01-20", place=RAQQA)
    assert [sort_report([met, bomb, riot]).roles[c.account.id] for c in (bomb, riot)] == ["background", "background"]
    _, bomb, riot, _ = _passing(riot_day="2020-01-20")
    when = riot.account.when
    assert when is not None
    later = replace(riot, account=replace(riot.account, when=replace(when, phrase=Span(0, 3))))
    assert sort_report([met, bomb, later]).roles[bomb.account.id] == "background"
