"""What is lost between a perfect pointer and a reading: coders' own words as the model's answer, held against what the coders made of them.

This measures our side alone. How well a model points is not measured here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from asking.answers import model_reader
from factories import make_report
from waqai.core import Account, Reading

REPORTS = Path(__file__).resolve().parents[2] / "data" / "gold" / "reports"
SHARE = 10  # every tenth report
FLOORS = {"account": 1.0, "claim": 0.99, "actor": 0.94, "place": 0.98, "date": 0.78, "count": 0.86}  # a little below what these reports give


@pytest.fixture(scope="module")
def found() -> Counter[str]:
    """By kind of value, how many the coders have, and ("kind kept") how many come out as they have them."""
    total: Counter[str] = Counter()
    for coded in iter_coded():
        said = as_answer(coded)
        published = date.fromisoformat(coded["published"]) if coded["published"] else None
        reading = model_reader(lambda _, said=said: said).read(make_report(coded["text"], id=coded["id"], published=published))  # type: ignore[misc]
        assert isinstance(reading, Reading), reading
        total.update(compare(coded, reading))
    return total


@pytest.mark.parametrize("kind", FLOORS)
def test_what_a_model_points_at_perfectly_comes_out_as_coders_have_it(found: Counter[str], kind: str) -> None:
    assert found[kind] > 20 and found[f"{kind} kept"] / found[kind] >= FLOORS[kind], found


def iter_coded() -> Iterator[dict[str, Any]]:
    for file in sorted(REPORTS.glob("*.json"))[::SHARE]:
        yield json.loads(file.read_text(encoding="utf-8"))


def as_answer(coded: dict[str, Any]) -> str:
    """The coders' spans as words, in the form of an answer."""
    text = coded["text"]

    def words(span: list[int]) -> str:
        return str(text[slice(*span)])

    accounts = [
        {
            "type": a["type"],
            "trigger": words(a["evidence"]),
            "sentence": sentence_around(a["evidence"], text),
            "status": a["status"],
            "date": {"words": words(a["date"]["evidence"]), "tells": tells(a["date"]["basis"])} if a["date"] else None,
            "places": [{"role": "event_place", "words": words(a["place"]["evidence"])}] if a["place"] else [],
            "involved": [{"role": i["role"], "words": words(i["evidence"])} for i in a["actors"]],
            "counts": [{"measure": c["measure"], "words": words(c["evidence"])} for c in a["counts"]],
        }
        for a in coded["accounts"]
    ]
    claims = [
        {
            "speaker": words(c["speaker_evidence"]) if c["speaker_evidence"] else None,
            "cue": words(c["cue"]),
            "stance": c["stance"],
            "content": words(c["content"]),
        }
        for c in coded["claims"]
    ]
    return json.dumps({"accounts": accounts, "claims": claims})


def tells(basis: str) -> str:
    return "announcement" if basis == "announcement_date_as_proxy" else "act"


def sentence_around(span: list[int], text: str) -> str:
    start = max(text.rfind(". ", 0, span[0]), text.rfind("\n", 0, span[0])) + 1
    ends = [end for end in (text.find(". ", span[1]), text.find("\n", span[1])) if end >= 0]
    return str(text[start : min(ends, default=len(text))]).strip()


def compare(coded: dict[str, Any], reading: Reading) -> Iterator[str]:
    by_words = {(a.evidence.start, a.type): a for a in reading.accounts}
    yield from ["claim"] * len(coded["claims"]) + ["claim kept"] * len(reading.claims)
    for told in coded["accounts"]:
        account = by_words.get((told["evidence"][0], told["type"]))
        yield "account"
        if account is not None:
            yield "account kept"
            yield from compare_facets(told, account)


def compare_facets(told: dict[str, Any], account: Account) -> Iterator[str]:
    if told["date"]:
        days = (account.when.earliest.isoformat(), account.when.latest.isoformat()) if account.when else None
        yield from ("date", *(["date kept"] if days == (told["date"]["earliest"], told["date"]["latest"]) else []))
    if told["place"]:
        yield from ("place", *(["place kept"] if account.place_mentions else []))
    names = {(i.role, i.name) for i in account.involved}
    for actor in told["actors"]:
        yield from ("actor", *(["actor kept"] if (actor["role"], actor["name"]) in names else []))
    figures = {(c.measure, c.low, c.high) for c in account.counts}
    for count in told["counts"]:
        yield from ("count", *(["count kept"] if (count["measure"], count["min"], count["max"]) in figures else []))
