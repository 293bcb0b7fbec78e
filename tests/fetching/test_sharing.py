"""Programs side by side are polite together, and none is held up or broken by what another wrote or holds."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from fetching.test_politeness import Clock
from waqai.fetching import FetchFailed, Politeness, SharedTurns
from waqai.fetching import sharing as module

HOST = "a.example"
PROGRAM = """
import sys, time
from pathlib import Path
from waqai.fetching import Politeness, SharedTurns
polite = Politeness(delay_s=0.3, shared=SharedTurns(Path(sys.argv[1])))
for _ in range(3):
    polite.wait("a.example")
    print(time.monotonic(), flush=True)
"""


def test_two_processes_come_to_a_host_one_after_the_other_with_its_pause(tmp_path: Path) -> None:
    path = tmp_path / "data" / "hosts.json"
    called = [sys.executable, "-c", PROGRAM, str(path)]
    both = [subprocess.Popen(called, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": ":".join(sys.path)}) for _ in range(2)]
    moments = sorted(float(line) for process in both for line in process.communicate(timeout=60)[0].split())
    assert len(moments) == 6 and min(later - sooner for sooner, later in pairwise(moments)) > 0.25
    assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700


def both(path: Path, clock: Clock) -> tuple[Politeness, Politeness]:
    """What two processes of one machine have, which have one clock."""
    return clock.polite(shared=SharedTurns(path)), clock.polite(shared=SharedTurns(path))


def test_a_turn_that_one_takes_is_waited_for_by_the_other_and_hosts_are_apart(tmp_path: Path) -> None:
    clock = Clock()
    one, other = both(tmp_path / "hosts.json", clock)
    assert [one.wait(HOST), other.wait(HOST, delay_s=5), one.wait(HOST), other.wait("b.example"), one.wait("b.example")] == [0, 2, 5, 0, 2]
    clock.at += 60
    assert other.wait(HOST) == 0


def test_who_asks_one_to_be_left_alone_is_left_alone_by_the_other(tmp_path: Path) -> None:
    clock = Clock()
    one, other = both(tmp_path / "hosts.json", clock)
    one.rest(HOST, 500)
    with pytest.raises(FetchFailed, match="left alone for another 500 seconds"):
        other.wait(HOST)
    other.rest(HOST, 5)
    clock.at += 501
    assert one.wait(HOST) == 0


def test_a_turn_that_is_refused_is_not_taken(tmp_path: Path) -> None:
    clock = Clock()
    one, other = both(tmp_path / "hosts.json", clock)
    one.wait(HOST, delay_s=600)
    for _ in range(3):
        with pytest.raises(FetchFailed, match="in 600 seconds"):
            other.wait(HOST, delay_s=600)


def written(path: Path, **said: object) -> Path:
    boot = module._this_boot()
    path.write_text(json.dumps({"boot": boot, "free_at": {}, "resting": {}} | said), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "said",
    [
        {"boot": "another start of the machine", "free_at": {HOST: 1_001.0}, "resting": {HOST: 1_050.0}},
        {"free_at": {HOST: 1_063.0}},  # further ahead than the longest wait and a pause
        {"free_at": {HOST: float("inf")}, "resting": {HOST: float("nan")}},
        {"resting": {HOST: 90_000.0}},  # longer than a day
        {"free_at": [HOST], "resting": None},
        {"free_at": {HOST: "1001"}},
        {"free_at": {HOST: 10**400}},
    ],
)
def test_what_cannot_be_holds_nobody_up(tmp_path: Path, said: dict[str, object]) -> None:
    polite = Clock().polite(shared=SharedTurns(written(tmp_path / "hosts.json", **said)))
    assert [polite.wait(HOST), polite.wait(HOST)] == [0, 2]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b"null", b"[" * 500_000])
def test_a_file_that_is_broken_is_written_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "hosts.json"
    path.write_bytes(content)
    one, other = both(path, Clock())
    assert [one.wait(HOST), other.wait(HOST)] == [0, 2]


def test_where_no_file_can_be_each_is_polite_on_its_own(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    for path in (tmp_path, tmp_path / "file" / "hosts.json", Path("/proc/hosts.json"), tmp_path / "link"):
        polite = Clock().polite(shared=SharedTurns(path))
        polite.rest("b.example", 9)
        assert [polite.wait(HOST), polite.wait(HOST)] == [0, 2]
    assert (tmp_path / "file").read_bytes() == b""


def test_where_another_holds_the_file_for_long_each_is_polite_on_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOCKED_S", 0.05)
    path = written(tmp_path / "hosts.json", free_at={HOST: 1_001.0})
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        polite = Clock().polite(shared=SharedTurns(path))
        assert [polite.wait(HOST), polite.wait(HOST)] == [0, 2]


def test_a_machine_that_does_not_say_when_it_was_started_shares_pauses_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BOOT", tmp_path / "nowhere")
    one, other = both(tmp_path / "hosts.json", Clock())
    one.rest(HOST, 500)
    assert (other.wait(HOST), other.wait("b.example")) == (0, 0)
    assert both(tmp_path / "hosts.json", Clock())[0].wait("b.example") == 2


def test_the_file_does_not_grow_for_ever_and_files_are_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SHARED", 5)
    clock = Clock()
    polite, open_before = clock.polite(shared=SharedTurns(tmp_path / "hosts.json")), len(list(Path("/proc/self/fd").iterdir()))
    for n in range(20):
        polite.wait(f"{n}.example")
    told = json.loads((tmp_path / "hosts.json").read_bytes())
    assert len(told["free_at"]) == 5 and len(list(Path("/proc/self/fd").iterdir())) == open_before
    clock.at += 9
    polite.wait(HOST)
    assert list(json.loads((tmp_path / "hosts.json").read_bytes())["free_at"]) == [HOST]
