"""A desk of two processes over one store: whichever answers, a person sees one desk; and it stops in order."""

from __future__ import annotations

import fcntl
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from waqai.commands.desk import Serving, _tell
from waqai.core import SettingsError
from waqai.desk import make_reach
from waqai.flow import now
from waqai.operating.logs import LogFormat
from waqai.operating.workers import READY, check_workers
from waqai.people import add_person
from waqai.store import open_store

READ_BY_RULES = '[reader]\nname = "rules"\n'
TEXT = "Two men fled the prison of Qalat on 7 May 2021, the police said."


@dataclass
class Served:
    """`waqai desk` as it runs: the first process, the address of its start, what it logged."""

    process: subprocess.Popen[str]
    start: str
    log: Path
    ends: str
    cookie: dict[str, str] = field(default_factory=dict)

    @property
    def port(self) -> int:
        return urlsplit(self.start).port or 0

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[HTTPResponse, str]:
        """The answer, over a connection of its own, so that any of the processes gives it."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = self.cookie | ({} if form is None else {"content-type": "application/x-www-form-urlencoded"})
        connection.request("GET" if form is None else "POST", path, body=None if form is None else urlencode(form), headers=sent)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer, text

    def come_in(self) -> None:
        parts = urlsplit(self.start)
        answer, _text = self.ask(f"{parts.path}?{parts.query}")
        assert answer.status == 303
        self.cookie = {"cookie": (answer.getheader("set-cookie") or "").split(";")[0]}

    @property
    def shared(self) -> Path:
        """The folder of all processes."""
        return next(self.log.parent.glob("waqai-desk-*"))

    def workers(self) -> list[int]:
        """The processes that serve, when all do."""
        for _ in range(240):
            found = [int(path.name.removeprefix(READY)) for path in self.shared.glob(f"{READY}*")]
            if len(found) == 2:
                return found
            time.sleep(0.25)
        raise AssertionError("two processes never served")

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]


def serve(folder: Path, address: str, *words: str, ends: str) -> Served:
    (folder / "waqai.toml").write_text(READ_BY_RULES)
    called = [sys.executable, "-m", "waqai.cli.main", "desk", "--store", address, "--port", "0", "--no-open", "--log", "json", *words]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(folder)}
    log = folder / "log"
    with log.open("w") as written:
        process = subprocess.Popen(called, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=written, text=True)
    assert process.stdout is not None
    return Served(process=process, start=process.stdout.readline().strip(), log=log, ends=ends)


@pytest.fixture(params=[("sqlite", "in order"), pytest.param(("postgresql", "by its parent"), marks=pytest.mark.slow)], ids=lambda param: param[0])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    engine, ends = request.param
    served = serve(tmp_path, request.getfixturevalue("new_address")(engine), "--workers", "2", ends=ends)
    yield served
    served.process.terminate()
    served.process.wait(40)


def wait_for(desk: Served, path: str, sign: str) -> str:
    for _ in range(240):
        text = desk.ask(path)[1]
        if re.search(sign, text):
            return text
        time.sleep(0.25)
    raise AssertionError(f"{path} never told of {sign!r}: {text[-3000:]}")


def test_two_processes_are_one_desk_to_whoever_asks(desk: Served, tmp_path: Path) -> None:
    """One walk, as starting is what takes long: in by the start address, a report added, its page followed, metrics, a killed process, an end in order."""
    desk.come_in()
    before = desk.workers()
    assert {desk.ask("/incidents")[0].status for _ in range(12)} == {200}  # the session holds in both
    parts = urlsplit(desk.start)
    assert {desk.ask(f"{parts.path}?{parts.query}")[0].status for _ in range(6)} == {403}  # the start address was taken for both

    where = desk.ask("/add", {"text": TEXT, "title": "Flight", "published": "2021-05-08"})[0].getheader("location") or ""
    text = wait_for(desk, where, "1 new report")
    answers = [desk.ask(where) for _ in range(12)]
    assert {answer.status for answer, _ in answers} == {200} and all("1 new report" in text for _, text in answers)
    assert where in desk.ask("/add")[1] and "Flight" in text
    assert {desk.ask(path)[0].status for path in ("/add/0000000000000000", "/add/..%2F..%2Fturn", "/add/*")} == {404}

    assert desk.shared.stat().st_mode & 0o777 == 0o700
    with pytest.raises(BlockingIOError):  # what systemd-tmpfiles tries before it takes a folder of /tmp away
        fcntl.flock(os.open(desk.shared, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
    asked = [desk.ask("/health")[0].status for _ in range(8)]
    counted = desk.ask("/metrics")[1]
    assert asked == [200] * 8 and 'waqai_requests_total{method="GET",route="/health",status="2xx"} 8.0' in counted
    assert 'waqai_desk_runs{stage="done"} 1.0' in counted and "waqai_reports 1.0" in counted

    os.kill(before[0], signal.SIGKILL)
    wait_for(desk, "/metrics", "waqai_requests_total")
    while before[0] in desk.workers():
        time.sleep(0.25)
    assert desk.ask("/health")[0].status == 200 and "1 new report" in desk.ask(where)[1]  # told by a file, whoever read it
    assert [one["worker"] for one in desk.lines() if one["event"] == "a worker ended and is started anew"] in ([1], [2])

    if desk.ends == "in order":
        desk.process.send_signal(signal.SIGTERM)
        assert desk.process.wait(30) == 0 and not list(tmp_path.glob("waqai-desk-*"))
    else:  # the first process is gone: the others go with it
        desk.process.kill()
    wait_until_nobody_listens(desk.port)
    assert not any(word in desk.log.read_text() for word in ("Flight", TEXT[:8], "token"))


def wait_until_nobody_listens(port: int) -> None:
    for _ in range(240):
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) != 0:
                return
        time.sleep(0.25)
    raise AssertionError("somebody still listens")


@pytest.mark.parametrize(("log", "ending"), [("json", "/login"), ("text", "/start")])
def test_where_logs_are_kept_no_start_address_is_printed_to_a_desk_with_persons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], log: LogFormat, ending: str
) -> None:
    with open_store(tmp_path / "store.sqlite") as store:
        serving = Serving(store=None, reach=make_reach(), by=None, log=log)
        _tell(serving, store, "http://127.0.0.1:8765", workers=1, open_browser=False)
        assert urlsplit(capsys.readouterr().out.strip()).path == "/start"  # else nobody could come in
        add_person("bo", store, role="admin", password="correct horse battery", by="person", at=now())
        _tell(serving, store, "http://127.0.0.1:8765", workers=1, open_browser=False)
        assert urlsplit(capsys.readouterr().out.strip()).path == ending


@pytest.mark.parametrize("workers", [0, -1, 65])
def test_numbers_of_processes_that_cannot_be_are_refused(workers: int) -> None:
    with pytest.raises(SettingsError, match=f"--workers {workers}: a desk is served by 1 to 64 processes"):
        check_workers(workers)


def test_several_processes_are_refused_where_they_cannot_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    check_workers(1)
    with pytest.raises(SettingsError, match="on Windows a desk is served by one process"):
        check_workers(2)
