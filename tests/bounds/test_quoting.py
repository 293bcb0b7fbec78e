"""Quoted words of one report."""

from __future__ import annotations

from typing import Any

import pytest

from factories import make_account, make_count, make_involved, make_report, span_of
from waqai.bounds import INTERNAL, PARTNER, PUBLIC, NameMask, Profile
from waqai.bounds.quoting import Quoter
from waqai.bounds.sites import Sites
from waqai.codebook import ActorRegister
from waqai.core import Account, Span
from waqai.places import Gazetteer


@pytest.fixture
def quoter_of(gazetteer: Gazetteer, actors: ActorRegister, mask: NameMask) -> Any:
    def make(text: str, *accounts: Account, profile: Profile = PUBLIC, tender: bool = False) -> Quoter:
        return Quoter(text, accounts, profile=profile, names=mask, sites=Sites(places=gazetteer, actors=actors), tender=tender)

    return make


def test_pieces_that_overlap_are_replaced_as_one(quoter_of: Any) -> None:
    text = "Guards of Omar Aziz prison saw Omar Aziz."
    report = make_report(text)
    account = make_account(report, involved=[make_involved("facility", "Omar Aziz prison", phrase=span_of("Omar Aziz prison", text))])
    assert quoter_of(text, account).quote(Span(0, len(text))) == "Guards of [facility withheld] saw [name withheld]."


def test_a_piece_that_begins_before_the_quoted_words_is_masked_in_them(quoter_of: Any) -> None:
    text = "Guards of Tel Qamar prison fled."
    account = make_account(make_report(text), involved=[make_involved("facility", "Tel Qamar prison", phrase=span_of("Tel Qamar prison", text))])
    assert quoter_of(text, account).quote(span_of("prison fled", text)) == "[facility withheld] fled"


def test_the_words_of_a_small_count_are_masked_though_no_rule_knows_them(quoter_of: Any) -> None:
    text = "A brace of gentlemen fled."
    report = make_report(text)
    account = make_account(report, counts=[make_count(2, report=report, words="A brace of gentlemen")])
    assert quoter_of(text, account).quote(Span(0, len(text))) == "<3 fled."
    assert quoter_of(text, account, profile=PARTNER).quote(Span(0, len(text))) == text


def test_a_tender_happening_is_quoted_without_days_and_towns(quoter_of: Any) -> None:
    text = "On Friday they fled. They live in Mosul, Iraq."
    assert quoter_of(text, tender=True).quote(Span(0, len(text))) == "On [date withheld] they fled. They live in [name withheld], Iraq."
    assert quoter_of(text, tender=True, profile=PARTNER).quote(Span(0, len(text))) == text


def test_words_are_shown_or_hidden(quoter_of: Any) -> None:
    quoter = quoter_of("Karim Haddad fled.")
    assert quoter.words == {"karim", "haddad", "fled"} and not quoter.hides(["fled"]) and not quoter.hides([]) and quoter.hides(["fled", "karim"])


def test_the_internal_profile_quotes_as_it_stands(quoter_of: Any) -> None:
    text = "Karim Haddad fled from Ghweran prison."
    assert quoter_of(text, profile=INTERNAL, tender=True).quote(Span(0, len(text))) == text
