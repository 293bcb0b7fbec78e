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
        ("Six men fled from a jail in Raqqa, Syria, on 5 March 2023, the Observatory said.\nTwo guards were killed, it said.", "the Observatory"),  # not Syria
        ("The drone hit a car, a local source told North Press. Splinters flew as far as the schools, it went on.", "a local source"),
    ],
)
def test_a_later_mention_leads_back_to_the_first_speaker(text: str, name: str) -> None:
    assert speakers(text) == [name, name]


def test_a_country_behind_a_town_is_not_taken_up_by_a_pronoun() -> None:
    assert speakers("Six men fled from a jail in Raqqa, Syria, on 5 March 2023.\nTwo guards were killed, it said.") == ["it"]


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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("From the state agency came a higher figure, 12 prisoners.", ("the state agency", "a higher figure, 12 prisoners")),
        ("On Sunday Ada Bell, the chief of security, accounted for 70 caught in the hills.", ("Ada Bell, the chief of security", "70 caught in the hills")),
        ("The Valley Guard lists four dead inmates.", ("The Valley Guard", "four dead inmates")),
        ("Some estimates go as high as 900.", ("Some estimates", "900")),
        ("By the army's reckoning 30 men fled.", ("the army", "30 men fled")),
        ("Some 40 men fled, by the army's count.", ("the army", "Some 40 men fled")),
        ("By the estimate of Tom Reed, a lawmaker, 300 fled.", ("Tom Reed, a lawmaker", "300 fled")),
        (
            "Sources of the Lund-based Valley Watch gave a version in between: four men were seized.",
            ("Sources of the Lund-based Valley Watch", "four men were seized"),
        ),
    ],
)
def test_who_tells_a_figure_speaks(text: str, said: tuple[str, str]) -> None:
    claims = find_claims(load_pipeline()(prepare(text).text))
    assert said in [(claim.speaker_name, text[claim.content.start : claim.content.end]) for claim in claims]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Two of them died, reported Wire News, a local agency.", ["Wire News, a local agency"]),  # behind the cue that closes the sentence
        ("Nine men had fled, the warden told the Herald.", ["the warden"]),  # whom one tells does not speak
        ("A reporter heard from security sources that inmates had fled.", ["security sources"]),  # who told those that heard
        ("Sources in Belo say the jail is full. Their list of the missing adds that two fled.", ["Sources in Belo", "Sources in Belo"]),
        ('Ten men fled from a jail of northern Syria, the correspondent of "Nedaa Post" reports.', ['the correspondent of "Nedaa Post"']),
        (
            "The Valley Observatory for Human Rights was unsure. Two had fled, it warned. Nine died, the monitor says.",
            ["The Valley Observatory for Human Rights"] * 2,
        ),
        ("A statement that the Valley Guard put out on Monday says that two died.", ["the Valley Guard"]),
        ("SAO PAULO - Police said that nine men had fled.", ["Police"]),  # a dateline is no name
        ("Some 200 had slipped away, it was said at the time, though nobody knows.", ["unattributed"]),
    ],
)
def test_the_speaker_is_who_tells_it(text: str, names: list[str]) -> None:
    assert speakers(text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (  # no name goes over the end of a sentence
            "The jail is guarded by Belites. Units of the Belo Defence Corps (BDC) searched the town. The BDC denied that any man had fled.",
            "Belo Defence Corps (BDC)",
        ),
        ("According to the Belo Correctional Service 879 inmates got out.", "the Belo Correctional Service"),  # the number counts what follows
        ("There was neither an escape nor unrest of any kind at the main jail, the Belo Defence Corps said on Sunday.", "the Belo Defence Corps"),
        ("In the evening the army settled on six in a statement.", "the army"),
        ("Four guards, an army official told Belo Radio.", "an army official"),  # the guards are what is told
    ],
)
def test_a_name_ends_with_its_sentence_and_nothing_that_happens_speaks(text: str, name: str) -> None:
    assert speakers(text) == [name]


def test_a_title_leads_back_to_the_name_that_it_describes() -> None:
    text = "They had dug for weeks, said Karim Nader, governor of Belo. Nine men were missing, the governor reported."
    assert speakers(text) == ["Karim Nader, governor of Belo"] * 2


def test_a_name_set_behind_its_title_is_known_by_both() -> None:
    text = "A guard is one of them, the spokesman of the governor, Karim Nader, said. Nobody was caught, Nader reported."
    assert speakers(text) == ["the spokesman of the governor, Karim Nader"] * 2
