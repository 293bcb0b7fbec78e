"""A transaction whose database goes away within it: the first error is the one that is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from scenes import report_of
from waqai.core import StoreError
from waqai.engines.adding import is_cut_off
from waqai.store import open_store


def cut(address: str, connection: sa.Connection) -> None:
    """End the backend of this connection, as a server that is stopped does."""
    pid = connection.scalar(sa.text("SELECT pg_backend_pid()"))
    admin = sa.create_engine(sa.make_url(address).set(drivername="postgresql+psycopg"), poolclass=sa.NullPool)
    with admin.connect() as other:
        other.execute(sa.text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_a_database_that_is_cut_off_at_any_depth_is_told_as_cut_off(depth: int, new_address: Callable[[str], str]) -> None:
    address = new_address("postgresql")

    def write(left: int) -> None:
        with store.writing() as connection:
            if left:
                return write(left - 1)
            cut(address, connection)
            store.add_report(report_of("lake"))

    with open_store(address) as store:
        with pytest.raises(StoreError) as caught:
            write(depth)
        assert is_cut_off(caught.value) and "terminating connection" in str(caught.value)
        store.add_report(report_of("lake"))  # it goes on with a new connection
        assert store.counts().reports == 1


def test_a_step_that_is_tried_after_the_database_was_cut_off_within_is_told_as_cut_off_too(new_address: Callable[[str], str]) -> None:
    address = new_address("postgresql")
    with open_store(address) as store, pytest.raises(StoreError) as caught, store.transaction():
        with pytest.raises(StoreError), store.writing() as connection:
            cut(address, connection)
            connection.execute(sa.text("SELECT 1"))
        store.add_report(report_of("lake"))  # as whoever takes the first error for one bad record does
    assert is_cut_off(caught.value)


def test_an_error_of_the_caller_within_a_database_that_is_cut_off_is_told_as_cut_off(new_address: Callable[[str], str]) -> None:
    address = new_address("postgresql")
    with open_store(address) as store, pytest.raises(StoreError) as caught, store.transaction(), store.writing() as connection:
        cut(address, connection)
        raise ValueError("one bad record")
    assert is_cut_off(caught.value), "the transaction is gone: nobody may take this for one bad record and go on"
