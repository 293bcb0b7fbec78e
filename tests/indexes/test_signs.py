from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from scenes import fill
from waqai.indexes.signs import COLUMNS, cell_of, cells_around
from waqai.schema import tables
from waqai.store import Store


def test_the_signs_of_an_account_stand_beside_its_seat(store: Store) -> None:
    fill(store)
    members, reports = tables.members, tables.reports.c
    with store._reading() as connection:
        chosen = sa.select(*(members.c[name] for name in COLUMNS)).join(tables.reports, reports.sha256 == members.c.report_sha256)
        daily, lake_aid = (connection.execute(chosen.where(*where)).one() for where in ([reports.id == "daily"], [members.c.type == "aid"]))
    day = date(2021, 3, 5).toordinal()
    assert tuple(daily) == ("custody_exit", "escape", day, day, "SY", "test:tel-salam", cell_of(36.5, 40.5))
    assert tuple(lake_aid) == ("policy_and_aid", "aid", date(2021, 1, 31).toordinal(), date(2021, 3, 3).toordinal(), "", None, None)


@pytest.mark.parametrize(
    ("point", "inside"),
    [
        ((36.9, 179.9), (36.9, -179.9)),  # across the date line
        ((0.0, 0.0), (-0.5, -0.5)),
        ((64.0, 20.0), (64.0, 22.0)),  # a degree is short up north
    ],
)
def test_the_cells_around_a_point_hold_what_is_near(point: tuple[float, float], inside: tuple[float, float]) -> None:
    assert cell_of(*inside) in cells_around(*point, km=100)


def test_the_cells_around_a_point_are_few() -> None:
    assert len(cells_around(36.5, 40.5, km=100)) <= 12 and cell_of(33.5, 36.3) not in cells_around(36.5, 40.5, km=100)
