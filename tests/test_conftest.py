"""What tests/conftest.py promises: tests that could not be run are counted, and with --everything that fails the run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
SUITE = """
import pytest

@pytest.mark.needs("no-such-program")
def test_needs_a_program(): pass

@pytest.mark.slow
def test_slow(): pass

def test_plain(): pass
"""


def closing_lines(folder: Path, *arguments: str, suite: str = SUITE) -> tuple[int, str]:
    shutil.copy(CONFTEST, folder / "conftest.py")
    (folder / "test_suite.py").write_text(suite, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *(("-p", "xdist") if "-n" in arguments else ()), *arguments]
    beside = os.environ | {"PYTHONPATH": str(CONFTEST.parent), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # where the plugins lie that it names; no others
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=beside)
    return done.returncode, "\n".join(done.stdout.splitlines()[-3:])


@pytest.mark.parametrize("workers", [(), ("-n", "1")])
def test_a_test_left_out_for_want_of_a_program_is_counted_above_the_closing_line(tmp_path: Path, workers: tuple[str, ...]) -> None:
    code, lines = closing_lines(tmp_path, *workers)
    assert code == 0
    assert "1 test not run: no no-such-program on this machine" in lines and "1 passed, 2 skipped" in lines.splitlines()[-1]


@pytest.mark.parametrize("workers", [(), ("-n", "1")])
def test_with_everything_slow_tests_run_and_a_test_left_out_fails_the_run(tmp_path: Path, workers: tuple[str, ...]) -> None:
    code, lines = closing_lines(tmp_path, "--everything", *workers)
    assert code == 1
    assert "2 passed, 1 skipped" in lines.splitlines()[-1]


def test_with_everything_a_skip_for_another_reason_does_not_fail_the_run(tmp_path: Path) -> None:
    code, _ = closing_lines(tmp_path, "--everything", suite="import pytest\ndef test_other(): pytest.skip('no ../shared here')\ndef test_plain(): pass\n")
    assert code == 0
