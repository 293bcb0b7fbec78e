"""What is fuzzed runs on its seeds, and raises what a parser raises."""

import pytest

from bench.fuzzing import targets
from bench.fuzzing.__main__ import _name_error
from bench.fuzzing.seeds import SEEDS


@pytest.mark.parametrize("name", sorted(set(targets.MAKERS) - {"count", "html"}))  # the two others load for seconds
def test_a_target_takes_its_seeds_and_nothing(name: str) -> None:
    run = targets.MAKERS[name]()
    for seed in (*SEEDS[name], b"", b"\0\xff"):
        run(seed)


def test_every_target_has_seeds_and_packages() -> None:
    assert set(SEEDS) == set(targets.MAKERS) == set(targets.INSTRUMENTED)


def test_an_error_is_named_by_its_last_place() -> None:
    trace = 'Traceback (most recent call last):\n  File "/a/b.py", line 3, in f\n    x\n'
    said = " === Uncaught Python exception: ===\nValueError: bad\n" + trace + "\n==7== ERROR: libFuzzer"
    assert _name_error(said) == "ValueError: bad at b.py:3"
