"""What all tests share: how a test says what it needs, and the count of those that were not run.

    @pytest.mark.needs("chromium")     runs where that program is on the PATH
    @pytest.mark.slow                  runs only with --everything

`--everything` is how .ci/run calls the tests: slow ones run too, and the whole run fails if a test was left out for want of a program or a library.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter

import pytest

pytest_plugins = ("engines",)
NOT_RUN = "not run: "
MISSING_LIBRARY = "could not import"
LONGEST = ("test_openapi.py", "test_pages.py", "test_wheel.py", "test_judging.py", "test_docs.py", "test_local.py")
"""Files whose tests take longest together (seconds of the processor by directory, 2026-11-29)."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--everything", action="store_true", help="run slow tests too, and fail if any test was not run for want of a program or library")


def pytest_configure(config: pytest.Config) -> None:
    """Tests see no store, built gazetteer or settings of the user who runs them."""
    home = tempfile.mkdtemp(prefix="waqai-tests-")
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    os.environ |= {"XDG_DATA_HOME": f"{home}/data", "XDG_CONFIG_HOME": f"{home}/config"}
    config.addinivalue_line("markers", "needs(program, ...): runs where these programs are on the PATH")
    config.addinivalue_line("markers", "real_hashes: passwords are hashed as slowly as in use")
    config.addinivalue_line("markers", "slow: takes more than some seconds; runs with --everything")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest in one file begins first: two processes share the files, and one would wait for the other at the end."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("needs"):
        for program in marker.args:
            if shutil.which(program) is None:
                pytest.skip(f"{NOT_RUN}no {program} on this machine")
    if item.get_closest_marker("slow") and not item.config.getoption("--everything"):
        pytest.skip("slow: runs with --everything")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Count, just above the closing line, what was left out; with --everything that is a failure."""
    left_out = Counter(reason for report in terminalreporter.stats.get("skipped", []) if (reason := find_want(report)) is not None)
    for reason, number in sorted(left_out.items()):
        terminalreporter.write_line(f"{number} {'test' if number == 1 else 'tests'} {reason}")
    if left_out and config.getoption("--everything"):
        terminalreporter.write_line("--everything was asked for: that counts as a failure")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not session.config.getoption("--everything") or exitstatus != pytest.ExitCode.OK:
        return
    if any(find_want(report) is not None for report in reporter.stats.get("skipped", [])):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def find_want(report: pytest.TestReport | pytest.CollectReport) -> str | None:
    """Why the test was not run, if it was for want of a program or library; None for other skips."""
    if not isinstance(report.longrepr, tuple):
        return None
    reason = report.longrepr[2].removeprefix("Skipped: ")
    return reason if NOT_RUN in reason or MISSING_LIBRARY in reason else None
