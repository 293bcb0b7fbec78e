"""A model's server is asked in its own form, with patience where that helps, and every call leaves a line without text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flow.model.scripted import ANSWER, Behaviour, Script, breaks_off, drips_body, floods, never_answers, says, sends, serving
from waqai.asking.question import Question
from waqai.core import NoAnswer
from waqai.flow.model import server as module
from waqai.flow.model.calls import CallLog
from waqai.flow.model.server import ModelServer, ServerLimits
from waqai.posting.address import HostAddress

QUESTION = Question(
    report="r1", report_sha256="ab" * 32, instructions="Code it.", text="<report-abab>\nNine inmates fled.\n</report-abab>", schema={"type": "object"}
)
BUSY = sends("busy", status=429, Retry_After="3")
NO_SCHEMA = sends('{"error": "response_format is not supported: Nine inmates fled."}', status=400)


class Asked:
    """A server object on a scripted server, with what it waited and logged."""

    def __init__(self, script: Script, folder: Path, **limits: Any) -> None:
        self.waited: list[float] = []
        self.log = folder / "store.sqlite.model-calls.jsonl"
        to = HostAddress(secure=False, host="127.0.0.1", port=script.port, path="/v1", addresses=("127.0.0.1",))
        given = {"timeout_s": 5.0, "attempts": 2, "max_output_tokens": 500} | limits
        key = "k-secret"
        self.server = ModelServer(to, model="tiny", log=CallLog(self.log), limits=ServerLimits(**given), key=key, wait=self.waited.append)

    @property
    def calls(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def fails(self) -> NoAnswer:
        with pytest.raises(NoAnswer) as caught:
            self.server(QUESTION)
        return caught.value


def test_the_question_is_posted_as_a_chat_with_its_schema(tmp_path: Path) -> None:
    with serving(says()) as script:
        assert Asked(script, tmp_path).server(QUESTION) == ANSWER
    (seen,) = script.seen
    assert seen.path == "/v1/chat/completions" and seen.headers["Authorization"] == "Bearer k-secret"
    assert [m["role"] for m in seen.body["messages"]] == ["system", "user"] and seen.body["messages"][1]["content"] == QUESTION.text
    assert (seen.body["model"], seen.body["temperature"], seen.body["max_tokens"], seen.body["stream"]) == ("tiny", 0, 500, False)
    assert seen.body["response_format"]["json_schema"]["schema"] == {"type": "object"}


def test_a_server_that_refuses_the_schema_is_asked_without_and_not_with_it_again(tmp_path: Path) -> None:
    with serving(NO_SCHEMA, says()) as script:
        asked = Asked(script, tmp_path)
        assert asked.server(QUESTION) == ANSWER == asked.server(QUESTION)
    assert ["response_format" in seen.body for seen in script.seen] == [True, False, False]


def test_a_server_that_refuses_both_is_asked_with_the_schema_the_next_time(tmp_path: Path) -> None:
    with serving(NO_SCHEMA, NO_SCHEMA, says()) as script:
        asked = Asked(script, tmp_path)
        assert "larger" in str(asked.fails()) and asked.server(QUESTION) == ANSWER
    assert ["response_format" in seen.body for seen in script.seen] == [True, False, True]


@pytest.mark.parametrize(
    ("script", "waited"),
    [
        ((BUSY, says()), [3.0]),  # as long as it asks for
        ((sends("", status=503), says()), [1.0]),
        ((breaks_off, says()), [1.0]),
    ],
)
def test_a_busy_server_is_asked_again_after_a_while(tmp_path: Path, script: tuple[Behaviour, ...], waited: list[float]) -> None:
    with serving(*script) as running:
        asked = Asked(running, tmp_path)
        assert asked.server(QUESTION) == ANSWER and asked.waited == waited and len(asked.calls) == 2


@pytest.mark.parametrize(
    ("behaviour", "calls", "said"),
    [
        (BUSY, 2, "status 429"),
        (sends("oops", status=500), 2, "status 500"),
        (sends("", status=401), 1, "WAQAI_LLM_KEY"),
        (sends("", status=404), 1, "`model`"),
        (sends("", status=302, Location="http://elsewhere.test/"), 1, "leads elsewhere"),
        (breaks_off, 2, "broken off"),
        (never_answers, 1, "larger `timeout_s`"),
        (drips_body, 1, "timed out"),
        (sends("<html>hello</html>"), 1, "not that of an OpenAI-compatible server"),
        (sends("[" * 50_000), 1, "not that of an OpenAI-compatible server"),
        (sends('{"choices": []}'), 1, "not that of an OpenAI-compatible server"),
        (sends('{"choices": [{"message": {"content": 7}}]}'), 1, "not that of an OpenAI-compatible server"),
        (says('{"accounts": [', finish="length"), 1, "`max_output_tokens`"),
        (says(""), 1, "empty"),
        (says(None), 1, "empty"),
    ],
)
def test_a_server_that_gives_no_answer_is_given_up_with_what_would_help(tmp_path: Path, behaviour: Behaviour, calls: int, said: str) -> None:
    with serving(behaviour) as script:
        asked = Asked(script, tmp_path, timeout_s=0.5)
        assert said in str(asked.fails()) and len(asked.calls) == calls


def test_a_reply_that_never_ends_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 100_000)
    with serving(floods) as script:
        assert "too large" in str(Asked(script, tmp_path).fails())


def test_a_server_that_is_not_running_is_said_to_be_missing(tmp_path: Path) -> None:
    with serving(says()) as script:
        asked = Asked(script, tmp_path)
    assert "is the server running" in str(asked.fails()) and asked.calls[0]["outcome"] == "no connection"


def test_every_call_leaves_a_line_with_time_host_report_sizes_and_outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_NOW", "2024-01-01T00:00:00+00:00")
    with serving(NO_SCHEMA, says()) as script:
        asked = Asked(script, tmp_path)
        asked.server(QUESTION)
    first, second = asked.calls
    assert second == {
        "at": "2024-01-01T00:00:00+00:00",
        "host": "127.0.0.1",
        "address": "127.0.0.1",
        "report": "r1",
        "sha256": "ab" * 32,
        "bytes_out": len(json.dumps(script.seen[1].body)),
        "bytes_in": second["bytes_in"],
        "outcome": "status 200",
    }
    assert first["outcome"] == "status 400" and second["bytes_in"] > len(ANSWER)


def test_no_line_and_no_error_holds_words_of_the_report_of_a_reply_or_the_key(tmp_path: Path) -> None:
    with serving(NO_SCHEMA) as script:
        asked = Asked(script, tmp_path)
        error = asked.fails()
    written = asked.log.read_text() + str(error)
    assert not any(words in written for words in ("inmates", "fled", "response_format", "Code it", "k-secret"))
