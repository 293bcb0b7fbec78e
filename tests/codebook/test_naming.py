from __future__ import annotations

import pytest

from waqai.codebook import load_actors
from waqai.codebook.naming import may_be_gathered


@pytest.mark.parametrize(
    "name",
    [
        "the police",
        "Syrian Observatory for Human Rights",
        "Norwegian Refugee Council",
        "U.S. authorities",
        "Interior Minister Karim Aziz",
        "Karim Aziz, spokesman for the Northern Army",
        "the provincial governor, Karim Aziz",
        "ISIS",  # known by the register alone: the words name no body
    ],
)
def test_bodies_authorities_and_who_holds_an_office_may_be_gathered(name: str) -> None:
    assert may_be_gathered(name, actors=load_actors())


@pytest.mark.parametrize(
    "name",
    [
        "Karim Aziz",
        "KARIM AZIZ",
        "local sources",
        "a resident of the city",
        "the minister's brother",
        "the president’s driver",
        "brother of the minister",
        "army veteran Karim Aziz",  # a body stands there, and what follows is no office
        "a police informant",
        "a government prisoner",
        "the director of a bakery",
        "Qalat prison authorities",  # facilities are not gathered either
        "the governor of Qalat Prison",
        "Head of Camp Nine, Commander Aziz",
        "a relative of a Ministry of Interior official",
        "",
    ],
)
def test_nobody_else_may(name: str) -> None:
    assert not may_be_gathered(name, actors=load_actors())
