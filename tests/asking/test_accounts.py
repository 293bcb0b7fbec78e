"""An account needs a type and a status of the codebook and a trigger that stands in the report."""

from __future__ import annotations

import pytest

from asking.answers import TEXT, account, answer, read, reasons


def test_the_trigger_is_the_one_in_the_sentence_that_the_answer_names() -> None:
    reading = read(answer(account(sentence="The escape came a year after 40 prisoners escaped in Raqqa.")))
    assert reading.accounts[0].evidence.start == TEXT.rindex("escaped")


def test_without_such_a_sentence_the_first_trigger_is_taken() -> None:
    for sentence in ("", "A sentence that is not there escaped.", "Guards of the SDF killed three men"):
        assert read(answer(account(sentence=sentence))).accounts[0].evidence.start == TEXT.index("escaped")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (account("tunnelled out"), "account with the trigger 'tunnelled out': its words are not in the report"),
        (account(type="prison_party"), "the codebook has no type 'prison_party'"),
        (account(type="other"), "the codebook has no type 'other'"),
        (account(type="kidnapping"), "no type 'kidnapping'"),  # an alias is no type either
        (account(status="probable"), "the codebook has no status 'probable'"),
        (account(status="foiled", status_words="was foiled"), "'was foiled': its words are not in the report"),
        (account(TEXT[:115]), "this is a passage"),
        (account(trigger=7), "another form"),  # type: ignore[arg-type]
        ({"type": "escape"}, "another form"),
        ("escaped", "another form"),
    ],
)
def test_an_account_that_does_not_hold_is_set_aside_and_never_forced_into_another(told: object, why: str) -> None:
    reading = read(answer(told, account()))  # type: ignore[arg-type]
    assert len(reading.accounts) == 1 and why in reasons(reading.notices)


def test_a_status_stands_on_its_words_or_on_the_trigger() -> None:
    text = "Guards foiled an escape in Raqqa. Nine inmates escaped in Kano."
    foiled = account("escape", status="foiled", status_words="foiled")
    statuses = [a.status for a in read(answer(foiled, account()), text).accounts]
    assert [(s.value, s.phrase.of(text)) for s in statuses] == [("foiled", "foiled"), ("occurred", "escaped")]


def test_accounts_come_in_the_order_of_the_text_with_keys_of_their_own() -> None:
    second = account(sentence="40 prisoners escaped in Raqqa", places=[{"role": "event_place", "words": "Raqqa"}])
    reading = read(answer(second, account()))
    assert [a.key for a in reading.accounts] == ["escape", "raqqa-escape"]


def test_an_account_listed_twice_is_one() -> None:
    reading = read(answer(account(), account()))
    assert len(reading.accounts) == 1 and "listed twice" in reasons(reading.notices)


def test_what_is_background_our_own_rules_say() -> None:
    prison = account("prison", type="detention")
    assert [a.background for a in read(answer(account(), prison)).accounts if a.type == "detention"] == [True]
