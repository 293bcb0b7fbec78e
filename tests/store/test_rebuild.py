from __future__ import annotations

import sqlalchemy as sa

from scenes import fill
from waqai.store import Store


def test_a_rebuild_of_untouched_views_is_equal(store: Store) -> None:
    fill(store)
    rebuilt = store.rebuild()
    assert (rebuilt.is_equal, rebuilt.rows) == (True, 6 + 6 + 6 + 4 + 6 + 5 + 6 + 8)


def test_a_rebuild_names_what_was_changed_missing_or_too_many_and_mends_it(store: Store) -> None:
    fill(store)
    before = list(store.iter_dump())
    with store._engine.begin() as connection:
        connection.execute(sa.text("UPDATE incidents SET grade = 'confirmed' WHERE id = 'i-escape'"))
        connection.execute(sa.text("DELETE FROM members WHERE incident = 'i-caught'"))
        connection.execute(sa.text("UPDATE outlines SET country = 'XX' WHERE incident = 'i-aid'"))
        connection.execute(sa.text("DELETE FROM bearers WHERE name = 'qalat prison'"))
        connection.execute(sa.text("UPDATE queue SET rank = 0 WHERE incident = 'i-aid'"))
        connection.execute(sa.text("DELETE FROM search WHERE incident = 'i-aid'"))
        connection.execute(sa.text("UPDATE incidents SET id = 'i-false' WHERE id = 'i-meeting'"))
        connection.execute(sa.text("DELETE FROM traits WHERE incident = 'i-aid'"))
    said = store.rebuild().differing
    assert {line.split()[-1] for line in said} == {"changed", "missing", "there"}
    assert "incident i-escape was changed" in said and "incident i-false should not have been there" in said
    assert any(line.startswith("the outline of account a-") and line.endswith(" was changed") for line in said)
    assert any(line.startswith("the place in the queue of account a-") and line.endswith(" was changed") for line in said)
    assert any(line.startswith("a name of account a-") and line.endswith("(facility qalat prison) was missing") for line in said)
    assert "a trait of incident i-aid (publisher The Lake) was missing" in said
    assert "incident i-meeting was missing" in said and "the words of i-aid was missing" in said
    assert list(store.iter_dump()) == before and store.rebuild().is_equal
