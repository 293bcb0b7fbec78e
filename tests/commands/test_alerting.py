"""`waqai alert`: made, listed, run, tested, removed; what people and programs are told."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from alerted import begin, catch, go_on
from command_line import Run
from flow.model.scripted import sends, serving
from waqai.alerts import get_alert
from waqai.commands import alerting
from waqai.store import Store, open_store


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store with one escape, named to all commands."""
    path = str(tmp_path / "s.sqlite")
    with open_store(path) as store:
        begin(store)
    monkeypatch.setenv("WAQAI_STORE", path)
    return path


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file that lets webhooks call this machine."""
    file = tmp_path / "waqai.toml"
    file.write_text('[alerts]\ndesk = "https://desk.example"\nallow_hosts = ["127.0.0.1"]\n')
    monkeypatch.setenv("WAQAI_SETTINGS", str(file))
    return file


def test_an_alert_is_made_run_and_shown(run: Run, address: str, settings: Path) -> None:
    with serving(sends("", status=200)) as script:
        made = run("alert", "add", "Escapes", "--type", "escape", "--country", "sy", "--webhook", script.address, "--by", "ana")
        assert made.code == 0 and made.out.startswith("whsec_") and made.out.count("\n") == 1
        assert "tells of type=escape, country=sy; what passes by now is taken as known" in made.err
        assert run("alert", "run") == (run("alert", "run"))  # nothing to say
        with open_store(address) as store:
            go_on(store)
            catch(store)
        told = run("alert", "run")
    assert told.code == 0 and told.out == "Escapes: 1 piece of news\nEscapes: webhook to 127.0.0.1: 1 piece of news sent\n"
    assert len(script.seen) == 1 and script.seen[0].body["data"]["news"][0]["address"] == "https://desk.example/incidents/i-escape"
    listed = run("alert", "list", "--format", "json")
    (one,) = json.loads(listed.out)
    assert (one["name"], one["filters"], one["made_by"], one["news"]) == ("Escapes", {"type": ["escape"], "country": ["sy"]}, "person:ana", 1)
    assert one["doors"] == [{"kind": "webhook", "address": "127.0.0.1", "roll_up_s": 0}] and one["deliveries"][0]["sent_at"]
    shown = run("alert", "show", "escapes").out
    assert "type=escape, country=sy" in shown and "sent 2024-01-01" in shown and made.out.strip() not in shown + listed.out
    assert run("alert", "list").out.count("Escapes") == 1


def test_what_is_not_delivered_is_said_with_the_next_try_and_given_up_is_exit_status_1(run: Run, address: str, settings: Path) -> None:
    with serving(sends("", status=500), sends("", status=410)) as script:
        run("alert", "add", "Escapes", "--webhook", script.address, "--from-start")
        told = run("alert", "run")
        assert told.code == 0 and "not delivered, next try 2024-01-01 00:01 UTC (127.0.0.1 answered 500)" in told.out
        with pytest.MonkeyPatch.context() as later:
            later.setenv("WAQAI_NOW", "2024-01-01T00:01:00+00:00")
            told = run("alert", "run")
    assert told.code == 1 and "not delivered, given up (127.0.0.1 answered 410 (it wants no more))" in told.out


def test_a_feed_is_printed(run: Run, address: str, settings: Path) -> None:
    run("alert", "add", "Escapes", "--from-start")
    run("alert", "run")
    atom = ElementTree.fromstring(run("alert", "feed", "Escapes").out)
    told = json.loads(run("alert", "feed", "Escapes", "--format", "json").out)
    assert len(atom.findall("{http://www.w3.org/2005/Atom}entry")) == len(told["items"]) == 1
    with open_store(address) as store:
        assert told["feed_url"] == f"https://desk.example/alerts/{get_alert('escapes', store).id}.json"


def test_it_is_paused_goes_on_gets_another_key_and_is_removed(run: Run, address: str) -> None:
    first = run("alert", "add", "Escapes", "--webhook", "https://example.org/x").out
    assert run("alert", "pause", "escapes").out == "Escapes is paused\n" and "paused" in run("alert", "list").out
    assert run("alert", "resume", "escapes").out == "Escapes goes on with the next round\n"
    other = run("alert", "key", "escapes")
    assert other.out.startswith("whsec_") and other.out != first
    assert run("alert", "remove", "escapes").out == "removed: Escapes\n"
    gone = run("alert", "show", "escapes")
    assert gone.code == 1 and "`waqai alert list` lists them" in gone.err
    assert "no alerts" in run("alert", "list").out


def test_a_test_goes_out_now(run: Run, address: str, settings: Path) -> None:
    with serving(sends("", status=200)) as script:
        run("alert", "add", "a", "--webhook", script.address)
        done = run("alert", "test", "a")
    assert done.code == 0 and "sent" in done.out and len(script.seen) == 1
    run("alert", "add", "feeds only")
    assert "it has feeds only" in run("alert", "test", "feeds only").out
    run("alert", "add", "mail", "--mail", "a@example.org")
    failed = run("alert", "test", "mail")
    assert failed.code == 1 and "[alerts.mail]" in failed.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--type", "escpe"], "there is no type 'escpe'"),
        (["--roll-up", "1d"], "name a --webhook or --mail"),
        (["--mail", "ana"], "no mail address"),
        (["--webhook", "example.org"], "http or https"),
        (["--mail", "a@example.org", "--roll-up", "often"], "no length of time"),
        (["--quiet", "nights"], "no quiet hours"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(run: Run, address: str, words: list[str], said: str) -> None:
    ran = run("alert", "add", "Escapes", *words)
    assert ran.code != 0 and said in " ".join(ran.err.replace("│", " ").split())
    assert "no alerts" in run("alert", "list").out


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('host = "mx.example"', "alerts.mail.sender is empty"),
        ('host = "mx.example"\nsender = "w@example.org"\nuser = "w"', "the environment has no WAQAI_SMTP_PASSWORD"),
        ('host = "mx.example"\nsender = "w@example.org"\nuser = "w"\nsecurity = "none"', "for everybody to read"),
        ("port = 0", "alerts.mail.port"),
    ],
)
def test_settings_that_cannot_be_are_said_before_anything_is_sent(run: Run, address: str, settings: Path, lines: str, said: str) -> None:
    settings.write_text(f"[alerts.mail]\n{lines}\n")
    ran = run("alert", "run")
    assert ran.code == 2 and said in ran.err


def test_every_so_often_goes_on_after_an_error_until_it_is_stopped(run: Run, address: str, settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("alert", "add", "Escapes")
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 2:
            raise KeyboardInterrupt
        with open_store(address) as store:
            add_another(store)

    monkeypatch.setattr(alerting.time, "sleep", nap)
    done = run("alert", "run", "--every", "5m")
    assert done.code == 130 and naps == [300.0, 300.0] and done.out == "Escapes: 1 piece of news\n"


def add_another(store: Store) -> None:
    catch(store)
