from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from crowds import REGISTER, crowd
from waqai.browse import Browser
from waqai.browse.loading import add_words, load_picture, refresh_picture
from waqai.browse.picture import SEVERAL, SINGLE, Picture
from waqai.browse.words import find_hits
from waqai.folding.words import Term, parse_query
from waqai.indexes.index import find_numbers
from waqai.store import Filters, Store, open_store
from waqai.store.changes import last_change

ASKED = (Filters(), Filters(words="market"), Filters(actor=("river guard",)), Filters(type=("escape", "clash")))
NOT_FREQUENT = ("riv*", '"near the market"', "strass*", "nobody")
"""What the word index is asked for, whatever is frequent."""


def told(picture: Picture) -> dict[str, Any]:
    """All that a picture holds, by incident, whatever the numbers of its values."""
    assert list(picture.ids) == sorted(set(picture.ids))
    rows: dict[str, Any] = {one: {} for one in picture.ids}
    for name, column in picture.columns.items():
        assert len(column) == len(picture)
        for one, value in zip(picture.ids, column.tolist(), strict=True):
            rows[one][name] = (picture.values(name)[value] if value >= 0 else None) if name in SINGLE else str(value)
    for name, pairs in picture.pairs.items():
        assert list(pairs.codes) == sorted(pairs.codes)
        for row, code in zip(pairs.rows.tolist(), pairs.codes.tolist(), strict=True):
            rows[picture.ids[row]].setdefault(name, set()).add(picture.values(name)[code] if name in SEVERAL else code)
    postings = picture.postings
    if postings is not None:
        assert list(postings.numbers) == sorted(postings.numbers)
        for row, number in zip(postings.rows.tolist(), postings.numbers.tolist(), strict=True):
            rows[picture.ids[row]].setdefault("words", set()).add(number)
    return rows


def held(picture: Picture) -> dict[tuple[str, int], set[str]]:
    """The frequent words that each pair of an incident and a row of the word index is said to hold."""
    postings = picture.postings
    assert postings is not None and postings.frequent
    found: dict[tuple[str, int], set[str]] = {}
    for word in postings.frequent:
        pairs = zip(postings.rows.tolist(), postings.numbers.tolist(), postings.holding([Term((word,))]).tolist(), strict=True)
        for row, number, holds in pairs:
            found.setdefault((picture.ids[row], number), set()).update([word] if holds else [])
    return found


def held_now(store: Store, frequent: Sequence[str]) -> dict[tuple[str, int], set[str]]:
    """The same, as the word index says."""
    picture = fresh(store)
    assert picture.postings is not None
    with store.committed() as connection:
        found = [picture.postings.find(np.sort(find_numbers(connection, parse_query(word)))) for word in frequent]
    return held(replace(picture, postings=picture.postings.with_frequent(frequent, found)))


def found_now(store: Store, picture: Picture, term: Term) -> list[bool]:
    """The pairs whose row holds the term, as the word index says."""
    assert picture.postings is not None
    with store.committed() as connection:
        return find_hits(connection, picture.postings, term).tolist()


def fresh(store: Store) -> Picture:
    with store.committed() as connection:
        return add_words(connection, load_picture(connection))


def answers(browser: Browser) -> list[object]:
    world = {"west": -180.0, "south": -80.0, "east": 180.0, "north": 80.0}
    found: list[object] = []
    for filters in ASKED:
        found += [browser.page(filters, size=1000), browser.facets(filters), browser.timeline(filters), browser.cells(filters, zoom=5, **world)]
    return found


@pytest.mark.parametrize("seed", range(3))
def test_after_whatever_is_said_and_done_answers_are_those_of_a_browser_that_was_opened_now(store: Store, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.browse.loading_postings.MOST_FREQUENT", 60)  # each of them is asked of the index after each act
    made, browser = crowd(store, seed, reports=25), Browser(store, actors=REGISTER)
    browser.warm_up()
    for words in NOT_FREQUENT:
        browser.page(Filters(words=words))
    done, followed = list[str](), list[int]()
    for _ in range(60):
        done.append(made.act())
        assert told(picture := picture_of(browser)) == told(fresh(store)), done[-5:]
        assert picture.postings is not None and len(picture.postings.frequent) > 10
        assert held(picture) == held_now(store, picture.postings.frequent), done[-5:]
        assert browser._seen is not None and not picture.postings.asked
        followed.append(len(kept := browser._seen.kept("hits")))
        assert {term: mask.tolist() for term, mask in kept.items()} == {term: found_now(store, picture, term) for term in kept}, done[-5:]
    assert min(followed) == max(followed) == len(NOT_FREQUENT) + 1, "that of picture_of, too"
    assert answers(browser) == answers(Browser(store, actors=REGISTER))
    assert len(set(done)) >= 11


def test_nobody_waits_while_the_frequent_words_are_looked_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made, browser = crowd(store, 1, reports=25), Browser(store, actors=REGISTER)
    seen = list[int]()

    def ask_meanwhile(*asked: Any) -> Any:
        assert not browser._lock.locked()
        if len(seen) < 40:
            made.act()
            seen.append(len(browser.page(Filters(), size=1000).ids))
        return find_hits(*asked)

    with monkeypatch.context() as patched:
        patched.setattr("waqai.browse.browser.find_hits", ask_meanwhile)
        browser.page(Filters(words=NOT_FREQUENT[0]))
        browser.warm_up()
    assert len(set(seen)) > 1, "or the test says nothing"
    with store.committed() as connection:
        assert browser._seen is not None and browser._seen.picture.number == last_change(connection)
    assert told(picture := picture_of(browser)) == told(fresh(store))
    assert picture.postings is not None and len(picture.postings.frequent) > 10
    assert held(picture) == held_now(store, picture.postings.frequent)
    assert answers(browser) == answers(Browser(store, actors=REGISTER))


def test_what_changed_since_is_loaded_without_a_question(store: Store) -> None:
    made, browser = crowd(store, 1, reports=25), Browser(store, actors=REGISTER)
    browser.warm_up()
    before = browser._seen
    browser.warm_up()
    assert browser._seen is before is not None
    made.tell()
    browser.warm_up()
    assert browser._seen is not None and told(browser._seen.picture) == told(fresh(store)) != told(before.picture)


def picture_of(browser: Browser) -> Picture:
    browser.page(Filters(words="x"))
    assert browser._seen is not None
    return browser._seen.picture


def test_what_did_not_change_is_not_loaded_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made, browser = crowd(store, 1, reports=30), Browser(store, actors=REGISTER)
    before = picture_of(browser)
    monkeypatch.setattr("waqai.browse.browser.load_picture", lambda _: pytest.fail("everything was loaded again"))
    monkeypatch.setattr("waqai.browse.loading.load_picture", lambda _: pytest.fail("everything was loaded again"))
    assert picture_of(browser) is before
    made.tell()
    assert picture_of(browser) is not before


def test_who_adds_a_word_to_a_search_waits_for_none_that_was_looked_for_before(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made, browser = crowd(store, 1, reports=30), Browser(store, actors=REGISTER)
    for words in ("market", "riv*", '"near the market"'):
        browser.page(Filters(words=words))
    together = [Filters(words=words) for words in ("market riv*", 'RIV* "near the Market"', 'riv* market "near the market" market')]
    wanted = [Browser(store, actors=REGISTER).page(filters).ids for filters in together]
    assert any(wanted) and wanted != [browser.page(Filters(words="market")).ids] * 3
    with monkeypatch.context() as patched:
        patched.setattr("waqai.browse.browser.find_hits", lambda *_: pytest.fail("the database was asked"))
        assert [browser.page(filters).ids for filters in together] == wanted
    made.tell()
    wanted = [Browser(store, actors=REGISTER).page(filters).ids for filters in together]
    monkeypatch.setattr("waqai.browse.browser.find_hits", lambda *_: pytest.fail("the database was asked"))
    assert [browser.page(filters).ids for filters in together] == wanted


def test_a_page_that_began_before_a_change_does_not_take_the_picture_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made, browser = crowd(store, 2, reports=30), Browser(store, actors=REGISTER)
    before = picture_of(browser)
    monkeypatch.setattr("waqai.browse.browser.load_picture", lambda _: pytest.fail("everything was loaded again"))
    monkeypatch.setattr("waqai.browse.loading.load_picture", lambda _: pytest.fail("everything was loaded again"))
    with store.at_one_moment():
        assert picture_of(browser) is before
        telling = threading.Thread(target=lambda: (made.tell(), picture_of(browser)))
        telling.start()
        telling.join()
        assert picture_of(browser).number > before.number
        assert told(picture_of(browser)) == told_newest(store)


def told_newest(store: Store) -> dict[str, Any]:
    with store.committed(newest=True) as connection:
        return told(add_words(connection, load_picture(connection)))


def test_results_that_are_kept_take_no_more_than_so_many_bytes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    _, browser = crowd(store, 1, reports=30), Browser(store, actors=REGISTER)
    monkeypatch.setattr("waqai.browse.browser.MOST_BYTES", 1)
    for words in ("market", "riv*", "market riv*"):
        assert browser.page(Filters(words=words)).ids == Browser(store, actors=REGISTER).page(Filters(words=words)).ids
    assert browser._seen is not None and len(browser._seen._kept["hits"]) == 1


def test_of_many_changes_and_of_a_store_of_earlier_ones_all_is_loaded_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made = crowd(store, 2, reports=30)
    made.tell()
    with store.committed() as connection:
        old = load_picture(connection)
    monkeypatch.setattr("waqai.browse.loading.MOST_AGAIN", 0)
    made.tell()
    with store.committed() as connection:
        assert told(refresh_picture(connection, old)) == told(load_picture(connection))
    with store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE changes SET number = 1")
    monkeypatch.setattr("waqai.browse.loading.MOST_AGAIN", 10**6)
    with store.committed() as connection:
        new = refresh_picture(connection, old)
        assert new.number == 1 and told(new) == told(load_picture(connection))


def test_a_question_within_a_transaction_sees_what_is_committed(store: Store) -> None:
    made, browser = crowd(store, 4, reports=10), Browser(store, actors=REGISTER)
    before = browser.page(Filters()).total
    with pytest.raises(RuntimeError), store.transaction():
        made.incidents.clear()
        made.tell()
        assert browser.page(Filters()).total == before
        raise RuntimeError("power cut")
    made.incidents.clear()
    made.tell()
    assert browser.page(Filters()).total == before + 1
    assert told(picture_of(browser)) == told(fresh(store))


@contextmanager
def asking(browser: Browser, wrong: list[BaseException]) -> Iterator[list[int]]:
    """Four threads that ask until the end; how many incidents they saw."""
    over, totals = threading.Event(), list[int]()

    def ask() -> None:
        while not over.is_set():
            try:
                page = browser.page(Filters(), size=1000)
                assert len(page.ids) == len(set(page.ids)) == page.total
                counts = browser.facets(Filters(words="guards"))
                assert all(one.count > 0 for facet in counts for one in facet.values)
                totals.append(page.total)
            except BaseException as error:  # told to the test, which is another thread
                wrong.append(error)
                return

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    yield totals
    over.set()
    for thread in threads:
        thread.join()


def test_threads_ask_while_another_writes(store: Store) -> None:
    made, browser = crowd(store, 5, reports=10), Browser(store, actors=REGISTER)
    wrong: list[BaseException] = []
    with asking(browser, wrong) as totals:
        for _ in range(25):
            made.incidents.clear()
            made.tell()
    assert wrong == [] and len(totals) > 4
    assert told(picture_of(browser)) == told(fresh(store))


def test_what_another_process_writes_is_seen(store: Store, address: str) -> None:
    crowd(store, 6, reports=10)
    browser = Browser(store, actors=REGISTER)
    before = browser.page(Filters()).total
    code = "import sys; from waqai.store import open_store; from crowds import Crowd; store = open_store(sys.argv[1]); made = Crowd(store, 99); made.tell()"
    subprocess.run([sys.executable, "-c", code, address], check=True, env=_environment())
    assert browser.page(Filters()).total == before + 1
    assert told(picture_of(browser)) == told(fresh(store))


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def test_two_browsers_of_one_store_agree(store: Store, address: str) -> None:
    made = crowd(store, 8, reports=20)
    with open_store(address) as other:
        one, two = Browser(store, actors=REGISTER), Browser(other, actors=REGISTER)
        for _ in range(10):
            made.act()
            assert answers(one) == answers(two)


def test_answers_that_are_kept_are_few(store: Store) -> None:
    crowd(store, 9, reports=10)
    browser = Browser(store, actors=REGISTER)
    for n in range(200):
        browser.page(Filters(type=(f"type {n}",)))
    assert browser._seen is not None and max(map(len, browser._seen._kept.values())) == 64


def test_columns_are_numbers_of_one_kind(store: Store) -> None:
    crowd(store, 10, reports=10)
    picture = fresh(store)
    assert {column.dtype for column in picture.columns.values()} == {np.dtype(np.int32), np.dtype(np.float64)}
