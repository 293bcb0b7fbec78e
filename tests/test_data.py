"""The data beside the code and its copy in the package: nothing of the answers or of the gold set reaches the package, and whose words they are is said."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.build_demo import demo_lines
from waqai.codebook import load_codebook

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "waqai"
DEMO = PACKAGE / "flow" / "demo" / "corpus.jsonl"
ANSWERS = {"incident_keys", "role", "published_basis"}
READ_AS_TEXT = {".py", ".json", ".jsonl", ".yaml", ".yml", ".toml", ".txt", ".md", ".tsv", ".csv", ".html", ".sql"}


def gold_reports() -> list[dict[str, Any]]:
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted((ROOT / "data" / "gold" / "reports").glob("*.json"))]


def composed_reports() -> list[dict[str, Any]]:
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted((ROOT / "data" / "composed" / "reports").glob("*.json"))]


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


def iter_spans(report: dict[str, Any]) -> Iterator[list[int] | None]:
    """Every span of a coded report."""
    for account in report["accounts"]:
        facets = [account, *account["actors"], *account["counts"], *filter(None, (account["date"], account["place"]))]
        yield from (facet["evidence"] for facet in facets)
    for claim in report["claims"]:
        yield from (claim["cue"], claim["content"], claim["speaker_evidence"])


def test_every_composed_report_says_that_it_is_invented_and_quotes_its_own_text() -> None:
    reports = composed_reports()
    assert len(reports) == 2745 and {report["text_origin"] for report in reports} == {"composed"} and {report["url"] for report in reports} == {None}
    for report in reports:
        assert all(0 <= start < end <= len(report["text"]) for start, end in filter(None, iter_spans(report))), report["id"]


def test_composed_reports_are_coded_in_the_words_of_the_codebook() -> None:
    codebook = load_codebook()
    for report in composed_reports():
        for account in report["accounts"]:
            assert account["type"] in codebook.types and account["status"] in codebook.statuses, (report["id"], account["key"])
            assert {actor["role"] for actor in account["actors"]} <= set(codebook.roles), (report["id"], account["key"])
            assert {count["measure"] for count in account["counts"]} <= set(codebook.measures), (report["id"], account["key"])


def test_no_composed_report_repeats_a_sentence_of_the_gold_set() -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[i : i + 10]) for i in range(len(words) - 9)}

    gold = set[tuple[str, ...]]().union(*(runs(report["text"]) for report in gold_reports()))
    assert [report["id"] for report in composed_reports() if runs(report["text"]) & gold] == []
