"""The register finds a body under the names that newspapers print, and nobody under words that only look like one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.codebook import Actor, ActorRegister, load_actors
from waqai.core import ActorNames, CodebookError

REGISTER = load_actors()


def register(*actors: Actor) -> ActorRegister:
    return ActorRegister(actors, kinds={"monitor": "watches", "state": "a state"})


def test_the_register_is_what_the_reader_takes_for_actor_names() -> None:
    names: ActorNames = REGISTER
    assert names.find_actor("SDF") == "syrian-democratic-forces"


def test_the_register_holds_120_actors_of_every_kind() -> None:
    assert len(REGISTER) >= 120
    assert {a.kind for a in REGISTER.actors.values()} == set(REGISTER.kinds)


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Syrian Observatory for Human Rights (SOHR)", "sohr"),
        ("the Syrian Observatory for Human Rights", "sohr"),
        ("SYRIAN OBSERVATORY FOR HUMAN RIGHTS", "sohr"),
        ("the SDF", "syrian-democratic-forces"),
        ("SDF's", "syrian-democratic-forces"),
        ("Anti-Terrorism Units (YAT) of the Syrian Democratic Forces (SDF)", "yat"),
        ("ISIS", "islamic-state"),
        ("IS", "islamic-state"),
        ("Da’esh", "islamic-state"),
        ("so-called Islamic State", "islamic-state"),
        ("“Islamic State” organization", "islamic-state"),
        ("the Islamic State militant group", "islamic-state"),
        ("ISIS militants", "islamic-state"),
        ("members of the SDF", "syrian-democratic-forces"),
        ("a member of ISIS", "islamic-state"),
        ("sleeper cells of the Islamic State Organization (ISIS)", "islamic-state"),
        ("militant group Balochistan Liberation Army (BLA)", "balochistan-liberation-army"),
        ("Islamic States West African Province (ISWA)", "iswap"),
        ("al Qaeda fighters", "al-qaeda"),
        ("Al-Shabab", "al-shabaab"),
        ("Tehreek-i-Taliban Pakistan (TTP), a banned outfit", "ttp"),
        ("Türkiye", "state-tr"),
        ("U.S.", "state-us"),
        ("US", "state-us"),
        ("U.S. military", "us-military"),
        ("Medecins Sans Frontieres", "msf"),
        ("WHO", "world-health-organization"),
    ],
)
def test_a_name_is_found_however_it_is_printed(name: str, actor: str) -> None:
    assert REGISTER.find_actor(name) == actor


@pytest.mark.parametrize(
    "name", ["is", "us", "who", "site", "the", "", "()", "police", "the army", "local sources", "ISIS detainees", "US soldiers", "Asayish"]
)
def test_a_word_that_names_no_one_body_is_none(name: str) -> None:
    assert REGISTER.find_actor(name) is None


def test_every_actor_is_found_by_each_of_its_names() -> None:
    spoken = [(actor.id, form) for actor in REGISTER.actors.values() for name in (actor.name, *actor.aliases) for form in (name, f"the {name}", f"{name}'s")]
    assert [(id, form) for id, form in spoken if REGISTER.find_actor(form) != id] == []


def test_wikidata_ids_are_unique() -> None:
    ids = [a.wikidata for a in REGISTER.actors.values() if a.wikidata]
    assert len(ids) == len(set(ids)) and all(re.fullmatch(r"Q\d+", i) for i in ids)


def test_an_actor_is_given_by_its_id_or_an_error() -> None:
    assert REGISTER.get_actor("sohr").kind == "monitor"
    with pytest.raises(CodebookError, match="'nobody'"):
        REGISTER.get_actor("nobody")


@pytest.mark.parametrize(
    ("actors", "fault"),
    [
        ((Actor(id="a", name="Desk", kind="monitor"), Actor(id="b", name="the desk", kind="monitor")), "stands for both 'a' and 'b'"),
        ((Actor(id="a", name="Desk", kind="monitor"), Actor(id="a", name="Table", kind="monitor")), "'a' stands twice"),
        ((Actor(id="a", name="Desk", kind="furniture"),), "no kind 'furniture'"),
    ],
)
def test_a_register_that_contradicts_itself_is_refused(actors: tuple[Actor, ...], fault: str) -> None:
    with pytest.raises(CodebookError, match=fault):
        register(*actors)


@given(st.text(max_size=60))
def test_any_text_is_an_actor_or_none(name: str) -> None:
    assert REGISTER.find_actor(name) in {None, *REGISTER.actors}


def test_every_member_of_the_united_nations_and_four_more_are_states_with_their_country() -> None:
    states = [a for a in REGISTER.actors.values() if a.kind == "state"]
    assert len(states) == 193 + 4 == len({a.country for a in states})
    assert all(a.id == f"state-{str(a.country).lower()}" for a in states)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("US Secretary of State Daniel Harrow", "state-us"),
        ("German Foreign Minister", "state-de"),
        ("the French president", "state-fr"),
        ("Minister of Defence of Norway", "state-no"),
        ("Britain's envoy", "state-gb"),
        ("Saudi Arabia’s crown prince", "state-sa"),
        ("former UAE Foreign Minister", "state-ae"),
        ("South Sudanese Foreign Minister", "state-ss"),  # the longest demonym first
        ("spokesman of the Government of the Democratic Republic of the Congo", "state-cd"),
        ("US ambassador to Syria", "state-us"),  # whose, not where
        ("Turkish army", "state-tr"),  # an organ of the state
        ("Georgia", "state-ge"),
        ("Ivorian", "state-ci"),
    ],
)
def test_an_office_a_demonym_or_a_name_leads_to_its_state(words: str, state: str) -> None:
    assert REGISTER.find_state(words) == state


@pytest.mark.parametrize(
    "words",
    [
        "Syrian Democratic Forces commander",  # a body of its own
        "Syrian Observatory for Human Rights director",
        "Syrian Salvation Government prime minister",
        "Palestinian Islamic Jihad spokesman",
        "Free Syrian Army commander",
        "Syrian rebel commander",  # no office of the state
        "German journalist",
        "ambassador to Syria",  # where, not whose
        "Michael Jordan",  # names of persons
        "Jordan Bardella",
        "Chad Smith",
        "Governor of Georgia Brian Kemp",
        "Secretary of State",
        "Syrians",
        "us ambassador",
        "",
    ],
)
def test_words_that_are_no_office_of_a_state_lead_to_none(words: str) -> None:
    assert REGISTER.find_state(words) is None


def test_a_demonym_of_two_states_or_of_no_state_is_a_fault() -> None:
    first = Actor(id="state-gn", name="Guinea", kind="state", demonyms=("Guinean",))
    with pytest.raises(CodebookError, match="'Guinean' stands for both"):
        register(first, Actor(id="state-gq", name="Equatorial Guinea", kind="state", demonyms=("Guinean",)))
    with pytest.raises(CodebookError, match="only a state has them"):
        register(Actor(id="watch", name="Watch", kind="monitor", demonyms=("Guinean",)))


def test_names_passed_over_at_once_are_those_that_looking_would_not_find(monkeypatch: pytest.MonkeyPatch) -> None:
    forms = ("{}", "the {}", "{} fighters", "members of {}", "{} group", "{}'s", "units of the {}")
    names = [name for actor in REGISTER.actors.values() for name in (actor.name, *actor.aliases)]
    said = [form.format(way(name)) for name in names for form in forms for way in (str, str.lower, str.title, str.upper)] + ["Noki Lidiov", "Omar al Din"]
    passed = [words for words in said if REGISTER._is_none(words)]
    monkeypatch.setattr(ActorRegister, "_is_none", lambda register, name: False)
    assert "Noki Lidiov" in passed and [words for words in passed if REGISTER.find_actor(words) is not None] == []
