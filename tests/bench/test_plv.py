"""Marked sentences: what is read of them, and that nobody needs them to run the other benches."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.figures import Skipped
from bench.plv import ROOTS, load_marked, read_marks

HEADER = "marked_sentence\tgold_root\n"


def test_a_file_of_marked_sentences_keeps_its_quotation_marks(tmp_path: Path) -> None:
    file = tmp_path / "plv.tsv"
    file.write_text(HEADER + '<s>The council</s> called <t>the vote</t> "a farce".\tACCUSE\n', encoding="utf-8")
    (marked,) = load_marked(file)
    assert marked.text == 'The council called the vote "a farce".'
    assert [span.of(marked.text) for span in (*marked.sources, *marked.targets)] == ["The council", "the vote"]
    assert marked.root in ROOTS


@pytest.mark.parametrize(
    ("words", "sources", "targets"),
    [
        ("<t>Nine men</t> were freed by <s>the court</s>.", ["the court"], ["Nine men"]),  # the target first
        ("<s>Guards</s> fled. <s>Guards</s> hid.", ["Guards", "Guards"], []),  # twice, and no target
        ("Dust <s></s>fell.", [], []),  # marks round nothing
        ("<s>The <t>northern</t> army</s> left.", ["The northern army"], ["northern"]),  # one in the other
    ],
)
def test_marks_may_be_missing_repeated_or_nested(words: str, sources: list[str], targets: list[str]) -> None:
    marked = read_marks(words, root="YIELD")
    assert [span.of(marked.text) for span in marked.sources] == sources
    assert [span.of(marked.text) for span in marked.targets] == targets


def test_the_fold_hangs_on_the_words_alone() -> None:
    one, other = read_marks("<s>Guards</s> left <t>town</t>.", root="YIELD"), read_marks("Guards <t>left</t> town.", root="AID")
    assert one.fold == other.fold


def test_without_the_sentences_the_bench_is_skipped(tmp_path: Path) -> None:
    with pytest.raises(Skipped, match="not beside this checkout"):
        load_marked(tmp_path / "plv.tsv")
