from __future__ import annotations

import json

from scenes import fill
from waqai.schema.tables import metadata
from waqai.store import Store


def test_a_dump_holds_every_row_in_order(store: Store) -> None:
    fill(store)
    rows = [json.loads(line) for line in store.iter_dump(without=())]
    tables = [row["table"] for row in rows]
    assert tables == sorted(tables)
    assert tables.count("reports") == 4
    assert tables.count("log") == tables.count("log_payloads") == 6
    assert set(tables) <= set(metadata.tables)
