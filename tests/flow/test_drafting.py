from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scenes import AT, TEXTS, add
from waqai.codebook import load_codebook
from waqai.core import Claim, NotPossible, Relation, Span, UnknownId
from waqai.flow import Gazetteer, Store, code_account, code_field, drop_account, find_all_words
from waqai.people import Coding, Visitor, find_coding, hand_in, open_coding, save_draft

CODEBOOK = load_codebook()
ANA = Visitor(name="ana", role="coder", person="ana")
TEXT = TEXTS["daily"]


def words(said: str) -> Span:
    return find_all_words(said, TEXT)[0]


def account(store: Store, coding: Coding, said: str = "12 prisoners escaped", type: str = "escape", status: str = "occurred") -> Coding:
    given: dict[str, Any] = {"codebook": CODEBOOK, "visitor": ANA, "revision": coding.revision}
    return code_account("daily", words(said), type, store, status=status, **given)


def field(store: Store, coding: Coding, facet: str, value: str, said: str | None = None, *, nth: int | None = None, key: str = "1") -> Coding:
    given: dict[str, Any] = {"codebook": CODEBOOK, "gazetteer": Gazetteer.open, "visitor": ANA, "revision": coding.revision}
    return code_field("daily", key, facet, value, store, span=None if said is None else words(said), nth=nth, **given)


@pytest.fixture
def begun(store: Store) -> Coding:
    """A coding of `daily` that began from nothing."""
    add(store, "daily")
    return open_coding("daily", store, visitor=ANA, at=AT)


def test_accounts_are_put_in_one_after_the_other_with_keys_and_ids_of_their_own(store: Store, begun: Coding) -> None:
    coded = account(store, account(store, begun), "said on Monday", "statement", "ongoing")
    one, other = coded.draft.accounts
    assert (one.key, one.type, one.status.value, one.evidence.of(TEXT)) == ("1", "escape", "occurred", "12 prisoners escaped")
    assert (other.key, other.status.value, other.report) == ("2", "ongoing", "daily")
    assert one.id != other.id and coded.revision == 2
    assert find_coding("daily", store, visitor=ANA) == coded


def test_a_key_that_is_free_again_is_taken_again(store: Store, begun: Coding) -> None:
    coded = account(store, account(store, begun), "said on Monday", "statement")
    coded = drop_account("daily", "1", store, visitor=ANA, revision=coded.revision)
    assert [one.key for one in coded.draft.accounts] == ["2"]
    assert [one.key for one in account(store, coded).draft.accounts] == ["2", "1"]


@pytest.mark.parametrize(
    ("said", "type", "status", "why"),
    [
        ("12 prisoners escaped", "escape", "occurred", "already"),  # the same once more
        ("Qalat prison", "no_such_type", "occurred", "no type 'no_such_type'"),
        ("Qalat prison", "escape", "maybe", "no status 'maybe'"),
    ],
)
def test_an_account_that_cannot_be_is_refused(store: Store, begun: Coding, said: str, type: str, status: str, why: str) -> None:
    coded = account(store, begun)
    with pytest.raises(NotPossible, match=why):
        account(store, coded, said, type, status)
    assert find_coding("daily", store, visitor=ANA) == coded


def test_single_fields_have_their_words_or_those_of_the_account(store: Store, begun: Coding) -> None:
    coded = field(store, account(store, begun), "when", "2021-03-05", "5 March 2021")
    coded = field(store, coded, "when", "2021-03-04..2021-03-06")  # other days, the same words
    coded = field(store, coded, "where", "Damascus, SY")
    coded = field(store, coded, "status", "attempted", "escaped")
    (made,) = coded.draft.accounts
    assert made.when is not None and made.where is not None
    assert (made.when.latest.isoformat(), made.when.phrase.of(TEXT)) == ("2021-03-06", "5 March 2021")
    assert (made.where.country, made.where.phrase) == ("SY", made.evidence)
    assert (made.status.value, made.status.phrase.of(TEXT)) == ("attempted", "escaped")
    (bare,) = field(store, field(store, coded, "when", "none"), "where", "none").draft.accounts
    assert (bare.when, bare.where) == (None, None)


def test_a_type_can_bring_other_words_of_the_account(store: Store, begun: Coding) -> None:
    (made,) = field(store, account(store, begun), "type", "jailbreak", "escaped from Qalat prison").draft.accounts
    assert (made.type, made.evidence.of(TEXT)) == ("jailbreak", "escaped from Qalat prison")


def test_names_and_figures_are_added_changed_where_they_stand_and_taken_out(store: Store, begun: Coding) -> None:
    coded = account(store, begun)
    for value, said in (("escaped:prisoners=12", "12 prisoners"), ("killed=2", "12"), ("wounded=3+", "March")):
        coded = field(store, coded, "count", value, said)
    coded = field(store, coded, "count", "killed:guards=4", nth=1)
    assert [(one.measure, one.of_whom, one.low, one.phrase.of(TEXT)) for one in coded.draft.accounts[0].counts] == [
        ("escaped", "prisoners", 12, "12 prisoners"),
        ("killed", "guards", 4, "12"),
        ("wounded", None, 3, "March"),
    ]
    coded = field(store, field(store, coded, "count", "escaped=none", nth=0), "actor", "facility=Qalat prison", "Qalat prison")
    assert [one.measure for one in coded.draft.accounts[0].counts] == ["killed", "wounded"]
    assert [(one.role, one.name) for one in coded.draft.accounts[0].involved] == [("facility", "Qalat prison")]


@pytest.mark.parametrize(
    ("facet", "value", "said", "nth", "why"),
    [
        ("count", "escaped=12", None, None, "needs the words"),
        ("actor", "facility=Qalat", None, None, "needs the words"),
        ("count", "escaped=none", None, None, "which count is not told"),
        ("count", "escaped=12", None, 1, "no count number 2: it has 1"),
        ("when", "last week", None, None, "is no day"),
        ("colour", "red", None, None, "no facet 'colour'"),
    ],
)
def test_a_field_that_cannot_be_is_refused(store: Store, begun: Coding, facet: str, value: str, said: str | None, nth: int | None, why: str) -> None:
    coded = field(store, account(store, begun), "count", "killed=2", "12")
    with pytest.raises(NotPossible, match=why):
        field(store, coded, facet, value, said, nth=nth)
    assert find_coding("daily", store, visitor=ANA) == coded


def test_words_out_of_the_text_are_refused(store: Store, begun: Coding) -> None:
    coded = account(store, begun)
    given: dict[str, Any] = {"codebook": CODEBOOK, "visitor": ANA, "revision": coded.revision}
    with pytest.raises(NotPossible, match="names no words of the report"):
        code_account("daily", Span(0, len(TEXT) + 1), "escape", store, status="occurred", **given)
    with pytest.raises(NotPossible, match="names no words of the report"):
        code_field("daily", "1", "when", "2021-03-05", store, span=Span(0, 9999), gazetteer=Gazetteer.open, **given)


def test_what_another_window_saved_is_never_changed_unseen(store: Store, begun: Coding) -> None:
    coded = account(store, begun)
    for act in (
        lambda: account(store, begun, "said on Monday"),
        lambda: field(store, begun, "when", "2021-03-05"),
        lambda: drop_account("daily", "1", store, visitor=ANA, revision=begun.revision),
    ):
        with pytest.raises(NotPossible, match="another window"):
            act()
    assert find_coding("daily", store, visitor=ANA) == coded
    with pytest.raises(NotPossible, match="no account '7'"):
        drop_account("daily", "7", store, visitor=ANA, revision=coded.revision)


def test_nothing_is_changed_that_was_handed_in_or_never_begun(store: Store, begun: Coding) -> None:
    coded = account(store, begun)
    hand_in("daily", store, visitor=ANA, revision=coded.revision, at=AT)
    with pytest.raises(NotPossible, match="was handed in"):
        field(store, coded, "when", "2021-03-05")
    with pytest.raises(UnknownId, match="open one first"):
        drop_account("daily", "1", store, visitor=Visitor(name="bo", role="coder", person="bo"), revision=0)


def test_a_coding_from_the_machine_s_reading_keeps_who_says_what_and_leads_to_no_account_that_was_taken_out(store: Store) -> None:
    add(store, "daily")
    begun = open_coding("daily", store, visitor=ANA, at=AT, started_from="reading")
    (claim,), (read,) = begun.draft.claims, begun.draft.accounts
    linked = _linked(begun, claim)
    coded = save_draft(linked, store, visitor=ANA, revision=0, at=AT)
    coded = field(store, coded, "count", "escaped:men=13", nth=0, key=read.key)
    assert coded.draft.accounts[0].counts[0].said_by == claim.id
    coded = account(store, coded, "on Monday", "statement")
    coded = drop_account("daily", read.key, store, visitor=ANA, revision=coded.revision)
    assert [one.relations for one in coded.draft.accounts] == [(), ()]
    assert coded.draft.claims[0].accounts == ()


def _linked(coding: Coding, claim: Claim) -> Any:
    """The draft with a second account that is part of the first, of which the claim tells."""
    (read,) = coding.draft.accounts
    part = replace(read, id="a-part", key="part", relations=(Relation(to=read.id, kind="part_of", p=1.0, rule="test"),))
    return replace(coding.draft, accounts=(read, part), claims=(replace(claim, accounts=(read.id,)),))


def test_all_places_of_words_are_found_in_order_and_line_breaks_are_blanks() -> None:
    assert find_all_words("a  b", "a b, then a\nb") == (Span(0, 3), Span(10, 13))
    for said in ("c", " "):
        with pytest.raises(NotPossible, match="does not hold the words"):
            find_all_words(said, "a b")
