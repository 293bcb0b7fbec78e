from dataclasses import replace

import pytest

from linking.card_maker import HASAKAH, RAQQA, make_report, tell
from waqai.linking import make_telling, tellings_of
from waqai.linking.compare import compare_tellings
from waqai.linking.tellings import is_fight_for_prison

REPORT = make_report("Gunmen stormed the jail in Hasakah on Jan. 20. A bomber blew up the gate. Guards fought back.", title="Jail stormed")
OTHER = make_report("The jail in Hasakah was stormed.", title="Storm")


def test_a_part_lends_what_its_main_account_lacks_and_nothing_else() -> None:
    storm = tell(REPORT, "jailbreak", "stormed", place=HASAKAH, counts=[("escaped", 20)])
    blast = tell(REPORT, "suicide_attack", "blew up", order=1, day="2022-01-20", place=HASAKAH | {"name": "gate"}, counts=[("killed", 4)])
    lead = make_telling(storm, parts=[blast]).lead
    assert lead.earliest == blast.earliest and lead.where is not None and lead.where.name == "Hasakah"
    assert [c.measure for c in lead.account.counts] == ["escaped", "killed"]


def test_a_telling_without_parts_is_its_card() -> None:
    card = tell(REPORT, "jailbreak", "stormed")
    assert make_telling(card).lead is card


def test_an_incidents_cards_make_one_telling_a_report_headed_by_what_others_are_part_of() -> None:
    storm = tell(REPORT, "jailbreak", "stormed", order=2)
    blast = tell(REPORT, "suicide_attack", "blew up", order=0, relations=[("part_of", storm)])
    other = tell(OTHER, "jailbreak", "stormed")
    found = tellings_of([blast, other, storm])
    assert {t.lead.account.id for t in found} == {storm.account.id, other.account.id}
    assert found == tellings_of([storm, blast, other])


def test_context_speaks_through_its_sentence_only() -> None:
    card = tell(REPORT, "jailbreak", "stormed", background=True)
    assert make_telling(card).text == "Gunmen stormed the jail in Hasakah on Jan. 20."


def test_a_place_finer_than_a_country_may_be_lent_by_what_is_told_beside() -> None:
    country = HASAKAH | {"name": "Syria", "precision": "P6_country"}
    storm = tell(REPORT, "jailbreak", "stormed", place=country)
    beside = tell(REPORT, "clash", "fought back", order=1, place=HASAKAH)
    alone, lent = make_telling(storm).lead.where, make_telling(storm, beside=[beside]).lead.where
    assert alone is not None and alone.name == "Syria" and lent is not None and lent.name == "Hasakah"


def test_a_headline_adds_the_kind_that_the_reader_missed_but_only_to_news() -> None:
    report = make_report("Gunmen attacked guards in Hasakah.", title="Prisoners flee Hasakah jail after attack")
    news, context = (tell(report, "clash", "attacked", background=background) for background in (False, True))
    assert ("escape", "custody_exit") in make_telling(news).kinds
    assert make_telling(context).kinds == (("clash", "combat"),)


def test_the_seat_says_what_is_news_and_the_reader_only_where_there_is_none() -> None:
    """A report's news that moved into an incident as a mention is held against others as a mention."""
    read_as_news, read_as_context = (tell(REPORT, "jailbreak", "stormed", background=background) for background in (False, True))
    assert [t.news for t in tellings_of([read_as_news])] == [True] and [t.news for t in tellings_of([read_as_context])] == [False]
    assert [t.news for t in tellings_of([replace(read_as_news, role="background")])] == [False]
    assert [t.news for t in tellings_of([replace(read_as_context, role="main")])] == [True]


def test_a_report_s_telling_is_headed_by_its_news_and_not_by_a_part_that_stands_before_it() -> None:
    blast = replace(tell(REPORT, "suicide_attack", "blew up", order=0), role="part")
    fight = replace(tell(REPORT, "clash", "fought back", order=1), role="follow_up")
    storm = replace(tell(REPORT, "jailbreak", "stormed", order=2), role="main")
    assert [t.lead.account.id for t in tellings_of([blast, storm])] == [storm.account.id]
    assert [t.lead.account.id for t in tellings_of([blast, fight])] == [fight.account.id]
    assert [t.lead.account.id for t in tellings_of([blast, fight, storm])] == [storm.account.id]


PRISON = {"place_id": "waqai:al-sinaa-prison"}


def test_houses_are_those_of_every_account_and_towns_are_none() -> None:
    storm = tell(REPORT, "jailbreak", "stormed", place=HASAKAH | {"place_id": "geonames:1"})
    blast = tell(REPORT, "suicide_attack", "blew up", order=1, place=HASAKAH | PRISON | {"name": "Sinaa"})
    assert make_telling(storm, parts=[blast]).houses == {"waqai:al-sinaa-prison"}
    assert make_telling(storm).houses == make_telling(tell(REPORT, "jailbreak", "stormed", place=HASAKAH | {"name": "Hasakah jail"})).houses == frozenset()


def test_parts_that_lie_in_one_house_make_its_tellings_one_of_the_same_facility() -> None:
    storm = tell(REPORT, "jailbreak", "stormed", place=HASAKAH, facility="Ghweran prison")
    blast = tell(REPORT, "suicide_attack", "blew up", order=1, place=HASAKAH | PRISON)
    other = make_telling(tell(OTHER, "jailbreak", "stormed", place=RAQQA | PRISON, facility="Alaya prison"))
    assert compare_tellings(make_telling(storm, parts=[blast]), other).facility == "same"
    assert compare_tellings(make_telling(storm), other).facility == "different"


@pytest.mark.parametrize(
    ("type", "place_id", "for_prison"),
    [
        ("clash", "waqai:al-sinaa-prison", True),
        ("surrender", "waqai:roumieh-jail", True),
        ("arrest", "waqai:al-sinaa-prison", False),  # no fight
        ("clash", "geonames:1", False),
        ("clash", "waqai:al-hol-camp", False),
        ("clash", None, False),
    ],
)
def test_a_fight_at_a_prison_is_told_by_its_type_and_by_the_id_of_its_place(type: str, place_id: str | None, for_prison: bool) -> None:
    assert is_fight_for_prison(type, place_id) is for_prison


def test_a_telling_with_a_fight_for_a_prison_is_of_custody() -> None:
    fight = tell(REPORT, "clash", "fought back", place=HASAKAH | PRISON)
    blast = tell(REPORT, "shelling", "blew up", order=1, place=HASAKAH)
    told = {"news": False}  # so that the headline says nothing
    assert make_telling(fight, **told).of_custody and make_telling(blast, parts=[fight], **told).of_custody
    assert not make_telling(blast, **told).of_custody
