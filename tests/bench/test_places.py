from __future__ import annotations

import json
from pathlib import Path

from bench.places import domain_of, find_homes, load_documents, predicted, run_set
from waqai.core import Span
from waqai.places import Gazetteer, Geoparser, Located
from waqai.reading.words import read_words

TEXT = "A fire in Mosul, Iraq, was put out."
DOCUMENT = {"id": "1", "url": "http://www.koton-herald.com/1", "text": TEXT, "mentions": [{"start": 10, "end": 15, "lat": 36.34, "lon": 43.13}]}


def test_a_document_is_a_line_whatever_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps({"text": "a\u2028b"}, ensure_ascii=False) + "\n\n" + json.dumps({"text": "c"}) + "\n", encoding="utf-8")
    assert [document["text"] for document in load_documents(path)] == ["a\u2028b", "c"]


def test_both_tasks_run_on_a_set() -> None:
    run = run_set([DOCUMENT], Gazetteer.open(), people=True)
    (gold,) = run.resolved[0]["mentions"]
    assert (gold["start"], gold["end"]) == (10, 15) and abs(gold["lat"] - 36.34) < 0.2
    assert {(m["start"], m["end"]) for m in run.parsed[0]["mentions"]} == {(10, 15), (17, 21)}
    assert run.seconds > 0


def test_homes_need_a_domain() -> None:
    parser, words = Geoparser(Gazetteer.open()), [read_words(TEXT)]
    assert find_homes([{"id": "1", "text": TEXT}], words, parser) == {}
    assert set(find_homes([DOCUMENT], words, parser)) == {"koton-herald.com"}
    assert domain_of({"url": None}) == ""


def test_an_unknown_place_has_no_id_and_maybe_a_point() -> None:
    alone = Located(phrase=Span(0, 3), name="x", place=None, p=0.0, because="", around=(1.0, 2.0))
    assert predicted(alone) == {"start": 0, "end": 3, "lat": 1.0, "lon": 2.0, "geonameid": None}
