"""An answer's text as the shapes of `form`, or why it cannot be used."""

from __future__ import annotations

import json
import re
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from waqai.asking.form import AnswerShape
from waqai.core import NoAnswer

Shape = TypeVar("Shape", bound=BaseModel)

_THOUGHTS = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)
_FENCED = re.compile(r"^\s*```(?:json)?\s*\n(.*?)\n?```\s*$", re.DOTALL)


def read_answer(text: str) -> AnswerShape:
    """The answer, from JSON alone, in a code fence, or behind a model's loud thinking. Raises NoAnswer.

    >>> read_answer('```json\\n{"accounts": [], "claims": []}\\n```')
    AnswerShape(accounts=[], claims=[])
    """
    bare = _THOUGHTS.sub("", text, count=1)
    fenced = _FENCED.match(bare)
    try:
        value = json.loads(fenced[1] if fenced else bare)
    except (ValueError, RecursionError) as error:
        raise NoAnswer("the model's answer is no JSON; a larger model, or a server that holds to a JSON schema, would help", "not JSON") from error
    try:
        return AnswerShape.model_validate(value)
    except ValidationError as error:
        raise NoAnswer(f"the model's answer is JSON of another form ({faults_of(error)}); a larger model would help", "wrong form") from error


def read_item(shape: type[Shape], value: Any) -> Shape | str:
    """The item, or what is wrong with it."""
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        return faults_of(error)


def faults_of(error: ValidationError) -> str:
    """At most three faults of a value, by name; nothing of the value itself."""
    return "; ".join(f"{'.'.join(map(str, e['loc'])) or 'the whole'}: {e['msg']}" for e in error.errors()[:3])
