"""A model's server behind an OpenAI-compatible address (llama.cpp, Ollama, vLLM and others): a question posted, the answer's text handed back."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from waqai.asking.question import Question
from waqai.core import NoAnswer
from waqai.flow.clock import now
from waqai.flow.model.calls import Call, CallLog
from waqai.posting.address import HostAddress
from waqai.posting.post import PostFailed, Reply, post

MOST_BYTES = 4_000_000
"""Bytes of one reply: far more than the longest answer."""
_LONGEST_WAIT_S = 30.0
_TRY_AGAIN = frozenset((429, 500, 502, 503, 504))
_REFUSES_SCHEMA = frozenset((400, 415, 422, 501))
_HELP = {
    "no connection": "is the server running, and at this address?",
    "timed out": "a smaller model, a faster machine or a larger `timeout_s` would help",
    "too large": "is this a model's server?",
    "broken off": "the server's own log may say why",
    "no secure connection": "its certificate must be valid for that host",
}
_HELP_BY_STATUS = {
    400: "perhaps the report is longer than the model's context; give the server a larger one, or lower `reader.longest`",
    401: "the server wants a key: set WAQAI_LLM_KEY",
    403: "the server does not take this key: see WAQAI_LLM_KEY",
    404: "check `address` (it usually ends in /v1) and `model`",
    429: "the server is busy; try again later, or raise `attempts`",
}


class _Message(BaseModel):
    model_config = ConfigDict(extra="ignore")
    content: str | None = None


class _Choice(BaseModel):
    model_config = ConfigDict(extra="ignore")
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    """What of a server's reply is looked at."""

    model_config = ConfigDict(extra="ignore")
    choices: list[_Choice] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerLimits:
    """`timeout_s`: the whole time of one call; `attempts`: how often one that fails for a passing reason is made; `max_output_tokens`: the longest answer."""

    timeout_s: float = 300.0
    attempts: int = 2
    max_output_tokens: int = 4096


class ModelServer:
    """Implements `asking`'s `Ask`. Every call is logged, also one that fails."""

    def __init__(
        self, address: HostAddress, *, model: str, log: CallLog, limits: ServerLimits, key: str | None = None, wait: Callable[[float], None] = time.sleep
    ) -> None:
        self.address, self.model, self.limits = address, model, limits
        self._log, self._key, self._wait = log, key, wait
        self._structured = True

    def __call__(self, question: Question) -> str:
        """The answer's text, bound to the JSON schema where the server can do that, else asked for in words alone. Raises NoAnswer."""
        reply = self._ask(question, structured=self._structured)
        if self._structured and reply.status in _REFUSES_SCHEMA:
            plain = self._ask(question, structured=False)
            self._structured = plain.status != 200
            reply = plain
        return self._content(reply)

    def _ask(self, question: Question, *, structured: bool) -> Reply:
        """The reply, after as many attempts as are allowed. Raises NoAnswer when none came."""
        body = json.dumps(self._request(question, structured=structured)).encode("ascii")
        for attempt in range(1, self.limits.attempts + 1):
            last = attempt == self.limits.attempts
            try:
                reply = self._post(question, body)
            except PostFailed as failed:
                if last or failed.outcome != "broken off":
                    raise NoAnswer(f"the model's server at {self._name} gave no answer: {failed}; {_HELP[failed.outcome]}", failed.outcome) from failed
                self._wait(_pause(attempt, None))
                continue
            if last or reply.status not in _TRY_AGAIN:
                return reply
            self._wait(_pause(attempt, reply.retry_after_s))
        raise AssertionError("attempts is at least 1")

    def _post(self, question: Question, body: bytes) -> Reply:
        """One call, logged whatever becomes of it."""
        outcome, received, address = "stopped", 0, None
        try:
            reply = post(
                self.address,
                "/chat/completions",
                body,
                headers=self._headers(),
                timeout_s=self.limits.timeout_s,
                most_bytes=MOST_BYTES,
            )
            outcome, received, address = f"status {reply.status}", len(reply.body), reply.address
            return reply
        except PostFailed as failed:
            outcome, received, address = failed.outcome, failed.received, failed.address
            raise
        finally:
            asked = {"report": question.report, "sha256": question.report_sha256, "bytes_out": len(body), "bytes_in": received}
            self._log.write(Call(at=now(), host=self.address.host, address=address, outcome=outcome, **asked))  # type: ignore[arg-type]

    def _request(self, question: Question, *, structured: bool) -> dict[str, Any]:
        request: dict[str, Any] = {
            "model": self.model,
            "messages": [{"role": "system", "content": question.instructions}, {"role": "user", "content": question.text}],
            "temperature": 0,
            "max_tokens": self.limits.max_output_tokens,
            "stream": False,
        }
        if structured:
            request["response_format"] = {"type": "json_schema", "json_schema": {"name": "reading", "strict": True, "schema": question.schema}}
        return request

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        return headers | {"Authorization": f"Bearer {self._key}"} if self._key else headers

    @property
    def _name(self) -> str:
        return f"{self.address.host}:{self.address.port}"

    def _content(self, reply: Reply) -> str:
        """The text of the first choice. Raises NoAnswer for any status but 200, and for a reply that is cut off or of another form."""
        if reply.status != 200:
            redirect = "it leads elsewhere, and reports are sent to no address but the one that was checked; name the final address"
            help_ = redirect if 300 <= reply.status < 400 else _HELP_BY_STATUS.get(reply.status, "the server's own log may say why")
            raise NoAnswer(f"the model's server at {self._name} answered with status {reply.status}; {help_}", f"status {reply.status}")
        try:
            choice = _Completion.model_validate(json.loads(reply.body)).choices[0]
        except (ValueError, RecursionError, ValidationError) as error:
            raise NoAnswer(f"the reply of {self._name} is not that of an OpenAI-compatible server; check `address`", "wrong reply") from error
        if choice.finish_reason == "length":
            raise NoAnswer("the model's answer was cut off; a larger `max_output_tokens`, or a larger context in the server, would help", "cut off")
        if not choice.message.content:
            raise NoAnswer("the model's answer is empty; another model would help", "empty")
        return choice.message.content


def _pause(attempt: int, asked_s: float | None) -> float:
    """Seconds to wait before the next attempt: what the server asks for, else 1, 2, 4 …; never more than 30.

    >>> _pause(1, None), _pause(3, None), _pause(1, 7.0), _pause(1, 9999.0)
    (1.0, 4.0, 7.0, 30.0)
    """
    return min(asked_s if asked_s is not None else 2.0 ** (attempt - 1), _LONGEST_WAIT_S)
