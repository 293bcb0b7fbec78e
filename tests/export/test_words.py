from __future__ import annotations

from datetime import date

from clears import account, claim, cleared, figure, report
from waqai.export.words import MOST_CLAIMS, cite, compose_notes, publishers_of, reports_of

FIRST, LATER = report("r1"), report("r2", publisher="The Herald", published=date(2021, 3, 9), title="A second look")


def test_reports_stand_once_in_the_order_of_their_days_and_rejected_ones_not_at_all() -> None:
    undated = report("r0", published=None)
    told = [account(report=one) for one in (undated, LATER, FIRST, FIRST)] + [account(report=report("r9"), review="rejected")]
    assert [one.id for one in reports_of(told)] == ["r1", "r2", "r0"]


def test_publishers_stand_once() -> None:
    assert publishers_of([FIRST, LATER, report("r3")]) == "The Daily; The Herald"


def test_a_report_is_cited_by_what_is_known_of_it() -> None:
    assert cite(FIRST) == "The Daily,2021-03-08,Fight at Tel Salam"
    assert cite(report(published=None, title='The "battle"')) == "The Daily,The 'battle'"


def test_notes_quote_and_say_who_says_it() -> None:
    record = cleared(claims=[claim("12 people died")], figures=[figure(12, expr="12 people"), figure(5, stance="denies", expr="five", speaker="the army")])
    assert compose_notes(record, [FIRST]) == (
        "The Daily (2021-03-08): “Fight at Tel Salam”. police (reports): “12 people died”. killed: “12 people”, police. killed (denied): “five”, the army"
    )


def test_claims_of_rejected_accounts_are_not_in_the_notes() -> None:
    record = cleared(account("a1"), account("a2", review="rejected"), claims=[claim("it was so", accounts=["a2"])])
    assert "it was so" not in (compose_notes(record, [FIRST]) or "")


def test_more_claims_than_a_few_are_counted() -> None:
    claims = [claim(f"word {n}") for n in range(MOST_CLAIMS + 2)]
    notes = compose_notes(cleared(claims=claims), []) or ""
    assert "2 more claims" in notes and f"word {MOST_CLAIMS}" not in notes
