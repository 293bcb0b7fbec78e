"""The form of an answer: the JSON schema that the server is given, and the shapes that an answer is held against when it comes back.

The shapes check no vocabulary and are filled item by item, so that one wrong word costs one value and not the whole answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, StrictStr

from waqai.codebook import Codebook
from waqai.core import PlaceMention

PLACE_ROLES: tuple[str, ...] = get_args(get_type_hints(PlaceMention)["role"])
ANNOUNCEMENT = "announcement"
DATE_TELLS = ("act", ANNOUNCEMENT)
MOST_ITEMS = 200  # of one list in an answer: far more than a report tells

EXAMPLE_TEXT = "On Monday at least nine inmates dug their way out of the jail in Tel Salam, the governor said."
EXAMPLE_ANSWER: Mapping[str, Any] = {
    "accounts": [
        {
            "type": "escape",
            "trigger": "dug their way out",
            "sentence": EXAMPLE_TEXT,
            "status": "occurred",
            "status_words": None,
            "date": {"words": "Monday", "tells": "act"},
            "places": [{"role": "event_place", "words": "Tel Salam"}],
            "involved": [{"role": "person_held", "words": "inmates"}, {"role": "facility", "words": "jail"}],
            "counts": [{"measure": "escaped", "words": "at least nine inmates"}],
        }
    ],
    "claims": [
        {
            "speaker": "the governor",
            "speaker_name": "the governor",
            "cue": "said",
            "stance": "reports",
            "content": "On Monday at least nine inmates dug their way out of the jail in Tel Salam",
        }
    ],
}


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class AnswerShape(_Shape):
    """A whole answer; its items are looked at one by one."""

    accounts: list[Any] = Field(max_length=MOST_ITEMS)
    claims: list[Any] = Field(max_length=MOST_ITEMS)


class AccountShape(_Shape):
    """An account, its facets still as they came."""

    type: StrictStr
    trigger: StrictStr
    sentence: StrictStr | None = None
    status: StrictStr
    status_words: StrictStr | None = None
    date: Any = None
    places: list[Any] = Field(default=[], max_length=MOST_ITEMS)
    involved: list[Any] = Field(default=[], max_length=MOST_ITEMS)
    counts: list[Any] = Field(default=[], max_length=MOST_ITEMS)


class DateShape(_Shape):
    words: StrictStr
    tells: StrictStr = "act"


class RoleShape(_Shape):
    """A place or somebody involved, in a role."""

    role: StrictStr
    words: StrictStr


class CountShape(_Shape):
    measure: StrictStr
    words: StrictStr


class ClaimShape(_Shape):
    speaker: StrictStr | None = None
    speaker_name: StrictStr | None = None
    cue: StrictStr
    stance: StrictStr
    content: StrictStr


def answer_schema(codebook: Codebook) -> dict[str, Any]:
    """The JSON schema of an answer in the codebook's words: every property required, none besides, as servers with constrained output ask for."""
    words = {"type": "string"}
    maybe = {"type": ["string", "null"]}
    date = _object({"words": words, "tells": _one_of(DATE_TELLS)})
    account = _object(
        {
            "type": _one_of(codebook.types),
            "trigger": words,
            "sentence": words,
            "status": _one_of(codebook.statuses),
            "status_words": maybe,
            "date": {"anyOf": [date, {"type": "null"}]},
            "places": _list(_object({"role": _one_of(PLACE_ROLES), "words": words})),
            "involved": _list(_object({"role": _one_of(codebook.roles), "words": words})),
            "counts": _list(_object({"measure": _one_of(codebook.measures), "words": words})),
        }
    )
    claim = _object({"speaker": maybe, "speaker_name": maybe, "cue": words, "stance": _one_of(codebook.stances), "content": words})
    return _object({"accounts": _list(account), "claims": _list(claim)})


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": list(properties), "additionalProperties": False}


def _list(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(items)}


def _one_of(ids: Mapping[str, Any] | tuple[str, ...]) -> dict[str, Any]:
    return {"type": "string", "enum": list(ids)}
