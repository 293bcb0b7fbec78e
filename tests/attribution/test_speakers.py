"""Who speaks: the fullest form of the report."""

from __future__ import annotations

import pytest

from waqai.attribution.claims import find_claims
from waqai.parsing.pipeline import load_pipeline
from waqai.parsing.text import prepare


def speakers(text: str) -> list[str]:
    return [claim.speaker_name for claim in find_claims(load_pipeline()(prepare(text).text))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Governor Karim Nader said the jail was empty. He added that nine men had fled.", "Governor Karim Nader"),  # pronoun of a person
        ("The Justice Ministry said the jail was empty. It added that nine men had fled.", "The Justice Ministry"),  # pronoun of a body
        ("Police officers said the jail was empty. They added that nine men had fled.", "Police officers"),  # plural
        ("A security source said the jail was empty. The source added that nine men had fled.", "A security source"),  # the noun again
        ("Governor Karim Nader said the jail was empty. Nader added that nine men had fled.", "Governor Karim Nader"),  # bare surname
        ("Governor Karim Nader said the jail was empty. The official added that nine men had fled.", "Governor Karim Nader"),  # generic noun
    ],
)
def test_a_later_mention_leads_back_to_the_first_speaker(text: str, name: str) -> None:
    assert speakers(text) == [name, name]


def test_an_acronym_leads_back_to_its_full_form() -> None:
    text = "The Valley Observatory for Human Rights (VOHR) said nine men had fled. VOHR added that two were caught."
    first, second = speakers(text)
    assert second == "Valley Observatory for Human Rights (VOHR)"
    assert "Valley Observatory for Human Rights" in first


def test_who_is_the_noun_before_it() -> None:
    assert speakers("The attack was the work of locals, said Karim Nader, who confirmed that nine men had fled.") == ["Karim Nader", "Karim Nader"]


def test_a_pronoun_without_anybody_before_it_stays_as_it_is() -> None:
    assert speakers("They said that nine men had fled.") == ["They"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lessons of the break\nAmina Diallo, an analyst of jails, argued that one success leads to the next.", "Amina Diallo, an analyst of jails"),
        ("The rights group Open Cells said that nine men had fled.", "The rights group Open Cells"),
        ("The activist Karim Nader said that nine men had fled.", "The activist Karim Nader"),
        ("It was reported on June 18 by the Valley Network for Human Rights that nine men fled.", "the Valley Network for Human Rights"),
        (
            "The jail is run by an army in\nthe city Jarabulus in northern\nAleppo Governorate, and residents of the area said that nine men fled.",
            "residents of the area",
        ),
        ('"Nine men fled in Segou Region, Mali," the Families Network said on Monday.', "the Families Network"),
    ],
)
def test_a_name_is_whole_and_no_word_of_its_neighbours(text: str, name: str) -> None:
    assert speakers(text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Nine men fled on Sunday from the jail, in the city of Bolvan which is under self-rule, the director of the place Karim Nader has said.",
            "Karim Nader",
        ),
        ("Police caught only nine, which leaves twelve, Karim Nader, spokesman for the Valley Council, told the Bolvan Post.", "Karim Nader"),
        ("An investigation by Valley Families (VF) tells of the attack. Nine guards were shot, the group established.", "Valley Families (VF)"),
    ],
)
def test_a_speaker_is_found_where_the_parser_hangs_him_elsewhere(text: str, name: str) -> None:
    assert any(speaker.startswith(name) for speaker in speakers(text))


def test_a_monitor_named_by_what_it_watches_is_the_one_that_spoke() -> None:
    text = "Nine men fled, the Valley Observatory for Human Rights said. Two were caught, the war monitor says. Its sources told of a third."
    observatory = "Valley Observatory for Human Rights"
    assert [observatory in name for name in speakers(text)] == [True, True, True]


@pytest.mark.parametrize("text", ["The jail had a count of 40 cells.", "The mayor had no figure.", "The minister gave a list of demands."])
def test_who_has_no_figures_to_tell_announces_none(text: str) -> None:
    assert "announced" not in [claim.rule for claim in find_claims(load_pipeline()(prepare(text).text))]
