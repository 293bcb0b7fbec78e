"""The mask of names, run by run."""

from __future__ import annotations

import pytest

from waqai.bounds import WITHHELD, NameMask
from waqai.core import Span


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("He met Dr. A. B. Karim there.", ["Dr. A. B. Karim"]),
        ("They freed Ahmed. Omar stayed.", ["Ahmed", "Omar"]),  # a full stop ends a row
        ("On Sunday Okafor was freed.", ["Sunday Okafor"]),  # in doubt the day goes, too
        ("Jordan Whitlock fled to Jordan.", ["Jordan Whitlock"]),
        ("Said Haddad fled.", ["Said Haddad"]),
        ("They saw AHMED ALI flee.", ["AHMED ALI"]),
        ("The governor's brother, Omar Aziz, fled.", ["Omar Aziz"]),  # whoever belongs to somebody in office is private
        ("A lawyer for the director, Omar Aziz, was there.", ["Omar Aziz"]),
        ("Gang leader Omar Aziz fled.", ["Omar Aziz"]),
        ("Ahmed Ali, SOHR director Rami Haddad and others met.", ["Ahmed Ali"]),
        ("They have confidence in Salam.", ["Salam"]),  # a town of the gazetteer
        ("In Salam's house was nobody.", ["Salam's"]),
        ("MEXICO: GUNMEN OF THE ARMY KILLED OMAR AZIZ IN THE TOWN ON MONDAY.", ["OMAR AZIZ"]),  # in a line of capitals, word by word
    ],
)
def test_private_persons_are_masked(mask: NameMask, text: str, masked: list[str]) -> None:
    assert [span.of(text) for span in mask.find(text)] == masked


@pytest.mark.parametrize(
    "text",
    [
        "Governor Omar Aziz fled, Aziz said.",
        "The governor of Hasakah, Omar Aziz, fled.",
        "Omar Aziz, who heads the council, fled.",
        "Commissioner of Police Omar Aziz spoke.",
        "The Islamic State and the State Department were named.",
        "US-led and Kurdish-led troops came in mid-April, on 3 May and in June.",
        "He lives in Mosul. Mosul is calm.",  # the text says that it is a place
        "QAMISHLI, Syria - All is calm.",
        "The Syrian Observatory for Human Rights and the Ministry of Interior spoke.",
        "An IED went off on the M4, the NPA said. IEDs are many.",
        "Unofficially, hundreds fled. Surveys differ.",
        "The Libya Herald and Shafaq News wrote.",
    ],
)
def test_what_is_no_private_persons_name_stays(mask: NameMask, text: str) -> None:
    assert mask.find(text) == ()


def test_a_public_person_may_be_called_by_the_last_name_only(mask: NameMask) -> None:
    text = "Governor Omar Aziz spoke. Aziz left. Omar fled. Aziz Haddad fled."
    assert [span.of(text) for span in mask.find(text)] == ["Omar", "Aziz Haddad"]


def test_a_town_that_is_part_of_a_private_name_in_the_text_is_masked_in_all_of_it(mask: NameMask) -> None:
    text = "Karim Salam fled. He was seen in Mosul. They see a leader in Salam. Salam is 40."
    assert [span.of(text) for span in mask.find(text)] == ["Karim Salam", "Salam", "Salam"]


def test_in_a_headline_only_what_is_unknown_is_masked(mask: NameMask) -> None:
    title = "Court Frees Iraqi Farmer Karim Haddad After Ten Years"
    assert mask.find(title, title=True) == (Span(title.index("Karim"), title.index(" After")),)


def test_towns_may_be_masked_too(mask: NameMask) -> None:
    assert mask.find("He lives in Mosul.", towns=False) == (Span(12, 17),)


def test_a_speaker_is_masked_by_words_and_an_office_stays(mask: NameMask) -> None:
    assert mask.mask_name("Karim Haddad, a relative") == f"{WITHHELD}, a relative"
    assert mask.mask_name("the governor's spokesman, Karim Haddad") == "the governor's spokesman, Karim Haddad"
    assert mask.mask_name("Haddad", text="Governor Karim Haddad spoke.") == "Haddad"


def test_a_common_word_that_is_part_of_a_private_name_is_masked_at_the_beginning_of_a_sentence(mask: NameMask) -> None:
    text = "Karim Waters fled. Waters is 40."
    assert [span.of(text) for span in mask.find(text)] == ["Karim Waters", "Waters"]
