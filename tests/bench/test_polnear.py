"""The PolNeAR bench: how spans are counted, and that it says so where its data are not here."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.attribution_polnear import Tally
from bench.figures import Skipped
from bench.polnear import load_articles


def test_exact_needs_both_ends_and_overlap_a_shared_word() -> None:
    tally = Tally()
    tally.add(frozenset({(0, 5), (10, 20)}), frozenset({(0, 5), (12, 20), (30, 40)}))
    assert tally.exact == pytest.approx(2 * 1 / 5)
    assert tally.overlap == pytest.approx(2 * 1.0 * (2 / 3) / (1 + 2 / 3))


def test_nothing_found_and_nothing_coded_is_no_division_by_nought() -> None:
    assert (Tally().exact, Tally().overlap) == (0.0, 0.0)


def test_without_its_data_it_is_skipped_with_a_clear_line(tmp_path: Path) -> None:
    with pytest.raises(Skipped, match=r"dev\.jsonl"):
        load_articles("dev", folder=tmp_path)


def test_spaces_around_a_coded_span_are_no_part_of_it(tmp_path: Path) -> None:
    row = '{"id": "a", "text": "He said so.", "primary": true, "attributions": [{"id": "E", "source": [[0, 3]], "cue": [[3, 8]], "content": [[7, 8]]}]}'
    (tmp_path / "dev.jsonl").write_text(row, encoding="utf-8")
    (article,) = load_articles("dev", folder=tmp_path)
    assert [article.spans(part) for part in ("source", "cue", "content")] == [{(0, 2)}, {(3, 7)}, set()]
