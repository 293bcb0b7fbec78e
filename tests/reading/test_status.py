"""Did it happen?"""

from __future__ import annotations

import pytest

from reading.parsing import LEXICON, only_trigger, token_of, triggers_of
from waqai.reading.status import StatusReader, failure_before, going_on


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("Twelve prisoners escaped from the jail.", "occurred", "escaped"),
        ("Inmates may have escaped from the prison.", "occurred", "escaped"),  # unsure, but told
        ("The prisoners tried to escape.", "attempted", "tried"),
        ("An attempt to escape from the prison failed.", "attempted", "attempt"),
        ("Guards foiled an escape from the prison.", "foiled", "escape"),
        ("The guards prevented the inmates from escaping.", "foiled", "prevented"),
        ("A foiled attack on the prison was reported.", "foiled", "attack"),
        ("The army plans to release the prisoners.", "planned", "plans"),
        ("Police will arrest the men.", "planned", "arrest"),
        ("The next meeting was expected on Friday.", "planned", "meeting"),
        ("The meeting will be held in Kano.", "planned", "meeting"),
        ("The group threatened to attack the base.", "threatened", "threatened"),
        ("The governor promised to release the prisoners.", "pledged", "promised"),
        ("The governor pledged $5 million in aid.", "pledged", "pledged"),
        ("The militia is shelling the town.", "ongoing", "shelling"),
        ("Clashes continued in the town.", "ongoing", "Clashes"),
        ("The prison holds 300 inmates.", "ongoing", "holds"),  # people held are held on
        ("The prisoners managed to escape from the jail.", "occurred", "escape"),  # done
        ("Police accused him of attacking the church.", "occurred", "attacking"),  # a gerund that names an act
    ],
)
def test_the_words_around_a_trigger_give_its_status(text: str, status: str, words: str) -> None:
    told = only_trigger(text).told
    assert (told.value, told.phrase.of(text)) == (status, words)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody escaped from the prison.",  # denied
        "The inmates did not escape from the prison.",
        "There was no attack on the village.",
        "If the prisoners escaped, the town is lost.",  # conditional
        "Inmates could escape from the prison.",  # possible
        "The inmates would have escaped from the prison.",
        "Militants often attack villages.",  # a habit
        "The group was formed to attack prisons.",  # a purpose
        "The group focuses on storming prisons.",
        "Further attacks on the prison are feared.",  # to come, perhaps
    ],
)
def test_what_did_not_happen_is_no_trigger(text: str) -> None:
    assert triggers_of(text) == ()


def test_an_unsure_telling_has_a_lower_probability() -> None:
    assert only_trigger("Inmates may have escaped from the prison.").told.p < only_trigger("Inmates escaped from the prison.").told.p


def test_the_simple_present_of_a_headline_is_no_habit() -> None:
    statuses = StatusReader(LEXICON)
    verb = token_of("They attack the prison.", "attack")
    phrase = only_trigger("They attacked the prison.").phrase
    assert statuses.status_of(verb, type="jailbreak", phrase=phrase, heading=False) is None
    told = statuses.status_of(verb, type="jailbreak", phrase=phrase, heading=True)
    assert told is not None and told.value == "occurred"


@pytest.mark.parametrize(
    ("text", "word", "purpose"),
    [
        ("The group was formed to attack prisons.", "attack", True),
        ("The prisoners tried to escape.", "escape", False),
        ("Forces fighting the militia withdrew.", "fighting", True),
        ("Gunmen attacked the prison.", "attacked", False),
        ("The prison burned.", "prison", False),  # no verb
    ],
)
def test_an_aim_is_known_by_its_form_and_what_it_hangs_on(text: str, word: str, purpose: bool) -> None:
    assert StatusReader(LEXICON).is_purpose(token_of(text, word)) is purpose


@pytest.mark.parametrize(
    "text",
    [
        "Escapes of this kind have become a habit.",  # none in particular
        "They learn from each new attempt to free captives.",
        "Every escape lends weight to the promise to free captives.",
        "It holds the camps and prisons where its men are held.",  # prisons in general
    ],
)
def test_what_is_told_of_no_happening_in_particular_opens_no_trigger(text: str) -> None:
    assert triggers_of(text) == ()


def test_no_fewer_than_denies_nothing() -> None:
    assert only_trigger("No fewer than 12 inmates have escaped from the prison.").told.value == "occurred"


def test_what_somebody_is_to_give_is_pledged() -> None:
    assert only_trigger("He added that his country is to contribute $5 million to the rebuilding of schools.").told.value == "pledged"


def test_what_money_is_to_help_with_is_not_told_as_done() -> None:
    assert [t.type for t in triggers_of("The country gave $5 million to help people return to their homes.")] == ["aid"]


@pytest.mark.parametrize(
    ("text", "word", "told"),
    [
        ("Two died in an attempted prison escape.", "escape", ("attempted", "attempted")),
        ("A foiled attack was reported.", "attack", ("foiled", "foiled")),
        ("A prison escape was reported.", "escape", None),
        ("The attempt killed two guards.", "killed", None),  # its subject, no modifier
    ],
)
def test_a_modifier_tells_that_it_failed(text: str, word: str, told: tuple[str, str] | None) -> None:
    found = failure_before(token_of(text, word), LEXICON)
    assert (None if found is None else (found[0], found[1].text)) == told


@pytest.mark.parametrize(
    ("text", "word", "said_by"),
    [
        ("The clashes continued in the eastern districts on Monday.", "clashes", "continued"),
        ("The strike entered its third day on Sunday.", "strike", "entered"),
        ("The exchange is under way at the crossing.", "exchange", "way"),
        ("The ongoing siege has cut off the town.", "siege", "ongoing"),
        ("The army continued to shell the villages.", "shell", "continued"),
        ("The soldiers entered the town after the clashes.", "clashes", None),
        ("The clashes ended on Monday.", "clashes", None),
        ("The army shelled the villages.", "shelled", None),
    ],
)
def test_what_the_text_says_goes_on_is_ongoing(text: str, word: str, said_by: str | None) -> None:
    found = going_on(token_of(text, word), LEXICON)
    assert (None if found is None else found.text) == said_by
