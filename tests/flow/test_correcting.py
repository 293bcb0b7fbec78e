"""Which figure, whom and which words a person means; and what is said where that cannot be told."""

from __future__ import annotations

from typing import Any

import pytest

from factories import family_of, make_account, make_claim, make_count, make_involved, make_reading, make_report, span_of
from scenes import open_by
from waqai.codebook import load_codebook
from waqai.core import Account, NotPossible, Span, UnknownId
from waqai.flow import ONE_MORE, Gazetteer, Replaced, Store, correct_account, lock_incident, mark_source, review_account
from waqai.flow.correcting import find_words

ANA = {"because": "I read it again", "by": "person:ana"}
TEXT = "12 prisoners fled the old jail and the new jail (both in Qalat), said the mayor. The old jail held 40 men. Of the 12 prisoners 3 were caught."


@pytest.fixture
def account(store: Store) -> str:
    """The id of an account in incident i-escape, with two facilities and two figures of those who fled."""
    report = make_report(TEXT, id="daily", publisher="The Daily")
    counts = [make_count(12, report=report, words="12 prisoners"), make_count(3, report=report, words="3 were caught")]
    involved = [make_involved("facility", name, phrase=span_of(name, TEXT)) for name in ("the old jail", "the new jail")]
    made = make_account(report, counts=counts, involved=involved)
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[made], claims=[make_claim(report, speaker="the mayor", cue="said")]), family_of=family_of)
    open_by(store, next(iter(store.iter_cards(report="daily"))), "i-escape")
    return made.id


def correct(store: Store, account: str, facet: str, value: str, *, words: str | None = None, span: Span | None = None) -> Account:
    """The account as it stands after the correction."""

    def no_gazetteer() -> Gazetteer:
        raise AssertionError("only a place is looked up")

    correct_account(account, facet, value, store, codebook=load_codebook(), gazetteer=no_gazetteer, words=words, span=span, **ANA)
    return store.get_reviewed(account).account


def facilities(account: Account) -> list[str]:
    return sorted(i.name for i in account.involved if i.role == "facility")


def escaped(account: Account) -> list[float | None]:
    return sorted(c.best or 0 for c in account.counts if c.measure == "escaped")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("facility:old jail=Qalat prison", None),  # by its name, whatever its article
        ("facility:THE OLD JAIL=Qalat prison", None),
        ("facility=Qalat prison", "old jail"),  # by its words
    ],
)
def test_of_two_in_a_role_the_one_that_is_meant_is_replaced(store: Store, account: str, value: str, words: str | None) -> None:
    assert facilities(correct(store, account, "actor", value, words=words)) == ["Qalat prison", "the new jail"]


def test_of_two_in_a_role_none_is_replaced_by_guess(store: Store, account: str) -> None:
    before = store.last_entry()
    for value in ("facility=Qalat prison", "facility=none", "facility:the camp=Qalat prison"):
        with pytest.raises(NotPossible, match="has 'the old jail', 'the new jail': write facility:OLD NAME=NEW NAME"):
            correct(store, account, "actor", value)
    assert store.last_entry() == before


def test_one_more_in_a_role_stands_on_its_words(store: Store, account: str) -> None:
    told = correct(store, account, "actor", "facility=the jail of Qalat", words="both in Qalat")
    assert facilities(told) == ["the jail of Qalat", "the new jail", "the old jail"]
    assert [i.phrase.of(TEXT) for i in told.involved if i.name == "the jail of Qalat"] == ["both in Qalat"]


def test_who_was_corrected_is_known_by_the_name_that_the_correction_gave(store: Store, account: str) -> None:
    correct(store, account, "actor", "facility:the old jail=Qalat prison")
    assert facilities(correct(store, account, "actor", "facility:Qalat prison=none")) == ["the new jail"]
    with pytest.raises(NotPossible, match="has 'the new jail'"):
        correct(store, account, "actor", "facility:the old jail=none")


def test_a_figure_is_struck_at_its_words_and_corrected_once_more_where_it_is_the_only_one_left(store: Store, account: str) -> None:
    with pytest.raises(NotPossible, match=r"has 2 figures of escaped .*: say which with --words: '12 prisoners', '3 were caught'"):
        correct(store, account, "count", "escaped=none")
    assert escaped(correct(store, account, "count", "escaped=none", words="3 were caught")) == [12]
    told = correct(store, account, "count", "escaped=13")
    assert escaped(told) == [13] and told.counts[-1].of_whom == "prisoners"
    assert escaped(correct(store, account, "count", "escaped=none")) == []
    with pytest.raises(NotPossible, match="no figure of escaped"):
        correct(store, account, "count", "escaped=none")


def test_a_figure_on_words_of_its_own_is_one_more(store: Store, account: str) -> None:
    assert escaped(correct(store, account, "count", "escaped=40", words="40 men")) == [3, 12, 40]


@pytest.mark.parametrize(
    ("words", "near", "found"),
    [
        ("12 prisoners", Span(0, 5), Span(0, 12)),
        ("12 prisoners", Span(110, 120), Span(114, 126)),  # the nearest of two
        ("(both in  Qalat),", Span(0, 5), Span(48, 64)),  # signs as they stand, spaces as they come
    ],
)
def test_words_are_found_as_they_stand_nearest_to_the_account(words: str, near: Span, found: Span) -> None:
    assert find_words(words, TEXT, near=near) == found


@pytest.mark.parametrize("words", ["", "  ", "13 prisoners", "prisoners fled the new", ".*"])
def test_words_that_the_report_does_not_hold_are_refused(words: str) -> None:
    with pytest.raises(NotPossible, match="copy them as they stand there"):
        find_words(words, TEXT, near=Span(0, 1))


def test_what_stands_already_is_said_with_its_entry(store: Store, account: str) -> None:
    said: list[tuple[Any, str]] = [
        (lambda: review_account(account, "accepted", store, **ANA), "is accepted already, by entry 2"),
        (lambda: lock_incident("i-escape", store, **ANA), "is locked already, by entry 3; `waqai undo 3` opens it"),
        (lambda: mark_source("The Mayor", store, unreliable=True, **ANA), "is unreliable already, by entry 4"),
    ]
    for number, (say, _) in enumerate(said, start=2):
        assert [entry.id for entry in say().entries] == [number]
    for say, why in said:
        with pytest.raises(NotPossible, match=why):
            say()
    mark_source("the mayor", store, unreliable=False, **ANA)
    with pytest.raises(NotPossible, match="is not marked unreliable"):
        mark_source("the mayor", store, unreliable=False, **ANA)
    assert store.last_entry() == 5


def test_nobody_of_that_name_is_said_with_who_could_be_meant(store: Store, account: str) -> None:
    with pytest.raises(UnknownId, match="no speaker or publisher is called 'the mayer'; perhaps 'the mayor'"):
        mark_source("the mayer", store, unreliable=True, **ANA)
    with pytest.raises(UnknownId, match="`waqai show ID` says who speaks"):
        mark_source("Zzyzx", store, unreliable=True, **ANA)


def test_marking_a_publisher_shows_the_incidents_that_it_tells_of(store: Store, account: str) -> None:
    change = mark_source("The Daily", store, unreliable=True, **ANA)
    assert [incident for incident, _, _ in change.incidents] == ["i-escape"]


def test_what_a_person_selected_is_the_place_of_the_words_without_blanks_at_its_ends(store: Store, account: str) -> None:
    second = span_of(" 12 prisoners 3", TEXT)  # the first "12 prisoners" is not meant
    told = correct(store, account, "count", "escaped=11", span=Span(second.start, second.end - 1))
    assert [(c.best, c.phrase) for c in told.counts if c.best in (11, 12)] == [
        (12, span_of("12 prisoners", TEXT)),
        (11, Span(second.start + 1, second.end - 2)),
    ]


@pytest.mark.parametrize(
    ("span", "words", "why"),
    [
        (Span(0, 4000), None, rf"\[0, 4000\) names no words of the report, which has {len(TEXT)} code points"),
        (Span(2, 3), None, "names no words"),
        (Span(0, 12), "12 men", "the report has '12 prisoners', not '12 men'"),
    ],
)
def test_a_selection_that_is_not_in_the_text_is_refused(store: Store, account: str, span: Span, words: str | None, why: str) -> None:
    before = store.last_entry()
    with pytest.raises(NotPossible, match=why):
        correct(store, account, "count", "escaped=11", span=span, words=words)
    assert store.last_entry() == before


def correct_that(store: Store, account: str, facet: str, value: str, replaces: Any, *, words: str | None = None) -> Account:
    said = {"codebook": load_codebook(), "gazetteer": lambda: pytest.fail("only a place is looked up"), **ANA}
    correct_account(account, facet, value, store, words=words, replaces=replaces, **said)
    return store.get_reviewed(account).account


def test_the_figure_that_was_pointed_at_is_replaced_whatever_it_becomes(store: Store, account: str) -> None:
    caught = Replaced(kind="escaped", at=span_of("3 were caught", TEXT), of_whom="prisoners")
    told = correct_that(store, account, "count", "recaptured:prisoners=3", caught)
    assert sorted((c.measure, c.best, c.phrase.of(TEXT)) for c in told.counts) == [("escaped", 12, "12 prisoners"), ("recaptured", 3, "3 were caught")]


def test_the_one_who_was_pointed_at_takes_another_role(store: Store, account: str) -> None:
    jail = Replaced(kind="facility", at=span_of("the new jail", TEXT))
    told = correct_that(store, account, "actor", "participant=the new jail", jail)
    assert sorted((i.role, i.name) for i in told.involved) == [("facility", "the old jail"), ("participant", "the new jail")]


def test_one_more_figure_stands_beside_those_of_its_group(store: Store, account: str) -> None:
    told = correct_that(store, account, "count", "escaped:prisoners=12", ONE_MORE, words="the 12 prisoners")
    assert escaped(told) == [3, 12, 12]
    with pytest.raises(NotPossible, match="needs the words"):
        correct_that(store, account, "count", "escaped:prisoners=12", ONE_MORE)


def test_what_is_not_there_any_more_is_not_replaced(store: Store, account: str) -> None:
    gone = Replaced(kind="killed", at=span_of("3 were caught", TEXT))
    with pytest.raises(NotPossible, match="no killed at"):
        correct_that(store, account, "count", "killed=3", gone)
