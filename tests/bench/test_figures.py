from __future__ import annotations

import doctest
from types import ModuleType

import pytest

from bench import figures, results
from bench.registry import BENCHES
from bench.run import main


@pytest.mark.parametrize("module", [figures, results], ids=lambda module: module.__name__)
def test_the_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_every_bench_is_registered_under_its_name_and_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert all(name == bench.name and bench.says for name, bench in BENCHES.items())
    assert main(["--list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(BENCHES)


def test_an_unknown_bench_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--only", "no-such-bench"])
    assert stopped.value.code == 2
