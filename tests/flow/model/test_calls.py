"""The log of calls lies beside the store, and a call that could not be logged is not made."""

from __future__ import annotations

from pathlib import Path

import pytest

from waqai.core import StoreError
from waqai.flow.doors import default_store
from waqai.flow.model.calls import CallLog, call_log_path


def test_the_log_lies_beside_a_store_that_is_a_file() -> None:
    assert call_log_path("/data/s.sqlite") == Path("/data/s.sqlite.model-calls.jsonl")
    assert call_log_path(None) == default_store("store.sqlite.model-calls.jsonl")


def test_for_a_store_on_a_server_it_lies_in_the_users_data_folder_and_names_no_password() -> None:
    path = call_log_path("postgresql://ana:secret@db/waqai")
    assert path.parent == default_store().parent and "secret" not in str(path)


def test_a_log_that_cannot_be_written_is_an_error_before_anything_is_sent(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="none is made"):
        CallLog(tmp_path / "file" / "calls.jsonl")
