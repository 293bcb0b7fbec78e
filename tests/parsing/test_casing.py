"""Paragraphs in capitals alone are given their case back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.parsing.casing import CASES, is_shouted, restore_case
from waqai.parsing.text import prepare


@pytest.mark.parametrize(
    ("shouted", "cased"),
    [
        ("GUNMEN KILLED TWO POLICE OFFICERS IN SAN SALVADOR ON TUESDAY.", "Gunmen killed two police officers in San Salvador on Tuesday."),
        ("MOSUL: A CAR BOMB WOUNDS FIVE. THE ARMY CLOSED A ROAD.", "Mosul: A car bomb wounds five. The army closed a road."),
        ('"THEY WERE GONE AT DAWN," THE MAYOR OF KOTON SAID.', '"They were gone at dawn," the mayor of Koton said.'),
        ("THE SDF AND THE UN MET IN AL-HOL CAMP.", "The SDF and the UN met in al-Hol camp."),
        (
            "THE \ufb01VE MEN OF GRO\u00dfDORF ARE FREE. \ufb02IGHTS GO ON.",
            "The \ufb01ve men of Gro\u00dfdorf are free. \ufb02ights go on.",
        ),  # letters with no single capital
        ("- GUNMEN OF THE (FMLN) KILLED THE P.K.K. MAN - A US CITIZEN.", "- Gunmen of the (FMLN) killed the P.K.K. man - a US citizen."),
        ("MILITANTS SHELLED THE GOVERNOR'S HOUSE, AFP REPORTS.", "Militants shelled the governor's house, AFP reports."),
    ],
)
def test_names_and_acronyms_keep_capitals_and_the_rest_is_small(shouted: str, cased: str) -> None:
    assert is_shouted(shouted) and restore_case(shouted) == cased


@pytest.mark.parametrize("block", ["", "UN", "ERBIL (Kurdistan 24) - Gunmen stormed a prison near Mosul.", "SDF, YPG, ISIS", "12,000 34 - 5"])
def test_what_is_not_shouted_is_left_alone(block: str) -> None:
    assert not is_shouted(block) and prepare(block).text == block


def test_a_headline_in_capitals_above_a_plain_text_is_cased_alone() -> None:
    text = "TWELVE INMATES ESCAPE FROM A JAIL IN KOTON\nTwelve inmates of the UN-run jail ESCAPED on Sunday, police said."
    first, second = prepare(text).text.split("\n")
    assert first == "Twelve inmates escape from a jail in Koton" and second == text.split("\n")[1]


@given(st.text(alphabet=st.one_of(st.characters(categories=("Lu",)), st.sampled_from(" .,:'\"()\u00df\ufb01\u0149\u0301-")), min_size=20, max_size=80))
def test_a_text_stays_as_long_as_it_was(text: str) -> None:
    assert len(restore_case(text)) == len(text) == len(prepare(text).text)


def test_a_title_in_capitals_is_still_found_as_the_heading() -> None:
    title = "GUNMEN KILL FIVE IN MOSUL: ARMY."
    assert prepare(f"{title}\nFive men died.", title=title).headings == {0}


def test_the_list_of_cases_is_what_the_script_writes() -> None:
    from scripts.word_cases import listing

    assert CASES.read_text(encoding="utf-8") == listing()
