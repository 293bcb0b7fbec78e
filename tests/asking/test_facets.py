"""The model points at words; days, places and names are what our own code reads in them."""

from __future__ import annotations

from datetime import date

import pytest

from asking.answers import TEXT, account, answer, read, reasons
from waqai.core import Account, Reading

SENTENCE = "at least 25 prisoners escaped from Ghweran prison"


def only(reading: Reading) -> Account:
    (found,) = reading.accounts
    return found


def dated(words: str, text: str = TEXT, *, tells: str = "act", published: date | None = date(2021, 3, 8), **fields: object) -> Reading:
    return read(answer(account(sentence=SENTENCE, date={"words": words, "tells": tells}, **fields)), text, published=published)


def test_a_quoted_day_is_put_on_the_calendar_by_our_own_code() -> None:
    when = only(dated("on Sunday")).when
    assert when is not None and (when.earliest, when.latest, when.basis) == (date(2021, 3, 7), date(2021, 3, 7), "weekday_resolved")
    assert when.phrase.of(TEXT) == "Sunday"


def test_a_value_that_the_model_adds_to_the_words_is_not_looked_at() -> None:
    told = {"words": "Sunday", "tells": "act", "earliest": "1999-01-01", "year": 1999}
    when = only(read(answer(account(sentence=SENTENCE, date=told)))).when
    assert when is not None and when.earliest == date(2021, 3, 7)


def test_the_day_of_an_announcement_is_a_proxy() -> None:
    when = only(dated("Tuesday", tells="announcement")).when
    assert when is not None and when.basis == "announcement_date_as_proxy" and when.earliest == date(2021, 3, 2)


def test_a_day_in_another_sentence_is_inherited() -> None:
    text = "Nine inmates escaped in Raqqa. The break took place on Sunday."
    when = only(dated("Sunday", text)).when
    assert when is not None and when.basis == "inherited_from_context"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("June 18, 2020", "not in the report"),  # invented
        ("prisoners", "no day or period is named"),
        ("on Tuesday that at least 25 prisoners escaped from Ghweran prison in Hasakah, Syria, on Sunday", "several days"),
    ],
)
def test_words_that_name_no_single_day_of_the_report_leave_it_open(words: str, why: str) -> None:
    reading = dated(words)
    assert only(reading).when is None and why in reasons(reading.notices)


def test_a_day_that_contradicts_its_weekday_is_left_open_with_the_reason() -> None:
    reading = dated("Monday, June 18, 2023", "Nine inmates escaped on Monday, June 18, 2023.", published=date(2023, 6, 20))
    assert only(reading).when is None and "is a Sunday" in reasons(reading.notices)


def test_a_day_that_counts_from_another_happening_counts_from_the_dated_account_before() -> None:
    text = "Nine inmates escaped in Raqqa on March 1. Guards caught four of them two days later."
    later = account("caught", type="recapture", date={"words": "two days later", "tells": "act"})
    reading = read(answer(later, account(date={"words": "March 1", "tells": "act"})), text)
    assert [a.when and a.when.earliest for a in reading.accounts] == [date(2021, 3, 1), date(2021, 3, 3)]


def test_a_planned_act_looks_ahead() -> None:
    text = "The ministry said it will free 40 inmates on Thursday."
    freed = account("free", type="release", status="planned", status_words="will", date={"words": "Thursday", "tells": "act"})
    when = only(read(answer(freed), text)).when
    assert when is not None and when.earliest == date(2021, 3, 11)


def test_a_place_is_the_name_that_our_own_search_finds_and_how_it_is_put() -> None:
    text = "Nine inmates escaped from a jail in the countryside of Hasakah, Syria."
    places = [{"role": "event_place", "words": "the countryside of Hasakah"}, {"role": "containing_area", "words": "Syria"}]
    mentions = only(read(answer(account(places=places)), text)).place_mentions
    assert [(m.name, m.role, m.relation) for m in mentions] == [("Hasakah", "event_place", "countryside"), ("Syria", "containing_area", "in")]


def test_a_name_that_no_gazetteer_holds_is_kept_as_it_stands() -> None:
    text = "Nine inmates escaped near the village of Deir Qanoun."
    (mention,) = only(read(answer(account(places=[{"role": "event_place", "words": "Deir Qanoun"}])), text)).place_mentions
    assert mention.name == "Deir Qanoun" and mention.relation == "near"


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ({"role": "event_place", "words": "Aleppo"}, "'Aleppo': its words are not in the report"),
        ({"role": "event_place", "words": "prison"}, "names no place"),  # a place without a name is not coded
        ({"role": "somewhere", "words": "Hasakah"}, "no role of a place 'somewhere'"),
        ({"role": "event_place"}, "another form (words: Field required)"),
        ("Hasakah", "another form"),
    ],
)
def test_a_place_that_does_not_hold_is_set_aside_by_name(place: object, why: str) -> None:
    reading = read(answer(account(sentence=SENTENCE, places=[place])))
    assert only(reading).place_mentions == () and why in reasons(reading.notices)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Guards", "Guards"),
        ("Guards of the SDF", "Guards of the SDF"),
        ("three men", "men"),
        ("at least 25 prisoners", "prisoners"),
        ("The Observatory", "Observatory"),
    ],
)
def test_a_participants_name_is_bare(words: str, name: str) -> None:
    (involved,) = only(read(answer(account(sentence=SENTENCE, involved=[{"role": "victim", "words": words}])))).involved
    assert involved.name == name and involved.phrase.of(TEXT) == words


def test_a_participant_is_looked_up_in_the_register_and_listed_once() -> None:
    sdf = {"role": "custodian", "words": "SDF"}
    (involved,) = only(read(answer(account(sentence=SENTENCE, involved=[sdf, sdf])))).involved
    assert involved.actor_id == "sdf"


@pytest.mark.parametrize(
    ("involved", "why"),
    [
        ({"role": "mastermind", "words": "Guards"}, "the codebook has no role 'mastermind'"),
        ({"role": "initiator", "words": "Wagner Group"}, "'Wagner Group': its words are not in the report"),
        ({"role": "initiator", "words": ["Guards"]}, "another form"),
    ],
)
def test_a_participant_that_does_not_hold_is_set_aside_by_name(involved: object, why: str) -> None:
    reading = read(answer(account(sentence=SENTENCE, involved=[involved])))
    assert only(reading).involved == () and why in reasons(reading.notices)
