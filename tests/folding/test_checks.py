from __future__ import annotations

from typing import Any

import pytest

from factories import make_account, make_count, make_involved, make_report, make_when
from folding.test_tellers import MAY_1
from scenes import AT
from waqai.core import Account, Entry, to_plain
from waqai.folding import Telling, check_rows, review_account

REPORT = make_report("12 prisoners escaped from Qalat, the police said.")
COUNT = make_count(12, report=REPORT, words="12 prisoners")
READ = make_account(REPORT, when=make_when(MAY_1), counts=[COUNT], involved=[make_involved("responder", "police")])


def said(kind: str, **value: Any) -> Entry:
    return Entry(id=1, kind=kind, subject=READ.id, value=value, because="", by="person:ana", at=AT, previous_hash="")


def checks(*entries: Entry, read: Account | None = READ) -> list[tuple[str, float | None, str]]:
    seen = review_account(READ, family="custody", count_words=["12 prisoners"], entries=entries)
    told = {"family": "custody", "role": "main", "order": 0, "report_sha256": REPORT.sha256, "publisher": None, "publishers": (), "published": None, "wire": ""}
    shown = Telling(account=seen.account, count_words=seen.count_words, claims={}, review=seen.review, machine=read, corrections=seen.corrections, **told)  # type: ignore[arg-type]
    return [(row["field"], row["p"], row["outcome"]) for row in check_rows("i-1", [shown])]


ALL = [("account", 0.8), ("status", 0.9), ("when", 0.9), ("actor", 0.9), ("count", 0.9)]
THIRTEEN = {"low": 13, "high": 13, "best": 13, "kind": "exact"}


def test_nothing_is_known_of_what_nobody_looked_at_and_of_what_a_person_added() -> None:
    assert checks() == []
    assert checks(said("accepted"), read=None) == []


def test_all_fields_of_an_accepted_account_stood_each_with_the_readers_probability() -> None:
    assert checks(said("accepted")) == [(name, p, "stood") for name, p in ALL]


def test_of_a_rejected_account_only_that_it_happened_was_wrong() -> None:
    assert checks(said("corrected", facet="status", value="attempted"), said("rejected")) == [("account", 0.8, "changed")]


@pytest.mark.parametrize(
    ("field", "correction"),
    [
        ("account", {"facet": "type", "value": "clash"}),
        ("status", {"facet": "status", "value": "attempted"}),
        ("when", {"facet": "when", "value": None}),
        ("actor", {"facet": "actor", "role": "responder", "value": None, "at": to_plain(READ.involved[0].phrase)}),
        ("count", {"facet": "count", "measure": "escaped", "of_whom": "prisoners", "value": THIRTEEN, "at": None}),
    ],
)
def test_a_corrected_field_was_changed_and_the_others_stood_only_once_the_account_is_accepted(field: str, correction: dict[str, Any]) -> None:
    assert checks(said("corrected", **correction)) == [(name, p, "changed") for name, p in ALL if name == field]
    assert checks(said("corrected", **correction), said("accepted")) == [(name, p, "changed" if name == field else "stood") for name, p in ALL]


def test_what_a_person_adds_was_missed_and_has_no_probability() -> None:
    place = {"name": "Qalat", "place_id": None, "lat": None, "lon": None, "radius_km": None, "precision": "P6", "admin1": None, "admin2": None, "country": None}
    wounded = {"facet": "count", "measure": "wounded", "of_whom": None, "value": THIRTEEN, "at": None}
    found = checks(said("corrected", facet="where", value=place), said("corrected", **wounded))
    assert found == [("where", None, "missed"), ("count", None, "missed")]
