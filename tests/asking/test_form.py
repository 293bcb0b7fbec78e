"""The schema that a server is given and the shapes that an answer is held against agree, and both speak the codebook's language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from waqai.asking.form import EXAMPLE_ANSWER, AccountShape, AnswerShape, ClaimShape, CountShape, DateShape, RoleShape, answer_schema
from waqai.codebook import load_codebook

SCHEMA = answer_schema(load_codebook())


def iter_objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for value in schema.values():
            yield from iter_objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from iter_objects(value)


def test_every_object_of_the_schema_is_closed_and_requires_all_it_has() -> None:
    objects = list(iter_objects(SCHEMA))
    assert len(objects) == 7
    assert all(one["additionalProperties"] is False and one["required"] == list(one["properties"]) for one in objects)


def test_types_statuses_and_stances_are_the_codebooks() -> None:
    codebook = load_codebook()
    account = SCHEMA["properties"]["accounts"]["items"]["properties"]
    assert account["type"]["enum"] == list(codebook.types) and account["status"]["enum"] == list(codebook.statuses)
    assert SCHEMA["properties"]["claims"]["items"]["properties"]["stance"]["enum"] == list(codebook.stances)


def test_schema_and_shapes_have_the_same_properties() -> None:
    account, claim = (SCHEMA["properties"][name]["items"]["properties"] for name in ("accounts", "claims"))
    assert set(account) == set(AccountShape.model_fields) and set(claim) == set(ClaimShape.model_fields)
    assert set(account["date"]["anyOf"][0]["properties"]) == set(DateShape.model_fields)
    assert set(account["places"]["items"]["properties"]) == set(RoleShape.model_fields)
    assert set(account["counts"]["items"]["properties"]) == set(CountShape.model_fields)


def test_the_example_has_the_form_that_is_asked_for() -> None:
    answer = AnswerShape.model_validate(EXAMPLE_ANSWER)
    assert all(AccountShape.model_validate(a) for a in answer.accounts) and all(ClaimShape.model_validate(c) for c in answer.claims)
    assert set(EXAMPLE_ANSWER["accounts"][0]) == set(AccountShape.model_fields)
