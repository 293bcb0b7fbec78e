"""A desk over the made-up news of `scenes`, watched as it is when it is served."""

from __future__ import annotations

import io
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import scenes
from command_line import run
from waqai.codebook import load_actors
from waqai.desk import Desk, make_app, make_desk
from waqai.flow import shipped_settings
from waqai.operating.logs import set_up_logs
from waqai.operating.requests import Watched
from waqai.store import Store, open_store

__all__ = ["run"]
BASE = "http://127.0.0.1:8765"
HERE = ("127.0.0.1", 40_000)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Store]:
    """The whole scene."""
    with open_store(tmp_path / "store.sqlite", actors=load_actors()) as opened:
        scenes.fill(opened)
        yield opened


@pytest.fixture
def desk(scene: Store) -> Desk:
    return make_desk(scene, shipped_settings(), owner_name="ana")


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    """A program on this machine."""
    with TestClient(Watched(make_app(desk)), base_url=BASE, follow_redirects=False, raise_server_exceptions=False, client=HERE) as asking:
        yield asking


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is logged, as JSON, down to what is told for debugging only."""
    monkeypatch.setenv("WAQAI_LOG_LEVEL", "debug")
    monkeypatch.setenv("WAQAI_NOW", "2026-03-09T12:00:00+00:00")
    hooks, root = (sys.excepthook, threading.excepthook), list(logging.getLogger().handlers)
    stream = io.StringIO()
    set_up_logs("json", stream=stream)
    yield stream
    sys.excepthook, threading.excepthook = hooks
    logging.getLogger().handlers = root
    for name in ("waqai", "uvicorn", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.NOTSET)
