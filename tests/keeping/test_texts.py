"""A text that is not the one that came in is named, whatever became of it; the odd ones that came in are not."""

from __future__ import annotations

import pytest

from factories import make_report
from scenes import fill
from waqai.keeping.checks import check_open_store
from waqai.keeping.texts import find_changed_texts
from waqai.store import Store

ODD = ("", "é ﷽ 𓂀\n", "a\x00b", "half \ud83d of a pair", "\ue000 and \ue0000000", "line\r\nend\u2028\x85")


def changed(store: Store) -> tuple[str, ...]:
    with store.committed(newest=True) as connection:
        return find_changed_texts(connection)


def spoil(store: Store, value: str) -> None:
    """Another text for one report, which the guards would not let pass."""
    with store.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("ALTER TABLE reports DISABLE TRIGGER USER")
            connection.exec_driver_sql(f"UPDATE reports SET text = {value} WHERE id = 'lake'")
            connection.exec_driver_sql("ALTER TABLE reports ENABLE TRIGGER USER")
        else:
            connection.exec_driver_sql("DROP TRIGGER reports_no_update")
            connection.exec_driver_sql(f"UPDATE reports SET text = {value} WHERE id = 'lake'")


def test_every_text_that_came_in_is_as_it_came(store: Store) -> None:
    fill(store)
    for number, text in enumerate(ODD):
        store.add_report(make_report(f"A report. {text}", id=f"odd-{number}"))
    assert changed(store) == () and store.counts().reports == 4 + len(ODD)


@pytest.mark.parametrize("value", ["text || '.'", "replace(text, 'a', 'b')", "''", "text || '\ue000'"])
def test_a_changed_text_is_named_by_doctor_too(store: Store, value: str) -> None:
    fill(store)
    spoil(store, value)
    assert changed(store) == ("lake",)
    found = {check.name: check for check in check_open_store(store, actors=None)}
    assert found["texts"].state == "wrong" and "the text of report 'lake' is not the one that came in" in found["texts"].said and found["texts"].help
    assert found["log"].state == "ok" and found["pages"].state == "ok", "nothing else tells of it"


def test_a_text_that_is_no_text_any_more_is_named(store: Store) -> None:
    fill(store)
    if "://" in store.address:
        pytest.skip("PostgreSQL takes none")
    for value in ("CAST(x'4142FF' AS TEXT)", "CAST(x'41FFEE8080' AS TEXT)"):
        with store.writing() as connection:
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS reports_no_update")
            connection.exec_driver_sql(f"UPDATE reports SET text = {value} WHERE id = 'lake'")
        assert changed(store) == ("lake",)
