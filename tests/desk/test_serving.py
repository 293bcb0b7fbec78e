"""The desk on real sockets: where it listens, under which names it answers, and whose word on who asks it believes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from argon2 import PasswordHasher

from waqai.core import SettingsError
from waqai.desk import Desk, Reach, make_app, make_reach
from waqai.flow import now
from waqai.gates.serving import bind, make_server
from waqai.people import add_person
from waqai.people.throttle import FREE
from waqai.store import Store, open_store

PASSWORD = "correct horse battery"
NAME = "desk.example"
TRIES = FREE["address"] + 2


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.people.passwords.HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, no wait is over."""
    monkeypatch.setenv("WAQAI_NOW", "2026-03-09T12:00:00+00:00")


@contextmanager
def served(desk: Desk, reach: Reach) -> Iterator[int]:
    """The desk at this reach, and its port."""
    with bind(0, host=reach.host) as listening:
        server = make_server(make_app(desk, reach=reach), reach)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


def has_newer_ip() -> bool:
    try:
        with bind(0, host="::1"):
            return True
    except SettingsError:
        return False


NEWER_IP = pytest.mark.skipif(not has_newer_ip(), reason="no IPv6 on this machine")


def ask(port: int, path: str, *, at: str = "127.0.0.1", form: dict[str, str] | None = None, **headers: str) -> HTTPResponse:
    """The answer, over a connection of its own; `form` is posted."""
    connection = HTTPConnection(at, port, timeout=20)
    sent = {name.replace("_", "-"): value for name, value in {"host": f"{NAME}:{port}", **headers}.items()}
    if form is not None:
        sent["content-type"] = "application/x-www-form-urlencoded"
    connection.request("GET" if form is None else "POST", path, body=None if form is None else urlencode(form), headers=sent)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def guess(port: int, forwarded: Callable[[int], dict[str, str]]) -> list[int]:
    """The statuses of wrong logins, each for another name, with these headers."""
    return [ask(port, "/login", form={"name": f"nobody {n}", "password": "a wrong one"}, **forwarded(n)).status for n in range(TRIES)]


def cookie_of(port: int, **headers: str) -> str:
    """What a right login sets."""
    answer = ask(port, "/login", form={"name": "bo", "password": PASSWORD}, **headers)
    assert answer.status == 303
    return (answer.getheader("set-cookie") or "").lower()


@pytest.fixture
def persons(still_clock: None, store: Store) -> Store:
    add_person("bo", store, role="coder", password=PASSWORD, by="person", at=now())
    return store


def test_it_answers_under_its_names_and_no_other(desk: Desk) -> None:
    with served(desk, make_reach("0.0.0.0", names=[NAME])) as port:
        statuses = {host: ask(port, "/healthz", host=host).status for host in (NAME, f"{NAME}:{port}", f"127.0.0.1:{port}", "evil.example", f"0.0.0.0:{port}")}
    assert list(statuses.values()) == [200, 200, 200, 400, 400]


@NEWER_IP
@pytest.mark.parametrize("host", ["::1", "::"])
def test_it_listens_on_an_address_of_the_newer_ip(desk: Desk, host: str) -> None:
    with served(desk, make_reach(host, names=[NAME])) as port:
        assert ask(port, "/healthz", at="::1", host=f"[::1]:{port}").status == 200
        assert ask(port, "/healthz", at="::1", host="[2001:db8::1]").status == 400


def test_without_a_proxy_nobody_passes_for_other_addresses(desk: Desk, persons: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")  # which uvicorn would heed
    with served(desk, make_reach()) as port:
        here = f"127.0.0.1:{port}"
        codes = guess(port, lambda n: {"x_forwarded_for": f"192.0.2.{n}", "x_real_ip": f"192.0.2.{n}", "forwarded": f"for=192.0.2.{n}", "host": here})
    assert codes[0] == 403 and codes[-1] == 429


def test_behind_a_proxy_it_is_the_address_that_the_proxy_saw_that_counts(desk: Desk, persons: Store) -> None:
    with served(desk, make_reach(names=[NAME], proxy="127.0.0.1")) as port:
        codes = guess(port, lambda n: {"x_forwarded_for": f"198.51.100.{n}"})
        assert set(codes) == {403}  # many people, each wrong once
        codes = guess(port, lambda n: {"x_forwarded_for": f"198.51.100.{n}, 192.0.2.7"})  # what a client sent stands first, what the proxy saw last
        assert codes[0] == 403 and codes[-1] == 429


def test_what_another_than_the_proxy_says_of_itself_is_not_believed(desk: Desk, persons: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    with served(desk, make_reach(names=[NAME], proxy="192.0.2.99")) as port:
        assert "; secure" not in cookie_of(port, x_forwarded_proto="https")
        codes = guess(port, lambda n: {"x_forwarded_for": f"192.0.2.99, 198.51.100.{n}"})
    assert codes[0] == 403 and codes[-1] == 429


@pytest.mark.parametrize(
    "host", ["127.0.0.1", pytest.param("::", marks=NEWER_IP)]
)  # a socket for both versions of IP writes the proxy's address in another way
def test_the_cookie_is_secure_where_the_proxy_speaks_https(desk: Desk, persons: Store, host: str) -> None:
    with served(desk, make_reach(host, names=[NAME], proxy="127.0.0.1")) as port:
        assert "; secure" in cookie_of(port, x_forwarded_proto="https", x_forwarded_for="198.51.100.4")
        assert "; secure" not in cookie_of(port, x_forwarded_proto="http", x_forwarded_for="198.51.100.4")
        assert "; secure" not in cookie_of(port)
    with served(desk, make_reach()) as port:
        assert "; secure" not in cookie_of(port, x_forwarded_proto="https", host="127.0.0.1")


@pytest.mark.parametrize("host", ["203.0.113.7", "2001:db8::7"])
def test_an_address_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(SettingsError, match=f"cannot listen on {host}.*no address of this machine"):
        bind(0, host=host)


def test_a_port_that_is_taken_is_said_so_and_another_one_found_where_none_was_named() -> None:
    with bind(0) as taken:
        with pytest.raises(SettingsError, match=r"cannot be taken .*--port 0"):
            bind(taken.getsockname()[1])
        with bind(None) as one, bind(None) as other:
            assert one.getsockname()[1] != other.getsockname()[1]


@contextmanager
def command(store: Path, *words: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`waqai desk` as a process of its own, and the first line that it prints."""
    called = [sys.executable, "-m", "waqai.cli.main", "desk", "--store", str(store), "--port", "0", "--no-open", *words]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "COLUMNS": "1000"}
    with subprocess.Popen(called, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            yield running.stdout.readline().strip(), running
        finally:
            running.terminate()


def test_the_command_refuses_others_until_somebody_may_log_in_and_then_prints_no_token(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    asked = ("--host", "0.0.0.0", "--allow-host", NAME)
    with command(path, *asked) as (line, running):
        assert running.wait(timeout=60) == 2 and line == ""
        assert "waqai person add NAME --role admin" in running.communicate()[1]
    with open_store(path) as store:
        add_person("bo", store, role="coder", password=PASSWORD, by="person", at=now())
    with command(path, *asked) as (line, running):
        address = urlsplit(line)
        assert (address.hostname, address.path, address.query) == (NAME, "/login", "")
        assert ask(address.port or 0, "/login", host=address.netloc).status == 200
        assert ask(address.port or 0, "/", host=address.netloc).status == 401
        running.terminate()
        assert "http, which is not encrypted" in running.communicate()[1]


@NEWER_IP
def test_the_command_lets_the_owner_in_at_an_address_of_the_newer_ip(tmp_path: Path) -> None:
    with command(tmp_path / "store.sqlite", "--host", "[::1]") as (line, _running):
        address = urlsplit(line)
        assert address.hostname == "::1" and address.path == "/start"
        assert ask(address.port or 0, f"/start?{address.query}", at="::1", host=address.netloc).status == 303


def test_the_command_behind_a_proxy_prints_no_token_and_does_not_warn_of_what_stays_on_the_machine(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with open_store(path) as store:
        add_person("bo", store, role="coder", password=PASSWORD, by="person", at=now())
    with command(path, "--allow-host", NAME, "--proxy", "127.0.0.1") as (line, running):
        assert line.startswith("http://127.0.0.1:") and line.endswith("/login")
        running.terminate()
        said = running.communicate()[1]
    assert f"the proxy at 127.0.0.1, which is asked for {NAME}" in said and "not encrypted" not in said
