from __future__ import annotations

import io
import json
import logging
import logging.config
import subprocess
import sys

import pytest

from waqai.core import SettingsError
from waqai.operating.logs import check_format, set_up_logs, tell


def test_text_for_people_says_the_same_in_words(lines: io.StringIO) -> None:
    stream = io.StringIO()
    set_up_logs("text", stream=stream)
    tell("request", method="GET", route="/reports/{id}", status=200, ms=4.2, who="coder")
    try:
        raise ValueError("a name")
    except ValueError as error:
        tell("round failed", level="error", error=error, alerts=2)
    first, second, place = stream.getvalue().splitlines()
    assert first == "2026-03-09T12:00:00Z info request method=GET route=/reports/{id} status=200 ms=4.2 who=coder"
    assert second == "2026-03-09T12:00:00Z error round failed alerts=2 error=ValueError"
    assert place.startswith("    operating/test_logs.py:") and "a name" not in stream.getvalue()


def test_who_asked_for_no_log_sees_warnings_and_errors_only(lines: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAQAI_LOG_LEVEL")
    stream = io.StringIO()
    set_up_logs(None, stream=stream)
    tell("request", status=200)
    tell("a worker ended", level="warning", worker=3)
    assert stream.getvalue() == "2026-03-09T12:00:00Z warning a worker ended worker=3\n"


@pytest.mark.parametrize(("said", "variable", "format"), [(None, "", None), ("json", "", "json"), (None, "json", "json"), ("text", "json", "text")])
def test_the_option_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch, said: str | None, variable: str, format: str | None) -> None:
    monkeypatch.setenv("WAQAI_LOG", variable)
    assert check_format(said) == format


def test_a_format_or_level_that_there_is_not_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="no log format 'xml'"):
        check_format("xml")
    monkeypatch.setenv("WAQAI_LOG_LEVEL", "loud")
    with pytest.raises(SettingsError, match="WAQAI_LOG_LEVEL is 'loud'"):
        set_up_logs("json")


def test_an_error_that_nobody_caught_ends_as_a_line_too() -> None:
    """In a process of its own: in a thread, and at its end."""
    program = """
import threading
from waqai.operating.logs import set_up_logs
set_up_logs("json")
thread = threading.Thread(target=lambda: int("a name"))
thread.start()
thread.join()
raise RuntimeError("a name")
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, env={"PYTHONPATH": ":".join(sys.path)})
    one, other = map(json.loads, ended.stderr.splitlines())
    assert (one["event"], one["error"], other["event"], other["error"]) == ("a thread ended by an error", "ValueError", "ended by an error", "RuntimeError")
    assert ended.returncode == 1 and "a name" not in ended.stderr


def test_setting_it_up_twice_tells_each_thing_once(lines: io.StringIO) -> None:
    set_up_logs("json", stream=lines)
    set_up_logs("json", stream=lines)
    tell("request", status=200)
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
    assert [json.loads(line)["event"] for line in lines.getvalue().splitlines()] == ["request", "Invalid HTTP request received."]


def test_logs_go_on_where_a_library_shut_all_others(lines: io.StringIO) -> None:
    """As `logging.config` does by default with those that were there before."""
    logging.config.dictConfig({"version": 1})
    logging.disable(logging.CRITICAL)
    assert logging.getLogger("waqai").disabled
    set_up_logs("json", stream=lines)
    tell("stopped", exit=0)
    assert "stopped" in lines.getvalue()
