"""Killed before any write, a store is whole, and doing the same again completes it. A few writes of each step; `python -m bench.crashing` takes them all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from crashes import STEPS, Step, address_of, fixed, in_child, look, run_killed, run_undisturbed
from scenes import fill
from waqai.flow import now
from waqai.keeping.backups import backup_store
from waqai.keeping.moving import move_store
from waqai.keeping.restoring import Means, restore_store
from waqai.store import open_store

KILLS = 2


@pytest.mark.parametrize("name", STEPS)
def test_what_is_left_is_whole_and_doing_it_again_completes_it(name: str, tmp_path: Path) -> None:
    with fixed():
        course = run_undisturbed(STEPS[name], tmp_path)
    assert course.writes > 10
    for kill_at in Random(name).sample(range(1, course.writes + 1), KILLS):
        assert run_killed(STEPS[name], course, tmp_path, kill_at=kill_at) == [], f"killed before write {kill_at} of {course.writes}"


def test_half_a_step_would_be_found(tmp_path: Path) -> None:
    """A step that is two transactions, called one: the test above can fail."""
    both = STEPS["judge"].do[0], STEPS["correct"].do[0]

    def do(folder: Path) -> None:
        for part in both:
            part(folder)

    torn = Step(STEPS["judge"].prepare, [do])
    with fixed():
        course = run_undisturbed(torn, tmp_path)
    faults = run_killed(torn, course, tmp_path, kill_at=course.writes - 3)
    assert any("half a step" in fault for fault in faults)


def test_a_move_to_postgresql_that_is_killed_leaves_it_empty_and_is_begun_again(new_address: Callable[[str], str], tmp_path: Path) -> None:
    target, source = new_address("postgresql"), tmp_path / "s.sqlite"
    with open_store(source) as store:
        fill(store)
        expected = list(store.iter_dump(without=()))

    def move() -> None:
        with open_store(source) as store:
            move_store(store, target)

    for kill_at in (4, 20):
        assert in_child(move, kill_at=kill_at) == -9
        with open_store(target) as store:
            assert store.counts().reports == 0 and list(store.iter_log()) == []
    move()
    with open_store(target) as store:
        assert list(store.iter_dump(without=())) == expected


def test_a_database_that_is_being_restored_is_the_old_one_or_the_new_one(new_address: Callable[[str], str], tmp_path: Path) -> None:
    target = new_address("postgresql")
    with open_store(tmp_path / "s.sqlite") as store:
        fill(store)
        backup_store(store, tmp_path / "b.sqlite")
        expected = list(store.iter_dump(without=()))
    with open_store(target) as store:
        before = list(store.iter_dump(without=()))

    def restore() -> None:
        restore_store(str(tmp_path / "b.sqlite"), target, agree=lambda _: True, means=Means(now=now))

    writes = in_child(restore, kill_at=None)
    with open_store(target) as store:
        assert list(store.iter_dump(without=())) == expected
        store.append(kind="noted", subject="i-aid", value={"incident": "i-aid", "words": "later"}, because="", by="p", at=now())
        before = list(store.iter_dump(without=()))
    for kill_at in (writes // 2, writes - 2):
        assert in_child(restore, kill_at=kill_at) == -9
        with open_store(target) as store:
            assert list(store.iter_dump(without=())) == before and store.verify().holds
    restore()
    with open_store(target) as store:
        assert list(store.iter_dump(without=())) == expected


def test_a_report_added_to_postgresql_is_there_wholly_or_not_at_all(new_address: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "address").write_text(new_address("postgresql"))
    with fixed():
        STEPS["add"].do[0](tmp_path)  # herald
        before = look(tmp_path)
    add = STEPS["add"].do[1]
    for kill_at in (3, 20):
        assert in_child(lambda: add(tmp_path), kill_at=kill_at) == -9
        assert look(tmp_path) == before
    with fixed():
        add(tmp_path)
    with open_store(address_of(tmp_path)) as store:
        assert store.verify().holds and store.rebuild().is_equal and store.counts().reports == 2
    shutil.rmtree(tmp_path)
