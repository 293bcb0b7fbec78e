"""The data beside the code and its copy in the package: nothing of the answers or of the gold set reaches the package, and whose words they are is said."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from scripts.build_demo import demo_lines

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "waqai"
DEMO = PACKAGE / "flow" / "demo" / "corpus.jsonl"
ANSWERS = {"incident_keys", "role", "published_basis"}
READ_AS_TEXT = {".py", ".json", ".jsonl", ".yaml", ".yml", ".toml", ".txt", ".md", ".tsv", ".csv", ".html", ".sql"}


def gold_reports() -> list[dict[str, Any]]:
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted((ROOT / "data" / "gold" / "reports").glob("*.json"))]


def demo_reports() -> list[dict[str, Any]]:
    return [json.loads(line) for line in DEMO.read_text(encoding="utf-8").splitlines()]


def passages(text: str) -> list[str]:
    """Three runs of 60 plain characters, which stay the same in a JSON string."""
    runs = re.findall(r"[A-Za-z0-9 ,.;()-]{60}", text)
    return runs[:: max(1, len(runs) // 3)][:3]


def test_the_demo_corpus_is_the_corpus_without_its_answers() -> None:
    assert DEMO.read_text(encoding="utf-8").splitlines() == demo_lines(), "run `make data`"


def test_no_line_of_the_package_carries_an_answer_field() -> None:
    assert all(not ANSWERS & set(report) for report in demo_reports())


def test_the_package_holds_no_passage_of_a_gold_report() -> None:
    package = "\n".join(file.read_text(encoding="utf-8") for file in sorted(PACKAGE.rglob("*")) if file.suffix in READ_AS_TEXT)
    found = [(report["id"], passage) for report in gold_reports() for passage in passages(report["text"]) if passage in package]
    assert found == []


def test_every_demo_report_says_that_its_wording_is_ours_and_where_its_facts_are() -> None:
    assert {report["text_origin"] for report in demo_reports()} == {"restated"}
    assert all(report["url"].startswith(("http://", "https://")) and "wording ours" in report["terms"] for report in demo_reports())


def test_every_gold_report_is_restated_or_composed() -> None:
    assert {report["text_origin"] for report in gold_reports()} == {"restated", "composed"}


def test_every_span_of_the_gold_set_lies_in_its_text() -> None:
    for report in gold_reports():
        for account in report["accounts"]:
            start, end = account["evidence"]
            assert 0 <= start < end <= len(report["text"]), (report["id"], account["key"])
