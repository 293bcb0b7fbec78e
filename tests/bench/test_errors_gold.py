"""The count of errors by kind."""

from __future__ import annotations

from typing import Any

from bench.errors_gold import errors_of
from bench.gold import ONTOLOGY, load_scorer

TEXT = "Gunmen killed nine soldiers in Koton on Sunday. The dead were guards. Police arrested two men in Lokoja."


def at(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def account(key: str, type: str, words: str, **fields: Any) -> dict[str, Any]:
    return {
        "key": key,
        "type": type,
        "status": "occurred",
        "background": False,
        "evidence": at(words),
        "date": None,
        "place": None,
        "actors": [],
        "counts": [],
    } | fields


def actor(role: str, name: str) -> dict[str, Any]:
    return {"role": role, "name": name, "evidence": at(name)}


def kinds(coded: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[str]:
    scorer = load_scorer()
    gold = {"text": TEXT, "accounts": coded, "claims": []}
    return sorted(kind for kind, _ in errors_of(scorer, scorer.Ontology(str(ONTOLOGY)), gold, {"accounts": found}))


def test_what_is_read_as_it_is_coded_is_no_error() -> None:
    one = account("a", "clash", "killed", actors=[actor("initiator", "Gunmen")])
    assert kinds([one], [one]) == []


def test_each_kind_is_told_from_the_others() -> None:
    coded = [
        account("a", "clash", "killed", actors=[actor("initiator", "Gunmen"), actor("victim", "guards"), actor("target", "soldiers")]),
        account("b", "arrest", "arrested"),
    ]
    found = [
        account("a", "clash", "killed", actors=[actor("target", "Gunmen"), actor("victim", "Police")]),
        account("c", "protest", "arrested"),
        account("d", "clash", "dead"),
    ]
    assert kinds(coded, found) == [
        "account false: the report tells of none of that family",
        "account false: the report tells of such a happening once",
        "account missed: its words are read as another family",
        "actor false",
        "actor false",
        "actor missed: in another role",
        "actor missed: in another sentence",
        "actor missed: in the sentence that tells",
    ]
