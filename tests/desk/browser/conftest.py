"""A real browser before a real desk: Debian's Chromium, and a server on this machine over reports of the demo's corpus that were read and linked for real."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response

from waqai.codebook import load_actors
from waqai.desk import Desk, make_app, make_desk
from waqai.flow import add_reports, build_chain, demo_corpus, iter_incoming, now, shipped_settings
from waqai.gates.serving import bind
from waqai.people import add_person, add_token, disable_person, revoke_token
from waqai.store import Store, open_store

REPORTS = 24
ARABIC = {
    "id": "arabic-title",
    "title": "فرار ٢٥ سجيناً من سجن في رأس العين",
    "publisher": "مرصد المثال",
    "published": "2023-06-20",
    "text": "At least 25 prisoners escaped from a prison in Ras al-Ain on Sunday, June 18, the Syrian Observatory said. Guards were sought.",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.needs("chromium"))


@dataclass(frozen=True, slots=True)
class Served:
    """An open desk: its address, its store, and a new start address whenever one is asked for."""

    base: str
    desk: Desk

    @property
    def store(self) -> Store:
        return self.desk.store

    def start_address(self) -> str:
        return f"{self.base}/start?token={self.desk.mint_start_token()}"


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of reports that were read and linked as `waqai add` does."""
    folder = tmp_path_factory.mktemp("read")
    with demo_corpus() as corpus, corpus.open(encoding="utf-8") as lines:
        (folder / "reports.jsonl").write_text("".join(islice(lines, REPORTS)) + json.dumps(ARABIC) + "\n", encoding="utf-8")
    settings = shipped_settings()
    with open_store(folder / "store.sqlite", actors=load_actors()) as store:
        add_reports(iter_incoming([folder / "reports.jsonl"], settings=settings), build_chain(settings), store)
        add_people(store)
    return folder / "store.sqlite"


def add_people(store: Store) -> None:
    """Persons and tokens in every state in which a page shows them."""
    for name, role in (("root", "admin"), ("سارة", "reviewer"), ("bo", "coder")):
        add_person(name, store, role=role, password="correct horse battery", must_change=name == "سارة", by="person", at=now())
    for name in ("nightly export", "feed reader"):
        made = add_token(name, store, scopes=["read", "export"], by="person", at=now(), person="bo")
    revoke_token(made.token.id, store, by="person", at=now())
    disable_person("bo", store, by="person", at=now())


@pytest.fixture
def served(read_once: Path, tmp_path: Path) -> Iterator[Served]:
    """A desk over a copy of that store."""
    shutil.copy(read_once, tmp_path / "store.sqlite")
    with open_store(tmp_path / "store.sqlite", actors=load_actors()) as store, bind(0) as listening:
        desk = make_desk(store, shipped_settings(), owner_name="ana")
        server = uvicorn.Server(uvicorn.Config(make_app(desk), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield Served(f"http://127.0.0.1:{listening.getsockname()[1]}", desk)
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic"]
    return {**browser_type_launch_args, "executable_path": shutil.which("chromium"), "args": ["--no-sandbox", *quiet]}


@pytest.fixture
def page(context: BrowserContext, served: Served) -> Iterator[Page]:
    """A page that came in. It fails the test for an error of a script, a message on the console, a request that leaves the machine."""
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if is_wrong(message) else None)
    page.on("response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if is_missing(answer) else None)
    page.on("request", lambda request: wrong.append(request.url) if not request.url.startswith((served.base, "data:", "blob:")) else None)
    page.goto(served.start_address())
    yield page
    assert wrong == []


def is_wrong(message: ConsoleMessage) -> bool:
    """Whether a browser complains of something else than a status, which `is_missing` looks at."""
    return message.type in ("error", "warning") and not message.text.startswith("Failed to load resource")


def is_missing(answer: Response) -> bool:
    """Whether something that a page needs is not there. A page itself may say so, and 409 is an answer to what a person asked."""
    return answer.status >= 400 and answer.status != 409 and answer.request.resource_type != "document"
