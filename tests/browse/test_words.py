from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from crowds import REGISTER
from factories import family_of, make_account, make_reading, make_report
from scenes import AT, BY, TEXTS, anchor_of, fill
from waqai.browse import Browser
from waqai.browse.words import LEAD, mark_first
from waqai.folding.words import parse_query
from waqai.indexes.index import PART_LENGTH
from waqai.store import Filters, Store
from waqai.store.find import choose_snippet, mark_words


def test_an_incident_found_by_words_shows_them_in_its_newest_report(store: Store) -> None:
    fill(store)
    browser = Browser(store, actors=REGISTER)
    page = browser.page(Filters(words="qalat"))
    assert page.ids == ("i-caught", "i-escape")
    found = browser.snippets(page.ids, "qalat")
    assert {incident: snippet.report for incident, snippet in found.items()} == {"i-caught": "wire", "i-escape": "daily"}
    snippet = found["i-escape"]
    assert [mark.of(snippet.text) for mark in snippet.marks] == ["Qalat"] and snippet.span.of(TEXTS["daily"]) == snippet.text
    assert (snippet.title, snippet.publisher, snippet.published) == ("News of the daily", "The Daily", date(2021, 3, 8))
    only = browser.snippets(page.ids, "inmates")
    assert {incident: snippet.report for incident, snippet in only.items()} == {"i-escape": "herald"}  # older, but it holds the word


def test_an_incident_found_by_its_facets_alone_shows_none(store: Store) -> None:
    fill(store)
    browser = Browser(store, actors=REGISTER)
    assert browser.page(Filters(words="diplomacy")).ids == ("i-meeting",)
    assert browser.snippets(("i-meeting",), "diplomacy") == {}
    assert browser.snippets(("i-meeting",), "?!") == browser.snippets((), "qalat") == {}


def test_a_long_text_is_found_by_its_last_word(store: Store) -> None:
    words = " ".join(f"word{n}" for n in range(2 * PART_LENGTH // 9))
    report = make_report(words)
    account = make_account(report)
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[account]), family_of=family_of)
    store.open_incident("i-long", account=account.id, anchor=anchor_of(account, report), role="main", because="", by=BY, at=AT)
    browser, last = Browser(store, actors=REGISTER), words.split()[-1]
    assert browser.page(Filters(words=last)).ids == ("i-long",)
    assert browser.snippets(("i-long",), last)["i-long"].text.endswith(last)


@settings(deadline=None)
@given(st.integers(0, 2 * LEAD), st.text("ab \u0301\ufb01", max_size=400), st.sampled_from(["needle", "need*", '"needle b"', "needle a*"]))
def test_marks_near_the_beginning_make_the_snippet_that_all_marks_make(before: int, after: str, query: str) -> None:
    text, terms = "ab " * (before // 3) + "needle b " + after + "b " * (before % 90) + "needle b" + "b " * 200 + "needle", parse_query(query)
    every, first = mark_words(text, terms), mark_first(text, terms)
    span = choose_snippet(text, every)
    assert span is not None and choose_snippet(text, first) == span
    assert [mark for mark in first if span.covers(mark)] == [mark for mark in every if span.covers(mark)]
