"""Rows of the tables of accounts and claims, from a store on both engines."""

from __future__ import annotations

from typing import Any

from exported import cleared_of, make_making
from scenes import TEXTS, fill
from waqai.bounds import INTERNAL, PUBLIC, Profile
from waqai.export.account_tables import AccountShape, ClaimShape
from waqai.store import Store


def _rows(store: Store, shape: Any, incident: str, *, profile: Profile = INTERNAL) -> list[dict[str, Any]]:
    names = [column.name for column in shape.columns]
    return [dict(zip(names, row, strict=True)) for row in shape.iter_rows(cleared_of(store, profile=profile)[incident])]


def test_an_account_has_a_row_with_its_words_and_its_report(store: Store) -> None:
    fill(store)
    daily, herald, clash = _rows(store, AccountShape(make_making()), "i-escape")
    assert (daily["report"], daily["publisher"], daily["published"].isoformat(), daily["text_origin"]) == ("daily", "The Daily", "2021-03-08", "original")
    assert daily["evidence"] == TEXTS["daily"] == TEXTS["daily"][daily["start"] : daily["end"]]
    assert (daily["incident"], daily["role"], daily["type"], daily["place"]) == ("i-escape", "main", "escape", "Tel Salam")
    assert (daily["involved"], daily["counts"]) == ("facility: Qalat prison", "escaped 12 prisoners (“12 prisoners”)")
    assert herald["counts"] == "escaped 15 prisoners (“At least 15 inmates”)"
    assert (clash["type"], clash["role"], clash["family"]) == ("clash", "part", "combat")


def test_outside_the_house_an_account_does_not_say_where_its_words_stand(store: Store) -> None:
    fill(store)
    daily = _rows(store, AccountShape(make_making()), "i-escape", profile=PUBLIC)[0]
    assert (daily["start"], daily["end"]) == (None, None)
    assert "Qalat" not in str(daily) and daily["report"] != "daily"


def test_one_or_two_persons_are_fewer_than_three_outside(store: Store) -> None:
    fill(store)
    clash = _rows(store, AccountShape(make_making()), "i-escape", profile=PUBLIC)[2]
    assert clash["counts"] == "wounded <3 guards (“<3”)"


def test_a_claim_has_a_row_that_leads_to_its_accounts(store: Store) -> None:
    fill(store)
    (claim,) = _rows(store, ClaimShape(make_making()), "i-escape")
    (daily, *_) = _rows(store, AccountShape(make_making()), "i-escape")
    assert (claim["speaker"], claim["stance"], claim["cue"], claim["words"]) == (
        "The Observatory",
        "reports",
        "said",
        "12 prisoners escaped from Qalat prison",
    )
    assert claim["id"] == daily["said_by"] and claim["report"] == "daily" and claim["incident"] == "i-escape"
